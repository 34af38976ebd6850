import { useChat } from "@ai-sdk/react";
import { lastAssistantMessageIsCompleteWithApprovalResponses } from "ai";
import { useEffect, useRef, useState } from "react";
import { stopTurn } from "./backend.ts";
import { Composer } from "./Composer.tsx";
import { CheckedChatTransport, type ChatMessage } from "./generated/chat.ts";
import { orderChecker } from "./generated/order.ts";
import {
  dataPartSchemas,
  messageMetadataSchema,
} from "./generated/ui-stream.ts";
import { Message } from "./Message.tsx";
import { useStickToEnd } from "./useStickToEnd.ts";

const transport = new CheckedChatTransport({
  api: "/api/chat",
  policy: import.meta.env.DEV ? { order: orderChecker } : {},
  // The server owns the history: it needs the question, or the message whose questions are answered.
  prepareSendMessagesRequest({ id, messages, trigger, messageId }) {
    const named = messages.find(
      (message) => message.id === messageId && message.role === "assistant",
    );
    const last = messages.slice(-1);
    return {
      body: { id, trigger, messageId, messages: named ? [named] : last },
    };
  },
});
const SUGGESTIONS = [
  ["What changed since 2.3.0?", "A plan and a tool"],
  ["Deploy 2.4.0 to production", "A tool that asks you first"],
  ["Walk me through the rollout", "Long: stop it, or reload the page"],
  ["Wait for the canary, slowly", "Silence, bridged by heartbeats"],
  ["Check the error budget and fail", "A model that breaks off"],
  ["What can you do?", "Plain words"],
] as const;

export function Chat({
  id,
  finished,
}: {
  id: string;
  finished: ChatMessage[];
}) {
  const [doing, setDoing] = useState<string | null>(null);
  const [stopped, setStopped] = useState<string | null>(null);
  const [continued, setContinued] = useState<string | null>(null);
  const answered = useRef<string | null>(null);
  const requests = useRef(0);
  const composer = useRef<HTMLTextAreaElement>(null);
  const chat = useChat<ChatMessage>({
    id,
    messages: finished,
    transport,
    resume: true,
    dataPartSchemas,
    messageMetadataSchema,
    // An answer may be to an earlier message, which the SDK's function does not look at.
    sendAutomaticallyWhen: ({ messages }) =>
      messages
        .filter((message) => message.id === answered.current)
        .some((message) =>
          lastAssistantMessageIsCompleteWithApprovalResponses({
            messages: [message],
          }),
        ),
    onData(part) {
      if (part.type === "data-status") setDoing(part.data.text);
    },
    onFinish() {
      setDoing(null);
      setContinued(null);
      answered.current = null;
    },
  });
  const { messages, status, error } = chat;
  const busy = status === "submitted" || status === "streaming";
  const end = useStickToEnd(messages.length > 0, messages, busy);
  const running = continued ?? messages[messages.length - 1]?.id;

  const focusComposer = () => composer.current?.focus({ preventScroll: true });
  const stop = async () => {
    focusComposer(); // before the button is gone
    setStopped(running ?? null);
    const request = requests.current;
    try {
      await stopTurn(id); // ends the stream, after which the next question can be sent
    } finally {
      // That question's own request must not be stopped by this.
      if (requests.current === request) await chat.stop();
    }
  };
  const send = (text: string) => {
    chat.clearError();
    setStopped(null);
    requests.current += 1;
    void chat.sendMessage({ text });
  };
  const regenerate = (messageId?: string) => {
    requests.current += 1;
    void chat.regenerate(messageId === undefined ? {} : { messageId });
  };
  const answer = (
    message: ChatMessage,
    approval: string,
    approved: boolean,
  ) => {
    focusComposer();
    answered.current = message.id;
    setContinued(message.id);
    requests.current += 1;
    void chat.addToolApprovalResponse({ id: approval, approved });
  };
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === "Escape" && busy && !event.isComposing) void stop();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  });

  return (
    <>
      <main className="talk" role="log" aria-label="Chat" aria-busy={busy}>
        {messages.length === 0 && <Welcome onChoose={send} />}
        {messages.map((message, at) => (
          <Message
            key={message.id}
            message={message}
            live={busy && message.id === running}
            stopped={!busy && message.id === stopped}
            onAnswer={
              busy
                ? null
                : (approval, approved) => answer(message, approval, approved)
            }
            onRegenerate={
              !busy && error === undefined && at === messages.length - 1
                ? () => regenerate(message.id)
                : null
            }
          />
        ))}
        {error !== undefined && (
          <div className="failure" role="alert">
            <p>
              <strong>That did not work.</strong> {said(error)}
            </p>
            <button
              type="button"
              className="primary"
              onClick={() => regenerate()}
            >
              Try again
            </button>
          </div>
        )}
        <p className="doing" role="status">
          {busy && (
            <>
              <span className="pulse" aria-hidden="true" />
              {doing ?? (status === "submitted" ? "Thinking" : "Answering")}…
            </>
          )}
        </p>
        <div ref={end} />
      </main>
      <Composer
        field={composer}
        busy={busy}
        onSend={send}
        onStop={() => void stop()}
      />
    </>
  );
}

/** A browser's own words for a lost connection differ: "network error", "Failed to fetch", "Load failed". */
function said(error: Error): string {
  return error instanceof TypeError
    ? "The connection was lost."
    : error.message;
}

function Welcome({ onChoose }: { onChoose: (text: string) => void }) {
  return (
    <section className="welcome" aria-label="Suggestions">
      <h2>What shall we ship?</h2>
      <p>
        The model is a script, and everything around it is real: the stream, the
        types on both of its ends, resuming, stopping, approvals.
      </p>
      <ul>
        {SUGGESTIONS.map(([text, why]) => (
          <li key={text}>
            <button type="button" onClick={() => onChoose(text)}>
              <strong>{text}</strong>
              <small>{why}</small>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
