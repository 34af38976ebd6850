import assert from "node:assert/strict";
import { test } from "node:test";
import * as z from "zod";
import { isUnlisted } from "../../templates/typescript/runtime/unlisted.ts";
import { openUnion } from "../../templates/typescript/runtime/zod-open.ts";

const Part = openUnion(
  z.union([
    z.discriminatedUnion("type", [
      z.object({ type: z.literal("a"), x: z.number() }),
      z.object({ type: z.literal("b") }),
    ]),
    z.custom<{ type: string }>((value) =>
      isUnlisted(value, "type", ["a", "b"]),
    ),
  ]),
);

test("a listed member is parsed as its schema says", () => {
  assert.deepEqual(Part.parse({ type: "a", x: 1, y: 2 }), { type: "a", x: 1 });
});

test("a member that is not listed is kept as it is", () => {
  const part = { type: "c", x: "anything", y: [1] };
  assert.equal(Part.parse(part), part);
});

test("what is wrong with a listed member is said by its schema", () => {
  const { error } = Part.safeParse({ type: "a", x: "1" });
  assert.deepEqual(
    error?.issues.map(({ path }) => path),
    [["x"]],
  );
});

test("what has no tag is refused", () => {
  for (const value of [null, "c", {}, { type: 1 }, [{ type: "c" }]]) {
    assert.equal(Part.safeParse(value).success, false);
  }
});

test("a part of something else is parsed as well", () => {
  const Message = z.object({ parts: z.array(Part).min(1) });
  const message = { parts: [{ type: "b" }, { type: "c", d: 1 }] };
  assert.deepEqual(Message.parse(message), message);
  assert.equal(Message.safeParse({ parts: [{ type: "a" }] }).success, false);
});
