// What the SDK's own server sends: node server.mjs <package>. Prints { name: [chunk] }, from streamText with a scripted model.

const [line] = process.argv.slice(2);
const ai = await import(line);
const test = await import(`${line}/test`);
const { z } = await import("zod");

const Model = test.MockLanguageModelV4 ?? test.MockLanguageModelV3 ?? test.MockLanguageModelV2;
const usage = test.MockLanguageModelV2 && !test.MockLanguageModelV3
  ? { inputTokens: 1, outputTokens: 1, totalTokens: 2 }
  : { inputTokens: { total: 1, noCache: 1, cacheRead: 0, cacheWrite: 0 }, outputTokens: { total: 1, text: 1, reasoning: 0 } };
const finish = (reason) => ({
  type: "finish",
  usage,
  finishReason: test.MockLanguageModelV3 || test.MockLanguageModelV4 ? { unified: reason, raw: reason } : reason,
});

const text = (id) => [
  { type: "text-start", id },
  { type: "text-delta", id, delta: "Hel" },
  { type: "text-delta", id, delta: "lo" },
  { type: "text-end", id },
];
const reasoning = [
  { type: "reasoning-start", id: "r" },
  { type: "reasoning-delta", id: "r", delta: "hm" },
  { type: "reasoning-end", id: "r" },
];
const call = (id, toolName, input) => [
  { type: "tool-input-start", id, toolName },
  { type: "tool-input-delta", id, delta: input },
  { type: "tool-input-end", id },
  { type: "tool-call", toolCallId: id, toolName, input },
];

const tools = {
  find: ai.tool({ inputSchema: z.object({ q: z.string() }), execute: async ({ q }) => ({ found: q }) }),
  slow: ai.tool({
    inputSchema: z.object({}),
    async *execute() {
      yield 1;
      yield 2;
    },
  }),
  fail: ai.tool({ inputSchema: z.object({}), execute: async () => { throw new Error("broken"); } }),
  ask: ai.tool({ inputSchema: z.object({}) }),
  approve: ai.tool({ inputSchema: z.object({}), needsApproval: true, execute: async () => "done" }),
};

const turns = {
  text: [[...text("t"), finish("stop")]],
  "reasoning and text": [[...reasoning, ...text("t"), finish("stop")]],
  "a tool, and text": [[...text("t"), ...call("c", "find", '{"q":"x"}'), finish("tool-calls")], [...text("t"), finish("stop")]],
  "two tools at a time": [[...call("c", "find", '{"q":"x"}'), ...call("d", "slow", "{}"), finish("tool-calls")], [...text("t"), finish("stop")]],
  "a tool that fails": [[...call("c", "fail", "{}"), finish("tool-calls")], [...text("t"), finish("stop")]],
  "input that is not valid": [[...call("c", "find", '{"q":1}'), finish("tool-calls")], [...text("t"), finish("stop")]],
  "a tool that is not there": [[...call("c", "gone", "{}"), finish("tool-calls")], [...text("t"), finish("stop")]],
  "a tool of the client": [[...call("c", "ask", "{}"), finish("tool-calls")]],
  "a tool that needs approval": [[...call("c", "approve", "{}"), finish("tool-calls")]],
  "a source and a file": [[
    { type: "source", sourceType: "url", id: "s", url: "https://e.org", title: "E" },
    ...text("t"),
    finish("stop"),
  ]],
};

async function sent(steps) {
  const waiting = [...steps];
  const model = new Model({
    doStream: async () => ({
      stream: new ReadableStream({
        start(controller) {
          for (const part of [{ type: "stream-start", warnings: [] }, ...waiting.shift()]) controller.enqueue(part);
          controller.close();
        },
      }),
    }),
  });
  const result = ai.streamText({ model, tools, prompt: "hi", stopWhen: ai.stepCountIs(3), onError: () => {} });
  const chunks = [];
  for await (const chunk of result.toUIMessageStream({ sendSources: true })) chunks.push(chunk);
  return chunks;
}

const found = {};
for (const [name, steps] of Object.entries(turns)) found[name] = await sent(steps);
process.stdout.write(JSON.stringify(found));
