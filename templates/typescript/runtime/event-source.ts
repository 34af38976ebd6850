import { EventSourceParserStream } from "eventsource-parser/stream";

import { isObject } from "./objects.ts";
import { StreamError } from "./stream.ts";

/** The JSON values of an event stream. An event that is not JSON comes as its text. */
export function parsedEvents(
  body: ReadableStream<Uint8Array>,
): ReadableStream<unknown> {
  const decoder = new TextDecoder();
  const decoded = new TransformStream<Uint8Array, string>({
    transform(bytes, controller) {
      controller.enqueue(decoder.decode(bytes, { stream: true }));
    },
    flush(controller) {
      controller.enqueue(decoder.decode());
    },
  });
  const parsed = new TransformStream<{ data: string }, unknown>({
    transform({ data }, controller) {
      if (data !== "[DONE]") controller.enqueue(parseJson(data));
    },
  });
  return body
    .pipeThrough(decoded)
    .pipeThrough(new EventSourceParserStream())
    .pipeThrough(parsed);
}

/** As the AI SDK reads it: an object that would replace a prototype where it is merged into another is refused. */
function parseJson(text: string): unknown {
  try {
    return /__proto__|constructor|\\u/.test(text)
      ? JSON.parse(text, refusePrototypes)
      : JSON.parse(text);
  } catch {
    return text;
  }
}

function refusePrototypes(key: string, value: unknown): unknown {
  const replaces =
    key === "constructor" &&
    isObject(value) &&
    Object.keys(value).includes("prototype");
  if (key === "__proto__" || replaces) throw new SyntaxError(`a key ${key}`);
  return value;
}

/**
 * The events of a response, of whose parsed values `check` makes events.
 *
 * Leaving the loop cancels the response. `signal` does too, and throws its reason.
 */
export async function* readResponse<Event>(
  response: Response,
  check: (values: ReadableStream<unknown>) => ReadableStream<Event>,
  signal?: AbortSignal,
): AsyncGenerator<Event, void, undefined> {
  signal?.throwIfAborted();
  const reader = check(parsedEvents(await bodyOf(response))).getReader();
  const cancel = () =>
    void reader.cancel(signal?.reason).catch(() => undefined);
  signal?.addEventListener("abort", cancel, { once: true });
  try {
    for (;;) {
      const { done, value } = await reader.read();
      signal?.throwIfAborted();
      if (done) return;
      yield value;
    }
  } finally {
    signal?.removeEventListener("abort", cancel);
    cancel();
  }
}

async function bodyOf(response: Response): Promise<ReadableStream<Uint8Array>> {
  if (response.ok && response.body !== null) return response.body;
  const text = response.ok ? "" : await response.text();
  const status = `${String(response.status)} ${response.statusText}`.trim();
  throw new StreamError(
    "refused",
    text || `The server answered ${status} without a stream.`,
  );
}
