/** Whether a text is base64 of RFC 4648, section 4, with padding. */
export function isBase64(text: string): boolean {
  if (text.length % 4 !== 0) return false;
  return ["", "=", "=="].includes(paddingAfter(text, /[^\w+/]|_/u));
}

/** Whether a text is base64 in the alphabet for URLs, section 5, with padding and without stray bits in the last character. */
export function isBase64Url(text: string): boolean {
  if (text.length % 4 !== 0) return false;
  const padding = paddingAfter(text, /[^\w-]/u);
  const last = text[text.length - padding.length - 1] ?? "";
  if (padding === "=") return "AEIMQUYcgkosw048".includes(last);
  if (padding === "==") return "AQgw".includes(last);
  return padding === "";
}

/** What follows the characters of an alphabet, of which `other` finds the first that is not in it. */
function paddingAfter(text: string, other: RegExp): string {
  const end = text.search(other);
  return end < 0 ? "" : text.slice(end);
}

/** Whether Python's `base64` decodes a text: it skips what is not in the alphabet, and asks for padding. */
export function isPythonBase64(text: string, forUrls: boolean): boolean {
  const skipped = forUrls ? /[^\w+/=-]/gu : /[^\w+/=]|_/gu;
  const kept = text.replace(skipped, "");
  const pads = /=+/gu;
  let count = 0;
  let start = 0;
  for (let match = pads.exec(kept); match !== null; match = pads.exec(kept)) {
    count += match.index - start;
    start = pads.lastIndex;
    // Padding that completes a group ends the text, and any other is skipped.
    const missing = (4 - (count % 4)) % 4;
    if (missing > 0 && missing < 3 && match[0].length >= missing) return true;
  }
  return (count + kept.length - start) % 4 === 0;
}

/** Whether a text is base64 in one alphabet or the other, with padding, without or with some, and without stray bits. */
export function isEitherBase64(text: string): boolean {
  const [, data, padding = ""] =
    /^([\dA-Za-z+/]*|[\w-]*)(={0,2})$/u.exec(text) ?? [];
  if (data === undefined) return false;
  const missing = (4 - (data.length % 4)) % 4;
  if (missing === 3 || padding.length > missing) return false;
  const url = data.replace(/\+/gu, "-").replace(/\//gu, "_");
  return isBase64Url(url + "=".repeat(missing));
}

/** Whether base64 holds from `min` to `max` bytes. */
export function encodesBytes(
  text: string,
  forUrls: boolean,
  min: number,
  max: number,
): boolean {
  const { length } = bytesOf(text, forUrls);
  return length >= min && length <= max;
}

/** Whether base64 holds text in UTF-8, from `min` to `max` characters of it. */
export function encodesCharacters(
  text: string,
  forUrls: boolean,
  min: number,
  max: number,
): boolean {
  const count = countCharacters(bytesOf(text, forUrls));
  return count !== undefined && count >= min && count <= max;
}

/** The characters of base64 by their values. */
export const ALPHABET =
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** The bytes of base64 that a predicate takes. */
export function bytesOf(text: string, forUrls: boolean): number[] {
  const plain = forUrls ? text.replace(/-/gu, "+").replace(/_/gu, "/") : text;
  const bytes: number[] = [];
  let [bits, width, count, pads] = [0, 0, 0, 0];
  for (const character of plain) {
    const value = ALPHABET.indexOf(character);
    if (character === "=") pads += 1;
    if (character === "=" && count % 4 >= 2 && (count % 4) + pads >= 4) break;
    if (value < 0) continue;
    [pads, count] = [0, count + 1];
    [bits, width] = [((bits << 6) | value) & 0xfff, width + 6];
    if (width < 8) continue;
    width -= 8;
    bytes.push((bits >> width) & 0xff);
  }
  return bytes;
}

/** The number of characters of UTF-8; `undefined` for bytes that are none. */
export function countCharacters(bytes: readonly number[]): number | undefined {
  let count = 0;
  for (let at = 0; at < bytes.length; count += 1) {
    const first = bytes[at] ?? 0;
    const size = sizeOf(first);
    const rest = bytes.slice(at + 1, at + size);
    if (size === 0 || rest.length < size - 1) return undefined;
    if (rest.some((byte) => byte >> 6 !== 2)) return undefined;
    const second = rest[0] ?? 0;
    if (first === 0xe0 && second < 0xa0) return undefined;
    if (first === 0xed && second > 0x9f) return undefined;
    if (first === 0xf0 && second < 0x90) return undefined;
    if (first === 0xf4 && second > 0x8f) return undefined;
    at += size;
  }
  return count;
}

/** How many bytes a character of UTF-8 has by its first one; 0 if it is none. */
function sizeOf(first: number): number {
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return 0;
  if (first < 0xe0) return 2;
  return first < 0xf0 ? 3 : 4;
}
