"""
Parsers of regular expressions: of Pydantic's two engines, translated to JavaScript, and of JavaScript itself.

``Field(pattern=...)`` is searched for, not matched from the start, by Rust's ``regex`` unless the model says
``regex_engine='python-re'`` or the pattern is a compiled ``re.Pattern``. All three dialects are parsed into one tree (:mod:`ast`),
in which flags are resolved; a :class:`Regex` holds it and prints it for ``u`` or ``iu``, never ``v``, under which ``[a&&b]`` or
``[[a]]`` mean something else.

The two sides read their Unicode tables from different versions (Rust 16, CPython 3.11 14, Node 24 17), so they differ on
characters that one of them doesn't know as assigned yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias, assert_never

from samewire.patterns.ambiguity import remarks_on_backtracking
from samewire.patterns.ast import Flags
from samewire.patterns.casing import settle
from samewire.patterns.differences import check_differences
from samewire.patterns.errors import PatternError, PatternSyntaxError
from samewire.patterns.halves import at_whole_characters
from samewire.patterns.python import parse_python
from samewire.patterns.regex import Regex
from samewire.patterns.rust import parse_rust

__all__ = ["Dialect", "PatternError", "PatternSyntaxError", "Regex", "Translation", "translate"]

Dialect: TypeAlias = Literal["rust-regex", "python-re"]
"""Pydantic's names for its regex engines (``ConfigDict(regex_engine=...)``)."""

_LETTERS: dict[Dialect, frozenset[str]] = {
    "rust-regex": frozenset("imsxu"),
    "python-re": frozenset("imsxau"),
}


@dataclass(frozen=True, slots=True)
class Translation:
    """
    A JavaScript regular expression that accepts, by search, exactly what the original does.

    ``warnings`` are sentences for the user: time a hostile string could cost, and syntax that reads differently than it looks.
    """

    regex: Regex
    warnings: tuple[str, ...] = ()

    @property
    def source(self) -> str:
        return self.regex.source

    @property
    def flags(self) -> str:
        return self.regex.flags


@lru_cache(maxsize=2048)
def translate(pattern: str, dialect: Dialect, flags: str = "") -> Translation:
    """
    Translates a pattern.

    ``flags`` holds the letters of a compiled pattern's flags: any of i, m, s, x and, in Python, a or u. Raises PatternError for
    what JavaScript can't say, or the engine itself refuses; ValueError for other flags.
    """
    if unknown := set(flags) - _LETTERS[dialect]:
        raise ValueError(f"unknown flags {''.join(sorted(unknown))!r} for {dialect}")
    given = Flags(
        ignore_case="i" in flags,
        multi_line="m" in flags,
        dot_all="s" in flags,
        verbose="x" in flags,
        unicode="a" not in flags,
    )
    match dialect:
        case "rust-regex":
            tree, remarks = parse_rust(pattern, given)
        case "python-re":
            tree, remarks = parse_python(pattern, given)
            check_differences(tree, pattern)
        case _:
            assert_never(dialect)
    settled, ignore_case = settle(tree, pattern)
    warnings = remarks + remarks_on_backtracking(settled, pattern, ignore_case=ignore_case)
    return Translation(Regex(at_whole_characters(settled), ignore_case), warnings)
