import assert from "node:assert/strict";
import { test } from "node:test";
import * as z from "zod";

import { awareDates } from "../../templates/typescript/runtime/dates.ts";
import { keepDates } from "../../templates/typescript/runtime/zod-dates.ts";

const at = z.codec(z.string().regex(/^2024.*Z$/u), z.date(), awareDates);
const tree = z.object({ name: z.string().optional() });
const date = new Date("2024-01-02T00:00:00Z");
const text = "2024-01-02T00:00:00Z";

test("a date is not taken for an object", () => {
  assert.deepEqual(z.encode(z.union([tree, at]), date), {});
  const schema = keepDates(z.union([tree, at]));
  assert.equal(z.encode(schema, date), text);
  assert.deepEqual(z.encode(schema, {}), {});
  assert.deepEqual(z.encode(schema, { name: "x" }), { name: "x" });
  assert.deepEqual(z.decode(schema, text), date);
});

test("nor one inside of it", () => {
  const items = keepDates(z.union([z.array(tree), z.array(at)]));
  assert.deepEqual(z.encode(items, [date, date]), [text, text]);
  const holders = [z.object({ a: tree }), z.object({ a: at })] as const;
  assert.deepEqual(z.encode(keepDates(z.union(holders)), { a: date }), {
    a: text,
  });
});

test("a date that no member encodes is refused", () => {
  const schema = keepDates(z.union([tree, at]));
  assert.ok(!z.safeEncode(schema, new Date(0)).success);
  assert.ok(!z.safeEncode(schema, new Date(Number.NaN)).success);
});
