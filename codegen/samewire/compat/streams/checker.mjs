// What generated checkers of order say of streams. Argument 1 is a JSON file: [{ file, stream }], where file is the URL of an order.ts or null, and
// stream a list of events, or { continued: { kind: [{ key, state, alias, same }] }, events }.
// The answer on stdout is a list: why a stream is refused first, "" if it is not, null if nobody was asked.
import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";

// The generated files name one another as the frontend's bundler wants it, with whatever ending.
registerHooks({
  resolve: (specifier, context, next) =>
    next(specifier.startsWith(".") ? `${specifier.replace(/\.[jt]s$/, "")}.ts` : specifier, context),
});

function contextOf(continued) {
  if (continued === undefined) return undefined;
  const blocks = Object.entries(continued).map(([kind, known]) => [
    kind,
    new Map(known.map(({ key, ...block }) => [key, block])),
  ]);
  return { blocks: Object.fromEntries(blocks) };
}

async function answer({ file, stream }) {
  if (file === null) return null;
  try {
    const { checkOrder } = await import(file);
    const events = Array.isArray(stream) ? stream : stream.events;
    const [first] = checkOrder(events, contextOf(stream.continued));
    return first === undefined ? "" : first.message;
  } catch {
    return null;
  }
}

const answers = [];
for (const job of JSON.parse(readFileSync(process.argv[2], "utf8"))) answers.push(await answer(job));
process.stdout.write(JSON.stringify(answers));
