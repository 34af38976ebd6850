import assert from "node:assert/strict";
import { test } from "node:test";
import { asSchema, uiMessageChunkSchema } from "ai";

import { LATER_CHUNKS } from "../../templates/typescript/runtime/later-chunks.ts";

test("each is a chunk as the newest client has it, and needs each of its properties", async () => {
  const { validate } = asSchema(uiMessageChunkSchema);
  assert.ok(validate);
  for (const [type, properties] of LATER_CHUNKS) {
    const valid = await validate({ type, ...properties });
    assert.equal(valid.success, true, type);
    for (const missing of Object.keys(properties)) {
      const rest = Object.entries(properties).filter(
        ([key]) => key !== missing,
      );
      const lacking = { type, ...Object.fromEntries(rest) };
      assert.equal(
        (await validate(lacking)).success,
        false,
        `${type} ${missing}`,
      );
    }
  }
});
