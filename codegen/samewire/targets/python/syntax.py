"""Python source of single values: the only place where text from a model becomes code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from typing import Final

from samewire import ir
from samewire.identifiers import LETTERS

_HIDDEN: Final = re.compile(f"[^\\x20-\\x7e{LETTERS}]")
_IN_TEXT: Final = re.compile(r'["\\]')
# Control, format and private characters, and whatever else may change how a line of a docstring reads.
_INVISIBLE: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164"
    "\ud800-\uf8ff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)


def text(value: str) -> str:
    """A double-quoted string literal in which all characters are visible."""
    escaped = _IN_TEXT.sub(lambda found: f"\\{found[0]}", value)
    return f'"{_HIDDEN.sub(lambda found: _escape(ord(found[0])), escaped)}"'


def pattern(value: str) -> str:
    """A regular expression literal, raw if that is more readable."""
    if '"' in value or _HIDDEN.search(value) or value.endswith("\\"):
        return text(value)
    return f'r"{value}"' if "\\" in value else text(value)


def _escape(code: int) -> str:
    named = {0x09: "\\t", 0x0A: "\\n", 0x0D: "\\r"}
    if code in named:
        return named[code]
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def prose(value: str) -> str:
    """Text for a docstring, whose characters can all be seen; quotes and backslashes are the printer's."""
    lines = (line.rstrip() for line in re.split(r"\r\n|\r|\n", value.strip()))
    return "\n".join(_INVISIBLE.sub(lambda found: f"U+{ord(found[0]):04X}", line) for line in lines)


def scalar(value: ir.Scalar) -> str:
    return text(value) if isinstance(value, str) else repr(value)


def call(name: str, positional: Iterable[str] = (), **named: str | None) -> str:
    """A call; ``None`` arguments are omitted."""
    given = (f"{key}={value}" for key, value in named.items() if value is not None)
    return f"{name}({', '.join((*positional, *given))})"


def annotated(inner: str, *metadata: str) -> str:
    """``Annotated[inner, ...]``, one for what is annotated already, or ``inner`` if there is nothing to say."""
    if not metadata:
        return inner
    return f"Annotated[{parts_of(inner) or inner}, {', '.join(metadata)}]"


def parts_of(annotation: str) -> str | None:
    """What is in the brackets of ``Annotated[...]``; ``None`` of another annotation, such as a union that begins with one."""
    if not annotation.startswith("Annotated["):
        return None
    whole = ast.parse(annotation, mode="eval").body
    return annotation.removeprefix("Annotated[")[:-1] if isinstance(whole, ast.Subscript) else None


def docstring(value: str | None) -> str | None:
    """A docstring of whole lines, at the first level of indentation; ``None`` if there is nothing to say."""
    shown = prose(value or "").replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    if not shown:
        return None
    lines = shown.split("\n")
    if len(lines) == 1 and not shown.endswith('"'):
        return f'"""{shown}"""'
    return "\n".join(['"""', *(f"    {line}".rstrip() for line in lines), '    """'])
