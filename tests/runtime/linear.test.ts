// Every predicate and comparison takes time linear in its text, whatever the text: nobody can stop a server with a long one.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";

type Judge = (text: string) => unknown;

const LIBRARY = new URL("../../templates/typescript/runtime/", import.meta.url);
/** Files about events and objects, and what knows a validation library. */
const NO_TEXTS = /^(?:zod|guards|evaluated|order|numbers|objects|properties)/u;

/** All that other files export, by name. */
const exported: Record<string, unknown> = {};
for (const file of readdirSync(LIBRARY)) {
  if (!file.endsWith(".ts") || NO_TEXTS.test(file)) continue;
  Object.assign(exported, await import(new URL(file, LIBRARY).href));
}

/** What functions are called with besides the text, or in the place of one of many characters; others take the text alone. */
const OTHERS: Record<string, (text: string) => unknown[]> = {
  isDecimal: (text) => [text, true],
  compareDecimals: (text) => [text, "-12.5E3"],
  hasDigits: (text) => [text, 5, 2],
  isDecimalMultipleOf: (text) => [text, "0.07"],
  compareDurations: (text) => [text, "P1D"],
  isIp: (text) => [text, [4, 6], "network"],
  hasMinCharacters: (text) => [text, text.length - 1],
  hasMaxCharacters: (text) => [text, text.length - 1],
  hasMinBytes: (text) => [text, text.length + 1],
  hasMaxBytes: (text) => [text, text.length],
  compareText: (text) => [text, `${text.slice(0, -1)}!`],
  compareTimes: (text) => [text, "2024-01-02T03:04:05.6Z"],
  isUuid: (text) => [text, 4],
  isReadableDecimal: (text) => [text, true],
  isWrittenDecimal: (text) => [text, true],
  isDurationMultipleOf: (text) => [text, "PT0.1S"],
  isReadableIp: (text) => [text, [4, 6], "network"],
  isWrittenIp: (text) => [text, [4, 6], "network"],
  hasAddressLength: (text) => [text, 3, 5],
  hasMaxCharactersBefore: (text) => [text, true, text.length - 1],
  compareByteSizes: (text) => [text, "12"],
  isByteSizeMultipleOf: (text) => [text, 8],
  encodesBytes: (text) => [text, true, 3, 5],
  encodesCharacters: (text) => [text, true, 3, 5],
  isPythonBase64: (text) => [text, true],
};
const ABOUT_VALUES = [
  ...["isJson", "isSame", "isUnique", "countLostKeys", "countCharacters"],
];

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

/** Quadratic, so many characters take a quarter of a second; linear, less than one of these milliseconds. */
const LENGTH = 2 ** 14;
const LIMIT = 40;

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

const names = Object.keys(exported).filter(
  (name) =>
    /^(?:is|has|compare|count|encodes|trim)[A-Z]/u.test(name) &&
    !ABOUT_VALUES.includes(name),
);

for (const name of names) {
  test(`${name} takes linear time`, () => {
    const judge = exported[name];
    assert.ok(typeof judge === "function");
    const others = OTHERS[name] ?? ((text: string) => [text]);
    assert.equal(
      slowText((text) => Reflect.apply(judge, undefined, others(text))),
      undefined,
    );
  });
}

test("every function with more than a text is one of those", () => {
  assert.deepEqual(
    Object.keys(OTHERS).filter((name) => !names.includes(name)),
    [],
  );
});

test("a quadratic expression would be found", () => {
  assert.notEqual(
    slowText((long) => long.replace(/0+$/u, "")),
    undefined,
  );
});
