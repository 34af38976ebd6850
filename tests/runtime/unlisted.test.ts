import assert from "node:assert/strict";
import { test } from "node:test";

import {
  isText,
  isUnlisted,
} from "../../templates/typescript/runtime/unlisted.ts";

test("isText takes texts alone", () => {
  assert.equal(isText(""), true);
  for (const value of [null, undefined, 1, ["a"], {}, new String("a")]) {
    assert.equal(isText(value), false);
  }
});

test("isUnlisted takes objects with a text for a tag that is not known", () => {
  const tags = ["a", ""];
  for (const json of [
    '{"kind": "b"}',
    '{"kind": "A", "x": [1]}',
    '{"kind": "__proto__"}',
  ]) {
    assert.equal(isUnlisted(JSON.parse(json), "kind", tags), true, json);
  }
  for (const json of [
    '{"kind": "a", "x": 1}',
    '{"kind": ""}',
    '{"kind": 1}',
    '{"kind": null}',
    '{"kind": ["b"]}',
    '{"type": "b"}',
    '{"__proto__": {"kind": "b"}}',
    '[{"kind": "b"}]',
    '"b"',
    "null",
  ]) {
    assert.equal(isUnlisted(JSON.parse(json), "kind", tags), false, json);
  }
});

test("a tag is an object's own", () => {
  assert.equal(isUnlisted(Object.create({ kind: "b" }), "kind", ["a"]), false);
  assert.equal(isUnlisted({}, "constructor", ["a"]), false);
  assert.equal(isUnlisted({ constructor: "b" }, "constructor", ["a"]), true);
});
