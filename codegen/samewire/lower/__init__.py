"""
From a schema document to the intermediate representation.

Every keyword is lowered, left alone for a reason, or refused at its JSON pointer (``samewire.schema.keywords``); what the result
says of a value is what the schema says. All problems of a document are found in one run.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from samewire import ir
from samewire.errors import SchemaError
from samewire.lower.conjunction import check_keywords
from samewire.lower.docs import doc_of
from samewire.lower.enums import enum_type
from samewire.lower.promises import check_promises, in_order
from samewire.lower.references import CONTAINERS, definitions
from samewire.lower.scope import Scope, Site, did_you_mean, shown
from samewire.lower.stream_order import stream_order
from samewire.lower.tags import settle_tags
from samewire.lower.types import lower_all
from samewire.lower.ui_stream import ui_stream
from samewire.schema.pointers import Pointer, find, fragment
from samewire.schema.text import check_json

__all__ = ["lower"]


def lower(document: dict[str, Any], *, where: str) -> ir.Contract:
    """
    The contract that a schema document describes. ``where`` is what its errors call it: the file it comes from.

    Without ``x-samewire-emits`` and ``x-samewire-accepts`` every definition is emitted, as in a document from elsewhere.

    Raises:
        SchemaError: with all that has no exact form, each with its pointer.

    """
    check_json(document, where)
    names = definitions(document)
    checked: frozenset[Pointer] = frozenset()
    while True:
        scope = Scope(document, where, names, lower_all, checked=checked)
        contract = _lower(scope)
        # Members of a oneOf that overlap, keys that are more than a pattern: seen when everything is lowered, and lowered again.
        if scope.failed <= checked:
            return contract
        checked |= scope.failed


def _lower(scope: Scope) -> ir.Contract:
    document, names = scope.document, scope.names
    pointers = {name: pointer for pointer, name in names.items()}
    _check_names(scope)
    found = {
        name: _definition(Site(find(document, at), at), name, scope)
        for at, name in sorted(names.items())
    }
    emits, accepts = _roots(scope)
    stream = ui_stream(scope)
    _raise(scope)
    ordered = in_order({name: each.type for name, each in found.items()}, pointers, scope)
    _raise(scope)
    types = settle_tags(ordered)
    check_promises(types, scope)
    _raise(scope)
    sites = {name: Site(find(document, at), at) for at, name in names.items()}
    order = stream_order(sites, types, emits, scope)
    _raise(scope)
    settled = tuple(replace(found[name], type=types[name]) for name in sorted(found))
    return ir.Contract(_name(document, scope.where), settled, emits, accepts, order, stream)


def _definition(site: Site, name: str, scope: Scope) -> ir.Definition:
    type_ = enum_type(site, scope.type_of(site), scope)
    source = scope.text(site, "x-samewire-source") if isinstance(site.schema, dict) else None
    return ir.Definition(name, type_, fragment(site.pointer), source, doc_of(site, name))


def _check_names(scope: Scope) -> None:
    root = Site(scope.document, ())
    check_keywords(root, scope)
    for container in CONTAINERS:
        scope.named_schemas(root, container)
    first: dict[str, str] = {}
    for pointer, name in scope.names.items():
        other = first.setdefault(name, fragment(pointer))
        if other != fragment(pointer):
            message = f"two definitions are called {shown(name)}, the other is {other}"
            scope.refuse("duplicate-definition", pointer, message, "rename one of them")


def _roots(scope: Scope) -> tuple[tuple[str, ...], tuple[str, ...]]:
    root = Site(scope.document, ())
    names = dict.fromkeys(sorted(scope.names.values()))
    if not root.has("x-samewire-emits", "x-samewire-accepts"):
        return tuple(names), ()
    emits, accepts = (scope.texts(root, key) for key in ("x-samewire-emits", "x-samewire-accepts"))
    for key, roots in (("x-samewire-emits", emits), ("x-samewire-accepts", accepts)):
        for name in roots:
            if name not in names:
                message = f"there is no definition {shown(name)}"
                scope.refuse("unknown-root", root.at(key), message, did_you_mean(name, names))
    return emits, accepts


def _raise(scope: Scope) -> None:
    if scope.diagnostics:
        raise SchemaError(*scope.diagnostics)


def _name(document: Mapping[str, Any], where: str) -> str:
    title = document.get("title")
    return title if isinstance(title, str) and title else PurePosixPath(where).stem
