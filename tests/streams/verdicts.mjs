// node verdicts.mjs <order.ts> <job.json>: what a generated checker says of each stream, as [index, rule, block, key, message, hint].
// job: [{ stream: [event], continued: null | { fixed: {}, blocks: { kind: [[key, known]] } } }]

import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";

const [module, path] = process.argv.slice(2);
const { checkOrder } = await import(pathToFileURL(module).href);
const jobs = JSON.parse(await readFile(path, "utf8"));

function context(continued) {
  if (continued === null) return undefined;
  const blocks = Object.entries(continued.blocks).map(([kind, known]) => [kind, new Map(known)]);
  return { fixed: continued.fixed, blocks: Object.fromEntries(blocks) };
}

const said = jobs.map(({ stream, continued }) =>
  checkOrder(stream, context(continued)).map((one) => {
    if (one.event !== stream[one.index]) throw new Error(JSON.stringify(one));
    return [one.index, one.rule, one.block ?? null, one.key ?? null, one.message, one.hint];
  }),
);
process.stdout.write(JSON.stringify(said));
