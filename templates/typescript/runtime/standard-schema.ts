/** A schema of any library that implements Standard Schema (https://standardschema.dev). */
export type StandardSchema = {
  readonly "~standard": {
    readonly validate: (value: unknown) => Result | Promise<Result>;
  };
};

/** What is wrong with a value, at a path whose steps are keys or objects with one. */
export type StandardIssue = {
  readonly message: string;
  readonly path?:
    ReadonlyArray<PropertyKey | { readonly key: PropertyKey }> | undefined;
};

type Result = { readonly issues?: readonly StandardIssue[] | undefined };

/** What is wrong with a value of a type; nothing in the schemas here is asynchronous. */
export function issuesOf(
  schema: StandardSchema,
  value: unknown,
): readonly StandardIssue[] {
  const result = schema["~standard"].validate(value);
  if (result instanceof Promise) throw new TypeError("an asynchronous schema");
  return result.issues ?? [];
}

/** Whether a value is of a type. */
export function conforms(schema: StandardSchema, value: unknown): boolean {
  return issuesOf(schema, value).length === 0;
}
