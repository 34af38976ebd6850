import { momentOf } from "./moments.ts";

// A Date has milliseconds and no UTC offset, and a text of Pydantic's has microseconds and perhaps an offset. So that nothing is lost, a
// Date that was decoded is encoded as the text that it came from, unless it was set to another time meanwhile.
/** Both ways between the text of an instant and a `Date`, as `z.codec` takes them. */
export type DateCodec = {
  readonly decode: (text: string) => Date;
  readonly encode: (date: Date) => string;
};

/** Instants with a UTC offset. */
export const awareDates: DateCodec = {
  decode,
  encode: (date) => encode(date, "Z"),
};

/** Instants in UTC that are written without an offset. */
export const utcDates: DateCodec = {
  decode,
  encode: (date) => encode(date, ""),
};

/** The text that a date was decoded from, and the time that it had then. */
type Origin = { time: number; text: string; digits: string; offset: string };

const origins = new WeakMap<Date, Origin>();

/** Of a text that is one. Without an offset it is UTC. */
function decode(text: string): Date {
  const { day, clock, digits, offset } = momentOf(text);
  const start = `${day}T${clock}.${digits.slice(0, 3)}`;
  const time = Date.parse(`${start}${offset || "Z"}`);
  const date = new Date(time);
  origins.set(date, { time, text, digits, offset });
  return date;
}

/** `zone` is how UTC is written: `Z`, or nothing where no offset may be. */
function encode(date: Date, zone: string): string {
  const origin = originOf(date);
  if (origin !== undefined && (origin.offset === "") === (zone === "")) {
    return origin.text;
  }
  return inUtc(date, zone, origin?.digits);
}

/** Where a date comes from, if it still has its time. */
function originOf(date: Date): Origin | undefined {
  const origin = origins.get(date);
  return origin?.time === date.getTime() ? origin : undefined;
}

/** A date as Pydantic writes it: with six digits of a second, or none. */
function inUtc(date: Date, zone: string, digits?: string): string {
  const [start = "", milliseconds = ""] = date
    .toISOString()
    .slice(0, -1)
    .split(".");
  const fraction = digits ?? milliseconds.padEnd(6, "0");
  return `${start}${fraction === "000000" ? "" : `.${fraction}`}${zone}`;
}
