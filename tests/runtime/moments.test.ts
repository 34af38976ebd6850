import assert from "node:assert/strict";
import { test } from "node:test";

import { momentOf } from "../../templates/typescript/runtime/moments.ts";

const PARTS: [text: string, ...parts: [string, string, string, string]][] = [
  ["2024-01-02T03:04:05Z", "2024-01-02", "03:04:05", "000000", "Z"],
  ["2024-01-02 03:04z", "2024-01-02", "03:04:00", "000000", "Z"],
  ["2024-01-02_03:04:05.12+0530", "2024-01-02", "03:04:05", "120000", "+05:30"],
  ["2024-01-02t03:04:05,1234567", "2024-01-02", "03:04:05", "123456", ""],
  ["03:04:05\u221201:30", "", "03:04:05", "000000", "-01:30"],
  ["03:04", "", "03:04:00", "000000", ""],
];

test("a text of any spelling has parts", () => {
  for (const [text, day, clock, digits, offset] of PARTS) {
    assert.deepEqual(momentOf(text), { day, clock, digits, offset }, text);
  }
});
