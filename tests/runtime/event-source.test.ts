import assert from "node:assert/strict";
import { test } from "node:test";

import {
  parsedEvents,
  readResponse,
} from "../../templates/typescript/runtime/event-source.ts";
import { StreamError } from "../../templates/typescript/runtime/stream.ts";

async function parsed(...pieces: (string | Uint8Array)[]): Promise<unknown[]> {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces) {
        controller.enqueue(
          typeof piece === "string" ? new TextEncoder().encode(piece) : piece,
        );
      }
      controller.close();
    },
  });
  return Array.fromAsync(parsedEvents(body));
}

test("events are JSON values, whatever the pieces", async () => {
  const text =
    ': hello\n\ndata: {"a":"\u{1f600}"}\n\ndata: 1\n\ndata: [DONE]\n\n';
  const bytes = new TextEncoder().encode(text);
  const whole = [{ a: "\u{1f600}" }, 1];
  assert.deepEqual(await parsed(text), whole);
  assert.deepEqual(
    await parsed(...Array.from(bytes, (byte) => Uint8Array.of(byte))),
    whole,
  );
});

test("an event without its blank line is none", async () => {
  assert.deepEqual(await parsed("data: 1\n\ndata: 2\n"), [1]);
});

test("what is not JSON, or would replace a prototype, comes as text", async () => {
  for (const text of [
    "{oops",
    '{"__proto__":{}}',
    '{"\\u005f_proto__":{}}',
    '{"a":[{"constructor":{"prototype":{}}}]}',
  ]) {
    assert.deepEqual(await parsed(`data: ${text}\n\n`), [text]);
  }
});

test("words that only look like it are values", async () => {
  for (const value of [
    { text: "__proto__" },
    { constructor: "a" },
    { constructor: null },
    { constructor: { name: "a" } },
    { constructor: ["prototype"] },
  ]) {
    assert.deepEqual(await parsed(`data: ${JSON.stringify(value)}\n\n`), [
      value,
    ]);
  }
});

/** A response that never ends; `left` waits until it is cancelled. */
function endless(): { response: Response; left: () => Promise<void> } {
  let cancelled = (): void => undefined;
  const left = new Promise<void>((resolve) => {
    cancelled = resolve;
  });
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode("data: 1\n\n"));
    },
    cancel() {
      cancelled();
    },
  });
  return { response: new Response(body), left: () => left };
}

const same = (values: ReadableStream<unknown>) => values;

test("leaving the loop cancels the response", async () => {
  const { response, left } = endless();
  for await (const event of readResponse(response, same)) {
    assert.equal(event, 1);
    break;
  }
  await left();
});

test("the signal cancels the response, and throws its reason", async () => {
  const { response, left } = endless();
  const aborting = new AbortController();
  const events = readResponse(response, same, aborting.signal);
  await events.next();
  const next = events.next();
  aborting.abort(new Error("enough"));
  await assert.rejects(next, /enough/);
  await left();
  const late = readResponse(endless().response, same, aborting.signal);
  await assert.rejects(late.next(), /enough/);
});

test("a response that is no stream is refused, with what it says", async () => {
  const refused: [Response, string][] = [
    [new Response("no such chat", { status: 404 }), "no such chat"],
    [
      new Response("", { status: 503, statusText: "Service Unavailable" }),
      "The server answered 503 Service Unavailable without a stream.",
    ],
    [
      new Response(null, { status: 204 }),
      "The server answered 204 without a stream.",
    ],
  ];
  for (const [response, message] of refused) {
    await assert.rejects(readResponse(response, same).next(), (error) => {
      assert.ok(error instanceof StreamError);
      assert.deepEqual([error.kind, error.message], ["refused", message]);
      return true;
    });
  }
});
