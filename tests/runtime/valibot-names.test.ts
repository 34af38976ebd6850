import assert from "node:assert/strict";
import { test } from "node:test";
import * as v from "valibot";
import { named } from "../../templates/typescript/runtime/valibot-names.ts";

const Page = named(
  v.object({ pageSize: v.number(), tag: v.exactOptional(v.string()) }),
  ["pageSize", "page_size", ["page", -1]],
);

test("a value is taken under any of its names", () => {
  const page = { pageSize: 50 };
  assert.deepEqual(v.parse(Page, { pageSize: 50 }), page);
  assert.deepEqual(v.parse(Page, { page_size: 50 }), page);
  assert.deepEqual(v.parse(Page, { page: [1, 50] }), page);
  assert.deepEqual(v.parse(Page, { pageSize: 50, page_size: "x" }), page);
});

test("what stands under none of its names is missing", () => {
  assert.equal(v.safeParse(Page, { pagesize: 50 }).success, false);
  assert.equal(v.safeParse(Page, { page: [] }).success, false);
  assert.equal(v.safeParse(Page, [50]).success, false);
});

test("a key that nobody reads is one that a strict object does not know", () => {
  const Strict = named(v.strictObject({ a: v.number() }), ["a", "b"]);
  assert.deepEqual(v.parse(Strict, { b: 1 }), { a: 1 });
  assert.equal(v.safeParse(Strict, { a: 1, c: 2 }).success, false);
});
