// Nanoseconds that validating one chunk of the UI message stream takes, by contender and kind of chunk, and that reading a stream
// takes a chunk, as JSON. Argument 1 is a folder with a folder of generated files for each target, argument 2 the runtime library.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import * as z from "zod";
import * as mini from "zod/mini";
import * as v from "valibot";

const [, , folder, runtimeFolder] = process.argv;
const load = (file) => import(pathToFileURL(`${folder}/${file}`).href);
const chunkSchema = async (target) => (await load(`${target}/schemas.ts`)).UIMessageChunkSchema;
const [alone, plain, guarded, small, plainSmall, valibot] = await Promise.all(
  ["alone", "plain", "guarded", "mini", "plain-mini", "valibot"].map(chunkSchema),
);
const { isUIMessageChunk } = await load("guarded/guards.ts");
const compiled = z.compile(alone);

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
  "zod with guards, safeParse": (chunk) => guarded.safeParse(chunk).success,
  "zod/mini with guards, safeParse": (chunk) => small.safeParse(chunk).success,
  "zod with guards, safeParse and issues": (chunk) => {
    const { success, error } = guarded.safeParse(chunk);
    return success || error.issues.length === 0;
  },
  "zod/mini with guards, z.safeParse": (chunk) => mini.safeParse(small, chunk).success,
  "plain zod/mini, z.safeParse": (chunk) => mini.safeParse(plainSmall, chunk).success,
  "zod, safeParse": (chunk) => alone.safeParse(chunk).success,
  "zod, compile": (chunk) => compiled.safeParse(chunk).success,
  "plain zod, safeParse": (chunk) => plain.safeParse(chunk).success,
  valibot: (chunk) => v.safeParse(valibot, chunk).success,
};

function time(check, chunks, least) {
  let count = 0;
  const start = process.hrtime.bigint();
  let elapsed = 0;
  while (elapsed < least) {
    for (const chunk of chunks) check(chunk);
    count += chunks.length;
    elapsed = Number(process.hrtime.bigint() - start);
  }
  return elapsed / count;
}

// The shortest round is the one that other processes disturbed least.
const shortest = (times) => Math.min(...times);

function chunkTimes(kind, chunks) {
  // As the stream has them: parsed from text, one object each.
  const copies = Math.ceil(256 / chunks.length);
  const parsed = Array.from({ length: copies }, () => JSON.parse(JSON.stringify(chunks))).flat();
  for (const [name, check] of Object.entries(CONTENDERS)) {
    if (parsed.some((chunk) => check(chunk) === (kind === "wrong chunk"))) throw new Error(`a wrong verdict: ${name}, ${kind}`);
  }
  const times = Object.fromEntries(Object.keys(CONTENDERS).map((name) => [name, []]));
  for (let round = 0; round < 200; round += 1) {
    for (const [name, check] of Object.entries(CONTENDERS)) times[name].push(time(check, parsed, 5e5));
  }
  return Object.fromEntries(Object.entries(times).map(([name, all]) => [name, shortest(all)]));
}

// --- A whole response: bytes, events, JSON, chunks ------------------------------------------------------------------

const COUNT = 60;
const texts = Array.from({ length: COUNT }, () => KINDS["mixed stream"]).flat().map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`);
const bytes = new TextEncoder().encode([...texts, 'data: {"type":"finish"}\n\ndata: [DONE]\n\n'].join(""));
const runtime = (name) => import(pathToFileURL(`${runtimeFolder}/${name}.ts`).href);
const { readResponse } = await runtime("event-source");
const { readUIChunks } = await runtime("chunks");

function response() {
  let at = 0;
  const pull = (controller) => {
    if (at >= bytes.length) controller.close();
    else controller.enqueue(bytes.subarray(at, (at += 4096)));
  };
  return new Response(new ReadableStream({ pull }));
}

/** The same way through the same streams, which take each value for a chunk. */
const unchecked = (values) => values.pipeThrough(new TransformStream({ transform: (value, to) => to.enqueue(value) }));

/** The schemas of a target by the type of their chunk, as `chunks.ts` of an application has them. */
async function schemasOf(target) {
  const chunks = {};
  for (const [name, schema] of Object.entries(await load(`${target}/schemas.ts`))) {
    const type = name.endsWith("ChunkSchema") ? schema._zod.def.shape?.type : undefined;
    for (const value of type?._zod.def.values ?? []) chunks[value] = [schema];
    if (name === "DataChunkSchema") chunks["data-weather"] = [schema];
  }
  return { chunks };
}

const [guardedSchemas, aloneSchemas] = await Promise.all(["guarded", "alone"].map(schemasOf));
const READERS = {
  "without validation": () => readResponse(response(), unchecked),
  "zod with guards": () => readUIChunks(guardedSchemas, response(), {}),
  zod: () => readUIChunks(aloneSchemas, response(), {}),
};

async function streamTimes() {
  const times = Object.fromEntries(Object.keys(READERS).map((name) => [name, []]));
  for (let round = 0; round < 400; round += 1) {
    for (const [name, read] of Object.entries(READERS)) {
      const start = process.hrtime.bigint();
      let count = 0;
      for await (const chunk of read()) count += chunk.type === "" ? 0 : 1;
      if (count !== texts.length + 1) throw new Error(`${name} read ${count} chunks`);
      if (round > 3) times[name].push(Number(process.hrtime.bigint() - start) / count);
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, all]) => [name, shortest(all)]));
}

const version = (name) => JSON.parse(readFileSync(`${folder}/node_modules/${name}/package.json`, "utf8")).version;
const results = {
  chunks: Object.fromEntries(Object.entries(KINDS).map(([kind, chunks]) => [kind, chunkTimes(kind, chunks)])),
  streams: { "mixed stream": await streamTimes() },
  versions: { node: process.versions.node, zod: version("zod"), valibot: version("valibot") },
};
process.stdout.write(JSON.stringify(results));
