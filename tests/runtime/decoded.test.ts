import assert from "node:assert/strict";
import { test } from "node:test";

import {
  bigints,
  remembering,
} from "../../templates/typescript/runtime/decoded.ts";

test("integers keep all digits", () => {
  for (const text of ["0", "-1", "9007199254740993", `-1${"0".repeat(99)}`]) {
    assert.equal(bigints.encode(bigints.decode(text)), text);
  }
});

test("a text is remembered by the codec that read it alone", () => {
  const is = (value: unknown): value is Date => value instanceof Date;
  const read = (text: string): Date => new Date(text);
  const codecs = [1, 2].map(() =>
    remembering(is, read, (date) => date.toJSON()),
  );
  const [one, other] = codecs;
  const date = one?.decode("2024-01-02");
  assert.ok(date !== undefined);
  assert.equal(one?.encode(date), "2024-01-02");
  assert.equal(other?.encode(date), "2024-01-02T00:00:00.000Z");
});
