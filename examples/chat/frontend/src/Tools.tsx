import type { ReactNode } from "react";
import type { ChatMessage } from "./generated/chat.ts";

type Part = ChatMessage["parts"][number];
type Changes = Extract<Part, { type: "tool-list_changes" }>;
type Deploy = Extract<Part, { type: "tool-deploy" }>;

function Card({
  title,
  note,
  children,
}: {
  title: string;
  note: string;
  children?: ReactNode;
}) {
  return (
    <section className="card tool" aria-label={title}>
      <h3>
        {title}
        <small>{note}</small>
      </h3>
      {children}
    </section>
  );
}

export function ChangesCard({ part }: { part: Changes }) {
  switch (part.state) {
    case "output-available":
      return (
        <Card
          title="Changes"
          note={`${part.input.service}, ${part.input.since} to ${part.output.until}`}
        >
          <ul className="changes">
            {part.output.changes.map((change) => (
              <li key={change.id}>
                <code>{change.id}</code>
                <span>{change.title}</span>
                <small>{change.author}</small>
                <span className={`risk ${change.risk}`}>{change.risk}</span>
              </li>
            ))}
          </ul>
        </Card>
      );
    case "output-error":
      return <Card title="Changes" note={part.errorText} />;
    default:
      return <Card title="Changes" note="reading the release log…" />;
  }
}

export function DeployCard({
  part,
  live,
  onAnswer,
}: {
  part: Deploy;
  live: boolean;
  onAnswer: ((approvalId: string, approved: boolean) => void) | null;
}) {
  switch (part.state) {
    case "input-streaming":
      return <Card title="Deployment" note={live ? "preparing…" : "stopped"} />;
    case "approval-requested":
      return (
        <Card title="Deployment" note="waiting for you">
          <What input={part.input} />
          <div
            className="choice"
            role="group"
            aria-label="Approve this deployment?"
          >
            <button
              type="button"
              className="primary"
              disabled={onAnswer === null}
              onClick={() => onAnswer?.(part.approval.id, true)}
            >
              Approve
            </button>
            <button
              type="button"
              disabled={onAnswer === null}
              onClick={() => onAnswer?.(part.approval.id, false)}
            >
              Deny
            </button>
          </div>
        </Card>
      );
    case "output-available":
      return (
        <Card title="Deployment" note={`live after ${part.output.seconds} s`}>
          <What input={part.input} />
          <p className="good">
            {part.output.instances} instances behind{" "}
            <a href={part.output.url}>{new URL(part.output.url).host}</a>
          </p>
        </Card>
      );
    case "output-denied":
      return (
        <Card title="Deployment" note="denied">
          <What input={part.input} />
        </Card>
      );
    case "output-error":
      return <Card title="Deployment" note={part.errorText} />;
    default:
      return (
        <Card title="Deployment" note={live ? "under way…" : "stopped"}>
          <What input={part.input} />
        </Card>
      );
  }
}

function What({
  input,
}: {
  input: Exclude<
    Deploy,
    { state: "input-streaming" | "output-error" }
  >["input"];
}) {
  return (
    <dl>
      <div>
        <dt>Service</dt>
        <dd>{input.service}</dd>
      </div>
      <div>
        <dt>Version</dt>
        <dd>{input.version}</dd>
      </div>
      <div>
        <dt>To</dt>
        <dd>{input.environment}</dd>
      </div>
    </dl>
  );
}
