import assert from "node:assert/strict";
import { test } from "node:test";
import { z } from "zod";

import {
  checkedUIChunks,
  readUIChunks,
  type ChunkSchemas,
} from "../../templates/typescript/runtime/chunks.ts";
import type { Continued } from "../../templates/typescript/runtime/continued-message.ts";
import {
  StreamError,
  type EventPolicy,
} from "../../templates/typescript/runtime/stream.ts";

const Start = z.strictObject({ type: z.literal("start") });
const Finish = z.strictObject({ type: z.literal("finish") });
const Text = z.strictObject({
  type: z.literal("text-delta"),
  delta: z.string(),
});
const Data = z.strictObject({
  type: z.templateLiteral(["data-", z.string()]),
  data: z.strictObject({ n: z.number() }),
});
const call = <Name extends string, Input extends z.ZodType>(
  name: z.ZodLiteral<Name> | z.ZodString,
  input: Input,
) =>
  z.strictObject({
    type: z.literal("tool-input-available"),
    toolCallId: z.string(),
    toolName: name,
    input,
    dynamic: z.boolean().optional(),
  });
const Output = z.strictObject({
  type: z.literal("tool-output-available"),
  toolCallId: z.string(),
  output: z.unknown(),
  dynamic: z.boolean().optional(),
});
const find = {
  input: z.strictObject({ query: z.string() }),
  output: z.array(z.string()),
};
const run = { input: z.strictObject({ id: z.int() }), output: z.null() };
const CallFind = call(z.literal("find"), find.input);
const CallRun = call(z.literal("run"), run.input);
const CallAny = call(z.string(), z.unknown());

type Chunk =
  | z.infer<typeof Start>
  | z.infer<typeof Finish>
  | z.infer<typeof Text>
  | z.infer<typeof Data>
  | z.infer<typeof CallAny>
  | z.infer<typeof CallFind>
  | z.infer<typeof CallRun>
  | z.infer<typeof Output>;

const base = { start: [Start], finish: [Finish], "text-delta": [Text] };
const outputs = { "tool-output-available": [Output] };
const plain: ChunkSchemas<Chunk> = { chunks: base };
const open: ChunkSchemas<Chunk> = { chunks: base, dataChunks: [Data] };
const closed: ChunkSchemas<Chunk> = {
  chunks: { ...base, ...outputs, "tool-input-available": [CallFind, CallRun] },
  tools: { find, run },
};
const dynamic: ChunkSchemas<Chunk> = {
  chunks: { ...base, ...outputs, "tool-input-available": [CallAny] },
  tools: { find, run },
};

async function outcome(
  schemas: ChunkSchemas<Chunk>,
  values: readonly unknown[],
  policy: EventPolicy<Chunk> = {},
  continues?: Continued,
): Promise<{ chunks: unknown[]; error: string; skipped: string[] }> {
  const skipped: string[] = [];
  const onProblem = ({ kind }: StreamError) => {
    skipped.push(kind);
  };
  const stream = new ReadableStream<unknown>({
    start(controller) {
      for (const value of values) controller.enqueue(value);
      controller.close();
    },
  });
  const chunks: Chunk[] = [];
  let error = "";
  try {
    for await (const chunk of checkedUIChunks(
      schemas,
      stream,
      { onProblem, ...policy },
      continues,
    )) {
      chunks.push(chunk);
    }
  } catch (thrown) {
    assert.ok(thrown instanceof StreamError);
    error = `${thrown.kind}: ${thrown.message}`;
  }
  return { chunks, error, skipped };
}

const start = { type: "start" };
const finish = { type: "finish" };
const asked = (toolName: string, input: unknown, more: object = {}) => ({
  type: "tool-input-available",
  toolCallId: "c",
  toolName,
  input,
  ...more,
});
const answered = (output: unknown, more: object = {}) => ({
  type: "tool-output-available",
  toolCallId: "c",
  output,
  ...more,
});

test("chunks come as they were sent, with the keys that a newer backend adds", async () => {
  const values = [start, { type: "text-delta", delta: "a", pace: 1 }, finish];
  const { chunks, error } = await outcome(plain, values);
  assert.equal(error, "");
  assert.deepEqual(chunks, values);
  assert.ok(chunks.every((chunk, at) => chunk === values[at]));
});

test("error and abort end a stream as finish does", async () => {
  for (const type of ["error", "abort"]) {
    const schema = z.looseObject({ type: z.literal(type) });
    const { error } = await outcome(
      { chunks: { [type]: [schema] } } as ChunkSchemas<Chunk>,
      [{ type }],
    );
    assert.equal(error, "");
  }
  assert.match(
    (await outcome(plain, [start])).error,
    /^truncated: The reply broke off/,
  );
});

test("values that are no chunk", async () => {
  for (const value of ["{oops", 1, null, [], {}, { type: 1 }, { type: null }]) {
    const { error } = await outcome(plain, [value, finish]);
    const what =
      typeof value === "string"
        ? "text that is not JSON"
        : "a value without a type";
    assert.equal(
      error,
      `invalid: The server sent ${what} in place of a chunk.`,
    );
  }
});

test("types that objects inherit, and keys that are no types, are unknown", async () => {
  const types = [
    "toString",
    "constructor",
    "__proto__",
    "hasOwnProperty",
    "",
    "data-x",
  ];
  const values = types.map((type) => ({ type }));
  const { chunks, error, skipped } = await outcome(plain, [...values, finish]);
  assert.equal(error, "");
  assert.deepEqual(chunks, [finish]);
  assert.deepEqual(
    skipped,
    types.map(() => "unknown"),
  );
});

test("a chunk that is not as its schema has it", async () => {
  const { error } = await outcome(plain, [
    { type: "text-delta", delta: 1 },
    finish,
  ]);
  assert.match(
    error,
    /^invalid: The server sent an invalid text-delta chunk \(delta: /,
  );
});

test("a key that would replace a prototype is an added one, and does nothing", async () => {
  const hostile: unknown = JSON.parse(
    '{"type":"finish","__proto__":{"type":"start"},"constructor":1}',
  );
  const { chunks, error } = await outcome(plain, [hostile]);
  assert.equal(error, "");
  assert.equal(chunks[0], hostile);
  assert.equal(Reflect.get({}, "type"), undefined);
});

test("data chunks of any name, where the contract has no others", async () => {
  for (const name of ["x", "__proto__", "constructor", ""]) {
    const good = { type: `data-${name}`, data: { n: 1 } };
    assert.deepEqual((await outcome(open, [good, finish])).chunks, [
      good,
      finish,
    ]);
    const bad = { type: `data-${name}`, data: { n: "1" } };
    assert.match((await outcome(open, [bad, finish])).error, /data\.n: /);
  }
});

test("the issues are those of the tool that a chunk names", async () => {
  const { error } = await outcome(closed, [asked("run", { id: "1" }), finish]);
  assert.match(error, /tool-input-available chunk \(input\.id: /);
});

for (const [name, schemas] of [
  ["tools of the contract alone", closed],
  ["tools besides those", dynamic],
] as const) {
  test(`inputs and outputs, with ${name}`, async () => {
    const errorOf = async (...values: unknown[]) =>
      (await outcome(schemas, [...values, finish])).error;
    assert.equal(
      await errorOf(asked("find", { query: "a" }), answered(["b"])),
      "",
    );
    assert.match(await errorOf(asked("find", { query: 1 })), /input\.query: /);
    assert.match(
      await errorOf(asked("find", { query: "a" }), answered([1])),
      /output\.0: /,
    );
    assert.match(
      await errorOf(asked("run", { id: 1 }), answered([])),
      /output: /,
    );
    assert.equal(await errorOf(answered("of a call that nobody knows")), "");
  });
}

test("a dynamic call may take and give anything", async () => {
  const more = { dynamic: true };
  const values = [asked("find", 1, more), answered(2, more), finish];
  assert.equal((await outcome(dynamic, values)).error, "");
});

test("tools and calls that are called as what objects inherit", async () => {
  for (const name of ["toString", "__proto__", "constructor"]) {
    const values = [
      { ...asked(name, 1), toolCallId: name },
      { ...answered(2), toolCallId: name },
      finish,
    ];
    assert.equal((await outcome(dynamic, values)).error, "");
  }
});

test("outputs for the calls of the message that is continued", async () => {
  const parts = [
    { type: "tool-find", toolCallId: "c", state: "input-available" },
  ];
  const continues = { id: "m", role: "assistant", parts };
  const errorOf = async (output: unknown, continued: Continued) =>
    (await outcome(closed, [answered(output), finish], {}, continued)).error;
  assert.equal(await errorOf(["a"], continues), "");
  assert.match(await errorOf(1, continues), /output: /);
  assert.equal(await errorOf(1, { ...continues, role: "user" }), "");
  assert.equal(await errorOf(1, "unknown"), "");
});

test("a response is read under the same checks", async () => {
  const body =
    'data: {"type":"start"}\n\ndata: {"type":"odd"}\n\ndata: {"type":"finish"}\n\n';
  const skipped: string[] = [];
  const options = {
    onProblem: ({ kind }: StreamError) => {
      skipped.push(kind);
    },
  };
  const chunks = readUIChunks(plain, new Response(body), options);
  assert.deepEqual(await Array.fromAsync(chunks), [start, finish]);
  assert.deepEqual(skipped, ["unknown"]);
});
