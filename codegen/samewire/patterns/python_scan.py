"""
Reading Python's ``re`` syntax: escapes and bracketed classes.

After the documentation of ``re`` (https://docs.python.org/3/library/re.html#regular-expression-syntax), CPython 3.11 to 3.14.
"""

from __future__ import annotations

import unicodedata

from samewire.patterns.ast import Flags, Fold
from samewire.patterns.charset import (
    ASCII_DIGIT,
    ASCII_SPACE,
    ASCII_WORD,
    SURROGATES,
    CharSet,
    Not,
    Ranges,
    union,
)
from samewire.patterns.folding import is_caseless
from samewire.patterns.properties import PYTHON_DIGIT, PYTHON_SPACE, PYTHON_WORD
from samewire.patterns.scan import CONTROLS, HEX_DIGITS, Scanner

OCTAL = frozenset("01234567")


class PythonScanner(Scanner):
    """The pattern, a position in it, and whether the pattern as a whole is in Unicode mode."""

    __slots__ = ("unicode",)

    hint = "re.compile refuses it too; correct the pattern"

    def __init__(self, text: str, *, unicode: bool) -> None:
        super().__init__(text)
        self.unicode = unicode

    def take_while(self, wanted: frozenset[str], most: int) -> str:
        start = self.pos
        while self.pos - start < most and self.peek() in wanted:
            self.pos += 1
        return self.text[start : self.pos]

    def until(self, end: str, start: int) -> str:
        """The text before the next ``end``, which is passed over."""
        if (found := self.text.find(end, self.pos)) < 0:
            self.pos = len(self.text)
            raise self.invalid(start, f"the closing {end} is missing")
        text = self.text[self.pos : found]
        self.pos = found + len(end)
        return text

    def category(self, letter: str, flags: Flags, start: int) -> CharSet | None:
        """``\\d``, ``\\s``, ``\\w`` and their opposites; None for another letter."""
        unicode = flags.unicode
        match letter:
            case "d" | "D":
                found: CharSet = PYTHON_DIGIT if unicode else ASCII_DIGIT
            case "s" | "S":
                found = PYTHON_SPACE if unicode else ASCII_SPACE
            case "w" | "W":
                found = word(flags)
            case _:
                return None
        self._check_mode(flags, start, negated=letter.isupper())
        return Not(found) if letter.isupper() else found

    def _check_mode(self, flags: Flags, start: int, *, negated: bool) -> None:
        """
        CPython searches for the first character by the mode of the whole pattern: ``(?a:\\W)`` never finds an ``é``.

        That doesn't show where the group's set holds no more characters than the whole pattern's: ``(?a:\\w)``.
        """
        if flags.unicode != self.unicode and (negated or flags.unicode):
            raise self.invalid(
                start,
                "CPython's search mixes up this class in the pattern's mode and in the group's",
                "set the flag for the whole pattern, or list the characters",
            )

    def character(self, letter: str, start: int) -> int:
        """The code point of an escape that stands for one; ``letter``, behind the backslash, is already read."""
        if letter in CONTROLS:
            return CONTROLS[letter]
        if letter in HEX_DIGITS:
            digits = self.take_while(frozenset("0123456789abcdefABCDEF"), HEX_DIGITS[letter])
            if len(digits) < HEX_DIGITS[letter] or int(digits, 16) > 0x10FFFF:
                raise self.invalid(start, "this isn't the number of a character")
            return int(digits, 16)
        if letter == "N":
            return self._named(start)
        if letter.isascii() and letter.isalnum():
            raise self.invalid(start, "re knows no such escape")
        return ord(letter)

    def _named(self, start: int) -> int:
        if not self.accept("{"):
            raise self.invalid(start, "the name in braces is missing")
        try:
            return ord(unicodedata.lookup(self.until("}", start)))
        except (KeyError, TypeError):
            raise self.invalid(start, "no character has this name") from None

    def bracketed(self, flags: Flags) -> CharSet:
        """A class, the position being behind its ``[``."""
        start = self.pos - 1
        negated = self.accept("^")
        items: list[CharSet] = []
        categories = False
        while not (items and self.accept("]")):
            first = self._member(start, flags)
            if self.peek() == "-" and self.peek(1) not in ("]", ""):
                self.pos += 1
                last = self._member(start, flags)
                if not isinstance(first, int) or not isinstance(last, int) or first > last:
                    raise self.invalid(start, "a range goes from a character to a later one")
                items.append(self.ranged(first, last, flags, start))
            elif isinstance(first, int):
                items.append(self.ranged(first, first, flags, start))
            else:
                items.append(first)
                categories = True
        if categories:
            self._check_mode(flags, start, negated=negated)
        members = union(items)
        return Not(members) if negated else members

    def _member(self, start: int, flags: Flags) -> int | CharSet:
        c = self.peek()
        self.pos += 1
        if not c:
            raise self.invalid(start, "the class isn't closed")
        if c != "\\":
            return ord(c)
        at, letter = self.pos - 1, self.peek()
        self.pos += 1
        if not letter:
            raise self.invalid(at, "the pattern ends with a backslash")
        if (found := self.category(letter, flags, at)) is not None:
            return found
        if letter == "b":
            return 0x08
        if letter in OCTAL:
            value = int(letter + self.take_while(OCTAL, 2), 8)
            if value > 0o377:
                raise self.invalid(at, "an octal escape goes up to \\377")
            return value
        return self.character(letter, at)

    def ranged(self, first: int, last: int, flags: Flags, start: int) -> Ranges:
        """From one character to another, without the surrogates: no string that Pydantic accepts holds one."""
        if (
            first == last > 0xFFFF
            and fold(flags) is Fold.PYTHON
            and not is_caseless(((first, last),))
        ):
            raise self.invalid(
                start,
                "CPython compares single letters above U+FFFF wrongly under (?i)",
                "write them as a range, or both cases outside of (?i)",
            )
        if SURROGATES[0] <= first <= SURROGATES[1]:
            first = SURROGATES[1] + 1
        if SURROGATES[0] <= last <= SURROGATES[1]:
            last = SURROGATES[0] - 1
        if first > last:
            raise self.invalid(
                start,
                "half of a surrogate pair is no character of a Python string",
                "write the character itself, or \\U and eight digits",
            )
        return Ranges(((first, last),))


def word(flags: Flags) -> CharSet:
    return PYTHON_WORD if flags.unicode else ASCII_WORD


def fold(flags: Flags) -> Fold:
    if not flags.ignore_case:
        return Fold.NONE
    return Fold.PYTHON if flags.unicode else Fold.ASCII
