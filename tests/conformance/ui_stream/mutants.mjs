// Mutants of chunks: a few changes away from one that is right, the same ones in every run. Guard, zod, zod/mini and zod without `eval` must
// say the same of each. Arguments: a folder with the contract generated for zod and one for zod/mini, how many mutants, and a seed.
// The chunks are read from stdin as JSON; the answer is { tried, accepted, disagreements }.
import { readFileSync } from "node:fs";
import { inspect } from "node:util";
import { pathToFileURL } from "node:url";

const [, , folder, count, seed] = process.argv;
const load = (file) => import(pathToFileURL(`${folder}/${file}`).href);
const { disagreement } = await load("agreement.mjs");
const [zod, mini, guards] = await Promise.all(["zod/schemas.ts", "mini/schemas.ts", "zod/guards.ts"].map(load));
const [guard, schema, small] = [guards.isUIMessageChunk, zod.UIMessageChunkSchema, mini.UIMessageChunkSchema];
const chunks = JSON.parse(readFileSync(0, "utf8"));

let state = Number(seed);
/** A number from 0 to below a limit (mulberry32). */
function below(limit) {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
}

const pick = (items) => items[below(items.length)];
const isObject = (value) => typeof value === "object" && value !== null;
const set = (object, key, value) => // a property of a boxed string stays as it is
  Reflect.defineProperty(object, key, { value, configurable: true, enumerable: true, writable: true });

const KEYS = [...new Set(chunks.flatMap(Object.keys)), "__proto__", "constructor", "toString", "unheardOf", ""];
const SCALARS = [null, true, false, 0, -0, 1, 1.5, -1, 2 ** 53, 1e400, NaN, "", "a", "data-x", "text-delta", "data-", undefined, 1n, Symbol("s")];
const OTHERS = [
  () => [],
  () => ({}),
  () => [, 1],
  () => new Date(0),
  () => new Map([["a", 1]]),
  () => new String("a"),
  () => () => 1,
  () => Object.create(null),
  () => Object.create({ type: "abort" }),
  () => JSON.parse('{"__proto__": {"a": 1}}'),
  () => JSON.parse(JSON.stringify(pick(chunks))),
];

/** The objects in a value, with itself. */
function* objects(value) {
  if (!isObject(value)) return;
  yield value;
  for (const key of Object.keys(value)) yield* objects(value[key]);
}

function other() {
  return below(3) > 0 ? pick(SCALARS) : pick(OTHERS)();
}

function mutate(chunk) {
  const target = pick([...objects(chunk)]);
  const keys = Object.keys(target);
  switch (below(9)) {
    case 0:
      Reflect.deleteProperty(target, pick(keys));
      break;
    case 1:
      set(target, pick(KEYS), other());
      break;
    case 2:
      set(target, pick(KEYS), structuredClone(pick(Object.values(pick(chunks)))));
      break;
    case 3:
      Reflect.setPrototypeOf(target, pick([null, { type: "abort" }, { id: 1 }, Date.prototype]));
      break;
    case 4:
      target[Symbol("s")] = 1;
      break;
    case 5: {
      const key = pick(keys) ?? "id";
      const value = target[key];
      Reflect.defineProperty(target, key, { get: () => value, configurable: true, enumerable: below(2) === 0 });
      break;
    }
    case 6:
      return new Proxy(chunk, {});
    default:
      if (keys.length > 0) set(target, pick(keys), other());
  }
  return chunk;
}

const says = (accepts) => (accepts ? "accepts" : "refuses");
const result = { tried: 0, accepted: 0, disagreements: [] };
for (let index = 0; index < Number(count); index += 1) {
  let chunk = structuredClone(pick(chunks));
  for (let changes = below(4); changes > 0; changes -= 1) chunk = mutate(chunk);
  const found = disagreement(schema, guard, chunk);
  const accepts = guard(chunk);
  const others = { "zod/mini": {}, "zod/mini alone": { samewireDiagnosing: true } };
  const said = Object.entries(others).map(([name, context]) => [
    name,
    small._zod.run({ value: chunk, issues: [] }, { async: false, ...context }).issues.length === 0,
  ]);
  const odd = said.filter(([, verdict]) => verdict !== accepts);
  if (found !== undefined || odd.length > 0) {
    const why = found ?? odd.map(([name, verdict]) => `${name} ${says(verdict)}, the guard ${says(accepts)}`).join();
    if (result.disagreements.length < 20) result.disagreements.push(`${why}: ${inspect(chunk, { depth: 9, breakLength: Infinity })}`);
  }
  result.tried += 1;
  if (accepts) result.accepted += 1;
}
process.stdout.write(JSON.stringify(result));
