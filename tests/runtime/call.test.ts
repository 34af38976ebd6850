import assert from "node:assert/strict";
import { test } from "node:test";

import {
  call,
  isErrorOf,
  MismatchError,
  readJson,
  readNothing,
  readText,
  requestOf,
  RouteError,
  textOf,
  textsOf,
  writeJson,
  type Route,
  type Validator,
} from "../../templates/typescript/runtime/call.ts";

const anything: Validator<{ [key: string]: unknown }> = {
  "~standard": { validate: (value) => ({ value: Object(value) }) },
};
const text: Validator<string> = {
  "~standard": {
    validate: (value) =>
      typeof value === "string"
        ? { value }
        : { issues: [{ message: "no text", path: ["a", { key: 0 }] }] },
  },
};
interface Args {
  path: { id: string | number };
  query?: { [key: string]: unknown };
  headers?: { [key: string]: unknown };
  cookies?: { [key: string]: unknown };
  body?: string;
}
const route: Route<Args, { 200: string; 204: undefined; 404: string }> = {
  name: "getThing",
  method: "POST",
  path: "/things/{id}",
  parameters: {
    path: { "~standard": { validate: (value) => ({ value: Object(value) }) } },
    query: anything,
    headers: anything,
    cookies: anything,
  },
  body: { kind: "json", required: false, schema: text, write: writeJson },
  responses: {
    200: { kind: "json", schema: text, read: readJson },
    204: { kind: "nothing", read: readNothing },
    404: { kind: "text", read: readText },
  },
};

const answers = (response: Response) => ({
  baseUrl: "http://localhost/",
  fetch: async () => response,
});

test("a request has its parts as FastAPI reads them", () => {
  const { url, init } = requestOf(
    route,
    {
      path: { id: "a b/c".replace("/", "?") },
      query: { list: [1, true, "x&y"], none: null },
      headers: { "x-a": "b" },
      cookies: { c: 'd "e"' },
      body: "hello",
    },
    { baseUrl: "http://localhost//", headers: { "x-own": "1" } },
  );
  assert.equal(
    url,
    "http://localhost/things/a%20b%3Fc?list=1&list=true&list=x%26y",
  );
  const headers = new Headers(init.headers);
  assert.equal(init.body, '"hello"');
  assert.deepEqual(
    ["x-a", "x-own", "content-type"].map((name) => headers.get(name)),
    ["b", "1", "application/json"],
  );
  assert.equal(headers.get("cookie"), 'c="d \\042e\\042"');
});

test("what no path, header or text can have is refused before anything is sent", () => {
  for (const id of ["", "a/b", "..", "."]) {
    assert.throws(() => requestOf(route, { path: { id } }), MismatchError, id);
  }
  const wrong = { path: { id: 1 }, headers: { "x-a": "a\r\nb: c" } };
  assert.throws(() => requestOf(route, wrong), MismatchError);
  assert.throws(() => textOf({}, "a"), MismatchError);
  assert.throws(() => textOf("\ud800", "a"), MismatchError);
});

test("numbers as Python reads them", () => {
  const texts = [1e21, -0, 0.1, 5e-324, true].map((value) => textOf(value, ""));
  assert.deepEqual(texts, [
    "1000000000000000000000",
    "-0",
    "0.1",
    "5e-324",
    "true",
  ]);
  assert.deepEqual(textsOf([1, null, "a"], ""), ["1", "a"]);
});

test("a response is checked, by its status", async () => {
  const args = { path: { id: 1 } };
  assert.equal(await call(route, args, answers(Response.json("a"))), "a");
  assert.equal(
    await call(route, args, answers(new Response(null, { status: 204 }))),
    undefined,
  );
  await assert.rejects(
    call(route, args, answers(Response.json(1))),
    (error) =>
      error instanceof MismatchError &&
      error.message === "the response at a.0: no text",
  );
  await assert.rejects(
    call(route, args, answers(new Response("{"))),
    MismatchError,
  );
  await assert.rejects(
    call(route, args, answers(Response.json("a", { status: 201 }))),
    MismatchError,
  );
});

test("an error has its status, and its body if the route declares it", async () => {
  const args = { path: { id: 1 } };
  const gone = new Response("gone", { status: 404 });
  const error = await call(route, args, answers(gone)).catch(
    (one: unknown) => one,
  );
  assert.ok(isErrorOf(route, error) && error.status === 404);
  assert.equal(error.body, "gone");
  const other = await call(
    route,
    args,
    answers(Response.json([1], { status: 500 })),
  ).catch((one: unknown) => one);
  assert.ok(other instanceof RouteError && !isErrorOf(route, other));
  assert.deepEqual(other.body, [1]);
});
