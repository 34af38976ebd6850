// Nanoseconds that validating one chunk of the UI message stream takes, by contender and kind of chunk, as JSON.
// Argument 1 is a folder with the generated `schemas.ts` and `guards.ts` of the targets zod and guards; argument 2 one of valibot's.
import { pathToFileURL } from "node:url";
import * as z from "zod";
import * as v from "valibot";

const load = (folder, file) => import(pathToFileURL(`${folder}/${file}`).href);
const [, , zodFolder, valibotFolder] = process.argv;
const { UIMessageChunkSchema } = await load(zodFolder, "schemas.ts");
const { isUIMessageChunk } = await load(zodFolder, "guards.ts");
const valibot = (await load(valibotFolder, "schemas.ts")).UIMessageChunkSchema;
const compiled = z.compile(UIMessageChunkSchema);

// --- By hand: strict, as one would write it for these chunks, a branch for each tag ----------------------------------

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

function isJson(value) {
  if (typeof value === "object" && value !== null) return Object.values(value).every(isJson);
  if (typeof value === "number") return Number.isFinite(value);
  return value === null || typeof value === "string" || typeof value === "boolean";
}

function isMetadata(value) {
  return isObject(value) && Object.values(value).every((one) => isObject(one) && isJson(one));
}

function hasOnly(value, keys) {
  for (const key in value) if (!keys.includes(key)) return false;
  return true;
}

const hasMetadata = (value) => !("providerMetadata" in value) || isMetadata(value.providerMetadata);
const isOptional = (value, key, type) => !(key in value) || typeof value[key] === type;
const TEXT = ["type", "id", "providerMetadata"];
const DELTA = [...TEXT, "delta"];
const TOOL = [
  ...["type", "toolCallId", "toolName", "input", "providerExecuted", "providerMetadata", "toolMetadata"],
  ...["dynamic", "title"],
];
const DATA = ["type", "id", "data", "transient"];

function byHand(value) {
  if (!isObject(value)) return false;
  switch (value.type) {
    case "start-step":
    case "finish-step":
      return hasOnly(value, ["type"]);
    case "text-start":
    case "text-end":
    case "reasoning-start":
    case "reasoning-end":
      return typeof value.id === "string" && hasMetadata(value) && hasOnly(value, TEXT);
    case "text-delta":
    case "reasoning-delta":
      return (
        typeof value.id === "string" &&
        typeof value.delta === "string" &&
        hasMetadata(value) &&
        hasOnly(value, DELTA)
      );
    case "tool-input-available":
      return (
        typeof value.toolCallId === "string" &&
        typeof value.toolName === "string" &&
        "input" in value &&
        isOptional(value, "providerExecuted", "boolean") &&
        isOptional(value, "dynamic", "boolean") &&
        isOptional(value, "title", "string") &&
        (!("toolMetadata" in value) || (isObject(value.toolMetadata) && isJson(value.toolMetadata))) &&
        hasMetadata(value) &&
        hasOnly(value, TOOL)
      );
    default:
      return (
        typeof value.type === "string" &&
        value.type.startsWith("data-") &&
        "data" in value &&
        isOptional(value, "id", "string") &&
        isOptional(value, "transient", "boolean") &&
        hasOnly(value, DATA)
      );
  }
}

// --- Chunks ----------------------------------------------------------------------------------------------------------

const delta = { type: "text-delta", id: "text-1", delta: "The weather" };
const tool = {
  type: "tool-input-available",
  toolCallId: "call-1",
  toolName: "search",
  input: { query: "weather in Rome", limit: 5, filters: { days: [1, 2, 3], region: "Lazio" } },
  providerMetadata: { openai: { itemId: "item-1", parts: [1, 2, { a: null }] } },
};
const data = { type: "data-weather", id: "part-1", data: { city: "Rome", degrees: 21 } };
const KINDS = {
  "text delta": [delta],
  "tool input": [tool],
  "data part": [data],
  "mixed stream": [
    { type: "start-step" },
    { type: "text-start", id: "text-1" },
    ...Array.from({ length: 20 }, (_, at) => ({ ...delta, delta: ` word ${at}` })),
    { type: "text-end", id: "text-1" },
    tool,
    ...Array.from({ length: 4 }, () => data),
    { type: "reasoning-start", id: "r" },
    { type: "finish-step" },
  ],
  "wrong chunk": [{ ...delta, delta: 5 }],
};
const CONTENDERS = {
  "by hand": byHand,
  guard: isUIMessageChunk,
  "zod safeParse": (chunk) => UIMessageChunkSchema.safeParse(chunk).success,
  "zod compile": (chunk) => compiled.safeParse(chunk).success,
  valibot: (chunk) => v.safeParse(valibot, chunk).success,
};

function time(check, chunks, least) {
  let count = 0;
  const start = process.hrtime.bigint();
  let elapsed = 0;
  while (elapsed < least) {
    for (let round = 0; round < 50; round += 1) for (const chunk of chunks) check(chunk);
    count += 50 * chunks.length;
    elapsed = Number(process.hrtime.bigint() - start);
  }
  return elapsed / count;
}

const results = {};
for (const [kind, chunks] of Object.entries(KINDS)) {
  // As the stream has them: parsed from text, one object each.
  const parsed = Array.from({ length: 32 }, () => JSON.parse(JSON.stringify(chunks))).flat();
  for (const check of Object.values(CONTENDERS)) {
    if (parsed.some((chunk) => check(chunk) === (kind === "wrong chunk"))) throw new Error(`a wrong verdict: ${kind}`);
  }
  const times = Object.fromEntries(Object.keys(CONTENDERS).map((name) => [name, []]));
  for (let round = 0; round < 7; round += 1) {
    for (const [name, check] of Object.entries(CONTENDERS)) times[name].push(time(check, parsed, 2e7));
  }
  results[kind] = Object.fromEntries(
    Object.entries(times).map(([name, all]) => [name, all.sort((a, b) => a - b)[3]]),
  );
}
process.stdout.write(JSON.stringify(results));
