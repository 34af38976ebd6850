/** The value of an own property; undefined where the object has none of this name. */
export function property(value: object, name: string): unknown {
  return Object.prototype.hasOwnProperty.call(value, name)
    ? Reflect.get(value, name)
    : undefined;
}

/** Whether a value is undefined or null, which are the same on the wire of an optional property. */
export function isMissing(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}

/** Whether two JSON values are equal, where absent, null, false, zero and empty text are the same. */
export function isSame(a: unknown, b: unknown): boolean {
  if (!a || !b) return !a && !b;
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/** Whether a value is an object of JSON: no array, not null. */
export function isRecord(
  value: unknown,
): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
