import {
  textOf,
  unsendable,
  validated,
  type RequestBody,
  type SentBody,
} from "./call.ts";

/** Bytes as they are sent. */
export type RawBytes = Blob | BufferSource;

export function writeBytes<T>(value: unknown, body: RequestBody<T>): SentBody {
  const size =
    value instanceof Blob
      ? value.size
      : value instanceof ArrayBuffer || ArrayBuffer.isView(value)
        ? value.byteLength
        : undefined;
  if (size === undefined) throw unsendable("body", "is no Blob and no bytes");
  if (size === 0) throw unsendable("body", EMPTY);
  return sent(value as RawBytes, body);
}

/** The response itself, of which nothing is read: its `body` may be a stream, its `blob()` a file. */
export async function readRaw(response: Response): Promise<Response> {
  return response;
}

/** Text that is not JSON, sent as UTF-8. */
export function writeText<T>(value: unknown, body: RequestBody<T>): SentBody {
  const valid =
    body.schema === undefined
      ? value
      : validated(body.schema, value, "the body");
  return sent(textOf(valid, "body") ?? "", body);
}

const EMPTY = "is empty, which FastAPI reads as left off";

function sent<T>(value: BodyInit, body: RequestBody<T>): SentBody {
  const type = body.mediaType ?? "application/octet-stream";
  return { body: value, headers: { "content-type": type } };
}
