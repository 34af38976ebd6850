/** Calls each route of django_app with values of its types, and compares what comes back with what was sent. */

import assert from "node:assert/strict";

import * as api from "./generated/routes.ts";
import { issuesFrom422 } from "./generated/runtime/call-problem.ts";
import {
  call,
  isErrorOf,
  MismatchError,
  RouteError,
} from "./generated/runtime/call.ts";

const options = { baseUrl: process.argv[2] };
const texts = [
  "a",
  "ä é",
  "a b+c&d=e?f#g%20h",
  "日本",
  "😀",
  '"q"',
  "\\",
  "a;b,c",
];
const failure = (answer: Promise<unknown>): Promise<unknown> =>
  answer.then(
    () => assert.fail("it did not fail"),
    (error: unknown) => error,
  );

// --- Parameters

for (const v of [0, -1, 2 ** 53 - 1]) {
  assert.equal(await call(api.pathInt, { path: { v } }, options), v);
}
assert.equal(await call(api.pathCount, { path: { v: 12 } }, options), 12);
await assert.rejects(
  call(api.pathCount, { path: { v: -1 } }, options),
  MismatchError,
);
for (const v of texts) {
  assert.equal(await call(api.pathText, { path: { v } }, options), v);
  assert.equal(
    await call(api.pathFile, { path: { v: `a/${v}` } }, options),
    `a/${v}`,
  );
  assert.deepEqual(
    await call(
      api.query,
      { query: { number: 1, on: true, day: "2024-02-29", text: v } },
      options,
    ),
    ["1", "True", "2024-02-29", v, "0.5"],
  );
  const latin = /^[\x20-\xff]*$/.test(v) ? v : "é";
  assert.equal(
    await call(api.header, { headers: { "x-token": latin } }, options),
    latin,
  );
  assert.deepEqual(
    await call(api.cookie, { cookies: { session: latin, visits: 3 } }, options),
    [latin, "3"],
  );
}
const key = "6fa459ea-ee8a-4ca4-894e-db77e160355e";
assert.equal(await call(api.pathUuid, { path: { v: key } }, options), key);
assert.deepEqual(
  await call(api.queryList, { query: { v: [3, 1, 3] } }, options),
  [3, 1, 3],
);
await assert.rejects(
  call(api.queryList, { query: { v: [] } }, options),
  MismatchError,
);
const wanted = { text: "a b", kinds: ["red" as const, "dark blue" as const] };
assert.deepEqual(
  await call(
    api.queryModel,
    { query: { ...wanted, pageSize: 5, after: "2024-01-01" } },
    options,
  ),
  { ...wanted, paging: { page_size: 5, after: "2024-01-01" } },
);
assert.deepEqual(await call(api.queryModel, {}, options), {
  text: "",
  kinds: [],
  paging: { page_size: 10, after: null },
});

// --- Bodies and responses

const item = { name: "日本", price: "1.5", tags: ["x"], made: null };
assert.deepEqual(await call(api.createItem, { body: item }, options), item);
const taken = await failure(
  call(api.createItem, { body: { name: "taken" } }, options),
);
assert(isErrorOf(api.createItem, taken) && taken.status === 409);
assert.equal(taken.body.code, "taken");
assert.deepEqual(
  await call(
    api.replaceItem,
    { path: { item_id: 1 }, body: { old: item, new: { name: "b" } } },
    options,
  ),
  [
    { name: "日本", price: "1.5", tags: ["x"] },
    { name: "b", price: "1.50", tags: [] },
  ],
);
assert.deepEqual(await call(api.several, { body: [item] }, options), [item]);
assert.deepEqual(await call(api.maybe, { body: item }, options), item);
assert.equal(await call(api.maybe, {}, options), null);
assert.equal(
  await call(api.deleteItem, { path: { item_id: 1 } }, options),
  undefined,
);
const status = (of: number) =>
  call(api.anyStatus, { query: { status: of } }, options);
assert.deepEqual(await status(200), {
  name: "a",
  price: "1.50",
  tags: [],
  made: null,
});
assert.deepEqual(await status(202), { code: "missing" });
const gone = await failure(status(410));
assert(isErrorOf(api.anyStatus, gone) && gone.status === 410);
const code: "missing" | "taken" = gone.body.code;
assert.equal(code, "missing");
const teapot = await failure(call(api.teapot, {}, options));
assert(teapot instanceof RouteError && !teapot.declared);
assert.deepEqual(teapot.body, { detail: "a teapot" });
const unread: typeof fetch = (url, init) =>
  fetch(String(url).replace("number=1", "number=x"), init);
const unfit = await failure(
  call(
    api.query,
    { query: { number: 1, on: true, day: "2024-02-29" } },
    { ...options, fetch: unread },
  ),
);
assert(isErrorOf(api.query, unfit) && unfit.status === 422);
assert.deepEqual(
  issuesFrom422(unfit.body.detail, "query").map(({ path }) => path),
  [["number"]],
);
const emptied: typeof fetch = (url, init) =>
  fetch(url, { ...init, body: '{"tags": [1]}' });
const wrong = await failure(
  call(api.createItem, { body: item }, { ...options, fetch: emptied }),
);
assert(isErrorOf(api.createItem, wrong) && wrong.status === 422);
assert.deepEqual(
  issuesFrom422(wrong.body.detail, "body", { tags: [1] }).map(
    ({ path }) => path,
  ),
  [["name"], ["tags", 0]],
);
assert.equal(await call(api.bothGet, { query: { v: 1 } }, options), 1);
assert.equal(await call(api.bothPost, { query: { v: 1 } }, options), 1);
assert.equal(await call(api.readDeep, {}, options), "deep");
assert.equal(await call(api.hidden, {}, options), "hidden");
const anything: unknown = await call(api.untyped, {}, options);
assert.deepEqual(anything, { a: 1 });

// @ts-expect-error: a number
void (() => call(api.pathInt, { path: { v: "1" } }, options));

console.log(Object.keys(api).length);
