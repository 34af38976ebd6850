import assert from "node:assert/strict";
import { test } from "node:test";
import * as v from "valibot";
import { isUnlisted } from "../../templates/typescript/runtime/unlisted.ts";
import { openUnion } from "../../templates/typescript/runtime/valibot-open.ts";

const Part = openUnion(
  v.variant("type", [
    v.object({ type: v.literal("a"), x: v.number() }),
    v.object({ type: v.literal("b") }),
  ]),
  v.custom<{ type: string }>((value) => isUnlisted(value, "type", ["a", "b"])),
);

test("a listed member is parsed as its schema says", () => {
  const parsed = v.parse(Part, { type: "a", x: 1, y: 2 });
  assert.deepEqual(parsed, { type: "a", x: 1 });
});

test("a member that is not listed is kept as it is", () => {
  const part = { type: "c", x: "anything", y: [1] };
  assert.equal(v.parse(Part, part), part);
});

test("what is wrong with a listed member is said by its schema", () => {
  const { issues } = v.safeParse(Part, { type: "a", x: "1" });
  assert.deepEqual(
    issues?.map((issue) => v.getDotPath(issue)),
    ["x"],
  );
});

test("what has no tag is refused", () => {
  for (const value of [null, "c", {}, { type: 1 }, [{ type: "c" }]]) {
    assert.equal(v.safeParse(Part, value).success, false);
  }
});
