// What generated validators, as Standard Schemas, make of JSON texts. Argument 1 is a JSON file: { contract: { schemas, folder, frontend } }, all file URLs,
// decodes, whether there are dates to encode again, and guards: see guards.mjs.
// A request is a line on stdin: [contract, schema, explain], and the texts, all behind a record separator, which JSON has nowhere.
// Without a schema, it loads the module alone. The answer is a line on stdout: [verdicts, details], with one letter for each text:
//   a  accepted, and what came out is what went in
//   c  accepted, and something else came out; details have [changes, out], changes are [path, "lost" | "added" | "changed"]
//   r  refused
//   t  neither: the validator itself failed; details have the message
// With `explain`, of one text, the answer is the issues: [[path, message, code], ...].
// { failed } is the answer when the module or the schema can't be had.
import { existsSync, readFileSync, readSync, rmdirSync, rmSync } from "node:fs";
import { registerHooks } from "node:module";
import { dirname } from "node:path";
import { isMainThread, parentPort, Worker } from "node:worker_threads";
import { encoded } from "./codecs.mjs";
import { guarded, guardsOf } from "./guards.mjs";

const contracts = JSON.parse(readFileSync(process.argv[2], "utf8"));
const SHOWN = 8;
const SEPARATOR = "\x1e";

// The generated files stand in a temporary folder; packages and modules of the frontend are looked up from where they will be. They
// name one another as the frontend's bundler wants it, with whatever ending.
const generated = Object.values(contracts);
registerHooks({
  resolve(specifier, context, next) {
    const found = generated.find(({ folder }) => context.parentURL?.startsWith(folder));
    if (found === undefined) return next(specifier, context);
    const { home, frontend } = found;
    const inside = context.parentURL.startsWith(home) ? context.parentURL.slice(home.length) : "";
    const parentURL = new URL(inside, frontend).href;
    if (!specifier.startsWith(".")) return next(specifier, { ...context, parentURL });
    const file = `${specifier.replace(/\.[jt]s$/, "")}.ts`;
    if (existsSync(new URL(file, context.parentURL))) return next(file, context);
    return next(existsSync(new URL(file, parentURL)) ? file : specifier, { ...context, parentURL });
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
    const strangers = (branch) => branch.filter(([, , code]) => code === "invalid_type").length;
    branches.sort((a, b) => depth(b) - depth(a) || strangers(a) - strangers(b) || a.length - b.length);
    return branches[0];
  });
}

async function explained(validator, text) {
  try {
    const { issues } = await validator.validate(JSON.parse(text));
    return flat(issues ?? []).slice(0, SHOWN);
  } catch (error) {
    return [[[], said(error), ""]];
  }
}

const said = (error) => String(error?.message ?? error).slice(0, 300);

/** `encode` makes JSON of what comes out, of a text. */
async function judged(validator, texts, encode) {
  const verdicts = [];
  const details = [];
  for (const text of texts) {
    try {
      const value = JSON.parse(text);
      let result = validator.validate(value);
      // Standard Schema allows a promise; one that fails is a failure of the validator.
      if (result instanceof Promise) result = await result;
      const changes = [];
      const out = result.issues === undefined ? encode(result.value, text) : undefined;
      if (result.issues === undefined) compare(value, out, [], changes);
      if (changes.length > 0) details.push([changes, JSON.stringify(out) ?? "undefined"]);
      verdicts.push(result.issues !== undefined ? "r" : changes.length > 0 ? "c" : "a");
    } catch (error) {
      verdicts.push("t");
      details.push(said(error));
    }
  }
  return [verdicts.join(""), details];
}

async function answer(line) {
  const [request, ...texts] = line.split(SEPARATOR);
  const [contract, name, explain] = JSON.parse(request);
  const settings = contracts[contract];
  let validator;
  let encode = (decoded) => decoded;
  try {
    const module = settings.schemas === null ? undefined : await import(settings.schemas);
    const guards = await guardsOf(settings);
    if (name === null) return [];
    if (module !== undefined && !Object.hasOwn(module, name)) throw new Error(`the generated code exports no ${name}`);
    if (settings.decodes) encode = (decoded, text) => encoded(module[name], decoded, text);
    validator = guarded(module?.[name], name, settings, guards, compare);
  } catch (error) {
    return { failed: String(error?.message ?? error), code: error?.code ?? "" };
  }
  return explain ? explained(validator, texts[0]) : judged(validator, texts, encode);
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
  // One after another: the answers are in the order of the requests.
  let answered = Promise.resolve();
  new Worker(new URL(import.meta.url), { argv: process.argv.slice(2) }).on("message", (line) => {
    answered = answered.then(async () => process.stdout.write(`${JSON.stringify(await answer(line))}\n`));
  });
} else {
  read();
}
