import assert from "node:assert/strict";
import { test } from "node:test";
import * as z from "zod";

import {
  compareTimes,
  isDate,
  isDateTime,
  isReadableDateTime,
  isReadableTime,
  isTime,
  isWrittenDateTime,
  isWrittenTime,
} from "../../templates/typescript/runtime/times.ts";
import { assertAgree, assertOrder, assertVerdicts } from "./agreement.ts";
import { mutations } from "./mutations.ts";

const DATES = [
  "2024-02-29",
  "2023-12-31",
  "1900-02-28",
  "2000-02-29",
  "0001-01-01",
  "9999-04-30",
];
const CLOCKS = [
  "00:00",
  "23:59:59",
  "12:30:00.5",
  "12:30:00.123456",
  "01:02:03.1234567890",
];
const ZONES = ["", "Z", "+00:00", "-23:59", "+05:30"];
const TIMES = CLOCKS.flatMap((clock) => ZONES.map((zone) => clock + zone));
const DATE_TIMES = DATES.flatMap((date) =>
  TIMES.map((time) => `${date}T${time}`),
);
const ALPHABET = "0123456789:-+.TZtz \n";

function takenBy(schema: z.ZodType): (text: string) => boolean {
  return (text) => schema.safeParse(text).success && !text.startsWith("0000");
}

test("isDate takes the dates that zod does, but for the year 0", () => {
  const texts = mutations([...DATES, "2023-02-28"], ALPHABET, 30_000);
  assertAgree(texts, isDate, takenBy(z.iso.date()));
});

test("isDate knows every day of four centuries", () => {
  for (let day = Date.UTC(1899, 0, 1); day < Date.UTC(2301, 0, 1);) {
    const next = day + 86_400_000;
    const text = new Date(day).toISOString().slice(0, 10);
    assert.ok(isDate(text), text);
    const after = text.slice(0, 8) + String(Number(text.slice(8)) + 1);
    const sameMonth =
      new Date(day).getUTCMonth() === new Date(next).getUTCMonth();
    if (Number(text.slice(8)) >= 28) assert.equal(isDate(after), sameMonth);
    day = next;
  }
});

test("isDateTime takes the times that zod does, of each kind of zone", () => {
  const all = [...mutations(DATE_TIMES, ALPHABET, 60_000)];
  const either = z.iso.datetime({ offset: true, local: true });
  assertAgree(all, isDateTime, takenBy(either));
  assertAgree(all, (text) => isDateTime(text, "any"), takenBy(either));
  assertAgree(
    all,
    (text) => isDateTime(text, "aware"),
    takenBy(z.iso.datetime({ offset: true })),
  );
  const local = takenBy(z.iso.datetime({ local: true }));
  assertAgree(
    all,
    (text) => isDateTime(text, "naive"),
    (text) => local(text) && !text.endsWith("Z"),
  );
});

test("isTime takes what Python's isoformat writes", () => {
  assertVerdicts(
    isTime,
    ["00:00:00", "23:59:59.999999", "12:30:00.5Z", "12:30:00+05:30"],
    [
      "",
      "24:00:00",
      "12:30",
      "12:60:00",
      "12:30:60",
      "12:30:00.",
      "12:30:00.1234567",
      "12:30:00+24:00",
      "12:30:00+0530",
      "T12:30:00",
      "12:30:00z",
      "12:30:00\n",
    ],
  );
  assert.equal(isTime("12:30:00", "aware"), false);
  assert.equal(isTime("12:30:00-01:00", "aware"), true);
  assert.equal(isTime("12:30:00", "naive"), true);
  assert.equal(isTime("12:30:00Z", "naive"), false);
});

test("compareTimes compares instants", () => {
  assertOrder(compareTimes, [
    ["0001-01-01T00:00:00Z"],
    ["2024-01-01T00:00:00Z", "2024-01-01T01:00:00+01:00"],
    ["2024-01-01T00:00:00.000001Z", "2024-01-01T00:00:00.000001000Z"],
    ["2023-12-31T23:59:59-01:00", "2024-01-01T00:59:59Z"],
    ["9999-12-31T23:59:59Z"],
  ]);
  assertOrder(compareTimes, [
    ["00:00:00+01:00"],
    ["00:00:00Z", "01:00:00+01:00"],
    ["00:00:00.1Z"],
  ]);
});

test("compareTimes compares as they read where one has no offset", () => {
  assertOrder(compareTimes, [
    ["2024-01-01T11:59", "2024-01-01T11:59:00"],
    ["2024-01-01T12:00:00", "2024-01-01T12:00:00.000"],
    ["2024-01-01T12:00:00.5"],
  ]);
  assert.equal(compareTimes("12:00:00+05:00", "12:00:00"), 0);
  assert.ok(compareTimes("12:00:01", "12:00:00-05:00") > 0);
});

test("compareTimes gives NaN for what is no time", () => {
  for (const text of ["", "noon", "2024-01-01", "12:00:00.Z", "12:00:00 "]) {
    assert.ok(Number.isNaN(compareTimes(text, "12:00:00")), text);
    assert.ok(Number.isNaN(compareTimes("12:00:00", text)), text);
  }
});

test("times are written in one way, and read in several", () => {
  const written = [
    "03:04:05",
    "03:04:05.120000",
    "03:04:05Z",
    "03:04:05-08:00",
  ];
  const read = [
    "03:04",
    "03:04Z",
    "03:04:05.5",
    "03:04:05,5",
    "03:04:05.1234567",
    "03:04z",
    "03:04+0100",
    "03:04\u221201:00",
  ];
  const wrong = [
    "03",
    "3:04",
    "24:00",
    "03:04:60",
    "03:04:05.",
    "03:04+01",
    "03:04 Z",
    "03:04+24:00",
  ];
  assertVerdicts(isWrittenTime, written, [...read, ...wrong]);
  assertVerdicts(isReadableTime, [...written, ...read], wrong);
  const on =
    (separator: string) =>
    (time: string): string =>
      `2024-02-29${separator}${time}`;
  assertVerdicts(
    isWrittenDateTime,
    written.map(on("T")),
    [...read, ...wrong].map(on("T")),
  );
  for (const separator of "Tt _") {
    assertVerdicts(
      isReadableDateTime,
      [...written, ...read].map(on(separator)),
      wrong.map(on(separator)),
    );
  }
  assertVerdicts(
    isReadableDateTime,
    [],
    ["2024-02-30T03:04", "2024-02-29x03:04", "2024-02-29", ""],
  );
  assertVerdicts(
    isWrittenDateTime,
    [],
    ["2024-02-29 03:04:05", "2024-02-30T03:04:05"],
  );
});

test("compareTimes orders what is read", () => {
  assert.equal(compareTimes("2024-01-02 03:04", "2024-01-02T03:04:00"), 0);
  assert.equal(compareTimes("03:04:00.0000009", "03:04:00"), 0);
  assert.ok(compareTimes("03:04:00,5z", "03:04:00Z") > 0);
  assert.equal(compareTimes("03:04:00\u22120100", "03:04:00-01:00"), 0);
});
