import { validateUIMessages } from "ai";
import type { ChatMessage } from "./generated/chat.ts";
import {
  dataPartSchemas,
  messageMetadataSchema,
} from "./generated/ui-stream.ts";

const path = (chat: string) => `/api/chat/${encodeURIComponent(chat)}`;

/** The finished messages of a chat. A reply that is on its way comes by `resume`. */
export async function finishedMessages(chat: string): Promise<ChatMessage[]> {
  const response = await fetch(path(chat));
  if (!response.ok) throw new Error(await response.text());
  const messages: unknown = await response.json();
  if (Array.isArray(messages) && messages.length === 0) return [];
  return validateUIMessages<ChatMessage>({
    messages,
    metadataSchema: messageMetadataSchema.optional(), // asked of the user's messages too
    dataSchemas: dataPartSchemas,
  });
}

/** Ends the turn in the backend; `stop()` of `useChat` only stops listening to it. */
export async function stopTurn(chat: string): Promise<void> {
  await fetch(`${path(chat)}/stop`, { method: "POST" });
}
