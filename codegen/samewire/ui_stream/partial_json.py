"""
JSON that has not arrived whole, read as the client reads it: what is open is closed, what is half a word is completed or left out.

Behaves as ``parsePartialJson`` of ``ai`` 7.0.173 does, to the oddities: a test compares the two on random cuts of random texts.
"""

from __future__ import annotations

import json
import math
from typing import Any, Final, NoReturn

from samewire.ui_stream._base import MISSING

_DIGITS: Final = frozenset("0123456789")
_HEX: Final = frozenset("0123456789abcdefABCDEF")
_WORDS: Final = ("true", "false", "null")


def parse_partial(text: str) -> Any:
    """The value so far; ``MISSING`` if there is none yet, or if it can't be read."""
    for attempt in (text, None):
        try:
            return loads(close(text) if attempt is None else attempt)
        except (ValueError, RecursionError):
            continue
    return MISSING


def loads(text: str) -> Any:
    """JSON as the client reads it: no NaN, no key that it takes for an attack; numbers beyond the doubles are null."""
    return json.loads(
        text, parse_float=_number, parse_constant=_refuse, object_pairs_hook=_own_keys
    )


def _number(text: str) -> float | None:
    """Beyond the doubles JavaScript has infinity, which is null in JSON."""
    number = float(text)
    return number if math.isfinite(number) else None


def _refuse(text: str) -> NoReturn:
    raise ValueError(f"{text} is not JSON")


def _own_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The client takes these keys for an attack, and the text for none that it can read."""
    value = dict(pairs)
    constructor = value.get("constructor")
    if "__proto__" in value or (isinstance(constructor, dict) and "prototype" in constructor):
        raise ValueError("a key that reaches for a prototype")
    return value


def close(text: str) -> str:
    """
    ``text`` up to the last place where a value could end, with what is open closed.

    A key without its value is left out, and so is an escape that is not whole. Only makes sense of text that begins as JSON.
    """
    scan = _Scan()
    for index, char in enumerate(text):
        scan.take(index, char)
    ends = []
    for place in reversed(scan.places):
        match place:
            case "string":
                ends.append('"')
            case "word":
                begun = text[scan.word_start :]
                word = next((word for word in _WORDS if word.startswith(begun)), begun)
                ends.append(word[len(begun) :])
            case _:
                ends.append(_CLOSING.get(place.partition(":")[0], ""))
    return text[: scan.valid] + "".join(ends)


_CLOSING: Final = {"object": "}", "array": "]"}


class _Scan:
    """
    ``places`` is where the scan is, outermost first; ``valid`` how much of the text can stand.

    An object or array is followed by what comes next in it: ``object:key``, ``array:value``.
    """

    __slots__ = ("digits", "places", "valid", "word", "word_start")

    def __init__(self) -> None:
        self.places = ["top"]
        self.valid = 0
        self.word = ""
        self.word_start = 0
        self.digits = 0

    def take(self, index: int, char: str) -> None:
        end = index + 1
        match self.places[-1]:
            case "top":
                self._value(char, end, "over")
            case "string":
                self._in_string(char, end)
            case "escape":
                self.places[-1] = "code"
                self.digits = 0
                if char != "u":
                    self.places.pop()
                    self.valid = end
            case "code":
                self.digits += char in _HEX
                if char in _HEX and self.digits == 4:
                    self.places.pop()
                    self.valid = end
            case "number":
                self._in_number(char, end)
            case "word":
                self._in_word(char, end)
            case place:
                self._in_container(place, char, end)

    def _value(self, char: str, end: int, then: str) -> None:
        """A value begins; when it has ended, the place around it is ``then``."""
        if char == '"':
            inside = "string"
        elif char in "ftn":
            inside, self.word, self.word_start = "word", char, end - 1
        elif char in _DIGITS or char == "-":
            inside = "number"
        elif char == "{":
            inside = "object:first"
        elif char == "[":
            inside = "array:first"
        else:
            return
        if char != "-":
            self.valid = end
        self.places[-1:] = [then, inside]

    def _in_string(self, char: str, end: int) -> None:
        if char == "\\":
            self.places.append("escape")
            return
        if char == '"':
            self.places.pop()
        self.valid = end

    def _in_number(self, char: str, end: int) -> None:
        if char in _DIGITS:
            self.valid = end
        elif char not in "eE-.":
            self.places.pop()
            around = self.places[-1]
            if char in {"object:after": ",}", "array:after": ",]"}.get(around, ""):
                self._after(around, char, end)

    def _in_word(self, char: str, end: int) -> None:
        self.word += char
        if any(word.startswith(self.word) for word in _WORDS):
            self.valid = end
            return
        self.places.pop()
        if self.places[-1] in ("object:after", "array:after"):
            self._after(self.places[-1], char, end)

    def _after(self, place: str, char: str, end: int) -> None:
        """A comma or the end of the container."""
        if char == ",":
            self.places[-1] = "object:comma" if place == "object:after" else "array:comma"
        elif char == ("}" if place == "object:after" else "]"):
            self.places.pop()
            self.valid = end

    def _in_container(self, place: str, char: str, end: int) -> None:
        match place, char:
            case (("object:first" | "object:comma"), '"'):
                self.places[-1] = "object:key"
            case "object:key", '"':
                self.places[-1] = "object:colon"
            case "object:colon", ":":
                self.places[-1] = "object:value"
            case "object:value", _:
                self._value(char, end, "object:after")
            case ("object:first", "}") | ("array:first", "]"):
                self.places.pop()
                self.valid = end
            case (("array:first" | "array:comma"), _):
                self._value(char, end, "array:after")
            case "array:after", _ if char not in ",]":
                self.valid = end
            case (("object:after" | "array:after"), _):
                self._after(place, char, end)
            case _:
                pass
