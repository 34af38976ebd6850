import { hasKey, isObject, setKey, withoutKeys } from "./objects.ts";

/** Keys and indices that lead into an object; a negative index counts from the end. */
type Path = string | readonly (string | number)[];

/** The places where a value may stand, in the order in which they are looked at. */
export type NamePaths = readonly Path[];

/** The place that the type of a value describes: the first key, or else the first path that is not counted from an end. */
function own(names: NamePaths): Path {
  const key = names.find((path) => typeof path === "string");
  const isForward = (path: Path): boolean =>
    steps(path).every((step) => typeof step === "string" || step >= 0);
  return key ?? names.find(isForward) ?? [];
}

function steps(path: Path): readonly (string | number)[] {
  return typeof path === "string" ? [path] : path;
}

function head(path: Path): string {
  return String(steps(path)[0]);
}

/** What stands at a path; undefined if nothing does, or what JSON leaves out. */
function at(value: unknown, path: Path): unknown {
  let found = value;
  for (const step of steps(path)) {
    if (typeof step === "number") {
      found = Array.isArray(found)
        ? found[step < 0 ? found.length + step : step]
        : undefined;
    } else {
      found = isObject(found) && hasKey(found, step) ? found[step] : undefined;
    }
  }
  return found;
}

/** A copy in which something else stands at a path. */
function withValue(
  value: unknown,
  [step, ...rest]: readonly (string | number)[],
  inner: unknown,
): unknown {
  if (step === undefined) return inner;
  if (typeof step === "number") {
    const items: unknown[] = Array.isArray(value) ? [...value] : [];
    while (items.length <= step) items.push(null);
    items[step] = withValue(items[step], rest, inner);
    return items;
  }
  const copy = isObject(value) ? withoutKeys(value, []) : {};
  setKey(copy, step, withValue(at(copy, [step]), rest, inner));
  return copy;
}

/** Whether each value of an object stands under the name that its type describes, or under none. */
export function hasItsNames(
  input: object,
  ...names: readonly NamePaths[]
): boolean {
  return names.every((several) => {
    const path = several.find((each) => at(input, each) !== undefined);
    return path === undefined || path === own(several);
  });
}

/** An object with each value under the name that its type describes, and those of its keys that nobody reads. */
export function underTheirNames(
  input: Readonly<Record<string, unknown>>,
  names: readonly NamePaths[],
  declared: object,
): { value: Record<string, unknown>; unread: string[] } {
  const places = names.map((several) =>
    several.find((path) => at(input, path) !== undefined),
  );
  const read = new Set(
    places.flatMap((path) => (path === undefined ? [] : [head(path)])),
  );
  const owned = new Set(names.map((several) => head(own(several))));
  const keys = Object.keys(input);
  const passed = keys.filter((key) => owned.has(key) && !read.has(key));
  const moved = keys.filter((key) => read.has(key) && !hasKey(declared, key));
  const value = withoutKeys(input, [...passed, ...moved]);
  names.forEach((several, index) => {
    const path = places[index];
    if (path === undefined) return;
    const [key, ...rest] = steps(own(several));
    const name = String(key);
    const before = at(value, [name]);
    setKey(value, name, withValue(before, rest, at(input, path)));
  });
  const unread = passed.filter((key) => input[key] !== undefined);
  return { value, unread };
}
