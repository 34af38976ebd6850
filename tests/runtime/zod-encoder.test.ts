import assert from "node:assert/strict";
import { test } from "node:test";
import * as z from "zod";
import * as mini from "zod/mini";

import { awareDates } from "../../templates/typescript/runtime/dates.ts";
import { encoderOf } from "../../templates/typescript/runtime/zod-encoder.ts";

const schemas = [
  z.object({ at: z.codec(z.string().regex(/Z$/u), z.date(), awareDates) }),
  mini.object({
    at: mini.codec(
      mini.string().check(mini.regex(/Z$/u)),
      mini.date(),
      awareDates,
    ),
  }),
];

for (const [index, schema] of schemas.entries()) {
  const encoder = encoderOf(schema)["~standard"];

  test(`a value is encoded (${index})`, () => {
    assert.deepEqual(encoder.validate({ at: new Date(0) }), {
      value: { at: "1970-01-01T00:00:00Z" },
    });
  });

  test(`what does not fit has issues at its place (${index})`, () => {
    for (const at of [new Date(Number.NaN), "1970-01-01T00:00:00Z", null]) {
      const result = encoder.validate({ at });
      assert.ok(!(result instanceof Promise) && result.issues !== undefined);
      assert.deepEqual(
        result.issues.map(({ path }) => path),
        [["at"]],
      );
    }
  });
}
