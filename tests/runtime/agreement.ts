import assert from "node:assert/strict";

/** Holds a predicate to what another says of the same texts, some of which both take and some of which both refuse. */
export function assertAgree(
  texts: Iterable<string>,
  predicate: (text: string) => boolean,
  other: (text: string) => boolean,
): void {
  const counts = { true: 0, false: 0 };
  for (const text of texts) {
    const expected = other(text);
    assert.equal(predicate(text), expected, JSON.stringify(text));
    counts[expected ? "true" : "false"] += 1;
  }
  assert.ok(counts.true > 20 && counts.false > 20, JSON.stringify(counts));
}

/** Holds a predicate to texts that it takes and others that it refuses. */
export function assertVerdicts(
  predicate: (text: string) => boolean,
  right: readonly string[],
  wrong: readonly string[],
): void {
  for (const text of right) {
    assert.equal(predicate(text), true, JSON.stringify(text));
  }
  for (const text of wrong) {
    assert.equal(predicate(text), false, JSON.stringify(text));
  }
}

/** Holds a comparison to texts in ascending order, those in one list being equal. */
export function assertOrder(
  compare: (a: string, b: string) => number,
  ascending: readonly (readonly string[])[],
): void {
  ascending.forEach((left, index) => {
    ascending.forEach((right, other) => {
      for (const a of left) {
        for (const b of right) {
          const order = Math.sign(compare(a, b));
          assert.ok(order === Math.sign(index - other), `${a} and ${b}`);
        }
      }
    });
  });
}
