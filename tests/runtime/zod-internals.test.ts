import assert from "node:assert/strict";
import { test } from "node:test";
import * as z from "zod";

import {
  accepts,
  atKey,
  definitionOf,
  derive,
  isOptional,
  run,
} from "../../templates/typescript/runtime/zod-internals.ts";

test("derive keeps class, definition and checks", () => {
  const short = z.string().max(3);
  const shouting = derive(short, ({ parse }) => (payload, context) => {
    payload.value = String(payload.value).toUpperCase();
    return parse(payload, context);
  });
  assert.equal(shouting.parse("abc"), "ABC");
  assert.equal(shouting.safeParse("abcd").success, false);
  assert.equal(shouting.min(2).safeParse("a").success, false);
  assert.equal(shouting.min(2).parse("ab"), "AB");
  assert.equal(shouting.nullable().parse(null), null);
  assert.equal(short.parse("abc"), "abc");
});

test("a schema derived twice parses in both ways", () => {
  const adding = (end: string) => (schema: z.ZodString) =>
    derive(schema, ({ parse }) => (payload, context) => {
      const result = parse(payload, context);
      result.value = `${String(result.value)}${end}`;
      return result;
    });
  const twice = adding("2")(adding("1")(z.string()));
  assert.equal(twice.parse("a"), "a12");
});

test("a derived schema makes plain ones of its class", () => {
  const schema = derive<z.ZodObject, z.core.$ZodObjectDef>(
    z.object({ a: z.number() }),
    ({ definition, plain }) => {
      const loose = plain({ ...definition, catchall: z.unknown() });
      return (payload, context) => run(loose, payload.value, context);
    },
  );
  assert.deepEqual(schema.parse({ a: 1, b: 2 }), { a: 1, b: 2 });
});

test("run and accepts", () => {
  const schema = z.object({ a: z.number() });
  assert.deepEqual(run(schema, { a: 1, b: 2 }).value, { a: 1 });
  assert.equal(run(schema, {}).issues.length, 1);
  assert.equal(accepts(schema, { a: 1 }), true);
  assert.equal(accepts(schema, { a: "1" }), false);
  const slow = z.number().check(z.refine(async () => Promise.resolve(true)));
  assert.throws(() => accepts(slow, 1));
});

test("definitionOf, isOptional, atKey", () => {
  assert.equal(definitionOf(z.string()).type, "string");
  assert.equal(isOptional(z.string()), false);
  assert.equal(isOptional(z.string().optional()), true);
  const { issues } = run(z.array(z.number()), ["x"]);
  assert.deepEqual(
    atKey("k", issues).map((issue) => issue.path),
    [["k", 0]],
  );
});
