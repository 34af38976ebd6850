/** Whether a text has at least so many characters, counted as Python counts them: by code points. */
export function hasMinCharacters(text: string, count: number): boolean {
  if (text.length < count) return false;
  return text.length >= 2 * count || countCodePoints(text) >= count;
}

/** Whether a text has at most so many characters, counted as Python counts them: by code points. */
export function hasMaxCharacters(text: string, count: number): boolean {
  if (text.length <= count) return true;
  return text.length <= 2 * count && countCodePoints(text) <= count;
}

/** The number of code points; `length` counts a pair of surrogates as two. */
export function countCodePoints(text: string): number {
  let count = text.length;
  for (let index = 1; index < text.length; index += 1) {
    const isPair =
      (text.charCodeAt(index - 1) & 0xfc00) === 0xd800 &&
      (text.charCodeAt(index) & 0xfc00) === 0xdc00;
    if (isPair) count -= 1;
  }
  return count;
}

/** Whether the UTF-8 of a text has at least so many bytes. */
export function hasMinBytes(text: string, count: number): boolean {
  return text.length >= count || countBytes(text) >= count;
}

/** Whether the UTF-8 of a text has at most so many bytes. */
export function hasMaxBytes(text: string, count: number): boolean {
  return text.length <= count && countBytes(text) <= count;
}

/** The number of bytes in UTF-8, of which a lone surrogate takes three. */
export function countBytes(text: string): number {
  let count = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) count += 1;
    else if (code < 0x800) count += 2;
    else count += code < 0x10000 ? 3 : 4;
  }
  return count;
}

/** Orders texts by their UTF-16 units. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** A text without the zeros at its end. The regular expression `/0+$/` takes quadratic time where zeros come before other digits. */
export function trimEndZeros(text: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === "0") end -= 1;
  return text.slice(0, end);
}
