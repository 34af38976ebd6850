import assert from "node:assert/strict";
import { test } from "node:test";

import {
  isJson,
  isJsonText,
  isUnique,
} from "../../templates/typescript/runtime/json.ts";

test("isJson takes what JSON.parse can return, and nothing else", () => {
  for (const value of [null, true, 0, -1.5, "", [], {}, { a: [{ b: null }] }]) {
    assert.equal(isJson(value), true, JSON.stringify(value));
  }
  for (const value of [
    undefined,
    NaN,
    Infinity,
    1n,
    Symbol("a"),
    isJson,
    [undefined],
    { a: { b: -Infinity } },
  ]) {
    assert.equal(isJson(value), false, String(value));
  }
});

test("isJsonText takes what JSON.parse reads", () => {
  for (const text of ["null", " [1] ", '{"a":"b"}', "1e3", '"\\u0000"']) {
    assert.equal(isJsonText(text), true, text);
  }
  for (const text of ["", "nul", "[1,]", "{a:1}", "01", "NaN", "'a'"]) {
    assert.equal(isJsonText(text), false, text);
  }
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
