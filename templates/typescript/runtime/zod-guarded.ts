// Guards before schemas: what a guard accepts needs no zod, and what it refuses needs zod only to say why.
import {
  $ZodRealError,
  type $ZodLazyDef,
  type $ZodObjectDef,
  type $ZodUnionDef,
  type SomeType,
} from "zod/v4/core";
import { isObject } from "./objects.ts";
import {
  accepts,
  definitionOf,
  derive,
  hasLiteral,
  isDiagnosing,
  runAfter,
  runIn,
  type Schema,
} from "./zod-internals.ts";

type Test = (value: unknown) => boolean;

/** What `safeParse` returns. */
interface Result {
  readonly success: boolean;
  readonly data?: unknown;
  readonly error?: unknown;
}

/** The methods of a schema, which `z.parse` and `z.safeParse` of `zod/mini` go past. */
interface Methods {
  parse(value: unknown, options?: unknown): unknown;
  safeParse(value: unknown, options?: unknown): Result;
}

/**
 * The schema itself, which now asks `isAsItIs` of each value, and returns those that are as they came. `isValid` is the guard of the
 * type: what it refuses the schema refuses, and finds out why when `error` is read. With `() => true` only the schema can refuse.
 *
 * It holds wherever the schema is used, also inside others and in asynchronous parses. Schemas that are derived from it (`.extend`,
 * `.refine`) are without. That is done here and not by `z.withParser`, which zod has since 4.6 and for schemas without recursion.
 */
export function guarded<T extends SomeType>(
  schema: T,
  isAsItIs: Test,
  isValid: Test = isAsItIs,
): T {
  const methods = schema as unknown as Methods;
  const parse = methods.parse.bind(schema);
  const safeParse = methods.safeParse.bind(schema);
  methods.parse = (value, options) =>
    holds(isAsItIs, value) === true ? value : parse(value, options);
  methods.safeParse = (value, options) => {
    const verdict = holds(isAsItIs, value);
    if (verdict === true) return { success: true, data: value };
    const valid = isValid === isAsItIs ? verdict : holds(isValid, value);
    return valid === false
      ? failure(safeParse, value, options)
      : safeParse(value, options);
  };
  runAfter(schema, (value) => holds(isAsItIs, value) === true);
  return schema;
}

/** What a guard says; undefined where it can't say, as of an object whose getter throws or that has itself inside. */
function holds(test: Test, value: unknown): boolean | undefined {
  try {
    return test(value);
  } catch {
    return undefined;
  }
}

/** A failure whose issues are found when they are asked for. */
function failure(
  safeParse: Methods["safeParse"],
  value: unknown,
  options: unknown,
): Result {
  let error: unknown;
  return {
    success: false,
    get error(): unknown {
      error ??= safeParse(value, options).error ?? hasChanged();
      return error;
    },
  };
}

/** What is said of a value that was changed between its refusal and the question why. */
function hasChanged(): unknown {
  const message = "Invalid input: changed since it was refused";
  return new $ZodRealError([
    { code: "custom", path: [], message, input: undefined },
  ]);
}

/** A union that finds out why a value is refused from the one member whose `tag` the value has, if it is one. */
export function byTag<T extends SomeType>(schema: T, tag: string): T {
  return derive<T, $ZodUnionDef>(schema, ({ definition, parse }) => {
    // Of the literals of the members alone: other values, as those of patterns, are without end.
    const known = new Map<unknown, Schema>();
    return (payload, context) => {
      const input: unknown = payload.value;
      if (!isDiagnosing(context) || !isObject(input)) {
        return parse(payload, context);
      }
      const value = input[tag];
      const member = known.get(value);
      if (member !== undefined) return runIn(member, payload, context);
      const [first, ...others] = (definition.options as Schema[]).filter(
        (option) => mayHave(option, tag, value),
      );
      if (first === undefined || others.length > 0) {
        return parse(payload, context);
      }
      if (hasLiteral(first, tag, value)) known.set(value, first);
      return runIn(first, payload, context);
    };
  });
}

/** Whether a schema takes objects with this value of a key. When in doubt, yes. */
function mayHave(schema: Schema, key: string, value: unknown): boolean {
  switch (definitionOf(schema).type) {
    case "object": {
      const type = definitionOf<$ZodObjectDef>(schema).shape[key];
      return type === undefined || accepts(type as Schema, value);
    }
    case "union":
      return definitionOf<$ZodUnionDef>(schema).options.some((option) =>
        mayHave(option as Schema, key, value),
      );
    case "lazy":
      return mayHave(
        definitionOf<$ZodLazyDef>(schema).getter() as Schema,
        key,
        value,
      );
    default:
      return true;
  }
}
