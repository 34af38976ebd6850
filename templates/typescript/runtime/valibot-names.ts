import type * as v from "valibot";
import { type NamePaths, underTheirNames } from "./names.ts";
import {
  exactObject,
  ofObjects,
  part,
  type ObjectSchema,
  type Same,
  unexpected,
} from "./valibot.ts";

/** Takes a value under any of its names, and gives it back under the one that its type describes. */
export function named<S extends ObjectSchema>(
  schema: S,
  ...names: readonly NamePaths[]
): Same<S> {
  const object: v.GenericSchema = exactObject(schema);
  return ofObjects((input, context) => {
    const { value, unread } = underTheirNames(input, names, schema.entries);
    if (schema.type === "strict_object") {
      for (const key of unread) unexpected(context, input, key);
    }
    return part(object, context, undefined, value);
  });
}
