"""
Reading Rust's regex syntax character by character: white space under ``x``, and escapes, which mean the same in and out of classes.

After regex-syntax 0.8, whose grammar is documented at https://docs.rs/regex/latest/regex/#syntax.
"""

from __future__ import annotations

from samewire.patterns.ast import Anchor, Boundary, Edge, Flags, Fold
from samewire.patterns.charset import (
    ASCII_DIGIT,
    ASCII_SPACE,
    ASCII_WORD,
    SPACES,
    SURROGATES,
    CharSet,
    Not,
)
from samewire.patterns.properties import (
    RUST_DIGIT,
    RUST_SPACE,
    RUST_WORD,
    is_unstable,
    named_property,
    valued_property,
)
from samewire.patterns.scan import CONTROLS, HEX_DIGITS, Scanner

_WORD_EDGES = {
    "start": Edge.START,
    "end": Edge.END,
    "start-half": Edge.START_HALF,
    "end-half": Edge.END_HALF,
}


class RustScanner(Scanner):
    """The pattern, a position in it, and the flags in force there."""

    __slots__ = ("flags", "remarks")

    hint = "Pydantic can't build a model with it either; correct the pattern"

    def __init__(self, text: str, flags: Flags) -> None:
        super().__init__(text)
        self.flags = flags
        self.remarks: list[str] = []

    @property
    def fold(self) -> Fold:
        if not self.flags.ignore_case:
            return Fold.NONE
        return Fold.SIMPLE if self.flags.unicode else Fold.ASCII

    @property
    def word(self) -> CharSet:
        return RUST_WORD if self.flags.unicode else ASCII_WORD

    def skip_space(self) -> None:
        """Under ``x``, goes past white space and comments."""
        while self.flags.verbose and (c := self.peek()):
            if c in SPACES:
                self.pos += 1
            elif c == "#":
                end = self.text.find("\n", self.pos)
                self.pos = len(self.text) if end < 0 else end + 1
            else:
                return

    def next(self) -> str:
        """Goes one character on, then past white space under ``x``; the character reached."""
        self.pos += 1
        self.skip_space()
        return self.peek()

    def decimal(self) -> int | None:
        """A count in braces, white space around it allowed with or without ``x``."""
        while self.peek() and self.peek() in SPACES:
            self.pos += 1
        digits = ""
        while (c := self.peek()) and c in "0123456789":
            digits += c
            self.next()
        while self.peek() and self.peek() in SPACES:
            self.next()
        return int(digits) if digits else None

    def escape(self) -> int | CharSet | Anchor | Boundary:
        """What a backslash stands for: a code point, a set or an assertion."""
        start = self.pos
        self.pos += 1
        c = self.peek()
        if c and c in HEX_DIGITS:
            return self._hex(start, c)
        if c and c in "pP":
            return self._property(start, negated=c == "P")
        self.pos += 1
        match c:
            case "":
                raise self.invalid(start, "the pattern ends with a backslash")
            case "d" | "D" | "w" | "W" | "s" | "S":
                return self._perl(start, c)
            case "a" | "f" | "t" | "n" | "r" | "v":
                return CONTROLS[c]
            case "A":
                return Anchor.TEXT_START
            case "z":
                return Anchor.TEXT_END
            case "b":
                return Boundary(self._word_edge(start), self.word)
            case "B":
                return Boundary(Edge.INSIDE, self.word)
            case "<":
                return Boundary(Edge.START, self.word)
            case ">":
                return Boundary(Edge.END, self.word)
            case _ if c.isdigit() and c.isascii():
                hint = "write the group again, or set regex_engine='python-re' on the model"
                raise self.invalid(start, "Rust's regex has no back-references", hint)
            case "Z":
                raise self.invalid(start, "Rust's regex calls the end of the text \\z", r"write \z")
            case _ if c.isascii() and not c.isalnum():
                return ord(c)
            case _:
                raise self.invalid(start, "Rust's regex knows no such escape")

    def _perl(self, start: int, c: str) -> CharSet:
        unicode = self.flags.unicode
        match c.lower():
            case "d":
                positive: CharSet = RUST_DIGIT if unicode else ASCII_DIGIT
            case "s":
                positive = RUST_SPACE if unicode else ASCII_SPACE
            case _:
                positive = self.word
        if c.islower():
            return positive
        self.check_negation(start)
        return Not(positive)

    def check_negation(self, start: int) -> None:
        """A negated set outside Unicode mode would match single bytes of a character."""
        if not self.flags.unicode:
            raise self.invalid(start, "without the u flag, this matches parts of characters")

    def _word_edge(self, start: int) -> Edge:
        """``\\b`` alone, or the name in braces behind it; ``\\b{2}`` is a repeat and stays for the caller."""
        before = self.pos
        if self.peek() != "{":
            return Edge.BOUNDARY
        name, c = "", self.next()
        if not (c.isascii() and (c.isalpha() or c == "-")):
            self.pos = before
            return Edge.BOUNDARY
        while c and c.isascii() and (c.isalpha() or c == "-"):
            name += c
            c = self.next()
        if c != "}" or name not in _WORD_EDGES:
            raise self.invalid(start, "Rust's regex knows no such word boundary")
        self.pos += 1
        return _WORD_EDGES[name]

    def _hex(self, start: int, kind: str) -> int:
        digits, c = "", self.next()
        braces = c == "{"
        if braces:
            while (c := self.next()) not in ("}", ""):
                digits += c
            if not c:
                raise self.invalid(start, "the closing brace is missing")
            self.next()
        else:
            while len(digits) < HEX_DIGITS[kind] and c:
                digits += c
                c = self.next()
            if len(digits) < HEX_DIGITS[kind]:
                raise self.invalid(start, "too few hexadecimal digits")
        try:
            value = int(digits, 16) if digits.isalnum() else -1
        except ValueError:
            value = -1
        if not 0 <= value <= 0x10FFFF or SURROGATES[0] <= value <= SURROGATES[1]:
            raise self.invalid(start, "this isn't the number of a character")
        if kind == "x" and not braces and value > 0x7F and not self.flags.unicode:
            raise self.invalid(start, "without the u flag, this is a byte and not a character")
        return value

    def _property(self, start: int, *, negated: bool) -> CharSet:
        name, c = "", self.next()
        if c == "{":
            while (c := self.next()) not in ("}", ""):
                name += c
            if not c:
                raise self.invalid(start, "the closing brace is missing")
            self.pos += 1
        elif c and c != "\\":
            name = c
            self.next()
        if not self.flags.unicode:
            raise self.invalid(start, "a property needs the u flag")
        for sign in ("!=", ":", "="):
            if sign in name:
                key, _, value = name.partition(sign)
                found = valued_property(key, value)
                negated ^= sign == "!="
                break
        else:
            found = named_property(name)
        if found is None:
            hint = "list the characters, or use a general category (\\p{L}) or script (\\p{Greek})"
            raise self.invalid(start, "JavaScript has no such Unicode property", hint)
        if changed := is_unstable(found):
            self.remarks.append(
                f"{self.text[start : self.pos]!r} at position {start}: {changed}, so Pydantic and"
                " JavaScript differ on the characters that changed"
            )
        return Not(found) if negated else found
