import {
  ExecutionEventSchema,
  type ExecutionEvent,
} from "./generated/index.ts";
import { readEvents } from "./generated/streams.ts";

const API = "/api/executions";

/** Begins an execution; its name. */
export async function begin(): Promise<string> {
  const response = await fetch(API, { method: "POST" });
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  return String(await response.json());
}

/** The events of an execution from its first one, however often the connection breaks off. */
export function follow(
  name: string,
): AsyncGenerator<ExecutionEvent, void, undefined> {
  return readEvents(`${API}/${name}/events`, ExecutionEventSchema, {
    retryAfter: 200,
  });
}

export async function stop(name: string): Promise<void> {
  await fetch(`${API}/${name}/stop`, { method: "POST" });
}
