// Texts like those that are right: a few edits away from one, the same ones in every run.

/** A generator of numbers from 0 to 1 (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The samples themselves, and `count` texts with one to three edits. */
export function* mutations(
  samples: readonly string[],
  alphabet: string,
  count: number,
): Generator<string> {
  yield* samples;
  const random = randomFrom(samples.join().length);
  const below = (limit: number): number => Math.floor(random() * limit);
  const characters = [...alphabet];
  for (let index = 0; index < count; index += 1) {
    let text = samples[below(samples.length)] ?? "";
    for (let edits = 1 + below(3); edits > 0; edits -= 1) {
      const at = below(text.length + 1);
      const kept = text.slice(at + below(3));
      const put = characters[below(characters.length)] ?? "";
      text = `${text.slice(0, at)}${random() < 0.7 ? put : ""}${kept}`;
    }
    yield text;
  }
}
