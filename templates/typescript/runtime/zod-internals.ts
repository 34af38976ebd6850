// The one file that leans on how zod works inside. All that touches `_zod` or the making of classes is here, and every version that
// is supported runs it.
import {
  $constructor,
  $ZodAsyncError,
  $ZodCustom,
  type $ZodRawIssue,
  type $ZodType,
  type $ZodTypeDef,
  type ParseContextInternal,
  type ParsePayload,
  type SomeType,
} from "zod/v4/core";

export type Schema = $ZodType;

/** A schema class, which makes a schema from a definition. */
type SchemaClass = $constructor<$ZodType>;

/** How a schema parses: it leaves its result and what is wrong in the payload. */
export type Parse = (
  payload: ParsePayload,
  context: ParseContextInternal,
) => ParsePayload;

/** A schema that is being derived: itself, how it would parse, and how to make a plain one of the same class. */
export type Derived<D> = {
  schema: Schema;
  definition: D;
  parse: Parse;
  plain: (definition: D) => Schema;
};

/** A copy of a schema that parses in another way, made as zod makes its own. */
export function derive<T extends SomeType, D extends $ZodTypeDef = $ZodTypeDef>(
  schema: T,
  parser: (derived: Derived<D>) => Parse,
): T {
  const constr: SchemaClass = schema._zod.constr as unknown as SchemaClass;
  const def = definitionOf<D>(schema);
  // A class runs its initializer once by its name, so one that is derived twice is called otherwise.
  const name = `Derived${constr.name}`;
  const Class: SchemaClass = $constructor(name, (inst, definition) => {
    constr.init(inst, definition);
    const parse = inst._zod.parse.bind(inst._zod);
    inst._zod.parse = parser({
      schema: inst,
      definition: definition as D,
      parse: (payload, context) => settled(parse(payload, context)),
      plain: (plain) => new constr(plain),
    });
  });
  const copy: D = Object.defineProperties(
    { type: def.type },
    Object.getOwnPropertyDescriptors(def),
  ) as D;
  // z.compile looks at definitions alone, and would undo this. It leaves a schema as it is that has a conditional check, or that
  // coerces, which means nothing for an object: objects with checks have no `pick` or `omit`.
  if (def.type === "object") Object.assign(copy, { coerce: true });
  else copy.checks = [...(def.checks ?? []), conditional()];
  return new Class(copy) as unknown as T;
}

/** A check of nothing, on a condition that never holds. */
function conditional(): $ZodCustom {
  return new $ZodCustom({
    type: "custom",
    check: "custom",
    fn: () => true,
    when: () => false,
  });
}

/** The definition of a schema. */
export function definitionOf<D extends $ZodTypeDef>(schema: SomeType): D {
  return schema._zod.def as D;
}

/** What a schema makes of a value. */
export function run(
  schema: Schema,
  value: unknown,
  context: ParseContextInternal = { async: false },
): ParsePayload {
  return settled(schema._zod.run({ value, issues: [] }, context));
}

/** Runs a schema for the value of a payload, which gets what is found. */
export function runIn(
  schema: Schema,
  payload: ParsePayload,
  context: ParseContextInternal,
): ParsePayload {
  return settled(schema._zod.run(payload, context));
}

/** Whether a value is of a type. */
export function accepts(schema: Schema, value: unknown): boolean {
  return run(schema, value).issues.length === 0;
}

/** Whether a value is one of the literals that the objects of a schema have at a key, as zod lists them for discriminated unions. */
export function hasLiteral(
  schema: Schema,
  key: string,
  value: unknown,
): boolean {
  const literals: ReadonlySet<unknown> | undefined =
    schema._zod.propValues?.[key];
  return literals?.has(value) === true;
}

/** Whether a schema takes an object without its key. */
export function isOptional(schema: Schema): boolean {
  return schema._zod.optin !== undefined;
}

/** The same issues, at a key of the value around the one that they are about. */
export function atKey(key: string, issues: $ZodRawIssue[]): $ZodRawIssue[] {
  return issues.map((issue) => ({
    ...issue,
    path: [key, ...(issue.path ?? [])],
  }));
}

/** The result of a schema that has nothing asynchronous in it, as all here. */
function settled<T>(result: T | Promise<T>): T {
  if (result instanceof Promise) throw new $ZodAsyncError();
  return result;
}

/** Says that a parse has been refused, and is on its way to find out why. */
const DIAGNOSING = "samewireDiagnosing";

export function isDiagnosing(context: ParseContextInternal): boolean {
  return (context as object as Record<string, unknown>)[DIAGNOSING] === true;
}

/**
 * Lets a schema, itself and not a copy, give back the values for which `isAsItIs` holds.
 *
 * A parse in which it did not hold asks no more schemas inside: at each level of a deep value they would look at all that is below.
 */
export function runAfter(
  { _zod: internals }: SomeType,
  isAsItIs: (value: unknown) => boolean,
): void {
  const run = internals.run.bind(internals);
  internals.run = (payload, context) => {
    const known = context as ParseContextInternal & Record<string, unknown>;
    const isOther =
      known["direction"] === "backward" || known["skipChecks"] === true;
    if (isOther || isDiagnosing(context)) return run(payload, context);
    if (isAsItIs(payload.value)) return payload;
    known[DIAGNOSING] = true;
    return run(payload, context);
  };
}
