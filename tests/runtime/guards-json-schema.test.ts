import assert from "node:assert/strict";
import { test } from "node:test";

import {
  areMatching,
  areNames,
  areOtherItems,
  areOtherValues,
  containsItems,
  countGuards,
  isJsonOf,
  isOfSize,
  isWithoutRepeats,
} from "../../templates/typescript/runtime/guards-json-schema.ts";

const isText = (value: unknown): boolean => typeof value === "string";
const isShort = (value: unknown): boolean =>
  typeof value === "string" && value.length < 3;

test("how many types a value is of", () => {
  assert.equal(countGuards("a", [isText, isShort]), 2);
  assert.equal(countGuards("abc", [isText, isShort]), 1);
  assert.equal(countGuards(1, [isText, isShort]), 0);
});

test("a condition has nothing against a value of another kind", () => {
  assert.equal(isJsonOf(1, isText), true);
  assert.equal(isJsonOf("not JSON", isText), true);
  assert.equal(containsItems("a", isText, 1), true);
  assert.equal(isWithoutRepeats({ a: 1 }), true);
  assert.equal(isOfSize([], 1), true);
  assert.equal(areNames([1], isText), true);
  assert.equal(areMatching([1], /a/u, isText), true);
  assert.equal(areOtherValues([1], {}, isText), true);
  assert.equal(areOtherItems({ a: 1 }, {}, isText), true);
});

test("conditions on texts and arrays", () => {
  assert.equal(isJsonOf('"a"', isText), true);
  assert.equal(isJsonOf("1", isText), false);
  assert.equal(containsItems([1, "a"], isText, 1), true);
  assert.equal(containsItems([1], isText, 1), false);
  assert.equal(containsItems(["a", "b"], isText, 0, 1), false);
  assert.equal(isWithoutRepeats([1, 1]), false);
  assert.equal(areOtherItems([1, "a"], { items: 1 }, isText), true);
  assert.equal(areOtherItems([1, 2], { items: 1 }, isText), false);
  assert.equal(
    areOtherItems([1, "a"], { containing: [isShort] }, isText),
    false,
  );
});

test("conditions on objects", () => {
  assert.equal(isOfSize({ a: 1 }, 1, 1), true);
  assert.equal(isOfSize({ a: 1, b: 1 }, 1, 1), false);
  assert.equal(areNames({ ab: 1 }, isShort), true);
  assert.equal(areNames({ abc: 1 }, isShort), false);
  assert.equal(areMatching({ a: "x", b: 1 }, /^a/u, isText), true);
  assert.equal(areMatching({ a: 1 }, /^a/u, isText), false);
  const described = { keys: ["a"], patterns: [/^b/u] };
  assert.equal(areOtherValues({ a: 1, b: 2 }, described, isText), true);
  assert.equal(areOtherValues({ a: 1, c: 2 }, described, isText), false);
  const sometimes = { when: isText, everything: true } as const;
  assert.equal(
    areOtherValues({ c: 2 }, { inside: [sometimes] }, isText),
    false,
  );
  assert.equal(areOtherValues({ c: 2 }, { everything: true }, isText), true);
});
