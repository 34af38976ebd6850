/** A text of Pydantic's that has a time of day: how it is written in any spelling, in parts. */
export type Moment = {
  /** `2024-01-02`, or nothing. */
  readonly day: string;
  /** `03:04:05` */
  readonly clock: string;
  /** Microseconds, in six digits. */
  readonly digits: string;
  /** `Z`, `+05:30`, or nothing. */
  readonly offset: string;
};

const PARTS =
  /^(?:(.{10}).)?(\d\d:\d\d)(:\d\d)?(?:[.,](\d+))?([Zz]|.\d\d:?\d\d)?$/u;

/** The parts of a text that is one. Pydantic ignores digits beyond microseconds. */
export function momentOf(text: string): Moment {
  const [, day = "", clock = "", seconds = ":00", fraction = "", end = ""] =
    PARTS.exec(text) ?? [];
  const digits = fraction.slice(0, 6).padEnd(6, "0");
  return { day, clock: `${clock}${seconds}`, digits, offset: offsetOf(end) };
}

function offsetOf(text: string): string {
  if (text.length < 2) return text.toUpperCase();
  const sign = text.startsWith("+") ? "+" : "-";
  return `${sign}${text.slice(1, 3)}:${text.slice(-2)}`;
}
