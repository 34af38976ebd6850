"""Which types a diagnostic is about, what depends on them, and how their author can fix it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from samewire.config.words import OBJECT
from samewire.errors import Diagnostic
from samewire.export.subset import without
from samewire.schema import parse, python_source

_END: Final = re.compile("[. ]")  # what may follow a source in the place of a diagnostic


def blamed(
    diagnostics: Sequence[Diagnostic], definitions: Mapping[str, dict[str, Any]]
) -> Iterator[str]:
    """The definitions that diagnostics are about: by pointer, by name, or by the Python object or its owner."""
    by_source: dict[str, list[str]] = {}
    for name, definition in definitions.items():
        if source := python_source(definition):
            by_source.setdefault(source, []).append(name)
    for diagnostic in diagnostics:
        where = diagnostic.where
        if where in definitions:
            yield where
            continue
        pointer = parse(f"#{where.partition('#')[2]}") or ()
        if len(pointer) > 1:
            if pointer[1] in definitions:
                yield pointer[1]
            continue
        for end in (len(where), *(match.start() for match in _END.finditer(where))):
            yield from by_source.get(where[:end], ())


def lost_with(diagnostic: Diagnostic, document: Mapping[str, Any]) -> tuple[str, ...]:
    definitions = document["$defs"]
    left = without(document, blamed([diagnostic], definitions))["$defs"]
    gone = definitions.keys() - left.keys()
    return tuple(sorted({python_source(definitions[name]) or name for name in gone}))


def with_source(diagnostic: Diagnostic, definitions: Mapping[str, dict[str, Any]]) -> Diagnostic:
    """Replaces a pointer into a schema document with the name of the type there."""
    pointer = parse(f"#{diagnostic.where.partition('#')[2]}") or ()
    name = pointer[1] if len(pointer) > 1 else diagnostic.where
    source = python_source(definitions.get(name, {}))
    return replace(diagnostic, where=f"{source} ({diagnostic.where})") if source else diagnostic


def with_way_out(diagnostic: Diagnostic) -> Diagnostic:
    """Adds the configuration line that omits a type or field without an exact form."""
    is_said = "exclude = [" in (diagnostic.hint or "")
    if is_said or diagnostic.places > 1 or not OBJECT.fullmatch(diagnostic.where):
        return diagnostic
    way_out = f'to do without it: exclude = ["{diagnostic.where}"]'
    return replace(diagnostic, hint=f"{diagnostic.hint}; {way_out}" if diagnostic.hint else way_out)
