/**
 * The valibot layer: schemas that see own keys only and keep all of them, and checks on the predicates of the other files.
 *
 * Built from valibot's public functions alone, so it is the same for every version of valibot 1.
 */
import * as v from "valibot";
import { countLostKeys } from "./json.ts";
import { hasKey, isObject, setKey } from "./objects.ts";

type Schema = v.GenericSchema;

type Context<T> = Parameters<
  Parameters<typeof v.rawTransform<T, unknown>>[0]
>[0];

export type ObjectSchema =
  | v.ObjectSchema<v.ObjectEntries, undefined>
  | v.LooseObjectSchema<v.ObjectEntries, undefined>
  | v.StrictObjectSchema<v.ObjectEntries, undefined>
  | v.ObjectWithRestSchema<v.ObjectEntries, Schema, undefined>;

/** A schema of the same types that runs otherwise. */
export type Same<S extends Schema> = v.GenericSchema<
  v.InferInput<S>,
  v.InferOutput<S>
>;

type Json = Record<string, unknown>;

/** The kinds of schemas of a key that may be left out. */
const OPTIONAL: ReadonlySet<string> = new Set(["optional", "exact_optional"]);

// --- Texts -----------------------------------------------------------------------------------------------------------

/** A string that matches, of a type that says so. */
export function matching<T extends string>(
  pattern: RegExp,
): v.GenericSchema<T> {
  return v.custom<T>(
    (value) => typeof value === "string" && pattern.test(value),
    `Invalid format: Expected ${String(pattern)}`,
  );
}

// --- Objects ---------------------------------------------------------------------------------------------------------

/** Sees own keys only, `__proto__` among them: valibot finds `toString` on the prototype, drops some keys and takes arrays. */
export function exactObject<S extends ObjectSchema>(schema: S): Same<S> {
  const entries = Object.entries<Schema>(schema.entries);
  const known = new Set(Object.keys(schema.entries));
  return ofObjects((input, context) => {
    const output: Json = {};
    for (const [key, entry] of entries) {
      if (isEnough(context)) return output;
      if (hasKey(input, key)) {
        setKey(output, key, part(entry, context, member(input, key)));
      } else if (!OPTIONAL.has(entry.type)) {
        missing(context, input, key);
      }
    }
    if (schema.type === "object") return output;
    for (const key of Object.keys(input)) {
      if (known.has(key)) continue;
      if (isEnough(context)) return output;
      if (schema.type === "strict_object") unexpected(context, input, key);
      else if (schema.type === "loose_object") setKey(output, key, input[key]);
      else setKey(output, key, part(schema.rest, context, member(input, key)));
    }
    return output;
  });
}

/** An object with keys of one type and values of another; of finitely many keys none has to be there. */
type Keyed<K extends PropertyKey, T> =
  Record<never, never> extends Record<K, T>
    ? Record<K, T>
    : Partial<Record<K, T>>;

/** A record that keeps the keys which valibot drops: `__proto__`, `prototype` and `constructor`. */
export function exactRecord<
  K extends v.GenericSchema<PropertyKey>,
  V extends Schema,
>(
  key: K,
  value: V,
): v.GenericSchema<
  Keyed<v.InferInput<K>, v.InferInput<V>>,
  Keyed<v.InferOutput<K>, v.InferOutput<V>>
> {
  return ofObjects((input, context) => {
    const output: Json = {};
    for (const name of Object.keys(input)) {
      if (isEnough(context)) return output;
      const at = member(input, name);
      part(key, context, { ...at, origin: "key" }, name);
      setKey(output, name, part(value, context, at));
    }
    return output;
  });
}

/** The member of a union that the value of one key tells, which is a key of `members`. */
export function tagged<const M extends Readonly<Record<string, Schema>>>(
  key: string,
  members: M,
): v.GenericSchema<v.InferInput<M[keyof M]>, v.InferOutput<M[keyof M]>> {
  return ofObjects((input, context) => {
    const tag = hasKey(input, key) ? input[key] : undefined;
    if (typeof tag === "string" && hasKey(members, tag)) {
      const schema = members[tag];
      if (schema !== undefined) return part(schema, context);
    }
    const expected = Object.keys(members).map((each) => JSON.stringify(each));
    context.addIssue({
      input: tag,
      expected: `(${expected.join(" | ")})`,
      path: [member(input, key)],
    });
    return input;
  });
}

export function ofObjects<I, O>(
  parse: (input: Json, context: Context<Json>) => unknown,
): v.GenericSchema<I, O> {
  return v.pipe(
    v.custom<Json>(isObject, "Invalid type: Expected Object"),
    v.rawTransform((context) => parse(context.dataset.value, context)),
  ) as unknown as v.GenericSchema<I, O>;
}

function missing(context: Context<Json>, input: Json, key: string): void {
  context.addIssue({
    label: "key",
    input: undefined,
    expected: JSON.stringify(key),
    path: [{ ...member(input, key), origin: "key" }],
  });
}

export function unexpected(
  context: Context<Json>,
  input: Json,
  key: string,
): void {
  context.addIssue({
    label: "key",
    input: key,
    expected: "never",
    path: [{ ...member(input, key), origin: "key" }],
  });
}

// --- Arrays ----------------------------------------------------------------------------------------------------------

type Inputs<T extends v.TupleItems> = { [K in keyof T]: v.InferInput<T[K]> };
type Outputs<T extends v.TupleItems> = { [K in keyof T]: v.InferOutput<T[K]> };

type Others<R extends readonly Schema[], T> = R extends readonly [] ? [] : T[];

/** A tuple whose last elements may be left out, and that has no others, or those of `rest`. */
export function tuple<
  const A extends v.TupleItems,
  const B extends v.TupleItems = readonly [],
  const R extends readonly Schema[] = readonly [],
>(
  required: A,
  optional?: B,
  ...rest: R
): v.GenericSchema<
  [...Inputs<A>, ...Partial<Inputs<B>>, ...Others<R, v.InferInput<R[number]>>],
  [
    ...Outputs<A>,
    ...Partial<Outputs<B>>,
    ...Others<R, v.InferOutput<R[number]>>,
  ]
> {
  const items: readonly Schema[] = [...required, ...(optional ?? [])];
  const [other] = rest as readonly Schema[];
  const run = v.pipe(
    v.custom<unknown[]>(Array.isArray, "Invalid type: Expected Array"),
    v.rawTransform((context): unknown[] => {
      const input = context.dataset.value;
      if (input.length < required.length)
        lengthIssue(context, `>=${String(required.length)}`);
      if (other === undefined && input.length > items.length)
        lengthIssue(context, `<=${String(items.length)}`);
      return input.map((value, key) => {
        const schema = items[key] ?? other;
        if (schema === undefined || isEnough(context)) return value;
        const at = {
          type: "array",
          origin: "value",
          input,
          key,
          value,
        } as const;
        return part(schema, context, at);
      });
    }),
  );
  return run as unknown as ReturnType<typeof tuple<A, B, R>>;
}

function lengthIssue(context: Context<unknown[]>, expected: string): void {
  context.addIssue({
    label: "length",
    expected,
    received: String(context.dataset.value.length),
  });
}

// --- Unions ----------------------------------------------------------------------------------------------------------

type UnionSchema = v.UnionSchema<v.UnionOptions, undefined>;

/** Takes the member that keeps most of the input; valibot takes the first that fits, and drops the keys it does not know. */
export function keepAll<S extends UnionSchema>(schema: S): Same<S> {
  const run = v.pipe(
    v.unknown(),
    v.rawTransform((context): unknown => {
      const input = context.dataset.value;
      let best: { output: unknown } | undefined;
      let fewest = Infinity;
      for (const option of schema.options as readonly Schema[]) {
        const { success, output } = v.safeParse(option, input);
        const lost = success ? countLostKeys(input, output) : Infinity;
        if (lost < fewest) [best, fewest] = [{ output }, lost];
        if (lost === 0) break;
      }
      return best === undefined ? part(schema, context) : best.output;
    }),
  );
  return run as unknown as Same<S>;
}

// --- Checks of JSON Schema -------------------------------------------------------------------------------------------

/** What has to hold for a value besides its type: what is wrong with it, if anything is. */
type Condition = (value: unknown) => string | undefined;

/** What is checked besides a type. Conditions see a value as it came, and it comes back like that. */
export function checked<S extends Schema>(
  schema: S,
  ...conditions: Condition[]
): Same<S> {
  const run = v.pipe(
    v.unknown(),
    v.rawTransform((context): unknown => {
      const input = context.dataset.value;
      part(schema, context);
      if (context.dataset.issues !== undefined) return input;
      for (const condition of conditions) {
        const message = condition(input);
        if (message !== undefined) context.addIssue({ message });
      }
      return input;
    }),
  );
  return run as unknown as Same<S>;
}

/** A union of which exactly one member takes the value. */
export function onlyOne<S extends UnionSchema>(schema: S): Same<S> {
  return checked(schema, (value) => {
    const { length } = schema.options.filter((each) => v.is(each, value));
    if (length === 1) return undefined;
    return `Invalid type: fits ${String(length)} members of the union, Expected exactly one`;
  });
}

// --- Parts -----------------------------------------------------------------------------------------------------------

function member(input: Json, key: string): v.ObjectPathItem {
  return { type: "object", origin: "value", input, key, value: input[key] };
}

/** Whether one issue is enough, and there is one. */
function isEnough<T>({ config, dataset }: Context<T>): boolean {
  return config.abortEarly === true && dataset.issues !== undefined;
}

/** Runs a schema on a part of the input, or on all of it, and hands its issues on. */
export function part<T>(
  schema: Schema,
  context: Context<T>,
  at?: v.IssuePathItem,
  value: unknown = at === undefined ? context.dataset.value : at.value,
): unknown {
  const { abortEarly, abortPipeEarly, lang } = context.config;
  const options = { abortEarly, abortPipeEarly, lang };
  const result = v.safeParse(schema, value, options);
  for (const issue of result.issues ?? []) {
    const [first, ...more] = [
      ...(at === undefined ? [] : [at]),
      ...(issue.path ?? []),
    ];
    context.addIssue({
      message: issue.message,
      input: issue.input,
      expected: issue.expected ?? undefined,
      received: issue.received,
      path: first === undefined ? undefined : [first, ...more],
    });
  }
  return result.output;
}
