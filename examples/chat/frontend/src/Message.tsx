import type { ChatMessage } from "./generated/chat.ts";
import { PlanList, ProgressBar } from "./DataParts.tsx";
import { ChangesCard, DeployCard } from "./Tools.tsx";

interface Props {
  message: ChatMessage;
  live: boolean;
  /** Whether the user has stopped it just now; the backend says so of earlier ones. */
  stopped: boolean;
  onAnswer: ((approvalId: string, approved: boolean) => void) | null;
  onRegenerate: (() => void) | null;
}

type Part = ChatMessage["parts"][number];

export function Message({
  message,
  live,
  stopped,
  onAnswer,
  onRegenerate,
}: Props) {
  const mine = message.role === "user";
  return (
    <article className={mine ? "said" : "reply"}>
      <h2 className="unseen">{mine ? "You" : "Slipway"}</h2>
      {message.parts.map((part, at) => (
        <PartView key={at} part={part} live={live} onAnswer={onAnswer} />
      ))}
      {!mine && !live && (
        <footer>
          <Facts message={message} stopped={stopped} />
          {onRegenerate !== null && (
            <button type="button" className="quiet" onClick={onRegenerate}>
              ↻ Regenerate
            </button>
          )}
        </footer>
      )}
    </article>
  );
}

function PartView({
  part,
  live,
  onAnswer,
}: { part: Part } & Pick<Props, "live" | "onAnswer">) {
  switch (part.type) {
    case "text":
      return part.text
        .split("\n\n")
        .map((paragraph, at) => <p key={at}>{paragraph}</p>);
    case "reasoning":
      return (
        <details className="reasoning">
          <summary>
            {live && part.state === "streaming" ? "Thinking…" : "Thoughts"}
          </summary>
          <p>{part.text}</p>
        </details>
      );
    case "data-plan":
      return <PlanList plan={part.data} />;
    case "data-progress":
      return <ProgressBar progress={part.data} />;
    case "tool-list_changes":
      return <ChangesCard part={part} />;
    case "tool-deploy":
      return <DeployCard part={part} live={live} onAnswer={onAnswer} />;
    default:
      return null; // steps, and kinds of parts that this backend does not send
  }
}

function Facts({
  message: { metadata },
  stopped,
}: Pick<Props, "message" | "stopped">) {
  const facts = [
    stopped || metadata?.stopped ? "Stopped" : undefined,
    metadata?.model,
    metadata?.tokens === undefined ? undefined : `${metadata.tokens} tokens`,
    metadata?.seconds === undefined ? undefined : `${metadata.seconds} s`,
  ];
  return (
    <small>{facts.filter((fact) => fact !== undefined).join(" · ")}</small>
  );
}
