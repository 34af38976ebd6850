import assert from "node:assert/strict";
import { test } from "node:test";

import {
  hasAddressLength,
  isEmail,
  isNameEmail,
  isReadableEmail,
  isReadableNameEmail,
  isWrittenEmail,
  isWrittenNameEmail,
} from "../../templates/typescript/runtime/email.ts";
import { assertVerdicts } from "./agreement.ts";

const RIGHT = [
  "a@b.co",
  "joe.bloggs@example.com",
  "jörg@example.com",
  "用户@例子.公司",
  "user@xn--mnchen-3ya.de",
  "a!#$%&'*/=?^_`{|}~@example.com",
  `a@${"x".repeat(63)}.com`,
];
const WRONG = [
  "",
  "a@b",
  "@b.com",
  "a@",
  ".a@b.com",
  "a.@b.com",
  "a..b@c.com",
  '"a"@b.com',
  "a@-b.com",
  "a@b-.com",
  "a@ab--cd.com",
  "a@b.1",
  "a b@c.com",
  "a@b.com\n",
  "a@b.com@c.com",
  `a@${"x".repeat(64)}.com`,
  `a@${"x.".repeat(126)}com`,
  `${"😀".repeat(250)}@b.com`,
];

test("isEmail takes what EmailStr does", () => {
  assertVerdicts(
    isEmail,
    [...RIGHT, `${"😀".repeat(248)}@b.com`],
    [...WRONG, "Joe <joe@b.com>"],
  );
});

test("isNameEmail takes a name before it", () => {
  assertVerdicts(
    isNameEmail,
    [...RIGHT, ...RIGHT.map((email) => `Joe "J" Doe <${email}>`)],
    [
      ...WRONG,
      ...WRONG.map((email) => `Joe <${email}>`),
      "Joe<joe@b.com>",
      "Joe <joe@b.com",
      "Joe <joe@b.com> x",
      "J<oe <joe@b.com>",
      " <joe@b.com>",
    ],
  );
});

test("addresses are written in one way, and read in several", () => {
  const written = ["a@example.com", "jörg@münchen.de", "a@arpa.com"];
  const read = [
    "A@EXAMPLE.com",
    " a@example.com ",
    "Bob B. <a@example.com>",
    '"Q, q" <a@example.com>',
    "<a@example.com>",
  ];
  const wrong = [
    "a@b.test",
    "a@b.local",
    "a@b.onion",
    "a@x.ARPA",
    "a, b <a@example.com>",
    "<>",
    "a@example.com\n",
    "x<a@example.com> y",
  ];
  assertVerdicts(isWrittenEmail, written, [
    ...read.filter((text) => !text.startsWith("A@")),
    ...wrong,
    "a@EXAMPLE.com",
  ]);
  assertVerdicts(isReadableEmail, [...written, ...read], wrong);
  assertVerdicts(isReadableNameEmail, [...written, ...read], wrong);
  assertVerdicts(
    isWrittenNameEmail,
    ["Bob <a@example.com>"],
    ["a@example.com", "Bob <a@b.test>"],
  );
  assert.equal(hasAddressLength("Bob <a@example.com>", 13, 13), true);
  assert.equal(hasAddressLength("Bob <a@example.com>", 14, 20), false);
});
