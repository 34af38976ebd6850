// The chat example in a real browser, against its real server: node chat.mjs <python> <chromium> <page> <screenshots or "">.
//
// Prints { scenario: null, or what went wrong }.

import assert from "node:assert/strict";
import { join } from "node:path";
import { launch, open as opened, run, serve as served } from "./browser.mjs";

const [python, executablePath, page_, shots] = process.argv.slice(2);
const example = join(import.meta.dirname, "..", "..", "examples", "chat");

/** `undefined` leaves a variable out of the environment. */
const serve = (pace, port) =>
  served(python, ["backend.server:app", "--app-dir", example], { CHAT_PAGE: page_, CHAT_PACE: String(pace), CHAT_REDIS: undefined }, port);

// --- A page and its parts ---------------------------------------------------------------------------------------------

const browser = await launch(executablePath);

async function open(url, options) {
  const { page, context, complaints } = await opened(browser, url, options);
  await page.getByLabel("Message", { exact: true }).waitFor();
  return {
    page,
    context,
    complaints,
    focused: () => page.evaluate(() => document.activeElement?.id),
    reply: page.locator("article.reply"),
    said: page.locator("article.said"),
    alert: page.getByRole("alert"),
    send: async (text) => {
      await page.getByLabel("Message", { exact: true }).fill(text);
      await page.keyboard.press("Enter");
    },
    ready: () => page.getByRole("button", { name: "Send" }).waitFor(),
    button: (name) => page.getByRole("button", { name }),
    posted: () => page.waitForResponse((response) => response.url().endsWith("/api/chat")),
    shot: async (name) => shots && page.screenshot({ path: join(shots, `${name}.png`) }),
  };
}

/** How often a text stands in the page's replies. */
const times = async (chat, text) => (await chat.reply.allInnerTexts()).join("\n").split(text).length - 1;

// --- Scenarios --------------------------------------------------------------------------------------------------------

const scenarios = {
  async "a whole turn"({ slow }) {
    const chat = await open(slow.url);
    await chat.shot("welcome");
    await chat.button("What changed since 2.3.0?").click();
    await chat.reply.getByRole("heading", { name: "Changes" }).waitFor();
    await chat.shot("turn-midway");
    await chat.ready();
    assert.equal(await chat.said.innerText(), "You\n\nWhat changed since 2.3.0?");
    assert.equal(await chat.reply.count(), 1);
    assert.match(await chat.reply.innerText(), /Changes\s*checkout, 2\.3\.0 to 2\.4\.0[^]*#482[^]*high[^]*The other three are routine\./);
    assert.equal(await chat.page.locator(".plan li.done").count(), 3);
    assert.equal(await chat.reply.locator("details").count(), 1);
    assert.match(await chat.reply.locator("footer").innerText(), /scripted-1 · \d+ tokens · [\d.]+ s/);
    await chat.shot("turn");
    assert.deepEqual(chat.complaints, []);
  },

  async "approve a tool"({ fast }) {
    const chat = await open(fast.url);
    await chat.send("Deploy it");
    const approve = chat.button("Approve");
    await approve.waitFor();
    await chat.ready();
    await chat.shot("approval");
    await approve.click();
    await chat.page.getByRole("progressbar").waitFor();
    await chat.shot("deploying");
    await chat.page.getByText("error rates are where they were before.").waitFor();
    await chat.ready();
    assert.equal(await chat.reply.count(), 1, "the reply goes on with the message that asked");
    assert.match(await chat.reply.innerText(), /6 instances behind checkout\.example\.com/);
    assert.equal(await approve.count(), 0);
    await chat.shot("deployed");
    await chat.page.reload();
    await chat.page.getByText("error rates are where they were before.").waitFor();
    assert.equal(await times(chat, "error rates are where they were"), 1);
    assert.deepEqual(chat.complaints, []);
  },

  async "approve after another question"({ fast }) {
    const chat = await open(fast.url);
    await chat.send("Deploy it");
    await chat.button("Approve").waitFor();
    await chat.ready();
    await chat.send("What changed?");
    await chat.page.getByText("The other three are routine.").waitFor();
    await chat.ready();
    await chat.button("Approve").click();
    await chat.page.getByText("error rates are where they were before.").waitFor();
    await chat.ready();
    const expected = async () => {
      assert.equal(await chat.reply.count(), 2);
      const [first, second] = await chat.reply.allInnerTexts();
      assert.match(first, /6 instances behind checkout[^]*error rates are where they were before/);
      assert.doesNotMatch(second, /error rates/);
    };
    await expected();
    await chat.page.reload();
    await chat.page.getByText("error rates are where they were before.").waitFor();
    await expected();
    assert.deepEqual(chat.complaints, []);
  },

  async "reload while a deployment runs"({ slower }) {
    const chat = await open(slower.url); // each state of the deployment stands for two seconds, which a busy browser sees
    await chat.send("Deploy it");
    await chat.button("Approve").click();
    await chat.page.getByText("Canary: 1 of 6 instances").waitFor();
    await chat.page.reload();
    await chat.page.getByText("All 6 instances are healthy").waitFor();
    assert.match(await chat.reply.innerText(), /so I need your go-ahead/, "what came before the approval is there");
    assert.equal(await chat.button("Approve").count(), 0);
    await chat.page.getByText("error rates are where they were before.").waitFor();
    await chat.ready();
    assert.equal(await chat.reply.count(), 1);
    assert.equal(await times(chat, "so I need your go-ahead"), 1);
    assert.match(await chat.reply.innerText(), /6 instances behind checkout\.example\.com/);
    await chat.send("What changed?"); // which posts what the page has
    await chat.page.getByText("The other three are routine.").waitFor();
    assert.deepEqual(chat.complaints, []);
  },

  async "two tabs"({ fast }) {
    const one = await open(fast.url);
    const two = await open(one.page.url(), { context: one.context });
    await one.send("What changed?");
    await one.page.getByText("The other three are routine.").waitFor();
    await one.ready();
    await two.send("hello");
    await two.page.getByText("walk you through the rollout.").waitFor();
    await two.ready();
    for (const chat of [one, two]) {
      await chat.page.reload();
      await chat.page.getByText("walk you through the rollout.").waitFor();
      assert.deepEqual(await chat.said.allInnerTexts(), ["You\n\nWhat changed?", "You\n\nhello"]);
      assert.equal(await chat.reply.count(), 2);
    }
    await one.send("Wait for the canary, slowly");
    await one.page.getByText("Still healthy").waitFor();
    await two.button("Regenerate").click(); // of what is no longer the last reply
    await two.alert.waitFor();
    assert.match(await two.alert.innerText(), /gone on in another tab/);
    await two.page.reload();
    await two.page.getByText("Still healthy").waitFor();
    assert.equal(await two.reply.count(), 3);
  },

  async "a stranger with the address"({ slow }) {
    const chat = await open(slow.url);
    await chat.send("Walk me through");
    await chat.page.getByText("A rollout takes five").waitFor();
    const stranger = await browser.newContext();
    const page = await stranger.newPage();
    await page.goto(chat.page.url());
    await page.getByText("The chat could not be loaded: There is no such chat.").waitFor();
    const id = new URL(chat.page.url()).hash.slice(1);
    const post = { id, trigger: "submit-message", messages: [{ id: "x", role: "user", parts: [{ type: "text", text: "planted" }] }] };
    const statuses = [
      await stranger.request.post(`${slow.url}/api/chat`, { data: post }),
      await stranger.request.post(`${slow.url}/api/chat/${id}/stop`),
      await stranger.request.get(`${slow.url}/api/chat/${id}/stream`),
      await stranger.request.get(`${slow.url}/api/chat/${id}`),
    ].map((answer) => answer.status());
    assert.deepEqual(statuses, [404, 404, 404, 404]);
    await chat.page.getByText("when you ask me what has changed.").waitFor();
    await chat.ready();
    assert.equal(await chat.said.count(), 1);
    assert.deepEqual(chat.complaints, []);
  },

  async "focus and Escape and a stop that is said"({ slow, fast }) {
    const chat = await open(slow.url);
    await chat.send("Walk me through");
    await chat.page.getByText("A rollout takes five").waitFor();
    await chat.button("Stop").click();
    await chat.ready();
    assert.equal(await chat.focused(), "message");
    await chat.reply.getByText(/^Stopped/).waitFor();
    await chat.send("Walk me through again");
    await chat.page.getByText("A rollout takes five").nth(1).waitFor();
    await chat.page.keyboard.press("Escape");
    await chat.ready();
    assert.equal(await chat.focused(), "message");
    await chat.page.reload();
    await chat.reply.nth(1).waitFor();
    assert.equal(await chat.reply.getByText(/^Stopped/).count(), 2);
    const other = await open(fast.url);
    await other.send("Deploy it");
    await other.button("Approve").click();
    assert.equal(await other.focused(), "message");
    await other.page.getByText("error rates are where they were before.").waitFor();
    await other.ready();
    assert.equal(await other.reply.getByText(/^Stopped/).count(), 0);
    assert.deepEqual([...chat.complaints, ...other.complaints], []);
  },

  async "deny a tool"({ fast }) {
    const chat = await open(fast.url);
    await chat.send("Deploy it");
    await chat.button("Deny").click();
    await chat.page.getByText("nothing was deployed.").waitFor();
    await chat.ready();
    assert.match(await chat.reply.innerText(), /Deployment\s*denied/);
    await chat.shot("denied");
    await chat.send("What changed?");
    await chat.page.getByText("The other three are routine.").waitFor();
    assert.deepEqual(chat.complaints, []);
  },

  async stop({ slow }) {
    const chat = await open(slow.url);
    await chat.send("Walk me through");
    await chat.page.getByText("A rollout takes five").waitFor();
    await chat.button("Stop").click();
    await chat.ready();
    const kept = await chat.reply.innerText();
    assert.doesNotMatch(kept, /what has changed\./);
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.equal(await chat.reply.innerText(), kept, "nothing comes after a stop");
    await chat.page.reload();
    await chat.reply.waitFor();
    assert.match(await chat.reply.innerText(), /A rollout takes five/);
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.equal(await chat.button("Stop").count(), 0, "the backend has stopped as well");
    await chat.send("What changed?");
    await chat.page.getByText("The other three are routine.").waitFor();
    assert.equal(await chat.alert.count(), 0);
    assert.deepEqual(chat.complaints, []);
  },

  async "reload in the middle"({ slow }) {
    const chat = await open(slow.url);
    await chat.send("Walk me through");
    await chat.page.getByText("First the image is built").waitFor();
    await chat.page.reload();
    await chat.page.getByText("First the image is built").waitFor();
    await chat.button("Stop").waitFor();
    await chat.shot("resumed");
    await chat.page.getByText("when you ask me what has changed.").waitFor();
    await chat.ready();
    assert.equal(await chat.reply.count(), 1);
    for (const text of ["A rollout takes five steps.", "First the image is built", "what has changed."]) {
      assert.equal(await times(chat, text), 1, text);
    }
    assert.deepEqual(chat.complaints, []);
  },

  async "regenerate"({ fast }) {
    const chat = await open(fast.url);
    await chat.send("hello");
    await chat.page.getByText("walk you through the rollout.").waitFor();
    await chat.ready();
    const again = chat.posted();
    await chat.button("Regenerate").click();
    await again;
    await chat.page.getByText("walk you through the rollout.").waitFor();
    await chat.ready();
    assert.equal(await chat.reply.count(), 1);
    assert.equal(await chat.said.count(), 1);
    await chat.page.reload();
    await chat.page.getByText("walk you through the rollout.").waitFor();
    assert.equal(await chat.reply.count(), 1);
    assert.deepEqual(chat.complaints, []);
  },

  async "an error"({ fast }) {
    const chat = await open(fast.url);
    await chat.send("fail please");
    await chat.alert.waitFor();
    assert.match(await chat.alert.innerText(), /The model is overloaded/);
    assert.doesNotMatch(await chat.page.content(), /eu-west/, "what happened stays in the log");
    assert.match(await chat.reply.innerText(), /So far we have used/);
    await chat.shot("error");
    const again = chat.posted();
    await chat.button("Try again").click();
    await again;
    await chat.alert.waitFor();
    await chat.ready();
    assert.equal(await chat.reply.count(), 1);
    await chat.send("What changed?");
    await chat.page.getByText("The other three are routine.").waitFor();
    assert.equal(await chat.alert.count(), 0);
    assert.deepEqual(chat.complaints, []);
  },

  async "silence"({ slow }) {
    const chat = await open(slow.url);
    await chat.send("slowly");
    await chat.page.getByText("heartbeats keep the connection open").waitFor();
    await chat.page.getByText("Still healthy").waitFor();
    await chat.ready();
    assert.deepEqual(chat.complaints, []);
  },

  async "a server that is killed"() {
    let server = await serve(0.7);
    const chat = await open(server.url);
    await chat.send("Walk me through");
    await chat.page.getByText("A rollout takes five").waitFor();
    await server.kill();
    await chat.alert.waitFor();
    assert.match(await chat.alert.innerText(), /The connection was lost\./);
    assert.match(await chat.reply.innerText(), /A rollout takes five/, "what came stays");
    await chat.shot("killed");
    server = await serve(0.02, server.port);
    await chat.button("Try again").click();
    await chat.page.getByText("what has changed.").waitFor();
    await chat.ready();
    assert.equal(await chat.alert.count(), 0);
    assert.equal(await chat.reply.count(), 1);
    assert.equal(await times(chat, "A rollout takes five steps."), 1);
  },

  async "a request that is refused"({ fast }) {
    const chat = await open(fast.url);
    await chat.page.route("**/api/chat", (route) => route.continue({ postData: '{"id":"x"}' }));
    await chat.send("hello");
    await chat.alert.waitFor();
    assert.match(await chat.alert.innerText(), /Not a chat request: messages: field required/);
  },

  async "a small screen in the dark"({ fast }) {
    const chat = await open(fast.url, { viewport: { width: 380, height: 560 }, colorScheme: "dark" });
    assert.equal(await chat.page.evaluate(() => window.scrollY), 0, "the page opens at its heading");
    await chat.shot("small-welcome");
    await chat.send("What changed?");
    await chat.page.getByText("The other three are routine.").waitFor();
    await chat.ready();
    const wide = await chat.page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= 380, `the page is ${wide} wide`);
    await chat.shot("small");
    const ground = () => chat.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const dark = await ground();
    await chat.button("Colours: auto. Change to light").click();
    assert.notEqual(await ground(), dark);
  },

  async "the keyboard and names"({ fast }) {
    const chat = await open(fast.url);
    assert.equal(await chat.page.evaluate(() => document.activeElement?.id), "message");
    await chat.page.keyboard.type("one");
    await chat.page.keyboard.press("Shift+Enter");
    await chat.page.keyboard.type("two");
    await chat.page.keyboard.press("Enter");
    await chat.ready();
    assert.equal(await chat.said.innerText(), "You\n\none\ntwo");
    const nameless = await chat.page.evaluate(() =>
      [...document.querySelectorAll("button, textarea, a")].filter(
        (each) => !each.getAttribute("aria-label") && !each.textContent?.trim() && !each.labels?.length,
      ).length,
    );
    assert.equal(nameless, 0);
    assert.equal(await chat.page.getByRole("log").count(), 1);
    await chat.button("New chat").click();
    await chat.page.getByText("What shall we ship?").waitFor();
    await chat.page.goBack();
    await chat.page.getByText("one\ntwo").waitFor();
    await chat.page.goForward();
    await chat.page.getByText("What shall we ship?").waitFor();
  },
};

await run(browser, scenarios, async () => ({ fast: await serve(0.08), slow: await serve(0.7), slower: await serve(3) }), shots);
