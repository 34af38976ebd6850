import { compareText, trimEndZeros } from "./text.ts";

const DECIMAL = /^[+-]?(?:(\d+)(?:\.(\d*))?|\.(\d+))(?:[Ee]([+-]?\d{1,15}))?$/u;
const PLAIN = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/u;
/** More than six zeros behind the point. */
const SMALL = /^-?0\.0{6}\d/u;
const SCIENTIFIC = /^-?(0|[1-9](?:\.(\d+))?)E([+-])([1-9]\d{0,14})$/u;
const SPECIAL_READ = /^[+-]?(?:inf(?:inity)?|s?nan\d*)$/iu;
const SPECIAL_WRITTEN = /^-?(?:Infinity|s?NaN(?:[1-9]\d*)?)$/u;
const SPECIAL = /^[+-]?(?:Infinity|s?NaN\d*)$/u;

/** Whether a text is a number as Python's Decimal reads it; with `special` also Infinity and NaN. */
export function isDecimal(text: string, special = false): boolean {
  return DECIMAL.test(text) || (special && SPECIAL.test(text));
}

/** Whether a text is a number as Python's Decimal writes it: with an exponent only where digits alone would not say the same. */
export function isWrittenDecimal(text: string, special = false): boolean {
  if (PLAIN.test(text)) return !text.includes("0.000000") || !SMALL.test(text);
  const match = SCIENTIFIC.exec(text);
  if (match === null) return special && SPECIAL_WRITTEN.test(text);
  const [, , fraction = "", sign, exponent] = match;
  const least = sign === "+" ? fraction.length : 6;
  return Number(exponent) > least;
}

/** Whether a text is a number as Pydantic reads it: with white space around it, and underscores in it. */
export function isReadableDecimal(text: string, special = false): boolean {
  const number = bare(text);
  return DECIMAL.test(number) || (special && SPECIAL_READ.test(number));
}

/** A text without what Python's Decimal ignores. */
function bare(text: string): string {
  return text.trim().replace(/_/gu, "");
}

/** Orders decimals by their value. NaN for NaN, and for texts that are no decimals. */
export function compareDecimals(a: string, b: string): number {
  const [x, y] = [decimalParts(a), decimalParts(b)];
  if (x === undefined || y === undefined) return NaN;
  if (x.sign !== y.sign || x.sign === 0) return x.sign - y.sign;
  const order = x.digits.length + x.exponent - y.digits.length - y.exponent;
  return x.sign * (order || compareText(x.digits, y.digits));
}

/**
 * Whether a decimal, or the shortest text of a number, has at most so many digits, in all and after the point; each limit holds with
 * its trailing zeros or without. NaN has one.
 */
export function hasDigits(
  value: string | number,
  maxDigits: number,
  maxPlaces: number,
): boolean {
  const text = String(value);
  const parts =
    decimalParts(text) ?? (SPECIAL_READ.test(bare(text)) ? ZERO : undefined);
  if (parts === undefined) return false;
  const { digits, exponent, written } = parts;
  const length = digits.length || 1;
  const zeros = digits === "" ? 0 : exponent - written;
  const counts = [
    countDigits(length + zeros, written),
    countDigits(length, exponent),
  ];
  const maxWhole =
    maxPlaces === Infinity ? Infinity : Math.max(maxDigits - maxPlaces, 0);
  return (
    counts.some(([all]) => all <= maxDigits) &&
    counts.some(([, places]) => places <= maxPlaces) &&
    counts.some(([all, places]) => all - places <= maxWhole)
  );
}

/** How many digits a decimal has, and how many of them after the point. */
function countDigits(length: number, exponent: number): [number, number] {
  if (exponent >= 0) return [length + exponent, 0];
  return [Math.max(length, -exponent), -exponent];
}

/** How many digits Python's decimals have by default. */
const PRECISION = 28;

/** Whether a decimal is a multiple as Pydantic finds out: the quotient, rounded to Python's 28 digits, is whole. */
export function isDecimalMultipleOf(
  value: string | number,
  step: string,
): boolean {
  const text = String(value);
  const [parts, unit] = [decimalParts(text), decimalParts(step)];
  if (unit === undefined || unit.digits === "") return false;
  if (parts === undefined) return SPECIAL_READ.test(bare(text));
  if (parts.digits === "") return true;
  const power = parts.exponent - unit.exponent;
  // The quotient has so many digits before the point, or one less; if it is too small for a decimal, it counts as 0.
  const length = parts.digits.length - unit.digits.length + power + 1;
  if (length < -2 || length > PRECISION + 1) return length < -1_000_026;
  const [digits, dropped] = shortened(parts.digits, unit.digits.length);
  return isWholeQuotient(digits, unit.digits, power + dropped);
}

/**
 * Digits with the same quotient when it is rounded, and how many are left out: beyond those that the number half way between two
 * quotients can have, it only counts whether there is anything.
 */
function shortened(digits: string, divisorLength: number): [string, number] {
  const length = divisorLength + PRECISION + 2;
  if (digits.length <= length + 1) return [digits, 0];
  return [`${digits.slice(0, length)}1`, digits.length - length - 1];
}

function isWholeQuotient(
  dividend: string,
  divisor: string,
  power: number,
): boolean {
  const ten = (exponent: number): bigint => BigInt(10) ** BigInt(exponent);
  const top = BigInt(dividend) * ten(Math.max(power, 0));
  const bottom = BigInt(divisor) * ten(Math.max(-power, 0));
  const whole = top < bottom ? 0 : String(top / bottom).length;
  if (whole > PRECISION) return false;
  const scale = ten(PRECISION - whole);
  const quotient = (top * scale) / bottom;
  const twice = BigInt(2) * ((top * scale) % bottom);
  const up =
    twice > bottom || (twice === bottom && quotient % BigInt(2) !== BigInt(0));
  const rounded = quotient + BigInt(up ? 1 : 0);
  return (
    rounded % scale === BigInt(0) &&
    (whole < PRECISION || rounded < ten(PRECISION))
  );
}

/** The digits without zeros at either end, the power of ten that the last of them counts, and that of the last one written. */
type DecimalParts = {
  sign: number;
  digits: string;
  exponent: number;
  written: number;
};

const ZERO: DecimalParts = { sign: 0, digits: "", exponent: 0, written: 0 };

/** The parts of a decimal, an infinite one among them. */
function decimalParts(text: string): DecimalParts | undefined {
  const number = bare(text);
  const match = DECIMAL.exec(number);
  const sign = number.startsWith("-") ? -1 : 1;
  if (match === null) {
    if (!/^[+-]?inf/iu.test(number)) return undefined;
    return { sign, digits: "1", exponent: 1e18, written: 0 };
  }
  const [, whole = "", behind, alone = "", power = "0"] = match;
  const fraction = behind ?? alone;
  const all = `${whole}${fraction}`;
  const kept = trimEndZeros(all);
  const digits = kept.slice(countStartZeros(kept));
  const written = Number(power) - fraction.length;
  if (digits === "") return { sign: 0, digits, exponent: 0, written };
  const exponent = written + all.length - kept.length;
  return { sign, digits, exponent, written };
}

function countStartZeros(text: string): number {
  let start = 0;
  while (text[start] === "0") start += 1;
  return start;
}

/** The text of a decimal as Python writes it; other texts stay as they are. */
export function pythonDecimal(text: string): string {
  const number = bare(text);
  const match = DECIMAL.exec(number);
  if (match === null) return specialDecimal(number);
  const [, whole = "", behind, alone = "", power = "0"] = match;
  const fraction = behind ?? alone;
  const all = `${whole}${fraction}`;
  const digits = all.slice(Math.min(countStartZeros(all), all.length - 1));
  const exponent = Number(power) - fraction.length;
  const sign = number.startsWith("-") ? "-" : "";
  const length = digits.length + exponent;
  if (exponent <= 0 && length > -6) {
    const padded = digits.padStart(1 - exponent, "0");
    const point = padded.length + exponent;
    const end = exponent < 0 ? `.${padded.slice(point)}` : "";
    return `${sign}${padded.slice(0, point)}${end}`;
  }
  const end = digits.length > 1 ? `.${digits.slice(1)}` : "";
  const order = `${length > 0 ? "+" : ""}${String(length - 1)}`;
  return `${sign}${digits.slice(0, 1)}${end}E${order}`;
}

function specialDecimal(text: string): string {
  const match = /^([+-]?)(?:(inf)(?:inity)?|(s?)nan0*(\d*))$/iu.exec(text);
  if (match === null) return text;
  const [, sign, infinite, signaling = "", digits = ""] = match;
  const rest = infinite ? "Infinity" : `${signaling.toLowerCase()}NaN${digits}`;
  return `${sign === "-" ? "-" : ""}${rest}`;
}
