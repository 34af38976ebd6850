// The keys of an object and the elements of an array that schemas evaluate, as JSON Schema calls it.

/** What is evaluated, `when` the value is of a type or always; `T` is what checks a type. */
export type Evaluated<T> = {
  when?: T;
  everything?: true;
  keys?: readonly string[];
  patterns?: readonly RegExp[];
  items?: number;
  containing?: readonly T[];
  inside?: readonly Evaluated<T>[];
};

/** Whether a value is of a type. */
export type Conforms<T> = (type: T, value: unknown) => boolean;

/** All that is evaluated of a value: what says so of values of its type. */
export function evaluatedOf<T>(
  one: Evaluated<T>,
  value: unknown,
  conforms: Conforms<T>,
): Evaluated<T>[] {
  if (one.when !== undefined && !conforms(one.when, value)) return [];
  const inside = one.inside ?? [];
  return [one, ...inside.flatMap((part) => evaluatedOf(part, value, conforms))];
}

/** Whether a key is evaluated. */
export function isEvaluatedKey<T>(
  all: readonly Evaluated<T>[],
  key: string,
): boolean {
  return all.some(
    ({ everything, keys = [], patterns = [] }) =>
      everything ??
      (keys.includes(key) || patterns.some((pattern) => pattern.test(key))),
  );
}

/** Whether an element is evaluated. */
export function isEvaluatedItem<T>(
  all: readonly Evaluated<T>[],
  item: unknown,
  index: number,
  conforms: Conforms<T>,
): boolean {
  return all.some(
    ({ everything, items = 0, containing = [] }) =>
      everything ??
      (index < items || containing.some((type) => conforms(type, item))),
  );
}
