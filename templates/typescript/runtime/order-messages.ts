// Written by scripts/order_messages.py from codegen/samewire/streams/rules.py; do not edit.

/** The rules of order that a stream may break. */
export type OrderRule =
  | "after-end"
  | "not-first"
  | "first-again"
  | "once"
  | "fixed"
  | "inside"
  | "outside"
  | "not-open"
  | "already-open"
  | "used-before"
  | "wrong-state"
  | "same"
  | "alias"
  | "left-open"
  | "after"
  | "no-end";

/**
 * What happened, and what to do, with facts in braces. An event that breaks an `ignored` rule changes nothing; any other one
 * counts as if it were right.
 */
export interface OrderMessage {
  readonly message: string;
  readonly hint: string;
  readonly ignored: boolean;
}

export const ORDER_MESSAGES: Readonly<Record<OrderRule, OrderMessage>> = {
  "after-end": {
    message: "{event} came after the end of the stream",
    hint: "Send nothing after {last}.",
    ignored: true,
  },
  "not-first": {
    message: "the stream began with {event}",
    hint: "Send {first} first.",
    ignored: false,
  },
  "first-again": {
    message: "{event} came again, or too late",
    hint: "Send it once, as the first event.",
    ignored: true,
  },
  once: {
    message: "{event} came twice",
    hint: "Send it once in a stream.",
    ignored: true,
  },
  fixed: {
    message: "{event} changed {field}",
    hint: "Keep the {field} that the stream began with, or omit it.",
    ignored: false,
  },
  inside: {
    message: "{event} came outside any {kind}",
    hint: "Open one before it, and close it after.",
    ignored: false,
  },
  outside: {
    message: "{event} came while a {kind} was open",
    hint: "Close it first.",
    ignored: false,
  },
  "not-open": {
    message: "{event} names the {block}, which is not open",
    hint: "Open it first. If it is closed already, send this event before its end.",
    ignored: true,
  },
  "already-open": {
    message: "{event} opened the {block} again",
    hint: "Close it first, or use a new key.",
    ignored: true,
  },
  "used-before": {
    message: "{event} names the {block}, which is closed",
    hint: "Send nothing for it after its end. A new {kind} needs a new key.",
    ignored: true,
  },
  "wrong-state": {
    message: "{event} came while the {block} was {state}",
    hint: "Send it only while the state is {states}.",
    ignored: true,
  },
  same: {
    message: "{event} changed {field} of the {block}",
    hint: "Keep the {field} that it was opened with.",
    ignored: false,
  },
  alias: {
    message: "{event} used the {field} of another {kind}",
    hint: "Use a new one.",
    ignored: true,
  },
  "left-open": {
    message: "{event} came while the {block} was {state}",
    hint: "Close it first.",
    ignored: false,
  },
  after: {
    message: "{event} came before any {kind}",
    hint: "Open and close one before it. An empty one is enough.",
    ignored: false,
  },
  "no-end": {
    message: "the stream ended without {last}",
    hint: "Send it last. Without it, clients take a broken stream for a complete one.",
    ignored: false,
  },
};
