/** Whether a value is one that JSON has: no `undefined`, no function, no infinite number, at any depth. */
export function isJson(value: unknown): boolean {
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object" || value === null) {
    return value === null || ["string", "boolean"].includes(typeof value);
  }
  return Object.values(value).every(isJson);
}

/** Whether a text is JSON. */
export function isJsonText(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Whether no two items are equal as JSON. */
export function isUnique(items: readonly unknown[]): boolean {
  const nested = items.some((item) => typeof item === "object");
  const keys = nested ? items.map((item) => canonical(item)) : items;
  return new Set(keys).size === items.length;
}

/** JSON text with the keys of objects sorted. */
function canonical(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map((entry) => canonical(entry)).join()}}`;
}
