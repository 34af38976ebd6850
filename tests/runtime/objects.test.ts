import assert from "node:assert/strict";
import { test } from "node:test";

import {
  hasKey,
  hasKeys,
  hasMaxProperties,
  hasMinProperties,
  isObject,
  setKey,
  withoutKeys,
} from "../../templates/typescript/runtime/objects.ts";

const PROTO = JSON.parse('{"__proto__": 1, "a": 2}') as object;

test("isObject takes what is an object in JSON", () => {
  for (const value of [{}, PROTO, Object.create(null)]) {
    assert.equal(isObject(value), true);
  }
  for (const value of [null, [], "a", 1, undefined, isObject]) {
    assert.equal(isObject(value), false);
  }
});

test("keys are an object's own", () => {
  assert.equal(hasKey({}, "toString"), false);
  assert.equal(hasKey({ toString: 1 }, "toString"), true);
  assert.equal(hasKey({}, "__proto__"), false);
  assert.equal(hasKey(PROTO, "__proto__"), true);
  assert.equal(hasKey(Object.create(null) as object, "a"), false);
  assert.equal(hasKey({ hasOwnProperty: 1 }, "a"), false);
  assert.equal(hasKeys({ a: 1, b: undefined }, ["a", "b"]), true);
  assert.equal(hasKeys({ a: 1 }, ["a", "valueOf"]), false);
});

test("properties are counted", () => {
  assert.equal(hasMinProperties(PROTO, 2), true);
  assert.equal(hasMinProperties(PROTO, 3), false);
  assert.equal(hasMaxProperties(PROTO, 2), true);
  assert.equal(hasMaxProperties(PROTO, 1), false);
});

test("withoutKeys and setKey know __proto__", () => {
  const rest = withoutKeys(PROTO, ["__proto__"]);
  assert.deepEqual(Object.entries(rest), [["a", 2]]);
  setKey(rest, "__proto__", { b: 3 });
  assert.deepEqual(Object.keys(rest), ["a", "__proto__"]);
  const plain = {};
  setKey(plain, "__proto__", { b: 3 });
  assert.equal("b" in plain, false);
  assert.equal(JSON.stringify(plain), '{"__proto__":{"b":3}}');
});
