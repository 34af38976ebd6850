import assert from "node:assert/strict";
import { test } from "node:test";

import {
  countLostKeys,
  isJson,
  isJsonText,
  isSame,
  isUnique,
} from "../../templates/typescript/runtime/json.ts";
import { assertVerdicts } from "./agreement.ts";

test("isJson takes what JSON.parse can return, and nothing else", () => {
  const right = [null, true, 0, -1.5, "", [], {}, { a: [{ b: null }] }];
  const wrong = [
    undefined,
    NaN,
    Infinity,
    1n,
    Symbol("a"),
    isJson,
    [undefined],
    { a: { b: -Infinity } },
  ];
  for (const value of right) assert.equal(isJson(value), true);
  for (const value of wrong) assert.equal(isJson(value), false, String(value));
});

test("isJson takes any depth and any width", () => {
  let deep: unknown = null;
  for (let depth = 0; depth < 200_000; depth += 1) deep = [deep];
  assert.equal(isJson(deep), true);
  assert.equal(isJson(Array.from({ length: 500_000 }, () => 1)), true);
});

test("isJsonText takes what JSON.parse reads", () => {
  assertVerdicts(
    isJsonText,
    ["null", " [1] ", '{"a":"b"}', "1e3", '"\\u0000"'],
    ["", "nul", "[1,]", "{a:1}", "01", "NaN", "'a'"],
  );
});

test("isUnique compares as JSON does, whatever the order of keys", () => {
  const unique: unknown[][] = [
    [],
    [1, "1", true, null, [1], ["1"], { a: 1 }],
    [{ a: [1, 2] }, { a: [2, 1] }],
    [[], {}],
    [
      { a: 1, b: 2 },
      { a: 2, b: 1 },
    ],
    ['{"a":1}', { a: 1 }],
  ];
  const repeated: unknown[][] = [
    [1, 1.0],
    [null, null],
    [
      { a: 1, b: [{}] },
      { b: [{}], a: 1 },
    ],
    [
      [1, [2]],
      [1, [2]],
    ],
    [0, -0],
  ];
  for (const items of unique) assert.equal(isUnique(items), true);
  for (const items of repeated) assert.equal(isUnique(items), false);
});

test("countLostKeys counts at every depth", () => {
  const input = { a: 1, b: { c: [{ d: 1, e: 2 }] } };
  assert.equal(countLostKeys(input, input), 0);
  assert.equal(countLostKeys(input, structuredClone(input)), 0);
  assert.equal(countLostKeys(input, { a: 1 }), 1);
  assert.equal(countLostKeys(input, { a: 1, b: { c: [{ d: 1 }] } }), 1);
  assert.equal(countLostKeys(input, {}), 2);
  assert.equal(countLostKeys(JSON.parse('{"__proto__": 1}'), {}), 1);
  assert.equal(countLostKeys({ toString: 1 }, {}), 1);
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
