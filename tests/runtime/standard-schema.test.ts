import assert from "node:assert/strict";
import { test } from "node:test";
import * as v from "valibot";
import * as z from "zod";
import * as mini from "zod/mini";

import {
  issuesOf,
  conforms,
  type StandardSchema,
} from "../../templates/typescript/runtime/standard-schema.ts";

const SCHEMAS: Record<string, StandardSchema> = {
  zod: z.object({ a: z.array(z.number()) }),
  mini: mini.object({ a: mini.array(mini.number()) }),
  valibot: v.object({ a: v.array(v.number()) }),
};

for (const [name, schema] of Object.entries(SCHEMAS)) {
  test(`issuesOf and conforms, of ${name}`, () => {
    assert.deepEqual(issuesOf(schema, { a: [1] }), []);
    assert.equal(conforms(schema, { a: [1] }), true);
    const [issue, ...more] = issuesOf(schema, { a: [1, "x"] });
    assert.deepEqual(more, []);
    const path = issue?.path?.map((step) =>
      typeof step === "object" ? step.key : step,
    );
    assert.deepEqual(path, ["a", 1]);
    assert.match(issue?.message ?? "", /expected number/iu);
    assert.equal(conforms(schema, {}), false);
  });
}

test("an asynchronous schema is refused", () => {
  const slow = v.pipeAsync(
    v.number(),
    v.checkAsync(async () => Promise.resolve(true)),
  );
  assert.throws(() => conforms(slow, 1), /asynchronous/u);
});
