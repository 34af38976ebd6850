import { test } from "node:test";
import * as z from "zod";

import {
  isBase64,
  isBase64Url,
} from "../../templates/typescript/runtime/base64.ts";
import { assertAgree, assertVerdicts } from "./agreement.ts";
import { mutations } from "./mutations.ts";

const SAMPLES = ["", "YQ==", "aGVsbG8=", "YWJj", "+/8=", "_-8=", "YR=="];
const TEXTS = [
  ...mutations(SAMPLES, "abAYQgwZ019+/-_= \n", 40_000),
  ...["=", "==", "====", "A===", "AA=A", "a", "é===", "YWJjé==="],
];

test("isBase64 takes what z.base64 does", () => {
  assertAgree(TEXTS, isBase64, (text) => z.base64().safeParse(text).success);
});

test("isBase64Url takes canonical texts with padding alone", () => {
  const canonical = (text: string): boolean =>
    /^[\w-]*={0,2}$/u.test(text) &&
    Buffer.from(text, "base64url").toString("base64url") ===
      text.replace(/=*$/u, "") &&
    text.length % 4 === 0 &&
    !text.startsWith("=");
  assertAgree(TEXTS, isBase64Url, canonical);
  assertVerdicts(isBase64Url, ["", "YQ==", "_-8="], ["YQ", "+/8=", "YR=="]);
});

test("megabytes are no problem", () => {
  const text = "abcd".repeat(2_000_000);
  assertVerdicts(isBase64, [text], [`${text}=`, `${text}!===`]);
  assertVerdicts(isBase64Url, [text], [`${text}=`, `${text}!===`]);
});
