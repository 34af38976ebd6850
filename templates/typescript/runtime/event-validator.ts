import type { StandardIssue } from "./standard-schema.ts";
import { StreamError } from "./stream.ts";

/** A schema of any library that implements Standard Schema (https://standardschema.dev). */
export interface EventValidator<Event> {
  readonly "~standard": {
    readonly validate: (
      value: unknown,
    ) => EventResult<Event> | Promise<EventResult<Event>>;
  };
}

type EventResult<Event> =
  | { readonly value: Event; readonly issues?: undefined }
  | { readonly issues: readonly StandardIssue[] };

/** The event that a value is, or what is wrong with it. `what` names it in the message. */
export async function validatedEvent<Event>(
  schema: EventValidator<Event>,
  value: unknown,
  what: string,
): Promise<{ readonly value: Event } | StreamError> {
  const result = await schema["~standard"].validate(value);
  return result.issues === undefined
    ? result
    : invalidEvent(result.issues, value, what);
}

/** The error of a value that is not valid. */
export function invalidEvent(
  [first]: readonly StandardIssue[],
  value: unknown,
  what: string,
): StreamError {
  const path = (first?.path ?? [])
    .map((step) => String(typeof step === "object" ? step.key : step))
    .join(".");
  const message = first?.message ?? "it does not fit";
  return new StreamError(
    "invalid",
    `${what} is not as the contract has it${path && ` at ${path}`}: ${message}`,
    value,
  );
}
