import assert from "node:assert/strict";
import { test } from "node:test";

import {
  evaluatedOf,
  isEvaluatedItem,
  isEvaluatedKey,
  type Evaluated,
} from "../../templates/typescript/runtime/evaluated.ts";

type Kind = "string" | "number" | "object";
const conforms = (kind: Kind, value: unknown): boolean => typeof value === kind;

test("what holds for a value of the type, and what is inside of it", () => {
  const inner: Evaluated<Kind> = { when: "object", keys: ["b"] };
  const outer: Evaluated<Kind> = { keys: ["a"], inside: [inner] };
  assert.deepEqual(evaluatedOf(outer, {}, conforms), [outer, inner]);
  assert.deepEqual(evaluatedOf(outer, "x", conforms), [outer]);
  assert.deepEqual(evaluatedOf(inner, "x", conforms), []);
});

test("keys by name and by pattern", () => {
  const all: Evaluated<Kind>[] = [{ keys: ["a"] }, { patterns: [/^b/u] }];
  const keys = ["a", "b1", "c", "constructor"];
  assert.deepEqual(
    keys.map((key) => isEvaluatedKey(all, key)),
    [true, true, false, false],
  );
  assert.equal(isEvaluatedKey([{ everything: true }], "c"), true);
  assert.equal(isEvaluatedKey([], "a"), false);
});

test("elements by place and by type", () => {
  const all: Evaluated<Kind>[] = [{ items: 1 }, { containing: ["string"] }];
  assert.equal(isEvaluatedItem(all, 1, 0, conforms), true);
  assert.equal(isEvaluatedItem(all, 1, 1, conforms), false);
  assert.equal(isEvaluatedItem(all, "a", 1, conforms), true);
  assert.equal(isEvaluatedItem([{ everything: true }], 1, 9, conforms), true);
});
