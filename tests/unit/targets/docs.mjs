// A page of the target docs in a real browser: node docs.mjs <node_modules> <chromium> <address of the page>.

import assert from "node:assert/strict";
import { createRequire } from "node:module";

const [modules, executablePath, address] = process.argv.slice(2);
const { chromium } = createRequire(`${modules}/`)("playwright-core");
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
const page = await browser.newPage({ colorScheme: "dark", viewport: { width: 390, height: 800 } });
page.setDefaultTimeout(45_000);
const complaints = [];
page.on("pageerror", (error) => complaints.push(error.message));
page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
page.on("request", (request) => request.url() !== address && complaints.push(request.url()));
page.on("dialog", (dialog) => (complaints.push(dialog.message()), dialog.dismiss()));
await page.goto(address);

// By keyboard alone: a field of a type, then a type, then nothing.
await page.keyboard.press("/");
await page.keyboard.type("message.sent");
await page.getByRole("option", { name: "sentAt in Message" }).waitFor();
await page.keyboard.press("Enter");
assert.equal(new URL(page.url()).hash, "#type-Message.sentAt");
assert.equal(await page.evaluate(() => document.activeElement.id), "type-Message.sentAt");
await page.keyboard.press("ControlOrMeta+k");
await page.keyboard.type("hostile");
assert.ok((await page.getByRole("option").count()) > 5);
await page.keyboard.press("ArrowDown");
const chosen = await page.getByRole("option", { selected: true }).textContent();
await page.keyboard.press("Enter");
assert.equal(new URL(page.url()).hash, `#type-${chosen}`);
await page.keyboard.press("/");
await page.keyboard.type("nobody is called so");
await page.getByText("Nothing is called like that.").waitFor();
await page.keyboard.press("Escape");
assert.equal(await page.locator("#found").isHidden(), true);

// As dark as the system is, then light; and no wider than the screen.
const back = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
const dark = await back();
await page.getByRole("button", { name: "Light or dark" }).click();
assert.notEqual(await back(), dark);
assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));

// Text that tries to run did not, and a script that somebody puts in does not.
assert.equal(await page.evaluate(() => globalThis.pwned), undefined);
assert.equal(await page.evaluate(() => document.images.length + document.scripts.length), 1);
assert.deepEqual(complaints, []);
await page.evaluate(() => document.body.insertAdjacentHTML("beforeend", '<img src=x onerror="globalThis.pwned=1">'));
await page.waitForTimeout(200);
assert.equal(await page.evaluate(() => globalThis.pwned), undefined);
await browser.close();
