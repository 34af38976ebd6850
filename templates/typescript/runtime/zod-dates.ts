import type { $ZodUnionDef, SomeType } from "zod/v4/core";
import { countLostKeys } from "./json.ts";
import { isObject } from "./objects.ts";
import { derive, run, type Schema } from "./zod-internals.ts";

/**
 * A union that encodes each `Date` as its text. A `Date` is an object, which zod's object schemas take: one without required keys
 * would make `{}` of it.
 */
export function keepDates<T extends SomeType>(schema: T): T {
  return derive<T, $ZodUnionDef>(
    schema,
    ({ schema: inst, definition, parse }) => {
      return (payload, context) => {
        const input: unknown = payload.value;
        if (context.direction !== "backward") return parse(payload, context);
        let fewest = Infinity;
        let best: { value: unknown } | undefined;
        for (const option of definition.options) {
          const result = run(option as Schema, input, context);
          if (result.issues.length > 0 || hasLostDates(input, result.value))
            continue;
          const lost = countLostKeys(input, result.value);
          if (lost < fewest) [best, fewest] = [result, lost];
          if (lost === 0) break;
        }
        if (best !== undefined) {
          payload.value = best.value;
          return payload;
        }
        const result = parse(payload, context);
        if (result.issues.length > 0) return result;
        const message =
          "Invalid input: expected a date that a member of the union encodes";
        result.issues.push({ code: "custom", message, input, inst });
        return result;
      };
    },
  );
}

/** Whether something stands in the output in place of a date that is not its text. */
function hasLostDates(input: unknown, output: unknown): boolean {
  if (input instanceof Date) return typeof output !== "string";
  if (Array.isArray(input)) {
    return (
      Array.isArray(output) &&
      input.some((item, at) => hasLostDates(item, output[at]))
    );
  }
  if (!isObject(input) || !isObject(output)) return false;
  return Object.keys(output).some((key) =>
    hasLostDates(input[key], output[key]),
  );
}
