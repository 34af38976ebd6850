import assert from "node:assert/strict";
import { test } from "node:test";
import * as z from "zod";

import * as conditions from "../../templates/typescript/runtime/json-schema.ts";
import type { Condition } from "../../templates/typescript/runtime/json-schema.ts";

const STRING = z.string();
const NUMBER = z.number();
const POSITIVE = z.number().min(1);

/** Holds a condition to values it has nothing against, and to the messages of others. */
function assertMessages(
  condition: Condition,
  right: readonly unknown[],
  wrong: readonly (readonly [unknown, RegExp])[],
): void {
  for (const value of right) {
    assert.equal(condition(value), undefined, JSON.stringify(value));
  }
  for (const [value, message] of wrong) {
    assert.match(condition(value) ?? "", message, JSON.stringify(value));
  }
}

test("isAlso, isNot", () => {
  const number = conditions.isAlso(z.object({ a: z.object({ b: NUMBER }) }));
  assertMessages(
    number,
    [{ a: { b: 1 } }],
    [
      [{ a: { b: "x" } }, /expected number.* at a\.b$/u],
      [1, /expected object/u],
    ],
  );
  assertMessages(conditions.isNot(STRING), [1], [["a", /must not be/u]]);
});

test("ifThen", () => {
  const both = conditions.ifThen(NUMBER, POSITIVE, z.literal("a"));
  assertMessages(
    both,
    [1, "a"],
    [
      [0, /./u],
      ["b", /./u],
    ],
  );
  assertMessages(conditions.ifThen(NUMBER, POSITIVE), [1, "b"], [[0, /./u]]);
});

test("holdsJson", () => {
  assertMessages(
    conditions.holdsJson(NUMBER),
    ["1", "no JSON", 1],
    [['"a"', /expected number/u]],
  );
});

test("hasItems", () => {
  assertMessages(
    conditions.hasItems(STRING),
    [["a"], ["a", "b", 1], "x"],
    [
      [[], /found 0/u],
      [[1], /found 0/u],
    ],
  );
  assertMessages(
    conditions.hasItems(STRING, 1, 2),
    [["a", 1, "b"]],
    [[["a", "b", "c"], />=1 and <=2 items of a kind, found 3/u]],
  );
});

test("isDistinct, hasSize", () => {
  assertMessages(conditions.isDistinct, [[1, "1"], 1], [[[1, 1], /unique/u]]);
  assertMessages(
    conditions.hasSize(1, 2),
    [{ a: 1 }, []],
    [
      [{}, />=1/u],
      [{ a: 1, b: 2, c: 3 }, /<=2/u],
    ],
  );
  assertMessages(conditions.hasSize(1), [{ a: 1, b: 2, c: 3 }], [[{}, /./u]]);
});

test("everyKey, keysMatching", () => {
  assertMessages(
    conditions.everyKey(z.string().max(1)),
    [{ a: 1 }, ["long"]],
    [[{ long: 1 }, /Invalid key "long"/u]],
  );
  assertMessages(
    conditions.keysMatching(/^n/u, NUMBER),
    [{ n: 1, a: "x" }, null],
    [[{ n1: "x" }, /at n1$/u]],
  );
});

test("otherKeys", () => {
  const rest = conditions.otherKeys(
    {
      keys: ["a"],
      patterns: [/^x-/u],
      inside: [{ when: z.object({ kind: z.literal("b") }), keys: ["b"] }],
    },
    NUMBER,
  );
  assertMessages(
    rest,
    [{ a: "x", "x-y": "z", c: 1 }, { kind: 1 }, 1],
    [
      [{ b: "x" }, /at b$/u],
      [{ kind: "b", b: "x" }, /at kind$/u],
    ],
  );
  const known = conditions.otherKeys({ everything: true }, NUMBER);
  assertMessages(known, [{ a: "x" }], []);
});

test("otherItems", () => {
  assertMessages(
    conditions.otherItems({ items: 1, containing: [STRING] }, NUMBER),
    [[null, 1, "a"], "x"],
    [[[null, null], /at 1$/u]],
  );
  const known = conditions.otherItems({ everything: true }, NUMBER);
  assertMessages(known, [["x"]], []);
});
