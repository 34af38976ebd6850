/** The recipes of docs/routes.md, against a running recipe_app. */

import assert from "node:assert/strict";
import { QueryClient } from "@tanstack/react-query";
import { setupServer } from "msw/node";
import useSWR from "swr";
import * as z from "zod";

import * as own from "./api.ts";
import { clientOf } from "./client.ts";
import { fixturesOfItem } from "./generated/api/fixtures.ts";
import * as api from "./generated/api/routes.ts";
import { call, MismatchError } from "./generated/api/runtime/call.ts";
import { ItemSchema } from "./generated/api/schemas.ts";
import type { Item } from "./generated/api/types.ts";
import { handlerOf } from "./handlers.ts";
import { queryOf } from "./queries.ts";
import { swrOf } from "./swr.ts";

const baseUrl = String(process.argv[2]);
const options = { baseUrl };
const path = { item_id: 1 };
const client = new QueryClient({ defaultOptions: { queries: { retry: 0 } } });

const item: Item = await client.fetchQuery(
  queryOf(api.getItem, { path }, options),
);
assert(item.made_at instanceof Date);
const books = queryOf(api.listItems, { query: { kind: ["book"] } }, options);
assert.deepEqual(await client.fetchQuery(books), []);
assert.deepEqual(books.queryKey.slice(0, 2), [
  "listItems",
  { query: { kind: ["book"] } },
]);
await assert.rejects(
  client.fetchQuery(queryOf(api.lying, {}, options)),
  MismatchError,
);
// @ts-expect-error: its path is required
void (() => queryOf(api.getItem));

assert.deepEqual(await own.call(api.whoami), {
  token: "Bearer renewed",
  tenant: "acme",
});
assert.deepEqual(
  await own.callerOf(api.whoami, {}, { headers: { authorization: null } })(),
  { token: null, tenant: "acme" },
);

const swr = swrOf(api.getItem, { path }, options);
assert.deepEqual(await swr[1](), item);
assert.deepEqual(swr[0].slice(0, 2), ["getItem", { path }]);
export const useItem = (): Item | undefined => useSWR(...swr).data;

const { data, response } = await clientOf(baseUrl).GET("/items/{item_id}", {
  params: { path },
});
assert.equal(response.status, 200);
assert.equal(data?.made_at, "2024-02-29T12:00:00.000001Z");
await assert.rejects(clientOf(baseUrl).GET("/lying"), MismatchError);

const [first, second] = fixturesOfItem();
const encode = (one: Item) => z.encode(ItemSchema, one);
const server = setupServer(
  handlerOf(api.getItem, first, encode),
  handlerOf(api.listItems, [first, second], (all) => all.map(encode)),
  handlerOf(api.createItem, second, encode),
  handlerOf(api.count, 2),
);
server.listen({ onUnhandledFrame: "error" });
const elsewhere = { baseUrl: "https://api.example.com" };
assert.deepEqual(await call(api.getItem, { path }, elsewhere), first);
assert.deepEqual(await call(api.listItems, {}, elsewhere), [first, second]);
assert.equal(await call(api.count, {}, elsewhere), 2);
const body = { name: "Go board", kind: "book" } as const;
assert.deepEqual(await call(api.createItem, { body }, elsewhere), second);
server.close();
// @ts-expect-error: an item
void (() => handlerOf(api.getItem, { name: "Drill" }));

console.log("ok");
