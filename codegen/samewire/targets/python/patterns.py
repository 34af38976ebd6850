"""
Patterns for Python: for Pydantic's own engine (Rust's ``regex``), or for Python's ``re`` if they need look-arounds or
back-references.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final, assert_never

from samewire.patterns.ast import (
    Alternation,
    Anchor,
    Atomic,
    Backref,
    Boundary,
    Chars,
    Concat,
    Edge,
    Empty,
    Group,
    Look,
    Node,
    Repeat,
    concat,
)
from samewire.patterns.charset import (
    ANY,
    ASCII_WORD,
    WHITE_SPACE,
    And,
    CharSet,
    Not,
    Prop,
    Ranges,
    Span,
    Union,
    evaluate,
)
from samewire.patterns.properties import RUST_WORD
from samewire.patterns.regex import Regex
from samewire.targets.python.looks import without_looks

_SYNTAX: Final = frozenset("\\.+*?()|[]{}^$#&-~/ ")
_RUST_ANCHORS: Final = {
    Anchor.TEXT_START: r"\A",
    Anchor.TEXT_END: r"\z",
    Anchor.LINE_START: "(?m:^)",
    Anchor.LINE_END: "(?m:$)",
}
_PYTHON_ANCHORS: Final = {
    Anchor.TEXT_START: r"\A",
    Anchor.TEXT_END: r"\Z",
    Anchor.LINE_START: r"(?<![^\n])",
    Anchor.LINE_END: r"(?![^\n])",
    Anchor.FINAL_LINE_END: r"(?=\n?\Z)",
}
_EDGES: Final = (Edge.BOUNDARY, Edge.INSIDE)
_RUST_EDGES: Final = {
    Edge.BOUNDARY: r"\b",
    Edge.INSIDE: r"\B",
    Edge.START: r"\b{start}",
    Edge.END: r"\b{end}",
    Edge.START_HALF: r"\b{start-half}",
    Edge.END_HALF: r"\b{end-half}",
}
_LOOKS: Final = {
    (True, False): "?=",
    (True, True): "?!",
    (False, False): "?<=",
    (False, True): "?<!",
}
_WHOLE: Final = Look(Alternation((Chars(ANY), Anchor.TEXT_END)), ahead=True, negative=False)
_WORDS: Final = evaluate(ASCII_WORD)


class NotInDialectError(Exception):
    """The engine has no equivalent pattern."""


def rust(regex: Regex) -> str:
    """
    Returns the pattern in the syntax of Rust's ``regex``.

    Raises:
        NotInDialectError: it looks around, or refers to a group.

    """
    text = _Rust().node(_at_the_end(without_looks(_plain(regex.tree))))
    return f"(?i:{text})" if regex.ignore_case else text


def python(regex: Regex) -> str:
    """
    Returns the pattern in the syntax of Python's ``re``.

    Raises:
        NotInDialectError: it needs Unicode's tables, which Python's ``re`` lacks, or ignores case.

    """
    if regex.ignore_case:
        raise NotInDialectError("it has a look-around and ignores case")
    return _Python().node(_plain(regex.tree))


def _plain(tree: Node) -> Node:
    """Without the look that keeps JavaScript from stopping between two halves of a character, of which Python has none."""
    match tree:
        case Concat(items) if items and items[0] == _WHOLE:
            return concat(list(items[1:]))
        case _:
            return Empty() if tree == _WHOLE else tree


def _at_the_end(tree: Node) -> Node:
    """The tree without a look ahead as the last thing that is matched: to take what it sees finds the same texts."""
    match tree:
        case Look(body, ahead=True, negative=False):
            return _at_the_end(body)
        case Concat(items):
            return concat([*items[:-1], _at_the_end(items[-1])])
        case Alternation(branches):
            return Alternation(tuple(map(_at_the_end, branches)))
        case _:
            return tree


class _Dialect:
    """What both engines write alike."""

    def node(self, node: Node) -> str:
        match node:
            case Empty():
                return ""
            case Chars(wanted):
                return self.chars(wanted)
            case Anchor():
                return self.anchor(node)
            case Boundary():
                return self.boundary(node)
            case Concat(items):
                return "".join(self.part(each) for each in items)
            case Alternation(branches):
                return "|".join(map(self.node, branches))
            case Repeat():
                return self.repeat(node)
            case Group() | Backref() | Look() | Atomic():
                return self.rich(node)
            case _:
                assert_never(node)

    def part(self, node: Node) -> str:
        text = self.node(node)
        return f"(?:{text})" if isinstance(node, Alternation) else text

    def repeat(self, node: Repeat) -> str:
        text = self.node(node.body)
        body = text if isinstance(node.body, Chars | Group) else f"(?:{text})"
        return f"{body}{node.quantifier}"

    def chars(self, wanted: CharSet) -> str:
        raise NotImplementedError

    def anchor(self, anchor: Anchor) -> str:
        raise NotImplementedError

    def boundary(self, node: Boundary) -> str:
        raise NotImplementedError

    def rich(self, node: Group | Backref | Look | Atomic) -> str:
        raise NotImplementedError


class _Rust(_Dialect):
    def chars(self, wanted: CharSet) -> str:
        spans = evaluate(wanted)
        if spans is not None:
            return _set(spans, _rust_char, "(?s:.)") or r"[^\x00-\x{10FFFF}]"
        return self._inside(wanted)

    def _inside(self, wanted: CharSet) -> str:
        match wanted:
            case Ranges(spans):
                return _listed(spans, _rust_char) or r"[^\x00-\x{10FFFF}]"
            case Prop(items, _, spans):
                if spans is not None:
                    return _listed(spans, _rust_char)
                return f"[{''.join(items)}]"
            case Union(parts):
                return f"[{''.join(map(self._inside, parts))}]"
            case And(parts):
                return f"[{'&&'.join(map(self._inside, parts))}]"
            case Not(of):
                return f"[^{self._inside(of)}]"
            case _:
                assert_never(wanted)

    def anchor(self, anchor: Anchor) -> str:
        try:
            return _RUST_ANCHORS[anchor]
        except KeyError:
            raise NotInDialectError("it looks ahead for the end of the last line") from None

    def boundary(self, node: Boundary) -> str:
        if node.word == RUST_WORD and node.edge in _RUST_EDGES:
            return _RUST_EDGES[node.edge]
        if node.word == ASCII_WORD and node.edge is Edge.BOUNDARY:
            return rf"(?-u:{_RUST_EDGES[node.edge]})"
        raise NotInDialectError("it needs a look-around for a word boundary")

    def rich(self, node: Group | Backref | Look | Atomic) -> str:
        if isinstance(node, Group):
            return f"(?:{self.node(node.body)})"
        raise NotInDialectError("it has a look-around or a back-reference")


class _Python(_Dialect):
    def __init__(self) -> None:
        self.groups: dict[int, int] = {}

    def chars(self, wanted: CharSet) -> str:
        spans = evaluate(_listed_white_space(wanted))
        if spans is None:
            raise NotInDialectError("it has a look-around and needs a Unicode table")
        return _set(spans, _python_char, r"[\s\S]") or "(?!)"

    def anchor(self, anchor: Anchor) -> str:
        return _PYTHON_ANCHORS[anchor]

    def boundary(self, node: Boundary) -> str:
        plain = evaluate(node.word) == _WORDS and node.edge in _EDGES
        word = _listed(_WORDS or (), _python_char) if plain else self.chars(node.word)
        start, end = f"(?<!{word})(?={word})", f"(?<={word})(?!{word})"
        inside = f"(?:(?<!{word})(?!{word})|(?<={word})(?={word}))"
        match node.edge:
            case Edge.START_HALF:
                return f"(?<!{word})"
            case Edge.END_HALF:
                return f"(?!{word})"
            case Edge.START:
                return start
            case Edge.END:
                return end
            case Edge.BOUNDARY:
                return f"(?:{start}|{end})"
            case Edge.INSIDE:
                return inside
            case Edge.INSIDE_NOT_EMPTY:
                return rf"(?!\A\Z){inside}"
            case _:
                assert_never(node.edge)

    def rich(self, node: Group | Backref | Look | Atomic) -> str:
        match node:
            case Group(body, number):
                self.groups[number] = len(self.groups) + 1
                return f"({self.node(body)})"
            case Backref(group):
                if group not in self.groups:
                    raise NotInDialectError("it refers to a group that comes later")
                return f"(?:\\{self.groups[group]})"
            case Look(body, ahead, negative):
                return f"({_LOOKS[ahead, negative]}{self.node(body)})"
            case Atomic(body):
                return f"(?>{self.node(body)})"
            case _:
                assert_never(node)


def _listed_white_space(chars: CharSet) -> CharSet:
    """White space in place of its name: Unicode has the same for good, and Python's ``re`` does not know the name."""
    match chars:
        case Prop(items, closed, None) if r"\p{White_Space}" in items:
            rest = tuple(each for each in items if each != r"\p{White_Space}")
            return Union((WHITE_SPACE, Prop(rest, closed))) if rest else WHITE_SPACE
        case Not(of):
            return Not(_listed_white_space(of))
        case Union(parts):
            return Union(tuple(map(_listed_white_space, parts)))
        case And(parts):
            return And(tuple(map(_listed_white_space, parts)))
        case _:
            return chars


def _set(spans: tuple[Span, ...], char: Callable[[int], str], everything: str) -> str:
    """One of the characters; nothing if there is none."""
    if spans == ((0, 0x10FFFF),):
        return everything
    if len(spans) == 1 and spans[0][0] == spans[0][1]:
        return _char(spans[0][0], char)
    return _listed(spans, char)


def _listed(spans: Sequence[Span], char: Callable[[int], str]) -> str:
    shown = _without_surrogates(spans)
    if not shown:
        return ""
    if shown[0][0] == 0 and shown[-1][1] == 0x10FFFF:
        # What is left out reads shorter.
        gaps = [(high + 1, low - 1) for (_, high), (low, _) in pairwise(shown)]
        gaps = [gap for gap in gaps if gap != (0xD800, 0xDFFF)]
        if gaps:
            return f"[^{''.join(_span(each, char) for each in gaps)}]"
    return f"[{''.join(_span(each, char) for each in shown)}]"


def _without_surrogates(spans: Sequence[Span]) -> list[Span]:
    """Rust has none, and Pydantic reads no text that has one."""
    kept: list[Span] = []
    for low, high in spans:
        if low < 0xD800 <= high:
            kept.append((low, 0xD7FF))
        if low <= 0xDFFF < high:
            kept.append((0xE000, high))
        if high < 0xD800 or low > 0xDFFF:
            kept.append((low, high))
    return kept


def _span(span: Span, char: Callable[[int], str]) -> str:
    low, high = span
    if low == high:
        return _char(low, char)
    return f"{_char(low, char)}{'' if high == low + 1 else '-'}{_char(high, char)}"


def _char(code: int, char: Callable[[int], str]) -> str:
    if 0x20 <= code < 0x7F:
        text = chr(code)
        return f"\\{text}" if text in _SYNTAX and text not in " /" else text
    return char(code)


def _rust_char(code: int) -> str:
    return f"\\x{{{code:X}}}"


def _python_char(code: int) -> str:
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
