/** Whether a value is one that JSON has, at any depth: no `undefined`, no function, no infinite number. */
export function isJson(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return isJsonScalar(value);
  const pending: unknown[] = Object.values(value);
  while (pending.length > 0) {
    const item = pending.pop();
    if (typeof item === "object" && item !== null) {
      for (const inner of Object.values(item)) pending.push(inner);
    } else if (!isJsonScalar(item)) return false;
  }
  return true;
}

function isJsonScalar(value: unknown): boolean {
  if (typeof value === "number") return Number.isFinite(value);
  return (
    value === null || typeof value === "string" || typeof value === "boolean"
  );
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

/** Whether two JSON values are equal, where absent, null, false, zero and empty text are the same. */
export function isSame(a: unknown, b: unknown): boolean {
  if (!a || !b) return !a && !b;
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/** How many keys of the input, at any depth, the output lacks. */
export function countLostKeys(input: unknown, output: unknown): number {
  if (typeof input !== "object" || input === null || input === output) return 0;
  if (typeof output !== "object" || output === null) return 0;
  let lost = 0;
  const [items, kept] = [itemsOf(input), itemsOf(output)];
  if (items !== undefined && kept !== undefined) {
    items.forEach((item, at) => (lost += countLostKeys(item, kept[at])));
    return lost;
  }
  for (const [key, value] of Object.entries(input)) {
    if (!Object.prototype.hasOwnProperty.call(output, key)) lost += 1;
    else lost += countLostKeys(value, (output as Record<string, unknown>)[key]);
  }
  return lost;
}

/** The items of an array, or of the set that it is decoded to. */
export function itemsOf(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value;
  return value instanceof Set ? [...value] : undefined;
}
