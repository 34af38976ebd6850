import { readJson, type ResponseBody, type Validator } from "./call.ts";
import { isObject } from "./objects.ts";

/** One thing that is wrong with a request. `loc` is where: `["body", "items", 0, "price"]`. */
export interface RequestProblem {
  readonly type: string;
  readonly loc: ReadonlyArray<string | number>;
  readonly msg: string;
  readonly input?: unknown;
  readonly ctx?: { readonly [key: string]: unknown };
}

/** What FastAPI answers with, under status 422, to a request that does not fit. */
export interface ValidationProblem {
  readonly detail: readonly RequestProblem[];
}

const schema: Validator<ValidationProblem> = {
  "~standard": {
    validate: (value) =>
      isValidationProblem(value)
        ? { value }
        : { issues: [{ message: "it is no error of FastAPI's" }] },
  },
};

export const problem: ResponseBody<ValidationProblem> = {
  kind: "json",
  schema,
  read: readJson,
};

function isValidationProblem(value: unknown): value is ValidationProblem {
  return (
    isObject(value) &&
    Array.isArray(value["detail"]) &&
    value["detail"].every(isRequestProblem)
  );
}

function isRequestProblem(value: unknown): value is RequestProblem {
  return (
    isObject(value) &&
    typeof value["type"] === "string" &&
    typeof value["msg"] === "string" &&
    Array.isArray(value["loc"]) &&
    value["loc"].every(
      (step) => typeof step === "string" || typeof step === "number",
    )
  );
}

/** An issue as schemas have them, with a path into the body; for the errors of a form. */
export interface RequestIssue {
  readonly message: string;
  readonly path: Array<string | number>;
}

/**
 * What is wrong with a request as issues, from the `detail` of a 422.
 *
 * The part of the request (`body`, `query`) is no step of a path, so the path is that of the form's field. `part` picks the
 * issues of one. Whatever else `detail` is, a text for instance, is one issue without a path.
 */
export function issuesFrom422(
  detail: unknown,
  part?: "body" | "query" | "path" | "header" | "cookie",
): RequestIssue[] {
  if (typeof detail === "string") return [{ message: detail, path: [] }];
  if (!Array.isArray(detail)) return [];
  const problems: readonly unknown[] = detail;
  return problems
    .filter(isRequestProblem)
    .filter(({ loc }) => part === undefined || loc[0] === part)
    .map(({ msg, loc }) => ({ message: msg, path: loc.slice(1) }));
}
