import type { ExecutionEvent } from "./generated/index.ts";

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no #${id}`);
  return found;
}

export const runButton: HTMLElement = element("run");
export const stopButton: HTMLElement = element("stop");
const status = element("status");
const nodes = element("nodes");

export function say(text: string): void {
  status.textContent = text;
}

/** Says whether an execution runs. */
export function setRunning(isRunning: boolean): void {
  runButton.toggleAttribute("disabled", isRunning);
  stopButton.toggleAttribute("disabled", !isRunning);
}

/** Shows what an event says. */
export function show(event: ExecutionEvent): void {
  switch (event.type) {
    case "execution-started":
      nodes.replaceChildren();
      say(`${event.graphName} runs.`);
      break;
    case "node-started":
      nodes.append(nodeItem(event.nodeExecId, event.block));
      break;
    case "node-output":
      partOf(event.nodeExecId, "ul").append(outputItem(event.pin, event.value));
      break;
    case "node-finished":
      partOf(event.nodeExecId, "span").textContent = event.status;
      break;
    case "execution-completed":
      say(`Completed for ${event.cost} cents.`);
      break;
    case "execution-failed":
      say(event.error);
      break;
    case "execution-terminated":
      say("Stopped.");
      break;
    default:
      event satisfies never;
  }
}

function nodeItem(id: string, block: string): HTMLElement {
  const item = document.createElement("li");
  item.id = id;
  const heading = document.createElement("h2");
  const state = document.createElement("span");
  state.textContent = "running";
  heading.append(`${block}: `, state);
  item.append(heading, document.createElement("ul"));
  return item;
}

function outputItem(pin: string, value: unknown): HTMLElement {
  const item = document.createElement("li");
  item.textContent = `${pin}: ${typeof value === "string" ? value : JSON.stringify(value)}`;
  return item;
}

function partOf(id: string, part: "ul" | "span"): HTMLElement {
  const found = element(id).querySelector(part);
  if (found === null) throw new Error(`#${id} has no ${part}`);
  return found;
}
