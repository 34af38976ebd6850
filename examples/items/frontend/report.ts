/** The same routes from Node: `node report.ts http://127.0.0.1:8000` */

import * as api from "./src/generated/routes.ts";
import { call, isErrorOf } from "./src/generated/runtime/call.ts";

const options = { baseUrl: process.argv[2] };

const tools = await call(api.listItems, { query: { kind: ["tool"] } }, options);
console.log(`${tools.length} of the items are tools.`);

let latest: Date | undefined;
for await (const item of await call(api.exportItems, {}, options)) {
  if (latest === undefined || item.bought_at > latest) latest = item.bought_at;
}
console.log(`The latest was bought in ${latest?.getUTCFullYear()}.`);

try {
  await call(api.getItem, { path: { item_id: 0 } }, options);
} catch (error) {
  if (!isErrorOf(api.getItem, error) || error.status !== 404) throw error;
  console.log(error.body.message);
}
