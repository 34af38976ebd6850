"""
Places whose values only code knows: what the user has decided on them, or a refusal that names the code.

Places of the same code are refused together, with the one line of configuration that decides on all of them.
"""

from __future__ import annotations

import sys
from typing import Any, Final, cast

from pydantic import PydanticUserError, TypeAdapter
from pydantic.errors import PydanticUndefinedAnnotation
from pydantic_core import core_schema

from samewire.coreschema import CoreSchema
from samewire.coreschema.functions import inner_function
from samewire.discover.objects import standing
from samewire.export.context import Context
from samewire.export.decisions import Site
from samewire.export.naming import class_key
from samewire.export.options import Declared
from samewire.export.refusals import Refusal, as_core_schema
from samewire.scalars.view import JsonSchema

ANYTHING: Final[CoreSchema] = core_schema.any_schema()
_EXAMPLE: Final = "builtins:str"


def declared(context: Context, key: str, decision: Declared) -> JsonSchema:
    """The schema of the type that the user has named; a refusal if Pydantic has none for it."""
    try:
        core = TypeAdapter(cast("Any", decision.type)).core_schema
    except (PydanticUserError, PydanticUndefinedAnnotation) as error:
        why = str(error).partition("\n")[0]
        return context.refuse(
            "unusable-type",
            f"{decision.source}, which `opaque` names for this place, can't be used: {why}",
            "name another type under `opaque` in the configuration",
        )
    with context.decisions.applied(key):
        return context.generate_inner(core)


def decided(context: Context, site: Site, trusted: CoreSchema | None = None) -> CoreSchema | None:
    """What the user has decided on a place, as a core schema; ``trusted`` is its declared type. ``None`` without a decision."""
    match context.decisions.on(site):
        case key, Declared() as decision:
            return as_core_schema(declared(context, key, decision))
        case _, "unknown":
            return ANYTHING
        case _, "fields" if trusted is not None:
            return trusted
        case _:
            return None


def refused(
    code: str, message: str, ways_out: str, site: Site, *, trusts_fields: bool = False
) -> JsonSchema:
    """``ways_out`` are those in the code; ``trusts_fields`` says whether the type is declared, so that the user may trust that."""
    cause, own, common = _lines(site, trusts_fields=trusts_fields)
    hint, cure = f"{ways_out}{own}", f"{ways_out}{common}"
    return Refusal(site.where, code, message, hint, cause, cure).schema


def for_all(site: Site, *, trusts_fields: bool) -> str:
    """The line of configuration that decides on all places with the cause of this one."""
    return _lines(site, trusts_fields=trusts_fields)[2]


def _lines(site: Site, *, trusts_fields: bool) -> tuple[str | None, str, str]:
    """What decides on a place, and the lines of configuration for the place alone and for all that have the same cause."""
    cause = site.cause
    named = _found(cause) if cause in site.classes else cause
    place = named if cause in site.classes else site.where
    own = _line(place if place and _is_found(place) else named, trusts_fields=trusts_fields)
    common = _line(named, trusts_fields=trusts_fields) if named else own
    if cause is None and trusts_fields and site.family is not None:
        base, function = site.family
        cause = f"{base}.{function}"
        common = (
            f'; or trust what all of them declare: opaque = {{ "{base}" = "fields" }}; '
            f'or decide on each by its own name: "{site.where}" = "fields", "unknown" or "module:Type"'
        )
    return cause, own, common


def annotated(function: object, way_out: str) -> str:
    """The way out to annotate a function, which a lambda can't be."""
    is_lambda = getattr(inner_function(function), "__name__", "") == "<lambda>"
    return f"write a function in place of the lambda, and {way_out}" if is_lambda else way_out


def _found(key: str) -> str:
    """
    A name by which the configuration finds a class: its own, or that in another module. A class that a call made may say that it is
    of the module of the function that was called.
    """
    module, _, path = key.partition(":")
    for where in (module, *sys.modules):
        found = standing(f"{where}:{path}")
        if isinstance(found, type) and class_key(found) == key:
            return f"{where}:{path}"
    return key


def _is_found(place: str) -> bool:
    """Whether the configuration can name a place: not one in a class that a function made, or in what is made of a route."""
    return standing(place) is not None or standing(place.rpartition(".")[0]) is not None


def _line(key: str | None, *, trusts_fields: bool) -> str:
    if key is None:
        return ""
    if trusts_fields:
        return (
            f'; or trust the declared type: opaque = {{ "{key}" = "fields" }}; '
            f'or name the type that is written: "{key}" = "module:Type"; or give up on it: "{key}" = "unknown"'
        )
    return (
        f'; or say it in the configuration: opaque = {{ "{key}" = "{_EXAMPLE}" }}, or another module:Type; '
        f'or give up on it: "{key}" = "unknown"'
    )


def name(thing: object) -> str:
    """What messages call a function or class."""
    thing = inner_function(thing)
    module, qualname = getattr(thing, "__module__", None), getattr(thing, "__qualname__", None)
    if qualname is None:
        return f"an instance of {name(type(thing))}" if callable(thing) else repr(thing)
    return f"{module}.{qualname}" if module else str(qualname)
