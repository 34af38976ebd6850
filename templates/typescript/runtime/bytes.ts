import { ALPHABET, bytesOf } from "./base64.ts";
import { remembering, type TextCodec } from "./decoded.ts";

/** Whether a value is a `Uint8Array`. */
export function isBytes(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array;
}

export const base64Bytes: TextCodec<Uint8Array> = /* @__PURE__ */ remembering(
  isBytes,
  (text) => Uint8Array.from(bytesOf(text, false)),
  toBase64,
);

/** In the alphabet for URLs, with padding. */
export const base64UrlBytes: TextCodec<Uint8Array> =
  /* @__PURE__ */ remembering(
    isBytes,
    (text) => Uint8Array.from(bytesOf(text, true)),
    (bytes) => toBase64(bytes).replace(/\+/gu, "-").replace(/\//gu, "_"),
  );

/** In lower case. */
export const hexBytes: TextCodec<Uint8Array> = /* @__PURE__ */ remembering(
  isBytes,
  (text) =>
    Uint8Array.from(text.match(/../gu) ?? [], (two) => parseInt(two, 16)),
  (bytes) =>
    Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(""),
);

function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const [first = 0, second = 0, third = 0] = bytes.subarray(at, at + 3);
    const bits = (first << 16) | (second << 8) | third;
    for (const shift of [18, 12, 6, 0]) {
      const missing = shift < 6 * (at + 3 - bytes.length);
      text += missing ? "=" : (ALPHABET[(bits >> shift) & 63] ?? "");
    }
  }
  return text;
}
