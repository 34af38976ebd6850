const DURATION =
  /^(-?)P(?!$)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d{1,6}))?S)?)?$/u;
/** As in Pydantic, a year has 365 days and a month 30. */
const SECONDS = [31_536_000, 2_592_000, 604_800, 86_400, 3600, 60, 1];
const LIMIT = 86_400_000_000_000;

/** Whether a text is an ISO 8601 duration as Pydantic reads it: signed, with microseconds, of less than a billion days. */
export function isDuration(text: string): boolean {
  const parts = durationParts(text);
  return parts !== undefined && Math.abs(parts[0]) < LIMIT;
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

/** The whole seconds of a duration and its microseconds. */
function durationParts(
  text: string,
): [seconds: number, microseconds: number] | undefined {
  const match = DURATION.exec(text);
  if (match === null) return undefined;
  let seconds = 0;
  SECONDS.forEach((unit, index) => {
    seconds += unit * Number(match[index + 2] ?? 0);
  });
  const microseconds = Number((match[9] ?? "").padEnd(6, "0"));
  return match[1] === "-" ? [-seconds, -microseconds] : [seconds, microseconds];
}
