import assert from "node:assert/strict";
import { test } from "node:test";

import {
  MismatchError,
  type Validator,
} from "../../templates/typescript/runtime/call.ts";
import { readLines } from "../../templates/typescript/runtime/call-streams.ts";

const number: Validator<number> = {
  "~standard": {
    validate: (value) =>
      typeof value === "number"
        ? { value }
        : { issues: [{ message: "no number" }] },
  },
};

function response(pieces: Iterable<Uint8Array>): Response {
  const rest = pieces[Symbol.iterator]();
  return new Response(
    new ReadableStream<Uint8Array>({
      pull(controller) {
        const { done, value } = rest.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
    }),
  );
}

async function read(
  text: string,
  size = 1,
  schema?: Validator<unknown>,
): Promise<unknown[]> {
  const bytes = new TextEncoder().encode(text);
  const count = Math.ceil(bytes.length / size);
  const pieces = Array.from({ length: count }, (_, at) =>
    bytes.subarray(at * size, (at + 1) * size),
  );
  return Array.fromAsync(await readLines(response(pieces), schema));
}

test("a line is a value, whatever the pieces", async () => {
  const text = '1\n{"a":"\u{1f600}"}\r\n\n  \n"last"';
  for (const size of [1, 2, 3, 7, 100]) {
    assert.deepEqual(
      await read(text, size),
      [1, { a: "\u{1f600}" }, "last"],
      `${size}`,
    );
  }
  assert.deepEqual(
    await Array.fromAsync(await readLines(new Response(null), undefined)),
    [],
  );
});

test("items are checked", async () => {
  assert.deepEqual(await read("1\n2\n", 1, number), [1, 2]);
  await assert.rejects(read('1\n"a"\n', 1, number), MismatchError);
});

test("leaving the loop cancels the response", async () => {
  const cancelled = Promise.withResolvers<void>();
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new TextEncoder().encode("1\n")),
    cancel: () => cancelled.resolve(),
  });
  for await (const item of await readLines(new Response(body), number)) {
    assert.equal(item, 1);
    break;
  }
  await cancelled.promise;
});

test("a long line in small pieces takes time in proportion", async () => {
  const took = async (length: number) => {
    const began = performance.now();
    await read(`"${"x".repeat(length)}"`, 16);
    return performance.now() - began;
  };
  await took(20_000);
  const short = await took(250_000);
  const long = await took(2_000_000);
  assert.ok(
    long < 30 * short + 500,
    `${short} ms, then ${long} ms for 8 times as much`,
  );
});
