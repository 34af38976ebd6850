"""
The classes that a class inherits from, as ``x-samewire-bases`` of its definition names theirs.

JSON Schema has no inheritance, and equal fields may be equal by chance. So the export, which has the classes at hand, names the
definitions that describe a base class in the same form. Whether an interface can extend another one is for the target to find
out: a field may be declared again, left out or read by another name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from typing_extensions import get_original_bases, is_typeddict

from samewire.export.definition_keys import Key
from samewire.scalars.view import JsonSchema


def with_bases(
    definitions: Mapping[str, JsonSchema],
    names: Mapping[str, str],
    origins: Mapping[str, type[Any] | None],
) -> dict[str, JsonSchema]:
    """``names`` are those of the definitions by their keys; the first key of several is what a definition is described by."""
    classes = {key: origins.get(Key.parse(key).core_ref) for key in names}
    known = {(Key.parse(key).form, cls): names[key] for key, cls in classes.items() if cls}
    made = dict(definitions)
    done: set[str] = set()
    for key, cls in classes.items():
        name = names[key]
        if cls is None or name in done:
            continue
        done.add(name)
        form = Key.parse(key).form
        bases = [known[form, base] for base in _bases(cls) if (form, base) in known]
        bases = [base for base in dict.fromkeys(bases) if base != name]
        if bases:
            made[name] = {**made[name], "x-samewire-bases": bases}
    return made


def _bases(cls: type[Any]) -> Iterator[type[Any]]:
    """The classes that a class inherits from, the nearest first. Typed dictionaries keep theirs apart from the order of methods."""
    if not is_typeddict(cls):
        yield from cls.__mro__[1:]
        return
    for base in get_original_bases(cls):
        if is_typeddict(base):
            yield base
            yield from _bases(base)
