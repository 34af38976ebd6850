import assert from "node:assert/strict";
import { test } from "node:test";

import {
  checkedEvents,
  handleProblem,
  StreamError,
  type EventPolicy,
  type EventReader,
} from "../../templates/typescript/runtime/stream.ts";

/** Numbers are events, and 0 is the last one. */
const numbers: EventReader<number> = {
  read(value) {
    if (typeof value === "number") return value;
    const kind = typeof value === "string" ? "unknown" : "invalid";
    return new StreamError(kind, `not a number: ${String(value)}`, value);
  },
  isLast: (event) => event === 0,
  truncated: "cut off",
};

interface Outcome {
  readonly events: number[];
  readonly problems: StreamError[];
  readonly error?: unknown;
}

async function outcome(
  values: readonly unknown[],
  policy: EventPolicy<number> = {},
): Promise<Outcome> {
  const events: number[] = [];
  const problems: StreamError[] = [];
  const onProblem = (problem: StreamError) => {
    problems.push(problem);
  };
  const stream = new ReadableStream<unknown>({
    start(controller) {
      for (const value of values) controller.enqueue(value);
      controller.close();
    },
  });
  try {
    const checked = checkedEvents(stream, numbers, { onProblem, ...policy });
    for await (const event of checked) events.push(event);
  } catch (error) {
    return { events, problems, error };
  }
  return { events, problems };
}

const kinds = (problems: readonly StreamError[]) =>
  problems.map(({ kind }) => kind);

test("a whole stream passes", async () => {
  const { events, problems, error } = await outcome([1, 2, 0]);
  assert.deepEqual(
    { events, problems, error },
    {
      events: [1, 2, 0],
      problems: [],
      error: undefined,
    },
  );
});

const policies: [
  name: string,
  values: unknown[],
  policy: EventPolicy<number>,
  events: number[],
  problems: string[],
  error: string | undefined,
][] = [
  ["unknown", [1, "a", 0], {}, [1, 0], ["unknown"], undefined],
  ["unknown, thrown", [1, "a", 0], { unknown: "throw" }, [1], [], "unknown"],
  ["invalid", [1, null, 0], {}, [1], [], "invalid"],
  [
    "invalid, skipped",
    [1, null, 0],
    { invalid: "skip" },
    [1, 0],
    ["invalid"],
    undefined,
  ],
  ["truncated", [1], {}, [1], [], "truncated"],
  [
    "truncated, skipped",
    [1],
    { truncated: "skip" },
    [1],
    ["truncated"],
    undefined,
  ],
  ["nothing at all", [], {}, [], [], "truncated"],
  ["an end that is not valid", [1, "0"], {}, [1], ["unknown"], "truncated"],
];

for (const [name, values, policy, events, problems, kind] of policies) {
  test(`policy: ${name}`, async () => {
    const found = await outcome(values, policy);
    const { error } = found;
    assert.deepEqual(found.events, events);
    assert.deepEqual(kinds(found.problems), problems);
    assert.equal(error instanceof StreamError ? error.kind : error, kind);
  });
}

test("order is reported, and passes", async () => {
  const order = () => ({
    push: (event: number) =>
      event > 1 ? [{ message: `${String(event)} is much`, hint: "Less." }] : [],
    end: () => [{ message: "the end", hint: "Go on." }],
  });
  const { events, problems } = await outcome([1, 2, "a", 0], { order });
  assert.deepEqual(events, [1, 2, 0]);
  assert.deepEqual(
    problems.map(({ kind, message, chunk }) => [kind, message, chunk]),
    [
      ["order", "2 is much. Less.", 2],
      ["unknown", "not a number: a", "a"],
      ["order", "the end. Go on.", undefined],
    ],
  );
});

test("the end of a stream that was cut off is not checked for order", async () => {
  const order = () => ({
    push: () => [],
    end: () => [{ message: "never", hint: "" }],
  });
  const { problems } = await outcome([1], { order, truncated: "skip" });
  assert.deepEqual(kinds(problems), ["truncated"]);
});

test("what a stream continues is for the check of its order", () => {
  let given: unknown;
  const order = (context?: object) => {
    given = context;
    return { push: () => [], end: () => [] };
  };
  const context = { incomplete: true };
  checkedEvents(new ReadableStream(), numbers, { order }, context);
  assert.equal(given, context);
});

test("a problem that nobody asked for is a warning", (context) => {
  const warn = context.mock.method(console, "warn", () => undefined);
  const problem = new StreamError("order", "late");
  handleProblem(problem, {});
  assert.deepEqual(warn.mock.calls[0]?.arguments, [problem]);
  assert.throws(() => {
    handleProblem(new StreamError("refused", "no"), {});
  }, /no/);
});
