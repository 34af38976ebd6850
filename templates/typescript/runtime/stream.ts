import type { OrderContext } from "./order-rules.ts";

/**
 * What is wrong with a stream: a chunk of a `type` that is not known (`unknown`: the backend is newer than this page), one that is
 * not as the contract has it (`invalid`), an end without finish, error or abort (`truncated`), a response that is no stream
 * (`refused`), a chunk where it may not be (`order`). The message is fit to be shown; `chunk` is what came.
 */
export class StreamError extends Error {
  readonly kind: "unknown" | "invalid" | "truncated" | "refused" | "order";
  readonly chunk: unknown;

  constructor(kind: StreamError["kind"], message: string, chunk?: unknown) {
    super(message);
    this.name = "StreamError";
    this.kind = kind;
    this.chunk = chunk;
  }
}

/** What to do about each kind of problem. Keys that are left out have the first value. */
export interface EventPolicy<Event> extends ProblemPolicy {
  /** For development: `orderChecker` of order.ts. What it finds is reported, and passes. */
  order?: EventOrderCheck<Event> | undefined;
}

/** The same, but for the order. */
export interface ProblemPolicy {
  /** A chunk of an unknown type: leave it out, or end the stream with the error. */
  unknown?: "skip" | "throw" | undefined;
  /** A chunk that is not valid. */
  invalid?: "throw" | "skip" | undefined;
  /** A stream that ends too early: end it with the error, or as if nothing were missing. */
  truncated?: "throw" | "skip" | undefined;
  /** Gets what is skipped, and chunks out of order; `console.warn` unless given. */
  onProblem?: ((problem: StreamError) => void) | undefined;
}

/** What `orderChecker` of order.ts is: it makes a checker for one stream. */
export type EventOrderCheck<Event> = (context?: OrderContext) => {
  push(event: Event): readonly OrderProblem[];
  end(): readonly OrderProblem[];
};

interface OrderProblem {
  readonly message: string;
  readonly hint: string;
}

/** Tells events from other values, for one stream. */
export interface EventReader<Event> {
  /** The event that a value is, or what is wrong with it. */
  read(value: unknown): Event | StreamError;
  /** Whether a stream may end after an event. */
  isLast(event: Event): boolean;
  /** What is said of a stream that ends elsewhere. */
  readonly truncated: string;
}

/** The events among `values`, under a policy. `context` is what the stream continues, for the check of its order. */
export function checkedEvents<Event>(
  values: ReadableStream<unknown>,
  reader: EventReader<Event>,
  policy: EventPolicy<Event>,
  context?: OrderContext,
): ReadableStream<Event> {
  const order = policy.order?.(context);
  let isOver = false;
  const report = (problems: readonly OrderProblem[] = [], event?: Event) => {
    for (const { message, hint } of problems) {
      handleProblem(
        new StreamError("order", `${message}. ${hint}`, event),
        policy,
      );
    }
  };
  return values.pipeThrough(
    new TransformStream<unknown, Event>({
      transform(value, controller) {
        const event = reader.read(value);
        if (event instanceof StreamError) {
          handleProblem(event, policy);
          return;
        }
        if (order !== undefined) report(order.push(event), event);
        isOver ||= reader.isLast(event);
        controller.enqueue(event);
      },
      flush() {
        if (isOver) report(order?.end());
        else
          handleProblem(new StreamError("truncated", reader.truncated), policy);
      },
    }),
  );
}

/** Throws a problem that ends the stream under a policy, and reports any other. */
export function handleProblem(
  problem: StreamError,
  policy: ProblemPolicy,
): void {
  const { unknown = "skip", invalid = "throw", truncated = "throw" } = policy;
  const choices = {
    unknown,
    invalid,
    truncated,
    refused: "throw",
    order: "skip",
  };
  if (choices[problem.kind] === "throw") throw problem;
  const {
    onProblem = (skipped) => {
      console.warn(skipped);
    },
  } = policy;
  onProblem(problem);
}
