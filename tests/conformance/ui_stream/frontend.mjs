// What the generated frontend half makes of replies over a real socket: node frontend.mjs <folder>, the job as JSON on stdin.
//
// <folder> has the generated files, and node_modules with the `ai` to run. A reply is { status, events: [text], cut }, where `cut` is
// "end" (the response ends), "reset" (the connection is cut) or "hang" (nothing more comes).
// A job is [{ name, kind: "chat" | "wrapped" | "read" | "resume" | "known", replies, policy, steps, stop }]; prints what came of each.

import { createServer } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";

const folder = process.argv[2];
const ai = await import(join(folder, "ai.mjs"));
const { CheckedChatTransport, checkedTransport } = await import(join(folder, "chat.ts"));
const { orderChecker } = await import(join(folder, "order.ts"));
const { readChunks } = await import(join(folder, "chunks.ts"));
const { isKnown } = await import(join(folder, "runtime", "transport.ts"));
const { LATER_CHUNKS } = await import(join(folder, "runtime", "later-chunks.ts"));
const { dataPartSchemas, messageMetadataSchema } = await import(join(folder, "ui-stream.ts"));

let replies = [];
let seen = [];
const server = createServer(async (request, response) => {
  const call = { method: request.method, url: request.url, body: await text(request), left: false, continued: request.headers["x-samewire-continued"] ?? null };
  seen.push(call);
  response.on("close", () => { call.left = !response.writableFinished; });
  const reply = replies.shift() ?? { status: 500, events: ["no more replies"], cut: "end" };
  response.writeHead(reply.status, { "content-type": "text/event-stream" });
  for (const event of reply.events) {
    response.write(event);
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (reply.cut === "end") response.end();
  if (reply.cut === "reset") setTimeout(() => response.socket.destroy(), 20); // what was written is on its way
}).listen(0, "127.0.0.1");
await new Promise((resolve) => server.once("listening", resolve));
const api = `http://127.0.0.1:${server.address().port}/api/chat`;

class State {
  status = "ready";
  error = undefined;
  messages = [];
  pushMessage = (message) => { this.messages = [...this.messages, message]; };
  popMessage = () => { this.messages = this.messages.slice(0, -1); };
  replaceMessage = (index, message) => { this.messages = this.messages.with(index, structuredClone(message)); };
  snapshot = (value) => structuredClone(value);
}

class Chat extends ai.AbstractChat {
  constructor(options) { super({ ...options, state: new State() }); }
}

const described = (error) => (error ? { name: error.name, kind: error.kind ?? null, message: error.message } : null);

async function until(condition) {
  for (let tries = 0; tries < 1000 && !condition(); tries += 1) await new Promise((resolve) => setTimeout(resolve, 2));
  if (!condition()) throw new Error(`waited too long for ${condition}`);
}

async function chat({ kind, policy, steps, schemas, order }) {
  const skipped = [];
  const told = { ...policy, ...(order ? { order: orderChecker } : {}), onProblem: (problem) => skipped.push(problem.kind) };
  const transport = kind === "chat"
    ? new CheckedChatTransport({ api, policy: told })
    : checkedTransport(new ai.DefaultChatTransport({ api }), told);
  let made = 0;
  const one = new Chat({
    id: "chat-1",
    transport,
    generateId: () => `made-${(made += 1)}`,
    ...(schemas ? { dataPartSchemas, messageMetadataSchema } : {}),
  });
  for (const [method, ...given] of steps) {
    if (method === "restore") one.messages = given[0];
    else if (method === "stop") {
      await until(() => JSON.stringify(one.messages).includes(given[0]));
      await one.stop();
      await until(() => seen.at(-1).left);
    } else {
      const running = one[method](...given);
      if (steps.at(-1)[0] !== "stop") await running;
    }
  }
  await until(() => ["ready", "error"].includes(one.status));
  return { status: one.status, error: described(one.error), messages: one.messages, skipped };
}

async function read({ policy, leaveAt, abortAt }) {
  const skipped = [];
  const aborting = new AbortController();
  const chunks = [];
  let error;
  try {
    const options = { ...policy, signal: aborting.signal, onProblem: (problem) => skipped.push(problem.kind) };
    for await (const chunk of readChunks(await fetch(api, { method: "POST" }), options)) {
      chunks.push(chunk);
      if (chunk.type === leaveAt) break;
      if (chunk.type === abortAt) setTimeout(() => aborting.abort(new Error("enough")), 5);
    }
  } catch (thrown) {
    error = thrown;
  }
  if (leaveAt ?? abortAt) await until(() => seen.at(-1).left);
  return { chunks, error: described(error), skipped };
}

// The chunks of a reply that the page joins.
async function resume({ policy, order }) {
  const skipped = [];
  const told = { ...policy, ...(order ? { order: orderChecker } : {}), onProblem: (problem) => skipped.push(problem.kind) };
  const stream = await new CheckedChatTransport({ api, policy: told }).reconnectToStream({ chatId: "chat-1" });
  return { chunks: await Array.fromAsync(stream), error: null, skipped };
}

// Which of the later chunks this `ai` knows.
async function knownChunks() {
  const known = {};
  for (const type of LATER_CHUNKS.keys()) known[type] = await isKnown(type);
  return { known };
}

const kinds = { chat, wrapped: chat, read, resume, known: knownChunks };
const results = {};
for (const one of JSON.parse(await text(process.stdin))) {
  replies = one.replies.slice();
  seen = [];
  const done = await kinds[one.kind](one);
  results[one.name] = { ...done, requests: seen.map(({ method, url, body, continued }) => ({ method, url, body, continued })) };
}
process.stdout.write(JSON.stringify(results));
server.closeAllConnections();
server.close();
