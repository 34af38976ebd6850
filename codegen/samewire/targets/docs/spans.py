"""
Lines of text with code and links, independent of the output format.

All text here is plain: whoever writes a page escapes it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from samewire.identifiers import KEYWORDS, LETTERS
from samewire.ir import Json

Kind: TypeAlias = Literal["text", "code", "name", "word", "string", "number", "comment"]


@dataclass(frozen=True, slots=True)
class Span:
    """``to`` is the anchor that it leads to, or an address on the web."""

    text: str
    kind: Kind = "text"
    to: str | None = None


Line: TypeAlias = tuple[Span, ...]


def line(*parts: str | Span | Line) -> Line:
    spans: list[Span] = []
    for part in parts:
        spans += (
            part if isinstance(part, tuple) else (Span(part) if isinstance(part, str) else part,)
        )
    return tuple(spans)


def code(text: str) -> Span:
    return Span(text, "code")


def joined(separator: str, lines: Iterable[Line]) -> Line:
    listed = list(lines)
    return tuple(
        span
        for at, each in enumerate(listed)
        for span in (*((Span(separator),) if at else ()), *each)
    )


def json_text(value: Json, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent)


# --- TypeScript and JSON ----------------------------------------------------------------------------------------------

_NAME: Final = rf"[A-Za-z_${LETTERS}][A-Za-z0-9_${LETTERS}]*"
_TOKEN: Final = re.compile(
    r"(?P<comment>//[^\n]*)"
    r"|(?P<string>\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|`[^`]*`)"
    r"|(?P<number>(?<![\w$])-?\d[\d.e+-]*)"
    rf"|(?P<name>{_NAME})(?P<key>(?=\??:))?"
)
_WORDS: Final = KEYWORDS | {
    "string",
    "number",
    "boolean",
    "unknown",
    "never",
    "undefined",
    "as",
    "type",
}


def source(text: str, anchors: Mapping[str, str]) -> Line:
    """Code as spans that say what each part is; names of types lead to their anchors."""
    return tuple(_tokens(text, anchors))


def _tokens(text: str, anchors: Mapping[str, str]) -> Iterator[Span]:
    end = 0
    for token in _TOKEN.finditer(text):
        if token.start() > end:
            yield Span(text[end : token.start()], "code")
        end = token.end()
        found = token[0]
        if token["name"] is None:
            yield Span(found, _KINDS[token.lastgroup or ""])
        elif token["key"] is None and found in anchors:
            yield Span(found, "name", anchors[found])
        elif token["key"] is None and found in _WORDS:
            yield Span(found, "word")
        else:
            yield Span(found, "code")
    if end < len(text):
        yield Span(text[end:], "code")


_KINDS: Final[Mapping[str, Kind]] = {"comment": "comment", "string": "string", "number": "number"}


# --- Descriptions -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: Line


@dataclass(frozen=True, slots=True)
class Listing:
    items: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Preformatted:
    text: str


Block: TypeAlias = Paragraph | Listing | Preformatted

_ITEM: Final = re.compile(r"\s*[-*+] +(?=\S)")
_FENCE: Final = re.compile(r"\s*(```|~~~)")
_INLINE: Final = re.compile(
    r"``(?P<double>[^\n]+?)``|`(?P<single>[^`\n]+)`"
    r"|(?P<link>https?://[A-Za-z0-9._~:/?#@!$&*+,;=%-]*[A-Za-z0-9_~/#=%-])"
)


def prose(text: str) -> Line:
    """A text of one line, in which what stands between backticks is code, and addresses are links."""
    return tuple(_inline(" ".join(text.split())))


def _inline(text: str) -> Iterator[Span]:
    end = 0
    for match in _INLINE.finditer(text):
        if match.start() > end:
            yield Span(text[end : match.start()])
        end = match.end()
        if match["link"] is not None:
            yield Span(match["link"], to=match["link"])
        else:
            yield code((match["double"] or match["single"]).strip() or match[0])
    if end < len(text):
        yield Span(text[end:])


def blocks(text: str) -> tuple[Block, ...]:
    """A docstring: paragraphs, lists, and code between fences or indented."""
    return tuple(_blocks(text.expandtabs(4).splitlines()))


def _blocks(lines: list[str]) -> Iterator[Block]:
    at = 0
    while at < len(lines):
        start = at
        if not lines[at].strip():
            at += 1
        elif fence := _FENCE.match(lines[at]):
            at += 1
            while at < len(lines) and not lines[at].strip().startswith(fence[1]):
                at += 1
            yield Preformatted("\n".join(lines[start + 1 : at]))
            at += 1
        elif lines[at].startswith("    "):
            while at < len(lines) and (not lines[at].strip() or lines[at].startswith("    ")):
                at += 1
            yield Preformatted("\n".join(each[4:] for each in lines[start:at]).rstrip())
        else:
            at = _run_on(lines, at)
            yield _text(lines[start:at])


def _run_on(lines: list[str], at: int) -> int:
    """The end of a paragraph, or of a list."""
    listed = bool(_ITEM.match(lines[at]))
    at += 1
    while at < len(lines) and lines[at].strip() and not _FENCE.match(lines[at]):
        if not listed and _ITEM.match(lines[at]):
            break
        at += 1
    return at


def _text(lines: list[str]) -> Block:
    if not _ITEM.match(lines[0]):
        return Paragraph(prose("\n".join(lines)))
    items: list[str] = []
    for each in lines:
        if item := _ITEM.match(each):
            items.append(each[item.end() :])
        else:
            items[-1] += f"\n{each}"
    return Listing(tuple(map(prose, items)))
