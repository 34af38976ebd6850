const VERSION =
  /^(?:0|[1-9]\d{0,4299})\.(?:0|[1-9]\d{0,4299})\.(?:0|[1-9]\d{0,4299})(?:-(?:0|[1-9]\d*|\d*[A-Za-z-][\dA-Za-z-]*)(?:\.(?:0|[1-9]\d*|\d*[A-Za-z-][\dA-Za-z-]*))*)?(?:\+[\dA-Za-z-]+(?:\.[\dA-Za-z-]+)*)?$/u;

/** Whether a text is a semantic version (semver.org, 2.0.0), of numbers that Python reads: up to 4300 digits. */
export function isSemanticVersion(text: string): boolean {
  return VERSION.test(text);
}
