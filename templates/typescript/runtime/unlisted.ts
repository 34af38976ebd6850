// What an open enumeration or union may hold beside its members.
import { isObject, property } from "./objects.ts";

/** Whether a value is a text. */
export function isText(value: unknown): value is string {
  return typeof value === "string";
}

/** Whether a value is an object whose tag is a text, and none of those that are known. */
export function isUnlisted(
  value: unknown,
  tag: string,
  known: readonly string[],
): boolean {
  if (!isObject(value)) return false;
  const text = property(value, tag);
  return typeof text === "string" && !known.includes(text);
}
