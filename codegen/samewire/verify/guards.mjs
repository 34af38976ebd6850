// Guards beside schemas: a validator that asks all of them, and throws where they disagree.
// A contract's `guards` are { file, named: { schema: { name, renames } } }. One that `renames` refuses keys by other names than the
// type's, which the schema takes. Without a schema, the guard is the validator.

/** What `samewire` marks a parse with in which schemas do not ask guards: `runtime/zod-internals.ts`. */
const ALONE = { async: false, samewireDiagnosing: true };

/** Whether a value is refused since an adapter of the user's for decimals loses it, which no guard asks: `runtime/zod-decimals.ts`. */
const isOfAdapter = (issues) => JSON.stringify(issues ?? []).includes('"Invalid decimal: the adapter ');

export async function guardsOf({ guards }) {
  return guards === undefined ? {} : await import(guards.file);
}

/** The Standard Schema of a type, which may be undefined, with its guard. `compare` collects where two values differ. */
export function guarded(schema, name, { guards }, module, compare) {
  const { name: guard, renames } = guards?.named[name] ?? {};
  if (guard === undefined) return schema["~standard"];
  const isOfType = module[guard];
  if (typeof isOfType !== "function") throw new Error(`guards.ts exports no ${guard}`);
  if (schema === undefined) {
    return { validate: (value) => (isOfType(value) ? { value } : { issues: [{ message: `${guard} refuses it` }] }) };
  }
  const says = (verdict) => (verdict ? "accepts" : "refuses");
  const agreed = (value, result) => {
    const accepted = result.issues === undefined;
    const verdict = isOfType(value);
    if (verdict !== accepted && (verdict || !renames) && !isOfAdapter(result.issues)) {
      throw new Error(`guards.ts and schemas.ts disagree: ${guard} ${says(verdict)} the value, ${name} ${says(accepted)} it`);
    }
    const alone = schema._zod?.run({ value, issues: [] }, { ...ALONE });
    if (alone === undefined) return result;
    if ((alone.issues.length === 0) !== accepted) {
      throw new Error(`zod alone ${says(!accepted)} the value, ${name} with its guard ${says(accepted)} it`);
    }
    const changes = [];
    if (accepted) compare(alone.value, result.value, [], changes);
    if (changes.length > 0) throw new Error(`zod alone returns something else than ${name} with its guard, at /${changes[0][0].join("/")}`);
    return result;
  };
  return {
    validate(value) {
      const result = schema["~standard"].validate(value);
      return result instanceof Promise ? result.then((settled) => agreed(value, settled)) : agreed(value, result);
    },
  };
}
