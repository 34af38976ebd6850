const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/iu;

const WRITTEN = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/u;
const WITHOUT_HYPHENS =
  /^([\da-f]{8})([\da-f]{4})([\da-f]{4})([\da-f]{4})([\da-f]{12})$/iu;

/** Whether a text is a UUID as Pydantic writes it, in lower case. */
export function isWrittenUuid(text: string, version?: number): boolean {
  return WRITTEN.test(text) && isUuid(text, version);
}

/** Whether a text is a UUID as Pydantic reads it: in either case, without hyphens, in braces, or with `urn:uuid:` in front. */
export function isReadableUuid(text: string, version?: number): boolean {
  if (text.length === 32) {
    return isUuid(text.replace(WITHOUT_HYPHENS, "$1-$2-$3-$4-$5"), version);
  }
  const bare = /^(?:urn:uuid:([^{}]{36})|\{([^{}]{36})\})$/u.exec(text);
  return isUuid(bare?.[1] ?? bare?.[2] ?? text, version);
}

/** Whether a text is a UUID; with `version` one of that version of RFC 9562, otherwise any 32 hexadecimal digits in five groups. */
export function isUuid(text: string, version?: number): boolean {
  if (text.length !== 36 || !UUID.test(text)) return false;
  if (version === undefined) return true;
  return text[14] === String(version) && /[89ab]/iu.test(text[19] ?? "");
}
