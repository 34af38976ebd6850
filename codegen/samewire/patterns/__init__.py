"""
Patterns of Pydantic's two regex engines as JavaScript regular expressions that accept the same strings.

``Field(pattern=...)`` is searched for, not matched from the start, by Rust's ``regex`` unless the model says
``regex_engine='python-re'`` or the pattern is a compiled ``re.Pattern``. Both dialects are parsed into one tree (:mod:`ast`), in
which flags are resolved; the tree is printed for ``u`` or ``iu``, never ``v``, under which ``[a&&b]`` or ``[[a]]`` mean something
else.

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
from samewire.patterns.emit import emit
from samewire.patterns.errors import PatternError
from samewire.patterns.python import parse_python
from samewire.patterns.rust import parse_rust
from samewire.patterns.width import may_be_empty

__all__ = ["Dialect", "JsRegex", "PatternError", "translate"]

Dialect: TypeAlias = Literal["rust-regex", "python-re"]
"""Pydantic's names for its regex engines (``ConfigDict(regex_engine=...)``)."""

_LETTERS: dict[Dialect, frozenset[str]] = {
    "rust-regex": frozenset("imsxu"),
    "python-re": frozenset("imsxau"),
}


@dataclass(frozen=True, slots=True)
class JsRegex:
    """
    A JavaScript regular expression that accepts, by search, exactly what the original does.

    ``source`` is safe both in ``new RegExp(source, flags)`` and between the slashes of a literal. ``flags`` is ``u`` or ``iu``.
    ``warnings`` are sentences for the user: time a hostile string could cost, and syntax that reads differently than it looks.
    """

    source: str
    flags: str
    warnings: tuple[str, ...] = ()


@lru_cache(maxsize=2048)
def translate(pattern: str, dialect: Dialect, flags: str = "") -> JsRegex:
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
    source = emit(settled, ignore_case=ignore_case, never_empty=not may_be_empty(settled))
    warnings = remarks + remarks_on_backtracking(settled, pattern)
    return JsRegex(source, "iu" if ignore_case else "u", warnings)
