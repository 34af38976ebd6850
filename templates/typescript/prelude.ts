// What schemas.ts needs beyond zod itself; a generated file holds the declarations that it uses.
// The code is the same for zod and zod/mini: it calls nothing that only one of them has.
import * as z from "zod";
import type * as t from "./types.js";

/** An integer of any size; `z.int()` ends at 2 ** 53 - 1. */
const integer = z
  .number()
  .check(z.refine(Number.isInteger, "Invalid input: expected int"));

/** Python's float remainder, with the tolerance that Pydantic allows it. */
function multipleOf(step: number): (value: number) => boolean {
  return (value) => {
    const rest = Math.abs(value % step);
    const threshold = Math.abs(value) / 1e9;
    return rest <= threshold || Math.abs(rest - step) <= threshold;
  };
}

/** Any JSON value; `z.json()` says the same, but is recursive, which makes zod give up its fast paths. */
const jsonValue = z.custom<t.JsonValue>(isJson, "Invalid input: expected JSON");

function isJson(value: unknown): boolean {
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object" || value === null) {
    return value === null || ["string", "boolean"].includes(typeof value);
  }
  return Object.values(value).every(isJson);
}

/** Whether no two items are equal as JSON. */
function isUnique(items: readonly unknown[]): boolean {
  const nested = items.some((item) => typeof item === "object");
  const keys = nested ? items.map((item) => canonical(item)) : items;
  return new Set(keys).size === items.length;
}

/** JSON text with the keys of objects sorted. */
function canonical(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map((entry) => canonical(entry)).join()}}`;
}

function minProperties(count: number): (value: object) => boolean {
  return (value) => Object.keys(value).length >= count;
}

function maxProperties(count: number): (value: object) => boolean {
  return (value) => Object.keys(value).length <= count;
}

/** Whether the keys are there; zod before 4.4 takes a missing one for an unknown value. */
function hasKeys(...keys: string[]): (value: object) => boolean {
  return (value) => keys.every((key) => owns(value, key));
}

/** Length in characters, as in Python; zod before 4.5 counts UTF-16 units. */
function minCodePoints(count: number): (value: string) => boolean {
  return (value) =>
    value.length >= 2 * count ||
    (value.length >= count && codePoints(value) >= count);
}

/** Length in characters, as in Python; zod before 4.5 counts UTF-16 units. */
function maxCodePoints(count: number): (value: string) => boolean {
  return (value) =>
    value.length <= count ||
    (value.length <= 2 * count && codePoints(value) <= count);
}

function codePoints(value: string): number {
  let count = value.length;
  for (let index = 1; index < value.length; index += 1) {
    const pair =
      (value.charCodeAt(index - 1) & 0xfc00) === 0xd800 &&
      (value.charCodeAt(index) & 0xfc00) === 0xdc00;
    if (pair) count -= 1;
  }
  return count;
}

type Schema = z.core.$ZodType;
type Parse = Schema["_zod"]["parse"];
type SchemaClass = z.core.$constructor<Schema>;

/** A copy of a schema that parses in another way, made as zod makes its own. */
function derive<T extends z.core.SomeType>(
  schema: T,
  parser: (inst: Schema, parse: Parse, Base: SchemaClass) => Parse,
): T {
  const Base = schema._zod.constr as unknown as SchemaClass;
  const init: SchemaClass["init"] = Base.init;
  const Derived: SchemaClass = z.core.$constructor("Derived", (inst, def) => {
    init(inst, def);
    inst._zod.parse = parser(inst, inst._zod.parse, Base);
  });
  return new Derived(schema._zod.def) as unknown as T;
}

/** The result of a schema that has nothing asynchronous in it, as all here. */
function settled<T>(result: T | Promise<T>): T {
  if (result instanceof Promise) throw new z.core.$ZodAsyncError();
  return result;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function owns(value: object, key: string): boolean {
  return Object.prototype.hasOwnProperty.call(value, key);
}

/** The own properties of an object, but for some keys, and no inherited ones. */
function without(value: object, keys: readonly string[]): object {
  const rest = Object.create(null) as Record<string, unknown>;
  for (const [key, item] of Object.entries(value)) {
    if (!keys.includes(key)) rest[key] = item;
  }
  return rest;
}

/** Parses the value of one key of an object, and puts it into the result. */
function parseKey(
  schema: Schema,
  input: object,
  key: string,
  result: z.core.ParsePayload,
  ctx: z.core.ParseContextInternal,
): void {
  const value = (input as Record<string, unknown>)[key];
  const child = settled(schema._zod.run({ value, issues: [] }, ctx));
  result.issues.push(...z.core.util.prefixIssues(key, child.issues));
  if (!isObject(result.value)) return;
  Object.defineProperty(result.value, key, {
    configurable: true,
    enumerable: true,
    writable: true,
    value: child.value,
  });
}

/** Keeps the keys `__proto__` and `constructor`: zod drops the first, and before 4.4 takes no object with the second. */
function ownRecord<T extends z.core.SomeType>(schema: T): T {
  return derive(schema, (inst, parse) => {
    const { keyType, valueType } = (inst as z.core.$ZodRecord)._zod.def;
    return (payload, ctx) => {
      const input: unknown = payload.value;
      if (!isObject(input)) return parse(payload, ctx);
      const keys = ["__proto__", "constructor"].filter((k) => owns(input, k));
      if (keys.length === 0) return parse(payload, ctx);
      payload.value = without(input, keys);
      const result = settled(parse(payload, ctx));
      for (const key of keys) {
        const name = settled(keyType._zod.run({ value: key, issues: [] }, ctx));
        result.issues.push(...z.core.util.prefixIssues(key, name.issues));
        parseKey(valueType, input, key, result, ctx);
      }
      return result;
    };
  });
}

/** Sees own keys only: zod finds `toString` on the prototype of an object that has none, and drops `__proto__`. */
function ownObject<T extends z.core.SomeType>(schema: T): T {
  return derive(schema, (inst, parse, Base) => {
    const { def } = (inst as z.core.$ZodObject)._zod;
    let awkward: boolean | undefined;
    let plain: Schema | undefined;
    return (payload, ctx) => {
      const input: unknown = payload.value;
      awkward ??= Object.keys(def.shape).some((key) => key in Object.prototype);
      if (!isObject(input) || !(awkward || owns(input, "__proto__"))) {
        return parse(payload, ctx);
      }
      const shape = without(def.shape, ["__proto__"]);
      plain ??= new Base({ ...def, shape, checks: [] } as typeof def);
      payload.value = without(input, ["__proto__"]);
      const result = settled(plain._zod.parse(payload, ctx));
      const declared = owns(def.shape, "__proto__");
      const proto = declared ? def.shape["__proto__"] : def.catchall;
      if (proto !== undefined && owns(input, "__proto__")) {
        parseKey(proto, input, "__proto__", result, ctx);
      } else if (declared && proto?._zod.optin === undefined) {
        const missing = {
          code: "invalid_type",
          expected: "nonoptional",
        } as const;
        const path = ["__proto__"];
        result.issues.push({ ...missing, input: undefined, path, inst });
      }
      return result;
    };
  });
}

/** Takes the member that keeps most of the input; zod takes the first that fits, and drops the keys it does not know. */
function keepAll<T extends z.core.SomeType>(schema: T): T {
  return derive(schema, (inst, parse) => {
    const { options } = (inst as z.core.$ZodUnion)._zod.def;
    return (payload, ctx) => {
      const value: unknown = payload.value;
      let best: z.core.ParsePayload | undefined;
      let fewest = Infinity;
      for (const option of options) {
        const result = settled(option._zod.run({ value, issues: [] }, ctx));
        if (result.issues.length > 0) continue;
        const lost = countLost(value, result.value);
        if (lost < fewest) [best, fewest] = [result, lost];
        if (lost === 0) break;
      }
      return best ?? parse(payload, ctx);
    };
  });
}

/** How many keys of the input, at any depth, the output lacks. */
function countLost(input: unknown, output: unknown): number {
  if (typeof input !== "object" || input === null || input === output) return 0;
  if (typeof output !== "object" || output === null) return 0;
  let lost = 0;
  for (const [key, value] of Object.entries(input)) {
    if (!owns(output, key)) lost += 1;
    else lost += countLost(value, (output as Record<string, unknown>)[key]);
  }
  return lost;
}
