import assert from "node:assert/strict";
import { test } from "node:test";

import {
  issuesFrom422,
  problem,
} from "../../templates/typescript/runtime/call-problem.ts";

const detail = [
  {
    type: "missing",
    loc: ["body", "items", 0, "price"],
    msg: "Field required",
    input: {},
  },
  { type: "int_parsing", loc: ["query", "page"], msg: "not a number" },
];

test("issues have the path of the form's field", () => {
  assert.deepEqual(issuesFrom422(detail), [
    { message: "Field required", path: ["items", 0, "price"] },
    { message: "not a number", path: ["page"] },
  ]);
  assert.deepEqual(issuesFrom422(detail, "query"), [
    { message: "not a number", path: ["page"] },
  ]);
});

/** What FastAPI answers: type, location, and the path of the field in what was sent. */
const sent = {
  items: [{ kind: "circle" }],
  shape: { kind: "circle" },
  loose: ["x"],
  either: { kind: "circle", side: "a" },
  ages: { abc: 1, a: "b" },
  "num-ber": "x",
};
const answers: Array<[string, Array<string | number>, Array<string | number>]> =
  [
    ["missing", ["items", 0, "radius"], ["items", 0, "radius"]],
    ["missing", ["shape", "circle", "radius"], ["shape", "radius"]],
    ["union_tag_invalid", ["shape"], ["shape"]],
    ["int_type", ["loose", "int"], ["loose"]],
    ["int_parsing", ["loose", "list[int]", 0], ["loose", 0]],
    ["missing", ["either", "Circle", "radius"], ["either", "radius"]],
    ["literal_error", ["either", "Square", "kind"], ["either", "kind"]],
    ["float_parsing", ["either", "Square", "side"], ["either", "side"]],
    ["string_too_long", ["ages", "abc", "[key]"], ["ages", "abc"]],
    ["int_parsing", ["ages", "a"], ["ages", "a"]],
    ["missing", ["firstName"], ["firstName"]],
    ["int_parsing", ["num-ber"], ["num-ber"]],
    ["json_invalid", [6], []],
    ["missing", [], []],
  ];

test("with what was sent, a path has the steps of the value alone", () => {
  for (const [type, loc, path] of answers) {
    const problems = [{ type, loc: ["body", ...loc], msg: "wrong" }];
    assert.deepEqual(issuesFrom422(problems, "body", sent), [
      { message: "wrong", path },
    ]);
  }
});

test("without it, a path has all steps but those that are no place", () => {
  const path = (type: string, ...loc: Array<string | number>) =>
    issuesFrom422([{ type, loc: ["body", ...loc], msg: "" }])[0]?.path;
  assert.deepEqual(path("missing", "shape", "circle", "radius"), [
    "shape",
    "circle",
    "radius",
  ]);
  assert.deepEqual(path("string_too_long", "ages", "abc", "[key]"), [
    "ages",
    "abc",
  ]);
  assert.deepEqual(path("json_invalid", 6), []);
});

test("any other detail gives a text, or nothing", () => {
  assert.deepEqual(issuesFrom422("no"), [{ message: "no", path: [] }]);
  for (const other of [
    undefined,
    null,
    {},
    [1, { loc: "body", msg: "x", type: "y" }],
  ]) {
    assert.deepEqual(issuesFrom422(other), []);
  }
});

test("the body of a 422 is checked", async () => {
  const read = (value: unknown) =>
    problem.read(Response.json(value), problem.schema);
  assert.deepEqual(await read({ detail }), { detail });
  for (const wrong of [{}, { detail: "no" }, { detail: [{}] }, null]) {
    await assert.rejects(read(wrong), /no error of FastAPI/);
  }
});
