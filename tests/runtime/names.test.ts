import assert from "node:assert/strict";
import { test } from "node:test";
import {
  hasItsNames,
  type NamePaths,
  underTheirNames,
} from "../../templates/typescript/runtime/names.ts";

const DECLARED = { size: 0, list: 0, x: 0 };

function named(input: object, ...names: NamePaths[]): string {
  const { value, unread } = underTheirNames({ ...input }, names, DECLARED);
  return JSON.stringify([value, unread]);
}

test("the first name that is there counts", () => {
  const names: NamePaths = ["size", "page_size", ["paging", "size"]];
  assert.equal(named({ size: 1 }, names), '[{"size":1},[]]');
  assert.equal(named({ page_size: 1 }, names), '[{"size":1},[]]');
  assert.equal(
    named({ size: null, page_size: 1 }, names),
    '[{"size":null,"page_size":1},[]]',
  );
  assert.equal(named({ paging: { size: 1 } }, names), '[{"size":1},[]]');
  assert.equal(
    named({ paging: {}, other: 2 }, names),
    '[{"paging":{},"other":2},[]]',
  );
});

test("a key that is undefined is not there", () => {
  assert.equal(
    named({ size: undefined, page_size: 1 }, ["size", "page_size"]),
    '[{"size":1},[]]',
  );
});

test("a negative index counts from the end", () => {
  const names: NamePaths = [["items", -1], "x"];
  assert.equal(named({ items: [1, 2] }, names), '[{"x":2},[]]');
  assert.equal(named({ items: [] }, names), '[{"items":[]},[]]');
  assert.equal(named({ items: "text" }, names), '[{"items":"text"},[]]');
  assert.equal(named({ items: [1], x: 2 }, names), '[{"x":1},["x"]]');
});

test("without a key the first path forward is the name", () => {
  const names: NamePaths = [
    ["list", 1],
    ["other", "deep"],
  ];
  assert.equal(named({ other: { deep: 1 } }, names), '[{"list":[null,1]},[]]');
  assert.equal(named({ list: [0, 1] }, names), '[{"list":[0,1]},[]]');
  assert.equal(named({ list: "text" }, names), '[{},["list"]]');
});

test("only own keys are names, and __proto__ is one", () => {
  assert.equal(named({}, ["size", "toString"]), "[{},[]]");
  const input: unknown = JSON.parse('{"__proto__": 1}');
  const { value } = underTheirNames(
    input as Record<string, unknown>,
    [["size", "__proto__"]],
    DECLARED,
  );
  assert.equal(JSON.stringify(value), '{"size":1}');
});

test("hasItsNames wants the name that counts to be that of the type", () => {
  const names: NamePaths[] = [
    ["size", "page_size"],
    [["items", -1], "x"],
  ];
  for (const value of [{}, { size: 1, page_size: 2 }, { x: 1 }]) {
    assert.equal(hasItsNames(value, ...names), true);
  }
  for (const value of [{ page_size: 2 }, { items: [1], x: 1 }]) {
    assert.equal(hasItsNames(value, ...names), false);
  }
});
