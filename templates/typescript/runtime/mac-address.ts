const PAIRS = /^[\da-f]{2}(?:([:-])[\da-f]{2})(?:\1[\da-f]{2})*$/iu;
const QUADS = /^[\da-f]{4}(?:\.[\da-f]{4})+$/iu;
const LENGTHS = [6, 8, 20];

/** Whether a text is a MAC address of 6, 8 or 20 bytes: pairs of digits with colons or hyphens, or groups of four with dots. */
export function isMacAddress(text: string): boolean {
  if (PAIRS.test(text)) return LENGTHS.includes((text.length + 1) / 3);
  return QUADS.test(text) && LENGTHS.includes(((text.length + 1) / 5) * 2);
}
