// The real client without React: what `useChat` runs, for one line of `ai`.

export const bytes = (base64) => Buffer.from(base64, "base64");

/** A body that arrives in pieces of a few bytes, cutting characters and lines anywhere. */
export function arriving(buffer, step = 7) {
  return new ReadableStream({
    start(controller) {
      for (let at = 0; at < buffer.length; at += step) controller.enqueue(buffer.subarray(at, at + step));
      controller.close();
    },
  });
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

export function clientOf(ai) {
  async function validated(buffer) {
    const stream = ai.parseJsonEventStream({ stream: arriving(buffer, 4096), schema: ai.uiMessageChunkSchema });
    const found = [];
    for await (const result of stream) {
      found.push(result.success ? { value: result.value } : { error: String(result.error?.name ?? result.error) });
    }
    return found;
  }

  class Chat extends ai.AbstractChat {
    constructor(options) {
      super({ ...options, state: new State() });
    }
  }

  function chatWith(replies, options = {}) {
    const requests = [];
    const data = [];
    const waiting = replies.map(bytes);
    let made = 0;
    const transport = new ai.DefaultChatTransport({
      api: "http://backend/api/chat",
      fetch: async (url, init) => {
        const method = init.method ?? "GET";
        requests.push({ method, url: String(url), ...(init.body === undefined ? {} : { body: JSON.parse(init.body) }) });
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
    return { chat, requests, data };
  }

  async function settled(chat, count, requests) {
    for (let tries = 0; tries < 500; tries += 1) {
      if (requests.length >= count && ["ready", "error"].includes(chat.status)) return;
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    throw new Error(`chat is ${chat.status} after ${requests.length} of ${count} requests`);
  }

  async function turn(reply) {
    const { chat, data } = chatWith([reply]);
    await chat.sendMessage({ text: "hello" });
    const checked = ai.safeValidateUIMessages && chat.messages.length
      ? await ai.safeValidateUIMessages({ messages: JSON.parse(JSON.stringify(chat.messages)) })
      : { success: false };
    return {
      status: chat.status,
      error: chat.error?.message,
      messages: chat.messages,
      data,
      valid: ai.safeValidateUIMessages ? checked.success : null,
    };
  }

  const when = {
    tools: ai.lastAssistantMessageIsCompleteWithToolCalls,
    approvals: ai.lastAssistantMessageIsCompleteWithApprovalResponses,
  };

  /** What a method was called before (5.0.0). */
  const earlier = { addToolOutput: "addToolResult" };

  async function posted({ steps, replies, automatic }) {
    const { chat, requests } = chatWith(replies, automatic ? { sendAutomaticallyWhen: when[automatic] } : {});
    for (const [method, given, count] of steps) {
      if (method === "restore") chat.messages = given;
      else await (chat[method] ?? chat[earlier[method]])(...given);
      await settled(chat, count, requests);
    }
    if (chat.status === "error") throw chat.error;
    return requests;
  }

  return { chatWith, posted, turn, validated };
}
