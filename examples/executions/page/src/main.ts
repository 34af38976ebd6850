import { begin, follow, stop } from "./executions.ts";
import { StreamError } from "./generated/streams.ts";
import { runButton, say, setRunning, show, stopButton } from "./view.ts";

/** Shows an execution until it is over; a page that is reloaded goes on with it. */
async function watch(name: string): Promise<void> {
  location.hash = name;
  setRunning(true);
  say("It is over.");
  try {
    for await (const event of follow(name)) show(event);
  } catch (error) {
    say(error instanceof StreamError ? error.message : "The server is away.");
  } finally {
    setRunning(false);
  }
}

runButton.addEventListener("click", () => {
  setRunning(true);
  begin().then(watch, () => {
    say("The server is away.");
    setRunning(false);
  });
});
stopButton.addEventListener("click", () => {
  void stop(location.hash.slice(1));
});

if (location.hash.length > 1) void watch(location.hash.slice(1));
