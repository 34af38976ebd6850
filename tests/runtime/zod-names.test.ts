import assert from "node:assert/strict";
import { test } from "node:test";
import * as z from "zod";
import { named } from "../../templates/typescript/runtime/zod-names.ts";

const Page = named(
  z.object({ pageSize: z.number(), tag: z.string().optional() }),
  ["pageSize", "page_size", ["page", -1]],
);

test("a value is taken under any of its names", () => {
  const page = { pageSize: 50 };
  assert.deepEqual(Page.parse({ pageSize: 50 }), page);
  assert.deepEqual(Page.parse({ page_size: 50 }), page);
  assert.deepEqual(Page.parse({ page: [1, 50] }), page);
  assert.deepEqual(Page.parse({ pageSize: 50, page_size: "x" }), page);
});

test("what stands under none of its names is missing", () => {
  assert.equal(Page.safeParse({ pagesize: 50 }).success, false);
  assert.equal(Page.safeParse({ page: [] }).success, false);
  assert.equal(Page.safeParse([50]).success, false);
});

test("a key that nobody reads is one that a strict object does not know", () => {
  const Strict = named(z.strictObject({ a: z.number() }), ["a", "b"]);
  assert.deepEqual(Strict.parse({ b: 1 }), { a: 1 });
  assert.equal(Strict.safeParse({ a: 1, c: 2 }).success, false);
});
