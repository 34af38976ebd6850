// What JSON Schema can say of a value that no type says. It holds for every value of another kind.

import {
  evaluatedOf,
  isEvaluatedItem,
  isEvaluatedKey,
  type Evaluated,
} from "./evaluated.ts";
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

const conforms = (isOfType: Guard, value: unknown): boolean => isOfType(value);

/** The values of all keys that are not evaluated are of a type. */
export function areOtherValues(
  value: unknown,
  evaluated: Evaluated<Guard>,
  isValue: Guard,
): boolean {
  if (!isObject(value)) return true;
  const all = evaluatedOf(evaluated, value, conforms);
  return Object.entries(value).every(
    ([key, item]) => isEvaluatedKey(all, key) || isValue(item),
  );
}

/** All elements that are not evaluated are of a type. */
export function areOtherItems(
  value: unknown,
  evaluated: Evaluated<Guard>,
  isItem: Guard,
): boolean {
  if (!isArray(value)) return true;
  const all = evaluatedOf(evaluated, value, conforms);
  return value.every(
    (item, index) =>
      isEvaluatedItem(all, item, index, conforms) || isItem(item),
  );
}
