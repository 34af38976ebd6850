import assert from "node:assert/strict";
import { test } from "node:test";
import * as v from "valibot";

import {
  checked,
  exactObject,
  exactRecord,
  keepAll,
  matching,
  onlyOne,
  tagged,
  tuple,
} from "../../templates/typescript/runtime/valibot.ts";
import { openUnion } from "../../templates/typescript/runtime/valibot-open.ts";
import { isUnlisted } from "../../templates/typescript/runtime/unlisted.ts";

/** What comes out, as JSON; or where the issues are. */
function outcome(schema: v.GenericSchema, json: string): unknown {
  const result = v.safeParse(schema, JSON.parse(json));
  if (result.success) return JSON.stringify(result.output);
  return result.issues.map((issue) => v.getDotPath(issue));
}

/** Holds a schema to values that come out as they went in, to those that come out otherwise, and to where others are wrong. */
function assertOutcomes(
  schema: v.GenericSchema,
  right: readonly string[],
  changed: Readonly<Record<string, string>>,
  wrong: Readonly<Record<string, readonly (string | null)[]>>,
): void {
  for (const json of right) assert.equal(outcome(schema, json), json);
  for (const [json, other] of Object.entries(changed)) {
    assert.equal(outcome(schema, json), other);
  }
  for (const [json, places] of Object.entries(wrong)) {
    assert.deepEqual(outcome(schema, json), places, json);
  }
}

test("objects strip, refuse and keep other keys", () => {
  const entries = { a: v.number(), b: v.exactOptional(v.string()) };
  assertOutcomes(
    exactObject(v.object(entries)),
    ['{"a":1}', '{"a":1,"b":"x"}'],
    { '{"a":1,"c":2}': '{"a":1}', '{"a":1,"__proto__":2}': '{"a":1}' },
    {
      "{}": ["a"],
      "[]": [null],
      null: [null],
      '{"a":"x","b":1}': ["a", "b"],
      '{"a":1,"b":null}': ["b"],
    },
  );
  assertOutcomes(
    exactObject(v.strictObject(entries)),
    ['{"a":1}'],
    {},
    { '{"a":1,"c":2,"__proto__":3}': ["c", "__proto__"] },
  );
  assertOutcomes(
    exactObject(v.looseObject(entries)),
    ['{"a":1,"c":2}', '{"a":1,"__proto__":2,"constructor":3,"prototype":4}'],
    {},
    {},
  );
  assertOutcomes(
    exactObject(v.objectWithRest(entries, v.boolean())),
    ['{"a":1,"c":true}', '{"a":1,"__proto__":true}'],
    {},
    { '{"a":1,"c":2,"__proto__":3}': ["c", "__proto__"] },
  );
});

test("objects see own keys only", () => {
  const schema = exactObject(
    v.object({
      toString: v.unknown(),
      ["__proto__"]: v.exactOptional(v.number()),
    }),
  );
  assertOutcomes(
    schema,
    ['{"toString":1}', '{"toString":1,"__proto__":2}'],
    {},
    { "{}": ["toString"], '{"toString":1,"__proto__":"x"}': ["__proto__"] },
  );
  const output = v.parse(schema, JSON.parse('{"toString":1,"__proto__":2}'));
  assert.equal(Object.getPrototypeOf(output), Object.prototype);
});

test("an absent key is not an undefined one", () => {
  const schema = exactObject(
    v.object({ a: v.exactOptional(v.number()), b: v.exactOptional(v.null()) }),
  );
  assert.equal(v.is(schema, {}), true);
  assert.equal(v.is(schema, { a: undefined }), false);
});

test("records keep keys of any name", () => {
  assertOutcomes(
    exactRecord(v.string(), v.number()),
    ["{}", '{"a":1,"__proto__":2,"constructor":3,"prototype":4}'],
    {},
    { '{"__proto__":"x"}': ["__proto__"], "[]": [null], "[1]": [null] },
  );
  assertOutcomes(
    exactRecord(v.picklist(["a", "b"]), v.number()),
    ["{}", '{"a":1}'],
    {},
    { '{"c":1}': ["c"] },
  );
});

test("tuples", () => {
  assertOutcomes(
    tuple([v.number()]),
    ["[1]"],
    {},
    { "[]": [null], "[1,2]": [null], '["x"]': ["0"], "{}": [null] },
  );
  assertOutcomes(
    tuple([v.number()], [v.string(), v.unknown()]),
    ["[1]", '[1,"x"]', '[1,"x",null]'],
    {},
    { "[]": [null], "[1,2]": ["1"], '[1,"x",null,4]': [null] },
  );
  assertOutcomes(
    tuple([v.unknown()], [], v.number()),
    ["[null]", "[null,1,2]"],
    {},
    { "[]": [null], '[null,1,"x"]': ["2"] },
  );
});

test("tagged takes the member that the tag tells", () => {
  const a = exactObject(v.object({ kind: v.literal("a"), x: v.number() }));
  const b = exactObject(v.object({ kind: v.literal("b"), y: v.number() }));
  assertOutcomes(
    tagged("kind", { a, b }),
    ['{"kind":"a","x":1}', '{"kind":"b","y":1}'],
    { '{"kind":"a","x":1,"y":2}': '{"kind":"a","x":1}' },
    {
      '{"kind":"a","y":1}': ["x"],
      '{"kind":"c"}': ["kind"],
      '{"kind":"toString"}': ["kind"],
      '{"kind":1}': ["kind"],
      "{}": ["kind"],
      null: [null],
    },
  );
});

test("openUnion keeps what is not listed", () => {
  const a = exactObject(v.object({ kind: v.literal("a"), x: v.number() }));
  assertOutcomes(
    openUnion(
      tagged("kind", { a }),
      v.custom((value) => isUnlisted(value, "kind", ["a"])),
    ),
    ['{"kind":"a","x":1}', '{"kind":"c","x":"1"}'],
    { '{"kind":"a","x":1,"y":2}': '{"kind":"a","x":1}' },
    {
      '{"kind":"a","x":"1"}': ["x"],
      '{"kind":1}': ["kind"],
      "{}": ["kind"],
      null: [null],
    },
  );
});

test("keepAll takes the member that keeps most", () => {
  const small = exactObject(v.object({ a: v.number() }));
  const large = exactObject(v.object({ a: v.number(), b: v.number() }));
  const plain = v.union([small, large]);
  assert.equal(outcome(plain, '{"a":1,"b":2}'), '{"a":1}');
  assertOutcomes(
    keepAll(plain),
    ['{"a":1,"b":2}', '{"a":1}'],
    { '{"a":1,"b":"x"}': '{"a":1}' },
    { "{}": [null] },
  );
  assertOutcomes(
    keepAll(v.union([v.array(small), v.array(large)])),
    ['[{"a":1,"b":2}]'],
    {},
    {},
  );
});

test("matching", () => {
  const schema = matching<`data-${string}`>(/^data-/u);
  assertOutcomes(schema, ['"data-x"'], {}, { '"x"': [null], "1": [null] });
});

test("checked gives a value back as it came", () => {
  const schema = checked(
    exactObject(v.object({ a: v.number() })),
    (value) => (JSON.stringify(value).length > 20 ? "too long" : undefined),
    () => undefined,
  );
  assertOutcomes(
    schema,
    ['{"a":1}', '{"a":1,"b":2}'],
    {},
    { '{"a":"x"}': ["a"], '{"a":1,"b":"a long text"}': [null] },
  );
});

test("onlyOne takes what exactly one member does", () => {
  const schema = onlyOne(
    v.union([
      v.pipe(v.number(), v.minValue(1)),
      v.pipe(v.number(), v.maxValue(3)),
    ]),
  );
  assertOutcomes(schema, ["0", "4"], {}, { "2": [null], '"x"': [null] });
});

test("issues say what is wrong, in valibot's words and in those that are set", () => {
  const schema = exactObject(v.object({ a: v.array(v.number("no number")) }));
  const { issues = [] } = v.safeParse(schema, { a: ["x"] });
  assert.deepEqual(
    issues.map(({ message }) => message),
    ["no number"],
  );
  const [missing] = v.safeParse(schema, {}).issues ?? [];
  assert.equal(
    missing?.message,
    'Invalid key: Expected "a" but received undefined',
  );
  const early = v.safeParse(
    exactObject(v.object({ a: v.number(), b: v.number() })),
    { a: "x", b: "y" },
    { abortEarly: true },
  );
  assert.deepEqual(
    early.issues?.map((issue) => v.getDotPath(issue)),
    ["a"],
  );
});
