/** Calls each route of form_app with texts and files, and compares what comes back with what was sent. */

import assert from "node:assert/strict";

import * as api from "./generated/routes.ts";
import { call, MismatchError } from "./generated/runtime/call.ts";

// What many applications say of all requests, and is wrong of forms.
const options = {
  baseUrl: process.argv[2],
  headers: { "Content-Type": "application/json" },
};
const texts = ["a", "ä é", "a b+c&d=e?f#g%20h", "日本", "😀", '"quoted"', "\\"];

for (const name of texts) {
  const days = ["2024-01-01", "2024-02-29"];
  assert.deepEqual(
    await call(api.fields, { body: { name, Age: 7, ok: true, days } }, options),
    [name, 7, true, days],
  );
  assert.deepEqual(await call(api.fields, { body: { name } }, options), [
    name,
    3,
    null,
    [],
  ]);
  const login = { name, age: 8, tags: texts, born: "2024-01-01" };
  assert.deepEqual(await call(api.model, { body: login }, options), login);
  const file = new File([name], "näme.txt", { type: "text/x-own" });
  assert.deepEqual(await call(api.file, { body: { v: file } }, options), [
    "näme.txt",
    "text/x-own",
    name,
  ]);
  const files = [new Blob([name]), new Blob(["second"])];
  assert.deepEqual(
    await call(api.mixed, { body: { note: name, files } }, options),
    [name, name, "second", "none"],
  );
  const raw = new Blob(["raw"]);
  assert.deepEqual(
    await call(api.mixed, { body: { note: name, files, raw } }, options),
    [name, name, "second", "raw"],
  );
}
for (const body of [
  { name: "" },
  { name: "a", Age: 0 },
  { name: "a", Age: 1.5 },
]) {
  await assert.rejects(call(api.fields, { body }, options), MismatchError);
}
await assert.rejects(
  call(api.mixed, { body: { note: "a", files: [] } }, options),
  MismatchError,
);

// --- At random, the same each time

let state = 11;
function upTo(count: number): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 2 ** 32) * count);
}
/** Text without what a multipart form changes: line breaks become CRLF there. */
function text(): string {
  const codes = Array.from({ length: 1 + upTo(9) }, () => {
    const code = 1 + upTo(upTo(2) ? 0x10ffff : 0x7f);
    return code === 10 || code === 13 || (code >= 0xd800 && code < 0xe000)
      ? 0x41
      : code;
  });
  return String.fromCodePoint(...codes);
}
const day = () => new Date(upTo(4e12)).toISOString().slice(0, 10);
const several = <T>(make: () => T) => Array.from({ length: upTo(4) }, make);
for (let round = 0; round < 60; round += 1) {
  const [name, note, tags, days] = [
    text(),
    text(),
    several(text),
    several(day),
  ];
  const Age = 1 + upTo(2 ** 53 - 1);
  const ok = upTo(2) === 1;
  assert.deepEqual(
    await call(api.fields, { body: { name, Age, ok, days } }, options),
    [name, Age, ok, days],
  );
  const login = { name, age: -Age, tags, born: day() };
  assert.deepEqual(await call(api.model, { body: login }, options), login);
  const bytes = Uint8Array.from({ length: 1 + upTo(40) }, () => upTo(256));
  const title = text().replace(/["\\\x00-\x1f\x7f/]/g, "-");
  const v = new File([bytes], title, { type: "application/x-own" });
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0"));
  assert.deepEqual(
    await call(api.multipart, { body: { note, tags, days, v, ok } }, options),
    [note, tags, days, ok, title, hex.join("")],
  );
}

// @ts-expect-error: a file is no text
void (() => call(api.file, { body: { v: "text" } }, options));
// @ts-expect-error: the text is missing
void (() => call(api.mixed, { body: { files: [] } }, options));

console.log(Object.keys(api).length);
