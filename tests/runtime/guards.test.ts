import assert from "node:assert/strict";
import { test } from "node:test";

import {
  everyItem,
  everyName,
  everyOtherValue,
  everyValue,
  hasOnlyKeys,
  hasProperty,
  hasShape,
  isAnything,
  isArray,
  isInteger,
  isNothing,
  isNumber,
} from "../../templates/typescript/runtime/guards.ts";

const PROTO = JSON.parse('{"__proto__": 1, "a": 2}') as object;
const isText = (value: unknown): boolean => typeof value === "string";

test("kinds of values", () => {
  assert.equal(hasShape<"a">({ a: 1 }), true);
  assert.equal(hasShape<"a">(Object.create(null)), true);
  for (const value of [null, [], "a", 1, undefined]) {
    assert.equal(hasShape<"a">(value), false);
  }
  assert.deepEqual([[], {}, null].map(isArray), [true, false, false]);
  assert.deepEqual([1, 1.5, NaN, Infinity, "1", 1n].map(isNumber), [
    ...[true, true, false, false, false, false],
  ]);
  assert.deepEqual([1, -0, 2 ** 60, 1.5, "1"].map(isInteger), [
    ...[true, true, true, false, false],
  ]);
  assert.equal(isAnything(undefined), true);
  assert.equal(isNothing(undefined), false);
});

test("all parts are asked", () => {
  assert.equal(everyItem([], isText), true);
  assert.equal(everyItem(["a", "b"], isText), true);
  assert.equal(everyItem(["a", 1], isText), false);
  assert.equal(everyItem([1, "a"], isText, 1), true);
  assert.equal(everyItem([1], isText, 1), true);
  assert.equal(everyItem(new Array(1), isText), false);
  assert.equal(everyValue({ a: "x" }, isText), true);
  assert.equal(everyValue(PROTO, isText), false);
  assert.equal(everyValue(Object.create({ a: 1 }) as object, isText), true);
  assert.equal(
    everyName(PROTO, (name) => name !== "__proto__"),
    false,
  );
  assert.equal(everyOtherValue({ a: 1, b: "x" }, ["a"], isText), true);
  assert.equal(everyOtherValue({ a: 1, b: 2 }, ["a"], isText), false);
});

test("an own property is not one of the prototype", () => {
  assert.equal(hasProperty({}, "toString", isAnything), false);
  assert.equal(hasProperty({ toString: "x" }, "toString", isText), true);
  assert.equal(hasProperty({ toString: 1 }, "toString", isText), false);
  assert.equal(hasProperty(PROTO, "__proto__", isNumber), true);
  assert.equal(hasProperty({}, "__proto__", isAnything), false);
});

test("keys are counted", () => {
  assert.equal(hasOnlyKeys({}, []), true);
  assert.equal(hasOnlyKeys({}, ["a"]), true);
  assert.equal(hasOnlyKeys({ a: 1 }, ["a"]), true);
  assert.equal(hasOnlyKeys({ a: 1, b: 2 }, ["a"]), false);
  assert.equal(hasOnlyKeys({ c: 1, a: 2, b: 3 }, ["a", "b", "c"]), true);
  assert.equal(hasOnlyKeys({ c: 1, d: 2 }, ["a", "b", "c"]), false);
  assert.equal(hasOnlyKeys(PROTO, []), false);
  assert.equal(hasOnlyKeys(Object.create({ b: 1 }) as object, ["a"]), false);
  const hidden = Object.defineProperty({ b: 1 }, "a", { value: 1 });
  assert.equal(hasOnlyKeys(hidden, ["a"]), false);
  assert.equal(hasOnlyKeys(hidden, ["a", "b"]), true);
});
