import assert from "node:assert/strict";
import { test } from "node:test";

import type {
  BlockMove,
  EventRules,
  OrderRules,
} from "../../templates/typescript/runtime/order-rules.ts";
import {
  applicableMoves,
  BlockKind,
  StreamState,
} from "../../templates/typescript/runtime/order-state.ts";

const STEP = { name: "step", states: { open: "scope" } } as const;
const TEXT = {
  name: "text",
  inside: "step",
  states: { open: "scope" },
} as const;
const CALL = {
  name: "call",
  inside: "step",
  once: true,
  states: { running: "end", paused: "any" },
} as const;
const RULES: OrderRules = {
  tag: "type",
  blocks: [STEP, TEXT, CALL],
  events: [],
};

test("a closed block is forgotten, unless its key may not be used again", () => {
  const [text, call] = [new BlockKind(TEXT), new BlockKind(CALL)];
  for (const kind of [text, call]) {
    kind.addKnown("a", { state: "open", alias: "b" });
    assert.equal(kind.state("a"), "open");
    assert.equal(kind.keys.get("b"), "a");
    kind.move("a", "closed");
    assert.equal(kind.open.size + kind.unfinished.size, 0);
  }
  assert.equal(text.state("a"), "absent");
  assert.equal(text.keys.size, 0);
  assert.equal(call.state("a"), "closed");
  assert.equal(call.keys.get("b"), "a"); // no other block may be called so
  call.forget("a");
  assert.equal(call.keys.size, 0);
});

test("a block in a state that it may keep is not unfinished", () => {
  const state = new StreamState(RULES, {
    blocks: {
      call: new Map([
        ["a", { state: "running" }],
        ["b", { state: "paused" }],
      ]),
    },
  });
  assert.deepEqual(
    state.unfinished().map(({ key }) => key),
    ["a"],
  );
});

test("what is inside is named before what is around it", () => {
  const state = new StreamState(RULES);
  const opened = (block: string): EventRules => ({
    tags: [],
    moves: [{ block, before: ["absent"], after: "open" }],
  });
  state.apply({}, opened("step"));
  state.apply({}, opened("text"));
  assert.deepEqual(
    state.unfinished().map(({ kind }) => kind.rules.name),
    ["text", "step"],
  );
  assert.deepEqual(
    state.inner(state.kind("step")).map(({ kind }) => kind.rules.name),
    ["text"],
  );
});

test("of each block the first move applies whose conditions hold", () => {
  const moves: readonly BlockMove[] = [
    { block: "a", before: ["open"], after: "closed", when: { done: true } },
    { block: "a", before: ["open"], after: "open" },
    { block: "b", before: ["open"], after: "open", when: { done: false } },
  ];
  const applied = (event: object) =>
    applicableMoves(event, { tags: [], moves }).map((move) =>
      moves.indexOf(move),
    );
  assert.deepEqual(applied({ done: true }), [0]);
  assert.deepEqual(applied({ done: false }), [1, 2]);
  assert.deepEqual(applied({}), [1, 2]);
});

test("a block that the rules do not have is a mistake of the caller", () => {
  assert.throws(() => new StreamState(RULES).kind("toString"), RangeError);
});
