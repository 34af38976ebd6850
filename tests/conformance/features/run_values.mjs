// Feeds values to generated validators: argument 1 is a file of jobs, the results go to standard output as JSON.
import { globSync, readFileSync } from "node:fs";
import { inspect } from "node:util";
import { compile, safeEncode } from "zod/v4/core";
import { disagreement, forms } from "./agreement.mjs";
import { copied, isLost, shown } from "./codecs.mjs";

/** How a value is checked: by a guard, by Standard Schema, whatever library it is of, and as zod does, each way code of its own there. */
const WAYS = {
  standard: (schema) => (value) => {
    const { issues, value: data } = schema["~standard"].validate(value);
    if (issues === undefined) return { success: true, data };
    const flat = issues.map(({ path = [], message }) => ({ path: path.map((step) => step.key ?? step), message }));
    return { success: false, error: { issues: flat } };
  },
  guard: (isValue) => (value) =>
    isValue(value) ? { success: true, data: value } : { success: false, error: { issues: [] } },
  run: (schema) => (value) => {
    const { issues, value: data } = schema._zod.run({ value, issues: [] }, { async: false });
    return issues.length === 0 ? { success: true, data } : { success: false, error: { issues } };
  },
  parse: (schema) => (value) => schema.safeParse(value),
  jitless: (schema) => (value) => schema.safeParse(value, { jitless: true }),
  compiled: (schema) => {
    const compiled = compile(schema);
    return (value) => compiled.safeParse(value);
  },
  codec: (schema) => {
    const compiled = compile(schema);
    return (value) => {
      const decoded = schema.safeParse(value);
      if (!decoded.success) return decoded;
      if (shown(compiled.safeParse(value).data) !== shown(decoded.data)) return failed("z.compile decodes it otherwise");
      const encoded = encode(schema, decoded.data);
      return encoded.success ? (uncopied(schema, value, decoded.data) ?? encoded) : encoded;
    };
  },
};

const failed = (message) => ({ success: false, error: { issues: [{ path: [], message }] } });
const encode = (schema, value) => (schema.safeEncode ? schema.safeEncode(value) : safeEncode(schema, value));

/** What is wrong with a copy of a decoded value, which knows nothing of the texts that it came from. */
function uncopied(schema, value, decoded) {
  const encoded = encode(schema, copied(decoded));
  if (!encoded.success) return isLost(JSON.stringify(value), decoded) ? undefined : encoded;
  const again = schema.safeParse(JSON.parse(JSON.stringify(encoded.data)));
  if (!again.success) return again;
  return shown(again.data) === shown(decoded) ? undefined : failed(`a copy is encoded as ${JSON.stringify(encoded.data)}`);
}

/** Equal as JSON, whatever the order of keys or the prototype. */
function equal(left, right) {
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null) {
    return left === right;
  }
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && equal(left[key], right[key]))
  );
}

function tryAll(parse, job, result, note) {
  for (const text of job.right) {
    const value = JSON.parse(text);
    const parsed = parse(value);
    if (!parsed.success) {
      const issues = parsed.error.issues.map((issue) => `${issue.path.map(String).join(".")}: ${issue.message}`);
      result.complaints.push(`refuses ${text} (${issues.join("; ")})${note}`);
    } else if (!equal(value, parsed.data)) {
      result.altered.push([text, `${JSON.stringify(parsed.data) ?? "undefined"}`, note]);
    }
    result.tried += 1;
  }
  for (const text of job.wrong) {
    if (parse(JSON.parse(text)).success) result.complaints.push(`accepts ${text}${note}`);
    result.tried += 1;
  }
}

/** Guard and schema agree on all values, and on forms of them that JSON does not have. */
async function agree(schema, job, result) {
  const guards = await import(`./${job.subject}/guards.ts`);
  const files = globSync(`./${job.subject}/{guards.ts,guards/*.ts}`);
  const renames = files.some((file) => readFileSync(file, "utf8").includes("hasItsNames("));
  for (const text of [...job.right, ...job.wrong]) {
    const value = JSON.parse(text);
    for (const form of [value, ...forms(value)]) {
      const found = disagreement(schema, guards[job.guard], form, renames);
      if (found !== undefined) result.complaints.push(`${found}: ${inspect(form, { depth: 9, breakLength: Infinity })} of ${text}`);
    }
    result.tried += 1;
  }
}

const results = [];
for (const job of JSON.parse(readFileSync(process.argv[2], "utf8"))) {
  const result = { tried: 0, complaints: [], altered: [] };
  results.push(result);
  try {
    const file = job.ways.includes("guard") ? "guards" : "schemas";
    const module = await import(`./${job.subject}/${file}.ts`);
    if (!Object.hasOwn(module, job.schema)) throw new Error(`no export ${job.schema}`);
    for (const way of job.ways) {
      if (way === "agreed") await agree(module[job.schema], job, result);
      else tryAll(WAYS[way](module[job.schema]), job, result, way === "parse" ? "" : ` [${way}]`);
    }
  } catch (error) {
    result.complaints.push(`throws ${String(error).split("\n").slice(0, 3).join(" ")}`);
  }
  if (globalThis.hit !== undefined) {
    result.complaints.push("hostile text was run as code");
    delete globalThis.hit;
  }
}
process.stdout.write(JSON.stringify(results));
