import { isObject } from "./objects.ts";

/**
 * The JSON of an event; its text if it is none.
 *
 * As the AI SDK reads it: an object that would replace a prototype where it is merged into another is refused.
 */
export function parseEvent(text: string): unknown {
  try {
    return /__proto__|constructor|\\u/.test(text)
      ? JSON.parse(text, refusePrototypes)
      : JSON.parse(text);
  } catch {
    return text;
  }
}

function refusePrototypes(key: string, value: unknown): unknown {
  const replaces =
    key === "constructor" &&
    isObject(value) &&
    Object.keys(value).includes("prototype");
  if (key === "__proto__" || replaces) throw new SyntaxError(`a key ${key}`);
  return value;
}
