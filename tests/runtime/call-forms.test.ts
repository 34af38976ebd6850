import assert from "node:assert/strict";
import { test } from "node:test";

import {
  MismatchError,
  type RequestBody,
} from "../../templates/typescript/runtime/call.ts";
import {
  writeForm,
  writeMultipart,
} from "../../templates/typescript/runtime/call-forms.ts";

const body: RequestBody<unknown> = {
  kind: "form",
  required: true,
  write: writeForm,
};
const upload: RequestBody<unknown> = {
  kind: "multipart",
  required: true,
  files: {
    one: { required: true, many: false },
    more: { required: false, many: true },
  },
  write: writeMultipart,
};
const file = new Blob(["x"]);

test("a form has a text for each field and each item of a list", () => {
  const sent = writeForm({ a: 1, b: [true, "c&d"], none: undefined }, body);
  assert.equal(String(sent.body), "a=1&b=true&b=c%26d");
  assert.equal(
    sent.headers["content-type"],
    "application/x-www-form-urlencoded",
  );
});

test("a form with files", () => {
  const { body: form, headers } = writeMultipart(
    { a: 1, one: file, more: [file, file] },
    upload,
  );
  assert.ok(form instanceof FormData);
  assert.deepEqual(
    [form.get("a"), form.getAll("one").length, form.getAll("more").length],
    ["1", 1, 2],
  );
  assert.deepEqual(headers, {});
});

test("what can't be sent is refused", () => {
  assert.throws(() => writeForm({ a: "" }, body), MismatchError);
  for (const one of [undefined, null, "text", [file, file]]) {
    assert.throws(() => writeMultipart({ one }, upload), MismatchError);
  }
});
