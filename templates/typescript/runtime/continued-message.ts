import type { KnownBlock, OrderContext } from "./order-rules.ts";
import { isObject, property } from "./objects.ts";

/** The assistant's message that a reply continues, whose tool calls it may answer. */
export interface ContinuedMessage {
  readonly id: string;
  readonly role: string;
  readonly parts: readonly { readonly type: string }[];
}

/** What is known of the message that a reply continues; `"unknown"` where the page joins a reply that may continue any. */
export type Continued = ContinuedMessage | "unknown" | undefined;

/** A tool call of a message, in the state that it is in for a reply that continues the message. */
export interface KnownCall extends KnownBlock {
  readonly toolCallId: string;
  readonly toolName: string;
  readonly dynamic: boolean;
}

/** The tool calls of the message that a reply continues. */
export function callsOf(continued: Continued): readonly KnownCall[] {
  const isMessage = continued !== undefined && continued !== "unknown";
  if (!isMessage || continued.role !== "assistant") return [];
  return continued.parts.flatMap((part) => callOf(part) ?? []);
}

function callOf(part: { readonly type: string }): KnownCall | undefined {
  const dynamic = part.type === "dynamic-tool";
  const toolCallId = property(part, "toolCallId");
  const toolName = dynamic
    ? property(part, "toolName")
    : part.type.slice("tool-".length);
  if (typeof toolCallId !== "string" || typeof toolName !== "string") {
    return undefined;
  }
  const approval = property(part, "approval");
  return {
    toolCallId,
    toolName,
    dynamic,
    state: stateOf(part),
    same: { toolName, dynamic },
    alias: isObject(approval) ? approval["id"] : undefined,
  };
}

function stateOf(part: object): string {
  const state = property(part, "state");
  if (state === "approval-responded") {
    const approval = property(part, "approval");
    const isGranted = isObject(approval) && approval["approved"] === true;
    return isGranted ? "approved" : "denied";
  }
  if (state === "approval-requested") return state;
  if (state === "input-available") return "called";
  const isPreliminary = property(part, "preliminary") === true;
  return state === "output-available" && isPreliminary
    ? "preliminary"
    : "closed";
}

/** What a reply continues, for the check of its order. */
export function orderContext(continued: Continued): OrderContext | undefined {
  if (continued === "unknown") return { incomplete: true };
  if (continued?.role !== "assistant") return undefined;
  const calls = callsOf(continued).map(
    (call) => [call.toolCallId, call] as const,
  );
  return {
    fixed: { messageId: continued.id },
    blocks: { "tool call": new Map<unknown, KnownBlock>(calls) },
  };
}
