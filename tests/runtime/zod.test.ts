import assert from "node:assert/strict";
import { test } from "node:test";
import * as z from "zod";
import * as mini from "zod/mini";

import {
  checked,
  filledUp,
  keepAll,
  onlyOne,
  ownObject,
  ownRecord,
  ownTuple,
  requireKeys,
} from "../../templates/typescript/runtime/zod.ts";
import { openUnion } from "../../templates/typescript/runtime/zod-open.ts";
import { isUnlisted } from "../../templates/typescript/runtime/unlisted.ts";

type Parsed = { value: unknown } | { issues: (string | undefined)[] };

/** What a schema makes of JSON text: the value, or where something is wrong. */
function parse(schema: z.core.$ZodType, text: string): Parsed {
  const result = z.core.safeParse(schema, JSON.parse(text));
  if (result.success) return { value: JSON.parse(JSON.stringify(result.data)) };
  return { issues: result.error.issues.map((issue) => issue.path.join(".")) };
}

function assertTakes(schema: z.core.$ZodType, ...texts: string[]): void {
  for (const text of texts) {
    assert.deepEqual(parse(schema, text), { value: JSON.parse(text) }, text);
  }
}

function assertRefuses(
  schema: z.core.$ZodType,
  problems: Record<string, string[]>,
): void {
  for (const [text, issues] of Object.entries(problems)) {
    assert.deepEqual(parse(schema, text), { issues }, text);
  }
}

/** Both interfaces, with what the two do not write alike. */
const INTERFACES = {
  zod: {
    zod: z,
    pair: z.tuple([z.unknown(), z.unknown()]),
    optional: z.tuple([z.optional(z.number())]),
    numbers: z.object({}).catchall(z.number()),
  },
  mini: {
    zod: mini,
    pair: mini.tuple([mini.unknown(), mini.unknown()]),
    optional: mini.tuple([mini.optional(mini.number())]),
    numbers: mini.catchall(mini.object({}), mini.number()),
  },
};

for (const [name, { zod, ...schemas }] of Object.entries(INTERFACES)) {
  test(`${name}: ownRecord keeps __proto__ and constructor`, () => {
    const schema = ownRecord(
      zod.record(
        zod.string().check(zod.refine((key) => key !== "no")),
        zod.number(),
      ),
    );
    assertTakes(schema, "{}", '{"a": 1}', '{"__proto__": 1, "constructor": 2}');
    assertRefuses(schema, {
      "[]": [""],
      '{"__proto__": "x", "a": 1}': ["__proto__"],
      '{"constructor": {}}': ["constructor"],
      '{"no": 1}': ["no"],
    });
  });

  test(`${name}: ownObject sees own keys alone`, () => {
    const schema = ownObject(
      zod.object({ toString: zod.string(), a: zod.optional(zod.number()) }),
    );
    assertTakes(schema, '{"toString": "x"}', '{"toString": "x", "a": 1}');
    assertRefuses(schema, {
      "{}": ["toString"],
      '{"toString": 1}': ["toString"],
    });
    assert.deepEqual(parse(schema, '{"toString": "x", "__proto__": 1}'), {
      value: { toString: "x" },
    });
  });

  test(`${name}: ownObject declares __proto__ like any other key`, () => {
    const shape = Object.create(null) as Record<string, z.core.$ZodType>;
    shape["__proto__"] = zod.number();
    const schema = ownObject(zod.object(shape));
    assertTakes(schema, '{"__proto__": 1}');
    assertRefuses(schema, {
      "{}": ["__proto__"],
      '{"__proto__": "x"}': ["__proto__"],
    });
  });

  test(`${name}: ownObject keeps or refuses an unknown __proto__`, () => {
    assertTakes(
      ownObject(zod.looseObject({})),
      '{"__proto__": {"a": 1}, "b": 2}',
    );
    const typed = ownObject(schemas.numbers);
    assertTakes(typed, '{"__proto__": 1}');
    assertRefuses(typed, { '{"__proto__": "x"}': ["__proto__"] });
    const strict = ownObject(zod.strictObject({}));
    assert.ok("issues" in parse(strict, '{"__proto__": 1}'));
  });

  test(`${name}: requireKeys misses what may have any value`, () => {
    const schema = requireKeys(
      ownObject(zod.looseObject({ a: zod.unknown(), b: zod.unknown() })),
      "a",
    );
    assertTakes(schema, '{"a":null,"b":1}', '{"a":1,"b":1,"__proto__":1}');
    assertRefuses(schema, { '{"b":1}': ["a"] });
  });

  test(`${name}: ownTuple and filledUp ask for what is required alone`, () => {
    const required = ownTuple(schemas.pair, 2);
    assertTakes(required, "[1, null]");
    assert.ok("issues" in parse(required, "[1]"));
    assert.ok("issues" in parse(required, "{}"));
    const optional = ownTuple(filledUp(schemas.optional), 0);
    assertTakes(optional, "[]", "[1]");
    assertRefuses(optional, { '["x"]': ["0"] });
  });

  test(`${name}: keepAll takes the member that drops least`, () => {
    const schema = keepAll(
      zod.union([
        zod.object({ a: zod.number() }),
        zod.object({ a: zod.number(), b: zod.object({ c: zod.number() }) }),
      ]),
    );
    assertTakes(schema, '{"a": 1}', '{"a": 1, "b": {"c": 2}}');
    assertRefuses(schema, { '{"b": {}}': [""] });
  });

  test(`${name}: checked gives a value back as it came`, () => {
    const schema = checked(
      zod.object({ a: zod.number() }),
      (value) => ("b" in (value as object) ? undefined : "no b"),
      (value) => ("c" in (value as object) ? "a c" : undefined),
    );
    assertTakes(schema, '{"a": 1, "b": 2}');
    assertRefuses(schema, {
      '{"a": 1}': [""],
      '{"a": 1, "c": 2}': ["", ""],
      '{"b": 1}': ["a"],
    });
  });

  test(`${name}: onlyOne takes what exactly one member does`, () => {
    const schema = onlyOne(
      zod.union([
        zod.object({ a: zod.number() }),
        zod.object({ b: zod.number() }),
      ]),
    );
    assertTakes(schema, '{"a": 1}', '{"b": 1, "c": 1}');
    assertRefuses(schema, { '{"a": 1, "b": 1}': [""], "{}": [""] });
  });

  test(`${name}: what is derived can be checked, wrapped and derived again`, () => {
    const schema = ownRecord(zod.record(zod.string(), zod.number())).check(
      zod.refine((value) => Object.keys(value).length < 2, "too many"),
    );
    const nested = zod.object({ r: zod.optional(zod.nullable(schema)) });
    assertTakes(nested, "{}", '{"r": null}', '{"r": {"__proto__": 1}}');
    assertRefuses(nested, { '{"r": {"__proto__": 1, "a": 2}}': ["r"] });
    const twice = checked(
      checked(schema, () => undefined),
      () => "never",
    );
    assertRefuses(twice, { "{}": [""] });
  });
}

test("an asynchronous schema inside is an error, and no promise in the result", () => {
  const slow = z.number().check(z.refine(async () => Promise.resolve(true)));
  const schema = ownRecord(z.record(z.string(), slow));
  assert.throws(() => z.safeParse(schema, JSON.parse('{"__proto__": 1}')));
});

test("what is made of an object sees own keys, and keeps what it does with others", () => {
  const schema = ownObject(
    z.strictObject({ constructor: z.string(), a: z.number(), b: z.unknown() }),
  );
  const picked = schema.pick({ constructor: true, a: true });
  assertTakes(picked, '{"a":1,"constructor":"x"}');
  assertRefuses(picked, {
    '{"a":1}': ["constructor"],
    '{"a":1,"constructor":"x","b":1}': [""],
    '{"a":1,"constructor":"x","__proto__":1}': ["__proto__"],
  });
  // The types take a key that each object has for one that is in the mask.
  const untyped: z.ZodObject = schema;
  const omitted = untyped.omit({ a: true, b: true });
  assertTakes(omitted, '{"constructor":"x"}');
  assertRefuses(omitted, { "{}": ["constructor"] });
  const extended = schema.extend({ a: z.string(), toString: z.number() });
  assertTakes(extended, '{"a":"1","b":1,"constructor":"x","toString":1}');
  assertRefuses(extended, {
    '{"a":"1","b":1,"constructor":"x"}': ["toString"],
    '{"a":1,"b":1,"constructor":"x","toString":1}': ["a"],
  });
  const partial = schema.partial();
  assertTakes(partial, "{}", '{"constructor":"x"}');
  assertRefuses(partial, { '{"constructor":1}': ["constructor"] });
  const loose = ownObject(z.looseObject({ a: z.number() })).pick({ a: true });
  assertTakes(loose, '{"a":1,"__proto__":1,"b":{}}');
  assertTakes(loose.partial(), "{}", '{"__proto__":1}');
});

test("mini: what is made of an object sees own keys, and keeps what it does with others", () => {
  const schema = ownObject(
    mini.looseObject({ constructor: mini.string(), a: mini.number() }),
  );
  const picked = mini.pick(schema, { constructor: true });
  assertTakes(picked, '{"constructor":"x","__proto__":1,"a":"1"}');
  assertRefuses(picked, { "{}": ["constructor"] });
  const untyped: mini.ZodMiniObject = schema;
  const partial = mini.partial(mini.omit(untyped, { a: true }));
  assertTakes(partial, "{}", '{"__proto__":1}');
  const extended = mini.extend(schema, { valueOf: mini.string() });
  assertTakes(extended, '{"constructor":"x","a":1,"valueOf":"x"}');
  assertRefuses(extended, { '{"constructor":"x","a":1}': ["valueOf"] });
});

test("openUnion keeps what is not listed, and says of the rest what its members say", () => {
  const isOther = (value: unknown) => isUnlisted(value, "kind", ["a", "b"]);
  const classic = z.union([
    z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("a"), x: z.number() }),
      z.object({ kind: z.literal("b") }),
    ]),
    z.custom(isOther),
  ]);
  const small = mini.union([
    mini.discriminatedUnion("kind", [
      mini.object({ kind: mini.literal("a"), x: mini.number() }),
      mini.object({ kind: mini.literal("b") }),
    ]),
    mini.custom(isOther),
  ]);
  for (const schema of [openUnion(classic), openUnion(small)]) {
    assertTakes(schema, '{"kind": "a", "x": 1}', '{"kind": "c", "x": "1"}');
    assert.deepEqual(parse(schema, '{"kind": "b", "x": 1}'), {
      value: { kind: "b" },
    });
    assertRefuses(schema, {
      '{"kind": "a", "x": "1"}': ["x"],
      '{"kind": 1}': ["kind"],
      "{}": ["kind"],
      null: [""],
    });
  }
});
