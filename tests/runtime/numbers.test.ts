import assert from "node:assert/strict";
import { test } from "node:test";

import {
  hasDecimalPlaces,
  isMultipleOf,
  isNearMultipleOf,
} from "../../templates/typescript/runtime/numbers.ts";

test("isMultipleOf takes multiples, and what is too large to tell", () => {
  for (const value of [0, -0, 3, -6, 2 ** 53, -(2 ** 60)]) {
    assert.equal(isMultipleOf(value, 3), true, String(value));
  }
  for (const value of [1, -2, 2 ** 53 - 1]) {
    assert.equal(isMultipleOf(value, 3), false, String(value));
  }
});

test("isNearMultipleOf tolerates 1e-9", () => {
  for (const value of [0.3, -0.7, 0.1 * 3, 1e-10, 0.1 + 9e-10]) {
    assert.equal(isNearMultipleOf(value, 0.1), true, String(value));
  }
  for (const value of [0.35, 0.1 + 1.1e-9]) {
    assert.equal(isNearMultipleOf(value, 0.1), false, String(value));
  }
});

test("hasDecimalPlaces counts the digits of the shortest text", () => {
  const cases: [number, number, boolean][] = [
    [64696932.3, 1, true],
    [0.12, 1, false],
    [1.5e-7, 8, true],
    [1.5e-7, 7, false],
    [1e-7, 7, true],
    [1e21, 0, true],
    [1.5e300, 0, true],
    [100, 0, true],
    [-0.5, 0, false],
    [0, 0, true],
  ];
  for (const [value, places, expected] of cases) {
    assert.equal(hasDecimalPlaces(value, places), expected, String(value));
  }
});
