import assert from "node:assert/strict";
import { test } from "node:test";

import {
  isUrlObject,
  urls,
} from "../../templates/typescript/runtime/url-objects.ts";

test("a URL keeps the text that it came in until it changes", () => {
  const url = urls.decode("HTTP://EXAMPLE.com/\u00e9");
  assert.equal(url.href, "http://example.com/%C3%A9");
  assert.equal(urls.encode(url), "HTTP://EXAMPLE.com/\u00e9");
  assert.equal(urls.encode(new URL(url)), "http://example.com/%C3%A9");
  url.hash = "a";
  assert.equal(urls.encode(url), "http://example.com/%C3%A9#a");
  assert.ok(isUrlObject(url) && !isUrlObject(url.href));
});
