// Whether all that can be asked of a type says the same of a value: its guard, and its schema in every way.
// A schema that asks guards first is zod alone where a parse is marked as one whose refusal is being explained.
import { inspect } from "node:util";
import { INVALID, withParser } from "zod/v4/core";

const ALONE = { samewireDiagnosing: true };

const isObject = (value) => typeof value === "object" && value !== null;

/** What a call returns, or that it throws. */
function attempt(call) {
  try {
    return call();
  } catch {
    return "throws";
  }
}

function run(schema, value, context) {
  const { issues, value: output } = schema._zod.run({ value, issues: [] }, { async: false, ...context });
  return issues.length === 0 ? { output } : undefined;
}

/** The verdict by each way, and what comes out. */
function verdicts(schema, guard, value) {
  const asked = {
    guard: () => (guard(value) ? {} : undefined),
    safeParse: () => resultOf(schema.safeParse(value)),
    run: () => run(schema, value, {}),
    jitless: () => run(schema, value, { jitless: true }),
    zod: () => run(schema, value, ALONE),
    "zod, jitless": () => run(schema, value, { ...ALONE, jitless: true }),
    withParser: () => run(parserOf(schema, guard), value, {}),
    parse: () => attemptParse(schema, value),
  };
  return Object.entries(asked).map(([way, ask]) => [way, attempt(ask)]);
}

const resultOf = ({ success, data }) => (success ? { output: data } : undefined);

function attemptParse(schema, value) {
  try {
    return { output: schema.parse(value) };
  } catch (error) {
    if (error.issues === undefined) throw error;
    return undefined;
  }
}

const parsers = new WeakMap();

/** The schema with its guard as zod's own fast path, where zod takes one: it takes none for recursive types. */
function parserOf(schema, guard) {
  if (!parsers.has(schema)) {
    let parser = schema;
    try {
      parser = withParser(schema, (value) => (guard(value) ? (run(schema, value, ALONE)?.output ?? value) : INVALID));
    } catch {
      // recursive
    }
    parsers.set(schema, parser);
  }
  return parsers.get(schema);
}

/** What is said of a value on which not all agree, if anything is. `renames`: a guard refuses names that the schema takes. */
export function disagreement(schema, guard, value, renames = false) {
  const said = verdicts(schema, guard, value);
  const counted = renames ? said.filter(([way]) => way !== "guard" && way !== "withParser") : said;
  // A way that throws, as a getter does, has no verdict: one may ask a property that another need not.
  const kinds = new Set(counted.filter(([, verdict]) => verdict !== "throws").map(([, verdict]) => verdict !== undefined));
  if (kinds.size > 1) {
    return said.map(([way, verdict]) => `${way} ${verdict === "throws" ? verdict : verdict ? "accepts" : "refuses"}`).join(", ");
  }
  const outputs = said.filter(([, verdict]) => isObject(verdict) && "output" in verdict);
  const zod = outputs.find(([way]) => way === "zod");
  if (zod === undefined) return undefined;
  const made = zod[1].output;
  const other = outputs.find(([, { output }]) => attempt(() => !same(made, output)) === true);
  return other && `${other[0]} returns ${shown(other[1].output)}, zod ${shown(made)}`;
}

const shown = (value) => inspect(value, { depth: 9, breakLength: Infinity });

/**
 * Whether a value that came back as it is says the same as what zod made: keys that are undefined are none, and those that are read from a
 * prototype or are not enumerable are among those of the copy.
 */
function same(made, kept) {
  if (!isObject(made) || !isObject(kept)) return made === kept || Object.is(made, kept);
  if (Array.isArray(made) !== Array.isArray(kept)) return false;
  if (Array.isArray(made)) return made.length === kept.length && made.every((item, at) => same(item, kept[at]));
  return (
    Object.keys(made).every((key) => same(made[key], kept[key])) &&
    Object.keys(kept).every((key) => kept[key] === undefined || Object.hasOwn(made, key))
  );
}

// --- Values that JSON.parse does not make ----------------------------------------------------------------------------

class Instance {}

const ODD = [undefined, NaN, -0, 1n, Symbol("s"), () => 1, new Date(0), new Map(), new String("a"), new Number(1), [, 1]];

function put(object, key, value) {
  Object.defineProperty(object, key, { value, configurable: true, enumerable: true, writable: true });
  return object;
}

/** A key that is not enumerable, which `Object.keys` does not list. */
function hide(object, key, value) {
  Object.defineProperty(object, key, { value });
  return object;
}

function made(source, start, entry = (value) => ({ value, enumerable: true, configurable: true, writable: true })) {
  return Object.defineProperties(start, Object.fromEntries(Object.keys(source).map((key) => [key, entry(source[key])])));
}

/** One object of a value in other forms. */
function* objectForms(source) {
  yield made(source, Object.create(null));
  yield made(source, new Instance());
  yield made(source, {}, (value) => ({ get: () => value, enumerable: true, configurable: true }));
  yield made(source, {}, () => ({ get: () => { throw new Error("a getter"); }, enumerable: true, configurable: true }));
  yield new Proxy(source, {});
  yield put(made(source, {}), "__proto__", { polluted: 1 });
  yield put(made(source, {}), "constructor", { prototype: {} });
  for (const key of ["__proto__", "constructor", "unheardOf"]) yield hide(made(source, {}), key, {});
  yield Object.assign(made(source, {}), { [Symbol("s")]: 1 });
  yield put(made(source, {}), "unheardOf", 1);
  yield Object.freeze(made(source, {}));
  for (const key of Object.keys(source)) {
    for (const odd of ODD) yield put(made(source, {}), key, odd);
    const { [key]: _, ...rest } = source;
    yield rest;
  }
}

function* arrayForms(source) {
  yield Object.assign([...source], { extra: 1 });
  yield new Proxy(source, {});
  yield Object.assign([...source, undefined], { length: source.length + 1 });
  const holes = [...source];
  delete holes[0];
  yield holes;
  yield { ...source, length: source.length };
  yield new Set(source);
}

/** A value with one object or array of it in another form, at every place. */
export function* forms(value) {
  yield* ODD;
  yield* formsOf(value);
}

function* formsOf(value) {
  if (!isObject(value)) {
    if (value !== null) yield Object(value);
    return;
  }
  yield* Array.isArray(value) ? arrayForms(value) : objectForms(value);
  for (const key of Object.keys(value)) {
    for (const form of formsOf(value[key])) {
      yield Array.isArray(value) ? Object.assign([...value], { [key]: form }) : put(made(value, {}), key, form);
    }
  }
}
