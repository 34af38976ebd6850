import assert from "node:assert/strict";
import { test } from "node:test";
import * as z from "zod";

import { awareDates } from "../../templates/typescript/runtime/dates.ts";
import {
  keepDecoded,
  setOf,
  uniqueAsSent,
} from "../../templates/typescript/runtime/zod-decoded.ts";

const at = z.codec(z.string().regex(/^2024.*Z$/u), z.date(), awareDates);
const tree = z.object({ name: z.string().optional() });
const date = new Date("2024-01-02T00:00:00Z");
const text = "2024-01-02T00:00:00Z";

test("a date is not taken for an object", () => {
  assert.deepEqual(z.encode(z.union([tree, at]), date), {});
  const schema = keepDecoded(z.union([tree, at]));
  assert.equal(z.encode(schema, date), text);
  assert.deepEqual(z.encode(schema, {}), {});
  assert.deepEqual(z.encode(schema, { name: "x" }), { name: "x" });
  assert.deepEqual(z.decode(schema, text), date);
});

test("nor one inside of it", () => {
  const items = keepDecoded(z.union([z.array(tree), z.array(at)]));
  assert.deepEqual(z.encode(items, [date, date]), [text, text]);
  const holders = [z.object({ a: tree }), z.object({ a: at })] as const;
  assert.deepEqual(z.encode(keepDecoded(z.union(holders)), { a: date }), {
    a: text,
  });
});

test("a date that no member encodes is refused", () => {
  const schema = keepDecoded(z.union([tree, at]));
  assert.ok(!z.safeEncode(schema, new Date(0)).success);
  assert.ok(!z.safeEncode(schema, new Date(Number.NaN)).success);
});

test("items are as different as their texts", () => {
  const dates = uniqueAsSent(z.array(at));
  const texts = ["2024-01-02T00:00:00.000001Z", "2024-01-02T00:00:00.000002Z"];
  const decoded = z.decode(dates, texts);
  assert.equal(decoded[0]?.getTime(), decoded[1]?.getTime());
  assert.deepEqual(z.encode(dates, decoded), texts);
  assert.ok(!z.safeDecode(dates, [text, text]).success);
  assert.ok(!z.safeEncode(dates, [date, new Date(date)]).success);
  assert.ok(z.safeEncode(dates, [date]).success);
});

test("a set has the items of an array, and is written as that was", () => {
  const numbers = z.codec(...setOf(z.array(z.number()).max(3)));
  const set: Set<number> = z.decode(numbers, [2, 1, 2]);
  assert.deepEqual([...set], [2, 1]);
  assert.deepEqual(z.encode(numbers, set), [2, 1, 2]);
  set.add(3);
  assert.deepEqual(z.encode(numbers, set), [2, 1, 3]);
  assert.ok(!z.safeEncode(numbers, new Set([1, 2, 3, 4])).success);
  // @ts-expect-error: a text is no number
  assert.ok(!z.safeDecode(numbers, ["x"]).success);
  // @ts-expect-error: an array is no set
  assert.ok(!z.safeEncode(numbers, [1]).success);
  const checked = z.object({ numbers }).check(z.refine(() => true));
  // @ts-expect-error: nor is a text
  assert.ok(!z.safeEncode(checked, { numbers: "x" }).success);
});

test("a set in a union is written as its member, or refused", () => {
  const either = keepDecoded(
    z.union([tree, z.codec(...setOf(z.array(z.union([tree, at]))))]),
  );
  assert.deepEqual(z.encode(either, new Set([{ name: "x" }])), [{ name: "x" }]);
  const none = keepDecoded(z.union([tree]));
  // @ts-expect-error: a set is no member
  assert.ok(!z.safeEncode(none, new Set()).success);
});
