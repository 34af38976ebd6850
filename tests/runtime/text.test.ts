import assert from "node:assert/strict";
import { test } from "node:test";

import {
  compareText,
  countBytes,
  countCodePoints,
  hasMaxBytes,
  hasMaxCharacters,
  hasMinBytes,
  hasMinCharacters,
  trimEndZeros,
} from "../../templates/typescript/runtime/text.ts";
import { assertOrder } from "./agreement.ts";
import { mutations } from "./mutations.ts";

const TEXTS = [
  ...mutations(
    ["", "a", "aé", "😀", "a😀b😀", "\ud83d", "\ude00😀"],
    "aé€😀\ud83d\ude00",
    3000,
  ),
];

test("characters are code points", () => {
  for (const text of TEXTS) {
    const { length } = [...text];
    assert.equal(countCodePoints(text), length, JSON.stringify(text));
    for (let count = 0; count < length + 3; count += 1) {
      assert.equal(hasMinCharacters(text, count), length >= count);
      assert.equal(hasMaxCharacters(text, count), length <= count);
    }
  }
});

test("bytes are those of UTF-8", () => {
  for (const text of TEXTS) {
    const { length } = new TextEncoder().encode(text);
    assert.equal(countBytes(text), length, JSON.stringify(text));
    for (let count = 0; count < length + 3; count += 1) {
      assert.equal(hasMinBytes(text, count), length >= count);
      assert.equal(hasMaxBytes(text, count), length <= count);
    }
  }
});

test("compareText orders by UTF-16 units", () => {
  assertOrder(compareText, [
    [""],
    ["2023-12-31"],
    ["2024-01-01"],
    ["a"],
    ["b"],
  ]);
});

test("trimEndZeros takes zeros from the end alone", () => {
  for (const text of ["", "0", "000", "100", "0010", "1001", "12"]) {
    assert.equal(trimEndZeros(text), text.replace(/0+$/u, ""));
  }
});
