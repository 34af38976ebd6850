import assert from "node:assert/strict";
import { test } from "node:test";

import {
  unknownMembers,
  type OpenPlaces,
} from "../../templates/typescript/runtime/unknown-members.ts";

const status: OpenPlaces = { listed: ["sent", "read"] };

function found(json: string, places: OpenPlaces): [string, unknown][] {
  return unknownMembers(JSON.parse(json), places).map((each) => [
    each.path.join("."),
    each.value,
  ]);
}

test("values of another kind than the members are none", () => {
  for (const json of ['"sent"', "null", "1", "true", "[]", "{}"]) {
    assert.deepEqual(found(json, status), []);
  }
  for (const json of ["2.5", "-1"]) {
    assert.deepEqual(found(json, { listed: [1] }), [["", Number(json)]]);
  }
  assert.deepEqual(
    found('"failed"', () => status),
    [["", "failed"]],
  );
});

test("a tag is that of the object itself, and a text", () => {
  const event: OpenPlaces = {
    tag: "type",
    known: ["a"],
    cases: [[["a"], { keys: { status } }]],
  };
  assert.deepEqual(found('{"type": "a", "status": "x"}', event), [
    ["status", "x"],
  ]);
  for (const tag of ["b", "__proto__", "constructor", ""]) {
    const value = { type: tag, status: "x" };
    assert.deepEqual(found(JSON.stringify(value), event), [["", value]]);
  }
  for (const json of ['{"type": 1}', '{"status": "x"}', '["a"]']) {
    assert.deepEqual(found(json, event), []);
  }
});

test("keys that objects inherit are none of theirs", () => {
  const places: OpenPlaces = { keys: { toString: status }, rest: status };
  assert.deepEqual(found('{"constructor": "x", "__proto__": "y"}', places), [
    ["constructor", "x"],
    ["__proto__", "y"],
  ]);
  assert.deepEqual(found("{}", { keys: { constructor: status } }), []);
  const names: OpenPlaces = { names: ["a"], rest: status };
  assert.deepEqual(found('{"a": "x", "b": "sent"}', names), [
    ["b", "b"],
    ["a", "x"],
  ]);
});

test("the first type that a value is of counts, and the items of a tuple", () => {
  const places: OpenPlaces = {
    first: [[(value) => typeof value === "string", []]],
    others: { prefix: [[], status], items: { listed: [1] } },
  };
  assert.deepEqual(found('"x"', places), []);
  assert.deepEqual(found('["x", "y", 2, 1]', places), [
    ["1", "y"],
    ["2", 2],
  ]);
  assert.deepEqual(found('["x"]', { prefix: [[], status] }), []);
});

test("a deep value takes no stack, and a wide one no arguments", () => {
  const node: OpenPlaces = { keys: { value: status, next: () => node } };
  let deep: unknown = null;
  for (let depth = 0; depth < 100_000; depth++) deep = { next: deep };
  assert.deepEqual(unknownMembers(deep, node), []);
  const wide = Array.from({ length: 300_000 }, () => "x");
  assert.equal(unknownMembers(wide, { items: status }).length, wide.length);
});
