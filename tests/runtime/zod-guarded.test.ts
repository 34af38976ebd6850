import assert from "node:assert/strict";
import { test } from "node:test";
import * as z from "zod";
import * as mini from "zod/mini";

import {
  byTag,
  guarded,
} from "../../templates/typescript/runtime/zod-guarded.ts";

const anything = (): boolean => true;
const isA = (value: unknown): boolean =>
  typeof value === "object" &&
  value !== null &&
  "a" in value &&
  typeof value.a === "number" &&
  Number.isFinite(value.a);
const hasOnlyA = (value: unknown): boolean =>
  isA(value) && Object.keys(value as object).length === 1;

test("what passes comes back as it is, in every way of parsing", async () => {
  const schema = guarded(z.object({ a: z.number() }), hasOnlyA, isA);
  const value = { a: 1 };
  assert.equal(schema.parse(value), value);
  assert.equal(schema.safeParse(value).data, value);
  assert.equal(await schema.parseAsync(value), value);
  assert.equal(z.safeParse(schema, value).data, value);
  assert.equal(z.array(schema).parse([value])[0], value);
  assert.equal(
    z.object({ inner: schema }).parse({ inner: value }).inner,
    value,
  );
  assert.equal(schema.nullable().parse(value), value);
  assert.ok(schema instanceof z.ZodObject);
  const small = guarded(mini.object({ a: mini.number() }), hasOnlyA, isA);
  assert.equal(small.parse(value), value);
  assert.equal(mini.safeParse(small, value).data, value);
});

test("a key that the schema drops is dropped", () => {
  const schema = guarded(z.object({ a: z.number() }), hasOnlyA, isA);
  const value = { a: 1, b: 2 };
  assert.deepEqual(schema.parse(value), { a: 1 });
  assert.deepEqual(schema.safeParse(value).data, { a: 1 });
  assert.deepEqual(z.array(schema).parse([value]), [{ a: 1 }]);
});

test("what fails has the issues of the schema", () => {
  const plain = z.object({ a: z.number() });
  const schema = guarded(z.object({ a: z.number() }), hasOnlyA, isA);
  for (const wrong of [{ a: "x" }, null, 1, {}, { a: NaN }]) {
    const result = schema.safeParse(wrong);
    assert.equal(result.success, false);
    assert.deepEqual(
      result.error?.issues,
      plain.safeParse(wrong).error?.issues,
    );
    assert.ok(result.error instanceof z.ZodError);
    assert.equal(result.error, result.error);
    assert.throws(() => schema.parse(wrong), z.ZodError);
    const nested = z.array(schema).safeParse([{ a: 1 }, wrong]);
    assert.equal(nested.error?.issues[0]?.path[0], 1);
  }
  const { error } = schema.safeParse(
    { a: "x" },
    { error: () => "a message of the call" },
  );
  assert.equal(error?.issues[0]?.message, "a message of the call");
});

test("only zod refuses where the guard of the type takes anything", () => {
  const schema = guarded(
    z.preprocess((value) => value ?? { a: 1 }, z.object({ a: z.number() })),
    hasOnlyA,
    anything,
  );
  assert.deepEqual(schema.safeParse(null).data, { a: 1 });
  assert.equal(schema.safeParse(2).success, false);
});

test("one guard for both is asked once of a value that it refuses", () => {
  let asked = 0;
  const isB = (value: unknown): boolean => {
    asked += 1;
    return value === "b";
  };
  const schema = guarded(z.literal("b"), isB);
  assert.equal(schema.safeParse("c").success, false);
  assert.equal(asked, 1);
  assert.equal(schema.safeParse("b").success, true);
  assert.equal(asked, 2);
});

test("a value that changes before its issues are read is told of", () => {
  const schema = guarded(z.object({ a: z.number() }), hasOnlyA, isA);
  const value: { a: unknown } = { a: "x" };
  const { error } = schema.safeParse(value);
  const refused = schema.safeParse(value);
  value.a = 1;
  assert.equal(
    refused.error?.issues[0]?.message,
    "Invalid input: changed since it was refused",
  );
  assert.ok(error);
});

test("a guard that throws leaves the verdict to the schema", () => {
  const throws = (): boolean => {
    throw new RangeError("Maximum call stack size exceeded");
  };
  const schema = guarded(z.object({ a: z.number() }), throws, throws);
  assert.deepEqual(schema.parse({ a: 1 }), { a: 1 });
  assert.deepEqual(z.array(schema).parse([{ a: 1 }]), [{ a: 1 }]);
  assert.equal(schema.safeParse({ a: "1" }).success, false);
});

test("schemas that are derived from it do not ask the guard", () => {
  const schema = guarded(z.object({ a: z.number() }), hasOnlyA, isA);
  const longer = schema.extend({ b: z.number() });
  assert.equal(longer.safeParse({ a: 1 }).success, false);
  assert.equal(schema.refine(() => false).safeParse({ a: 1 }).success, false);
  assert.equal(schema.partial().safeParse({}).success, true);
});

test("a refused parse asks each guard once, however deep the value", () => {
  let asked = 0;
  interface Node {
    next: Node | null;
  }
  const isNode = (value: unknown): boolean => {
    asked += 1;
    if (typeof value !== "object" || value === null) return value === null;
    return "next" in value && isNode(value.next);
  };
  const schema: z.ZodType<Node | null> = guarded(
    z.lazy(() => z.object({ next: schema }).nullable()),
    isNode,
  );
  let value: unknown = 1;
  for (let depth = 0; depth < 100; depth += 1) value = { next: value };
  assert.equal(schema.safeParse(value).success, false);
  assert.ok(asked < 500, `${String(asked)} calls`);
});

test("a union says what is wrong with the member whose tag a value has", () => {
  const text = z.object({ type: z.literal("text"), text: z.string() });
  const end = z.object({ type: z.literal("end"), at: z.number() });
  const data = z.object({ type: z.string().regex(/^data-/u), n: z.number() });
  const known = z.discriminatedUnion("type", [text, end]);
  const all = byTag(z.union([z.lazy(() => known), data]), "type");
  const never = (): boolean => false;
  const schema = guarded(z.object({ all }), never, anything);
  const issues = (value: unknown) =>
    schema.safeParse({ all: value }).error?.issues ?? [];
  assert.deepEqual(issues({ type: "text", text: "a" }), []);
  assert.deepEqual(issues({ type: "data-a", n: 1 }), []);
  for (const [value, key] of [
    [{ type: "text", text: 1 }, "text"],
    [{ type: "end", at: "x" }, "at"],
    [{ type: "data-a", n: "x" }, "n"],
  ] as const) {
    assert.deepEqual(
      issues(value).map(({ code, path }) => [code, path]),
      [["invalid_type", ["all", key]]],
    );
  }
  for (const value of [{ type: "other" }, {}, null, 1]) {
    assert.deepEqual(
      issues(value).map(({ code }) => code),
      ["invalid_union"],
    );
  }
});

test("a tag that may be missing tells the member too", () => {
  const members = [
    z.object({ method: z.literal("ping").optional(), n: z.number() }),
    z.object({ method: z.literal("list").optional(), cursor: z.string() }),
  ];
  const never = (): boolean => false;
  const schema = guarded(byTag(z.union(members), "method"), never, anything);
  const issues = (value: unknown) =>
    schema.safeParse(value).error?.issues.map(({ code, path }) => [code, path]);
  assert.equal(issues({ n: 1 }), undefined);
  for (let twice = 0; twice < 2; twice += 1) {
    assert.deepEqual(issues({ method: "list", n: 1 }), [
      ["invalid_type", ["cursor"]],
    ]);
    assert.deepEqual(issues({ method: "ping", n: "1" }), [
      ["invalid_type", ["n"]],
    ]);
  }
  for (const value of [{}, { method: "other" }]) {
    assert.deepEqual(issues(value), [["invalid_union", []]]);
  }
});

test("a union asks its members once for a literal of one of them", () => {
  let asked = 0;
  const other = z.custom<string>((value) => {
    asked += 1;
    return typeof value === "string" && value.startsWith("b");
  });
  const never = (): boolean => false;
  const schema = guarded(
    byTag(
      z.union([
        z.object({ type: z.literal(["a", "both"]), n: z.number() }),
        z.object({ type: other, n: z.string() }),
      ]),
      "type",
    ),
    never,
    anything,
  );
  const issues = (type: string) =>
    schema
      .safeParse({ type, n: null })
      .error?.issues.map(({ code, path, message }) => [code, path, message]);
  const [first, after] = [issues("a"), asked];
  assert.deepEqual(issues("a"), first);
  assert.deepEqual(first?.[0]?.slice(0, 2), ["invalid_type", ["n"]]);
  assert.equal(asked, after);
  for (const type of ["both", "both", "c", "c"]) {
    assert.equal(issues(type)?.[0]?.[0], "invalid_union", type);
  }
  for (const type of ["b1", "b2", "b1"]) {
    assert.equal(issues(type)?.[0]?.[0], "invalid_type", type);
  }
});
