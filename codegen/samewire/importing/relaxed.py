"""The types of a document, without the places that have no form: each becomes any value, and is a loss."""

from __future__ import annotations

from typing import Any, Final

from samewire import ir, jsonschema
from samewire.errors import Diagnostic, ModelError, NameClashError, SchemaError
from samewire.importing.losses import Loss
from samewire.schema.keywords import subschemas
from samewire.schema.pointers import Pointer, find, fragment

_KEPT: Final = frozenset(("title", "description", "x-samewire-root", "x-samewire-source"))

_BESIDE: Final = frozenset(("properties", "allOf", "$ref", "patternProperties"))
_CHOICES: Final = frozenset(("anyOf", "oneOf", "if", "then", "else", "dependentSchemas", "not"))


def lowered(document: dict[str, Any]) -> tuple[ir.Contract, list[Loss]]:
    """
    Lowers a document, and relaxes it where it has no exact form.

    Raises:
        SamewireError: it has no form for a reason that is not at one place.

    """
    losses: list[Loss] = []
    simple = False
    while True:
        try:
            return jsonschema.lower(document, where=""), losses
        except (SchemaError, ModelError, NameClashError) as error:
            places = {_place(each, document): each for each in error.diagnostics}
            places.pop(None, None)
            if not places and simple:
                raise
            if not places:
                simple = True
                losses += _without_choices(document)
            for pointer, each in places.items():
                if pointer is not None:
                    _relax(document, pointer)
                    where = fragment(pointer[1:]).removeprefix("#/")
                    losses.append(Loss("not-read", where, each.message))


def _without_choices(document: dict[str, Any]) -> list[Loss]:
    """Leaves out what multiplies: alternatives and conditions beside fields, of a document that is too large with them."""
    losses: list[Loss] = []
    pending: list[tuple[Pointer, Any]] = [
        (("$defs", name), schema) for name, schema in document["$defs"].items()
    ]
    while pending:
        pointer, schema = pending.pop()
        if not isinstance(schema, dict):
            continue
        if _BESIDE.intersection(schema):
            for key in sorted(_CHOICES.intersection(schema)):
                del schema[key]
                where = fragment(pointer[1:]).removeprefix("#/")
                losses.append(Loss("too-many-choices", where, key))
        pending += [((*pointer, *path), inner) for path, inner in subschemas(schema)]
    return losses


def _place(diagnostic: Diagnostic, document: dict[str, Any]) -> Pointer | None:
    """The schema that a diagnostic is about, or the one around the place that it names."""
    pointer = _pointer(diagnostic.where, document)
    while len(pointer) > 1:
        found = find(document, pointer)
        if isinstance(found, dict) and found.keys() - _KEPT and not _holds_schemas(pointer):
            return pointer
        pointer = pointer[:-1]
    return None


def _pointer(where: str, document: Any) -> Pointer:
    """The place that :func:`samewire.schema.pointers.fragment` has written out for people, as far as there is one."""
    found: list[str] = []
    for part in where.partition("#/")[2].split("/"):
        keys = document if isinstance(document, dict) else map(str, range(len(document or ())))
        key = next((each for each in keys if fragment((each,)) == f"#/{part}"), None)
        if key is None:
            break
        found.append(key)
        document = document[key] if isinstance(document, dict) else document[int(key)]
        if not isinstance(document, dict | list):
            break
    return tuple(found)


def _holds_schemas(pointer: Pointer) -> bool:
    """Whether a place has schemas by name and is none itself: ``properties``, if that is not the name of one."""
    named = ("properties", "patternProperties", "dependentSchemas", "$defs")
    depth = 0
    for part in reversed(pointer):
        if part not in named:
            break
        depth += 1
    return depth % 2 == 1


def _relax(document: dict[str, Any], pointer: Pointer) -> None:
    schema = find(document, pointer)
    if isinstance(schema, dict):
        for key in schema.keys() - _KEPT:
            del schema[key]
