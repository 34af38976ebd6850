import * as v from "valibot";
import { ofObjects, part } from "./valibot.ts";

type Schema = v.GenericSchema;

/** Takes a value as it is that is not listed, of any other what is wrong is for the members to say that are. */
export function openUnion<L extends Schema, O extends Schema>(
  listed: L,
  others: O,
): v.GenericSchema<
  v.InferInput<L> | v.InferInput<O>,
  v.InferOutput<L> | v.InferOutput<O>
> {
  return ofObjects((input, context) =>
    v.is(others, input) ? input : part(listed, context),
  );
}
