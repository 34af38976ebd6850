import { test } from "node:test";

import {
  isEmail,
  isNameEmail,
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
