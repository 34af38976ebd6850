import { countCharacters } from "./base64.ts";
import { isBytes } from "./bytes.ts";
import { remembering, type TextCodec } from "./decoded.ts";

/** Whether a value is a `Uint8Array` of text in UTF-8. */
export function isUtf8(value: unknown): value is Uint8Array {
  return isBytes(value) && countCharacters(Array.from(value)) !== undefined;
}

export const utf8Bytes: TextCodec<Uint8Array> = /* @__PURE__ */ remembering(
  isUtf8,
  (text) => new TextEncoder().encode(text),
  (bytes) => new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes),
);
