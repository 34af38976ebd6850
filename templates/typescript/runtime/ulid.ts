const ULID = /^[0-7][\dA-HJKMNP-TV-Z]{25}$/u;

/** Whether a text is a ULID as Python writes it, in upper case. */
export function isUlid(text: string): boolean {
  return text.length === 26 && ULID.test(text);
}
