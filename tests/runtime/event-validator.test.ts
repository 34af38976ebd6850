import assert from "node:assert/strict";
import { test } from "node:test";

import {
  invalidEvent,
  validatedEvent,
  type EventValidator,
} from "../../templates/typescript/runtime/event-validator.ts";
import { StreamError } from "../../templates/typescript/runtime/stream.ts";

const number = (isLater: boolean): EventValidator<number> => ({
  "~standard": {
    validate: (value) => {
      const result =
        typeof value === "number"
          ? { value: value + 1 }
          : { issues: [{ message: "no number" }] };
      return isLater ? Promise.resolve(result) : result;
    },
  },
});

test("the event is what the schema makes of a value", async () => {
  for (const isLater of [false, true]) {
    const event = await validatedEvent(number(isLater), 1, "an event");
    assert(!(event instanceof StreamError));
    assert.equal(event.value, 2);
    const error = await validatedEvent(number(isLater), "a", "an event");
    assert(error instanceof StreamError);
    assert.deepEqual([error.kind, error.chunk], ["invalid", "a"]);
  }
});

test("the message names the place of the first issue", () => {
  const path = ["a", { key: 0 }];
  const issues = [{ message: "no text", path }, { message: "later" }];
  assert.equal(
    invalidEvent(issues, null, "a message").message,
    "a message is not as the contract has it at a.0: no text",
  );
  assert.equal(
    invalidEvent([], null, "a message").message,
    "a message is not as the contract has it: it does not fit",
  );
});
