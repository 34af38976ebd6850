import type { DateCodec } from "./dates.ts";

/**
 * Both ways between the text of a day and a `Date` at its first moment in the zone of the machine, as `z.codec` takes them.
 *
 * A zone may lack a day, as that of Samoa lacks 2011-12-30: its `Date` is of the day after, and is encoded as the text that it came from.
 */
export const localDays: DateCodec = { decode, encode };

/** The text that a date was decoded from, and the time that it had then. */
type Origin = { time: number; text: string };

const origins = new WeakMap<Date, Origin>();

function decode(text: string): Date {
  const [year = 0, month = 0, day = 0] = text.split("-").map(Number);
  const date = new Date(2000, 0, 1);
  // The constructor takes a year below 100 for one of the last century.
  date.setFullYear(year, month - 1, day);
  origins.set(date, { time: date.getTime(), text });
  return date;
}

function encode(date: Date): string {
  const origin = origins.get(date);
  if (origin?.time === date.getTime()) return origin.text;
  const parts = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  return parts
    .map((part, index) => String(part).padStart(index === 0 ? 4 : 2, "0"))
    .join("-");
}
