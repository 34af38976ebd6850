"""
What a target checks of a scalar, as data: predicates and comparisons of the TypeScript runtime library, by name.

A scalar names functions; a target turns the names into expressions and imports. What a validation library has of its own is a hint.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

Argument: TypeAlias = str | bool | int | float | tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Predicate:
    """``name(text, ...arguments)`` holds; ``message`` says what is wrong with a text for which it does not."""

    name: str
    message: str
    arguments: tuple[Argument, ...] = ()


@dataclass(frozen=True, slots=True)
class Matches:
    """The text matches a JavaScript regular expression."""

    source: str
    flags: str = "u"


@dataclass(frozen=True, slots=True)
class Begins:
    """The text begins with one of ``words``, in either case, and ``then``."""

    words: tuple[str, ...]
    then: str


Limit: TypeAlias = Predicate | Matches | Begins


@dataclass(frozen=True, slots=True)
class Builtin:
    """A schema of zod's, ``z.guid()``, that has the predicate's verdicts, where it also ``matches``."""

    name: str
    matches: Matches | None = None


COMPARED: Final = {
    "ge": (">=", "Too small"),
    "gt": (">", "Too small"),
    "le": ("<=", "Too big"),
    "lt": ("<", "Too big"),
}
"""The operators of bounds by their names, and what is wrong with a text beyond one."""
