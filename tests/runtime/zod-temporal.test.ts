import assert from "node:assert/strict";
import { test } from "node:test";
import * as z from "zod/v4/core";

import {
  awareInstants,
  isTemporalDuration,
  isTemporalInstant,
  isTemporalPlainDate,
  isTemporalPlainDateTime,
  isTemporalPlainTime,
  plainDates,
  plainDateTimes,
  plainTimes,
  temporalDurations,
  utcInstants,
} from "../../templates/typescript/runtime/zod-temporal.ts";

/** What TypeScript 5 has no types for. */
type Temporal = Record<string, { from(text: string | object): object }>;
const { Temporal: temporal } = globalThis as unknown as { Temporal: Temporal };
const of = (name: string) => () => {
  const found = temporal[name];
  assert.ok(found !== undefined);
  return found;
};

const CODECS = {
  aware: [isTemporalInstant, awareInstants(of("Instant")), "Instant"],
  utc: [isTemporalInstant, utcInstants(of("Instant")), "Instant"],
  local: [
    isTemporalPlainDateTime,
    plainDateTimes(of("PlainDateTime")),
    "PlainDateTime",
  ],
  day: [isTemporalPlainDate, plainDates(of("PlainDate")), "PlainDate"],
  clock: [isTemporalPlainTime, plainTimes(of("PlainTime")), "PlainTime"],
  length: [isTemporalDuration, temporalDurations(of("Duration")), "Duration"],
} as const;
type Kind = keyof typeof CODECS;

/** Texts, what their values show, and how a copy of the value is written. */
const VALUES: [Kind, text: string, shown: string, copied: string][] = [
  [
    "aware",
    "2024-01-02T03:04:05Z",
    "2024-01-02T03:04:05Z",
    "2024-01-02T03:04:05Z",
  ],
  [
    "aware",
    "2024-01-02_03:04+0530",
    "2024-01-01T21:34:00Z",
    "2024-01-01T21:34:00Z",
  ],
  [
    "aware",
    "2024-01-02T03:04:05.120000+05:30",
    "2024-01-01T21:34:05.12Z",
    "2024-01-01T21:34:05.120000Z",
  ],
  [
    "aware",
    "1969-12-31T23:59:59.9999991-00:01",
    "1970-01-01T00:00:59.999999Z",
    "1970-01-01T00:00:59.999999Z",
  ],
  [
    "utc",
    "2024-01-02T03:04:05.000001",
    "2024-01-02T03:04:05.000001Z",
    "2024-01-02T03:04:05.000001",
  ],
  ["utc", "0001-01-01 00:00", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00"],
  [
    "local",
    "9999-12-31t23:59:59,999999",
    "9999-12-31T23:59:59.999999",
    "9999-12-31T23:59:59.999999",
  ],
  [
    "local",
    "2024-01-02T03:04:00",
    "2024-01-02T03:04:00",
    "2024-01-02T03:04:00",
  ],
  ["day", "0001-01-01", "0001-01-01", "0001-01-01"],
  ["day", "2024-02-29", "2024-02-29", "2024-02-29"],
  ["clock", "03:04", "03:04:00", "03:04:00"],
  ["clock", "23:59:59.999999", "23:59:59.999999", "23:59:59.999999"],
  ["length", "PT0S", "PT0S", "PT0S"],
  ["length", "-PT0.000001S", "-PT0.000001S", "-PT0.000001S"],
  ["length", "-PT1.5S", "-PT1.5S", "-PT1.5S"],
  ["length", "-P1Y", "-P365D", "-P1Y"],
  [
    "length",
    "P1Y36DT2H1M1.00002S",
    "P401DT2H1M1.00002S",
    "P1Y36DT2H1M1.00002S",
  ],
  [
    "length",
    "P2739726Y9DT23H59M59.999999S",
    "P999999999DT23H59M59.999999S",
    "P2739726Y9DT23H59M59.999999S",
  ],
  ["length", "-P2739726Y9D", "-P999999999D", "-P2739726Y9D"],
  ["length", "P1W", "P7D", "P7D"],
  ["length", "P1Y2M", "P425D", "P1Y60D"],
  ["length", "1 day, 02:03:04.5", "P1DT2H3M4.5S", "P1DT2H3M4.5S"],
  ["length", "PT1.5H", "PT1H30M", "PT1H30M"],
];

function encoded(kind: Kind, value: object): unknown {
  const [isOne, codec] = CODECS[kind];
  const type = new z.$ZodCustom({
    type: "custom",
    check: "custom",
    fn: isOne,
  }) as z.$ZodType<object, object>;
  const text = new z.$ZodString({ type: "string" });
  const { decode: transform, encode: reverseTransform } = codec;
  const schema = new z.$ZodCodec({
    type: "pipe",
    in: text,
    out: type,
    transform,
    reverseTransform,
  } as never);
  const result = z.safeEncode(schema, value);
  return result.success
    ? result.data
    : result.error.issues.map(({ message }) => message);
}

test("a value is encoded as its text, and a copy as Pydantic writes it", () => {
  for (const [kind, text, shown, copied] of VALUES) {
    const [isOne, codec, name] = CODECS[kind];
    const value = codec.decode(text);
    assert.ok(isOne(value));
    assert.equal(String(value), shown);
    assert.equal(encoded(kind, value), text);
    assert.equal(encoded(kind, of(name)().from(value)), copied);
  }
});

test("a duration is written by its length, in whatever units it is", () => {
  for (const [fields, text] of [
    [{ hours: 25 }, "P1DT1H"],
    [{ weeks: 53 }, "P1Y6D"],
    [{ seconds: -90 }, "-PT1M30S"],
    [{ milliseconds: 1e9 + 5, microseconds: 7 }, "P11DT13H46M40.005007S"],
    [{ nanoseconds: -3000 }, "-PT0.000003S"],
  ] as const) {
    assert.equal(encoded("length", of("Duration")().from(fields)), text);
  }
});

test("what Python has not is refused", () => {
  const nanoseconds = [
    "Invalid input: expected microseconds, the least that Python has",
  ];
  const calendar = ["Invalid input: expected the calendar of ISO 8601"];
  const units = [
    "Invalid input: expected days and less, since years and months differ in length",
  ];
  for (const [kind, text, messages] of [
    ["aware", "2024-01-02T03:04:05.123456789Z", nanoseconds],
    ["utc", "2024-01-02T03:04:05.0000001Z", nanoseconds],
    ["local", "2024-01-02T03:04:05.123456789", nanoseconds],
    ["local", "2024-01-02T03:04:05[u-ca=gregory]", calendar],
    ["day", "2024-01-02[u-ca=gregory]", calendar],
    ["clock", "03:04:05.000000001", nanoseconds],
    ["length", "PT0.000000001S", nanoseconds],
    ["length", "P1Y", units],
    ["length", "-P1M", units],
  ] as const) {
    const value = of(CODECS[kind][2])().from(text);
    assert.deepEqual(encoded(kind, value), messages, text);
  }
});

test("nothing else is one", () => {
  for (const value of [
    null,
    "2024-01-02",
    new Date(0),
    {},
    temporal["PlainYearMonth"]?.from("2024-01"),
  ]) {
    for (const [isOne] of Object.values(CODECS)) assert.ok(!isOne(value));
  }
});
