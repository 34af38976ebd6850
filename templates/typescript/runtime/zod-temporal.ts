// Classes of Temporal, from wherever the contract takes them: all that is used of one is `from`, `toString`, and the fields of a duration.
// They do not change, and some know less than their text (an Instant no UTC offset). So each is encoded as the text it was decoded from.
import type { ParsePayload } from "zod/v4/core";
import { durationParts } from "./durations.ts";
import { momentOf } from "./moments.ts";
import { refuse } from "./zod-messages.ts";

/** What makes values of a text of ISO 8601. */
type Class<T> = { from(text: string): T };

type TemporalCodec<T> = {
  readonly decode: (text: string) => T;
  readonly encode: (value: T, payload: ParsePayload) => string;
};

/** A function of the class, which is asked for when it is needed: a polyfill may come later than this. */
type OfClass = <T extends object>(of: () => Class<T>) => TemporalCodec<T>;

const origins = new WeakMap<object, string>();

function isOf(name: string): (value: unknown) => boolean {
  const shown = `[object Temporal.${name}]`;
  return (value) => Object.prototype.toString.call(value) === shown;
}

export const isTemporalInstant: (value: unknown) => boolean =
  /* @__PURE__ */ isOf("Instant");
export const isTemporalPlainDateTime: (value: unknown) => boolean =
  /* @__PURE__ */ isOf("PlainDateTime");
export const isTemporalPlainDate: (value: unknown) => boolean =
  /* @__PURE__ */ isOf("PlainDate");
export const isTemporalPlainTime: (value: unknown) => boolean =
  /* @__PURE__ */ isOf("PlainTime");
export const isTemporalDuration: (value: unknown) => boolean =
  /* @__PURE__ */ isOf("Duration");

/** Why a value has no text. */
type Lossy = { readonly message: string };

/** `read` makes the text that the class takes of one of Pydantic's, `write` one of Pydantic's of a value for which `isOne` holds. */
function codecs(
  isOne: (value: unknown) => boolean,
  read: (text: string) => string,
  write: (value: object) => string | Lossy,
): OfClass {
  return (of) => ({
    decode: (text) => {
      const value = of().from(read(text));
      origins.set(value, text);
      return value;
    },
    encode: (value, payload) => {
      // Zod may ask for something else, before it refuses that.
      if (!isOne(value)) return "";
      const written = origins.get(value) ?? write(value);
      if (typeof written === "string") return written;
      refuse(payload, written.message, value);
      return "";
    },
  });
}

/** Instants with a UTC offset. */
export const awareInstants: OfClass = /* @__PURE__ */ codecs(
  isTemporalInstant,
  (text) => isoText(text),
  (value) => written(value),
);

/** Instants in UTC that are written without an offset. */
export const utcInstants: OfClass = /* @__PURE__ */ codecs(
  isTemporalInstant,
  (text) => `${isoText(text)}Z`,
  (value) => {
    const text = written(value);
    return typeof text === "string" ? text.slice(0, -1) : text;
  },
);

export const plainDateTimes: OfClass = /* @__PURE__ */ codecs(
  isTemporalPlainDateTime,
  (text) => isoText(text),
  (value) => written(value),
);

export const plainDates: OfClass = /* @__PURE__ */ codecs(
  isTemporalPlainDate,
  (text) => text,
  (value) => withoutCalendar(value),
);

export const plainTimes: OfClass = /* @__PURE__ */ codecs(
  isTemporalPlainTime,
  (text) => isoText(text),
  (value) => written(value),
);

function isoText(text: string): string {
  const { day, clock, digits, offset } = momentOf(text);
  return `${day}${day === "" ? "" : "T"}${clock}.${digits}${offset}`;
}

function withoutCalendar(value: object): string | Lossy {
  const text = String(value);
  if (!text.includes("[")) return text;
  return { message: "Invalid input: expected the calendar of ISO 8601" };
}

/** A text as Pydantic writes it: with six digits of a second, or none. */
function written(value: object): string | Lossy {
  const text = withoutCalendar(value);
  if (typeof text !== "string") return text;
  const [, start = "", fraction = "", end = ""] =
    /^([^.]*?)(?:\.(\d+))?(Z?)$/u.exec(text) ?? [];
  if (fraction.length > 6) return NANOSECONDS;
  const digits = fraction === "" ? "" : `.${fraction.padEnd(6, "0")}`;
  return `${start}${digits}${end}`;
}

const NANOSECONDS: Lossy = {
  message: "Invalid input: expected microseconds, the least that Python has",
};

const UNITS = [
  ["weeks", 604_800_000_000_000],
  ["days", 86_400_000_000_000],
  ["hours", 3_600_000_000_000],
  ["minutes", 60_000_000_000],
  ["seconds", 1_000_000_000],
  ["milliseconds", 1_000_000],
  ["microseconds", 1000],
  ["nanoseconds", 1],
] as const;

/** The fields of a duration. */
type Fields = Readonly<
  Record<"years" | "months" | (typeof UNITS)[number][0], number>
>;

/** As Pydantic has it, of days. */
const YEAR = 365;

/** In days and less: a year of Temporal's is as long as it is in a calendar. */
export const temporalDurations: OfClass = /* @__PURE__ */ codecs(
  isTemporalDuration,
  (text) => {
    const [seconds, microseconds] = durationParts(text) ?? [NaN, NaN];
    return durationText(seconds, microseconds, Infinity);
  },
  (value) => {
    const fields = value as Fields;
    if (fields.years !== 0 || fields.months !== 0) {
      const message =
        "Invalid input: expected days and less, since years and months differ in length";
      return { message };
    }
    const nanoseconds = UNITS.map(
      ([unit, length]) => BigInt(fields[unit]) * BigInt(length),
    ).reduce((sum, each) => sum + each);
    const [thousand, million] = [BigInt(1000), BigInt(1_000_000)];
    if (nanoseconds % thousand !== BigInt(0)) return NANOSECONDS;
    const whole = nanoseconds / thousand;
    return durationText(Number(whole / million), Number(whole % million), YEAR);
  },
);

/** A duration as Pydantic writes it, if a year has so many days. */
function durationText(
  seconds: number,
  microseconds: number,
  year: number,
): string {
  const sign = seconds < 0 || microseconds < 0 ? "-" : "";
  const all = Math.abs(seconds);
  const days = Math.floor(all / 86_400);
  const digits = String(Math.abs(microseconds))
    .padStart(6, "0")
    .replace(/0+$/u, "");
  const date = part(Math.floor(days / year), "Y") + part(days % year, "D");
  const time =
    part(Math.floor(all / 3600) % 24, "H") +
    part(Math.floor(all / 60) % 60, "M") +
    (digits === "" ? part(all % 60, "S") : `${String(all % 60)}.${digits}S`);
  if (date === "" && time === "") return "PT0S";
  return `${sign}P${date}${time === "" ? "" : `T${time}`}`;
}

function part(count: number, unit: string): string {
  return count === 0 ? "" : `${String(count)}${unit}`;
}
