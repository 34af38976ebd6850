// What one line of `ai` makes of bytes: node client.mjs <package> <folder>.
//
// Reads <folder>/job.json: { frames: base64, turns: [[name, base64]], requests: [{ name, steps, replies: [base64] }] }.
// Prints { frames: [...], turns: { name: {...} }, requests: { name: [body] } }.

import { readFile } from "node:fs/promises";
import { join } from "node:path";

const [line, folder] = process.argv.slice(2);
const ai = await import(line);
const job = JSON.parse(await readFile(join(folder, "job.json"), "utf8"));

const bytes = (base64) => Buffer.from(base64, "base64");

/** A body that arrives in pieces of a few bytes, cutting characters and lines anywhere. */
function arriving(buffer, step = 7) {
  return new ReadableStream({
    start(controller) {
      for (let at = 0; at < buffer.length; at += step) controller.enqueue(buffer.subarray(at, at + step));
      controller.close();
    },
  });
}

async function validated(buffer) {
  const stream = ai.parseJsonEventStream({ stream: arriving(buffer, 4096), schema: ai.uiMessageChunkSchema });
  const found = [];
  for await (const result of stream) {
    found.push(result.success ? { value: result.value } : { error: String(result.error?.name ?? result.error) });
  }
  return found;
}

/** The state that `useChat` keeps in React, without React. */
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
  constructor(options) {
    super({ ...options, state: new State() });
  }
}

function chatWith(replies, options = {}) {
  const bodies = [];
  const data = [];
  const waiting = replies.map(bytes);
  let made = 0;
  const transport = new ai.DefaultChatTransport({
    api: "http://backend/api/chat",
    fetch: async (_url, init) => {
      bodies.push(JSON.parse(init.body));
      const reply = waiting.shift();
      if (reply === undefined) return new Response("no more replies", { status: 500 });
      return new Response(arriving(reply), { headers: { "content-type": "text/event-stream" } });
    },
  });
  const chat = new Chat({
    id: "chat-1",
    transport,
    generateId: () => `made-${(made += 1)}`,
    onData: (part) => data.push(structuredClone(part)), // the client changes it when its id comes again
    ...options,
  });
  return { chat, bodies, data };
}

async function settled(chat, requests, bodies) {
  for (let tries = 0; tries < 500; tries += 1) {
    if (bodies.length >= requests && ["ready", "error"].includes(chat.status)) return;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  throw new Error(`chat is ${chat.status} after ${bodies.length} of ${requests} requests`);
}

async function turn(reply) {
  const { chat, data } = chatWith([reply]);
  await chat.sendMessage({ text: "hello" });
  const checked = chat.messages.length
    ? await ai.safeValidateUIMessages({ messages: JSON.parse(JSON.stringify(chat.messages)) })
    : { success: false };
  return {
    status: chat.status,
    error: chat.error?.message,
    messages: chat.messages,
    data,
    valid: checked.success,
  };
}

const when = {
  tools: ai.lastAssistantMessageIsCompleteWithToolCalls,
  approvals: ai.lastAssistantMessageIsCompleteWithApprovalResponses,
};

async function posted({ steps, replies, automatic }) {
  const { chat, bodies } = chatWith(replies, automatic ? { sendAutomaticallyWhen: when[automatic] } : {});
  for (const [method, given, requests] of steps) {
    if (method === "restore") chat.messages = given;
    else await chat[method](...given);
    await settled(chat, requests, bodies);
  }
  if (chat.status === "error") throw chat.error;
  return bodies;
}

const turns = {};
for (const [name, reply] of job.turns) turns[name] = await turn(reply);

const requests = {};
for (const one of job.requests) {
  try {
    requests[one.name] = await posted(one);
  } catch (error) {
    throw new Error(`${line}, request ${one.name}: ${error.stack}`);
  }
}

process.stdout.write(JSON.stringify({ frames: await validated(bytes(job.frames)), turns, requests }));
