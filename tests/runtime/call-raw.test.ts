import assert from "node:assert/strict";
import { test } from "node:test";

import {
  MismatchError,
  type RequestBody,
} from "../../templates/typescript/runtime/call.ts";
import {
  writeBytes,
  writeText,
} from "../../templates/typescript/runtime/call-raw.ts";

const bytes: RequestBody<unknown> = {
  kind: "bytes",
  required: true,
  mediaType: "image/png",
  write: writeBytes,
};
const text: RequestBody<unknown> = {
  kind: "text",
  required: true,
  mediaType: "text/markdown",
  write: writeText,
};

test("bytes are sent as they are, under their media type", () => {
  const array = Uint8Array.from([0, 255]);
  for (const value of [array, array.buffer, new Blob([array])]) {
    const sent = writeBytes(value, bytes);
    assert.equal(sent.body, value);
    assert.deepEqual(sent.headers, { "content-type": "image/png" });
  }
});

test("what is no bytes, or none of them, is not sent", () => {
  for (const value of ["text", 1, null, undefined, [1], new Blob()]) {
    assert.throws(() => writeBytes(value, bytes), MismatchError);
  }
});

test("text is sent as it is, if UTF-8 has it", () => {
  const sent = writeText("# é 😀", text);
  assert.equal(sent.body, "# é 😀");
  assert.deepEqual(sent.headers, { "content-type": "text/markdown" });
  assert.throws(() => writeText("\ud800", text), MismatchError);
});
