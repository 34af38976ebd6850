import type {
  $ZodObjectDef,
  $ZodRawIssue,
  $ZodRecordDef,
  $ZodTupleDef,
  $ZodUnionDef,
  ParseContextInternal,
  ParsePayload,
  SomeType,
} from "zod/v4/core";
import { countLostKeys } from "./json.ts";
import {
  hasKey,
  isDictionary,
  isObject,
  listsKey,
  property,
  setKey,
  withoutKeys,
} from "./objects.ts";
import {
  accepts,
  atKey,
  definitionOf,
  derive,
  isOptional,
  run,
  type Schema,
} from "./zod-internals.ts";
import { refuse } from "./zod-messages.ts";

/** Parses the value of one key of an object, and puts it into the result. */
function parseKey(
  schema: Schema,
  input: object,
  key: string,
  result: ParsePayload,
  context: ParseContextInternal,
): void {
  const value = property(input, key);
  const child = run(schema, value, context);
  result.issues.push(...atKey(key, child.issues));
  if (isObject(result.value)) setKey(result.value, key, child.value);
}

/** Keeps the keys `__proto__` and `constructor`: zod drops the first, and before 4.4 takes no object with the second. */
export function ownRecord<T extends SomeType>(schema: T): T {
  return derive<T, $ZodRecordDef>(schema, ({ definition, parse }) => {
    const [keyType, valueType] = [
      definition.keyType as Schema,
      definition.valueType as Schema,
    ];
    return (payload, context) => {
      const input: unknown = payload.value;
      if (!isDictionary(input)) return parse(payload, context);
      const keys = ["__proto__", "constructor"].filter((key) =>
        hasKey(input, key),
      );
      const { length: symbols } = Object.getOwnPropertySymbols(input);
      if (keys.length === 0 || symbols > 0) return parse(payload, context);
      payload.value = withoutKeys(input, keys);
      const result = parse(payload, context);
      for (const key of keys.filter((each) => listsKey(input, each))) {
        const name = run(keyType, key, context);
        result.issues.push(...atKey(key, name.issues));
        parseKey(valueType, input, key, result, context);
      }
      return result;
    };
  });
}

/** Sees own keys only: zod finds `toString` on the prototype of an object that has none, and drops `__proto__`. */
export function ownObject<T extends SomeType>(schema: T): T {
  return derive<T, $ZodObjectDef>(schema, (derived) => {
    const { definition, parse } = derived;
    const proto = "__proto__";
    let awkward: boolean | undefined;
    let plain: Schema | undefined;
    return (payload, context) => {
      const input: unknown = payload.value;
      const { shape } = definition;
      awkward ??= Object.keys(shape).some((key) => key in Object.prototype);
      if (!isObject(input) || !(awkward || hasKey(input, proto))) {
        return parse(payload, context);
      }
      plain ??= derived.plain({
        ...definition,
        shape: withoutKeys(shape, [proto]) as typeof shape,
        checks: [],
      });
      const own = withoutKeys(input, [proto]);
      for (const key of Object.keys(shape)) {
        // A key that is declared counts even if it is hidden, which no copy has.
        if (key !== proto && hasKey(input, key) && !hasKey(own, key)) {
          setKey(own, key, property(input, key));
        }
      }
      const result = run(plain, own, context);
      payload.issues.push(...result.issues);
      payload.value = result.value;
      const declared = hasKey(shape, proto);
      const value = declared ? shape[proto] : definition.catchall;
      const has = declared ? hasKey(input, proto) : listsKey(input, proto);
      if (value !== undefined && has) {
        parseKey(value as Schema, input, proto, payload, context);
      } else if (
        declared &&
        value !== undefined &&
        !isOptional(value as Schema)
      ) {
        payload.issues.push(missing(proto, derived.schema));
      }
      return payload;
    };
  });
}

/** Misses these keys whatever their types say; zod before 4.4 does not miss one that may have any value. */
export function requireKeys<T extends SomeType>(
  schema: T,
  ...keys: readonly string[]
): T {
  return derive<T, $ZodObjectDef>(schema, (derived) => {
    const { schema: inst, definition, parse } = derived;
    return (payload, context) => {
      const input: unknown = payload.value;
      const result = parse(payload, context);
      if (!isObject(input)) return result;
      const reported = new Set(result.issues.map(({ path }) => path?.[0]));
      for (const key of keys) {
        const value = property(definition.shape, key);
        if (value === undefined || isOptional(value as Schema)) continue;
        if (!hasKey(input, key) && !reported.has(key)) {
          result.issues.push(missing(key, inst));
        }
      }
      return result;
    };
  });
}

function missing(key: string, inst: Schema): $ZodRawIssue {
  return {
    code: "invalid_type",
    expected: "nonoptional",
    input: undefined,
    path: [key],
    inst,
  };
}

/** Takes no tuple that lacks a required element, and fills none in, as zod before 4.4 does. */
export function ownTuple<T extends SomeType>(schema: T, required: number): T {
  return derive(schema, ({ schema: inst, parse }) => (payload, context) => {
    const input: unknown = payload.value;
    const result = parse(payload, context);
    if (!Array.isArray(input) || !Array.isArray(result.value)) return result;
    if (input.length < required) {
      result.issues.push({
        code: "too_small",
        minimum: required,
        inclusive: true,
        origin: "array",
        input,
        inst,
      });
    }
    result.value.length = Math.min(result.value.length, input.length);
    return result;
  });
}

/** Fills a tuple of optional elements up; zod before 4.3 takes none that is short when all are optional. */
export function filledUp<T extends SomeType>(schema: T): T {
  return derive<T, $ZodTupleDef>(schema, ({ definition, parse }) => {
    return (payload, context) => {
      const input: unknown = payload.value;
      if (Array.isArray(input)) {
        const length = Math.max(input.length, definition.items.length);
        payload.value = Array.from({ length }, (_, at): unknown => input[at]);
      }
      return parse(payload, context);
    };
  });
}

/** Takes the member that keeps most of the input; zod takes the first that fits, and drops the keys it does not know. */
export function keepAll<T extends SomeType>(schema: T): T {
  return derive<T, $ZodUnionDef>(schema, ({ definition, parse }) => {
    return (payload, context) => {
      const input: unknown = payload.value;
      let best: ParsePayload | undefined;
      let fewest = Infinity;
      for (const option of definition.options) {
        const result = run(option as Schema, input, context);
        if (result.issues.length > 0) continue;
        const lost = countLostKeys(input, result.value);
        if (lost < fewest) [best, fewest] = [result, lost];
        if (lost === 0) break;
      }
      return best ?? parse(payload, context);
    };
  });
}

/** What has to hold for a value besides its type: what is wrong with it, if anything is. */
type Condition = (value: unknown) => string | undefined;

/** What is checked besides a type. Conditions see a value as it came, and it comes back like that. */
export function checked<T extends SomeType>(
  schema: T,
  ...conditions: Condition[]
): T {
  return derive(schema, ({ schema: inst, parse }) => (payload, context) => {
    const input: unknown = payload.value;
    const result = parse(payload, context);
    if (result.issues.length > 0) return result;
    for (const condition of conditions) {
      const message = condition(input);
      if (message === undefined) continue;
      refuse(result, message, input, inst);
    }
    result.value = input;
    return result;
  });
}

/** A union of which exactly one member takes the value. */
export function onlyOne<T extends SomeType>(schema: T): T {
  const { options } = definitionOf<$ZodUnionDef>(schema);
  return checked(schema, (value) => {
    const { length } = options.filter((each) => accepts(each as Schema, value));
    if (length === 1) return undefined;
    return `Invalid input: fits ${String(length)} members of the union, expected exactly one`;
  });
}
