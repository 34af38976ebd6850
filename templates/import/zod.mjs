// Prints the JSON Schema of every zod schema that a module exports, by the user's own zod, and what zod cannot say.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const file = process.argv[2];
const require = createRequire(file);

// What a module prints while it is imported is not the answer.
const print = process.stdout.write.bind(process.stdout);
process.stdout.write = process.stderr.write.bind(process.stderr);

const { z } = await import(pathToFileURL(require.resolve("zod")).href);
if (typeof z.toJSONSchema !== "function") {
  throw new Error("zod 4 is needed, which has z.toJSONSchema");
}
const exported = await import(pathToFileURL(file).href);
const named = Object.entries(exported).filter(
  ([name, value]) => name !== "default" && value !== null && typeof value === "object" && "_zod" in value,
);
const registry = z.registry();
for (const [name, schema] of named) {
  if (!registry.has(schema)) registry.add(schema, { id: name.replace(/(?<=.)Schema$/, "") });
}
const losses = [];
const seen = new Set();
const unsaid = ["date", "bigint", "map", "set", "symbol", "undefined", "void", "nan", "transform", "custom", "function", "promise"];

/** What of a schema and all in it is code, or a value that JSON does not have. */
function walk(schema, place) {
  const known = registry.get(schema)?.id;
  if (seen.has(schema) || (known !== undefined && known !== place)) return;
  seen.add(schema);
  const { def } = schema._zod;
  const say = (what) => losses.push({ place, what });
  if (unsaid.includes(def.type)) say(def.type);
  if (def.coerce) say("coerce");
  if (def.format === "datetime" && !def.offset) say("a datetime that ends with Z");
  for (const check of def.checks ?? []) {
    const kind = check._zod.def.check;
    if (kind === "custom") say("refine");
    if (kind === "overwrite") say("overwrite, as of trim()");
  }
  for (const [key, value] of Object.entries(def.shape ?? {})) walk(value, `${place}.${key}`);
  const inside = [def.element, def.innerType, def.in, def.out, def.keyType, def.valueType, def.left, def.right, def.catchall, def.rest];
  for (const inner of [...inside, ...(def.options ?? []), ...(def.items ?? [])]) if (inner?._zod) walk(inner, place);
  if (def.type === "lazy") walk(def.getter(), place);
}
for (const [, schema] of named) walk(schema, registry.get(schema).id);

const withText = new Set(["date", "date-time", "time", "duration", "uuid", "ipv4", "ipv6"]);
const override = ({ jsonSchema }) => {
  if (withText.has(jsonSchema.format)) delete jsonSchema.pattern;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
};
const { schemas } = z.toJSONSchema(registry, {
  target: "draft-2020-12",
  io: "input",
  unrepresentable: "any",
  uri: (id) => `#/$defs/${id}`,
  override,
});
print(JSON.stringify({ schemas, losses }));
