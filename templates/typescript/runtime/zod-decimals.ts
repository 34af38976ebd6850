import { $ZodCustom, type $ZodType, type ParsePayload } from "zod/v4/core";
import { compareDecimals, pythonDecimal } from "./decimals.ts";
import { kinds } from "./decoded.ts";
import { refuse, said } from "./zod-messages.ts";

/** What a module exports that decodes decimals, of texts as Python writes them, and encodes them. */
type Adapter<T> = {
  readonly decode: (text: string) => T;
  readonly encode: (value: T) => string;
};

type DecimalCodec<T> = {
  readonly decode: (text: string, payload: ParsePayload) => T;
  readonly encode: (value: T, payload: ParsePayload) => string;
};

/** The texts of the objects that were decoded, which may have another spelling than theirs. */
const origins = new WeakMap<object, string>();

/** The arguments of `z.codec` that make values of decimals by functions of the contract's. */
export function decimalsBy<S extends $ZodType<string, string>, T>(
  text: S,
  adapter: Adapter<T>,
): [S, $ZodCustom<T, T>, DecimalCodec<T>] {
  const isOne = likeValuesOf(adapter.decode);
  kinds.push((value) => isObject(value) && !isPlain(value) && isOne(value));
  const type = new $ZodCustom({
    type: "custom",
    check: "custom",
    fn: isOne,
    error: said("Invalid input: expected decimal").error,
  }) as $ZodCustom<T, T>;
  return [text, type, codecOf(adapter, isOne)];
}

function codecOf<T>(
  { decode, encode }: Adapter<T>,
  isOne: (value: unknown) => boolean,
): DecimalCodec<T> {
  return {
    decode: (text, payload) => {
      const value = attempt(() => decode(pythonDecimal(text)), payload);
      if (payload.issues.length > 0) return value as T;
      const written = attempt(() => encode(value as T), payload);
      if (written !== undefined && !isSame(text, written)) {
        blameAdapter(`decodes ${text} to ${written}`, payload);
      }
      if (isObject(value)) origins.set(value, text);
      return value as T;
    },
    encode: (value, payload) => {
      // Zod may ask for something else, before it refuses that.
      if (!isOne(value)) return "";
      const written = attempt(() => encode(value), payload) ?? "";
      const origin = isObject(value) ? origins.get(value) : undefined;
      const same = origin !== undefined && isSame(origin, written);
      return same ? origin : pythonDecimal(written);
    },
  };
}

/** Whether values are as those that are decoded: of their class, or of their type where that is none. */
function likeValuesOf(
  decode: (text: string) => unknown,
): (value: unknown) => boolean {
  let sample: unknown;
  return (value) => {
    sample ??= decode("0");
    if (!isObject(value) || !isObject(sample)) {
      return typeof value === typeof sample && value !== null;
    }
    const prototype = Object.getPrototypeOf(sample) as object;
    return (
      isPlain(sample) || Object.prototype.isPrototypeOf.call(prototype, value)
    );
  };
}

/** Whether an object is of no class. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** Whether two texts are the same decimal; of NaN, whether they are the same text. */
function isSame(left: string, right: string): boolean {
  const [a, b] = [pythonDecimal(left), pythonDecimal(right)];
  return a === b || compareDecimals(a, b) === 0;
}

/** What a function of the contract's makes, or an issue of what it throws. */
function attempt<R>(make: () => R, payload: ParsePayload): R | undefined {
  try {
    return make();
  } catch (error) {
    blameAdapter(`throws ${String(error)}`, payload);
    return undefined;
  }
}

/** `samewire verify` knows the message by what it begins with. */
function blameAdapter(what: string, payload: ParsePayload): void {
  refuse(payload, `Invalid decimal: the adapter ${what}`, payload.value);
}
