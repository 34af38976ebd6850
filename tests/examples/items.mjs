// The items example in a real browser and from Node, against its real server: node items.mjs <python> <chromium> <page> <screenshots or "">.
//
// Prints { scenario: null, or what went wrong }.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { launch, open as opened, run, serve } from "./browser.mjs";

const [python, executablePath, page_, shots] = process.argv.slice(2);
const example = join(import.meta.dirname, "..", "..", "examples", "items");
const browser = await launch(executablePath);
const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

async function open(url, options) {
  const { page, ...others } = await opened(browser, url, { timezoneId: "America/New_York", ...options });
  const row = (name) => page.locator("li", { hasText: name });
  await row("Go board").waitFor();
  const form = page.getByRole("form", { name: "New item" });
  return {
    page,
    ...others,
    row,
    form,
    alert: page.getByRole("alert"),
    news: page.getByRole("status"),
    add: async (name, { deposit = "10.00", at = "2024-03-10T12:00", kind = "book" } = {}) => {
      await form.getByLabel("Name").fill(name);
      await form.getByLabel("Kind").selectOption(kind);
      await form.getByLabel("Deposit").fill(deposit);
      await form.getByLabel("Bought").fill(at);
      await form.getByRole("button", { name: "Add" }).click();
    },
    shot: async (name) => shots && page.screenshot({ path: join(shots, `items-${name}.png`) }),
  };
}

/** What the backend itself says. */
const item = async (url, name) =>
  (await (await fetch(`${url}/api/items`)).json()).find((each) => each.name === name);

const scenarios = {
  async "dates are dates"({ server }) {
    const { page, row, shot, complaints } = await open(server.url);
    assert.equal((await item(server.url, "Cordless drill")).bought_at, "2024-02-29T09:30:15.123456Z");
    const time = row("Cordless drill").locator("time").first();
    assert.equal(await time.getAttribute("datetime"), "2024-02-29T09:30:15.123Z");
    assert.equal(await time.innerText(), "29 Feb 2024, 04:30", "as it is in New York");
    const [listed] = await Promise.all([
      page.waitForResponse((response) => response.url().includes("bought_since")),
      page.getByLabel("since").fill("2024-03-01"),
    ]);
    assert.equal(new URL(listed.url()).searchParams.get("bought_since"), "2024-03-01T00:00:00Z");
    await row("Cordless drill").waitFor({ state: "detached" });
    await row("Go board").waitFor();
    await shot("since");
    assert.deepEqual(complaints, []);
  },

  // The page shows the last change alone, so nobody else may make one: this scenario and the one that signs in have servers of their own.
  async "add an item"({ first }) {
    const { add, row, news, complaints } = await open(first.url);
    await add("A book", { at: "2024-03-10T12:00", deposit: "1.50" });
    await row("A book").waitFor();
    assert.match(await row("A book").innerText(), /book\s*1\.50 €\s*bought 10 Mar 2024, 12:00/);
    await news.getByText("stranger saved A book").waitFor();
    assert.equal((await item(first.url, "A book")).bought_at, "2024-03-10T16:00:00Z", "an instant");
    assert.deepEqual(complaints, []);
  },

  async "what is wrong stands at its field"({ server }) {
    const { page, add, alert, row } = await open(server.url);
    let posts = 0;
    page.on("request", (request) => { posts += request.method() === "POST" ? 1 : 0; });
    await add("", { deposit: "-1" });
    await alert.first().waitFor();
    assert.deepEqual((await alert.allInnerTexts()).map((text) => text.split(":")[0]).sort(), ["deposit", "name"]);
    assert.equal(posts, 0, "it was not sent");
    await add("From the future", { at: "2999-01-01T00:00" });
    await page.getByText("bought_at: Value error, is yet to come").waitFor();
    assert.equal(posts, 1);
    await add("Go board");
    await page.getByText("name: There is an item of that name.").waitFor();
    assert.equal(await row("From the future").count(), 0);
  },

  async "a filter"({ server }) {
    const { page, row, complaints } = await open(server.url);
    const filter = page.getByRole("form", { name: "Filter" });
    await filter.getByLabel("tool").check();
    await row("Go board").waitFor({ state: "detached" });
    const [listed] = await Promise.all([
      page.waitForResponse((response) => response.url().includes("kind=game")),
      filter.getByLabel("game").check(),
    ]);
    assert.deepEqual(new URL(listed.url()).searchParams.getAll("kind"), ["tool", "game"]);
    await row("Go board").waitFor();
    await filter.getByLabel("Name").fill("drill");
    await row("Go board").waitFor({ state: "detached" });
    await row("Cordless drill").waitFor();
    assert.deepEqual(complaints, []);
  },

  async "lend it, in two tabs"({ server }) {
    const one = await open(server.url);
    const two = await open(server.url, { context: one.context });
    await one.add("For two", { at: "2024-03-01T12:00" });
    await two.row("For two").getByRole("button", { name: "Lend for 14 days" }).click();
    const until = one.row("For two").locator("time").nth(1);
    await until.waitFor();
    assert.equal(await until.getAttribute("datetime"), "2024-03-15T17:00:00.000Z");
    assert.equal(await until.innerText(), "15 Mar 2024, 13:00", "daylight saving time has begun");
    await one.row("For two").getByRole("button", { name: "Lend for 7 days" }).click();
    await one.page.getByText("It is lent for longer than that.").waitFor();
    await one.shot("lent");
    await one.row("For two").getByRole("button", { name: "Remove" }).click();
    await two.row("For two").waitFor({ state: "detached" });
    assert.deepEqual(two.complaints, []);
  },

  async "a photo"({ server }) {
    const { add, row, page, complaints } = await open(server.url);
    await add("In a photo");
    await row("In a photo").getByLabel("Photo").setInputFiles({ name: "a.png", mimeType: "image/png", buffer: PIXEL });
    const image = page.getByAltText("Photo of In a photo");
    await image.waitFor();
    assert.equal(await image.evaluate((element) => element.decode().then(() => element.naturalWidth)), 1);
    assert.deepEqual(complaints, []);
  },

  async "sign in"({ second }) {
    const { page, add, news, complaints } = await open(second.url, { locale: "de-DE" });
    await page.getByText("Guten Tag, stranger").waitFor();
    await page.getByLabel("Your name").fill("Ada");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText("Guten Tag, Ada").waitFor();
    await add("Of Ada");
    await news.getByText("Ada saved Of Ada").waitFor();
    assert.deepEqual(complaints, []);
  },

  async "the same routes from Node"({ untouched }) {
    const report = join(example, "frontend", "report.ts");
    const said = execFileSync(process.execPath, [report, untouched.url], { encoding: "utf8" });
    assert.equal(said, "1 of the items are tools.\nThe latest was bought in 2024.\nThere is no such item.\n");
  },
};

const start = () =>
  serve(python, ["items:create_app", "--factory", "--app-dir", example], { ITEMS_PAGE: page_ });
const begin = async () => ({
  server: await start(),
  untouched: await start(),
  first: await start(),
  second: await start(),
});
await run(browser, scenarios, begin, shots);
