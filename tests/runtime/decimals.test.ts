import assert from "node:assert/strict";
import { test } from "node:test";

import {
  compareDecimals,
  hasDigits,
  isDecimal,
  isDecimalMultipleOf,
  isReadableDecimal,
  isWrittenDecimal,
  pythonDecimal,
} from "../../templates/typescript/runtime/decimals.ts";
import { assertOrder, assertVerdicts } from "./agreement.ts";

const RIGHT = ["0", "-0", "+1", "1.50", ".5", "5.", "1E+2", "1e-400", "00.10"];
const SPECIAL = ["Infinity", "-Infinity", "NaN", "sNaN", "-NaN123"];
const WRONG = [
  "",
  ".",
  "-",
  "1..2",
  "1.2.3",
  "1e",
  "e1",
  "1e1.5",
  "0x1",
  "1_0",
  " 1",
  "1\n",
  "1E1234567890123456",
  "infinity",
  "Nan",
];

test("isDecimal takes what Python's Decimal reads", () => {
  assertVerdicts(isDecimal, RIGHT, [...WRONG, ...SPECIAL]);
  assertVerdicts(
    (text) => isDecimal(text, true),
    [...RIGHT, ...SPECIAL],
    WRONG,
  );
});

test("compareDecimals orders by value, whatever the number of digits", () => {
  assertOrder(compareDecimals, [
    ["-Infinity"],
    ["-1E+999999", "-10E+999998"],
    ["-100.01"],
    ["-100", "-1E+2", "-100.000"],
    ["-0.5"],
    ["0", "-0", "0.00", "0E+10"],
    ["1E-20"],
    ["0.5", ".5", "5E-1", "0.50", "00.5"],
    ["0.51"],
    ["1", "1.", "+1", "0001.000"],
    ["1.0000000000000000000000001"],
    ["9.99"],
    ["10", "1e1", "100E-1"],
    ["123456789.123456788"],
    ["123456789.123456789"],
    ["Infinity", "+Infinity"],
  ]);
});

test("compareDecimals gives NaN for NaN and for what is no decimal", () => {
  for (const text of ["NaN", "sNaN1", "", "x", "1.2.3"]) {
    assert.ok(Number.isNaN(compareDecimals(text, "0")), text);
  }
});

test("hasDigits counts as Python does, with trailing zeros or without", () => {
  const cases: [string, number, number, boolean][] = [
    ["123.45", 5, 2, true],
    ["123.456", 5, 2, false],
    ["1234.5", 5, 2, false],
    ["12345", 5, Infinity, true],
    ["123456", 5, Infinity, false],
    ["1.500", Infinity, 1, true],
    ["1E+2", 3, 0, true],
    ["1E+3", 3, 0, false],
    ["0.00", 1, 0, true],
    ["1E-3", 3, 3, true],
    ["1E-4", 3, 3, false],
    ["00012.50", 3, 1, true],
    ["NaN", 3, 1, true],
    ["NaN", 2, 2, false],
    ["Infinity", 3, 1, false],
    ["Infinity", Infinity, 1, true],
    ["x", 3, 1, false],
  ];
  for (const [text, digits, places, expected] of cases) {
    assert.equal(hasDigits(text, digits, places), expected, text);
  }
});

test("isDecimalMultipleOf rounds the quotient to 28 digits", () => {
  const cases: [string, string, boolean][] = [
    ["0.03", "0.01", true],
    ["0.035", "0.01", false],
    ["2.03", "0.07", true],
    ["2.04", "0.07", false],
    ["1E+20", "0.3", false],
    ["3E+20", "0.3", true],
    ["-7.5", "2.5", true],
    ["0", "0.3", true],
    // The digits from the 29th on are rounded away, if what is left is whole.
    [`5.${"0".repeat(40)}1`, "1", true],
    [`5.${"0".repeat(26)}1`, "1", false],
    [`0.${"9".repeat(28)}4`, "1", false],
    [`0.${"9".repeat(28)}6`, "1", true],
    [`0.${"9".repeat(28)}5`, "1", true],
    [`2.${"0".repeat(27)}5`, "1", true],
    [`2.${"0".repeat(27)}5${"0".repeat(50)}1`, "1", false],
    // Too large to be told, or so small that it counts as 0.
    ["1E+30", "1", false],
    ["1E-1000030", "1", true],
    ["1E-1000020", "1", false],
    ["NaN", "1", true],
    ["Infinity", "1", false],
    ["1", "0", false],
    ["x", "1", false],
  ];
  for (const [text, step, expected] of cases) {
    assert.equal(isDecimalMultipleOf(text, step), expected, `${text} ${step}`);
  }
});

test("isDecimalMultipleOf gives the same answer however long the text is", () => {
  for (const step of ["1", "0.07", "3", "1.25E-5"]) {
    for (const start of ["5", "2.1", "0.07", "123456789.123456789"]) {
      const point = start.includes(".") ? "" : ".";
      const short = `${start}${point}${"0".repeat(60)}1`;
      const long = `${start}${point}${"0".repeat(6000)}1`;
      assert.equal(
        isDecimalMultipleOf(long, step),
        isDecimalMultipleOf(short, step),
        `${start} ${step}`,
      );
    }
  }
});

test("decimals are written in one way, and read in several", () => {
  const written = [
    "1.50",
    "0",
    "-0",
    "0.00",
    "1E+2",
    "0E-7",
    "1.5E-7",
    "0.000001",
    "0.000000",
    "123.45",
    "1.23E+3",
  ];
  const read = [
    " 1",
    "1_000",
    "+1",
    "1e5",
    "1e-7",
    "0.0000001",
    "0.0000000",
    "12E+3",
    "1.23E+2",
    "01",
    ".5",
    "5.",
    "1E-6",
    "1E+0",
  ];
  const wrong = ["", "x", "1 0", "NaN", "1,5"];
  assertVerdicts(isWrittenDecimal, written, [...read, ...wrong]);
  assertVerdicts(isReadableDecimal, [...written, ...read], wrong);
  assertVerdicts(
    (text) => isWrittenDecimal(text, true),
    ["NaN", "-Infinity", "sNaN12"],
    ["nan", "NaN0", "inf"],
  );
  assertVerdicts(
    (text) => isReadableDecimal(text, true),
    ["nan", " -inf", "NaN0"],
    ["infinit"],
  );
  assert.equal(compareDecimals(" 1_0 ", "10"), 0);
  assert.equal(hasDigits("1_00", 3, 0), true);
});

test("pythonDecimal spells a decimal as Python does", () => {
  for (const [text, written] of [
    ["1.50", "1.50"],
    ["+00.00", "0.00"],
    ["-0", "-0"],
    ["1e21", "1E+21"],
    ["1E-7", "1E-7"],
    ["12.30e1", "123.0"],
    ["0E-10", "0E-10"],
    ["0.0000001", "1E-7"],
    ["0.000001", "0.000001"],
    [".5e-6", "5E-7"],
    ["1e0", "1"],
    ["7.", "7"],
    [" 1_0.0 ", "10.0"],
    ["-inf", "-Infinity"],
    ["sNaN012", "sNaN12"],
    ["x", "x"],
  ] as const) {
    assert.equal(pythonDecimal(text), written, text);
  }
});
