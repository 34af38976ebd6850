// What the tests of the examples in a real browser share: servers, and scenarios that run beside each other.

import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { chromium } from "playwright-core";

async function freePort() {
  const probe = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => probe.once("listening", resolve));
  const { port } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

const running = new Set();

/** An application under uvicorn, once it answers. `application` is what follows `uvicorn` on its command line. */
export async function serve(python, application, environment, port) {
  port ??= await freePort();
  const env = { ...process.env, ...environment, PYTHONDONTWRITEBYTECODE: "1" };
  const options = ["--port", String(port), "--log-level", "warning", "--timeout-graceful-shutdown", "1"];
  const process_ = spawn(python, ["-m", "uvicorn", ...application, ...options], { env, stdio: ["ignore", "ignore", "pipe"] });
  let log = "";
  process_.stderr.on("data", (bytes) => { log += bytes; });
  running.add(process_);
  const over = new Promise((resolve) => process_.once("exit", resolve)).then(() => running.delete(process_));
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; ; tries += 1) {
    if (process_.exitCode !== null || tries > 400) throw new Error(`the server did not start: ${log}`);
    const answer = await fetch(url, { signal: AbortSignal.timeout(5_000) }).catch(() => null);
    if (answer?.ok) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { url, port, log: () => log, kill: () => (process_.kill("SIGKILL"), over) };
}

/** A page of the browser, and what it complained of. */
export async function open(browser, url, { context, ...options } = {}) {
  context ??= await browser.newContext({ viewport: { width: 1100, height: 820 }, ...options });
  context.setDefaultTimeout(45_000);
  const page = await context.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  await page.goto(url);
  return { page, context, complaints };
}

export function launch(executablePath) {
  return chromium.launch({ executablePath, args: ["--no-sandbox"] });
}

/** A scenario that hangs is one that fails. */
const late = () =>
  new Promise((_, reject) => setTimeout(reject, 90_000, new Error("not done after 90 s")).unref());

/** Prints { scenario: null, or what went wrong }, and ends the process. `begin` starts the servers. */
export async function run(browser, scenarios, begin, log) {
  const results = {};
  try {
    const servers = await begin();
    const names = Object.keys(scenarios);
    const worker = async () => {
      for (let name = names.shift(); name !== undefined; name = names.shift()) {
        const began = performance.now();
        results[name] = await Promise.race([scenarios[name](servers), late()]).then(
          () => null,
          (error) => `${error.stack}\n${Object.values(servers)[0].log()}`,
        );
        if (log) process.stderr.write(`${name}: ${Math.round(performance.now() - began)} ms\n`);
      }
    };
    await Promise.all([worker(), worker(), worker()]);
  } finally {
    for (const server of running) server.kill("SIGKILL");
    await Promise.race([browser.close(), new Promise((resolve) => setTimeout(resolve, 10_000))]);
  }
  process.stdout.write(JSON.stringify(results), () => process.exit());
}
