// What guards are made of: functions that say whether a value is of a kind, and whether its parts are of a type.
import { hasKey, isDictionary, isObject, property } from "./objects.ts";

/** An object of JSON that may have these keys. */
type WithKeys<Key extends string> = { readonly [K in Key]?: unknown };

/** A function that says whether a value is of a type. */
export type Guard = (value: unknown) => boolean;

/** Whether a value is an object of JSON, whose keys may then be asked for: no array, not null. */
export function hasShape<Key extends string>(
  value: unknown,
): value is WithKeys<Key> {
  return isObject(value);
}

/** Whether a value is an array. */
export function isArray(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** Whether a value is a number that JSON has. */
export function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

/** Whether a value is a number without a fraction. */
export function isInteger(value: unknown): value is number {
  return Number.isInteger(value);
}

/** Whether a value is a dictionary whose keys are all strings. */
export function isRecord(
  value: unknown,
): value is Readonly<Record<string, unknown>> {
  return (
    isDictionary(value) && Object.getOwnPropertySymbols(value).length === 0
  );
}

/** Any value will do. */
export function isAnything(_value: unknown): boolean {
  return true;
}

/** No value will do. */
export function isNothing(_value: unknown): boolean {
  return false;
}

/** Whether all elements of an array, from one place on, are of a type. */
export function everyItem(
  items: readonly unknown[],
  isItem: Guard,
  start = 0,
): boolean {
  for (let index = start; index < items.length; index += 1) {
    if (!isItem(items[index])) return false;
  }
  return true;
}

type Values = Readonly<Record<string, unknown>>;

/** Whether all values of an object are of a type. */
export function everyValue(value: object, isValue: Guard): boolean {
  // An array of the values would take longer than checking most of them.
  for (const key in value) {
    if (hasKey(value, key) && !isValue((value as Values)[key])) return false;
  }
  return true;
}

/** Whether all keys of an object are of a type. */
export function everyName(value: object, isName: Guard): boolean {
  return Object.keys(value).every((key) => isName(key));
}

/** Whether the values of all keys but these are of a type. */
export function everyOtherValue(
  value: object,
  keys: readonly string[],
  isValue: Guard,
): boolean {
  return Object.entries(value).every(
    ([key, item]) => keys.includes(key) || isValue(item),
  );
}

/** Whether an object itself has a key, not its prototype, with a value of a type. */
export function hasProperty(
  value: object,
  key: string,
  isValue: Guard,
): boolean {
  return hasKey(value, key) && isValue(property(value, key));
}

/** Whether an object has no other keys than these, fastest if they come in this order. */
export function hasOnlyKeys(value: object, keys: readonly string[]): boolean {
  let next = 0;
  for (const key in value) {
    if (key !== keys[next]) next = keys.indexOf(key);
    if (next === -1) return false;
    next += 1;
  }
  return true;
}

let depth = 0;
const verdicts = /* @__PURE__ */ new Map<Guard, Map<object, boolean>>();

/**
 * The verdict of a guard, found once for each object while the guards that ask for it are at work. In a recursive type the members of a
 * union may all look at the same objects, which would take exponential time.
 */
export function remembered(value: unknown, isOfType: Guard): boolean {
  if (typeof value !== "object" || value === null) return isOfType(value);
  let known = verdicts.get(isOfType);
  if (known === undefined) verdicts.set(isOfType, (known = new Map()));
  const before = known.get(value);
  if (before !== undefined) return before;
  depth += 1;
  try {
    const verdict = isOfType(value);
    known.set(value, verdict);
    return verdict;
  } finally {
    depth -= 1;
    if (depth === 0) verdicts.clear();
  }
}
