// What generated validators, as Standard Schemas, make of JSON texts. Argument 1 is a JSON file: { contract: { schemas, folder, frontend } }, all file URLs.
// A request is a line [contract, schema, [text, ...]] on stdin, [contract, null, []] to load a module alone, the answer a line on stdout with one result for each text:
//   1                             accepted, and what came out is what went in
//   { out, changes }              accepted, and something else came out; changes are [path, "lost" | "added" | "changed"]
//   { issues: [[path, message]] } refused
//   { thrown }                    neither: the validator itself failed
// or { failed } when the module or the schema can't be had.
import { readFileSync, readSync, rmdirSync, rmSync } from "node:fs";
import { registerHooks } from "node:module";
import { dirname } from "node:path";
import { isMainThread, parentPort, Worker } from "node:worker_threads";

const contracts = JSON.parse(readFileSync(process.argv[2], "utf8"));
const SHOWN = 8;

// The generated files stand in a temporary folder; packages are looked up from where they will be. They name one another as the
// frontend's bundler wants it, with whatever ending.
const frontends = Object.values(contracts).map(({ folder, frontend }) => [folder, frontend]);
registerHooks({
  resolve(specifier, context, next) {
    const home = frontends.find(([folder]) => context.parentURL?.startsWith(folder));
    if (home === undefined) return next(specifier, context);
    const [, parentURL] = home;
    if (specifier.startsWith(".")) return next(`${specifier.replace(/\.[jt]s$/, "")}.ts`, context);
    return next(specifier, { ...context, parentURL });
  },
});

/** Collects where two JSON values differ. */
function compare(before, after, path, changes) {
  if (changes.length >= SHOWN) return;
  const nested = typeof before === "object" && typeof after === "object" && before !== null && after !== null;
  if (!nested || Array.isArray(before) !== Array.isArray(after)) {
    if (!Object.is(before, after)) changes.push([path, "changed"]);
    return;
  }
  for (const key of Object.keys(before)) {
    const step = Array.isArray(before) ? Number(key) : key;
    if (!Object.hasOwn(after, key)) changes.push([[...path, step], "lost"]);
    else compare(before[key], after[key], [...path, step], changes);
  }
  for (const key of Object.keys(after)) {
    if (!Object.hasOwn(before, key)) changes.push([[...path, key], "added"]);
  }
}

/** A path of Standard Schema, whose steps may be objects with a key. */
const steps = (path) =>
  (path ?? []).map((step) => step?.key ?? step).map((step) => (typeof step === "number" ? step : String(step)));

/** Issues with those of the union member that came furthest, in place of "no member matches". */
function flat(issues, at = []) {
  return issues.flatMap((issue) => {
    const path = [...at, ...steps(issue.path)];
    const branches = (issue.errors ?? []).filter((branch) => branch.length > 0).map((branch) => flat(branch, path));
    if (branches.length === 0) {
      const keys = issue.code === "unrecognized_keys" ? issue.keys : [undefined];
      return keys.map((key) => [key === undefined ? path : [...path, key], issue.message, issue.code ?? ""]);
    }
    const depth = (branch) => Math.min(...branch.map(([where]) => where.length));
    branches.sort((left, right) => depth(right) - depth(left) || left.length - right.length);
    return branches[0];
  });
}

async function answer(schema, text) {
  let value;
  let result;
  try {
    value = JSON.parse(text);
    // Standard Schema allows a promise; one that fails is a failure of the validator.
    result = await schema["~standard"].validate(value);
  } catch (error) {
    return { thrown: String(error?.message ?? error).slice(0, 300) };
  }
  if (result.issues !== undefined) return { issues: flat(result.issues).slice(0, SHOWN) };
  const changes = [];
  compare(value, result.value, [], changes);
  return changes.length === 0 ? 1 : { out: JSON.stringify(result.value) ?? "undefined", changes };
}

async function answers([contract, name, texts]) {
  let module;
  try {
    module = await import(contracts[contract].schemas);
  } catch (error) {
    return { failed: String(error?.message ?? error), code: error?.code ?? "" };
  }
  if (name === null) return [];
  if (!Object.hasOwn(module, name)) return { failed: `the generated code exports no ${name}`, code: "" };
  const results = [];
  for (const text of texts) results.push(await answer(module[name], text));
  return results;
}

/** Passes on the lines of stdin. When it ends, so does this process and its folder, even if a validator does not. */
function read() {
  const chunk = Buffer.alloc(1 << 16);
  let parts = [];
  for (;;) {
    let size = 0;
    try {
      size = readSync(0, chunk);
    } catch (error) {
      if (error.code === "EAGAIN") continue;
    }
    if (size === 0) break;
    let start = 0;
    for (let end = chunk.indexOf(10); end !== -1 && end < size; end = chunk.indexOf(10, start)) {
      parts.push(Buffer.from(chunk.subarray(start, end)));
      parentPort.postMessage(Buffer.concat(parts).toString());
      parts = [];
      start = end + 1;
    }
    parts.push(Buffer.from(chunk.subarray(start, size)));
  }
  const folder = dirname(process.argv[2]);
  rmSync(folder, { recursive: true, force: true });
  try {
    rmdirSync(dirname(folder));
  } catch {
    // It has the folder of another process in it.
  }
  process.kill(process.pid, "SIGKILL");
}

if (isMainThread) {
  new Worker(new URL(import.meta.url), { argv: process.argv.slice(2) }).on("message", async (line) => {
    process.stdout.write(`${JSON.stringify(await answers(JSON.parse(line)))}\n`);
  });
} else {
  read();
}
