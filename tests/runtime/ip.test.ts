import assert from "node:assert/strict";
import { isIPv4, isIPv6 } from "node:net";
import { test } from "node:test";
import * as z from "zod";

import {
  isIp,
  isReadableIp,
  isWrittenIp,
} from "../../templates/typescript/runtime/ip.ts";
import { assertAgree, assertVerdicts } from "./agreement.ts";
import { mutations } from "./mutations.ts";

const V4 = ["1.2.3.4", "0.0.0.0", "255.255.255.255", "10.0.99.100"];
const V6 = [
  "::",
  "::1",
  "1::",
  "1:2:3:4:5:6:7:8",
  "1:2:3:4:5:6:7::",
  "::2:3:4:5:6:7:8",
  "2001:DB8::a",
  "::ffff:1.2.3.4",
  "1:2:3:4:5:6:1.2.3.4",
  "fe80::0001",
];
const ALPHABET = "0123456789abfg:.:/% \n";

test("version 4 is what zod and Node take", () => {
  const texts = [...mutations(V4, ALPHABET, 40_000)];
  const isV4 = (text: string): boolean => isIp(text, [4]);
  assertAgree(texts, isV4, (text) => z.ipv4().safeParse(text).success);
  assertAgree(texts, isV4, isIPv4);
});

test("version 6 is what Node takes", () => {
  const texts = [...mutations(V6, "0123456789abfg:.: ", 60_000)];
  assertAgree(texts, (text) => isIp(text, [6]), isIPv6);
  assertAgree(
    texts,
    (text) => isIp(text, [4, 6]),
    (text) => isIPv4(text) || isIPv6(text),
  );
});

test("an address of version 6 may have a zone", () => {
  assertVerdicts(
    (text) => isIp(text, [4, 6]),
    ["fe80::1%eth0", "::%1", `::1%${"x".repeat(100)}`],
    ["fe80::1%", "fe80::1%a%b", "1.2.3.4%eth0", "%eth0", "::1%a/64"],
  );
});

test("a network has no bits beyond its prefix", () => {
  assertVerdicts(
    (text) => isIp(text, [4, 6], "network"),
    ["1.2.3.0/24", "0.0.0.0/0", "1.2.3.4", "1.2.3.128/25", "2001:db8::/32"],
    ["1.2.3.4/24", "1.2.3.129/25", "2001:db8:8000::/32"],
  );
  assert.equal(isIp("2001:db8:8000::/33", [6], "network"), true);
  assert.equal(isIp("2001:db8:8000::/33", [4], "network"), false);
});

test("an interface may have any", () => {
  assertVerdicts(
    (text) => isIp(text, [4, 6], "interface"),
    ["1.2.3.4/24", "1.2.3.4", "::1/128", "fe80::1%eth0/64", "1.2.3.4/0"],
    [
      "1.2.3.4/33",
      "1.2.3.4/",
      "1.2.3.4/-1",
      "1.2.3.4/024",
      "1.2.3.4/24/24",
      "::1/129",
      "::1/64%eth0",
    ],
  );
  assert.equal(isIp("1.2.3.4/24", [4]), false);
});

test("addresses are written in one way, and read in several", () => {
  const of =
    (judge: typeof isIp, mask?: "interface" | "network") => (text: string) =>
      judge(text, [4, 6], mask);
  assertVerdicts(
    of(isWrittenIp),
    [
      "1.2.3.4",
      "::",
      "::1",
      "fe80::1%eth0",
      "1::2:0:0:3",
      "1:0:0:2::3",
      "::ffff:1.2.3.4",
      "::ffff:102:304",
    ],
    ["FE80::1", "0:0:0:0:0:0:0:1", "0:0:0:1::2", "1.2.3.4/32", "::1.2.3.4"],
  );
  assertVerdicts(
    of(isWrittenIp, "network"),
    ["10.0.0.0/8", "fe80::/64", "::1%a/128"],
    ["10.0.0.0", "10.0.0.0/255.0.0.0", "10.0.0.1/8"],
  );
  assertVerdicts(
    of(isReadableIp, "network"),
    [
      "10.0.0.0/255.0.0.0",
      "10.0.0.0/0.255.255.255",
      "10.0.0.0/08",
      "1.2.3.4",
      "0.0.0.0/0.0.0.0",
    ],
    [
      "10.0.0.0/255.0.255.0",
      "10.0.0.1/255.0.0.0",
      "::/255.0.0.0",
      "10.0.0.0/33",
    ],
  );
  assertVerdicts(of(isReadableIp), ["1.2.3.4", "FE80::1"], ["1.2.3.4/32"]);
});
