import { parseEvent } from "./event-json.ts";
import {
  invalidEvent,
  validatedEvent,
  type EventValidator,
} from "./event-validator.ts";
import { backoff, pause } from "./sent-events.ts";
import { handleProblem, StreamError } from "./stream.ts";

/** What goes over a socket: what the backend emits, and what it accepts. */
export interface Channel<Emitted, Accepted> {
  readonly emits: EventValidator<Emitted>;
  readonly accepts: EventValidator<Accepted>;
  /** What is sent of a value, for a schema that decodes what it reads: `(value) => z.encode(schema, value)`. */
  readonly encode?: ((value: Accepted) => unknown) | undefined;
}

/** How to connect again when a connection that was open breaks off. */
export interface Reconnect {
  /** How often in a row, without a message from the server; 10 unless given. */
  retries?: number | undefined;
  /** Milliseconds before the first attempt; each further one doubles it, up to 30 seconds. 1,000 unless given. */
  retryAfter?: number | undefined;
  /** Called when a connection is open again: the server knows nothing of the one before. What it throws ends `messages`. */
  onOpen?: (() => void) | undefined;
}

export interface SocketOptions {
  /** Closes the socket; what waits for it throws the signal's reason. */
  signal?: AbortSignal | undefined;
  protocols?: string | string[] | undefined;
  /** Connects again when the connection breaks off, and `messages` go on. Not unless given. */
  reconnect?: Reconnect | undefined;
  /** A message that is not valid: end with the error, and close the socket; or leave it out. */
  invalid?: "throw" | "skip" | undefined;
  /** Gets what is left out; `console.warn` unless given. */
  onProblem?: ((problem: StreamError) => void) | undefined;
  /** In place of the global `WebSocket`. */
  WebSocket?: typeof WebSocket | undefined;
}

/** A socket whose messages are checked, both ways. */
export interface CheckedSocket<Emitted, Accepted> {
  /** Sends a value. Throws a `StreamError` for one that the backend does not accept, and while there is no connection. */
  send(value: Accepted): void;
  /**
   * What the backend emits, to be read once. It ends when the socket is closed in good order (1000, 1001), and throws a
   * `StreamError` when it breaks off. Leaving the loop closes the socket.
   */
  readonly messages: AsyncIterable<Emitted>;
  /** Closes the socket; `messages` ends. */
  close(code?: number, reason?: string): void;
  /** The connection; another one after each time that it was made again. */
  readonly socket: WebSocket;
}

const NORMAL: readonly number[] = [1000, 1001, 1005];
/** What a server that goes away, restarts or fails closes with, and a network that breaks off. */
const TRANSIENT: readonly number[] = [1001, 1006, 1011, 1012, 1013, 1014];
const INVALID = 4007;

/** Opens a socket. Throws a `StreamError` of the kind `refused` if that fails. */
export async function openSocket<Emitted, Accepted>(
  url: string | URL,
  channel: Channel<Emitted, Accepted>,
  options: SocketOptions = {},
): Promise<CheckedSocket<Emitted, Accepted>> {
  options.signal?.throwIfAborted();
  const Socket = options.WebSocket ?? WebSocket;
  const connect = () => new Socket(url, options.protocols);
  const checking = new CheckingSocket(connect, channel, options);
  await checking.opened;
  return checking;
}

class CheckingSocket<Emitted, Accepted> implements CheckedSocket<
  Emitted,
  Accepted
> {
  socket: WebSocket;
  readonly messages: AsyncIterable<Emitted>;
  readonly opened: Promise<void>;
  readonly #connect: () => WebSocket;
  readonly #channel: Channel<Emitted, Accepted>;
  readonly #options: SocketOptions;
  readonly #received: unknown[] = [];
  #wake = (): void => undefined;
  readonly #ending = new AbortController();
  #isClosed = false;
  #wasOpen = false;
  #failures = 0;
  #failure: { readonly error: unknown } | undefined;

  constructor(
    connect: () => WebSocket,
    channel: Channel<Emitted, Accepted>,
    options: SocketOptions,
  ) {
    this.#connect = connect;
    this.socket = connect();
    this.#channel = channel;
    this.#options = options;
    this.messages = this.#read();
    options.signal?.addEventListener("abort", this.#abort, { once: true });
    this.opened = this.#listen(this.socket);
  }

  /** Takes what comes of a connection; done when it is open. */
  #listen(socket: WebSocket): Promise<void> {
    socket.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
      this.#failures = 0;
      this.#received.push(data);
      this.#wake();
    });
    return new Promise((resolve, reject) => {
      socket.addEventListener("open", () => {
        if (this.#wasOpen) this.#reopened();
        this.#wasOpen = true;
        resolve();
      });
      socket.addEventListener("close", ({ code, reason }) => {
        this.#closed(code, reason);
        const refused = `The server refused the connection (${String(code)}).`;
        reject(this.#reasonOf(new StreamError("refused", reason || refused)));
      });
    });
  }

  send(value: Accepted): void {
    if (this.#isClosed || this.socket.readyState !== 1) {
      throw new StreamError("refused", "The connection is closed.", value);
    }
    const { accepts, encode } = this.#channel;
    const wire = encode === undefined ? value : encode(value);
    const result = accepts["~standard"].validate(wire);
    if (result instanceof Promise) {
      throw new TypeError("an asynchronous schema can't check what is sent");
    }
    if (result.issues !== undefined) {
      throw invalidEvent(result.issues, value, "what was to be sent");
    }
    this.socket.send(JSON.stringify(wire));
  }

  close(code = 1000, reason?: string): void {
    this.#end();
    this.socket.close(code, reason);
  }

  readonly #abort = (): void => {
    this.#failure ??= { error: this.#options.signal?.reason };
    this.close();
  };

  async *#read(): AsyncGenerator<Emitted, void, undefined> {
    try {
      for (;;) {
        const { signal } = this.#options;
        signal?.throwIfAborted();
        if (this.#received.length > 0) {
          const event = await this.#eventOf(this.#received.shift());
          if (event !== undefined) yield event.value;
        } else if (this.#isClosed) {
          if (this.#failure !== undefined) throw this.#failure.error;
          return;
        } else {
          await new Promise<void>((resolve) => {
            this.#wake = resolve;
          });
        }
      }
    } catch (error) {
      if (error instanceof StreamError && error.kind === "invalid") {
        this.close(INVALID, "not as the contract has it");
      }
      throw error;
    } finally {
      this.close();
    }
  }

  async #eventOf(
    data: unknown,
  ): Promise<{ readonly value: Emitted } | undefined> {
    const value = typeof data === "string" ? parseEvent(data) : data;
    const { emits } = this.#channel;
    const event = await validatedEvent(emits, value, "a message");
    if (!(event instanceof StreamError)) return event;
    handleProblem(event, this.#options);
    return undefined;
  }

  #closed(code: number, reason: string): void {
    const { reconnect } = this.#options;
    if (reconnect !== undefined && this.#mayReopen(code, reconnect)) {
      void this.#reopen(reconnect);
      return;
    }
    if (!this.#isClosed && !NORMAL.includes(code)) {
      const message = `The connection broke off (${String(code)}).`;
      const error = new StreamError("truncated", reason || message);
      this.#failure ??= { error };
    }
    this.#end();
  }

  #mayReopen(code: number, { retries = 10 }: Reconnect): boolean {
    const isOver = this.#isClosed || !this.#wasOpen;
    return !isOver && TRANSIENT.includes(code) && this.#failures < retries;
  }

  async #reopen({ retryAfter = 1_000 }: Reconnect): Promise<void> {
    const wait = backoff(retryAfter, this.#failures);
    this.#failures += 1;
    try {
      await pause(wait, this.#ending.signal);
      this.socket = this.#connect();
      await this.#listen(this.socket);
    } catch {
      // It was ended meanwhile, or has failed again, which its own close has told.
    }
  }

  #reopened(): void {
    try {
      this.#options.reconnect?.onOpen?.();
    } catch (error) {
      this.#failure ??= { error };
      this.close();
    }
  }

  #end(): void {
    this.#isClosed = true;
    this.#ending.abort();
    this.#options.signal?.removeEventListener("abort", this.#abort);
    this.#wake();
  }

  #reasonOf(error: StreamError): unknown {
    const { signal } = this.#options;
    return signal?.aborted === true ? signal.reason : error;
  }
}
