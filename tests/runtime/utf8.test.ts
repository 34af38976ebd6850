import assert from "node:assert/strict";
import { test } from "node:test";

import { isUtf8, utf8Bytes } from "../../templates/typescript/runtime/utf8.ts";

test("bytes are text in UTF-8", () => {
  for (const text of ["", "ab", "\u{feff}\u00e9\u{1f600}\0\n"]) {
    const bytes = utf8Bytes.decode(text);
    assert.deepEqual([...bytes], [...Buffer.from(text)]);
    assert.equal(utf8Bytes.encode(bytes.slice()), text);
  }
});

test("bytes that are no UTF-8 are told apart", () => {
  assert.ok(isUtf8(new TextEncoder().encode("\u00e9")));
  assert.ok(!isUtf8(Uint8Array.of(0xff)));
  assert.ok(!isUtf8("x") && !isUtf8([1]));
});
