import assert from "node:assert/strict";
import { test } from "node:test";

import type { EventValidator } from "../../templates/typescript/runtime/event-validator.ts";
import { EventOrder } from "../../templates/typescript/runtime/order.ts";
import {
  readSentEvents,
  type ReadEventsOptions,
} from "../../templates/typescript/runtime/sent-events.ts";
import { StreamError } from "../../templates/typescript/runtime/stream.ts";

interface Tick {
  readonly type: string;
  readonly n: number;
}

const tick: EventValidator<Tick> = {
  "~standard": {
    validate: (value) =>
      typeof value === "object" && value !== null && "n" in value
        ? { value: value as Tick }
        : { issues: [{ message: "no tick", path: ["n"] }] },
  },
};
const order = new EventOrder<Tick>({
  tag: "type",
  blocks: [],
  events: [
    { tags: ["begun"], first: true },
    { tags: ["done"], last: "ends" },
  ],
});
const ordered = (): ReadEventsOptions<Tick> => ({
  order: (context) => order.checker(context),
  retryAfter: 1,
});

const NAMES = ["begun", "tick", "tick", "done"];
const events = NAMES.map((type, at) => ({ type, n: at }));
const frame = (event: Tick, id = true) =>
  `${id ? `id: t.${event.n}\n` : ""}data: ${JSON.stringify(event)}\n\n`;
const whole = (id = true) => events.map((event) => frame(event, id)).join("");

/** A response that breaks off after a text. */
function broken(text: string): Response {
  let sent = false;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent) controller.error(new TypeError("terminated"));
      else controller.enqueue(new TextEncoder().encode(text));
      sent = true;
    },
  });
  return new Response(body);
}

/** The events after the one that a page has; what was on its way when a connection broke off may be lost. */
const after = (last: string | null) =>
  new Response(
    events
      .slice(Number(last?.slice(2) ?? -1) + 1)
      .map((event) => frame(event))
      .join(""),
  );

/** A server that gives these answers one after the other, and what it was asked. */
function server(
  ...answers: (Response | Error | ((last: string | null) => Response))[]
): {
  fetch: typeof fetch;
  asked: (string | null)[];
} {
  const asked: (string | null)[] = [];
  return {
    asked,
    fetch: (_, init) => {
      const last = new Headers(init?.headers).get("last-event-id");
      asked.push(last);
      const next = answers.shift() ?? new Error("one request too many");
      const answer = typeof next === "function" ? next(last) : next;
      return answer instanceof Error
        ? Promise.reject(answer)
        : Promise.resolve(answer);
    },
  };
}

const read = (source: Response | string, options: ReadEventsOptions<Tick>) =>
  Array.fromAsync(readSentEvents(source, tick, options));

/** What the reading of a stream throws. */
async function thrown(
  source: Response | string,
  options: ReadEventsOptions<Tick>,
): Promise<StreamError> {
  try {
    await read(source, options);
  } catch (error) {
    assert(error instanceof StreamError, String(error));
    return error;
  }
  assert.fail("nothing was thrown");
}

test("the events of a response", async () => {
  for (const id of [true, false]) {
    assert.deepEqual(await read(new Response(whole(id)), ordered()), events);
  }
  assert.deepEqual(await read(new Response(whole()), {}), events);
});

test("a stream that was cut off goes on after any of its events", async () => {
  for (const at of [1, 2, 3]) {
    for (const cut of [
      broken(
        events
          .slice(0, at)
          .map((event) => frame(event))
          .join(""),
      ),
      new Response(
        events
          .slice(0, at)
          .map((event) => frame(event))
          .join(""),
      ),
    ]) {
      const { fetch, asked } = server(cut, after);
      assert.deepEqual(await read("/", { ...ordered(), fetch }), events);
      assert.equal(asked.length, 2);
    }
  }
});

test("half an event is none, and comes again", async () => {
  const { fetch, asked } = server(
    broken(whole().slice(0, frame(events[0] ?? assert.fail()).length + 9)),
    new Response(whole().slice(frame(events[0] ?? assert.fail()).length)),
  );
  assert.deepEqual(await read("/", { ...ordered(), fetch }), events);
  assert.deepEqual(asked, [null, "t.0"]);
});

test("a server that is away is asked again", async () => {
  const away = new TypeError("fetch failed");
  const { fetch } = server(
    away,
    new Response("later", { status: 503 }),
    new Response(whole()),
  );
  assert.deepEqual(await read("/", { ...ordered(), fetch }), events);
  const never = server(away, away, away);
  const options = { ...ordered(), fetch: never.fetch, retries: 2 };
  await assert.rejects(read("/", options), away);
  assert.equal(never.asked.length, 3);
});

test("events that come make up for what failed", async () => {
  const away = new TypeError("fetch failed");
  const cuts = events.flatMap((event) => [away, broken(frame(event))]);
  const { fetch } = server(...cuts);
  const options = { ...ordered(), fetch, retries: 2 };
  assert.deepEqual(await read("/", options), events);
});

test("a stream that is not numbered is not asked for again", async () => {
  const { fetch, asked } = server(
    broken(frame({ type: "begun", n: 0 }, false)),
  );
  const error = await thrown("/", { ...ordered(), fetch });
  assert.equal(error.kind, "truncated");
  assert.equal(asked.length, 1);
});

test("status 204 says that there is nothing more", async () => {
  const gone = () => new Response(null, { status: 204 });
  const first = server(gone());
  const options = { ...ordered(), fetch: first.fetch };
  assert.deepEqual(await read("/", options), []);
  const rest = {
    ...ordered(),
    fetch: server(gone()).fetch,
    lastEventId: "t.2",
  };
  assert.equal((await thrown("/", rest)).kind, "truncated");
  const cut = server(broken(frame({ type: "begun", n: 0 })), gone());
  const skipped: StreamError[] = [];
  const found = await read("/", {
    ...ordered(),
    fetch: cut.fetch,
    truncated: "skip",
    onProblem: (problem) => skipped.push(problem),
  });
  assert.equal(found.length, 1);
  assert.deepEqual(
    skipped.map(({ kind }) => kind),
    ["truncated"],
  );
  const plain = server(new Response(whole()), gone());
  assert.deepEqual(
    await read("/", { fetch: plain.fetch, retryAfter: 1 }),
    events,
  );
});

test("a refusal is the error that the server gives", async () => {
  const { fetch } = server(new Response("Not yours.", { status: 404 }));
  const error = await thrown("/", { ...ordered(), fetch });
  assert.deepEqual([error.kind, error.message], ["refused", "Not yours."]);
});

test("a page goes on with a stream that it has a part of", async () => {
  const { fetch, asked } = server(new Response(frame({ type: "done", n: 3 })));
  const options = { ...ordered(), fetch, lastEventId: "t.2" };
  assert.deepEqual(await read("/", options), events.slice(3));
  assert.deepEqual(asked, ["t.2"]);
});

test("an event that is not valid ends the stream, or is left out", async () => {
  const text = `${frame({ type: "begun", n: 0 })}data: {"type":"x"}\n\ndata: oops\n\n${frame({ type: "done", n: 3 })}`;
  const error = await thrown(new Response(text), ordered());
  assert.equal(error.kind, "invalid");
  assert.match(
    error.message,
    /an event is not as the contract has it at n: no tick/,
  );
  assert.deepEqual(error.chunk, { type: "x" });
  const skipped: unknown[] = [];
  const found = await read(new Response(text), {
    ...ordered(),
    invalid: "skip",
    onProblem: ({ chunk }) => skipped.push(chunk),
  });
  assert.deepEqual(
    found.map(({ n }) => n),
    [0, 3],
  );
  assert.deepEqual(skipped, [{ type: "x" }, "oops"]);
});

test("an event out of order is reported, or ends the stream", async () => {
  const text = whole().slice(frame({ type: "begun", n: 0 }).length);
  const found: string[] = [];
  const onProblem = ({ kind }: StreamError) => found.push(kind);
  assert.equal(
    (await read(new Response(text), { ...ordered(), onProblem })).length,
    3,
  );
  assert(found.length > 0 && found.every((kind) => kind === "order"));
  const strict: ReadEventsOptions<Tick> = { ...ordered(), disorder: "throw" };
  assert.equal((await thrown(new Response(text), strict)).kind, "order");
});

test("leaving the loop and a signal cancel the response", async () => {
  for (const how of ["leave", "abort", "abort in a pause"] as const) {
    const controller = new AbortController();
    const cancelled = Promise.withResolvers<void>();
    const body = new ReadableStream<Uint8Array>({
      start: (stream) => {
        stream.enqueue(
          new TextEncoder().encode(frame({ type: "begun", n: 0 })),
        );
        if (how === "abort in a pause") stream.close();
      },
      cancel: () => cancelled.resolve(),
    });
    const { fetch } = server(new Response(body));
    const options = {
      ...ordered(),
      fetch,
      retryAfter: 60_000,
      signal: controller.signal,
    };
    const reading = async () => {
      for await (const _ of readSentEvents("/", tick, options)) {
        if (how === "leave") break;
        setTimeout(() => {
          controller.abort(new Error("enough"));
        }, 5);
      }
    };
    if (how === "leave") await reading();
    else await assert.rejects(reading(), /enough/);
    if (how !== "abort in a pause") await cancelled.promise;
  }
});

test("a busy server says for how long to stay away", async (t) => {
  t.mock.timers.enable({
    apis: ["setTimeout", "Date"],
    now: Date.UTC(2026, 0, 1),
  });
  const soon = new Date(Date.UTC(2026, 0, 1, 0, 1)).toUTCString();
  for (const [header, wait] of [
    ["90", 90_000],
    [soon, 60_000],
    ["soon", 2_000],
    ["-1", 2_000],
    ["0", 2_000],
    ["99999999", 3_600_000],
  ] as const) {
    t.mock.timers.setTime(Date.UTC(2026, 0, 1));
    const busy = { status: 503, headers: { "retry-after": header } };
    const { fetch, asked } = server(
      new Response("busy", busy),
      new Response(whole()),
    );
    const reading = read("/", { ...ordered(), fetch, retryAfter: 2_000 });
    const settled = () => new Promise((resolve) => setImmediate(resolve));
    await settled();
    t.mock.timers.tick(wait - 1);
    await settled();
    assert.equal(asked.length, 1, header);
    t.mock.timers.tick(1);
    assert.deepEqual(await reading, events);
  }
});

test("the server says when to come again", async () => {
  const { fetch } = server(
    new Response(`retry: 1\n${frame({ type: "begun", n: 0 })}`),
    new Response(whole().slice(frame({ type: "begun", n: 0 }).length)),
  );
  const options = { ...ordered(), fetch, retryAfter: 600_000 };
  assert.deepEqual(await read("/", options), events);
});
