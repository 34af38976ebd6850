// What JSON Schema can say of a value that no type says. A condition has nothing against a value of another kind.
import {
  evaluatedOf,
  isEvaluatedItem,
  isEvaluatedKey,
  type Evaluated,
} from "./evaluated.ts";
import { isUnique } from "./json.ts";
import { isObject } from "./objects.ts";
import {
  issuesOf,
  conforms,
  type StandardSchema as Schema,
} from "./standard-schema.ts";

/** What has to hold for a value besides its type: what is wrong with it, if anything is. */
export type Condition = (value: unknown) => string | undefined;

/** What is wrong with a value of a type, or with a part of one that is called so. */
function problemOf(
  schema: Schema,
  value: unknown,
  what: string | number = "",
): string | undefined {
  const [issue] = issuesOf(schema, value);
  if (issue === undefined) return undefined;
  const { path = [], message } = issue;
  const place = [what, ...path.map(keyOf)]
    .filter((part) => part !== "")
    .join(".");
  return place === "" ? message : `${message} at ${place}`;
}

function keyOf(step: PropertyKey | { readonly key: PropertyKey }): string {
  return String(typeof step === "object" ? step.key : step);
}

/** It is of another type as well. */
export function isAlso(schema: Schema): Condition {
  return (value) => problemOf(schema, value);
}

/** It is not of this type. */
export function isNot(schema: Schema): Condition {
  return (value) =>
    conforms(schema, value)
      ? "Invalid input: is what it must not be"
      : undefined;
}

/** What is of one type is of another as well, and everything else of a third. */
export function ifThen(
  test: Schema,
  then: Schema,
  otherwise?: Schema,
): Condition {
  return (value) => {
    const schema = conforms(test, value) ? then : otherwise;
    return schema === undefined ? undefined : problemOf(schema, value);
  };
}

/** A string is the JSON text of a value of a type. */
export function holdsJson(schema: Schema): Condition {
  return (value) => {
    if (typeof value !== "string") return undefined;
    try {
      return problemOf(schema, JSON.parse(value));
    } catch {
      return undefined;
    }
  };
}

/** An array has so many elements of a type. */
export function hasItems(item: Schema, low = 1, high?: number): Condition {
  return (value) => {
    if (!Array.isArray(value)) return undefined;
    const count = value.filter((each) => conforms(item, each)).length;
    if (count >= low && (high === undefined || count <= high)) return undefined;
    const most = high === undefined ? "" : ` and <=${String(high)}`;
    return `Invalid input: expected >=${String(low)}${most} items of a kind, found ${String(count)}`;
  };
}

/** No two elements of an array are equal as JSON. */
export function isDistinct(value: unknown): string | undefined {
  if (!Array.isArray(value) || isUnique(value)) return undefined;
  return "Invalid input: expected unique items";
}

/** An object has so many keys. */
export function hasSize(low: number, high?: number): Condition {
  return (value) => {
    if (!isObject(value)) return undefined;
    const count = Object.keys(value).length;
    if (count < low) {
      return `Too small: expected object to have >=${String(low)} properties`;
    }
    if (high === undefined || count <= high) return undefined;
    return `Too big: expected object to have <=${String(high)} properties`;
  };
}

/** Every key of an object is of a type. */
export function everyKey(key: Schema): Condition {
  return (value) =>
    firstProblem(isObject(value) ? Object.keys(value) : [], (name) =>
      conforms(key, name) ? undefined : `Invalid key ${JSON.stringify(name)}`,
    );
}

/** The values of the keys that match a pattern. */
export function keysMatching(pattern: RegExp, schema: Schema): Condition {
  return (value) =>
    firstProblem(isObject(value) ? Object.entries(value) : [], ([key, item]) =>
      pattern.test(key) ? problemOf(schema, item, key) : undefined,
    );
}

/** The first thing that is wrong. */
function firstProblem<T>(
  items: readonly T[],
  check: (item: T, at: number) => string | undefined,
): string | undefined {
  for (const [at, item] of items.entries()) {
    const message = check(item, at);
    if (message !== undefined) return message;
  }
  return undefined;
}

/** The values of all keys that are not evaluated. */
export function otherKeys(
  evaluated: Evaluated<Schema>,
  schema: Schema,
): Condition {
  return (value) => {
    if (!isObject(value)) return undefined;
    const all = evaluatedOf(evaluated, value, conforms);
    return firstProblem(Object.entries(value), ([key, item]) =>
      isEvaluatedKey(all, key) ? undefined : problemOf(schema, item, key),
    );
  };
}

/** All elements that are not evaluated. */
export function otherItems(
  evaluated: Evaluated<Schema>,
  schema: Schema,
): Condition {
  return (value) => {
    if (!Array.isArray(value)) return undefined;
    const all = evaluatedOf(evaluated, value, conforms);
    return firstProblem(value as readonly unknown[], (item, at) =>
      isEvaluatedItem(all, item, at, conforms)
        ? undefined
        : problemOf(schema, item, at),
    );
  };
}
