"""
The syntax tree both dialects are parsed into.

Closed and frozen; every consumer is one ``match`` that ends in ``assert_never``. Inline flags are gone by the time a tree exists:
each parser resolves them into the nodes they act on (``.`` with ``s`` is a different set, ``^`` with ``m`` a different anchor).
What remains is case-insensitivity, kept as a :class:`Fold` beside each set because JavaScript can often say it with its ``i`` flag.

Capture groups are numbered from 1 in the order of their opening parentheses. ``at`` is where a node was written, for messages.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TypeAlias

from samewire.patterns.charset import CharSet, char


class Fold(Enum):
    """Which characters count as equal where a set is matched."""

    NONE = "none"
    SIMPLE = "simple"  # Unicode simple case folding: Rust's (?i), and JavaScript's iu
    PYTHON = "python"  # CPython's (?i): as SIMPLE, but i, I, U+0130 and U+0131 are all equal
    ASCII = "ascii"  # only A-Z and a-z


@dataclass(frozen=True, slots=True)
class Flags:
    """The flags in force at one place of a pattern."""

    ignore_case: bool = False
    multi_line: bool = False
    dot_all: bool = False
    verbose: bool = False
    unicode: bool = True
    swap_greed: bool = False


class Anchor(Enum):
    """A position in the text; matches no character."""

    TEXT_START = "text start"
    TEXT_END = "text end"
    LINE_START = "line start"  # lines end in \n only, in both dialects
    LINE_END = "line end"
    FINAL_LINE_END = (
        "final line end"  # Python's $: the end, or before a \n that is the last character
    )


class Edge(Enum):
    """A position relative to words."""

    BOUNDARY = "boundary"
    INSIDE = "inside"
    INSIDE_NOT_EMPTY = "inside, in a text that is not empty"  # CPython's \B before 3.14
    START = "start"
    END = "end"
    START_HALF = "start half"  # no word character before
    END_HALF = "end half"  # no word character after


@dataclass(frozen=True, slots=True)
class Empty:
    """Matches nothing, everywhere."""


@dataclass(frozen=True, slots=True)
class Chars:
    """Exactly one code point out of a set."""

    set: CharSet
    fold: Fold = Fold.NONE
    at: tuple[int, int] = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class Boundary:
    """An edge between word and other characters, ``word`` being the set of word characters."""

    edge: Edge
    word: CharSet


@dataclass(frozen=True, slots=True)
class Backref:
    """The text a group captured, again."""

    group: int
    fold: Fold = Fold.NONE
    at: tuple[int, int] = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class Group:
    """A capture group."""

    body: Node
    number: int
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """A look-ahead or look-behind assertion."""

    body: Node
    ahead: bool
    negative: bool


@dataclass(frozen=True, slots=True)
class Atomic:
    """Matches its body once, without ever coming back for another way (Python's ``(?>...)`` and ``a++``)."""

    body: Node


@dataclass(frozen=True, slots=True)
class Repeat:
    """``min`` to ``max`` times in a row; ``max`` is None for no limit."""

    body: Node
    min: int
    max: int | None
    lazy: bool = False
    at: tuple[int, int] = field(default=(0, 0), compare=False)  # of the quantifier

    @property
    def quantifier(self) -> str:
        """As all dialects write it."""
        match self.min, self.max:
            case 0, 1:
                count = "?"
            case 0, None:
                count = "*"
            case 1, None:
                count = "+"
            case low, None:
                count = f"{{{low},}}"
            case low, high:
                count = f"{{{low}}}" if low == high else f"{{{low},{high}}}"
        return f"{count}?" if self.lazy else count


@dataclass(frozen=True, slots=True)
class Concat:
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Alternation:
    branches: tuple[Node, ...]


Node: TypeAlias = (
    Empty
    | Chars
    | Anchor
    | Boundary
    | Backref
    | Group
    | Look
    | Atomic
    | Repeat
    | Concat
    | Alternation
)


def concat(items: list[Node]) -> Node:
    """The items in a row, without the empty ones."""
    kept: list[Node] = []
    for item in items:
        match item:
            case Empty():
                pass
            case Concat(inner):
                kept.extend(inner)
            case _:
                kept.append(item)
    if len(kept) == 1:
        return kept[0]
    return Concat(tuple(kept)) if kept else Empty()


def text_of(text: str) -> Node:
    """The characters of a text in a row."""
    return concat([Chars(char(ord(each))) for each in text])


def alternation(branches: list[Node]) -> Node:
    """One of the branches, the first that fits first."""
    return branches[0] if len(branches) == 1 else Alternation(tuple(branches))


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly below, in the order of the pattern."""
    match node:
        case Group(body) | Look(body) | Atomic(body) | Repeat(body):
            return (body,)
        case Concat(items):
            return items
        case Alternation(branches):
            return branches
        case Empty() | Chars() | Anchor() | Boundary() | Backref():
            return ()
