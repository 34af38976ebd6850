import assert from "node:assert/strict";
import { test } from "node:test";

import { parseEvent } from "../../templates/typescript/runtime/event-json.ts";

test("JSON is its value", () => {
  for (const value of [1, "a", null, [true], { text: "__proto__" }]) {
    assert.deepEqual(parseEvent(JSON.stringify(value)), value);
  }
});

test("what is not JSON, or would replace a prototype, is its text", () => {
  for (const text of [
    "{oops",
    '{"__proto__":{}}',
    '{"constructor":{"prototype":{}}}',
  ]) {
    assert.equal(parseEvent(text), text);
  }
});
