"""Characters, escapes and classes of JavaScript's regex syntax."""

from __future__ import annotations

import re
from typing import Final

from samewire.patterns.charset import (
    ASCII_DIGIT,
    ASCII_WORD,
    JS_SPACE,
    JS_WORD_IGNORING_CASE,
    And,
    CharSet,
    Not,
    Prop,
    Ranges,
    char,
    difference,
    union,
)
from samewire.patterns.errors import PatternSyntaxError
from samewire.patterns.properties import named_property, valued_property
from samewire.patterns.scan import Scanner

_SYNTAX: Final = frozenset("^$\\.*+?()[]{}|/")
_SET_SYNTAX: Final = frozenset("()[]{}/-|")
_DOUBLED: Final = frozenset("&!#$%*+,.:;<=>?@^`~")
"""Written twice in a row, these are reserved in a class of the flag ``v``."""
_ESCAPED: Final = {"f": 0xC, "n": 0xA, "r": 0xD, "t": 0x9, "v": 0xB, "0": 0}
_CONTROL: Final = re.compile(r"c[A-Za-z]|[fnrtv]|0(?![0-9])")
_HEX: Final = re.compile(
    r"u([Dd][89ABab][0-9A-Fa-f]{2})\\u([Dd][C-Fc-f][0-9A-Fa-f]{2})"
    r"|x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|u\{0*([0-9A-Fa-f]{1,6})\}"
)
_PROPERTY: Final = re.compile(r"[pP]\{\w+(?:=\w+)?\}", re.ASCII)
_OF_STRINGS: Final = re.compile(r"(?:RGI_\w+|Basic_Emoji|Emoji_Keycap_Sequence)", re.ASCII)

_ANCHORS: Final = "use ^ for the start and $ for the end"
_HINTS: Final = {
    "A": _ANCHORS,
    "Z": _ANCHORS,
    "z": _ANCHORS,
    "h": r"use [ \t]",
    "R": r"use (?:\r\n|\n)",
    "Q": "escape each character",
}


class ClassReader(Scanner):
    """Reads a pattern. ``sets``: the flag ``v`` is set, under which classes nest and have operators."""

    def __init__(self, source: str, *, sets: bool, ignore_case: bool) -> None:
        super().__init__(source)
        self.sets = sets
        self.ignore_case = ignore_case
        self.word: Prop = JS_WORD_IGNORING_CASE if ignore_case else ASCII_WORD

    # --- Escapes ------------------------------------------------------------------------------------------------------

    def escape(self, *, in_class: bool) -> CharSet:
        """Behind the backslash: a character or a class of them."""
        if code := _HEX.match(self.text, self.pos):
            if (value := _code_point(code)) <= 0x10FFFF:
                self.pos = code.end()
                return char(value)
        elif control := _CONTROL.match(self.text, self.pos):
            self.pos = control.end()
            letter = control[0]
            return char(ord(letter[1]) % 32 if letter[0] == "c" else _ESCAPED[letter])
        elif named := _PROPERTY.match(self.text, self.pos):
            self.pos = named.end()
            return self._property(named[0])
        letter = self.peek()
        self.pos += 1
        match letter:
            case "":
                raise PatternSyntaxError("ends in a backslash", r"write \\ for the character")
            case "d" | "D":
                return ASCII_DIGIT if letter == "d" else Not(ASCII_DIGIT)
            case "s" | "S":
                return JS_SPACE if letter == "s" else Not(JS_SPACE)
            case "w" | "W":
                return self.word if letter == "w" else Not(self.word)
            case "b" if in_class:
                return char(0x08)
            case "q" if self.sets and in_class and self.peek() == "{":
                raise _string_class_error(r"\q{")
            case _ if letter.isascii() and letter.isalnum():
                raise PatternSyntaxError(
                    f"has \\{letter}, which JavaScript does not have", _HINTS.get(letter)
                )
            case _:
                return char(ord(letter))

    def _property(self, escape: str) -> CharSet:
        """A property of Unicode by the name that JavaScript has for it, which is one spelling of several."""
        key, equals, value = escape[2:-1].partition("=")
        if self.sets and _OF_STRINGS.fullmatch(key):
            raise _string_class_error(f"\\{escape}")
        known = valued_property(key, value) if equals else named_property(key)
        if known is None:
            raise PatternSyntaxError(
                f"has \\{escape}, a property that Unicode does not have in JavaScript"
            )
        right = known.items[0]
        if right[2:] != escape[1:]:
            raise PatternSyntaxError(
                f"has \\{escape}, which JavaScript spells {right}",
                f"write \\{escape[0]}{right[2:]}",
            )
        if escape[0] == "p":
            return known
        if self.ignore_case and not self.sets and not known.closed:
            # Under u, JavaScript folds what is outside of the property; under v, as elsewhere, what is in it.
            return Prop((rf"\{escape}",), closed=False)
        return Not(known)

    # --- Classes ------------------------------------------------------------------------------------------------------

    def bracketed(self) -> CharSet:
        """Behind the opening bracket."""
        negated = self.accept("^")
        inside = self._set() if self.sets else self._list()
        return Not(inside) if negated else inside

    def _list(self) -> CharSet:
        found: list[CharSet] = []
        while not self.accept("]"):
            start = self.pos
            low = self._member()
            if self.peek() != "-" or self.peek(1) in ("]", ""):
                found.append(low)
                continue
            self.pos += 1
            high = self._member()
            if isinstance(low, Ranges) and isinstance(high, Ranges):
                found.append(self._range(low, high, start))
            else:
                # \w-. is no range in Annex B but three members.
                found += [low, char(ord("-")), high]
        return union(found)

    def _member(self) -> CharSet:
        letter = self.peek()
        self.pos += 1
        match letter:
            case "":
                raise PatternSyntaxError("has a [ without its ]", r"write \[ for the character")
            case "\\":
                return self.escape(in_class=True)
            case _:
                return char(ord(letter))

    def _range(self, low: Ranges, high: Ranges, start: int) -> CharSet:
        first, last = low.spans[0][0], high.spans[0][0]
        if first > last:
            shown = self.text[start : self.pos]
            raise PatternSyntaxError(f"has the range {shown}, which is the wrong way round")
        return Ranges(((first, last),))

    # --- Classes of the flag v ----------------------------------------------------------------------------------------

    def _set(self) -> CharSet:
        """A union, or operands between operators of one kind."""
        if self.accept("]"):
            return union([])
        start = self.pos
        found = self._operand()
        for operator in ("&&", "--"):
            if self.text.startswith(operator, self.pos):
                return self._combined(found, operator)
        parts = [self._span(found, start)]
        while not self.accept("]"):
            start = self.pos
            parts.append(self._span(self._operand(), start))
        return union(parts)

    def _combined(self, found: CharSet, operator: str) -> CharSet:
        while not self.accept("]"):
            if not self.accept(operator) or self.peek() == operator[0]:
                raise PatternSyntaxError(
                    "mixes members and operators in a class", "put brackets around each operand"
                )
            right = self._operand()
            found = And((found, right)) if operator == "&&" else difference(found, right)
        return found

    def _span(self, low: CharSet, start: int) -> CharSet:
        if self.peek() != "-":
            return low
        self.pos += 1
        high = self._operand()
        if not isinstance(low, Ranges) or not isinstance(high, Ranges):
            raise PatternSyntaxError(
                f"has {self.text[start : self.pos]} in a class, which is no range",
                r"write \- for the character",
            )
        return self._range(low, high, start)

    def _operand(self) -> CharSet:
        letter = self.peek()
        if letter == "[":
            self.pos += 1
            return self.bracketed()
        if letter in _SET_SYNTAX or (letter in _DOUBLED and self.peek(1) == letter):
            raise PatternSyntaxError(
                f"has {letter!r} in a class, where it is syntax under the flag v",
                f"write \\{letter} for the character",
            )
        return self._member()


def _string_class_error(shown: str) -> PatternSyntaxError:
    return PatternSyntaxError(
        f"has {shown}, which stands for texts of several characters",
        "write an alternation of groups, (?:...|...)",
    )


def _code_point(code: re.Match[str]) -> int:
    lead, trail, two, four, braced = code.groups()
    if trail:
        return 0x10000 + (int(lead, 16) - 0xD800) * 0x400 + int(trail, 16) - 0xDC00
    return int(two or four or braced, 16)
