import assert from "node:assert/strict";
import { test } from "node:test";

import { ORDER_MESSAGES } from "../../templates/typescript/runtime/order-messages.ts";

test("each rule says what happened, and what to do", () => {
  for (const [rule, { message, hint }] of Object.entries(ORDER_MESSAGES)) {
    assert.match(message, /^(?:the stream|\{event\}) .*[^.]$/, rule);
    assert.match(hint, /^[A-Z].*\.$/, rule);
  }
});
