import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import * as z from "zod";

import { said } from "../../templates/typescript/runtime/zod-messages.ts";
import { checked } from "../../templates/typescript/runtime/zod.ts";

const MESSAGE = "Invalid input: expected int";
const integer = z.number().check(z.refine(Number.isInteger, said(MESSAGE)));
const never = checked(z.number(), () => MESSAGE);

afterEach(() => {
  z.config({ ...z.locales.en(), customError: undefined });
});

function messages(): string[] {
  return [integer, never].map(
    (schema) => schema.safeParse(1.5).error?.issues[0]?.message ?? "",
  );
}

test("a check says what it has to say in English, and without a language", () => {
  assert.deepEqual(messages(), [MESSAGE, MESSAGE]);
  z.config({ localeError: undefined });
  assert.deepEqual(messages(), [MESSAGE, MESSAGE]);
});

for (const [name, locale, message] of [
  ["fr", z.locales.fr(), "Entrée invalide"],
  ["de", z.locales.de(), "Ungültige Eingabe"],
  ["ja", z.locales.ja(), "無効な入力"],
] as const) {
  test(`in another language zod says it: ${name}`, () => {
    z.config(locale);
    assert.deepEqual(messages(), [message, message]);
  });
}

test("an application has words of its own, by the message in English", () => {
  z.config({
    ...z.locales.fr(),
    customError: ({ code, params }) =>
      code === "custom" && params?.["message"] === MESSAGE
        ? "Il faut un nombre entier"
        : undefined,
  });
  assert.deepEqual(messages(), [
    "Il faut un nombre entier",
    "Il faut un nombre entier",
  ]);
});

test("a check may stop the checks after it", () => {
  const text = z.stringFormat("x", () => false, said("no", { abort: true }));
  const refined = text.check(z.refine(() => false, "neither"));
  const { error } = refined.safeParse("");
  assert.deepEqual(
    error?.issues.map(({ message }) => message),
    ["no"],
  );
});
