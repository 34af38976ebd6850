/** Calls each route of echo_app with values of its types, and compares what comes back with what was sent. */

import assert from "node:assert/strict";

import * as api from "./generated/routes.ts";
import { issuesFrom422 } from "./generated/runtime/call-problem.ts";
import {
  call,
  callerOf,
  isErrorOf,
  MismatchError,
  requestOf,
  RouteError,
  withDefaults,
} from "./generated/runtime/call.ts";

const options = { baseUrl: process.argv[2] };
const texts = [
  "a",
  "ä é",
  "a b+c&d=e?f#g%20h",
  "日本",
  "😀",
  '"quoted"',
  "\\",
  "a;b,c",
];
const latin = ["a", "a b", "é", '"quoted"', "a;b,c", "\\", "100%"];
const integers = [0, 1, -1, 2 ** 53 - 1, 1e20];
const floats = [0, 1.5, -2.25, 1e-7, 1e21, 1e300, 5e-324];

let called = 0;
async function same(answer: Promise<unknown>, expected: unknown) {
  assert.deepEqual(await answer, expected);
  called += 1;
}

async function each<T>(values: readonly T[], echo: (v: T) => Promise<unknown>) {
  for (const value of values) await same(echo(value), value);
}

// --- Paths

await each([0, 1, -1, 2 ** 53 - 1], (v) =>
  call(api.pathInt, { path: { v } }, options),
);
await each(texts, (v) => call(api.pathStr, { path: { v } }, options));
await each(floats, (v) => call(api.pathFloat, { path: { v } }, options));
await each([true, false], (v) => call(api.pathBool, { path: { v } }, options));
await each(["2024-02-29"], (v) => call(api.pathDate, { path: { v } }, options));
await each(["6fa459ea-ee8a-4ca4-894e-db77e160355e"], (v) =>
  call(api.pathUuid, { path: { v } }, options),
);
await each(["red", "dark blue"] as const, (v) =>
  call(api.pathEnum, { path: { v } }, options),
);
await each([1, 10] as const, (v) =>
  call(api.pathLevel, { path: { v } }, options),
);
await each([0, 12], (v) => call(api.pathConverted, { path: { v } }, options));
await each(["a/b c/é", "a", ...texts], (v) =>
  call(api.pathFile, { path: { v } }, options),
);
await same(call(api.pathTwo, { path: { first: "a&b", second: 3 } }, options), [
  "a&b",
  "3",
]);
for (const v of ["", "a/b", ".", ".."]) {
  await assert.rejects(
    call(api.pathStr, { path: { v } }, options),
    MismatchError,
  );
}

// --- Queries

await each(integers, (v) => call(api.queryInt, { query: { v } }, options));
await each(["", ...texts], (v) =>
  call(api.queryStr, { query: { v } }, options),
);
await each(["", ...texts], (v) =>
  call(api.queryOptional, { query: { v } }, options),
);
await same(call(api.queryOptional, {}, options), null);
await same(call(api.queryOptional, undefined, options), null);
await same(call(api.queryOptional, { query: { v: undefined } }, options), null);
await same(call(api.queryDefault, {}, options), 7);
await each(integers, (v) => call(api.queryDefault, { query: { v } }, options));
await each([true, false], (v) =>
  call(api.queryBool, { query: { v } }, options),
);
await each(floats, (v) => call(api.queryFloat, { query: { v } }, options));
await each(["1.50", "-0.001"], (v) =>
  call(api.queryDecimal, { query: { v } }, options),
);
await each(["2024-02-29T12:30:00+02:00", "2024-02-29T12:30:00"], (v) =>
  call(api.queryDatetime, { query: { v } }, options),
);
await each(["12:30:00", "12:30:00.000001"], (v) =>
  call(api.queryTime, { query: { v } }, options),
);
await each(["P1DT2H", "PT0.5S"], (v) =>
  call(api.queryTimedelta, { query: { v } }, options),
);
await each([[1], [3, 1, 2], [5, 5]], (v) =>
  call(api.queryList, { query: { v } }, options),
);
await assert.rejects(
  call(api.queryList, { query: { v: [] } }, options),
  MismatchError,
);
await each([[], ["a"], texts, ["", "a"]], (v) =>
  call(api.queryListDefault, { query: { v } }, options),
);
await each([["2024-01-01", "2024-01-02"]], (v) =>
  call(api.queryDates, { query: { v } }, options),
);
await same(call(api.queryDates, {}, options), null);
await each([[1, 2, 30]], (v) => call(api.querySet, { query: { v } }, options));
await each([["red", "dark blue", "red"] as const], (v) =>
  call(api.queryEnums, { query: { v: [...v] } }, options),
);
await each(["a b", "c&d"] as const, (v) =>
  call(api.queryLiteral, { query: { v } }, options),
);
await each(["ab", "a b"], (v) =>
  call(api.queryAlias, { query: { "sort-by": v } }, options),
);
await assert.rejects(
  call(api.queryAlias, { query: { "sort-by": "a" } }, options),
  MismatchError,
);
const filter = {
  limit: 3,
  offset: 4,
  order_by: "price",
  tag: ["x", "y z"],
  createdAfter: "2024-01-01",
} as const;
await same(
  call(api.queryModel, { query: { ...filter, tag: [...filter.tag] } }, options),
  filter,
);
await same(call(api.queryModel, {}, options), {
  limit: 10,
  offset: null,
  order_by: "name",
  tag: [],
  createdAfter: null,
});
await each([1, 1.5], (v) => call(api.queryNumbers, { query: { v } }, options));

// --- Headers and cookies

await each(latin, (v) =>
  call(api.headerStr, { headers: { "x-token": v } }, options),
);
for (const v of [" a", "日本", "a\nb"]) {
  await assert.rejects(
    call(api.headerStr, { headers: { "x-token": v } }, options),
    MismatchError,
  );
}
await each([3, -3], (v) =>
  call(api.headerInt, { headers: { "x-count": v } }, options),
);
await same(call(api.headerInt, {}, options), null);
await each(["2024-01-01"], (v) =>
  call(api.headerAlias, { headers: { "x-since": v } }, options),
);
await each(["x y"], (v) =>
  call(api.headerUnderscores, { headers: { a_b: v } }, options),
);
await same(
  call(
    api.headerModel,
    { headers: { "x-trace": "1", "save-data": true } },
    options,
  ),
  { x_trace: "1", save_data: true },
);
await each(latin, (v) =>
  call(api.cookieStr, { cookies: { session: v } }, options),
);
await assert.rejects(
  call(api.cookieStr, { cookies: { session: "日" } }, options),
  MismatchError,
);
await same(
  call(api.cookieTwo, { cookies: { a: 1, b: true } }, options),
  [1, 1],
);
await same(call(api.cookieTwo, { cookies: { a: 1 } }, options), [1, 0]);

// --- Dependencies, and all at once

await same(
  call(api.depends, { query: { skip: 2, limit: 3 } }, options),
  [2, 3],
);
await same(call(api.depends, {}, options), [0, 20]);
await same(
  call(
    api.everything,
    {
      path: { a: 1 },
      query: { b: "two" },
      headers: { c: "three" },
      cookies: { d: "four five" },
      body: { name: "six" },
    },
    options,
  ),
  { a: "1", b: "two", c: "three", d: "four five", e: "six" },
);

// --- Bodies

const item = {
  name: "é",
  price: "2.50",
  tags: ["a"],
  made: "2024-01-01T00:00:00Z",
  secret: null,
};
const plain = { name: "a", price: "1.50", tags: [], made: null, secret: null };
await same(call(api.bodyModel, { body: item }, options), item);
await same(call(api.bodyModel, { body: { name: "a" } }, options), plain);
await same(call(api.bodyList, { body: [item, { name: "a" }] }, options), [
  item,
  plain,
]);
await same(call(api.bodyEmbedded, { body: { v: item } }, options), item);
await same(
  call(api.bodySeveral, { body: { item: { name: "a" }, count: 2 } }, options),
  "a 2 None",
);
await each([3, -3], (body) => call(api.bodyScalar, { body }, options));
await same(call(api.bodyOptional, {}, options), null);
await same(call(api.bodyOptional, { body: item }, options), item);
await same(call(api.bodyDict, { body: { a: "2024-01-01" } }, options), {
  a: "2024-01-01",
});

const bytes = Uint8Array.from([0, 1, 0xff]);
for (const body of [bytes, bytes.buffer, new Blob([bytes])]) {
  await same(call(api.bodyBytes, { body }, options), "0001ff");
}
await same(call(api.bodyMaybeBytes, {}, options), "none");
await same(call(api.bodyMaybeBytes, { body: bytes }, options), "0001ff");
await each(["# é", "😀 {}", "1", '"'], (body) =>
  call(api.bodyText, { body }, options),
);
for (const body of ["", "x".repeat(21), "\ud800"]) {
  await assert.rejects(call(api.bodyText, { body }, options), MismatchError);
}
await assert.rejects(
  call(api.bodyBytes, { body: new Blob() }, options),
  MismatchError,
);

// --- Responses

await same(call(api.created, { body: item }, options), item);
await same(call(api.nothing, { path: { v: 1 } }, options), undefined);
await same(call(api.null_, {}, options), undefined);
await each(["", ...texts], (v) =>
  call(api.plainText, { query: { v } }, options),
);
await same(call(api.noNone, {}, options), {
  name: "a",
  price: "1.50",
  tags: [],
});
await same(call(api.noSecret, {}, options), {
  name: "a",
  price: "1.50",
  tags: [],
  made: null,
});
await same(
  call(api.rawBytes, {}, options).then((answer) => answer.bytes()),
  Uint8Array.of(0, 1),
);
await same(
  call(api.xml, {}, options).then((answer) => answer.text()),
  "<a/>",
);
await same(call(api.own, {}, options), { code: "taken", text: "own" });
await same(call(api.ownEmpty, {}, options), undefined);
await same(call(api.bothSay, {}, options), {
  name: "a",
  price: "1.50",
  tags: [],
});
await same(call(api.either, { query: { later: true } }, options), {
  code: "missing",
  text: "no",
});
await same(call(api.either, { query: { later: false } }, options), {
  ...plain,
  name: "now",
});
await assert.rejects(call(api.lying, {}, options), MismatchError);

async function failure(answer: Promise<unknown>): Promise<unknown> {
  try {
    await answer;
  } catch (error) {
    return error;
  }
  return assert.fail("it did not fail");
}

const missing = await failure(call(api.errors, { path: { v: 404 } }, options));
assert(isErrorOf(api.errors, missing));
assert(missing.status === 404);
const code: "missing" | "taken" = missing.body.code;
assert.equal(code, "missing");
assert(!isErrorOf(api.teapot, missing));
const broken = await failure(call(api.errors, { path: { v: 503 } }, options));
assert(isErrorOf(api.errors, broken) && broken.status === 503);
const code5: "missing" | "taken" = broken.body.code; // 5XX, and nothing that another status has
assert.equal(code5, "taken");
const ranged = (v: number) =>
  failure(call(api.ranged, { path: { v } }, options));
const even = await ranged(2);
assert(isErrorOf(api.ranged, even) && even.status === 422);
assert.deepEqual(
  issuesFrom422(even.body.detail, "path").map(({ path }) => path),
  [["v"]],
);
const gone = await ranged(3);
assert(isErrorOf(api.ranged, gone) && gone.status !== 422);
const code4: "missing" | "taken" = gone.body.code;
assert.equal(code4, "missing");
const none = await failure(call(api.declared, { query: { v: true } }, options));
assert(isErrorOf(api.declared, none) && none.status === 404);
assert.deepEqual(none.body, { detail: "none" });
await same(call(api.declared, { query: { v: false } }, options), {
  detail: ["later"],
});
const teapot = await failure(call(api.teapot, {}, options));
assert(
  teapot instanceof RouteError && !teapot.declared && teapot.status === 418,
);
assert.deepEqual(teapot.body, { detail: "a teapot" });

const unfit = await failure(
  call(
    {
      ...api.queryInt,
      parameters: { query: api.queryStr.parameters.query },
    } as never,
    {
      query: { v: "x" },
    } as never,
    options,
  ),
);
assert(isErrorOf(api.queryInt, unfit) && unfit.status === 422);
assert.deepEqual(
  issuesFrom422(unfit.body.detail, "query").map(({ path }) => path),
  [["v"]],
);

// --- Streams

for (const route of [api.lines, api.events]) {
  const names: string[] = [];
  for await (const one of await call(
    route,
    { query: { count: 30 } },
    options,
  )) {
    names.push(one.name);
  }
  assert.equal(names.length, 30);
  assert.match(names[29] ?? "", /^(?:line|event)\n29 é$/);
  for await (const one of await call(
    route,
    { query: { count: 100_000 } },
    options,
  )) {
    assert(one.name);
    break;
  }
  called += 2;
}

// --- Routers, mounts, names

await same(call(api.members, { path: { team: "a b" } }, options), "a b True");
await same(
  call(api.untold, { path: { team: "x" } }, options),
  "the function does not take the team",
);
await same(call(api.innerQueryInt, { query: { v: 1 } }, options), -1);
await same(call(api.readItemOfInner, { path: { item_id: 1 } }, options), 1);
await same(call(api.bothGet, { query: { v: 1 } }, options), 1);
await same(call(api.bothPost, { query: { v: 1 } }, options), 1);
await same(call(api.sameSameAGet, {}, options), "a");
await same(call(api.sameSameBGet, {}, options), "b");
await same(call(api.hidden, {}, options), "hidden");
await same(call(api.delete_, {}, options), "deleted");
assert(!("hiddenToo" in api) && !("untyped" in api) && !("mixed" in api));

// --- Options

const controller = new AbortController();
controller.abort(new Error("enough"));
const stopped = await failure(
  call(api.queryDefault, {}, { ...options, signal: controller.signal }),
);
assert.match(String(stopped), /enough/);
const seen: string[] = [];
const own: typeof fetch = (input, init) => {
  seen.push(
    `${init?.method} ${String(input)} ${new Headers(init?.headers).get("x-own")}`,
  );
  return fetch(input, init);
};
await same(
  call(
    api.queryInt,
    { query: { v: 1 } },
    { baseUrl: `${options.baseUrl}/`, fetch: own, headers: { "X-Own": "1" } },
  ),
  1,
);
assert.deepEqual(seen, [`GET ${options.baseUrl}/query/int?v=1 1`]);
assert.equal(
  requestOf(api.queryInt, { query: { v: 1 } }).url,
  "/query/int?v=1",
);

const later = callerOf(api.queryInt, { query: { v: 3 } }, options);
await same(later(), 3);
await same(later({ fetch: own }), 3);
assert.equal(seen.length, 2);
const aborted = later({ signal: controller.signal });
assert.match(String(await failure(aborted)), /enough/);

// --- Options of an application

let token = 0;
const application = withDefaults({
  baseUrl: "http://127.0.0.1:1",
  headers: async () => {
    token += 1;
    await new Promise((resolve) => setTimeout(resolve, 1));
    return {
      Authorization: `Bearer ${token}`,
      "X-App": "shop",
      "x-none": undefined,
    };
  },
  init: { credentials: "include", headers: { "x-init": "1", "x-app": "init" } },
});
const local = withDefaults({
  ...options,
  headers: new Headers({ "x-app": "local" }),
});
async function headersOf(
  answer: Promise<{ [name: string]: string }>,
): Promise<{ [name: string]: string | undefined }> {
  called += 1;
  return answer;
}
const first = await headersOf(application.call(api.headerAll, {}, options));
assert.equal(first["authorization"], "Bearer 1");
assert.equal(first["x-app"], "shop");
assert.equal(first["x-init"], "1");
assert(!("x-none" in first));
const second = await headersOf(
  application.call(
    api.headerAll,
    { headers: { "x-tenant": "of the route" } },
    {
      ...options,
      headers: {
        authorization: null,
        "X-APP": "call",
        "x-tenant": "of the call",
        "x-init": undefined,
      },
    },
  ),
);
assert(!("authorization" in second));
assert.equal(second["x-app"], "call");
assert.equal(second["x-tenant"], "of the route");
assert.equal(second["x-init"], "1");
assert.equal(token, 2);
const third = application.callerOf(
  api.headerAll,
  {},
  { headers: [["x-app", "made"]] },
);
assert.equal((await headersOf(third(options)))["x-app"], "made");
const fourth = await headersOf(
  third({ ...options, headers: () => ({ "x-app": "later" }) }),
);
assert.equal(fourth["x-app"], "later");
assert.equal(fourth["authorization"], "Bearer 4");
assert.equal((await headersOf(local.call(api.headerAll)))["x-app"], "local");
await assert.rejects(
  application.call(api.queryInt, { query: { v: 1.5 } }),
  MismatchError,
);
assert.equal(token, 4); // what can't be sent asks for no token
const failing = failure(
  call(
    api.null_,
    {},
    { ...options, headers: () => Promise.reject(new Error("signed out")) },
  ),
);
assert.match(String(await failing), /signed out/);
const inits: Array<RequestInit | undefined> = [];
await application.call(
  api.headerAll,
  {},
  {
    ...options,
    init: { cache: "no-store" },
    fetch: (input, init) => {
      inits.push(init);
      return fetch(input, init);
    },
  },
);
assert.equal(inits[0]?.credentials, "include");
assert.equal(inits[0]?.cache, "no-store");
const undone = local.call(
  api.headerAll,
  {},
  { baseUrl: undefined, fetch: undefined },
);
assert.equal((await headersOf(undone))["x-app"], "local");
const bare = requestOf(
  api.headerAll,
  {},
  { headers: { "x-app": "1", "x-no": null } },
);
assert.deepEqual([...new Headers(bare.init.headers)], [["x-app", "1"]]);
// A session that has ended is begun again, once, by a `fetch` of one's own.
let sessions = 0;
const renewing: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  if (response.status !== 418) return response;
  sessions += 1;
  return fetch(`${options.baseUrl}/query/int?v=7`, init);
};
const renewed = await failure(
  call(api.teapot, {}, { ...options, fetch: renewing }),
);
assert(renewed instanceof MismatchError && renewed.response?.status === 200);
assert.equal(sessions, 1);

// --- At random, the same each time

let state = Number(process.argv[3]);
function random(): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return state / 2 ** 32;
}
const upTo = (count: number) => Math.floor(random() * count);
function text(last: number): string {
  const codes = Array.from({ length: 1 + upTo(8) }, () => 1 + upTo(last));
  const kept = codes.map((code) =>
    code >= 0xd800 && code < 0xe000 ? 0x41 : code,
  );
  return String.fromCodePoint(...kept);
}
const header = () =>
  text(0xff)
    .replace(/[^ -~\xa0-\xff]/g, "-")
    .replace(/^ | $/g, "-");
for (let round = 0; round < 60; round += 1) {
  const int = upTo(2 ** 53) * (random() < 0.5 ? -1 : 1);
  const float = (random() - 0.5) * 10 ** (upTo(600) - 300);
  const day = new Date(upTo(4e12)).toISOString().slice(0, 10);
  const word = text(round % 2 ? 0x10ffff : 0x7f);
  const segment = word.replace(/[/.]/g, "-");
  await same(call(api.pathInt, { path: { v: int } }, options), int);
  await same(call(api.pathFloat, { path: { v: float } }, options), float);
  await same(call(api.pathDate, { path: { v: day } }, options), day);
  await same(call(api.pathStr, { path: { v: segment } }, options), segment);
  await same(call(api.queryInt, { query: { v: int } }, options), int);
  await same(call(api.queryFloat, { query: { v: float } }, options), float);
  await same(call(api.queryStr, { query: { v: word } }, options), word);
  await same(
    call(api.queryListDefault, { query: { v: [word, day] } }, options),
    [word, day],
  );
  await same(call(api.queryList, { query: { v: [int, 1] } }, options), [
    int,
    1,
  ]);
  await same(call(api.queryDates, { query: { v: [day] } }, options), [day]);
  const token = header();
  await same(
    call(api.headerStr, { headers: { "x-token": token } }, options),
    token,
  );
  await same(
    call(api.headerInt, { headers: { "x-count": int } }, options),
    int,
  );
  const cookie = text(0xff).replace(/^\s|\s$/g, "-");
  await same(
    call(api.cookieStr, { cookies: { session: cookie } }, options),
    cookie,
  );
  const body = {
    name: word,
    price: String(int),
    tags: [word],
    made: null,
    secret: token,
  };
  await same(call(api.bodyModel, { body }, options), body);
}

// --- What does not compile

// @ts-expect-error: a number
void (() => call(api.queryInt, { query: { v: "1" } }, options));
// @ts-expect-error: it is required
void (() => call(api.queryInt, {}, options));
// @ts-expect-error: all of it
void (() => call(api.queryInt));
// @ts-expect-error: no such parameter
void (() => call(api.queryInt, { query: { v: 1, w: 2 } }, options));
// @ts-expect-error: no error is a success
void (() => isErrorOf(api.errors, missing) && missing.status === 200);
// @ts-expect-error: these are made before a call
void (() => requestOf(api.null_, {}, { headers: () => ({}) }));
// @ts-expect-error: headers are text
void (() => call(api.null_, {}, { headers: { "x-count": 1 } }));
// @ts-expect-error: no body
void (() => call(api.queryInt, { query: { v: 1 }, body: 1 }, options));

console.log(JSON.stringify({ called, routes: Object.keys(api).length }));
