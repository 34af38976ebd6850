import assert from "node:assert/strict";
import { test } from "node:test";
import * as z from "zod";

import {
  isReadableUuid,
  isUuid,
  isWrittenUuid,
} from "../../templates/typescript/runtime/uuid.ts";
import { assertAgree, assertVerdicts } from "./agreement.ts";
import { mutations } from "./mutations.ts";

const SAMPLES = [
  "00000000-0000-0000-0000-000000000000",
  "ffffffff-ffff-ffff-ffff-ffffffffffff",
  "251b6c70-a4ce-412a-b3b2-bfb2bce7db5d",
  "018F4A3E-7C1B-7D3E-9A2B-1C2D3E4F5A6B",
  "1ec9414c-232a-6b00-b3c8-9f6bdeced846",
  "12345678-1234-4678-c234-567812345678",
  "9e73facc-e651-11f1-b0dd-02fc00000001",
];
const TEXTS = [...mutations(SAMPLES, "0123456789abcdefABCDEFgG-\n", 40_000)];

test("isUuid takes what z.guid does, and of each version what zod does", () => {
  const takes = (schema: z.ZodType) => (text: string) =>
    schema.safeParse(text).success;
  assertAgree(TEXTS, (text) => isUuid(text), takes(z.guid()));
  assertAgree(TEXTS, (text) => isUuid(text, 4), takes(z.uuidv4()));
  assertAgree(TEXTS, (text) => isUuid(text, 6), takes(z.uuidv6()));
  assertAgree(TEXTS, (text) => isUuid(text, 7), takes(z.uuidv7()));
  assertAgree(
    TEXTS,
    (text) => isUuid(text, 1),
    takes(z.uuid().regex(/^.{14}1/u)),
  );
  assert.equal(isUuid(SAMPLES[0] ?? "", 1), false);
});

test("a UUID is written in one way, and read in several", () => {
  const text = "251b6c70-a4ce-412a-b3b2-bfb2bce7db5d";
  const others = [
    text.toUpperCase(),
    text.replace(/-/gu, ""),
    `urn:uuid:${text}`,
    `{${text}}`,
  ];
  assertVerdicts(isWrittenUuid, [text], others);
  assertVerdicts(
    isReadableUuid,
    [text, ...others],
    [
      `URN:UUID:${text}`,
      `{${text}`,
      `urn:uuid:${text.replace(/-/gu, "")}`,
      `${text.replace(/-/gu, "")}-`,
      ` ${text}`,
    ],
  );
  assert.equal(isReadableUuid(text.replace(/-/gu, ""), 4), true);
  assert.equal(isReadableUuid(text.replace(/-/gu, ""), 7), false);
  assert.equal(isWrittenUuid(text, 7), false);
});
