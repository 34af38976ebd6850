import assert from "node:assert/strict";
import { test } from "node:test";

import {
  compareDurations,
  isDuration,
  isDurationMultipleOf,
  isReadableDuration,
  isWrittenDuration,
} from "../../templates/typescript/runtime/durations.ts";
import { assertOrder, assertVerdicts } from "./agreement.ts";

test("isDuration takes what Pydantic writes", () => {
  assertVerdicts(
    isDuration,
    [
      "PT0S",
      "P0D",
      "-P1D",
      "PT1.5S",
      "PT0.000001S",
      "P1Y35D",
      "P1Y2M3W4DT5H6M7.8S",
      "P999999999D",
      "PT36H",
      "P1DT24H61M",
    ],
    [
      "",
      "P",
      "PT",
      "P1DT",
      "PT1.H",
      "P-1D",
      "PT1S1M",
      "P1D1Y",
      "p1d",
      "PT.5S",
      "P1H",
      "PT1D",
      "PT1.1234567S",
      "P1.5Y",
      "--P1D",
      "P1000000000D",
      "-P1000000000D",
      "PT1S\n",
      `P${"9".repeat(400)}D`,
    ],
  );
});

test("compareDurations orders by length; a year has 365 days and a month 30", () => {
  assertOrder(compareDurations, [
    ["-P1D", "-PT24H"],
    ["-PT0.000001S"],
    ["PT0S", "-PT0S", "P0Y"],
    ["PT0.000001S"],
    ["PT0.000002S", "PT0.0000019S"],
    ["PT0.1S", "PT0.100S"],
    ["PT96.12S", "PT1.602M", "00:01:36.1200009"],
    ["P1D", "PT24H", "PT1440M", "PT86400S"],
    ["P1W", "P7D"],
    ["P1M", "P30D"],
    ["P1Y", "P365D", "P12M5D"],
  ]);
});

test("compareDurations gives NaN for what is no duration", () => {
  for (const text of ["", "P", "1", "PT1", "P1D "]) {
    assert.ok(Number.isNaN(compareDurations(text, "P1D")), text);
    assert.ok(Number.isNaN(compareDurations("P1D", text)), text);
  }
});

test("isDurationMultipleOf divides to the microsecond", () => {
  assert.equal(isDurationMultipleOf("-PT45M", "PT15M"), true);
  assert.equal(isDurationMultipleOf("P1D", "PT15M"), true);
  assert.equal(isDurationMultipleOf("PT15M0.000001S", "PT15M"), false);
  assert.equal(isDurationMultipleOf("PT0.3S", "PT0.1S"), true);
  assert.equal(isDurationMultipleOf("x", "PT15M"), false);
});

test("durations are written in one way, and read in several", () => {
  const written = [
    "PT0S",
    "P1D",
    "-P1Y35D",
    "PT1H30M",
    "-PT1.5S",
    "P1DT12H0.000005S",
    "P2739726Y9DT23H59M59.999999S",
  ];
  const read = [
    "P1W",
    "PT36H",
    "P400D",
    "PT60S",
    "PT0.10S",
    "P0D",
    "+P1D",
    "P1.5D",
    "P1D1Y",
    "PT1,5S",
    "1 day",
    "1 day, 02:03:04.5",
    "-02:03",
    "100:00",
    ":02:03",
    "1d1:02:03",
    "P1DT",
    "P1DT4294967295.5S",
    "PT1193046H",
    "2400000000:00",
  ];
  const wrong = [
    "P",
    "PT",
    "",
    "1",
    "1:02",
    "P1.5DT1H",
    "PT.5S",
    "1 day, 24:00",
    "1 day,  02:03",
    "P1000000000D",
    "1 week",
    "00:60",
    "PT4294967296S",
    "PT1M4294967295S",
    "PT1193047H",
    "2400000001:00",
  ];
  assertVerdicts(isWrittenDuration, written, [...read, ...wrong]);
  assertVerdicts(isReadableDuration, [...written, ...read], wrong);
  assert.equal(compareDurations("1 day, 02:03", "P1DT2H3M"), 0);
  assert.equal(compareDurations("P1.5D", "PT36H"), 0);
  assert.equal(compareDurations("-02:03", "-PT2H3M"), 0);
});
