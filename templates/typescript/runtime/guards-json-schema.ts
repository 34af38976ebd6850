// What JSON Schema can say of a value that no type says. It holds for every value of another kind.

import { isArray, type Guard } from "./guards.ts";
import { isUnique } from "./json.ts";
import { isObject } from "./objects.ts";

/** How many of the types a value is of. */
export function countGuards(value: unknown, guards: readonly Guard[]): number {
  return guards.filter((isMember) => isMember(value)).length;
}

/** A string that is JSON is the text of a value of a type. */
export function isJsonOf(value: unknown, isContent: Guard): boolean {
  if (typeof value !== "string") return true;
  let content: unknown;
  try {
    content = JSON.parse(value);
  } catch {
    return true;
  }
  return isContent(content);
}

/** An array has so many elements of a type. */
export function containsItems(
  value: unknown,
  isItem: Guard,
  low: number,
  high?: number,
): boolean {
  if (!isArray(value)) return true;
  const count = value.filter((item) => isItem(item)).length;
  return count >= low && (high === undefined || count <= high);
}

/** No two elements of an array are equal as JSON. */
export function isWithoutRepeats(value: unknown): boolean {
  return !isArray(value) || isUnique(value);
}

/** An object has so many keys. */
export function isOfSize(value: unknown, low: number, high?: number): boolean {
  if (!isObject(value)) return true;
  const count = Object.keys(value).length;
  return count >= low && (high === undefined || count <= high);
}

/** Every key of an object is of a type. */
export function areNames(value: unknown, isName: Guard): boolean {
  return !isObject(value) || Object.keys(value).every((key) => isName(key));
}

/** The values of the keys that match a pattern are of a type. */
export function areMatching(
  value: unknown,
  pattern: RegExp,
  isValue: Guard,
): boolean {
  if (!isObject(value)) return true;
  return Object.entries(value).every(
    ([key, item]) => !pattern.test(key) || isValue(item),
  );
}

/** The keys and elements that are described somewhere, `when` the value is of a type or always. */
type Described = {
  when?: Guard;
  everything?: true;
  keys?: readonly string[];
  patterns?: readonly RegExp[];
  items?: number;
  containing?: readonly Guard[];
  inside?: readonly Described[];
};

/** All that is described of a value. */
function describedOf(one: Described, value: unknown): Described[] {
  if (one.when !== undefined && !one.when(value)) return [];
  return [
    one,
    ...(one.inside ?? []).flatMap((part) => describedOf(part, value)),
  ];
}

/** The values of all keys that are not described are of a type. */
export function areOtherValues(
  value: unknown,
  described: Described,
  isValue: Guard,
): boolean {
  if (!isObject(value)) return true;
  const all = describedOf(described, value);
  const isDescribed = (key: string): boolean =>
    all.some(
      ({ everything, keys = [], patterns = [] }) =>
        everything ??
        (keys.includes(key) || patterns.some((pattern) => pattern.test(key))),
    );
  return Object.entries(value).every(
    ([key, item]) => isDescribed(key) || isValue(item),
  );
}

/** All elements that are not described are of a type. */
export function areOtherItems(
  value: unknown,
  described: Described,
  isItem: Guard,
): boolean {
  if (!isArray(value)) return true;
  const all = describedOf(described, value);
  return value.every(
    (item, index) =>
      all.some(
        ({ everything, items = 0, containing = [] }) =>
          everything ??
          (index < items ||
            containing.some((isDescribed) => isDescribed(item))),
      ) || isItem(item),
  );
}
