/** Calls each route of form_app with texts and files, and compares what comes back with what was sent. */

import assert from "node:assert/strict";

import * as api from "./generated/routes.ts";
import { call, MismatchError } from "./generated/runtime/call.ts";

const options = { baseUrl: process.argv[2] };
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

// @ts-expect-error: a file is no text
void (() => call(api.file, { body: { v: "text" } }, options));
// @ts-expect-error: the text is missing
void (() => call(api.mixed, { body: { files: [] } }, options));

console.log(Object.keys(api).length);
