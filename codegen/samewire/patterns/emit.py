"""The tree to JavaScript source for the flags ``u`` or ``iu``."""

from __future__ import annotations

from typing import assert_never

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
    children,
)
from samewire.patterns.charset import ASCII_WORD, JS_WORD_IGNORING_CASE, CharSet
from samewire.patterns.neighbours import is_word
from samewire.patterns.spell import Level, Piece, chars
from samewire.patterns.width import may_be_empty

_ANCHORS = {
    Anchor.TEXT_START: "^",
    Anchor.TEXT_END: "$",
    Anchor.LINE_START: r"(?<![^\n])",
    Anchor.LINE_END: r"(?![^\n])",
    Anchor.FINAL_LINE_END: r"(?=\n?$)",
}
_LOOKS = {(True, False): "?=", (True, True): "?!", (False, False): "?<=", (False, True): "?<!"}
_NOT_IN_EMPTY = "(?!^$)"


def emit(root: Node, *, ignore_case: bool) -> str:
    """
    The source. Nothing in the tree may fold any more.

    Capture groups stay capture groups. Each atomic group becomes ``(?=(...))\\1`` and so one more of them; references are
    renumbered.
    """
    return _Emitter(ignore_case, never_empty=not may_be_empty(root)).node(root).text or "(?:)"


class _Emitter:
    __slots__ = ("behind", "captures", "ignore_case", "never_empty", "references")

    def __init__(self, ignore_case: bool, *, never_empty: bool) -> None:
        self.ignore_case = ignore_case
        self.never_empty = never_empty
        self.captures = 0
        self.references: dict[int, str] = {}  # how JavaScript refers to each group
        self.behind = False

    def node(self, node: Node) -> Piece:
        match node:
            case Empty():
                return Piece("", Level.SEQUENCE)
            case Chars(wanted):
                return chars(wanted, self.ignore_case)
            case Anchor():
                return Piece(_ANCHORS[node], Level.SEQUENCE)
            case Boundary():
                return self.boundary(node, None, None)
            case Backref(group):
                # JavaScript alone refers to groups further on, and its trees have no atomic groups that shift numbers.
                return Piece(self.references.get(group, f"\\{group}"), Level.ATOM)
            case Group():
                return self.group(node)
            case Look(body, ahead, negative):
                return self.look(body, ahead=ahead, negative=negative)
            case Atomic(body):
                return self.atomic(body)
            case Repeat():
                return self.repeat(node)
            case Concat(items):
                return self.concat(items)
            case Alternation(branches):
                texts = [self.node(branch).at(Level.SEQUENCE) for branch in branches]
                return Piece("|".join(texts), Level.CHOICE)
            case _:
                assert_never(node)

    def concat(self, items: tuple[Node, ...]) -> Piece:
        text = ""
        for position, item in enumerate(items):
            if isinstance(item, Boundary):
                before = items[position - 1] if position else None
                after = items[position + 1] if position + 1 < len(items) else None
                piece = self.boundary(item, before, after)
            else:
                piece = self.node(item)
            more = piece.at(Level.SEQUENCE)
            if (
                more[:1].isdigit()
                and position
                and isinstance(items[position - 1], Backref | Atomic)
            ):
                more = f"(?:{more[0]}){more[1:]}"  # \1 and a literal 0 aren't \10
            text += more
        return Piece(text, Level.SEQUENCE)

    def repeat(self, node: Repeat) -> Piece:
        body = self.node(node.body).at(Level.ATOM)
        return Piece(f"{body or '(?:)'}{node.quantifier}", Level.SEQUENCE)

    def group(self, node: Group) -> Piece:
        """By number, whatever its name: TypeScript takes names for ES2018 and newer alone."""
        self.captures += 1
        self.references[node.number] = f"\\{self.captures}"
        return Piece(f"({self.node(node.body).text})", Level.ATOM)

    def look(self, body: Node, *, ahead: bool, negative: bool) -> Piece:
        outer, self.behind = self.behind, self.behind or not ahead
        text = self.node(body).text
        self.behind = outer
        return Piece(f"({_LOOKS[ahead, negative]}{text})", Level.SEQUENCE)

    def atomic(self, body: Node) -> Piece:
        """
        A look-ahead is atomic, and what it captured is then taken by a reference.

        Inside a look-behind all ways through the body take the same number of characters, so being atomic changes nothing.
        """
        if self.behind or not _has_choice(body):
            return self.node(body)
        self.captures += 1
        number = self.captures
        return Piece(f"(?=({self.node(body).text}))\\{number}", Level.SEQUENCE)

    # --- Words --------------------------------------------------------------------------------------------------------

    def boundary(self, node: Boundary, before: Node | None, after: Node | None) -> Piece:
        """The edge as look-arounds; one look is enough where a neighbour is known to be a word character or not."""
        word = node.word
        known_before = None if before is None else is_word(before, word, at_end=True)
        known_after = None if after is None else is_word(after, word, at_end=False)
        match node.edge:
            case Edge.START_HALF:
                return self.side(word, ahead=False, wanted=False)
            case Edge.END_HALF:
                return self.side(word, ahead=True, wanted=False)
            case Edge.START:
                return self.both(word, before=False, after=True)
            case Edge.END:
                return self.both(word, before=True, after=False)
            case Edge.BOUNDARY | Edge.INSIDE | Edge.INSIDE_NOT_EMPTY:
                pass
        same = node.edge is not Edge.BOUNDARY
        guard = node.edge is Edge.INSIDE_NOT_EMPTY and not self.never_empty
        if word == (JS_WORD_IGNORING_CASE if self.ignore_case else ASCII_WORD):
            text = r"\B" if same else r"\b"
            return Piece(_NOT_IN_EMPTY + text if guard else text, Level.SEQUENCE)
        if known_after is not None:
            return self.side(word, ahead=False, wanted=known_after is same)
        if known_before is not None:
            return self.side(word, ahead=True, wanted=known_before is same)
        ways = [
            self.both(word, before=same, after=True),
            self.both(word, before=not same, after=False),
        ]
        choice = Piece(f"{ways[0].text}|{ways[1].text}", Level.CHOICE)
        return Piece(_NOT_IN_EMPTY + choice.at(Level.SEQUENCE), Level.SEQUENCE) if guard else choice

    def side(self, word: CharSet, *, ahead: bool, wanted: bool) -> Piece:
        text = chars(word, self.ignore_case).text
        return Piece(f"({_LOOKS[ahead, not wanted]}{text})", Level.SEQUENCE)

    def both(self, word: CharSet, *, before: bool, after: bool) -> Piece:
        first = self.side(word, ahead=False, wanted=before)
        second = self.side(word, ahead=True, wanted=after)
        return Piece(first.text + second.text, Level.SEQUENCE)


def _has_choice(node: Node) -> bool:
    """Whether there is more than one way through the node at a given place."""
    match node:
        case Alternation():
            return True
        case Repeat(_, low, high) if low != high:
            return True
        case Look():
            return False
        case _:
            return any(_has_choice(child) for child in children(node))
