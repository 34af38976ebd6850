"""
From a schema document to the intermediate representation.

Every keyword is lowered, left alone for a reason, or refused at its JSON pointer (``samewire.schema.keywords``); what the result
says of a value is what the schema says. All problems of a document are found in one run.

A definition that the exporter wrote is lowered by ``samewire.lower.types``. One that a type's author or somebody else wrote may use
more of JSON Schema: ``samewire.jsonschema`` lowers it, and is imported for that alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any, Protocol

from samewire import ir
from samewire.brand import NEW_TYPE
from samewire.errors import SchemaError
from samewire.extensions import extensions
from samewire.lower.dependencies import in_order
from samewire.lower.discriminators import check_mappings
from samewire.lower.docs import doc_of
from samewire.lower.enums import enum_type
from samewire.lower.keys import check_keys
from samewire.lower.keywords import check_keywords
from samewire.lower.scope import BeyondSubsetError, Scope, Site, shown
from samewire.lower.stream_order import stream_order
from samewire.lower.tags import with_tags
from samewire.lower.types import type_of
from samewire.schema.pointers import Pointer, find, fragment
from samewire.schema.text import check_json

__all__ = ["lower"]


class Lowering(Protocol):
    """What turns the schemas of definitions into types, in one run over one document."""

    def type_of(self, site: Site) -> ir.Type: ...

    def check(self, types: Mapping[str, ir.Type]) -> None:
        """Checks what can be seen only when every definition is lowered; what does not hold goes to ``Scope.failed``."""


class Definitions:
    """Lowers each definition by the plain descent, and by the engine of ``samewire.jsonschema`` what is beyond that."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.engine: Lowering | None = None
        self.beyond = {at[:length] for at in scope.checked for length in range(len(at) + 1)}

    def type_of(self, site: Site) -> ir.Type:
        mark = self.scope.mark()
        if site.pointer not in self.beyond:
            try:
                return self.scope.type_of(site)
            except BeyondSubsetError:
                self.scope.rewind(mark)
        if self.engine is None:
            from samewire.jsonschema import Engine  # noqa: PLC0415  # few contracts need it

            self.engine = Engine(self.scope)
        return self.engine.type_of(site)

    def check(self, types: Mapping[str, ir.Type]) -> None:
        if self.engine is not None:
            self.engine.check(types)


def lower(
    document: dict[str, Any],
    *,
    where: str,
    names: Mapping[Pointer, str] | None = None,
    lowering: Callable[[Scope], Lowering] = Definitions,
) -> ir.Contract:
    """
    The contract that a schema document describes. ``where`` is what its errors call it: the file it comes from.

    ``names`` are the definitions by their pointers, by default the entries of ``$defs``. If no definition has
    ``x-samewire-root``, every definition is emitted, as in a document from elsewhere.

    Raises:
        SchemaError: with all that has no exact form, each with its pointer.

    """
    check_json(document, where)
    if names is None:
        entries = document.get("$defs")
        names = {("$defs", name): name for name in (entries if isinstance(entries, dict) else ())}
    checked: frozenset[Pointer] = frozenset()
    while True:
        scope = Scope(document, where, names, type_of, checked=checked)
        contract = _lower(scope, lowering(scope))
        # Members of a oneOf that overlap, keys that are more than a pattern: seen when everything is lowered, and lowered again.
        if scope.failed <= checked:
            return contract
        checked |= scope.failed


def _lower(scope: Scope, lowering: Lowering) -> ir.Contract:
    document, names = scope.document, scope.names
    _check_names(scope)
    definitions = {
        name: _definition(Site(find(document, at), at), name, lowering, scope)
        for at, name in sorted(names.items())
    }
    emits, accepts = _roots(scope)
    extended = [value for one in extensions() if (value := one.lower(scope)) is not None]
    _raise(scope)
    ordered = in_order({name: each.type for name, each in definitions.items()}, scope)
    _raise(scope)
    types = with_tags(ordered)
    lowering.check(types)
    check_mappings(types, scope)
    check_keys(types, scope)
    _raise(scope)
    sites = {name: Site(find(document, at), at) for at, name in names.items()}
    order = stream_order(sites, types, emits, scope)
    _raise(scope)
    tagged = tuple(replace(definitions[name], type=types[name]) for name in sorted(definitions))
    return ir.Contract(_name(document, scope.where), tagged, emits, accepts, order, tuple(extended))


def _definition(site: Site, name: str, lowering: Lowering, scope: Scope) -> ir.Definition:
    type_ = enum_type(site, lowering.type_of(site), scope)
    source = scope.text(site, "x-samewire-source") if isinstance(site.schema, dict) else None
    brand = isinstance(site.schema, dict) and scope.flag(site, NEW_TYPE)
    doc = doc_of(site, name)
    return ir.Definition(
        name, type_, fragment(site.pointer), source, doc, brand, bases(site, scope)
    )


def bases(site: Site, scope: Scope) -> tuple[str, ...]:
    """The definitions of base classes (``x-samewire-bases``). One that was left out of the document is none."""
    if not isinstance(site.schema, dict) or "x-samewire-bases" not in site.schema:
        return ()
    named = scope.texts(site, "x-samewire-bases")
    return tuple(base for base in named if base in scope.pointers)


def _check_names(scope: Scope) -> None:
    root = Site(scope.document, ())
    check_keywords(root, scope)
    for container in ("$defs", "definitions"):
        scope.named_schemas(root, container)
    first: dict[str, str] = {}
    for pointer, name in scope.names.items():
        other = first.setdefault(name, fragment(pointer))
        if other != fragment(pointer):
            message = f"two definitions have the name {shown(name)}; the other is {other}"
            scope.refuse("duplicate-definition", pointer, message, "rename one of them")


def _roots(scope: Scope) -> tuple[tuple[str, ...], tuple[str, ...]]:
    roots: dict[str, list[str]] = {"emits": [], "accepts": []}
    for pointer, name in sorted(scope.names.items(), key=lambda item: item[1]):
        site = Site(find(scope.document, pointer), pointer)
        for direction in (
            scope.texts(site, "x-samewire-root") if site.has("x-samewire-root") else ()
        ):
            if direction in roots:
                roots[direction].append(name)
            else:
                scope.invalid(site, "x-samewire-root", 'a list of "emits" and "accepts"')
    if not any(roots.values()):
        return tuple(sorted(scope.names.values())), ()
    return tuple(roots["emits"]), tuple(roots["accepts"])


def _raise(scope: Scope) -> None:
    if scope.diagnostics:
        raise SchemaError(*scope.diagnostics)


def _name(document: Mapping[str, Any], where: str) -> str:
    title = document.get("title")
    return title if isinstance(title, str) and title else PurePosixPath(where).stem
