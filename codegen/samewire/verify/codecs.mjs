// Schemas that decode: what comes out is encoded again, and has to be what went in.

const YEARS = /"(?:0001-01-01|9999-12-31)T/u;
const DIGITS = /\.\d{3}(?!000)\d+/u;
const FORWARD = { async: false };
const BACKWARD = { async: false, direction: "backward" };

/**
 * The JSON that a decoded value is encoded to.
 *
 * It throws where that is not possible; where a decoded value is not that of its text; and where a copy of the value, which knows
 * nothing of the texts that it comes from, is another one when it is encoded and decoded.
 */
export function encoded(schema, decoded, text) {
  standsFor(JSON.parse(text), decoded);
  const value = result(schema, decoded, BACKWARD, "encode what it decodes");
  try {
    const copy = result(schema, copied(decoded), BACKWARD, "encode a copy of what it decodes");
    const again = result(schema, copy, FORWARD, "decode what it encodes");
    if (shown(again) !== shown(decoded)) {
      throw new Error(`a copy of what it decodes is encoded to another value: ${JSON.stringify(copy)}`);
    }
  } catch (error) {
    if (!isLost(text, decoded)) throw error;
  }
  return value;
}

/** Whether something is lost where an instant is copied: years beyond those of Python, and of a Date parts of a millisecond. */
export function isLost(text, decoded) {
  return YEARS.test(text) || (DIGITS.test(text) && hasDate(decoded));
}

function hasDate(value) {
  if (typeof value !== "object" || value === null) return false;
  return value instanceof Date || (value instanceof Set ? [...value] : Object.values(value)).some(hasDate);
}

/** Which class of Temporal a value is of, whoever made it; empty if of none. */
function temporal(value) {
  const [, name = ""] = /^\[object Temporal\.(\w+)\]$/u.exec(Object.prototype.toString.call(value)) ?? [];
  return name;
}

/** Whether a value is of a class that the frontend decodes to. */
function isOwn(value) {
  const prototype = Object.getPrototypeOf(value);
  return prototype !== null && Object.getPrototypeOf(prototype) !== null;
}

/** A copy at any depth, whose values know nothing of the texts that they were decoded from. */
export function copied(value) {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(copied);
  if (value instanceof Set) return new Set([...value].map(copied));
  if (value instanceof Date || value instanceof Uint8Array) return structuredClone(value);
  if (value instanceof URL) return new URL(value);
  if (temporal(value)) return value.constructor.from(value);
  if (isOwn(value)) return Object.assign(Object.create(Object.getPrototypeOf(value)), value);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copied(item)]));
}

/** JSON text of a decoded value that differs where two values do. */
export function shown(value) {
  return JSON.stringify(plain(value));
}

function plain(value) {
  if (typeof value === "bigint") return { bigint: String(value) };
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Set) return { set: [...value].map(plain) };
  if (value instanceof Date) return { date: value.getTime() };
  if (value instanceof Uint8Array) return { bytes: [...value] };
  if (value instanceof URL) return { url: value.href };
  if (temporal(value)) return { temporal: String(value) };
  if (isOwn(value)) return { own: String(value) };
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}

const ENCODINGS = ["base64", "base64url", "hex", "utf8"];

/** What a text is decoded to, worked out apart from the runtime library, by the class of the value. */
function standsFor(value, decoded) {
  if (decoded instanceof Date) return same(value, decoded.getTime(), isDay(value) ? midnightOf(value) : instantOf(value));
  if (decoded instanceof URL) return same(value, decoded.href, new URL(value).href);
  if (typeof decoded === "bigint") return same(value, String(decoded), value);
  if (temporal(decoded)) return same(value, temporalIs(decoded), temporalOf(value, temporal(decoded)));
  if (decoded instanceof Uint8Array) {
    if (ENCODINGS.some((each) => Buffer.from(value, each).equals(decoded))) return;
    throw new Error(`${value} is decoded to the bytes ${String(decoded)}`);
  }
  if (typeof value !== "object" || typeof decoded !== "object" || value === null || decoded === null) return;
  const items = decoded instanceof Set ? [...decoded] : decoded;
  // Of equal texts a set has one.
  const sent = decoded instanceof Set && value.length > decoded.size ? [...new Set(value)] : value;
  for (const key of Object.keys(sent)) {
    if (Object.hasOwn(items, key)) standsFor(sent[key], items[key]);
    else if (items !== decoded) throw new Error(`a Set lacks an item: ${JSON.stringify(sent[key])}`);
  }
}

function same(text, found, wanted) {
  if (found !== wanted) throw new Error(`${text} is decoded to ${String(found)}, expected ${String(wanted)}`);
}

const isDay = (value) => /^.{4}-..-..$/u.test(value);

/** The first moment of a day in the zone of this machine. */
const midnightOf = (day) => Date.parse(`${day}T00:00:00`);

/** The milliseconds since 1970 of a text as Pydantic reads it. */
const instantOf = (value) => Number(microsecondsOf(value) / 1000n) - (microsecondsOf(value) % 1000n < 0n ? 1 : 0);

/** The microseconds since 1970 of a text as Pydantic reads it, or of a time of day since midnight. */
function microsecondsOf(text) {
  const [, day = "1970-01-01", time, sign, hours, minutes] =
    /^(?:(.{10}).)?(\d\d:[\d:.,]+)(?:[Zz]|(.)(\d\d):?(\d\d))?$/u.exec(text);
  const [clock, fraction = ""] = time.split(/[.,]/u);
  const [hour, minute, second = "0"] = clock.split(":");
  const shift = sign === undefined ? 0 : (Number(hours) * 60 + Number(minutes)) * (sign === "+" ? -60 : 60);
  const seconds = Date.parse(day) / 1000 + (Number(hour) * 60 + Number(minute)) * 60 + Number(second) + shift;
  return BigInt(seconds) * 1_000_000n + BigInt(fraction.slice(0, 6).padEnd(6, "0"));
}

/** What a value of Temporal says, in microseconds, or its text where that is of a day. */
function temporalIs(value) {
  switch (temporal(value)) {
    case "Instant":
      return value.epochNanoseconds / 1000n;
    case "Duration":
      return Object.entries(UNITS).reduce((sum, [unit, length]) => sum + BigInt(value[unit]) * length, 0n);
    case "PlainDate":
      return String(value);
    default:
      return microsecondsOf(String(value));
  }
}

const temporalOf = (text, name) => (name === "PlainDate" ? text : name === "Duration" ? lengthOf(text) : microsecondsOf(text));

const SECOND = 1_000_000n;
const DAY = 86_400n * SECOND;
/** Years and months are not among them, since none is decoded to them. */
const UNITS = { days: DAY, hours: 3600n * SECOND, minutes: 60n * SECOND, seconds: SECOND, milliseconds: 1000n, microseconds: 1n };
const OF_DATE = { Y: 365n * DAY, M: 30n * DAY, W: 7n * DAY, D: DAY };
const OF_TIME = { H: 3600n * SECOND, M: 60n * SECOND, S: SECOND };

/** The microseconds of a duration as Pydantic reads it: of ISO 8601, or `1 day, 02:03:04.5`. */
function lengthOf(text) {
  const [sign, bare] = text.startsWith("-") ? [-1n, text.slice(1)] : [1n, text.replace("+", "")];
  if (!bare.startsWith("P")) {
    const [, days = "0", clock = ""] = /^(?:(\d+) ?[Dd][^\d:]*)?(.*)$/u.exec(bare);
    const [hours = "0", minutes = "0", seconds = "0"] = clock.split(":");
    const units = `${BigInt(hours || 0)}H${minutes}M${seconds.replace(/([.,]\d{6})\d+/u, "$1")}S`;
    return sign * (BigInt(days) * DAY + sumOf(units, OF_TIME));
  }
  const [date, time = ""] = bare.slice(1).split("T");
  return sign * (sumOf(date, OF_DATE) + sumOf(time, OF_TIME));
}

/** Only the last part has a fraction, which is rounded to microseconds. */
function sumOf(text, units) {
  let sum = 0n;
  for (const [, whole, fraction = "", unit] of text.matchAll(/(\d+)(?:[.,](\d*))?([A-Z])/gu)) {
    const twice = (2n * BigInt(fraction || 0) * units[unit]) / 10n ** BigInt(fraction.length);
    sum += BigInt(whole) * units[unit] + (twice + 1n) / 2n;
  }
  return sum;
}

function result(schema, value, context, what) {
  const { issues, value: made } = schema._zod.run({ value, issues: [] }, { ...context });
  if (issues.length > 0) throw new Error(`the schema can't ${what}: ${issues[0].message ?? issues[0].code}`);
  return made;
}
