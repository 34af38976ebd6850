import type { $ZodUnionDef, SomeType } from "zod/v4/core";
import { accepts, derive, runIn, type Schema } from "./zod-internals.ts";

/**
 * A union of what is listed and what is not: the second member takes each value whose tag is not listed as it is, and what is wrong with
 * any other is for the first one to say.
 */
export function openUnion<T extends SomeType>(schema: T): T {
  return derive<T, $ZodUnionDef>(schema, ({ definition }) => {
    const [listed, others] = definition.options as readonly [Schema, Schema];
    return (payload, context) =>
      runIn(accepts(others, payload.value) ? others : listed, payload, context);
  });
}
