import { readJson, type ResponseBody, type Validator } from "./call.ts";
import { hasKey, isObject } from "./objects.ts";

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
 * issues of one. With `sent`, the value of that part, a path has no step that only says which member of a union was tried.
 * Whatever else `detail` is, a text for instance, is one issue without a path.
 */
export function issuesFrom422(
  detail: unknown,
  part?: "body" | "query" | "path" | "header" | "cookie",
  sent?: unknown,
): RequestIssue[] {
  if (typeof detail === "string") return [{ message: detail, path: [] }];
  if (!Array.isArray(detail)) return [];
  const problems: readonly unknown[] = detail;
  return problems
    .filter(isRequestProblem)
    .filter(({ loc }) => part === undefined || loc[0] === part)
    .map((problem) => ({ message: problem.msg, path: fieldOf(problem, sent) }));
}

function fieldOf(
  problem: RequestProblem,
  sent: unknown,
): Array<string | number> {
  if (problem.type === "json_invalid") return []; // behind it is where in the text
  const isOfKey = problem.loc[problem.loc.length - 1] === "[key]"; // of a dictionary
  const steps = problem.loc.slice(1, isOfKey ? -1 : undefined);
  if (sent === undefined) return steps;
  const path: Array<string | number> = [];
  let value: unknown = sent;
  steps.forEach((step, index) => {
    const inside = valueAt(value, step);
    const isMissing =
      problem.type === "missing" &&
      index === steps.length - 1 &&
      isContainer(value);
    if (inside === undefined && !isMissing) return;
    path.push(step);
    value = inside?.value;
  });
  return path;
}

function valueAt(
  value: unknown,
  step: string | number,
): { readonly value: unknown } | undefined {
  if (typeof step === "number") {
    return Array.isArray(value) && step < value.length
      ? { value: value[step] }
      : undefined;
  }
  return isObject(value) && hasKey(value, step)
    ? { value: value[step] }
    : undefined;
}

function isContainer(value: unknown): boolean {
  return isObject(value) || Array.isArray(value);
}
