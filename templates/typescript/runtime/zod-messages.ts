// Messages where zod has none: English, unless the application has words of its own or zod speaks another language.
import {
  config,
  type $ZodErrorMap,
  type $ZodRawIssue,
  type ParsePayload,
  type SomeType,
} from "zod/v4/core";

/** What a check says. `params` are those of its issues, by which an application finds words of its own. */
export interface Said {
  readonly error: $ZodErrorMap;
  readonly params: { readonly message: string };
  readonly abort?: true;
}

/** What zod says in English of an issue of which nothing is known. */
const GENERAL = "Invalid input";

/** The parameters of a check with a message. */
export function said(message: string, others?: { abort: true }): Said {
  return {
    ...others,
    params: { message },
    error: (issue) => {
      const { customError, localeError } = config();
      const general = localeError?.({ code: "custom", input: 0 }) ?? GENERAL;
      return (
        customError?.(issue) ?? (general === GENERAL ? message : undefined)
      );
    },
  };
}

/** Adds an issue with a message to what is wrong with a value. */
export function refuse(
  { issues }: Pick<ParsePayload, "issues">,
  message: string,
  input: unknown,
  schema?: SomeType,
): void {
  const { error, params } = said(message);
  const issue: $ZodRawIssue = { code: "custom", params, input };
  if (schema !== undefined) Object.assign(issue, { inst: schema });
  const words = error(issue);
  const text = typeof words === "object" ? words?.message : words;
  issues.push(Object.assign(issue, { message: text }));
}
