import { parseEvent } from "./event-json.ts";
import { bodyOf, sentEvents, type SentEvent } from "./event-source.ts";
import { validatedEvent, type EventValidator } from "./event-validator.ts";
import type { OrderContext } from "./order-rules.ts";
import { handleProblem, StreamError } from "./stream.ts";

/** What `orderChecker` of order.ts gives. */
export interface StreamOrder<Event> {
  readonly over: boolean;
  push(event: Event): readonly OrderFinding[];
}

interface OrderFinding {
  readonly message: string;
  readonly hint: string;
}

/** How to read a stream of events. Of each policy the first value is the default. */
export interface ReadEventsOptions<Event> {
  signal?: AbortSignal | undefined;
  /** An event that is not valid: end the stream with the error, or leave it out. */
  invalid?: "throw" | "skip" | undefined;
  /** A stream that ends too early, when connecting again does not help. */
  truncated?: "throw" | "skip" | undefined;
  /** An event out of order: report it, or end the stream with the error. */
  disorder?: "report" | "throw" | undefined;
  /** Gets what is skipped or reported; `console.warn` unless given. */
  onProblem?: ((problem: StreamError) => void) | undefined;
  /** The order that the events are in. */
  order?: ((context?: OrderContext) => StreamOrder<Event>) | undefined;

  /** For an address: what requests have beside the headers of an event stream. */
  init?: RequestInit | undefined;
  /** In place of the global `fetch`. */
  fetch?: typeof fetch | undefined;
  /** The number of the last event that the page has, of a stream that it goes on with. */
  lastEventId?: string | undefined;
  /** How often in a row to connect again before giving up; 10 unless given. */
  retries?: number | undefined;
  /** Milliseconds before the first of these, unless the server says so; each further one doubles it, up to 30 seconds. */
  retryAfter?: number | undefined;
}

const LONGEST_PAUSE = 30_000;
const LONGEST_WAIT = 3_600_000;

/**
 * The events of a response, or of an address, each checked.
 *
 * Of an address whose server numbers the events, a stream that was cut off goes on after the last one that came. Status 204 says
 * that there is nothing (more) to be had: of a stream that has not begun the loop has no events. Leaving the loop cancels the response. `signal` does too, and throws its reason.
 */
export async function* readSentEvents<Event>(
  source: Response | string | URL,
  schema: EventValidator<Event>,
  options: ReadEventsOptions<Event> = {},
): AsyncGenerator<Event, void, undefined> {
  const stream = new EventStreamReader(schema, options);
  const { signal, retries = 10 } = options;
  for (let failures = 0; ; failures += 1) {
    signal?.throwIfAborted();
    const connection = await stream.connect(source, failures >= retries);
    if (connection === "nothing") {
      if (stream.isNew) return;
      break;
    }
    if (connection !== "failed") {
      try {
        for (;;) {
          const sent = await connection.next();
          if (sent === undefined) break;
          failures = 0;
          const event = await stream.eventOf(sent);
          if (event !== undefined) yield event.value;
          if (stream.isOver) return;
        }
      } finally {
        connection.close();
      }
      if (source instanceof Response || !stream.isNumbered) break;
      if (failures >= retries) break;
    }
    await pause(stream.pauseAfter(failures), signal);
  }
  stream.end();
}

/** What is known of one stream over all its connections. */
class EventStreamReader<Event> {
  retryAfter: number;
  readonly #schema: EventValidator<Event>;
  readonly #options: ReadEventsOptions<Event>;
  readonly #order: StreamOrder<Event> | undefined;
  #lastEventId: string | undefined;
  #brokeOff = false;
  #askedToWait = 0;

  constructor(
    schema: EventValidator<Event>,
    options: ReadEventsOptions<Event>,
  ) {
    this.#schema = schema;
    this.#options = options;
    this.#lastEventId = options.lastEventId;
    this.#order = options.order?.(
      options.lastEventId === undefined
        ? undefined
        : { incomplete: true, begun: true },
    );
    this.retryAfter = options.retryAfter ?? 1_000;
  }

  /** Milliseconds to wait after so many failures in a row, and not less than a busy server has asked for. */
  pauseAfter(failures: number): number {
    return Math.max(backoff(this.retryAfter, failures), this.#askedToWait);
  }

  /** Whether nothing has come of it yet. */
  get isNew(): boolean {
    return this.#lastEventId === undefined && !this.#brokeOff;
  }

  get isNumbered(): boolean {
    return this.#lastEventId !== undefined;
  }

  get isOver(): boolean {
    return this.#order?.over === true;
  }

  /** A connection; that there is nothing to be had; or that it failed and may be tried again. */
  async connect(
    source: Response | string | URL,
    isLastTry: boolean,
  ): Promise<Connection | "nothing" | "failed"> {
    const response =
      source instanceof Response
        ? source
        : await this.#response(source, isLastTry);
    if (response === undefined) return "failed";
    if (response.status === 204) return "nothing";
    const events = sentEvents(await bodyOf(response), (milliseconds) => {
      this.retryAfter = milliseconds;
    });
    const onBreak = () => {
      this.#brokeOff = true;
    };
    this.#brokeOff = false;
    return new Connection(events.getReader(), this.#options.signal, onBreak);
  }

  /** The answer of the server, unless it is to be asked again. */
  async #response(
    source: string | URL,
    isLastTry: boolean,
  ): Promise<Response | undefined> {
    const { init, signal } = this.#options;
    const headers = new Headers(init?.headers);
    if (!headers.has("accept")) headers.set("accept", "text/event-stream");
    if (this.#lastEventId !== undefined) {
      headers.set("last-event-id", this.#lastEventId);
    }
    this.#askedToWait = 0;
    const request = { cache: "no-store" as const, ...init, headers };
    try {
      const response = await (this.#options.fetch ?? fetch)(source, {
        ...request,
        signal: signal ?? null,
      });
      if (!isBusy(response.status) || isLastTry) return response;
      this.#askedToWait = retryAfterOf(response);
      void response.body?.cancel();
      return undefined;
    } catch (error) {
      signal?.throwIfAborted();
      if (isLastTry) throw error;
      return undefined;
    }
  }

  /** The event that was sent, if it is one. */
  async eventOf({
    data,
    id,
  }: SentEvent): Promise<{ value: Event } | undefined> {
    if (id !== undefined) this.#lastEventId = id === "" ? undefined : id;
    const value = parseEvent(data);
    const event = await validatedEvent(this.#schema, value, "an event");
    if (event instanceof StreamError) {
      handleProblem(event, this.#options);
      return undefined;
    }
    for (const { message, hint } of this.#order?.push(event.value) ?? []) {
      this.#report(new StreamError("order", `${message}. ${hint}`, value));
    }
    return event;
  }

  /** There is no more, and no event has ended the stream. */
  end(): void {
    if (this.#order === undefined && !this.#brokeOff) return;
    const message = "The stream broke off before its end.";
    handleProblem(new StreamError("truncated", message), this.#options);
  }

  #report(problem: StreamError): void {
    if (this.#options.disorder === "throw") throw problem;
    handleProblem(problem, this.#options);
  }
}

/** One response as it comes. */
class Connection {
  readonly #reader: ReadableStreamDefaultReader<SentEvent>;
  readonly #signal: AbortSignal | undefined;
  readonly #onBreak: () => void;

  constructor(
    reader: ReadableStreamDefaultReader<SentEvent>,
    signal: AbortSignal | undefined,
    onBreak: () => void,
  ) {
    this.#reader = reader;
    this.#signal = signal;
    this.#onBreak = onBreak;
    signal?.addEventListener("abort", this.close, { once: true });
  }

  /** The next event, `undefined` when there are no more. */
  async next(): Promise<SentEvent | undefined> {
    try {
      const { done, value } = await this.#reader.read();
      this.#signal?.throwIfAborted();
      return done ? undefined : value;
    } catch {
      this.#signal?.throwIfAborted();
      this.#onBreak();
      return undefined;
    }
  }

  readonly close = (): void => {
    this.#signal?.removeEventListener("abort", this.close);
    void this.#reader.cancel(this.#signal?.reason).catch(() => undefined);
  };
}

/** Whether a server that answers so may do better in a moment. */
function isBusy(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}

/** The milliseconds of a `Retry-After`: seconds, or a date (RFC 9110, 10.2.3). */
function retryAfterOf(response: Response): number {
  const value = response.headers.get("retry-after") ?? "";
  const asked = /^\d+$/.test(value)
    ? Number(value) * 1_000
    : Date.parse(value) - Date.now();
  return asked > 0 ? Math.min(asked, LONGEST_WAIT) : 0;
}

/** Milliseconds before the next attempt after so many failures in a row. */
export function backoff(first: number, failures: number): number {
  return Math.min(first * 2 ** failures, LONGEST_PAUSE);
}

/** Waits; `signal` ends that with its reason. */
export function pause(
  milliseconds: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", abort);
      resolve();
    }, milliseconds);
    signal?.addEventListener("abort", abort, { once: true });
  });
}
