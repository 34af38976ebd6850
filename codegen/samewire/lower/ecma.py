"""
ECMA-262 patterns: read as the flag ``u`` has them (section 22.2.1), and spelled to stand in a literal between slashes.

Without ``u`` JavaScript forgives much (Annex B): ``\\-`` and a lone ``}`` stand for themselves, ``[\\w-.]`` has three things in
it. What means that and nothing else is respelled; what only another language understands (``\\A``, ``(?i)``, ``a++``) is an error.
"""

from __future__ import annotations

import re
from typing import Final

from samewire.patterns.properties import named_property, valued_property

_TERMINATORS: Final = {"\n": "\\n", "\r": "\\r", "\u2028": "\\u2028", "\u2029": "\\u2029"}
_SYNTAX: Final = frozenset("^$\\.*+?()[]{}|/")
_GROUP: Final = re.compile(
    r"\(\?(?:(?P<look><?[=!])|(?P<plain>:)|<(?P<name>[A-Za-z_$][\w$]*)>)", re.ASCII
)
_QUANTIFIER: Final = re.compile(r"(?:[*+?]|\{(?P<low>[0-9]+)(?P<rest>,(?P<high>[0-9]*))?\})\??")
_UP_TO: Final = re.compile(r"\{,[0-9]+\}")
_HEX: Final = re.compile(r"x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|u\{0*(?P<point>[0-9A-Fa-f]{1,6})\}")
_PROPERTY: Final = re.compile(r"[pP]\{\w+(?:=\w+)?\}", re.ASCII)
_REFERENCE: Final = re.compile(r"k<(?P<name>[A-Za-z_$][\w$]*)>|(?P<number>[1-9][0-9]*)", re.ASCII)
_CONTROL: Final = re.compile(r"c[A-Za-z]|[fnrtv]|0(?![0-9])")

_ANCHORS: Final = "use ^ for the start and $ for the end"
_HINTS: Final = {
    "A": _ANCHORS,
    "Z": _ANCHORS,
    "z": _ANCHORS,
    "h": r"use [ \t]",
    "R": r"use (?:\r\n|\n)",
    "Q": "escape each character",
}


class PatternSyntaxError(Exception):
    """``what`` is wrong, as the end of a sentence; ``hint`` what to write instead."""

    def __init__(self, what: str, hint: str | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.hint = hint


def spelled(source: str, flags: str) -> str:
    """
    The pattern as a literal may have it; unchanged if it could stand there already.

    Under the flag ``v``, which only Samewire's own export sets, the inside of classes is not checked.

    Raises:
        PatternSyntaxError: JavaScript would not read it.

    """
    return _Reader(source, sets="v" in flags).read() or "(?:)"


class _Reader:
    def __init__(self, source: str, *, sets: bool) -> None:
        self.source = source
        self.sets = sets
        self.at = 0
        self.out: list[str] = []
        self.repeatable = False
        self.open: list[bool] = []  # whether each open group may be repeated
        self.groups = 0
        self.names: set[str] = set()
        self.used: list[str] = []

    def read(self) -> str:
        while self.at < len(self.source):
            self._item()
        if self.open:
            raise PatternSyntaxError("has a ( without its )")
        for name in self.used:
            if name not in self.names and not (name.isdecimal() and int(name) <= self.groups):
                raise PatternSyntaxError(f"refers to the group {name!r}, which it does not have")
        return "".join(self.out)

    def _item(self) -> None:
        char = self.source[self.at]
        match char:
            case "(":
                self._open()
            case ")":
                if not self.open:
                    raise PatternSyntaxError("has a ) without its (", r"write \) for the character")
                self._put(char, repeatable=self.open.pop())
            case "|" | "^" | "$":
                self._put(char, repeatable=False)
            case "[":
                self._class()
            case "\\":
                self._escape()
            case "*" | "+" | "?" | "{":
                self._quantifier()
            case "]" | "}":
                self._put("\\" + char, repeatable=True, width=1)
            case "/":
                self._put("\\/", repeatable=True, width=1)
            case _:
                self._put(_TERMINATORS.get(char, char), repeatable=True, width=1)

    def _put(self, text: str, *, repeatable: bool, width: int | None = None) -> None:
        self.out.append(text)
        self.at += len(text) if width is None else width
        self.repeatable = repeatable

    def _open(self) -> None:
        if not self.source.startswith("(?", self.at):
            self.groups += 1
            self.open.append(True)
            self._put("(", repeatable=False)
            return
        group = _GROUP.match(self.source, self.at)
        if group is None:
            shown = self.source[self.at : self.at + 4]
            hint = "flags go in x-samewire-pattern-flags, a group's name in (?<name>...)"
            raise PatternSyntaxError(f"has {shown!r}, a group that JavaScript does not have", hint)
        if name := group["name"]:
            if name in self.names:
                raise PatternSyntaxError(f"has two groups called {name!r}")
            self.names.add(name)
            self.groups += 1
        self.open.append(group["look"] is None)
        self._put(group[0], repeatable=False)

    def _quantifier(self) -> None:
        quantifier = _QUANTIFIER.match(self.source, self.at)
        if quantifier is None:
            if _UP_TO.match(self.source, self.at):
                raise PatternSyntaxError(
                    "has a {,n}", "write {0,n}: without the 0, JavaScript takes it for text"
                )
            self._put("\\{", repeatable=True, width=1)
            return
        if not self.repeatable:
            hint = "repeat a group, (?:...), or escape the character"
            raise PatternSyntaxError(
                f"has {quantifier[0]!r} with nothing before it that it can repeat", hint
            )
        low, high = quantifier["low"], quantifier["high"]
        if low and high and int(low) > int(high):
            raise PatternSyntaxError(f"has {quantifier[0]!r}, whose limits are the wrong way round")
        self._put(quantifier[0], repeatable=False)

    # --- Escapes ------------------------------------------------------------------------------------------------------

    def _escape(self) -> None:
        if self.source[self.at + 1 : self.at + 2] in ("b", "B"):
            self._put(self.source[self.at : self.at + 2], repeatable=False)
            return
        reference = _REFERENCE.match(self.source, self.at + 1)
        if reference:
            self.used.append(reference["name"] or reference["number"])
            self._put(reference[0].join(("\\", "")), repeatable=True)
            return
        text, width = self._character_escape(in_class=False)
        self._put(text, repeatable=True, width=width)

    def _character_escape(self, *, in_class: bool) -> tuple[str, int]:
        """The escape at the current place as it is to be written, and how many characters it takes up."""
        rest = self.source[self.at + 1 : self.at + 2]
        if not rest:
            raise PatternSyntaxError("ends in a backslash", r"write \\ for the character")
        for syntax in (_CONTROL, _HEX, _PROPERTY):
            found = syntax.match(self.source, self.at + 1)
            if found is None or (syntax is _HEX and int(found["point"] or "0", 16) > 0x10FFFF):
                continue
            if syntax is _PROPERTY:
                _check_property(found[0])
            return f"\\{found[0]}", len(found[0]) + 1
        if rest in "dDsSwW" or rest in _SYNTAX or (in_class and rest in "-b"):
            return f"\\{rest}", 2
        if rest.isascii() and rest.isalnum():
            raise PatternSyntaxError(
                f"has \\{rest}, which JavaScript does not have", _HINTS.get(rest)
            )
        return _TERMINATORS.get(rest, rest), 2

    # --- Classes ------------------------------------------------------------------------------------------------------

    def _class(self) -> None:
        if self.sets:
            self._set()
            return
        start = "[^" if self.source.startswith("[^", self.at) else "["
        self._put(start, repeatable=False)
        while (text := self._member()) is not None:
            self._put_member(text)
        self._put("]", repeatable=True)

    def _member(self) -> tuple[str, int] | None:
        char = self.source[self.at : self.at + 1]
        match char:
            case "":
                raise PatternSyntaxError("has a [ without its ]", r"write \[ for the character")
            case "]":
                return None
            case "\\":
                return self._character_escape(in_class=True)
            case "/":
                return "\\/", 1
            case _:
                return _TERMINATORS.get(char, char), 1

    def _put_member(self, member: tuple[str, int]) -> None:
        """One member, or a range of two."""
        low, width = member
        self._put(low, repeatable=False, width=width)
        if not self.source.startswith("-", self.at) or self.source[self.at + 1 : self.at + 2] in (
            "]",
            "",
        ):
            return
        self.at += 1
        high, width = self._member() or ("", 0)
        first, last = _code_point(low), _code_point(high)
        if first is None or last is None:
            # \w-. is no range in Annex B but three members.
            self._put("\\-", repeatable=False, width=0)
        elif first > last:
            raise PatternSyntaxError(f"has the range {low}-{high}, which is the wrong way round")
        else:
            self._put("-", repeatable=False, width=0)
        self._put(high, repeatable=False, width=width)

    def _set(self) -> None:
        depth = 0
        while self.at < len(self.source):
            char = self.source[self.at]
            if char == "\\":
                escaped = self.source[self.at + 1 : self.at + 2]
                self._put(_TERMINATORS.get(escaped, char + escaped), repeatable=False, width=2)
                continue
            depth += (char == "[") - (char == "]")
            self._put(
                "\\/" if char == "/" else _TERMINATORS.get(char, char),
                repeatable=depth == 0,
                width=1,
            )
            if depth == 0:
                return
        raise PatternSyntaxError("has a [ without its ]", r"write \[ for the character")


def _check_property(escape: str) -> None:
    """
    A property of Unicode by the name that JavaScript has for it, which is one spelling of several.

    Raises:
        PatternSyntaxError: it has none.

    """
    key, equals, value = escape[2:-1].partition("=")
    known = valued_property(key, value) if equals else named_property(key)
    if known is None:
        raise PatternSyntaxError(
            f"has \\{escape}, a property that Unicode does not have in JavaScript"
        )
    right = known.items[0]
    if right[2:] != escape[1:]:
        raise PatternSyntaxError(
            f"has \\{escape}, which JavaScript spells {right}", f"write \\{escape[0]}{right[2:]}"
        )


_ESCAPED: Final = {"f": 0xC, "n": 0xA, "r": 0xD, "t": 0x9, "v": 0xB, "b": 0x8, "0": 0}


def _code_point(member: str) -> int | None:
    """The one character that a member of a class stands for, or ``None`` for a set such as ``\\d``."""
    if not member.startswith("\\"):
        return ord(member)
    if hexadecimal := _HEX.fullmatch(member, 1):
        return int(hexadecimal["point"] or member[2:], 16)
    name = member[1]
    if name in "dDsSwWpP":
        return None
    if name == "c":
        return ord(member[2]) % 32
    return _ESCAPED.get(name, ord(name))
