/** A customer: `node src/order.ts http://127.0.0.1:8000` orders two pens, and waits for the parcel. */

import { setTimeout } from "node:timers/promises";

import { getOrder, placeOrder } from "./generated/routes.ts";
import { call } from "./generated/runtime/call.ts";

const options = { baseUrl: process.argv[2] };

let order = await call(
  placeOrder,
  { body: { article: "pen", count: 2 } },
  options,
);
console.log(`Ordered ${order.count} x ${order.article}.`);

while (order.parcel === null) {
  await setTimeout(100);
  order = await call(getOrder, { path: { order_id: order.id } }, options);
}
console.log(`The parcel is ${order.parcel.number}.`);
