import assert from "node:assert/strict";
import { test } from "node:test";

import {
  KEPT_HEADER,
  keepsContinuedMessage,
} from "../../templates/typescript/runtime/resumption.ts";

test("the newest ai empties the message that a resumed reply continues", async () => {
  assert.equal(await keepsContinuedMessage(), false);
  assert.deepEqual(KEPT_HEADER, { "x-samewire-continued": "kept" });
});

test("it is asked once", () => {
  assert.equal(keepsContinuedMessage(), keepsContinuedMessage());
});
