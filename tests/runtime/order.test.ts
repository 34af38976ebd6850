import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import type {
  KnownBlock,
  OrderContext,
  OrderRules,
} from "../../templates/typescript/runtime/order-rules.ts";
import { EventOrder } from "../../templates/typescript/runtime/order.ts";

interface LogEvent {
  readonly kind: string;
  readonly [property: string]: unknown;
}

interface Case {
  readonly name: string;
  readonly stream: readonly LogEvent[];
  readonly context: null | {
    readonly fixed: Readonly<Record<string, unknown>>;
    readonly blocks: Readonly<
      Record<string, readonly (readonly [string, KnownBlock])[]>
    >;
  };
  readonly want: readonly unknown[];
}

/** Python reads the same cases: tests/streams/test_cases.py. */
const { rules, cases } = JSON.parse(
  readFileSync(new URL("../streams/cases.json", import.meta.url), "utf8"),
) as { readonly rules: OrderRules; readonly cases: readonly Case[] };
const order = new EventOrder<LogEvent>(rules);

function contextOf({ context }: Case): OrderContext | undefined {
  if (context === null) return undefined;
  const blocks = Object.entries(context.blocks).map(
    ([kind, known]) => [kind, new Map(known)] as const,
  );
  return { fixed: context.fixed, blocks: Object.fromEntries(blocks) };
}

for (const one of cases) {
  test(one.name, () => {
    const verdicts = order
      .check(one.stream, contextOf(one))
      .map(({ index, rule, block, key }) => [
        index,
        rule,
        block ?? null,
        key ?? null,
      ]);
    assert.deepEqual(verdicts, one.want);
  });
}

test("a violation names the event and says what to do", () => {
  const event: LogEvent = { kind: "task-progress", itemId: 'a"b' };
  const [violation] = order.check([{ kind: "hello" }, event]);
  assert.equal(
    violation?.message,
    'task-progress names the task "a\\"b", which is not open',
  );
  assert.match(violation.hint, /^Open it first\./);
  assert.equal(violation.event, event);
});

test("facts in a message are not taken for places", () => {
  const event: LogEvent = { kind: "bytes", url: "{hint} $& {event}" };
  const [violation] = order.check([{ kind: "hello" }, event]);
  assert.match(violation?.message ?? "", /"\{hint\} \$& \{event\}"/);
});

test("a stream that continues what is not listed may name its blocks", () => {
  const hello: LogEvent = { kind: "hello" };
  const loaded: LogEvent = { kind: "loaded", itemId: "a", checked: true };
  const earlier: LogEvent = { kind: "bytes", url: "u" };
  const crashed: LogEvent = { kind: "crashed" };
  const joined = { incomplete: true };
  assert.deepEqual(order.check([hello, earlier, crashed], joined), []);
  const rulesOf = (stream: readonly LogEvent[]) =>
    order.check(stream, joined).map(({ rule }) => rule);
  // No state of a download that ends with its stream is one from before.
  assert.deepEqual(rulesOf([hello, loaded, crashed]), ["not-open"]);
  assert.deepEqual(rulesOf([hello, { kind: "note" }, crashed]), ["inside"]);
});

test("a block from before is known once an event names it", () => {
  const calls = new EventOrder<LogEvent>({
    tag: "kind",
    blocks: [{ name: "call", once: true, states: { running: "any" } }],
    events: [
      {
        tags: ["output"],
        moves: [
          { block: "call", key: "id", before: ["running"], after: "closed" },
        ],
      },
    ],
  });
  const output: LogEvent = { kind: "output", id: "a" };
  const verdicts = calls.check([output, output], { incomplete: true });
  assert.deepEqual(
    verdicts.map(({ index, rule }) => [index, rule]),
    [[1, "used-before"]],
  );
});

test("a stream that gives back what came before may leave events out", () => {
  const calls = new EventOrder<LogEvent>({
    tag: "kind",
    blocks: [
      { name: "call", once: true, states: { asked: "any", running: "any" } },
    ],
    events: [
      {
        tags: ["ask"],
        moves: [
          { block: "call", key: "id", before: ["absent"], after: "asked" },
        ],
      },
      {
        tags: ["output"],
        moves: [
          { block: "call", key: "id", before: ["running"], after: "closed" },
        ],
      },
    ],
  });
  const ask: LogEvent = { kind: "ask", id: "a" };
  const output: LogEvent = { kind: "output", id: "a" };
  const rulesOf = (events: readonly LogEvent[], incomplete: boolean) =>
    calls.check(events, { incomplete }).map(({ rule }) => rule);
  assert.deepEqual(rulesOf([ask, output], true), []);
  assert.deepEqual(rulesOf([ask, output], false), ["wrong-state"]);
  assert.deepEqual(rulesOf([ask, ask], true), ["already-open"]);
  assert.deepEqual(rulesOf([ask, output, output], true), ["used-before"]);
});

test("a stream that gives back what came before may close what is around a block that was cut off", () => {
  const steps = new EventOrder<LogEvent>({
    tag: "kind",
    blocks: [
      { name: "step", states: { open: "any" } },
      { name: "text", inside: "step", states: { open: "scope" } },
    ],
    events: [
      {
        tags: ["step"],
        moves: [{ block: "step", before: ["absent"], after: "open" }],
      },
      {
        tags: ["step-end"],
        moves: [{ block: "step", before: ["open"], after: "closed" }],
      },
      {
        tags: ["text"],
        moves: [
          { block: "text", key: "id", before: ["absent"], after: "open" },
        ],
      },
    ],
  });
  const stream = ["step", "text", "step-end", "step", "text"].map(
    (kind): LogEvent => ({ kind, id: "a" }),
  );
  const rulesOf = (incomplete: boolean) =>
    steps.check(stream, { incomplete }).map(({ rule }) => rule);
  assert.deepEqual(rulesOf(true), ["left-open"]);
  assert.deepEqual(rulesOf(false), ["left-open", "left-open"]);
});

test("tags that objects inherit have no rules", () => {
  for (const kind of ["toString", "constructor", "__proto__"]) {
    assert.deepEqual(order.check([{ kind: "hello" }, { kind }]).length, 1);
  }
});
