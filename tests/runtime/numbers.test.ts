import assert from "node:assert/strict";
import { test } from "node:test";

import {
  hasNoRemainder,
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

test("hasNoRemainder tolerates nothing", () => {
  for (const value of [0, 3, -4.5, 2 ** 60]) {
    assert.equal(hasNoRemainder(value, 0.5), true, String(value));
  }
  assert.equal(hasNoRemainder(0.25, 0.5), false);
  assert.equal(hasNoRemainder(0.3, 0.1), false);
});
