import assert from "node:assert/strict";
import { test } from "node:test";

import {
  isMissing,
  isRecord,
  isSame,
  property,
} from "../../templates/typescript/runtime/properties.ts";

test("property reads what an object itself has", () => {
  const value: unknown = JSON.parse('{"__proto__":1,"toString":2,"a":null}');
  assert.ok(typeof value === "object" && value !== null);
  assert.equal(property(value, "__proto__"), 1);
  assert.equal(property(value, "toString"), 2);
  assert.equal(property(value, "a"), null);
  assert.equal(property({}, "__proto__"), undefined);
  assert.equal(property({}, "constructor"), undefined);
  assert.equal(property(Object.create({ a: 1 }), "a"), undefined);
});

test("isMissing is true of undefined and null", () => {
  for (const value of [undefined, null]) assert.equal(isMissing(value), true);
  for (const value of [0, "", false, {}]) assert.equal(isMissing(value), false);
});

test("isSame compares as JSON does, and what is absent with what is false", () => {
  const equal: [unknown, unknown][] = [
    [undefined, null],
    [false, undefined],
    [0, ""],
    ["a", "a"],
    [{ a: [1] }, { a: [1] }],
  ];
  const different: [unknown, unknown][] = [
    [true, undefined],
    ["a", "b"],
    [1, "1"],
    [{ a: 1 }, { a: 2 }],
    [[], null],
  ];
  for (const [a, b] of equal) assert.equal(isSame(a, b), true);
  for (const [a, b] of different) assert.equal(isSame(a, b), false);
});

test("isRecord is true of JSON's objects", () => {
  for (const value of [{}, { a: 1 }, Object.create(null)]) {
    assert.equal(isRecord(value), true);
  }
  for (const value of [null, undefined, [], "a", 1, isRecord]) {
    assert.equal(isRecord(value), false);
  }
});
