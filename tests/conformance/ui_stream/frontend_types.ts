// Compiles only if the generated types are what `useChat` of the installed `ai` takes, and say no more than the backend does.

import { DefaultChatTransport, type ChatInit } from "ai";
import {
  CheckedChatTransport,
  checkedTransport,
  type ChatMessage,
} from "./chat.ts";
import { readChunks, StreamError } from "./chunks.ts";
import { orderChecker } from "./order.ts";
import {
  dataPartSchemas,
  messageMetadataSchema,
  toolSchemas,
  type DataParts,
} from "./ui-stream.ts";

export const whole: ChatInit<ChatMessage> = {
  dataPartSchemas,
  messageMetadataSchema,
  transport: new CheckedChatTransport({
    api: "/api/chat",
    body: { sessionId: "s" },
    policy: { unknown: "throw", order: orderChecker, onProblem: (problem) => console.error(problem.kind) },
  }),
  onData(part) {
    if (part.type === "data-plan") part.data.goal.toUpperCase();
    // @ts-expect-error there is no such data part
    if (part.type === "data-other") part.data;
    // @ts-expect-error `phase` is one of three
    if (part.type === "data-status" && part.data.phase === "sleeping") return;
  },
  onError(error) {
    if (error instanceof StreamError && error.kind === "truncated") error.chunk;
  },
};

export const around: ChatInit<ChatMessage> = {
  transport: checkedTransport(new DefaultChatTransport<ChatMessage>()),
};

// @ts-expect-error there is no such policy
new CheckedChatTransport({ policy: { unknown: "ignore" } });

// @ts-expect-error a data part lacks its goal
export const wrong: DataParts["plan"] = { steps: [] };

export function shown(message: ChatMessage): string[] {
  const texts: string[] = [];
  for (const part of message.parts) {
    switch (part.type) {
      case "text":
        texts.push(part.text);
        break;
      case "tool-find_block":
        if (part.state === "output-available") {
          texts.push(...part.output.blocks.map((block) => block.name));
          // @ts-expect-error another tool's output
          part.output.execution_id;
        }
        if (part.state === "input-available") texts.push(part.input.query);
        break;
      case "tool-run_agent":
        if (part.state === "output-available") texts.push(part.output.status);
        break;
      case "data-plan":
        texts.push(...part.data.steps.map((step) => step.title));
        break;
    }
  }
  const usage: number | undefined = message.metadata?.usage?.prompt_tokens;
  // @ts-expect-error metadata has no such key
  message.metadata?.cost;
  return [...texts, String(usage), toolSchemas.find_block.input.parse({}).query];
}

export async function plain(response: Response): Promise<number> {
  let steps = 0;
  for await (const chunk of readChunks(response, { invalid: "skip" })) {
    if (chunk.type === "data-plan") steps += chunk.data.steps.length;
    // @ts-expect-error there is no such chunk
    if (chunk.type === "data-other") return 0;
  }
  return steps;
}
