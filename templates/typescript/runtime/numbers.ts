/** Whether an integer is a multiple of another. An integer beyond 2 ** 53 has lost its last digits, so any is taken. */
export function isMultipleOf(value: number, step: number): boolean {
  return value % step === 0 || !Number.isSafeInteger(value);
}

/** Whether a number is a multiple of another, within the 1e-9 that Pydantic tolerates. */
export function isNearMultipleOf(value: number, step: number): boolean {
  return Math.abs(value - Math.round(value / step) * step) <= 1e-9;
}

/** Whether a number divides without a remainder, as Python's `%` finds it: 0.3 is no multiple of 0.1. */
export function hasNoRemainder(value: number, step: number): boolean {
  return value % step === 0;
}
