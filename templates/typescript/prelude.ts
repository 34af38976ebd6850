// What schemas.ts needs beyond zod itself; generated files hold the declarations that are used: constants stand in schemas.ts,
// functions and types in runtime.ts, which imports zod alone.
// The code is the same for zod and zod/mini: it calls nothing that only one of them has.
import * as z from "zod";
import type * as t from "./types.js";

/** An integer of any size; `z.int()` ends at 2 ** 53 - 1. */
const integer = z
  .number()
  .check(z.refine(Number.isInteger, "Invalid input: expected int"));

/** A multiple; beyond 2 ** 53 an integer has lost its last digits, and with them the answer. */
export function multipleOf(step: number): z.core.$ZodCheck<number> {
  return z.refine<number>(
    (value) => value % step === 0 || !Number.isSafeInteger(value),
    `Invalid number: must be a multiple of ${String(step)}`,
  );
}

/** A multiple, within the 1e-9 that Pydantic allows a float. */
export function nearMultipleOf(step: number): z.core.$ZodCheck<number> {
  return z.refine<number>(
    (value) => Math.abs(value - Math.round(value / step) * step) <= 1e-9,
    `Invalid number: must be a multiple of ${String(step)}`,
  );
}

/** At least so many characters, as Python counts them; zod before 4.5 counts UTF-16 units. */
export function minCharacters(count: number): z.core.$ZodCheck<string> {
  return z.refine<string>(
    (value) =>
      value.length >= 2 * count ||
      (value.length >= count && countCharacters(value) >= count),
    `Too small: expected string to have >=${String(count)} characters`,
  );
}

/** At most so many characters, as Python counts them; zod before 4.5 counts UTF-16 units. */
export function maxCharacters(count: number): z.core.$ZodCheck<string> {
  return z.refine<string>(
    (value) =>
      value.length <= count ||
      (value.length <= 2 * count && countCharacters(value) <= count),
    `Too big: expected string to have <=${String(count)} characters`,
  );
}

function countCharacters(value: string): number {
  let count = value.length;
  for (let index = 1; index < value.length; index += 1) {
    const isPair =
      (value.charCodeAt(index - 1) & 0xfc00) === 0xd800 &&
      (value.charCodeAt(index) & 0xfc00) === 0xdc00;
    if (isPair) count -= 1;
  }
  return count;
}

/** At least so many bytes of UTF-8. */
export function minBytes(count: number): z.core.$ZodCheck<string> {
  return z.refine<string>(
    (value) => value.length >= count || countBytes(value) >= count,
    `Too small: expected string to have >=${String(count)} bytes`,
  );
}

/** At most so many bytes of UTF-8. */
export function maxBytes(count: number): z.core.$ZodCheck<string> {
  return z.refine<string>(
    (value) => value.length <= count && countBytes(value) <= count,
    `Too big: expected string to have <=${String(count)} bytes`,
  );
}

function countBytes(value: string): number {
  let count = 0;
  for (const char of value) {
    const code = char.codePointAt(0) ?? 0;
    count += 1 + [0x80, 0x800, 0x10000].filter((end) => code >= end).length;
  }
  return count;
}

/** A date of the years that Python has, 1 to 9999. */
const date = z.iso.date().check(z.regex(/^(?!0000)/u));

/** A date and time of the years that Python has, with a UTC offset or without. */
const dateTime = z.iso
  .datetime({ offset: true, local: true })
  .check(z.regex(/^(?!0000)/u));

/** A date and time with a UTC offset. */
const awareDateTime = z.iso
  .datetime({ offset: true })
  .check(z.regex(/^(?!0000)/u));

/** A date and time without a UTC offset; `local` alone admits a Z. */
const naiveDateTime = z.iso
  .datetime({ local: true })
  .check(z.regex(/^(?!0000)[^Z]+$/u));

/** A time as Python's `isoformat` writes it, with a UTC offset or without; `z.iso.time()` refuses the offset. */
const time = z
  .string()
  .check(
    z.regex(
      /^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,6})?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)?$/u,
      "Invalid ISO time",
    ),
  );

/** A time with a UTC offset. */
const awareTime = time.check(z.regex(/[Z+-]/u, "Missing UTC offset"));

/** A time without a UTC offset. */
const naiveTime = time.check(z.regex(/^[^Z+-]*$/u, "Unexpected UTC offset"));

/** An ISO 8601 duration as Pydantic reads it: signed, with fractions of seconds, of less than a billion days. */
const duration = z.string().check(
  z.regex(
    /^-?P(?!$)(?:\d+Y)?(?:\d+M)?(?:\d+W)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d{1,6})?S)?)?$/u,
    "Invalid ISO duration",
  ),
  z.refine(
    (value) => Math.abs(durationParts(value)[0]) < 86_400_000_000_000,
    "Too long a duration",
  ),
);

/** The whole seconds of a duration and its microseconds. A year has 365 days and a month 30, as in Pydantic. */
export function durationParts(
  value: string,
): [seconds: number, micros: number] {
  const parts =
    /^(-?)P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d+))?S)?)?$/u.exec(
      value,
    ) ?? [];
  const units = [31_536_000, 2_592_000, 604_800, 86_400, 3600, 60, 1];
  let seconds = 0;
  units.forEach((unit, index) => {
    seconds += unit * Number(parts[index + 2] ?? 0);
  });
  const micros = Number((parts[9] ?? "").padEnd(6, "0"));
  return parts[1] === "-" ? [-seconds, -micros] : [seconds, micros];
}

/** Bounds on a text, each behind its sign, in the order of what the texts stand for. */
export function within(
  compare: (a: string, b: string) => number,
  ...bounds: string[]
): z.core.$ZodCheck<string> {
  return z.refine<string>(
    (value) =>
      bounds.every((bound) => {
        const [, sign = "", equal, limit = ""] =
          /^([<>])(=?)(.*)$/u.exec(bound) ?? [];
        const order = compare(value, limit) * (sign === "<" ? -1 : 1);
        return order > 0 || (order === 0 && equal === "=");
      }),
    `Out of range: expected ${bounds.join(" and ")}`,
  );
}

export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Compares times, with a date or without: as instants, or as they read where one of them has no UTC offset. */
export function compareTimes(a: string, b: string): number {
  const [x, y] = [timeParts(a), timeParts(b)];
  const shift =
    x.offset === undefined || y.offset === undefined ? 0 : x.offset - y.offset;
  return x.seconds - y.seconds - shift || compareText(x.fraction, y.fraction);
}

/** The seconds that a time shows, their fraction in digits, and its UTC offset in seconds. */
function timeParts(value: string): {
  seconds: number;
  fraction: string;
  offset: number | undefined;
} {
  const [, day = "1970-01-01T", clock = "", fraction = "", zone = ""] =
    /^(.*T)?([\d:]+)(?:\.(\d+))?(.*)$/u.exec(value) ?? [];
  const [hours = 0, minutes = 0] = zone.slice(1).split(":").map(Number);
  const offset = (zone.startsWith("-") ? -60 : 60) * (hours * 60 + minutes);
  return {
    seconds: Date.parse(`${day}${clock}Z`) / 1000,
    fraction: fraction.replace(/0+$/u, ""),
    offset: zone === "" ? undefined : offset,
  };
}

export function compareDurations(a: string, b: string): number {
  const [x, y] = [durationParts(a), durationParts(b)];
  return x[0] - y[0] || x[1] - y[1];
}

/** A decimal number in text, as Python's Decimal reads it. */
const decimal = z
  .string()
  .check(
    z.regex(
      /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[Ee][+-]?\d{1,15})?$/u,
      "Invalid decimal",
    ),
  );

/** A decimal number in text, or one of the values of Python's Decimal that are no numbers. */
const specialDecimal = z
  .string()
  .check(
    z.regex(
      /^[+-]?(?:(?:\d+(?:\.\d*)?|\.\d+)(?:[Ee][+-]?\d{1,15})?|Infinity|s?NaN\d*)$/u,
      "Invalid decimal",
    ),
  );

/** The digits of a decimal without zeros at either end, and the power of ten that the last of them counts. */
function decimalParts(value: string): {
  sign: number;
  digits: string;
  exponent: number;
} {
  const sign = value.startsWith("-") ? -1 : 1;
  if (value.endsWith("Infinity")) return { sign, digits: "1", exponent: 1e18 };
  const [, whole = "", fraction = "", power = "0"] =
    /^[+-]?(\d*)\.?(\d*)(?:[Ee](.+))?$/u.exec(value) ?? [];
  const all = `${whole}${fraction}`;
  const digits = all.replace(/^0+|0+$/gu, "");
  if (digits === "") return { sign: 0, digits, exponent: 0 };
  const trailing = all.length - all.replace(/0+$/u, "").length;
  return { sign, digits, exponent: Number(power) - fraction.length + trailing };
}

/** NaN compares as it does in JavaScript: it is within no bounds. */
export function compareDecimals(a: string, b: string): number {
  if (a.includes("NaN")) return NaN;
  const [x, y] = [decimalParts(a), decimalParts(b)];
  if (x.sign !== y.sign || x.sign === 0) return x.sign - y.sign;
  const order = x.digits.length + x.exponent - y.digits.length - y.exponent;
  return x.sign * (order || compareText(x.digits, y.digits));
}

/** Python's `max_digits` and `decimal_places`; each limit holds for the decimal as it is or without its trailing zeros. */
export function decimalDigits(
  maxDigits: number,
  places: number,
): z.core.$ZodCheck<string> {
  const maxWhole =
    places === Infinity ? Infinity : Math.max(maxDigits - places, 0);
  const fits = (value: string): boolean => {
    const { digits, exponent } = decimalParts(value);
    const [mantissa = "", power = "0"] = value.split(/[Ee]/u);
    const written = Number(power) - (mantissa.split(".")[1] ?? "").length;
    const zeros = digits === "" ? 0 : exponent - written;
    const counts = [
      countDigits((digits.length || 1) + zeros, written),
      countDigits(digits.length || 1, exponent),
    ];
    return (
      counts.some(([all]) => all <= maxDigits) &&
      counts.some(([, decimals]) => decimals <= places) &&
      counts.some(([all, decimals]) => all - decimals <= maxWhole)
    );
  };
  return z.refine<string>(fits, "Too many digits");
}

/** Python's `decimal_places`, for a decimal that is sent as a number. */
export function decimalPlaces(places: number): z.core.$ZodCheck<number> {
  return z.refine<number>(
    (value) => -decimalParts(String(value)).exponent <= places,
    `Invalid number: must have at most ${String(places)} decimal places`,
  );
}

/** How many digits a decimal has, and how many of them behind the point. */
function countDigits(length: number, exponent: number): [number, number] {
  if (exponent >= 0) return [length + exponent, 0];
  return [Math.max(length, -exponent), -exponent];
}

/** A multiple as Pydantic finds out: the quotient, rounded to the 28 digits that Python's decimals have by default, is whole. */
export function decimalMultipleOf(step: string): z.core.$ZodCheck<string> {
  const unit = decimalParts(step);
  const ten = (power: number): bigint => BigInt(10) ** BigInt(power);
  const isMultiple = (value: string): boolean => {
    const { digits, exponent } = decimalParts(value);
    if (digits === "") return true;
    const power = exponent - unit.exponent;
    // The quotient has so many digits before the point, or one less; if it is too small for a decimal, it counts as 0.
    const whole = digits.length - unit.digits.length + power + 1;
    if (whole < -2 || whole > 29) return whole < -1_000_026;
    const top = BigInt(digits) * ten(Math.max(power, 0));
    const bottom = BigInt(unit.digits) * ten(Math.max(-power, 0));
    const before = top < bottom ? 0 : String(top / bottom).length;
    if (before > 28) return false;
    const scale = ten(28 - before);
    const rest = BigInt(2) * ((top * scale) % bottom);
    const even = (top * scale) / bottom;
    const up =
      rest > bottom || (rest === bottom && even % BigInt(2) !== BigInt(0));
    const rounded = even + BigInt(up ? 1 : 0);
    return rounded % scale === BigInt(0) && (before < 28 || rounded < ten(28));
  };
  return z.refine<string>(
    isMultiple,
    `Invalid decimal: must be a multiple of ${step}`,
  );
}

/** An address as EmailStr has it: letters of all scripts, a dot in the domain, no quotes and no comments. */
const email = z.email({
  pattern:
    /^(?=.{3,254}$)[^\p{Z}\p{C}"(),.:;<>@[\\\]]+(?:\.[^\p{Z}\p{C}"(),.:;<>@[\\\]]+)*@(?:(?!(?!xn)..--)[\p{L}\p{M}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?\.)+(?!(?!xn)..--)(?:[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}-]{0,61})?\p{L}$/u,
});

/** A name and an address in angle brackets, as NameEmail writes them, or an address alone. */
const nameEmail = z.string().check(
  z.refine((value) => {
    const [, address = value] = /^[^<>]+ <(.*)>$/u.exec(value) ?? [];
    return z.safeParse(email, address).success;
  }, "Invalid name and email address"),
);

/** An IP address of one of the versions, or with `mask` one that may have a prefix length: a network has no bits beyond it. */
export function ip(
  versions: readonly number[],
  mask?: "network" | "interface",
): z.core.$ZodCheck<string> {
  const isIP = (value: string): boolean => {
    const [address = "", prefix, ...more] = value.split("/");
    const [bare = "", zone, ...zones] = address.split("%");
    const groups = ipGroups(bare);
    if (groups === undefined || more.length + zones.length > 0) return false;
    const version = groups.length === 4 ? 4 : 6;
    if (!versions.includes(version)) return false;
    const zoned = zone !== undefined;
    if (zoned && (zone === "" || version === 4 || mask === "network")) {
      return false;
    }
    if (prefix === undefined) return true;
    const width = version === 4 ? 8 : 16;
    const length = /^(?:0|[1-9]\d{0,2})$/u.test(prefix) ? Number(prefix) : NaN;
    if (mask === undefined || !(length <= width * groups.length)) return false;
    return (
      mask === "interface" ||
      groups.every((group, index) => {
        const kept = Math.min(Math.max(length - index * width, 0), width);
        return group % 2 ** (width - kept) === 0;
      })
    );
  };
  return z.refine<string>(isIP, "Invalid IP address");
}

/** The groups of an IP address: four of 8 bits or eight of 16. */
function ipGroups(address: string): number[] | undefined {
  if (z.safeParse(z.ipv4(), address).success) {
    return address.split(".").map(Number);
  }
  const [, start = "", dotted = ""] = /^(.*:)(.*\..*)$/u.exec(address) ?? [];
  if (dotted !== "") {
    const [a = 0, b = 0, c = 0, d = 0] = ipGroups(dotted) ?? [NaN];
    const groups = [a * 256 + b, c * 256 + d].map((group) =>
      group.toString(16),
    );
    return ipGroups(`${start}${groups.join(":")}`);
  }
  const [head = [], tail, ...more] = address
    .split("::")
    .map((half) => (half === "" ? [] : half.split(":")));
  const missing = 8 - head.length - (tail?.length ?? 0);
  const complete = tail === undefined ? missing === 0 : missing > 0;
  if (!complete || more.length > 0) return undefined;
  const zeros = Array.from({ length: missing }, () => "0");
  const groups = [...head, ...zeros, ...(tail ?? [])];
  const valid = groups.every((group) => /^[\da-f]{1,4}$/iu.test(group));
  return valid ? groups.map((group) => parseInt(group, 16)) : undefined;
}

/** Base64 in the alphabet for URLs with padding, as Pydantic writes and reads it; `z.base64url()` refuses the padding. */
const base64Url = z
  .string()
  .check(
    z.regex(
      /^(?:[\w-]{4})*(?:[\w-][AQgw]==|[\w-]{2}[AEIMQUYcgkosw048]=)?$/u,
      "Invalid base64url-encoded string",
    ),
  );

/** A URL as Pydantic writes it; `z.url()` also takes one with white space around it or line breaks in it, and changes it. */
const url = z
  .string()
  .check(
    z.refine(
      (value) =>
        !/^(?:\s|[^!-\u{10ffff}])|[\t\n\r]|(?:\s|[^!-\u{10ffff}])$/u.test(
          value,
        ) && z.safeParse(z.url(), value).success,
      "Invalid URL",
    ),
  );

/** A URL with one host or more, separated by commas, each of which would do alone. */
const multiHostUrl = z.string().check(
  z.refine((value) => {
    const [, scheme = "", hosts = "", rest = ""] =
      /^([^:/?#]+:\/\/)([^/?#]*)(.*)$/su.exec(value) ?? [];
    return hosts
      .split(",")
      .every(
        (host) =>
          host !== "" && z.safeParse(url, `${scheme}${host}${rest}`).success,
      );
  }, "Invalid URL"),
);

/** Any JSON value; `z.json()` says the same, but is recursive, which makes zod give up its fast paths. */
const jsonValue = z.custom<t.JsonValue>(isJson, "Invalid input: expected JSON");

export function isJson(value: unknown): boolean {
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object" || value === null) {
    return value === null || ["string", "boolean"].includes(typeof value);
  }
  return Object.values(value).every(isJson);
}

/** No two items that are equal as JSON. */
const unique = z.refine<readonly unknown[]>(
  isUnique,
  "Invalid input: expected unique items",
);

export function isUnique(items: readonly unknown[]): boolean {
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

export function minProperties(count: number): z.core.$ZodCheck<object> {
  return z.refine<object>(
    (value) => Object.keys(value).length >= count,
    `Too small: expected object to have >=${String(count)} properties`,
  );
}

export function maxProperties(count: number): z.core.$ZodCheck<object> {
  return z.refine<object>(
    (value) => Object.keys(value).length <= count,
    `Too big: expected object to have <=${String(count)} properties`,
  );
}

/** Keys that have to be there; zod before 4.4 takes a missing one for an unknown value. */
export function hasKeys(...keys: string[]): z.core.$ZodCheck<object> {
  return z.refine<object>(
    (value) => keys.every((key) => owns(value, key)),
    `Invalid input: expected the keys ${keys.join(", ")}`,
  );
}

type Schema = z.core.$ZodType;

type Parse = Schema["_zod"]["parse"];

type SchemaClass = z.core.$constructor<Schema>;

/** A copy of a schema that parses in another way, made as zod makes its own. */
function derive<T extends z.core.SomeType>(
  schema: T,
  parser: (inst: Schema, parse: Parse, Base: SchemaClass) => Parse,
): T {
  const Base: SchemaClass = schema._zod.constr as unknown as SchemaClass;
  // A class runs its initializer once by its name, so one that is derived twice is called otherwise.
  const name = `Derived${Base.name}`;
  const Derived: SchemaClass = z.core.$constructor(name, (inst, def) => {
    Base.init(inst, def);
    const parse = inst._zod.parse.bind(inst._zod);
    inst._zod.parse = parser(inst, parse, Base);
  });
  const def: z.core.$ZodTypeDef = schema._zod.def;
  const copy: z.core.$ZodTypeDef = Object.defineProperties(
    { type: def.type },
    Object.getOwnPropertyDescriptors(def),
  );
  // z.compile looks at definitions alone, and would undo this. It leaves a schema as it is that has a conditional check.
  const never = z.refine(() => true, { when: () => false });
  copy.checks = [...(def.checks ?? []), never];
  return new Derived(copy) as unknown as T;
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
export function ownRecord<T extends z.core.SomeType>(schema: T): T {
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
export function ownObject<T extends z.core.SomeType>(schema: T): T {
  return derive(schema, (inst, parse, Base) => {
    const proto = "__proto__";
    const { def } = (inst as z.core.$ZodObject)._zod;
    let awkward: boolean | undefined;
    let plain: Schema | undefined;
    return (payload, ctx) => {
      const input: unknown = payload.value;
      awkward ??= Object.keys(def.shape).some((key) => key in Object.prototype);
      if (!isObject(input) || !(awkward || owns(input, proto))) {
        return parse(payload, ctx);
      }
      const shape = without(def.shape, [proto]);
      plain ??= new Base({ ...def, shape, checks: [] } as typeof def);
      payload.value = without(input, [proto]);
      const result = settled(plain._zod.parse(payload, ctx));
      const declared = owns(def.shape, proto);
      const value = declared ? def.shape[proto] : def.catchall;
      if (value !== undefined && owns(input, proto)) {
        parseKey(value, input, proto, result, ctx);
      } else if (declared && value?._zod.optin === undefined) {
        result.issues.push({
          code: "invalid_type",
          expected: "nonoptional",
          input: undefined,
          path: [proto],
          inst,
        });
      }
      return result;
    };
  });
}

/** Takes no tuple that lacks a required element, and fills none in, as zod before 4.4 does. */
export function ownTuple<T extends z.core.SomeType>(
  schema: T,
  required: number,
): T {
  return derive(schema, (inst, parse) => (payload, ctx) => {
    const input: unknown = payload.value;
    const result = settled(parse(payload, ctx));
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
export function filledUp<T extends z.core.SomeType>(schema: T): T {
  return derive(schema, (inst, parse) => {
    const { items } = (inst as z.core.$ZodTuple)._zod.def;
    return (payload, ctx) => {
      const input: unknown = payload.value;
      if (Array.isArray(input)) {
        const length = Math.max(input.length, items.length);
        payload.value = Array.from({ length }, (_, at): unknown => input[at]);
      }
      return parse(payload, ctx);
    };
  });
}

/** Takes the member that keeps most of the input; zod takes the first that fits, and drops the keys it does not know. */
export function keepAll<T extends z.core.SomeType>(schema: T): T {
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

/** What has to hold for a value besides its type: what is wrong with it, if anything is. */
type Condition = (value: unknown) => string | undefined;

/** What is checked besides a type. Conditions see a value as it came, and it comes back like that. */
export function checked<T extends z.core.SomeType>(
  schema: T,
  ...conditions: Condition[]
): T {
  return derive(schema, (inst, parse) => (payload, ctx) => {
    const input: unknown = payload.value;
    const result = settled(parse(payload, ctx));
    if (result.issues.length > 0) return result;
    for (const condition of conditions) {
      const message = condition(input);
      if (message === undefined) continue;
      result.issues.push({ code: "custom", message, input, inst });
    }
    result.value = input;
    return result;
  });
}

/** A union of which exactly one member takes the value. */
export function onlyOne<T extends z.core.SomeType>(schema: T): T {
  const { options } = (schema as unknown as z.core.$ZodUnion)._zod.def;
  return checked(schema, (value) => {
    const count = options.filter((option) => belongs(option, value)).length;
    if (count === 1) return undefined;
    return `Invalid input: fits ${String(count)} members of the union, expected exactly one`;
  });
}

/** Whether a value is of a type. */
function belongs(schema: Schema, value: unknown): boolean {
  const payload = { value, issues: [] };
  return (
    settled(schema._zod.run(payload, { async: false })).issues.length === 0
  );
}

/** What is wrong with a value of a type, or with a part of one that is called so. */
function problemOf(
  schema: Schema,
  value: unknown,
  what: string | number = "",
): string | undefined {
  const { error } = z.safeParse(schema, value);
  if (error === undefined) return undefined;
  const [{ path, message } = { path: [], message: "Invalid input" }] =
    error.issues;
  const place = [what, ...path].filter((part) => part !== "").join(".");
  return place === "" ? message : `${message} at ${place}`;
}

/** It is of another type as well. */
export function isAlso(schema: Schema): Condition {
  return (value) => problemOf(schema, value);
}

/** It is not of this type. */
export function isNot(schema: Schema): Condition {
  return (value) =>
    belongs(schema, value)
      ? "Invalid input: is what it must not be"
      : undefined;
}

/** What is of one type is of another as well, and everything else of a third. */
export function ifThen(
  test: Schema,
  then: Schema,
  otherwise?: Schema,
): Condition {
  return (value) => {
    const schema = belongs(test, value) ? then : otherwise;
    return schema === undefined ? undefined : problemOf(schema, value);
  };
}

/** A string is the JSON text of a value of a type. */
export function holdsJson(schema: Schema): Condition {
  return (value) => {
    if (typeof value !== "string") return undefined;
    try {
      return problemOf(schema, JSON.parse(value));
    } catch {
      return undefined;
    }
  };
}

/** An array has so many elements of a type. */
export function hasItems(item: Schema, low = 1, high?: number): Condition {
  return (value) => {
    if (!Array.isArray(value)) return undefined;
    const count = value.filter((each) => belongs(item, each)).length;
    if (count >= low && (high === undefined || count <= high)) return undefined;
    const most = high === undefined ? "" : ` and <=${String(high)}`;
    return `Invalid input: expected >=${String(low)}${most} items of a kind, found ${String(count)}`;
  };
}

/** No two elements of an array are equal as JSON. */
export function isDistinct(value: unknown): string | undefined {
  if (!Array.isArray(value) || isUnique(value)) return undefined;
  return "Invalid input: expected unique items";
}

/** An object has so many keys. */
export function hasSize(low: number, high?: number): Condition {
  return (value) => {
    if (!isObject(value)) return undefined;
    const count = Object.keys(value).length;
    if (count < low) {
      return `Too small: expected object to have >=${String(low)} properties`;
    }
    if (high === undefined || count <= high) return undefined;
    return `Too big: expected object to have <=${String(high)} properties`;
  };
}

/** Every key of an object is of a type. */
export function everyKey(key: Schema): Condition {
  return (value) =>
    firstProblem(isObject(value) ? Object.keys(value) : [], (name) =>
      belongs(key, name) ? undefined : `Invalid key ${JSON.stringify(name)}`,
    );
}

/** The values of the keys that match a pattern. */
export function keysMatching(pattern: RegExp, schema: Schema): Condition {
  return (value) =>
    firstProblem(isObject(value) ? Object.entries(value) : [], ([key, item]) =>
      pattern.test(key) ? problemOf(schema, item, key) : undefined,
    );
}

/** The first thing that is wrong. */
function firstProblem<T>(
  items: readonly T[],
  check: (item: T, at: number) => string | undefined,
): string | undefined {
  for (const [at, item] of items.entries()) {
    const message = check(item, at);
    if (message !== undefined) return message;
  }
  return undefined;
}

/** The keys and elements that are described somewhere, `when` the value is of a type or always. */
type Known = {
  when?: Schema;
  everything?: true;
  keys?: readonly string[];
  patterns?: readonly RegExp[];
  items?: number;
  containing?: readonly Schema[];
  inside?: readonly Known[];
};

/** What is known of a value: all that is described where the value is of the type. */
function knownOf(one: Known, value: unknown): Known[] {
  if (one.when !== undefined && !belongs(one.when, value)) return [];
  return [one, ...(one.inside ?? []).flatMap((each) => knownOf(each, value))];
}

/** The values of all keys that are not known. */
export function otherKeys(described: Known, schema: Schema): Condition {
  return (value) => {
    if (!isObject(value)) return undefined;
    const all = knownOf(described, value);
    return firstProblem(Object.entries(value), ([key, item]) => {
      const isKnown = all.some(
        ({ everything, keys = [], patterns = [] }) =>
          everything ??
          (keys.includes(key) || patterns.some((each) => each.test(key))),
      );
      return isKnown ? undefined : problemOf(schema, item, key);
    });
  };
}

/** All elements that are not known. */
export function otherItems(described: Known, schema: Schema): Condition {
  return (value) => {
    if (!Array.isArray(value)) return undefined;
    const all = knownOf(described, value);
    return firstProblem(value as readonly unknown[], (item, at) => {
      const isKnown = all.some(
        ({ everything, items = 0, containing = [] }) =>
          everything ??
          (at < items || containing.some((each) => belongs(each, item))),
      );
      return isKnown ? undefined : problemOf(schema, item, at);
    });
  };
}
