// Schemas that decode dates: what comes out is encoded again, and has to be what went in.

/** What is lost where a date is copied: parts of a millisecond, and years beyond those of Python. */
const LOST = /\.\d{3}(?!000)\d+|"(?:0001-01-01|9999-12-31)T/u;
const FORWARD = { async: false };
const BACKWARD = { async: false, direction: "backward" };

/**
 * The JSON that a decoded value is encoded to.
 *
 * It throws where that is not possible; where a date is not the instant of its text; and where a copy of the value, whose dates know
 * nothing of the texts that they come from, has other instants when it is encoded and decoded.
 */
export function encoded(schema, decoded, text) {
  hasInstants(JSON.parse(text), decoded);
  const value = result(schema, decoded, BACKWARD, "encode what it decodes");
  try {
    const copy = result(schema, structuredClone(decoded), BACKWARD, "encode a copy of what it decodes");
    const again = result(schema, copy, FORWARD, "decode what it encodes");
    if (JSON.stringify(again) !== JSON.stringify(decoded)) {
      throw new Error(`a copy of what it decodes is encoded to another instant: ${JSON.stringify(copy)}`);
    }
  } catch (error) {
    if (!LOST.test(text)) throw error;
  }
  return value;
}

function hasInstants(value, decoded) {
  if (decoded instanceof Date) {
    const wanted = instantOf(value);
    if (wanted === decoded.getTime()) return;
    throw new Error(`${value} is decoded to ${String(decoded.getTime())}, expected ${String(wanted)}`);
  }
  if (typeof value !== "object" || typeof decoded !== "object" || value === null || decoded === null) return;
  for (const key of Object.keys(value)) {
    if (Object.hasOwn(decoded, key)) hasInstants(value[key], decoded[key]);
  }
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
