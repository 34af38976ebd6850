import { EventSourceParserStream } from "eventsource-parser/stream";

import { parseEvent } from "./event-json.ts";
import { StreamError } from "./stream.ts";

/** An event as it was sent. `id` is its number, where the server gives it one. */
export interface SentEvent {
  readonly data: string;
  readonly id?: string | undefined;
}

/** The events of an event stream. `onRetry` is told for how many milliseconds the server wants clients to wait that are cut off. */
export function sentEvents(
  body: ReadableStream<Uint8Array>,
  onRetry?: (milliseconds: number) => void,
): ReadableStream<SentEvent> {
  const decoder = new TextDecoder();
  const decoded = new TransformStream<Uint8Array, string>({
    transform(bytes, controller) {
      controller.enqueue(decoder.decode(bytes, { stream: true }));
    },
    flush(controller) {
      controller.enqueue(decoder.decode());
    },
  });
  const options = onRetry === undefined ? {} : { onRetry };
  return body
    .pipeThrough(decoded)
    .pipeThrough(new EventSourceParserStream(options));
}

/** The JSON values of an event stream. An event that is not JSON comes as its text. */
export function parsedEvents(
  body: ReadableStream<Uint8Array>,
): ReadableStream<unknown> {
  const parsed = new TransformStream<SentEvent, unknown>({
    transform({ data }, controller) {
      if (data !== "[DONE]") controller.enqueue(parseEvent(data));
    },
  });
  return sentEvents(body).pipeThrough(parsed);
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

/** The body of a response that is a stream; throws a `StreamError` for any other. */
export async function bodyOf(
  response: Response,
): Promise<ReadableStream<Uint8Array>> {
  if (response.ok && response.body !== null) return response.body;
  const text = response.ok ? "" : await response.text();
  const status = `${String(response.status)} ${response.statusText}`.trim();
  throw new StreamError(
    "refused",
    text || `The server answered ${status} without a stream.`,
  );
}
