import assert from "node:assert/strict";
import { test } from "node:test";

import {
  compareByteSizes,
  isByteSize,
  isByteSizeMultipleOf,
} from "../../templates/typescript/runtime/byte-sizes.ts";
import { assertVerdicts } from "./agreement.ts";

test("isByteSize takes a number and a unit, and whatever comes then", () => {
  assertVerdicts(
    isByteSize,
    ["1", "1KB", " 1.5 MiB", ".5k", "3 bit", "1_000", "1 kb more", "2024-01"],
    ["", "KB", "-1", "1 XB", "1e3", "1__0", "1 é", "9".repeat(400) + " kb"],
  );
});

test("compareByteSizes orders by bytes", () => {
  const cases: [string, string, number][] = [
    ["1KB", "1000", 0],
    ["1KiB", "1000", 24],

    ["8 bit", "1", 0],
    ["1_000", "999.5", 0.5],
  ];
  for (const [a, b, order] of cases)
    assert.equal(compareByteSizes(a, b), order);
  assert.equal(compareByteSizes("x", "1"), NaN);
});

test("isByteSizeMultipleOf counts bytes", () => {
  assert.equal(isByteSizeMultipleOf("1KiB", 512), true);
  assert.equal(isByteSizeMultipleOf("1KB", 512), false);
  assert.equal(isByteSizeMultipleOf("x", 1), false);
});
