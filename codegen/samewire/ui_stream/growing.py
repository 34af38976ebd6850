"""Texts that grow by pieces, and the parts of a message that hold some."""

from __future__ import annotations

from typing import Any

from samewire.ui_stream._base import MISSING
from samewire.ui_stream.partial_json import parse_partial


class Growing:
    """A text that grows by pieces. The pieces are joined when it is read, so that a long one costs no more for each piece."""

    __slots__ = ("_pieces",)

    def __init__(self, text: str = "") -> None:
        self._pieces = [text]

    def add(self, piece: str) -> None:
        self._pieces.append(piece)

    def __str__(self) -> str:
        if len(self._pieces) > 1:
            self._pieces = [_paired("".join(self._pieces))]
        return self._pieces[0]


def _paired(text: str) -> str:
    """``text`` with halves of surrogate pairs that now stand side by side made one character, as they are in JavaScript."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    return text


class Opaque(dict[str, Any]):
    """The JSON of a part that the contract does not know, which no chunk changes."""


class PartialInput:
    """The input of a call as far as its text goes, parsed when it is read."""

    __slots__ = ("_known", "_text")

    def __init__(self, text: Growing) -> None:
        self._text = text
        self._known: tuple[str, Any] = ("", MISSING)

    def value(self) -> Any:
        text = str(self._text)
        if self._known[0] != text:
            self._known = (text, parse_partial(text))
        return self._known[1]


def resolved(part: dict[str, Any]) -> dict[str, Any]:
    """The part with its texts joined and its partial input parsed."""
    plain: dict[str, Any] = {}
    for key, value in part.items():
        if isinstance(value, Growing):
            plain[key] = str(value)
        elif isinstance(value, PartialInput):
            partial = value.value()
            if partial is not MISSING:
                plain[key] = partial
        else:
            plain[key] = value
    return plain
