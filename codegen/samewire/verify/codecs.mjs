// Schemas that decode: what comes out is encoded again, and has to be what went in.

/** What is lost where a date is copied: parts of a millisecond, and years beyond those of Python. */
const LOST = /\.\d{3}(?!000)\d+|"(?:0001-01-01|9999-12-31)T/u;
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
    if (!LOST.test(text)) throw error;
  }
  return value;
}

/** A copy at any depth, whose values know nothing of the texts that they were decoded from. */
export function copied(value) {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(copied);
  if (value instanceof Set) return new Set([...value].map(copied));
  if (value instanceof Date || value instanceof Uint8Array) return structuredClone(value);
  if (value instanceof URL) return new URL(value);
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
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}

const ENCODINGS = ["base64", "base64url", "hex", "utf8"];

/** What a text is decoded to, worked out apart from the runtime library, by the class of the value. */
function standsFor(value, decoded) {
  if (decoded instanceof Date) return same(value, decoded.getTime(), instantOf(value));
  if (decoded instanceof URL) return same(value, decoded.href, new URL(value).href);
  if (typeof decoded === "bigint") return same(value, String(decoded), value);
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

/** The milliseconds since 1970 of a text as Pydantic reads it. */
function instantOf(text) {
  const [, day, time, sign, hours, minutes] = /^(.{10}).([\d:.,]+)(?:[Zz]|(.)(\d\d):?(\d\d))?$/u.exec(text);
  const [clock, fraction = ""] = time.split(/[.,]/u);
  const [hour, minute, second = "0"] = clock.split(":");
  const shift = sign === undefined ? 0 : (Number(hours) * 60 + Number(minutes)) * (sign === "+" ? -60 : 60);
  const seconds = (Number(hour) * 60 + Number(minute)) * 60 + Number(second) + shift;
  return Date.parse(day) + seconds * 1000 + Number(fraction.slice(0, 3).padEnd(3, "0"));
}

function result(schema, value, context, what) {
  const { issues, value: made } = schema._zod.run({ value, issues: [] }, { ...context });
  if (issues.length > 0) throw new Error(`the schema can't ${what}: ${issues[0].message ?? issues[0].code}`);
  return made;
}
