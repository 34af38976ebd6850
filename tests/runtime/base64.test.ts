import assert from "node:assert/strict";
import { test } from "node:test";
import * as z from "zod";

import {
  encodesBytes,
  encodesCharacters,
  isBase64,
  isBase64Url,
  isEitherBase64,
  isPythonBase64,
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

test("isPythonBase64 skips what is not in the alphabet", () => {
  assertVerdicts(
    (text) => isPythonBase64(text, false),
    ["", "YQ==", "Y Q=\n=", "YWJj-_", "====", "YQ==YQ", "YR==", "Y=Q=="],
    ["YQ", "YQ=", "Y", "YWJjZ", "-_8="],
  );
  assertVerdicts(
    (text) => isPythonBase64(text, true),
    ["-_8=", "+/8=", "é-_8="],
    ["-_8", "Y==="],
  );
});

test("isEitherBase64 takes one alphabet or the other", () => {
  assertVerdicts(
    isEitherBase64,
    ["", "YQ", "YQ=", "YQ==", "-_8", "+/8=", "YWJj"],
    ["Y", "YQ===", "YWJj=", "YR==", "-/8=", "YQ\n", "="],
  );
});

test("encodesBytes and encodesCharacters count what is encoded", () => {
  assert.equal(encodesBytes("YWI=", false, 2, 2), true);
  assert.equal(encodesBytes("YQ==", false, 2, Infinity), false);
  assert.equal(encodesBytes("-_8=", true, 0, 2), true);
  const cases: [Buffer, number | undefined][] = [
    [Buffer.from("é😀中a"), 4],
    [Buffer.from(""), 0],
    [Buffer.from([0xff]), undefined],
    [Buffer.from([0xc3]), undefined],
    [Buffer.from([0xc0, 0x80]), undefined],
    [Buffer.from([0xed, 0xa0, 0x80]), undefined],
    [Buffer.from([0xf4, 0x90, 0x80, 0x80]), undefined],
    [Buffer.from([0xe0, 0x80, 0x80]), undefined],
  ];
  for (const [bytes, count] of cases) {
    const text = bytes.toString("base64");
    const length = count ?? 0;
    assert.equal(
      encodesCharacters(text, false, length, count ?? Infinity),
      count !== undefined,
      text,
    );
    assert.equal(encodesCharacters(text, false, length + 1, 99), false, text);
  }
});
