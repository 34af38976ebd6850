const DURATION =
  /^(-?)P(?!$)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d{1,6}))?S)?)?$/u;
const WRITTEN =
  /^-?P(?!$)(?:[1-9]\d*Y)?(?:(?:[1-9]\d?|[12]\d\d|3[0-5]\d|36[0-4])D)?(?:T(?=\d)(?:(?:[1-9]|1\d|2[0-3])H)?(?:[1-5]?\dM)?(?:[1-5]?\d(?:\.\d{0,5}[1-9])?S)?)?$/u;
const ZERO_PART = /[A-Z]0[MS]/u;
const READABLE =
  /^([+-]?)P(?=[\dT])((?:\d+[YMWD])*(?:\d+[.,]\d*[YMWD](?=T?$))?)(?:T((?:\d+[HMS])*(?:\d+[.,]\d*[HMS])?))?$/u;
const CLOCK =
  /^([+-]?)(?:(\d+) ?[Dd](?:ays?|AYS?)?(?:,? ?(?=[\d:])|,? ?$))?(?:(\d*):([0-5]\d)(?::([0-5]\d)(?:[.,](\d+))?)?)?$/u;
/** As in Pydantic, a year has 365 days and a month 30. */
const SECONDS = [31_536_000, 2_592_000, 604_800, 86_400, 3600, 60, 1];
/** Of a billion days, and of those less one below 0. */
const LIMIT = 86_400_000_000_000;
const LEAST = 86_400 - LIMIT;
/** Of the seconds behind a T, and of the hours before a colon, as far as Pydantic counts. */
const MOST_SECONDS = 2 ** 32 - 1;
const MOST_HOURS = 2_400_000_000;

/** Whether a text is an ISO 8601 duration, signed, with microseconds, of less than a billion days. */
export function isDuration(text: string): boolean {
  return DURATION.test(text) && isInRange(durationParts(text));
}

/** Whether a text is a duration as Pydantic writes it: without parts that are 0, and days and less are no more than the next part has. */
export function isWrittenDuration(text: string): boolean {
  if (text === "PT0S") return true;
  return WRITTEN.test(text) && !ZERO_PART.test(text) && isDuration(text);
}

/** Whether a text is a duration as Pydantic reads it: of ISO 8601 with its parts in any order, `1 day, 02:03:04` or `02:03`. */
export function isReadableDuration(text: string): boolean {
  return isInRange(readableParts(text));
}

function isInRange(parts: [number, number] | undefined): boolean {
  if (parts === undefined) return false;
  const [seconds, microseconds] = parts;
  if (seconds < LEAST || seconds >= LIMIT) return false;
  return seconds > LEAST || microseconds === 0;
}

/** Orders durations by their length. NaN for other texts. */
export function compareDurations(a: string, b: string): number {
  const [x, y] = [durationParts(a), durationParts(b)];
  if (x === undefined || y === undefined) return NaN;
  return x[0] - y[0] || x[1] - y[1];
}

/** Whether a duration is a multiple of another. */
export function isDurationMultipleOf(text: string, step: string): boolean {
  const [value, unit] = [durationParts(text), durationParts(step)];
  if (value === undefined || unit === undefined) return false;
  const remainder = microseconds(value) % microseconds(unit);
  return remainder === BigInt(0);
}

function microseconds([seconds, rest]: [number, number]): bigint {
  return BigInt(seconds) * BigInt(1_000_000) + BigInt(rest);
}

/** The whole seconds of a duration and its microseconds, both with its sign; undefined of other texts. */
export function durationParts(
  text: string,
): [seconds: number, microseconds: number] | undefined {
  const match = DURATION.exec(text);
  if (match === null) return readableParts(text);
  let seconds = 0;
  SECONDS.forEach((unit, index) => {
    seconds += unit * Number(match[index + 2] ?? 0);
  });
  const microseconds = Number((match[9] ?? "").padEnd(6, "0"));
  return match[1] === "-" ? [-seconds, -microseconds] : [seconds, microseconds];
}

/** The parts of a duration as Pydantic reads it. */
function readableParts(text: string): [number, number] | undefined {
  const match = READABLE.exec(text);
  if (match === null) return clockParts(text);
  const [, sign = "", days = "", time = ""] = match;
  if (days === "" && time === "") return undefined;
  let [seconds, clock, rest] = [0, 0, 0];
  for (const [part, letters, units] of [
    [days, "YMWD", SECONDS.slice(0, 4)],
    [time, "HMS", SECONDS.slice(4)],
  ] as const) {
    for (const item of part.match(/[\d.,]+\D/gu) ?? []) {
      const [whole = "", fraction = "0"] = item.slice(0, -1).split(/[.,]/u);
      const unit = units[letters.indexOf(item.slice(-1))] ?? 0;
      seconds += Number(whole) * unit;
      if (part === time) clock += Number(whole) * unit;
      rest += Number(`0.${fraction}`) * unit;
    }
  }
  if (clock > MOST_SECONDS) return undefined;
  const more = Math.floor(rest);
  const microseconds = Math.round((rest - more) * 1e6);
  const carry = microseconds === 1e6 ? 1 : 0;
  return signed(sign, seconds + more + carry, microseconds % 1e6);
}

function clockParts(text: string): [number, number] | undefined {
  const match = text === "" ? null : CLOCK.exec(text);
  if (match === null) return undefined;
  const [, sign = "", days, hours, minutes = "0", seconds, fraction = ""] =
    match;
  if (days === undefined && hours === undefined) return undefined;
  if ((hours?.length ?? 2) < 2 && seconds === undefined) return undefined;
  if (Number(hours ?? 0) > (days === undefined ? MOST_HOURS : 23)) {
    return undefined;
  }
  const clock = Number(hours ?? 0) * 3600 + Number(minutes) * 60;
  const total = Number(days ?? 0) * 86_400 + clock + Number(seconds ?? 0);
  return signed(sign, total, Number(fraction.padEnd(6, "0").slice(0, 6)));
}

function signed(
  sign: string,
  seconds: number,
  microseconds: number,
): [number, number] {
  return sign === "-" ? [-seconds, -microseconds] : [seconds, microseconds];
}
