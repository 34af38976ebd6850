"""Patterns of a foreign document that JavaScript may take very long to match."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from samewire import ir
from samewire.errors import Diagnostic
from samewire.patterns import PatternSyntaxError
from samewire.patterns.ambiguity import remarks_on_backtracking
from samewire.schema.keywords import subschemas
from samewire.schema.pointers import Pointer, fragment


def risky_patterns(document: Mapping[str, Any], where: str) -> Iterator[Diagnostic]:
    """A warning for each pattern, at the first of its places."""
    seen = set[tuple[str, str]]()
    pending: list[tuple[Pointer, Any]] = [((), document)]
    while pending:
        pointer, schema = pending.pop()
        pending += [((*pointer, *steps), inner) for steps, inner in subschemas(schema)][::-1]
        for at, pattern, flags in _patterns(schema):
            if (pattern, flags) not in seen:
                seen.add((pattern, flags))
                place = f"{where}{fragment((*pointer, *at))}"
                for remark in _remarks(pattern, flags):
                    yield Diagnostic("risky-pattern", place, remark)


def _patterns(schema: Any) -> Iterator[tuple[Pointer, str, str]]:
    if not isinstance(schema, Mapping):
        return
    flags = schema.get("x-samewire-pattern-flags", "u")
    if isinstance(pattern := schema.get("pattern"), str) and isinstance(flags, str):
        yield ("pattern",), pattern, flags
    if isinstance(keys := schema.get("patternProperties"), Mapping):
        for key in keys:
            yield ("patternProperties", key), key, "u"


def _remarks(pattern: str, flags: str) -> tuple[str, ...]:
    try:
        regex = ir.Regex.parse(pattern, flags)
    except (PatternSyntaxError, ValueError):  # which the lowering reports
        return ()
    return remarks_on_backtracking(regex.tree, pattern, ignore_case=regex.ignore_case)
