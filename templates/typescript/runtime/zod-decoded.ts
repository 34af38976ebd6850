import {
  $ZodCustom,
  type $ZodArray,
  type $ZodUnionDef,
  type output,
  type SomeType,
} from "zod/v4/core";
import { kinds } from "./decoded.ts";
import { countLostKeys, isUnique, itemsOf } from "./json.ts";
import { isObject } from "./objects.ts";
import { derive, run, type Schema } from "./zod-internals.ts";
import { refuse, said } from "./zod-messages.ts";

/** The items of an array by their order, as decoding left them, of the sets that have fewer: some were equal. */
const origins = new WeakMap<Set<unknown>, readonly unknown[]>();

type SetCodec<T> = {
  readonly decode: (items: T[]) => Set<T>;
  readonly encode: (set: Set<T>) => T[];
};

/** The arguments of `z.codec` that make a `Set` of what an array schema decodes. */
export function setOf<A extends $ZodArray>(
  array: A,
): [
  A,
  $ZodCustom<Set<output<A>[number]>, Set<output<A>[number]>>,
  SetCodec<output<A>[number]>,
] {
  type Item = output<A>[number];
  const isSet = new $ZodCustom({
    type: "custom",
    check: "custom",
    fn: (value: unknown) => value instanceof Set,
    error: said("Invalid input: expected Set").error,
  }) as $ZodCustom<Set<Item>, Set<Item>>;
  const decode = (items: Item[]): Set<Item> => {
    const set = new Set(items);
    if (set.size < items.length) origins.set(set, items);
    return set;
  };
  const encode = (set: Set<Item>): Item[] => {
    // Zod may ask for what is no set, before it refuses that.
    if (!((set as unknown) instanceof Set)) return [];
    const items = [...set];
    const origin = origins.get(set) as Item[] | undefined;
    const same = origin !== undefined && isSame(items, [...new Set(origin)]);
    return same ? [...origin] : items;
  };
  return [array, isSet, { decode, encode }];
}

function isSame(left: readonly unknown[], right: readonly unknown[]): boolean {
  return (
    left.length === right.length &&
    left.every((item, at) => Object.is(item, right[at]))
  );
}

/** An array of which no two items are equal as JSON, whatever they are decoded to. */
export function uniqueAsSent<T extends SomeType>(schema: T): T {
  return derive(schema, ({ schema: inst, parse }) => (payload, context) => {
    const input: unknown = payload.value;
    const result = parse(payload, context);
    const sent = context.direction === "backward" ? result.value : input;
    if (result.issues.length > 0 || !Array.isArray(sent) || isUnique(sent)) {
      return result;
    }
    refuse(result, "Invalid input: expected unique items", input, inst);
    return result;
  });
}

/**
 * A union that encodes each decoded value as its text. Most are objects, which zod's object schemas take: one without required keys
 * would make `{}` of a `Date`.
 */
export function keepDecoded<T extends SomeType>(schema: T): T {
  return derive<T, $ZodUnionDef>(
    schema,
    ({ schema: inst, definition, parse }) => {
      return (payload, context) => {
        const input: unknown = payload.value;
        if (context.direction !== "backward") return parse(payload, context);
        let fewest = Infinity;
        let best: { value: unknown } | undefined;
        for (const option of definition.options) {
          const result = run(option as Schema, input, context);
          if (result.issues.length > 0 || hasLost(input, result.value))
            continue;
          const lost = countLostKeys(input, result.value);
          if (lost < fewest) [best, fewest] = [result, lost];
          if (lost === 0) break;
        }
        if (best !== undefined) {
          payload.value = best.value;
          return payload;
        }
        const result = parse(payload, context);
        if (result.issues.length > 0) return result;
        const message =
          "Invalid input: expected a value that a member of the union encodes";
        refuse(result, message, input, inst);
        return result;
      };
    },
  );
}

const DECODED = /^\[object (?:Date|URL|Uint8Array|Temporal\.\w+)\]$/u;

/** Whether something stands in the output in place of a decoded value that is not its JSON. */
function hasLost(input: unknown, output: unknown): boolean {
  const items = itemsOf(input);
  if (items !== undefined) {
    if (!Array.isArray(output)) return input instanceof Set;
    return items.some((item, at) => hasLost(item, output[at]));
  }
  const isDecoded = DECODED.test(Object.prototype.toString.call(input));
  if (isDecoded || kinds.some((isOne) => isOne(input))) {
    return typeof output !== "string";
  }
  if (!isObject(input) || !isObject(output)) return false;
  return Object.keys(output).some((key) => hasLost(input[key], output[key]));
}
