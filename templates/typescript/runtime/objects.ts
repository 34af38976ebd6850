/** Whether a value is an object of JSON: no array, not null. */
export function isObject(
  value: unknown,
): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a value is an object with keys of its own alone: none of a class, as a date or a map is. */
export function isDictionary(
  value: unknown,
): value is Readonly<Record<string, unknown>> {
  if (!isObject(value)) return false;
  const maker = value["constructor"];
  if (maker === Object || typeof maker !== "function") return true;
  const prototype: unknown = maker.prototype;
  return (
    typeof prototype === "object" &&
    prototype !== null &&
    hasKey(prototype, "isPrototypeOf")
  );
}

/** Whether an object itself has a key, not its prototype. */
export function hasKey(value: object, key: string): boolean {
  return Object.prototype.hasOwnProperty.call(value, key);
}

/** Whether an object itself has a key that its `Object.keys` lists. */
export function listsKey(value: object, key: string): boolean {
  return Object.prototype.propertyIsEnumerable.call(value, key);
}

/** The value of a key that an object itself has; undefined where it has none of this name. */
export function property(value: object, key: string): unknown {
  return hasKey(value, key) ? Reflect.get(value, key) : undefined;
}

/** Whether a value is undefined or null, which are the same on the wire of an optional property. */
export function isMissing(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}

/** Whether an object has at least so many keys. */
export function hasMinProperties(value: object, count: number): boolean {
  return Object.keys(value).length >= count;
}

/** Whether an object has at most so many keys. */
export function hasMaxProperties(value: object, count: number): boolean {
  return Object.keys(value).length <= count;
}

/** The own properties of an object but for some keys, in an object without a prototype. */
export function withoutKeys(
  value: object,
  keys: readonly string[],
): Record<string, unknown> {
  const rest = Object.create(null) as Record<string, unknown>;
  for (const [key, item] of Object.entries(value)) {
    if (!keys.includes(key)) rest[key] = item;
  }
  return rest;
}

/** Sets a property of an object itself, even one that is called `__proto__`. */
export function setKey(object: object, key: string, value: unknown): void {
  Object.defineProperty(object, key, {
    configurable: true,
    enumerable: true,
    writable: true,
    value,
  });
}
