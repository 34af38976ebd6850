// Finds in JSON what open types keep beside their members.
import { hasKey, isObject, property } from "./objects.ts";

/** A member of an open type that the contract does not list, and the keys and indices that lead to it. */
export interface UnknownMember {
  readonly path: readonly (string | number)[];
  readonly value: unknown;
}

/** Where a type has open types in it; a function where that is the same as of another type. */
export type OpenPlaces = (() => OpenPlaces) | readonly OpenPlaces[] | OpenPlace;

export interface OpenPlace {
  /** The members of an open enumeration. */
  readonly listed?: readonly (string | number)[];
  /** The key whose value tells the members of a union apart, those of an open one, and what is in each. */
  readonly tag?: string;
  readonly known?: readonly string[];
  readonly cases?: readonly (readonly [readonly unknown[], OpenPlaces])[];
  /** What is in the first type that a value is of. */
  readonly first?: readonly (readonly [
    (value: unknown) => boolean,
    OpenPlaces,
  ])[];
  /** What is in a value whose tag is known, or that is of none of the types before. */
  readonly others?: OpenPlaces;
  /** What is in the values of these keys of an object, and of all others. */
  readonly keys?: Readonly<Record<string, OpenPlaces>>;
  readonly rest?: OpenPlaces;
  /** The keys of a dictionary that the members of an open enumeration are. */
  readonly names?: readonly string[];
  /** What is in the first items of an array, and in all others. */
  readonly prefix?: readonly OpenPlaces[];
  readonly items?: OpenPlaces;
}

interface Place {
  readonly key: string | number;
  readonly around: Place | null;
}

interface Visit {
  readonly value: unknown;
  readonly places: OpenPlaces;
  readonly place: Place | null;
}

/** Every member of an open type in a value that is not listed, in the order of the types. */
export function unknownMembers(
  value: unknown,
  places: OpenPlaces,
): UnknownMember[] {
  const found: UnknownMember[] = [];
  const waiting: Visit[] = [{ value, places, place: null }];
  for (let visit = waiting.pop(); visit !== undefined; visit = waiting.pop()) {
    const next: Visit[] = [];
    visited(visit, next, found);
    for (let one = next.pop(); one !== undefined; one = next.pop()) {
      waiting.push(one);
    }
  }
  return found;
}

function visited(visit: Visit, next: Visit[], found: UnknownMember[]): void {
  const { places } = visit;
  if (typeof places === "function") {
    next.push({ ...visit, places: places() });
  } else if (isList(places)) {
    for (const each of places) next.push({ ...visit, places: each });
  } else {
    seen(visit, places, next, found);
  }
}

function isList(places: OpenPlaces): places is readonly OpenPlaces[] {
  return Array.isArray(places);
}

function seen(
  visit: Visit,
  open: OpenPlace,
  next: Visit[],
  found: UnknownMember[],
): void {
  const { value, place } = visit;
  if (isUnknown(value, open)) {
    found.push({ path: pathOf(place), value });
    return;
  }
  const same = within(value, open);
  if (same !== undefined) next.push({ value, places: same, place });
  if (Array.isArray(value)) items(value, open, place, next);
  else if (isObject(value)) properties(value, open, place, next, found);
}

function isUnknown(value: unknown, open: OpenPlace): boolean {
  if (open.listed !== undefined) {
    if (typeof value !== "string" && typeof value !== "number") return false;
    return (
      typeof value === typeof open.listed[0] && !open.listed.includes(value)
    );
  }
  if (open.known === undefined || !isObject(value)) return false;
  const tag = property(value, open.tag ?? "");
  return typeof tag === "string" && !open.known.includes(tag);
}

/** Where else there are open types in the value itself. */
function within(value: unknown, open: OpenPlace): OpenPlaces | undefined {
  const told = open.first?.find(([is]) => is(value));
  if (told !== undefined) return told[1];
  if (open.cases !== undefined && isObject(value)) {
    const tag = property(value, open.tag ?? "");
    const member = open.cases.find(([values]) => values.includes(tag));
    if (member !== undefined) return member[1];
  }
  return open.others;
}

function items(
  value: readonly unknown[],
  { prefix = [], items: others }: OpenPlace,
  around: Place | null,
  next: Visit[],
): void {
  const end = others === undefined ? prefix.length : value.length;
  for (let key = 0; key < end && key < value.length; key++) {
    const places = prefix[key] ?? others;
    if (places !== undefined) {
      next.push({ value: value[key], places, place: { key, around } });
    }
  }
}

function properties(
  value: Readonly<Record<string, unknown>>,
  { keys = {}, rest, names }: OpenPlace,
  around: Place | null,
  next: Visit[],
  found: UnknownMember[],
): void {
  const all = rest === undefined && names === undefined;
  for (const key of Object.keys(all ? keys : value)) {
    const item = property(value, key);
    const place = { key, around };
    if (names?.includes(key) === false) {
      found.push({ path: pathOf(place), value: key });
    }
    const places = hasKey(keys, key) ? keys[key] : rest;
    if (places !== undefined) next.push({ value: item, places, place });
  }
}

function pathOf(place: Place | null): (string | number)[] {
  const path: (string | number)[] = [];
  for (let at = place; at !== null; at = at.around) path.push(at.key);
  return path.reverse();
}
