import { hasMaxCharacters, hasMinCharacters } from "./text.ts";

const EMAIL =
  /^[^\p{Z}\p{C}"(),.:;<>@[\\\]]+(?:\.[^\p{Z}\p{C}"(),.:;<>@[\\\]]+)*@(?:(?!(?!xn)..--)[\p{L}\p{M}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?\.)+(?!(?!xn)..--)(?:[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}-]{0,61})?\p{L}$/u;
const MAX_LENGTH = 254;

/** Whether a text is an address as EmailStr has it: letters of all scripts, a dot in the domain, no quotes and no comments. */
export function isEmail(text: string): boolean {
  return hasMaxCharacters(text, MAX_LENGTH) && EMAIL.test(text);
}

/** Domains that are not for e-mail. */
const SPECIAL = /[@.](?:arpa|invalid|local|localhost|onion|test)$/iu;
/** What a name may be of without quotes. */
const NAME = /^[\p{L}\p{M}\p{N}\s.!#$%&'*+/=?^_`{|}~-]*$/u;
const LONGEST_TEXT = 2048;

/** Whether a text is an address as Pydantic writes it: its domain is in lower case, and one for e-mail. */
export function isWrittenEmail(text: string): boolean {
  const domain = text.slice(text.lastIndexOf("@"));
  return (
    isEmail(text) && !SPECIAL.test(text) && domain === domain.toLowerCase()
  );
}

/** Whether a text is an address as Pydantic reads it, alone or behind a name: `Bob <bob@example.com>`. */
export function isReadableEmail(text: string): boolean {
  if (text.length > LONGEST_TEXT || /[\n\r]/u.test(text)) return false;
  const address = addressIn(text);
  return address !== undefined && isEmail(address) && !SPECIAL.test(address);
}

/** Whether the address in a text has from `min` to `max` characters. */
export function hasAddressLength(
  text: string,
  min: number,
  max: number,
): boolean {
  const address = addressIn(text) ?? "";
  return hasMinCharacters(address, min) && hasMaxCharacters(address, max);
}

function addressIn(text: string): string | undefined {
  const whole = text.trim();
  if (!whole.endsWith(">")) return whole;
  const start = whole.lastIndexOf("<");
  const name = whole.slice(0, Math.max(start, 0)).trim();
  const isName = NAME.test(name) || /^".+"$/u.test(name);
  return start < 0 || !isName ? undefined : whole.slice(start + 1, -1).trim();
}

/** Whether a text is a name and an address in angle brackets, or an address alone. */
export function isNameEmail(text: string): boolean {
  const [, address = text] = /^[^<>]+ <(.*)>$/u.exec(text) ?? [];
  return isEmail(address);
}

/** Whether a text is a name and an address in angle brackets, as NameEmail writes them. */
export function isWrittenNameEmail(text: string): boolean {
  const [, address] = /^[^]+ <([^<]*)>$/u.exec(text) ?? [];
  return address !== undefined && isWrittenEmail(address);
}

/** Whether a text is a name and an address as Pydantic reads them, or an address alone. */
export function isReadableNameEmail(text: string): boolean {
  return isReadableEmail(text);
}
