import assert from "node:assert/strict";
import { test } from "node:test";

import {
  hasMaxCharactersBefore,
  isOfCase,
} from "../../templates/typescript/runtime/casing.ts";

test("isOfCase takes what has been changed", () => {
  for (const text of ["", "ABC", "STRASSE", "1 É"]) {
    assert.equal(isOfCase(text, true), true, text);
  }
  for (const text of ["a", "ß", "Abc"])
    assert.equal(isOfCase(text, true), false);
  assert.equal(isOfCase("straße", false), true);
  assert.equal(isOfCase("İ", false), false);
});

test("hasMaxCharactersBefore counts what upper case made of one letter as one", () => {
  const cases: [string, number, boolean][] = [
    ["STRASSE", 6, true],
    ["STRASSE", 4, false],
    ["ABCDEFG", 6, false],
    ["SSSSSS", 3, true],
    ["FFIFFL", 2, true],
    ["ʼN", 1, true],
    ["ΐ".toUpperCase(), 1, true],
    ["😀", 1, true],
  ];
  for (const [text, count, fits] of cases) {
    assert.equal(hasMaxCharactersBefore(text, true, count), fits, text);
  }
  assert.equal(hasMaxCharactersBefore("i̇i̇", false, 2), true);
  assert.equal(hasMaxCharactersBefore("SS", false, 1), false);
});

test("every letter that upper case makes longer is known", () => {
  for (let code = 0; code < 0x1_1000; code += 1) {
    const text = String.fromCodePoint(code).toUpperCase();
    assert.equal(
      hasMaxCharactersBefore(text, true, 1),
      true,
      code.toString(16),
    );
  }
});
