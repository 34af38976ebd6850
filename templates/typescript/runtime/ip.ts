/** What a text may have besides an address: with `interface` a prefix length, with `network` one beyond which no bit is set. */
export type Mask = "none" | "interface" | "network";

const IPV4 =
  /^(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}$/u;
const LONGEST_IPV6 = "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255".length;

/** Whether a text is an IP address of one of the versions, 4 and 6; of version 6 it may have a zone. */
export function isIp(
  text: string,
  versions: readonly number[],
  mask: Mask = "none",
): boolean {
  const [rest, length] = split(text, "/");
  const [address, zone] = split(rest, "%");
  const groups = groupsOf(address);
  if (groups === undefined) return false;
  const version = groups.length === 4 ? 4 : 6;
  if (!versions.includes(version)) return false;
  if (zone !== undefined) {
    if (version === 4) return false;
    if (zone === "" || zone.includes("%")) return false;
  }
  if (length === undefined) return true;
  if (mask === "none") return false;
  return isPrefix(groups, length, mask === "network");
}

/** Whether a text is an IP address as Pydantic writes it: of version 6 in lower case and as short as can be, with `mask` with a length. */
export function isWrittenIp(
  text: string,
  versions: readonly number[],
  mask: Mask = "none",
): boolean {
  if (!isIp(text, versions, mask)) return false;
  const [rest, length] = split(text, "/");
  if ((length === undefined) !== (mask === "none")) return false;
  const [address] = split(rest, "%");
  const groups = groupsOf(address) ?? [];
  return groups.length === 4 || spellings(groups).includes(address);
}

/** Whether a text is an IP address as Pydantic reads it: of version 4 the mask may be an address, and a length may have zeros in front. */
export function isReadableIp(
  text: string,
  versions: readonly number[],
  mask: Mask = "none",
): boolean {
  const [address, length] = split(text, "/");
  if (length === undefined || mask === "none")
    return isIp(text, versions, mask);
  const prefix = /^\d+$/u.test(length)
    ? Number(length)
    : prefixOf(groupsOf(length));
  return (
    prefix !== undefined &&
    isIp(`${address}/${String(prefix)}`, versions, mask) &&
    (IPV4.test(address) || !length.includes("."))
  );
}

/** The length of the prefix that a mask of version 4 stands for, be it of the network or of the hosts in it. */
function prefixOf(mask: readonly number[] | undefined): number | undefined {
  if (mask?.length !== 4) return undefined;
  const bits = mask.map((group) => group.toString(2).padStart(8, "0")).join("");
  if (/^1*0*$/u.test(bits)) return bits.lastIndexOf("1") + 1;
  return /^0*1*$/u.test(bits) ? bits.indexOf("1") : undefined;
}

/** How Python spells an address of version 6; since 3.13 what stands for one of version 4 has its dots. */
function spellings(groups: readonly number[]): string[] {
  const texts = groups.map((group) => group.toString(16));
  let [start, length] = [0, 1];
  for (let at = 0; at < texts.length; at += 1) {
    let end = at;
    while (texts[end] === "0") end += 1;
    if (end - at > length) [start, length] = [at, end - at];
  }
  const short =
    length === 1
      ? texts.join(":")
      : `${texts.slice(0, start).join(":")}::${texts.slice(start + length).join(":")}`;
  if (!/^0,0,0,0,0,65535,/u.test(groups.join())) return [short];
  const dots = groups.slice(6).flatMap((group) => [group >> 8, group & 255]);
  return [short, `::ffff:${dots.join(".")}`];
}

/** A text before and after the first of a sign. */
function split(text: string, sign: string): [string, string | undefined] {
  const at = text.indexOf(sign);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

/** Whether a text is the length of a prefix of an address, with `exact` one after which all bits are 0. */
function isPrefix(
  groups: readonly number[],
  text: string,
  exact: boolean,
): boolean {
  const width = groups.length === 4 ? 8 : 16;
  if (!/^(?:0|[1-9]\d{0,2})$/u.test(text)) return false;
  const length = Number(text);
  if (length > width * groups.length) return false;
  if (!exact) return true;
  return groups.every((group, index) => {
    const kept = Math.min(Math.max(length - index * width, 0), width);
    return group % 2 ** (width - kept) === 0;
  });
}

/** The groups of an address: four of 8 bits or eight of 16. */
function groupsOf(text: string): number[] | undefined {
  if (text.length > LONGEST_IPV6) return undefined;
  if (IPV4.test(text)) return text.split(".").map(Number);
  const [head = [], tail, ...more] = withoutDots(text)
    .split("::")
    .map((half) => (half === "" ? [] : half.split(":")));
  const missing = 8 - head.length - (tail?.length ?? 0);
  const isComplete = tail === undefined ? missing === 0 : missing > 0;
  if (!isComplete || more.length > 0) return undefined;
  const zeros = Array.from({ length: missing }, () => "0");
  const groups = [...head, ...zeros, ...(tail ?? [])];
  const isHexadecimal = groups.every((group) => /^[\da-f]{1,4}$/iu.test(group));
  return isHexadecimal ? groups.map((group) => parseInt(group, 16)) : undefined;
}

/** An address of version 6 of which the last two groups are not written as an address of version 4. */
function withoutDots(text: string): string {
  const start = text.lastIndexOf(":") + 1;
  const dotted = text.slice(start);
  if (start === 0 || !IPV4.test(dotted)) return text;
  const [a = 0, b = 0, c = 0, d = 0] = dotted.split(".").map(Number);
  const groups = [a * 256 + b, c * 256 + d].map((each) => each.toString(16));
  return `${text.slice(0, start)}${groups.join(":")}`;
}
