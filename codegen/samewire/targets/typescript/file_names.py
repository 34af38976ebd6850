"""The names of files of a contract in several files of one kind: of the Python module that a type comes from, or of the type."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from samewire import ir
from samewire.graph import components
from samewire.identifiers import words
from samewire.targets import Layout
from samewire.walk import references

_RESERVED: Final = words(
    "con prn aux nul com1 com2 com3 com4 com5 com6 com7 com8 com9 lpt1 lpt2 lpt3 lpt4 lpt5 lpt6 lpt7 lpt8 lpt9"
)
_AWKWARD: Final = re.compile(r"[^A-Za-z0-9_-]")
_PLAIN: Final = re.compile(r"_*[A-Za-z0-9]")
_LONGEST: Final = 100


def stems(
    definitions: Mapping[str, ir.Definition],
    names: Mapping[str, str],
    layout: Layout,
    contract: str,
) -> dict[str, str]:
    """
    The name of the file of each definition, without its extension; nothing where the contract has one file of a kind.

    It depends on the definition alone, so that no other one moves it. Two that differ in case alone, or behind the first hundred
    characters, share the file of the first.
    """
    if layout == "file":
        return {}
    found: dict[str, str] = {}
    first: dict[str, str] = {}
    for key, each in definitions.items():
        stem = _file_name(names[key]) if layout == "models" else _module(each.source, contract)
        found[key] = first.setdefault(stem.casefold(), stem)
    return _with_generics(found, definitions) if layout == "modules" else found


def without_circles(
    stems: Mapping[str, str], definitions: Mapping[str, ir.Definition]
) -> dict[str, str]:
    """
    The file of the validators of each definition, such that no file needs itself in the end: those of definitions that form a
    circle stand in the first of their files, and where files still need each other, they are one.
    """
    edges = {key: references(definitions[key].type) for key in stems}
    homes = dict(stems)
    for circle in components(homes, edges):
        homes |= dict.fromkeys(circle, min(homes[key] for key in circle))
    needs: dict[str, set[str]] = {stem: set() for stem in stems.values()}
    for key, home in homes.items():
        needs[home].update(homes[used] for used in edges[key])
        needs[stems[key]].add(home)  # from where it is exported
    one = {
        stem: min(circle)
        for circle in components(needs, {stem: tuple(sorted(of)) for stem, of in needs.items()})
        for stem in circle
    }
    return {key: one[home] for key, home in homes.items()}


def _with_generics(
    own: Mapping[str, str], definitions: Mapping[str, ir.Definition]
) -> dict[str, str]:
    """A generic stands where its argument does: ``Page[User]`` belongs to users, of which the module of ``Page`` knows nothing."""
    found = dict(own)
    edges = {key: references(each.type) for key, each in definitions.items()}
    for circle in components(found, edges):
        for key in circle:
            if "[" in (definitions[key].source or ""):
                others = {found[used] for used in edges[key]} - {own[key]}
                found[key] = min(others, default=own[key])
    return found


def _module(source: str | None, contract: str) -> str:
    """``app.models.user`` as ``app-models-user``: with dots, some would be declarations to TypeScript (``app.d.ts``)."""
    module, colon, _ = (source or "").partition(":")
    return _file_name(module.replace(".", "-") if colon and "#" not in module else contract)


def _file_name(text: str) -> str:
    """Of ASCII letters, digits, ``_`` and ``-``, one of the first two in front of any ``-``, and of no device of Windows."""
    name = _AWKWARD.sub(lambda found: f"U{ord(found[0]):X}", text)[:_LONGEST]
    if not _PLAIN.match(name):
        return f"file{name}"
    return f"{name}_" if name.casefold() in _RESERVED else name
