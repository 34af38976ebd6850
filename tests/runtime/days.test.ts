import assert from "node:assert/strict";
import { test } from "node:test";

import { localDays } from "../../templates/typescript/runtime/days.ts";

const DAYS = [
  "0001-01-01",
  "0099-12-31",
  "1899-12-31",
  "1970-01-01",
  "2018-11-04",
  "2024-02-29",
  "2024-03-31",
  "2024-10-27",
  "9999-12-31",
];
/** Midnight is missing on 2018-11-04 in the second, and a day of 2011 in the third. */
const ZONES = [
  "UTC",
  "America/Sao_Paulo",
  "Pacific/Apia",
  "Asia/Kolkata",
  "Pacific/Kiritimati",
  "America/Los_Angeles",
  "Europe/Berlin",
];

/** Runs a function once in each zone. */
function everywhere(run: () => void): void {
  const before = process.env["TZ"];
  for (const zone of ZONES) {
    process.env["TZ"] = zone;
    run();
  }
  if (before === undefined) delete process.env["TZ"];
  else process.env["TZ"] = before;
}

test("a day is the same day everywhere, and is encoded as it", () => {
  everywhere(() => {
    for (const text of DAYS) {
      const date = localDays.decode(text);
      const [year, month, day] = text.split("-").map(Number);
      assert.deepEqual(
        [date.getFullYear(), date.getMonth() + 1, date.getDate()],
        [year, month, day],
      );
      assert.ok(date.getHours() <= 1);
      assert.equal(localDays.encode(date), text);
      assert.equal(localDays.encode(new Date(date)), text);
    }
  });
});

test("any time of a day is encoded as the day", () => {
  everywhere(() => {
    assert.equal(
      localDays.encode(new Date(2024, 0, 9, 23, 59, 59, 999)),
      "2024-01-09",
    );
  });
});

test("a day that a zone lacks is encoded as it came", () => {
  everywhere(() => {
    assert.equal(
      localDays.encode(localDays.decode("2011-12-30")),
      "2011-12-30",
    );
  });
});

test("a date that was set is encoded as it is now", () => {
  const date = localDays.decode("2024-01-02");
  date.setDate(31);
  assert.equal(localDays.encode(date), "2024-01-31");
});
