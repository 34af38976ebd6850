/** Whether an integer is a multiple of another. An integer beyond 2 ** 53 has lost its last digits, so any is taken. */
export function isMultipleOf(value: number, step: number): boolean {
  return value % step === 0 || !Number.isSafeInteger(value);
}

/** Whether a number is a multiple of another, within the 1e-9 that Pydantic tolerates. */
export function isNearMultipleOf(value: number, step: number): boolean {
  return Math.abs(value - Math.round(value / step) * step) <= 1e-9;
}

/** Whether the shortest decimal text of a number has at most so many digits after the point. */
export function hasDecimalPlaces(value: number, places: number): boolean {
  const [mantissa = "", exponent = "0"] = String(value).split("e");
  const [, fraction = ""] = mantissa.split(".");
  return fraction.length - Number(exponent) <= places;
}
