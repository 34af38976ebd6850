import {
  AbstractChat,
  type ChatState,
  type ChatTransport,
  type UIMessage,
} from "ai";

type Replay = Awaited<
  ReturnType<ChatTransport<UIMessage>["reconnectToStream"]>
>;

/** Tells the server that the page keeps the message that a resumed reply continues, so that it need not be sent again. */
export const KEPT_HEADER = { "x-samewire-continued": "kept" } as const;

let answer: Promise<boolean> | undefined;

/**
 * Whether the `ai` of this page keeps the message that a resumed reply continues, as versions before 5.0.233, 6.0.250 and 7.0.61
 * do. Later ones empty it at the `start` of the reply. It is asked once.
 */
export function keepsContinuedMessage(): Promise<boolean> {
  answer ??= resumed();
  return answer;
}

/** Resumes an empty reply that continues a message, in a chat that is thrown away. */
async function resumed(): Promise<boolean> {
  const state = new State();
  const transport: ChatTransport<UIMessage> = {
    sendMessages: () => Promise.reject(new Error("a probe sends nothing")),
    reconnectToStream: () => Promise.resolve(replay()),
  };
  await new Chat({ id: "probe", state, transport }).resumeStream();
  return state.messages.some(({ parts }) => parts.length > 0);
}

function replay(): Replay {
  return new ReadableStream({
    start(controller) {
      controller.enqueue({ type: "start", messageId: "continued" });
      controller.enqueue({ type: "finish" });
      controller.close();
    },
  });
}

class Chat extends AbstractChat<UIMessage> {}

class State implements ChatState<UIMessage> {
  status: ChatState<UIMessage>["status"] = "ready";
  error: Error | undefined = undefined;
  messages: UIMessage[] = [
    {
      id: "continued",
      role: "assistant",
      parts: [{ type: "text", text: "kept", state: "done" }],
    },
  ];

  pushMessage = (message: UIMessage): void => {
    this.messages.push(message);
  };

  popMessage = (): void => {
    this.messages.pop();
  };

  replaceMessage = (index: number, message: UIMessage): void => {
    this.messages[index] = message;
  };

  snapshot = <T>(value: T): T => structuredClone(value);
}
