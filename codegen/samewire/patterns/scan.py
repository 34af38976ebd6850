"""A text and a position in it: what the scanners of all dialects share."""

from __future__ import annotations

from typing import ClassVar, Final

from samewire.patterns.errors import PatternError

CONTROLS: Final = {"a": 0x07, "f": 0x0C, "n": 0x0A, "r": 0x0D, "t": 0x09, "v": 0x0B}
"""Code points of the letters behind a backslash, in Rust and Python."""
HEX_DIGITS: Final = {"x": 2, "u": 4, "U": 8}
"""How many digits follow each letter, in Rust and Python."""


class Scanner:
    """Reads ``text`` from ``pos`` on. ``hint`` says how to fix an invalid pattern."""

    __slots__ = ("pos", "text")

    hint: ClassVar[str] = ""

    def __init__(self, text: str) -> None:
        self.text = text
        self.pos = 0

    def peek(self, ahead: int = 0) -> str:
        """The character there, or an empty string past the end."""
        return self.text[self.pos + ahead : self.pos + ahead + 1]

    def accept(self, prefix: str) -> bool:
        if self.text.startswith(prefix, self.pos):
            self.pos += len(prefix)
            return True
        return False

    def invalid(self, start: int, reason: str, hint: str = "") -> PatternError:
        end = max(self.pos, start + 1)
        return PatternError(self.text[start:end], start, reason, hint or self.hint)
