import assert from "node:assert/strict";
import { test } from "node:test";

import {
  base64Bytes,
  base64UrlBytes,
  hexBytes,
  isBytes,
} from "../../templates/typescript/runtime/bytes.ts";
import type { TextCodec } from "../../templates/typescript/runtime/decoded.ts";

test("bytes are those of their text, in each encoding", () => {
  const codecs: [TextCodec<Uint8Array>, BufferEncoding][] = [
    [base64Bytes, "base64"],
    [hexBytes, "hex"],
  ];
  for (const [codec, encoding] of codecs) {
    for (const text of ["", "a", "ab", "abc", "\u{feff}\u00e9\u{1f600}\0\n"]) {
      const bytes = Buffer.from(text);
      const decoded = codec.decode(bytes.toString(encoding));
      assert.deepEqual([...decoded], [...bytes]);
      assert.equal(codec.encode(decoded), bytes.toString(encoding));
      assert.equal(
        codec.encode(Uint8Array.from(bytes)),
        bytes.toString(encoding),
      );
    }
  }
  const all = Uint8Array.from({ length: 256 }, (_, at) => at);
  const text = Buffer.from(all).toString("base64url");
  assert.equal(base64UrlBytes.encode(all), `${text}==`);
  assert.deepEqual(base64UrlBytes.decode(text), all);
});

test("bytes keep the spelling that they came in until they change", () => {
  for (const [codec, text, other] of [
    [base64UrlBytes, "+/8", "AP8="],
    [base64Bytes, "YW\nJj", "AGJj"],
    [hexBytes, "aBcD", "00cd"],
  ] as const) {
    const bytes = codec.decode(text);
    assert.equal(codec.encode(bytes), text);
    bytes[0] = 0;
    assert.equal(codec.encode(bytes), other);
    assert.notEqual(codec.encode(bytes.slice()), text);
  }
});

test("only a Uint8Array is bytes", () => {
  assert.ok(isBytes(new Uint8Array()));
  assert.ok(!isBytes([1]) && !isBytes("x") && !isBytes(null));
});
