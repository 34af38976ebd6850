// The executions example in a real browser, against its real server: node executions.mjs <python> <chromium> <page> <screenshots or "">.
//
// Prints { scenario: null, or what went wrong }.

import assert from "node:assert/strict";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { launch, open as opened, run, serve } from "./browser.mjs";

const [python, executablePath, page_, shots] = process.argv.slice(2);
const example = join(import.meta.dirname, "..", "..", "examples", "executions");
const browser = await launch(executablePath);
const OUTPUTS = [
  ...[1, 2, 3].map((at) => `result: result ${at} of Search the web`),
  "summary: summary 1 of Summarize",
  "note: note 1 of Review",
  "verdict: verdict 2 of Review",
];

/** What stands between the page and the server, and can be cut. */
async function proxied({ port }) {
  const open = new Set();
  const proxy = createServer((socket) => {
    const upstream = connect(port, "127.0.0.1");
    for (const end of [socket, upstream]) {
      open.add(end);
      end.on("error", () => undefined);
      end.once("close", () => open.delete(end));
    }
    socket.pipe(upstream).pipe(socket);
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => proxy.once("listening", resolve));
  const cut = () => { for (const end of open) end.destroy(); };
  return { url: `http://127.0.0.1:${proxy.address().port}`, cut };
}

async function open(url, options) {
  const { page, ...others } = await opened(browser, url, options);
  const streams = [];
  page.on("request", (request) => {
    if (request.url().endsWith("/events")) streams.push(request.headers()["last-event-id"]);
  });
  return {
    page,
    ...others,
    streams,
    status: page.getByRole("status"),
    outputs: () => page.locator("#nodes ul > li").allInnerTexts(),
    states: () => page.locator("#nodes span").allInnerTexts(),
    output: (text) => page.locator("#nodes ul > li", { hasText: text }),
    run: () => page.getByRole("button", { name: "Run" }).click(),
    shot: async (name) => shots && page.screenshot({ path: join(shots, `executions-${name}.png`) }),
  };
}

const scenarios = {
  async "a whole execution"({ server }) {
    const { run, status, outputs, states, streams, shot, complaints } = await open(server.url);
    await run();
    await status.getByText("Completed for 12 cents.").waitFor();
    assert.deepEqual(await outputs(), OUTPUTS);
    assert.deepEqual(await states(), ["completed", "completed", "completed"]);
    assert.equal(streams.length, 1);
    await shot("whole");
    assert.deepEqual(complaints, []);
  },

  async "connections that break off"({ server }) {
    const proxy = await proxied(server);
    const { run, status, outputs, output, states, streams } = await open(proxy.url);
    await run();
    for (const text of [OUTPUTS[0], OUTPUTS[2], OUTPUTS[4]]) {
      await output(text).waitFor();
      proxy.cut();
    }
    await status.getByText("Completed for 12 cents.").waitFor();
    assert.deepEqual(await outputs(), OUTPUTS, "each event once");
    assert.deepEqual(await states(), ["completed", "completed", "completed"]);
    assert(streams.length > 1, "it was cut");
    assert.equal(streams[0], undefined);
    assert(streams.slice(1).every((last) => /^[0-9a-f]+\.\d+$/.test(last)), String(streams));
  },

  async "a page that is reloaded"({ server }) {
    const { page, run, status, output, outputs, complaints } = await open(server.url);
    await run();
    await output(OUTPUTS[1]).waitFor();
    await page.reload();
    await status.getByText("Completed for 12 cents.").waitFor();
    assert.deepEqual(await outputs(), OUTPUTS);
    await page.reload();
    await status.getByText("It is over.").waitFor();
    assert.deepEqual(complaints, []);
  },

  async "a stop closes what is open"({ server }) {
    const { page, run, status, output, states, shot, complaints } = await open(server.url);
    await run();
    await output(OUTPUTS[0]).waitFor();
    await page.getByRole("button", { name: "Stop" }).click();
    await status.getByText("Stopped.").waitFor();
    const found = await states();
    assert.equal(found.at(-1), "terminated");
    assert(!found.includes("running"), String(found));
    await page.getByRole("button", { name: "Run" }).isEnabled();
    await shot("stopped");
    assert.deepEqual(complaints, []);
  },

  async "the execution of somebody else"({ server }) {
    const ada = await open(server.url);
    await ada.run();
    await ada.output(OUTPUTS[0]).waitFor();
    const { status, outputs } = await open(ada.page.url());
    await status.getByText("There is no such execution.").waitFor();
    assert.deepEqual(await outputs(), []);
  },
};

const environment = { EXECUTIONS_PAGE: page_, EXECUTIONS_PAUSE: "0.3" };
const start = () => serve(python, ["execution_server:app", "--app-dir", example], environment);
await run(browser, scenarios, async () => ({ server: await start() }), shots);
