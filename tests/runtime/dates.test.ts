import assert from "node:assert/strict";
import { test } from "node:test";

import {
  awareDates,
  utcDates,
} from "../../templates/typescript/runtime/dates.ts";

const AWARE: [text: string, iso: string, written: string][] = [
  ["2024-01-02T03:04:05Z", "2024-01-02T03:04:05.000Z", "2024-01-02T03:04:05Z"],
  [
    "2024-01-02T03:04:05.120000Z",
    "2024-01-02T03:04:05.120Z",
    "2024-01-02T03:04:05.120000Z",
  ],
  [
    "2024-01-02T03:04:05.123456+05:30",
    "2024-01-01T21:34:05.123Z",
    "2024-01-01T21:34:05.123000Z",
  ],
  [
    "1969-12-31T23:59:59.999999-08:00",
    "1970-01-01T07:59:59.999Z",
    "1970-01-01T07:59:59.999000Z",
  ],
  ["0099-01-01T00:00:00Z", "0099-01-01T00:00:00.000Z", "0099-01-01T00:00:00Z"],
  ["2024-02-29 03:04z", "2024-02-29T03:04:00.000Z", "2024-02-29T03:04:00Z"],
  [
    "2024-02-29t03:04:05,1234567-0130",
    "2024-02-29T04:34:05.123Z",
    "2024-02-29T04:34:05.123000Z",
  ],
  [
    "2024-02-29_03:04:05\u221200:00",
    "2024-02-29T03:04:05.000Z",
    "2024-02-29T03:04:05Z",
  ],
];

test("a date is the instant of its text, and is encoded as it", () => {
  for (const [text, iso] of AWARE) {
    const date = awareDates.decode(text);
    assert.equal(date.toISOString(), iso);
    assert.equal(awareDates.encode(date), text);
  }
});

test("a new date is encoded as Pydantic writes it", () => {
  for (const [, iso, written] of AWARE) {
    assert.equal(awareDates.encode(new Date(iso)), written);
    assert.equal(utcDates.encode(new Date(iso)), written.slice(0, -1));
  }
});

test("a date that was set is encoded as it is now, and as it came when it is set back", () => {
  const text = "2024-01-02T03:04:05.123456+05:30";
  const date = awareDates.decode(text);
  const time = date.getTime();
  date.setTime(0);
  assert.equal(awareDates.encode(date), "1970-01-01T00:00:00Z");
  date.setTime(time);
  assert.equal(awareDates.encode(date), text);
});

test("a text without an offset is UTC, whatever the zone of the machine", () => {
  for (const text of ["2024-03-31T02:30:00", "2024-11-03T01:30:00.000001"]) {
    const date = utcDates.decode(text);
    assert.equal(date.toISOString(), `${text.slice(0, 19)}.000Z`);
    assert.equal(utcDates.encode(date), text);
  }
});

test("between the two kinds, nothing but the offset changes", () => {
  const aware = awareDates.decode("2024-01-02T03:04:05.123456+05:30");
  assert.equal(utcDates.encode(aware), "2024-01-01T21:34:05.123456");
  const utc = utcDates.decode("2024-01-02T03:04:05.123456");
  assert.equal(awareDates.encode(utc), "2024-01-02T03:04:05.123456Z");
});
