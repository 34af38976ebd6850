import assert from "node:assert/strict";
import { test } from "node:test";

import {
  MismatchError,
  type Validator,
} from "../../templates/typescript/runtime/call.ts";
import { readEvents } from "../../templates/typescript/runtime/call-events.ts";

const number: Validator<number> = {
  "~standard": {
    validate: (value) =>
      typeof value === "number"
        ? { value }
        : { issues: [{ message: "no number" }] },
  },
};
const read = async (text: string | null, schema?: Validator<unknown>) =>
  Array.fromAsync(await readEvents(new Response(text), schema));

test("each event is a checked value", async () => {
  assert.deepEqual(await read('data: 1\n\ndata: {"a":2}\n\n'), [1, { a: 2 }]);
  assert.deepEqual(await read("data: 1\n\n", number), [1]);
  assert.deepEqual(await read(null), []);
  await assert.rejects(read('data: "a"\n\n', number), MismatchError);
});

test("leaving the loop cancels the response", async () => {
  const cancelled = Promise.withResolvers<void>();
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) =>
      controller.enqueue(new TextEncoder().encode("data: 1\n\n")),
    cancel: () => cancelled.resolve(),
  });
  for await (const item of await readEvents(new Response(body), number)) {
    assert.equal(item, 1);
    break;
  }
  await cancelled.promise;
});
