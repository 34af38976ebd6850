"""
Text of others as it may be printed: names and messages from models, schema files and packages.

A terminal acts on control characters, and GitHub on lines of a log that begin with ``::`` or have ``##[`` in them.
"""

from __future__ import annotations

import re
from typing import Final

_CONTROL: Final = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""Controls but for the tab and the line feed, what changes the direction of text, and halves of pairs, which have no encoding."""
_NEXT: Final = "\n  | "


def one_line(text: str) -> str:
    """``text`` on one line, with escapes for what is not printed."""
    return in_lines(text.replace("\n", r"\n"))


def in_lines(text: str) -> str:
    """``text`` with marks before its further lines, and escapes for what is not printed."""
    visible = _CONTROL.sub(_escaped, text).replace("##[", r"##\[")
    return _NEXT.join(visible.rstrip("\n").split("\n"))


def _escaped(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
