import assert from "node:assert/strict";
import * as api from "./generated/routes.ts";
import { call, MismatchError, requestOf } from "./generated/runtime/call.ts";

const options = { baseUrl: process.argv[2] ?? "" };
const at = new Date("2024-03-10T02:30:00.123Z");
const since = new Date(0);
const answer = await call(
  api.everywhere,
  { path: { at }, query: { since, many: [at, since] }, headers: { "x-at": at }, cookies: { session: since } },
  options,
);
assert.deepEqual(answer, [at, since, at, since, at, since]);
assert.deepEqual(await call(api.filtered, { query: { since, days: [at] } }, options), { since, days: [at] });
const event = await call(api.event, { body: { at, day: "2024-01-02", until: null } }, options);
assert.deepEqual(event, { at, day: "2024-01-02", until: null });
assert.deepEqual(await call(api.many, { body: [at, since] }, options), { 0: at, 1: since });
assert.deepEqual(await call(api.form, { body: { at } }, options), at);
assert.equal(await call(api.plain, { query: { number: 3 } }, options), 3);

// What the backend wrote, down to its microseconds and its offset, is what it reads again.
const text = "2024-01-02T03:04:05.123456+05:30";
const response = { fetch: () => Promise.resolve(Response.json({ at: text, day: "2024-01-02", until: null })) };
const known = await call(api.event, { body: { at, day: "2024-01-02" } }, response);
assert.equal(known.at.getTime(), Date.parse("2024-01-01T21:34:05.123Z"));
const { init } = requestOf(api.event, { body: known }, options);
assert.equal(JSON.parse(String(init.body)).at, text);
known.at.setUTCHours(0);
assert.equal(JSON.parse(String(requestOf(api.event, { body: known }, options).init.body)).at, "2024-01-01T00:34:05.123000Z");

const invalid = new Date(Number.NaN);
assert.throws(() => requestOf(api.event, { body: { at: invalid, day: "2024-01-02" } }, options), MismatchError);
assert.throws(() => requestOf(api.filtered, { query: { since: invalid } }, options), MismatchError);
const text_ = { since: "2024-01-02T03:04:05Z" } as unknown as { since: Date };
assert.throws(() => requestOf(api.filtered, { query: text_ }, options), MismatchError);
console.log("ok");
