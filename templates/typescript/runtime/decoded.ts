// Values that stand for a text. What such a value does not know of its text, it is remembered by: as long as it stands for the same, it is
// encoded as the text that it was decoded from.

/** What tells values that stand for a text, of classes that are not JavaScript's own. */
export const kinds: ((value: unknown) => boolean)[] = [];

/** Both ways between a text and a value, as `z.codec` takes them. */
export type TextCodec<T> = {
  readonly decode: (text: string) => T;
  readonly encode: (value: T) => string;
};

/**
 * A codec of `read` and `write` that writes the text a value was read from, unless the value has changed meanwhile. Zod may ask it to
 * encode something else than `isValue`, before it refuses that.
 */
export function remembering<T extends object>(
  isValue: (value: unknown) => value is T,
  read: (text: string) => T,
  write: (value: T) => string,
): TextCodec<T> {
  const origins = new WeakMap<T, string>();
  return {
    decode: (text) => {
      const value = read(text);
      if (write(value) !== text) origins.set(value, text);
      return value;
    },
    encode: (value) => {
      if (!isValue(value)) return "";
      const written = write(value);
      const origin = origins.get(value);
      const same = origin !== undefined && write(read(origin)) === written;
      return same ? origin : written;
    },
  };
}

/** Integers in digits. */
export const bigints: TextCodec<bigint> = {
  decode: (text) => BigInt(text),
  encode: (value) => String(value),
};
