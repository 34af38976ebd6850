import assert from "node:assert/strict";
import { test } from "node:test";

import {
  callsOf,
  orderContext,
} from "../../templates/typescript/runtime/continued-message.ts";

const message = (...parts: { type: string; [key: string]: unknown }[]) => ({
  id: "m",
  role: "assistant",
  parts,
});

const states: [part: Record<string, unknown>, state: string][] = [
  [{ state: "input-streaming" }, "closed"],
  [{ state: "input-available" }, "called"],
  [
    { state: "approval-requested", approval: { id: "a" } },
    "approval-requested",
  ],
  [
    { state: "approval-responded", approval: { id: "a", approved: true } },
    "approved",
  ],
  [
    { state: "approval-responded", approval: { id: "a", approved: false } },
    "denied",
  ],
  [{ state: "approval-responded" }, "denied"],
  [{ state: "output-available", output: 1 }, "closed"],
  [{ state: "output-available", preliminary: true }, "preliminary"],
  [{ state: "output-error" }, "closed"],
  [{ state: "output-denied" }, "closed"],
  [{}, "closed"],
];

for (const [part, state] of states) {
  test(`a call is ${state}: ${JSON.stringify(part)}`, () => {
    const call = { type: "tool-find", toolCallId: "c", ...part };
    assert.deepEqual(
      callsOf(message(call)).map((known) => known.state),
      [state],
    );
  });
}

test("a call has the tool of its part, or names it", () => {
  const calls = callsOf(
    message(
      { type: "text", text: "a" },
      { type: "tool-find", toolCallId: "1", approval: { id: "a" } },
      { type: "dynamic-tool", toolCallId: "2", toolName: "run" },
      { type: "dynamic-tool", toolCallId: "3" },
      { type: "tool-find" },
      { type: "tool-__proto__", toolCallId: "toString" },
    ),
  );
  assert.deepEqual(
    calls.map(({ toolCallId, toolName, dynamic, alias }) => [
      toolCallId,
      toolName,
      dynamic,
      alias,
    ]),
    [
      ["1", "find", false, "a"],
      ["2", "run", true, undefined],
      ["toString", "__proto__", false, undefined],
    ],
  );
});

test("what is continued is an assistant's message, none, or unknown", () => {
  const call = { type: "tool-find", toolCallId: "c", state: "input-available" };
  const context = orderContext(message(call));
  assert.deepEqual(context?.fixed, { messageId: "m" });
  assert.equal(context.blocks?.["tool call"]?.get("c")?.state, "called");
  const asked = { ...message(call), role: "user" };
  assert.equal(orderContext(asked), undefined);
  assert.deepEqual(callsOf(asked), []);
  assert.equal(orderContext(undefined), undefined);
  assert.deepEqual(orderContext("unknown"), { incomplete: true });
  assert.deepEqual(callsOf("unknown"), []);
});
