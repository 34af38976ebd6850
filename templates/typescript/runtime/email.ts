import { hasMaxCharacters } from "./text.ts";

const EMAIL =
  /^[^\p{Z}\p{C}"(),.:;<>@[\\\]]+(?:\.[^\p{Z}\p{C}"(),.:;<>@[\\\]]+)*@(?:(?!(?!xn)..--)[\p{L}\p{M}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?\.)+(?!(?!xn)..--)(?:[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}-]{0,61})?\p{L}$/u;
const MAX_LENGTH = 254;

/** Whether a text is an address as EmailStr has it: letters of all scripts, a dot in the domain, no quotes and no comments. */
export function isEmail(text: string): boolean {
  return hasMaxCharacters(text, MAX_LENGTH) && EMAIL.test(text);
}

/** Whether a text is a name and an address in angle brackets, as NameEmail writes them, or an address alone. */
export function isNameEmail(text: string): boolean {
  const [, address = text] = /^[^<>]+ <(.*)>$/u.exec(text) ?? [];
  return isEmail(address);
}
