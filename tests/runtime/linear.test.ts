// Every predicate and comparison takes time linear in its text, whatever the text: nobody can stop a server with a long one.
import assert from "node:assert/strict";
import { test } from "node:test";

import * as base64 from "../../templates/typescript/runtime/base64.ts";
import * as decimals from "../../templates/typescript/runtime/decimals.ts";
import * as durations from "../../templates/typescript/runtime/durations.ts";
import * as email from "../../templates/typescript/runtime/email.ts";
import * as ip from "../../templates/typescript/runtime/ip.ts";
import * as json from "../../templates/typescript/runtime/json.ts";
import * as text from "../../templates/typescript/runtime/text.ts";
import * as times from "../../templates/typescript/runtime/times.ts";
import * as urls from "../../templates/typescript/runtime/urls.ts";
import * as uuid from "../../templates/typescript/runtime/uuid.ts";

type Judge = (text: string) => unknown;

/** Each function that takes a text, by its name, as it is called with one. */
const FUNCTIONS: Record<string, Judge> = {
  isBase64: base64.isBase64,
  isBase64Url: base64.isBase64Url,
  isDecimal: (long) => decimals.isDecimal(long, true),
  compareDecimals: (long) => decimals.compareDecimals(long, "-12.5E3"),
  hasDigits: (long) => decimals.hasDigits(long, 5, 2),
  isDecimalMultipleOf: (long) => decimals.isDecimalMultipleOf(long, "0.07"),
  isDuration: durations.isDuration,
  compareDurations: (long) => durations.compareDurations(long, "P1D"),
  isEmail: email.isEmail,
  isNameEmail: email.isNameEmail,
  isIp: (long) => ip.isIp(long, [4, 6], "network"),
  isJsonText: json.isJsonText,
  hasMinCharacters: (long) => text.hasMinCharacters(long, long.length - 1),
  hasMaxCharacters: (long) => text.hasMaxCharacters(long, long.length - 1),
  hasMinBytes: (long) => text.hasMinBytes(long, long.length + 1),
  hasMaxBytes: (long) => text.hasMaxBytes(long, long.length),
  countCodePoints: text.countCodePoints,
  countBytes: text.countBytes,
  compareText: (long) => text.compareText(long, `${long.slice(0, -1)}!`),
  trimEndZeros: text.trimEndZeros,
  isDate: times.isDate,
  isTime: times.isTime,
  isDateTime: times.isDateTime,
  compareTimes: (long) => times.compareTimes(long, "2024-01-02T03:04:05.6Z"),
  isUrl: urls.isUrl,
  isMultiHostUrl: urls.isMultiHostUrl,
  isUuid: (long) => uuid.isUuid(long, 4),
};
const ABOUT_VALUES = ["isJson", "isUnique", "countLostKeys"];

const STARTS = [
  ...["", "0", "1", "-", ".", "0.", "1.", "1E", "1e-", "Na", "sNaN", "P", "P1"],
  ...["PT", "PT1.", "a@", "a@b.", "a <", "::", "1:", "1.", "fe80::1%", "::/"],
  ...["03:04:05.", "03:04:05+", "2024-01-02T03:04:05.", "2024-01-02T", "2024-"],
  ...["http://", "http://a/", "x://a,", "x://a:1,b@", "abcd", "[", '"', "{"],
];
const UNITS = [
  ...["0", "1", "9", "10", "a", "A", "f", "=", "-", "_", ".", ":", ",", "%"],
  ...["/", "@", " ", "<", ">", "P", "T", "Y", "1Y", "1.", "1:", "a.", "a@"],
  ...["a-", "--", "::", "h,", "h:1,", "[", "é", "😀", "\ud83d", "\n", "Z", "+"],
];
const ENDS = ["", "1", "!", ".com", "E-9\n"];

/** Quadratic, so many characters take a second; linear, less than one of these milliseconds. */
const LENGTH = 2 ** 15;
const LIMIT = 100;

/** The processor's time for one call, in milliseconds, whatever else the machine does. */
function timeOf(judge: Judge, long: string): number {
  const start = process.cpuUsage();
  judge(long);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** Whether a text takes longer than it may, which a pause of the garbage collector does not make it. */
function isSlow(judge: Judge, long: string): boolean {
  return [1, 2, 3].every(() => timeOf(judge, long) > LIMIT);
}

/** How a text is made up that takes too long; none if there is no such text. */
function slowText(judge: Judge): string | undefined {
  for (const start of STARTS) {
    for (const unit of UNITS) {
      for (const end of ENDS) {
        const long = start + unit.repeat(LENGTH / unit.length) + end;
        if (isSlow(judge, long)) return `${start}|${unit}|${end}`;
      }
    }
  }
  return undefined;
}

for (const [name, judge] of Object.entries(FUNCTIONS)) {
  test(`${name} takes linear time`, () => {
    assert.equal(slowText(judge), undefined);
  });
}

test("every function that takes a text is tried", () => {
  const modules = [base64, decimals, durations, email, ip, json, text];
  const exported = [...modules, times, urls, uuid].flatMap(Object.keys);
  const tried = [...Object.keys(FUNCTIONS), ...ABOUT_VALUES];
  assert.deepEqual(exported.sort(), tried.sort());
});

test("a quadratic expression would be found", () => {
  assert.notEqual(
    slowText((long) => long.replace(/0+$/u, "")),
    undefined,
  );
});
