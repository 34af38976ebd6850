import assert from "node:assert/strict";
import { test } from "node:test";
import * as z from "zod/v4/core";

import { decimalsBy } from "../../templates/typescript/runtime/zod-decimals.ts";

/** Without the zeros at its end, as most classes of decimals write it. */
class Exact {
  readonly digits: bigint;
  readonly places: number;
  constructor(text: string) {
    const [, whole = "", fraction = ""] =
      /^(-?\d+)(?:\.(\d*?)0*)?$/u.exec(text) ?? [];
    if (whole === "") throw new Error(`no digits: ${text}`);
    this.digits = BigInt(whole + fraction);
    this.places = fraction.length;
  }
  toString(): string {
    const text = String(this.digits).padStart(this.places + 1, "0");
    const point = text.length - this.places;
    return this.places === 0
      ? `+${text}`
      : `${text.slice(0, point)}.${text.slice(point)}`;
  }
}

const texts = new z.$ZodString({ type: "string" }) as z.$ZodType<
  string,
  string
>;

function schemaOf<T>(decode: (text: string) => T): z.$ZodType<T, string> {
  const [text, type, codec] = decimalsBy(texts, { decode, encode: String });
  const { decode: transform, encode: reverseTransform } = codec;
  return new z.$ZodCodec({
    type: "pipe",
    in: text,
    out: type,
    transform,
    reverseTransform,
  } as never) as unknown as z.$ZodType<T, string>;
}

const schema = schemaOf((text) => new Exact(text));

test("a decimal is encoded as its text, and a new one as Python writes it", () => {
  for (const [text, copied] of [
    ["1.50", "1.5"],
    ["0", "0"],
    ["-12345678901234567890.000001", "-12345678901234567890.000001"],
    [" 1_000.0 ", "1000"],
  ] as const) {
    const value = z.parse(schema, text);
    assert.ok(value instanceof Exact);
    assert.equal(z.encode(schema, value), text);
    const copy = Object.assign(Object.create(Exact.prototype) as Exact, value);
    assert.equal(z.encode(schema, copy), copied);
  }
});

test("one that was changed is encoded as it is now", () => {
  const value = z.parse(schema, "1.50");
  Object.assign(value, { digits: BigInt(25) });
  assert.equal(z.encode(schema, value), "2.5");
});

test("what a function can't make, or makes another decimal of, is refused", () => {
  const floats = schemaOf(Number);
  for (const [of, text, said] of [
    [
      schema,
      "NaN",
      "Invalid decimal: the adapter throws Error: no digits: NaN",
    ],
    [
      floats,
      "0.1000000000000000000001",
      "Invalid decimal: the adapter decodes 0.1000000000000000000001 to 0.1",
    ],
  ] as const) {
    const result = z.safeParse(of, text);
    assert.equal(result.error?.issues[0]?.message, said);
  }
  assert.equal(z.parse(floats, "1E+2"), 100);
  assert.equal(z.encode(floats, 1e21), "1E+21");
});

test("nothing else is encoded", () => {
  for (const value of ["1", 1, null, {}, new Date(0)]) {
    const result = z.safeEncode(schema, value as never);
    assert.equal(
      result.error?.issues[0]?.message,
      "Invalid input: expected decimal",
    );
  }
});
