"""
Validators that stand in the place of a type: plain ones, and those around anything.

What is accepted and emitted is as the author declares it, in ``json_schema_input_type`` or the annotations of the function. Where
nothing is declared, the place is refused, not given up on, unless the annotation of the field says ``Any`` itself.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Final

from samewire.coreschema import CoreSchema, layers, unwrapped, validator_function
from samewire.export import decisions, opaque, returns, serializers, type_hints, unions
from samewire.export.context import Context
from samewire.export.refusals import NO_FORM
from samewire.scalars.view import JsonSchema

_WAYS_OUT: Final = (
    "annotate the function's parameter and return type, or describe the JSON with "
    "WithJsonSchema({...})"
)


def plain(context: Context, core: CoreSchema) -> JsonSchema:
    """A validator without a schema inside."""
    function = core["function"]["function"]
    declared = core.get("json_schema_input_schema")
    if not context.emits and declared is not None and declared["type"] != "any":
        return context.generate_inner(declared)
    if declared is not None and type_hints.says_any(context.place.annotation):
        return {}
    return _stated(context, function, core)


def around(context: Context, core: CoreSchema) -> JsonSchema:
    """A validator around a schema, which says what the values are unless it lets everything through."""
    instead = _around_anything(context, core)
    return context.as_pydantic_does(core) if instead is None else instead


def _around_anything(context: Context, core: CoreSchema) -> JsonSchema | None:
    """A validator around a schema that lets everything through; ``None`` if the schema inside says what the values are."""
    declared = core.get("json_schema_input_schema")
    if unwrapped(core)["type"] != "any" or (not context.emits and declared is not None):
        return None
    if type_hints.says_any(context.place.annotation):
        return None
    functions = filter(None, map(validator_function, layers(core)))
    function = next(filter(type_hints.defined_elsewhere, functions), None)
    return None if function is None else _stated(context, function, core)


def anything(context: Context, core: CoreSchema) -> JsonSchema:  # noqa: ARG001 - a kind has no parts
    """A schema that lets everything through, which a class may say of itself."""
    if type_hints.says_any(context.place.annotation):
        return {}
    classes = type_hints.with_schemas_of_their_own(context.place.annotation)
    if not classes:
        return {}
    function = classes[0].__get_pydantic_core_schema__
    site = decisions.of_field(
        context.place.owner, context.place.where, function, context.place.annotation
    )
    if (decided := _decided(context, site)) is not None:
        return decided
    message = (
        f"{classes[0].__module__}.{classes[0].__qualname__} takes and gives values of every type"
    )
    return opaque.refused(
        "opaque-validator", message, "give it a core schema that declares them", site
    )


def subclass(context: Context, core: CoreSchema) -> JsonSchema:
    return context.no_form(f"a subclass of {opaque.name(core['cls'])}")


def callable_(context: Context, core: CoreSchema) -> JsonSchema:  # noqa: ARG001 - a kind has no parts
    return context.no_form("a callable")


def instance(context: Context, core: CoreSchema) -> JsonSchema:
    """An instance of a class that Pydantic knows nothing of."""
    cls = core["cls"]
    if cls is Hashable and not context.emits:
        return unions.any_of([{"type": kind} for kind in ("string", "number", "boolean", "null")])
    what = f"an arbitrary instance of {opaque.name(cls)}"
    if not isinstance(cls, type):  # a tuple of classes
        return context.no_form(what)
    site = decisions.of_field(context.place.owner, context.place.where, None, cls=cls)
    decided = _decided(context, site)
    if decided is not None:
        return decided
    return opaque.refused("no-json-form", f"{what} has no JSON form", NO_FORM, site)


def _stated(context: Context, function: Callable[..., object], core: CoreSchema) -> JsonSchema:
    """What is decided or declared of the values of a function, or a refusal."""
    site = decisions.of_field(
        context.place.owner, context.place.where, function, context.place.annotation
    )
    if (decided := _decided(context, site, core)) is not None:
        return decided
    stated = (
        returns.taken(function) if not context.emits else serializers.of_function(context, function)
    )
    if stated is not None and not returns.is_wide(stated):
        return context.generate_inner(stated)
    message = (
        f"the validator {opaque.name(function)} does not declare the types that it takes "
        "and returns"
    )
    return opaque.refused("opaque-validator", message, opaque.annotated(function, _WAYS_OUT), site)


def _decided(
    context: Context, site: decisions.Site, core: CoreSchema | None = None
) -> JsonSchema | None:
    trusted = None if core is None else core.get("serialization", {}).get("schema")
    decided = opaque.decided(context, site, trusted)
    if decided is opaque.ANYTHING:
        return {}
    return None if decided is None else context.generate_inner(decided)
