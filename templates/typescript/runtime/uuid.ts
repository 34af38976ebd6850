const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/iu;

/** Whether a text is a UUID; with `version` one of that version of RFC 9562, otherwise any 32 hexadecimal digits in five groups. */
export function isUuid(text: string, version?: number): boolean {
  if (text.length !== 36 || !UUID.test(text)) return false;
  if (version === undefined) return true;
  return text[14] === String(version) && /[89ab]/iu.test(text[19] ?? "");
}
