/** Calls the routes of untyped_app: what has no type is `unknown`, and what is a class of responses is the response. */

import assert from "node:assert/strict";

import * as api from "./generated/routes.ts";
import {
  call,
  isErrorOf,
  MismatchError,
  RouteError,
} from "./generated/runtime/call.ts";

const options = { baseUrl: process.argv[2] };

// --- Anything

const args = (status: number) => ({
  path: { status },
  query: { tag: ["x", "y"] },
  body: { name: "a" },
});
for (const status of [200, 201, 207]) {
  const said: unknown = await call(api.anything, args(status), options);
  assert.deepEqual(said, { name: "a", tags: ["x", "y"] });
}
await assert.rejects(
  call(api.anything, args(409), options),
  (error) =>
    error instanceof RouteError && error.status === 409 && !error.declared,
);
await assert.rejects(
  call(api.anything, { ...args(200), body: { name: 1 } } as never, options),
  MismatchError,
);
const elsewhere: typeof fetch = (_, init) =>
  fetch(`${options.baseUrl}/any/x`, init);
const unfit = await call(api.anything, args(200), {
  ...options,
  fetch: elsewhere,
}).catch((error: unknown) => error);
assert(isErrorOf(api.anything, unfit) && unfit.status === 422);
assert.equal(unfit.body.detail[0]?.loc[1], "status");

assert.equal(await call(api.null_, {}, options), null);
assert.deepEqual(await call(api.either, { query: { own: true } }, options), {
  own: 1,
});
assert.deepEqual(await call(api.either, { query: { own: false } }, options), {
  name: "a",
});
const media = (of: string) =>
  call(api.ofMedia, { path: { media: of } }, options);
assert.equal(await media("application/problem+json"), 12);
assert.equal(await media("text/plain"), "12");
assert.equal(await media("application/xhtml+xml"), "12");
const image = await media("image/png");
assert(image instanceof Blob && image.type === "image/png");
assert.equal(await image.text(), "12");
const indices: unknown[] = [];
for await (const line of await call(
  api.lines,
  { query: { count: 3 } },
  options,
)) {
  const one: unknown = line;
  indices.push(one);
}
assert.deepEqual(indices, [{ index: 0 }, { index: 1 }, { index: 2 }]);
assert.deepEqual(await call(api.jsonResponse, {}, options), [1, null]);

// --- Of a declared class

const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
for (const status of [200, 206]) {
  const one: Response = await call(api.response, { path: { status } }, options);
  assert.equal(one.status, status);
  assert.deepEqual(new Uint8Array(await one.arrayBuffer()), bytes);
}
await assert.rejects(
  call(api.response, { path: { status: 500 } }, options),
  RouteError,
);
const file: Response = await call(
  api.file,
  { query: { name: "ä.py" } },
  options,
);
assert.match(
  file.headers.get("content-disposition") ?? "",
  /filename\*=utf-8''%C3%A4\.py/,
);
const text = await file.text();
assert.match(text, /^"""An application whose routes/);
const part = await call(
  api.path,
  {},
  { ...options, headers: { range: "bytes=3-16" } },
);
assert.equal(part.status, 206);
assert.equal(await part.text(), "An application");
const picture = await (await call(api.png, {}, options)).blob();
assert.equal(picture.type, "image/png");
assert.equal(await (await call(api.xml, {}, options)).text(), "<a/>");
const page: string = await call(api.html, {}, options);
assert.equal(page, "<p>é</p>");
const controller = new AbortController();
const ticks = await call(
  api.stream,
  {},
  { ...options, signal: controller.signal },
);
const reader = ticks.body?.pipeThrough(new TextDecoderStream()).getReader();
assert.match((await reader?.read())?.value ?? "", /^data: tick/);
controller.abort();
await assert.rejects(async () => {
  while (reader !== undefined) if ((await reader.read()).done) return;
});
const neither: Response = await call(api.fileOrJson, {}, options);
assert.deepEqual(await neither.json(), { no: "file" });

// @ts-expect-error: it may be anything
void (async () => (await call(api.null_, {}, options)).name);

console.log(Object.keys(api).length);
