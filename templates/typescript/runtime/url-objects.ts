import { remembering, type TextCodec } from "./decoded.ts";

/** Whether a value is a `URL`. */
export function isUrlObject(value: unknown): value is URL {
  return value instanceof URL;
}

/** URLs as the URL standard writes them. */
export const urls: TextCodec<URL> = /* @__PURE__ */ remembering(
  isUrlObject,
  (text) => new URL(text),
  (url) => url.href,
);
