const SIZE = /^\s*(\d*\.?\d+)\s*([\p{L}\p{M}\p{N}\p{Pc}]+)?/u;
/** What Python's `int` reads. */
const INTEGER = /^\s*\+?\d+(?:_\d+)*\s*$/u;
const UNIT = /^(?:b|([kmgtpe])(i?)(bit|b)|([kmgtpe])|bit)$/u;

/** Whether a text begins with a number of bytes as Pydantic reads it, `1.5 MiB`. */
export function isByteSize(text: string): boolean {
  return bytesOf(text) !== undefined;
}

/** Orders a number of bytes and a limit, which is a plain number. NaN for other texts. */
export function compareByteSizes(text: string, limit: string): number {
  return (bytesOf(text) ?? NaN) - Number(limit);
}

/** Whether a number of bytes is a multiple of another. */
export function isByteSizeMultipleOf(text: string, step: number): boolean {
  const bytes = bytesOf(text);
  return bytes !== undefined && bytes % step === 0;
}

function bytesOf(text: string): number | undefined {
  const [, digits, unit = "b"] = SIZE.exec(text) ?? [];
  if (digits === undefined) return undefined;
  if (INTEGER.test(text)) return Number(text.trim().replace(/_/gu, ""));
  const factor = factorOf(unit.toLowerCase());
  const bytes = Math.trunc(Number(digits) * factor);
  return Number.isFinite(bytes) ? bytes : undefined;
}

/** How many bytes a unit has; NaN for an unknown one. */
function factorOf(unit: string): number {
  const match = UNIT.exec(unit);
  if (match === null) return NaN;
  const [, prefix, binary, size, letter] = match;
  const power = "bkmgtpe".indexOf(prefix ?? letter ?? "b");
  const factor = (binary === "i" ? 1024 : 1000) ** power;
  return size === "bit" || unit === "bit" ? factor / 8 : factor;
}
