import { compareText, trimEndZeros } from "./text.ts";

/** Whether a time has to have a UTC offset (`aware`), may not have one (`naive`), or either. */
export type Zone = "any" | "aware" | "naive";

const DATE = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/u;
const TIME =
  /^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,6})?(Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)?$/u;
const TIME_OF_DATE =
  /^(?:[01]\d|2[0-3]):[0-5]\d(:[0-5]\d(?:\.\d+)?)?(Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)?$/u;
const WRITTEN_TIME =
  /^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{6})?(Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)?$/u;
const READABLE_TIME =
  /^(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:[.,]\d+)?)?([Zz]|[+\u2212-](?:[01]\d|2[0-3]):?[0-5]\d)?$/u;
const PARTS =
  /^(?:(\d{4}-\d\d-\d\d)[Tt _])?(\d\d:\d\d(?::\d\d)?)(?:[.,](\d+))?([Zz]|[+\u2212-]\d\d:?\d\d)?$/u;

/** Whether a text is a date, `2024-02-29`, of the years that Python has: 1 to 9999. */
export function isDate(text: string): boolean {
  if (text.length !== 10 || !DATE.test(text) || text.startsWith("0000")) {
    return false;
  }
  const day = Number(text.slice(8));
  if (day < 29) return true;
  const [year, month] = [Number(text.slice(0, 4)), Number(text.slice(5, 7))];
  if (month !== 2) return day < 31 || ![4, 6, 9, 11].includes(month);
  return day === 29 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** Whether a text is a time, `12:30:00.5+02:00`, with microseconds at most. */
export function isTime(text: string, zone: Zone = "any"): boolean {
  return isTimeLike(TIME, text, zone);
}

/** Whether a text is a time as Pydantic writes it, with six digits of a second or none. */
export function isWrittenTime(text: string, zone: Zone = "any"): boolean {
  return isTimeLike(WRITTEN_TIME, text, zone);
}

/** Whether a text is a time as Pydantic reads it: the seconds may be left out, and have more digits. */
export function isReadableTime(text: string, zone: Zone = "any"): boolean {
  return isTimeLike(READABLE_TIME, text, zone);
}

/** Whether a text is a date and a time as Pydantic writes them. */
export function isWrittenDateTime(text: string, zone: Zone = "any"): boolean {
  if (text[10] !== "T" || !isDate(text.slice(0, 10))) return false;
  return isWrittenTime(text.slice(11), zone);
}

/** Whether a text is a date and a time as Pydantic reads them; a `T`, a space or an underscore is between the two. */
export function isReadableDateTime(text: string, zone: Zone = "any"): boolean {
  if (!"Tt _".includes(text[10] ?? "-")) return false;
  return isDate(text.slice(0, 10)) && isReadableTime(text.slice(11), zone);
}

function isTimeLike(pattern: RegExp, text: string, zone: Zone): boolean {
  const match = pattern.exec(text);
  return match !== null && isOfZone(match[1], zone);
}

/** Whether a text is a date and a time. The seconds may be left out where there is no UTC offset. */
export function isDateTime(text: string, zone: Zone = "any"): boolean {
  if (text[10] !== "T" || !isDate(text.slice(0, 10))) return false;
  const match = TIME_OF_DATE.exec(text.slice(11));
  if (match === null) return false;
  const [, seconds, offset] = match;
  if (seconds === undefined && offset !== undefined) return false;
  return isOfZone(offset, zone);
}

function isOfZone(offset: string | undefined, zone: Zone): boolean {
  return zone === "any" || (offset !== undefined) === (zone === "aware");
}

/** Orders times, with a date or without: as instants, or as they read if one of them has no UTC offset. NaN for other texts. */
export function compareTimes(a: string, b: string): number {
  const [x, y] = [timeParts(a), timeParts(b)];
  if (x === undefined || y === undefined) return NaN;
  const shift =
    x.offset === undefined || y.offset === undefined ? 0 : x.offset - y.offset;
  return x.seconds - y.seconds - shift || compareText(x.fraction, y.fraction);
}

/** The seconds that a time shows, their fraction in digits, and its UTC offset in seconds. */
type TimeParts = {
  seconds: number;
  fraction: string;
  offset: number | undefined;
};

function timeParts(text: string): TimeParts | undefined {
  const match = PARTS.exec(text);
  if (match === null) return undefined;
  const [, date = "1970-01-01", clock = "", fraction = "", offset] = match;
  return {
    seconds: Date.parse(`${date}T${clock}Z`) / 1000,
    fraction: trimEndZeros(fraction.slice(0, 6)),
    offset: offset === undefined ? undefined : offsetOf(offset),
  };
}

function offsetOf(text: string): number {
  if (/^z$/iu.test(text)) return 0;
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(-2));
  return minutes * (text.startsWith("+") ? 60 : -60);
}
