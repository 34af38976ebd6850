import { test } from "node:test";
import * as z from "zod";

import {
  isMultiHostUrl,
  isUrl,
} from "../../templates/typescript/runtime/urls.ts";
import { assertAgree, assertVerdicts } from "./agreement.ts";
import { mutations } from "./mutations.ts";

const SAMPLES = [
  "http://a.com",
  "https://user:pa%20ss@h:8000/x?y#z",
  "http://[::1]/",
  "custom+x://a",
  "mailto:a@b.c",
  "file:///etc/passwd",
  "file://c:,d:/x",
  "postgres://u:p@h1:5432,h2:5433/db",
  "postgresql+asyncpg://u@h1,h2",
  "mongodb://u:p@h1:1,h2:2,h3/db?a=b,c#d,e",
  "http://münchen.de,1.2.3.4/x",
  "redis://h\u00a0,g/x",
];
const ALPHABET = "abhtp:/,,@.?#[]%0123 1\u00a0\t\n\\é😀\ud83d";
const TEXTS = [...mutations(SAMPLES, ALPHABET, 60_000)];

function zodTakes(text: string): boolean {
  return z.url().safeParse(text).success;
}

/** White space that the parser drops makes a text another one than its URL. */
function isTrimmed(text: string): boolean {
  return text.trim() === text && !/^[\0- ]|[\0- ]$|[\t\n\r]/u.test(text);
}

function isOneHost(text: string): boolean {
  return isTrimmed(text) && zodTakes(text);
}

test("isUrl takes what z.url does, without white space that it drops", () => {
  assertAgree(TEXTS, isUrl, isOneHost);
});

test("isMultiHostUrl takes what is a URL with each of the hosts", () => {
  assertAgree(TEXTS, isMultiHostUrl, (text) => {
    const [, scheme = "", hosts = "", rest = ""] =
      /^([^:/?#]+:\/\/)([^/?#]*)(.*)$/su.exec(text) ?? [];
    return hosts
      .split(",")
      .every((host) => host !== "" && isOneHost(`${scheme}${host}${rest}`));
  });
  assertVerdicts(
    isMultiHostUrl,
    [`${"x".repeat(20)}://a:1,b:65535`, "http://a:1,b:2/x"],
    [
      `${"x".repeat(20)}://a:1,b:65536`,
      "http://a:1,b:65536/x",
      "postgres://,h",
      "postgres://h,",
      "postgres:/db",
      "mailto:a@b.c",
    ],
  );
});
