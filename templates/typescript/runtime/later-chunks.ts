/**
 * Chunks that are not as old as version 5.0.0 of `ai`, by type, with no more than what they need. Shown to the `ai` of a page,
 * they tell which of them it knows.
 */
export const LATER_CHUNKS: ReadonlyMap<string, object> = new Map([
  [
    "tool-input-error",
    { toolCallId: "a", toolName: "a", input: null, errorText: "a" },
  ],
  ["tool-approval-request", { approvalId: "a", toolCallId: "a" }],
  ["tool-approval-response", { approvalId: "a", approved: true }],
  ["tool-output-denied", { toolCallId: "a" }],
  ["reasoning-file", { url: "data:,", mediaType: "text/plain" }],
  ["custom", { kind: "a.b" }],
  ["reset-step", {}],
  ["steering-message", { id: "a", parts: [{ type: "text", text: "a" }] }],
]);
