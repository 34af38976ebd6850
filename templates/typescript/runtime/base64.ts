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
