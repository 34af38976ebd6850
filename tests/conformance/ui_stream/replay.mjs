// What one line of `ai` makes of many streams, on a version of zod: node replay.mjs <package> <job.json> [<zod package>].
//
// job: { snapshots: boolean, streams: [{ chunks: [chunk] | null, body: base64 | null, continued: message | null, resumed: boolean }] }
// Prints [{ status, error, message, snapshots }]: the assistant's message at the end, and after every chunk where asked for.
// `body` goes through DefaultChatTransport as bytes, `chunks` come one by one from a transport of their own.

import { readFile } from "node:fs/promises";
import { registerHooks } from "node:module";

const [line, path, zod = "zod"] = process.argv.slice(2);
registerHooks({
  resolve: (specifier, context, next) => next(specifier.replace(/^zod(?=\/|$)/, zod), context),
});
const ai = await import(line);
const job = JSON.parse(await readFile(path, "utf8"));

class State {
  status = "ready";
  error = undefined;
  messages = [];
  pushMessage = (message) => { this.messages = [...this.messages, message]; };
  popMessage = () => { this.messages = this.messages.slice(0, -1); };
  replaceMessage = (index, message) => { this.messages = this.messages.with(index, message); };
  snapshot = (value) => structuredClone(value);
}

class Chat extends ai.AbstractChat {
  constructor(options) {
    super({ ...options, state: new State() });
  }
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** One chunk at a time, each when the one before has been dealt with. */
function oneByOne(chunks, afterEach) {
  return new ReadableStream({
    async start(controller) {
      await turn();
      for (const chunk of chunks) {
        controller.enqueue(structuredClone(chunk));
        await turn();
        afterEach();
      }
      controller.close();
    },
  });
}

async function replay({ chunks, body, continued, resumed }) {
  const snapshots = [];
  let chat;
  let state;
  const look = () => {
    state ??= chat.activeResponse?.state;
    snapshots.push(JSON.parse(JSON.stringify(state.message)));
  };
  const bytes = body === null ? null : Buffer.from(body, "base64");
  const transport = bytes === null
    ? { sendMessages: async () => oneByOne(chunks, look), reconnectToStream: async () => null }
    : new ai.DefaultChatTransport({
        api: "http://backend/api/chat",
        fetch: async () => new Response(bytes, { headers: { "content-type": "text/event-stream" } }),
      });
  chat = new Chat({ id: "chat-1", transport, generateId: () => "made", onError: () => {} });
  const user = { id: "user-1", role: "user", parts: [{ type: "text", text: "hello" }] };
  const called = [];
  chat.onToolCall = ({ toolCall }) => { called.push(toolCall.toolCallId); };
  if (continued !== null) {
    chat.messages = [user, continued];
    await (resumed ? chat.resumeStream() : chat.sendMessage());
  } else {
    await chat.sendMessage({ parts: user.parts });
  }
  const message = chat.messages.findLast((one) => one.role === "assistant") ?? null;
  return { status: chat.status, error: chat.error?.message ?? null, message, snapshots, called, count: chat.messages.length };
}

const found = [];
for (const stream of job.streams) found.push(await replay(stream));
process.stdout.write(JSON.stringify(found));
