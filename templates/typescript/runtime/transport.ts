import { DefaultChatTransport, type ChatTransport, type UIMessage } from "ai";

import type { UIChunk } from "./chunks.ts";
import type { Continued } from "./continued-message.ts";
import { parsedEvents } from "./event-source.ts";
import { LATER_CHUNKS } from "./later-chunks.ts";
import { KEPT_HEADER, keepsContinuedMessage } from "./resumption.ts";
import { handleProblem, StreamError, type EventPolicy } from "./stream.ts";

/** `checkedChunks` of a contract. */
export type CheckChunks<Chunk> = (
  values: ReadableStream<unknown>,
  policy: EventPolicy<Chunk>,
  continues: Continued,
) => ReadableStream<Chunk>;

type SendOptions<Message extends UIMessage> = Parameters<
  ChatTransport<Message>["sendMessages"]
>[0];
type ReconnectOptions<Message extends UIMessage> = Parameters<
  ChatTransport<Message>["reconnectToStream"]
>[0];
type SdkStream<Message extends UIMessage> = Awaited<
  ReturnType<ChatTransport<Message>["sendMessages"]>
>;

/** The options of the SDK's transport, and the policy. */
export type CheckingTransportOptions<
  Message extends UIMessage,
  Chunk extends UIChunk,
> = NonNullable<
  ConstructorParameters<typeof DefaultChatTransport<Message>>[0]
> & {
  policy?: EventPolicy<Chunk>;
};

/** The SDK's transport with the checks of a contract in place of its own. */
export class CheckingTransport<
  Message extends UIMessage,
  Chunk extends UIChunk,
> extends DefaultChatTransport<Message> {
  readonly #check: CheckChunks<Chunk>;
  readonly #policy: EventPolicy<Chunk>;

  constructor(
    check: CheckChunks<Chunk>,
    { policy = {}, ...options }: CheckingTransportOptions<Message, Chunk>,
  ) {
    super(options);
    this.#check = check;
    this.#policy = policy;
  }

  override async sendMessages(
    options: SendOptions<Message>,
  ): Promise<SdkStream<Message>> {
    const stream = await super.sendMessages(options);
    return checkedReply(
      stream,
      this.#check,
      this.#policy,
      continuedBy(options),
    );
  }

  override async reconnectToStream(
    options: ReconnectOptions<Message>,
  ): Promise<SdkStream<Message> | null> {
    const told = await withKeptHeader(options);
    const stream = await super.reconnectToStream(told);
    return stream && checkedReply(stream, this.#check, this.#policy, "unknown");
  }

  /** Only parses: the two methods above check, as they know which message a reply continues. */
  protected override processResponseStream(
    body: ReadableStream<Uint8Array>,
  ): SdkStream<Message> {
    return parsedEvents(body) as SdkStream<Message>;
  }
}

/** Another transport, the chunks of whose replies are checked. */
export function withCheckedReplies<
  Message extends UIMessage,
  Chunk extends UIChunk,
  Transport extends ChatTransport<Message>,
>(
  inner: Transport,
  check: CheckChunks<Chunk>,
  policy: EventPolicy<Chunk>,
): Transport {
  const sendMessages = async (
    options: SendOptions<Message>,
  ): Promise<SdkStream<Message>> => {
    const stream = await inner.sendMessages(options);
    return checkedReply(stream, check, policy, continuedBy(options));
  };
  const reconnectToStream = async (
    options: ReconnectOptions<Message>,
  ): Promise<SdkStream<Message> | null> => {
    const told = await withKeptHeader(options);
    const stream = await inner.reconnectToStream(told);
    return stream && checkedReply(stream, check, policy, "unknown");
  };
  return new Proxy(inner, {
    get(target, key) {
      if (key === "sendMessages") return sendMessages;
      if (key === "reconnectToStream") return reconnectToStream;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === "function"
        ? (value.bind(target) as unknown)
        : value;
    },
  });
}

/** The options of a page that resumes, with what the server can't know of it. */
async function withKeptHeader<Message extends UIMessage>(
  options: ReconnectOptions<Message>,
): Promise<ReconnectOptions<Message>> {
  if (!(await keepsContinuedMessage())) return options;
  const headers: Record<string, string> = { ...KEPT_HEADER };
  new Headers(options.headers).forEach((value, name) => {
    headers[name] = value;
  });
  return { ...options, headers };
}

/** The message that a reply may continue: the assistant's that `messageId` names, or else the last. */
function continuedBy<Message extends UIMessage>({
  trigger,
  messageId,
  messages,
}: SendOptions<Message>): Continued {
  const named =
    trigger === "submit-message"
      ? messages.find(
          ({ id, role }) => id === messageId && role === "assistant",
        )
      : undefined;
  return named ?? messages[messages.length - 1];
}

function checkedReply<Message extends UIMessage, Chunk extends UIChunk>(
  stream: ReadableStream<unknown>,
  check: CheckChunks<Chunk>,
  policy: EventPolicy<Chunk>,
  continues: Continued,
): SdkStream<Message> {
  const chunks = check(stream, policy, continues).pipeThrough(
    new TransformStream<Chunk, Chunk>({
      async transform(chunk, controller) {
        if (!LATER_CHUNKS.has(chunk.type) || (await isKnown(chunk.type))) {
          controller.enqueue(chunk);
          return;
        }
        const message = `The server sent a ${chunk.type} chunk, which this page's version of ai does not know.`;
        handleProblem(new StreamError("unknown", message, chunk), policy);
      },
    }),
  );
  // The SDK's types know the chunks of its own version, the contract those of all; what its own version lacks is left out above.
  return chunks as unknown as SdkStream<Message>;
}

// --- What the page's `ai` knows -----------------------------------------------------------------------------------------

const known = new Map<string, Promise<boolean>>();

/** Whether the `ai` of this page knows a type of chunk, which is asked once. */
export function isKnown(type: string): Promise<boolean> {
  const asked = known.get(type);
  if (asked !== undefined) return asked;
  const answer = new Client().reads({ type, ...LATER_CHUNKS.get(type) });
  known.set(type, answer);
  return answer;
}

class Client extends DefaultChatTransport<UIMessage> {
  /** Whether the SDK's own check lets a chunk pass. */
  async reads(chunk: object): Promise<boolean> {
    const body = new Blob([`data: ${JSON.stringify(chunk)}\n\n`]).stream();
    try {
      const reader = this.processResponseStream(body).getReader();
      return !(await reader.read()).done;
    } catch {
      return false;
    }
  }
}
