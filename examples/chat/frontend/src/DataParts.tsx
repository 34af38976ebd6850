import type { DataParts } from "./generated/ui-stream.ts";

const SAID = {
  waiting: "to do",
  running: "in progress",
  done: "done",
} as const;

export function PlanList({ plan }: { plan: DataParts["plan"] }) {
  return (
    <section className="card plan" aria-label="Plan">
      <h3>{plan.goal}</h3>
      <ol>
        {plan.steps.map((step) => (
          <li key={step.title} className={step.state}>
            <span className="tick" aria-hidden="true" />
            {step.title}
            <span className="unseen">, {SAID[step.state]}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

export function ProgressBar({ progress }: { progress: DataParts["progress"] }) {
  return (
    <label className="card progress">
      <span>
        {progress.label}
        <small>{progress.percent}%</small>
      </span>
      <progress max={100} value={progress.percent} />
    </label>
  );
}
