import { parseEvent } from "./event-json.ts";
import {
  invalidEvent,
  validatedEvent,
  type EventValidator,
} from "./event-validator.ts";
import { handleProblem, StreamError } from "./stream.ts";

/** What goes over a socket: what the backend emits, and what it accepts. */
export interface Channel<Emitted, Accepted> {
  readonly emits: EventValidator<Emitted>;
  readonly accepts: EventValidator<Accepted>;
  /** What is sent of a value, for a schema that decodes what it reads: `(value) => z.encode(schema, value)`. */
  readonly encode?: ((value: Accepted) => unknown) | undefined;
}

export interface SocketOptions {
  /** Closes the socket; what waits for it throws the signal's reason. */
  signal?: AbortSignal | undefined;
  protocols?: string | string[] | undefined;
  /** A message that is not valid: end with the error, and close the socket; or leave it out. */
  invalid?: "throw" | "skip" | undefined;
  /** Gets what is left out; `console.warn` unless given. */
  onProblem?: ((problem: StreamError) => void) | undefined;
  /** In place of the global `WebSocket`. */
  WebSocket?: typeof WebSocket | undefined;
}

/** An open socket whose messages are checked, both ways. */
export interface CheckedSocket<Emitted, Accepted> {
  /** Sends a value. Throws a `StreamError` for one that the backend does not accept, and for a socket that is closed. */
  send(value: Accepted): void;
  /**
   * What the backend emits, to be read once. It ends when the socket is closed in good order (1000, 1001), and throws a
   * `StreamError` when it breaks off. Leaving the loop closes the socket.
   */
  readonly messages: AsyncIterable<Emitted>;
  /** Closes the socket; `messages` ends. */
  close(code?: number, reason?: string): void;
  readonly socket: WebSocket;
}

const NORMAL: readonly number[] = [1000, 1001, 1005];
const INVALID = 4007;

/** Opens a socket. Throws a `StreamError` of the kind `refused` if that fails. */
export async function openSocket<Emitted, Accepted>(
  url: string | URL,
  channel: Channel<Emitted, Accepted>,
  options: SocketOptions = {},
): Promise<CheckedSocket<Emitted, Accepted>> {
  options.signal?.throwIfAborted();
  const Socket = options.WebSocket ?? WebSocket;
  const checking = new CheckingSocket(
    new Socket(url, options.protocols),
    channel,
    options,
  );
  await checking.opened;
  return checking;
}

class CheckingSocket<Emitted, Accepted> implements CheckedSocket<
  Emitted,
  Accepted
> {
  readonly socket: WebSocket;
  readonly messages: AsyncIterable<Emitted>;
  readonly opened: Promise<void>;
  readonly #channel: Channel<Emitted, Accepted>;
  readonly #options: SocketOptions;
  readonly #received: unknown[] = [];
  #wake = (): void => undefined;
  #isClosed = false;
  #failure: { readonly error: unknown } | undefined;

  constructor(
    socket: WebSocket,
    channel: Channel<Emitted, Accepted>,
    options: SocketOptions,
  ) {
    this.socket = socket;
    this.#channel = channel;
    this.#options = options;
    this.messages = this.#read();
    socket.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
      this.#received.push(data);
      this.#wake();
    });
    options.signal?.addEventListener("abort", this.#abort, { once: true });
    this.opened = new Promise((resolve, reject) => {
      socket.addEventListener("open", () => {
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
    if (!this.#isClosed && !NORMAL.includes(code)) {
      const message = `The connection broke off (${String(code)}).`;
      const error = new StreamError("truncated", reason || message);
      this.#failure ??= { error };
    }
    this.#end();
  }

  #end(): void {
    this.#isClosed = true;
    this.#options.signal?.removeEventListener("abort", this.#abort);
    this.#wake();
  }

  #reasonOf(error: StreamError): unknown {
    const { signal } = this.#options;
    return signal?.aborted === true ? signal.reason : error;
  }
}
