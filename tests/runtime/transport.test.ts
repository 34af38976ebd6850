import assert from "node:assert/strict";
import { test } from "node:test";
import type { ChatTransport, UIMessage, UIMessageChunk } from "ai";

import type { Continued } from "../../templates/typescript/runtime/continued-message.ts";
import type { StreamError } from "../../templates/typescript/runtime/stream.ts";
import {
  CheckingTransport,
  isKnown,
  withCheckedReplies,
} from "../../templates/typescript/runtime/transport.ts";

// What real clients make of it is in tests/conformance/ui_stream/test_frontend.py.

interface Chunk {
  readonly type: string;
}

const messages: UIMessage[] = [{ id: "m", role: "assistant", parts: [] }];
const send = {
  trigger: "submit-message" as const,
  chatId: "c",
  messageId: undefined,
  messages,
  abortSignal: undefined,
};

/** Lets everything pass, and notes what each reply continues. */
function checks(): {
  check: (
    values: ReadableStream<unknown>,
    policy: object,
    continues: Continued,
  ) => ReadableStream<Chunk>;
  continued: Continued[];
} {
  const continued: Continued[] = [];
  const check = (
    values: ReadableStream<unknown>,
    _: object,
    continues: Continued,
  ) => {
    continued.push(continues);
    return values.pipeThrough(
      new TransformStream<unknown, Chunk>({
        transform(value, controller) {
          controller.enqueue(value as Chunk);
        },
      }),
    );
  };
  return { check, continued };
}

class Inner implements ChatTransport<UIMessage> {
  #secret = "kept";
  readonly chunks: readonly UIMessageChunk[];

  constructor(chunks: readonly UIMessageChunk[]) {
    this.chunks = chunks;
  }

  get secret(): string {
    return this.#secret;
  }

  setSecret(secret: string): void {
    this.#secret = secret;
  }

  sendMessages(_options?: unknown): Promise<ReadableStream<UIMessageChunk>> {
    return Promise.resolve(
      new ReadableStream({
        start: (controller) => {
          for (const chunk of this.chunks) controller.enqueue(chunk);
          controller.close();
        },
      }),
    );
  }

  reconnectToStream(_options?: unknown): Promise<null> {
    return Promise.resolve(null);
  }
}

test("another transport keeps what it has, private fields too", async () => {
  const { check, continued } = checks();
  const inner = new Inner([{ type: "start" }]);
  const outer = withCheckedReplies(inner, check, {});
  outer.setSecret("changed");
  assert.equal(outer.secret, "changed");
  assert.ok(outer instanceof Inner);
  const stream = await outer.sendMessages(send);
  assert.deepEqual(await Array.fromAsync(stream), [{ type: "start" }]);
  assert.equal(await outer.reconnectToStream({ chatId: "c" }), null);
  assert.deepEqual(continued, [messages[0]]);
});

test("a page that joins a reply does not know what it continues", async () => {
  const { check, continued } = checks();
  const text = 'data: {"type":"start"}\n\n';
  const fetched = () => Promise.resolve(new Response(text));
  const transport = new CheckingTransport(check, { fetch: fetched });
  const stream = await transport.reconnectToStream({ chatId: "c" });
  assert.ok(stream);
  assert.deepEqual(await Array.fromAsync(stream), [{ type: "start" }]);
  await transport.sendMessages(send);
  assert.deepEqual(continued, ["unknown", messages[0]]);
});

test("the SDK is asked about chunks that came late, and once", async () => {
  assert.equal(await isKnown("reset-step"), true);
  assert.equal(isKnown("reset-step"), isKnown("reset-step"));
  assert.equal(await isKnown("no-such-chunk"), false);
  const problems: StreamError[] = [];
  const onProblem = (problem: StreamError) => {
    problems.push(problem);
  };
  const inner = new Inner([{ type: "reset-step" }, { type: "finish" }]);
  const outer = withCheckedReplies(inner, checks().check, { onProblem });
  const stream = await outer.sendMessages(send);
  assert.equal((await Array.fromAsync(stream)).length, 2);
  assert.deepEqual(problems, []);
});

test("a reply continues the assistant's message that is named, or else the last", async () => {
  const { check, continued } = checks();
  const outer = withCheckedReplies(new Inner([{ type: "start" }]), check, {});
  const [first, user, last]: UIMessage[] = [
    { id: "m1", role: "assistant", parts: [] },
    { id: "u", role: "user", parts: [] },
    { id: "m2", role: "assistant", parts: [] },
  ];
  assert.ok(first && user && last);
  const all = { ...send, messages: [first, user, last] };
  await outer.sendMessages({ ...all, messageId: "m1" });
  await outer.sendMessages({ ...all, messageId: "u" });
  await outer.sendMessages({ ...all, messageId: "gone" });
  await outer.sendMessages({
    ...all,
    messageId: "m1",
    trigger: "regenerate-message",
  });
  assert.deepEqual(continued, [first, last, last, last]);
});
