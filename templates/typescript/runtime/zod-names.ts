import type { $ZodObjectDef, SomeType } from "zod/v4/core";
import { type NamePaths, underTheirNames } from "./names.ts";
import { isObject } from "./objects.ts";
import { accepts, derive, type Schema } from "./zod-internals.ts";

/** Takes a value under any of its names, and gives it back under the one that its type describes. */
export function named<T extends SomeType>(
  schema: T,
  ...names: readonly NamePaths[]
): T {
  return derive<T, $ZodObjectDef>(schema, (derived) => {
    const { schema: inst, definition, parse } = derived;
    return (payload, context) => {
      const input: unknown = payload.value;
      if (!isObject(input)) return parse(payload, context);
      const { value, unread } = underTheirNames(input, names, definition.shape);
      payload.value = value;
      const result = parse(payload, context);
      const others = definition.catchall as Schema | undefined;
      const keys = unread.filter(
        (key) => others !== undefined && !accepts(others, input[key]),
      );
      if (keys.length > 0) {
        result.issues.push({ code: "unrecognized_keys", keys, input, inst });
      }
      return result;
    };
  });
}
