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
