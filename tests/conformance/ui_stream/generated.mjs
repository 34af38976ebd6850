// What generated validators make of JSON texts: node generated.mjs <index.ts> <Schema>, the texts as a JSON array on stdin.
// Prints for each whether it parses to the same value, in whatever order its keys are.

import { text } from "node:stream/consumers";
import { isDeepStrictEqual } from "node:util";

const [index, name] = process.argv.slice(2);
const schema = (await import(index))[name];
const results = JSON.parse(await text(process.stdin)).map((json) => {
  const parsed = schema.safeParse(JSON.parse(json));
  return parsed.success && isDeepStrictEqual(JSON.parse(JSON.stringify(parsed.data)), JSON.parse(json));
});
process.stdout.write(JSON.stringify(results));
