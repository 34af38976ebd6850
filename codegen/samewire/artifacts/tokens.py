"""Whether two texts differ only in their formatting."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Final

_TOKEN: Final = re.compile(
    r"""
    (?P<comment>//[^\n]*|/\*.*?\*/)
  | (?P<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
  | (?P<template>`(?:[^`\\]|\\.)*`)
  | (?P<word>[\w$]+)
  | (?P<other>[^\s])
    """,
    re.VERBOSE | re.DOTALL,
)
_MODULE: Final = re.compile(
    r"""
    ^(?P<keyword>import|export)\s+(?P<type>type\s+)?
    (?:\*(?:\s*as\s+(?P<alias>\w+))?|\{(?P<names>[^{}]*)\})
    \s*from\s*['"](?P<module>[^'"\n]+)['"];?[ \t]*$
    """,
    re.MULTILINE | re.VERBOSE,
)
_RELATIVE: Final = re.compile(
    r"""(?P<start>\b(?:from|import)\s*\(?\s*['"])(?P<path>\.{1,2}/[^'"\n]*?)(?P<ending>\.[jt]s)?(?=['"])"""
)
_OPTIONAL: Final = frozenset("();,")
_BEFORE_BARS: Final = frozenset(("", "=", ":", "<", "(", ">"))
"""What a union follows; one of several lines may begin with a bar."""
_STARS: Final = re.compile(r"^\s*\*(?!/)", re.MULTILINE)
_FIXED: Final = (
    (re.compile(r"(?:\?\.|\.)?\[\s*(['\"])([A-Za-z_$][\w$]*)\1\s*\]"), r".\2"),
    (re.compile(r"\bObject\.prototype\.hasOwnProperty\.call\b"), "Object.hasOwn"),
    (re.compile(r"\?\."), "."),
)
"""What formatters that lint rewrite as well (Biome), and how it looks afterwards; applied to both texts."""
_IN_TEMPLATES: Final = re.compile(r"[\s\"'();,]")
_ESCAPE: Final = re.compile(r"\\(.)", re.DOTALL)


def differ_in_format_only(path: str, left: str, right: str) -> bool:
    """
    Whether a formatter may have turned one text into the other: white space, quotes, semicolons, trailing commas, parentheses,
    the order of imports.
    """
    if path.endswith(".json"):
        return _json(left) == _json(right) is not None
    if path.endswith((".ts", ".tsx", ".mts", ".cts", ".js", ".mjs")):
        return _normal(left) == _normal(right)
    return left.split() == right.split()


def differ_in_imports_only(path: str, left: str, right: str) -> bool:
    """Whether two texts differ in the endings of their relative imports, and at most in their formatting besides."""
    return differ_in_format_only(path, _without_endings(left), _without_endings(right))


def _without_endings(text: str) -> str:
    return _RELATIVE.sub(r"\g<start>\g<path>", text)


def ending_of_imports(text: str) -> str | None:
    """How relative imports end, as the key ``imports`` says it; ``None`` for a text without any."""
    found = _RELATIVE.search(text)
    return None if found is None else found["ending"] or "none"


def modules(text: str) -> set[str]:
    """The modules that a text imports or exports from, without their endings."""
    return {module for module, *_ in _imported(_without_endings(text))}


def _json(text: str) -> str | None:
    """A document with its keys in their order, since a formatter keeps that."""
    try:
        return json.dumps(json.loads(text.removeprefix("\ufeff")))
    except (ValueError, RecursionError):
        return None


def _normal(text: str) -> tuple[list[tuple[str, ...]], list[str]]:
    """What is imported and exported, in whatever order and statements, and all other tokens as they come."""
    text = text.removeprefix("\ufeff")
    return sorted(_imported(text)), list(_tokens(_MODULE.sub("", text)))


def _imported(text: str) -> Iterator[tuple[str, ...]]:
    for match in _MODULE.finditer(text):
        names = match["names"]
        whole = [f"* as {match['alias']}"] if names is None else names.split(",")
        for name in filter(None, (" ".join(each.split()) for each in whole)):
            yield match["module"], match["keyword"], (match["type"] or "").strip(), name


def _tokens(text: str) -> Iterator[str]:
    for rewritten, as_ in _FIXED:
        text = rewritten.sub(as_, text)
    previous = ""
    for match in _TOKEN.finditer(text):
        word = match[0]
        if match["comment"]:
            word = " ".join(_STARS.sub("", word).split())
        elif match["template"]:
            word = _IN_TEMPLATES.sub("", word)
        elif match["string"]:
            word = _ESCAPE.sub(
                r"\1", word[1:-1]
            )  # a key has quotes in one style and none in another
        elif word in _OPTIONAL or (word in "|&" and previous in _BEFORE_BARS):
            previous = word
            continue
        previous = word
        yield word
