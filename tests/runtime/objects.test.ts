import assert from "node:assert/strict";
import { test } from "node:test";

import {
  hasKey,
  hasMaxProperties,
  hasMinProperties,
  isMissing,
  isObject,
  property,
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
