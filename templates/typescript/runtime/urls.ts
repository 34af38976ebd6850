/** All that is needed of the global of this name, which not every project's `lib` declares. */
declare const URL: new (text: string) => object;

/** A scheme of more letters than these is none that the URL standard knows. */
const LONGEST_SPECIAL_SCHEME = "https://".length;

/** Whether a text is a URL as Pydantic writes it: for the URL parser, without white space around it or line breaks in it. */
export function isUrl(text: string): boolean {
  return !hasStrayCharacters(text) && canParse(text);
}

/** Whether a text is a URL with one host or more, separated by commas, each of which would do alone. */
export function isMultiHostUrl(text: string): boolean {
  const [, scheme = "", hosts = "", rest = ""] =
    /^([^:/?#]+:\/\/)([^/?#]*)([^]*)$/u.exec(text) ?? [];
  const [first = "", ...others] = hosts.split(",");
  if (first === "" || !isUrl(`${scheme}${first}${rest}`)) return false;
  // Parsed with a short scheme and without the rest, many hosts take linear time. Neither decides whether a host is right.
  const short = scheme.length <= LONGEST_SPECIAL_SCHEME ? scheme : "x://";
  const end = rest === "" ? "" : "/";
  return others.every((host) => host !== "" && isUrl(`${short}${host}${end}`));
}

function canParse(text: string): boolean {
  try {
    new URL(text);
    return true;
  } catch {
    return false;
  }
}

/** What the URL parser would drop: characters up to the space and white space at both ends, tabs and line breaks anywhere. */
function hasStrayCharacters(text: string): boolean {
  return /^(?:\s|[^!-\u{10ffff}])|[\t\n\r]|(?:\s|[^!-\u{10ffff}])$/u.test(text);
}
