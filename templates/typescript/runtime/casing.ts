import { hasMaxCharacters } from "./text.ts";

/** The letters of which upper case makes several characters are in these ranges. */
const RANGES: readonly [number, number][] = [
  [0xdf, 0xdf],
  [0x149, 0x1f0],
  [0x390, 0x3b0],
  [0x587, 0x587],
  [0x1e96, 0x1e9a],
  [0x1f50, 0x1ffc],
  [0xfb00, 0xfb17],
];
const EXPANDED = { lower: /i\u0307/gu, upper: new RegExp(expanded(), "gu") };

/** Whether a text is what comes of changing its case. */
export function isOfCase(text: string, upper: boolean): boolean {
  return text === (upper ? text.toUpperCase() : text.toLowerCase());
}

/** Whether a text may have had at most so many characters before its case was changed: "SS" may have been "ß". */
export function hasMaxCharactersBefore(
  text: string,
  upper: boolean,
  count: number,
): boolean {
  const shortest = text.replace(EXPANDED[upper ? "upper" : "lower"], "x");
  return hasMaxCharacters(shortest, count);
}

/** A pattern of the texts that upper case makes of a single letter, the longest first. */
function expanded(): string {
  const texts: string[] = [];
  for (const [first, last] of RANGES) {
    for (let code = first; code <= last; code += 1) {
      const text = String.fromCodePoint(code).toUpperCase();
      if (text.length > 1) texts.push(text);
    }
  }
  return texts.sort((a, b) => b.length - a.length).join("|");
}
