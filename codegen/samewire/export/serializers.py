"""
Custom serializers: which ones say what they write, and what stands for those that don't.

A serializer function with a return annotation changes the type on the wire to that annotation. One without, or with ``Any``,
hides a type that the model does declare: such an *opaque* serializer is refused by name, unless the user has said in the
configuration what to trust. A ``dict`` or ``list`` of ``Any`` is what it says, with a warning.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import Secret
from pydantic_core import core_schema

from samewire.coreschema import (
    CoreSchema,
    choices,
    returning,
    serializer_function,
    unwrapped,
    without_serialization,
)
from samewire.coreschema.kinds import is_masked
from samewire.export import decisions, enums, opaque, presence, refusals, returns, type_hints
from samewire.export.context import Context, Remark
from samewire.export.options import Declared
from samewire.scalars.view import JsonSchema


def resolve(context: Context, core: CoreSchema) -> CoreSchema:
    """``core`` with a serialization that can be believed: the same, none at all, or a refusal."""
    if context.dump.by_django and core["serialization"].get("when_used", "").startswith("json"):
        return without_serialization(core)  # which only JSON of Pydantic's own asks for
    if core["serialization"]["type"] == "any":
        return _duck_typed(context, core)
    function = serializer_function(core)
    if function is None:
        return core
    if returns.is_pydantics_own(function):
        return _pydantics(context, core, function)
    returned = core["serialization"].get("return_schema")
    if returned is None or _is_left_open(function):
        cls = core.get("cls", context.place.owner)
        returned = of_function(context, function, cls) or returned
    if returns.is_wide(returned):
        returned = returns.of_listing(core, function) or returned
    if returned is not None:
        core = _with_none(context, returning(core, returned))
    return core if not returns.is_wide(returned) else _opaque(context, core, function, returned)


def _pydantics(context: Context, core: CoreSchema, function: Callable[..., object]) -> CoreSchema:
    if is_masked(core):
        return returning(core, _mask(core))
    if core["serialization"].get("return_schema"):
        return _with_none(context, core)
    converted = returns.converted(core, function)  # by `json_encoders`
    # The others write what the type's own JSON Schema hook says, e.g. URLs and IP addresses.
    return without_serialization(core) if converted is None else returning(core, converted)


def _opaque(
    context: Context,
    core: CoreSchema,
    function: Callable[..., object],
    returned: CoreSchema | None,
) -> CoreSchema:
    """What stands for a serializer that does not say what it writes."""
    cls = core.get("cls")
    site = (
        decisions.of_field(
            context.place.owner, context.place.where, function, context.place.annotation
        )
        if cls is None
        else decisions.of_class(cls, function)
    )
    match context.decisions.on(site):
        case key, Declared() as declared:
            schema = opaque.declared(context, key, declared)
            return _with_none(context, returning(core, refusals.as_core_schema(schema)))
        case _, "fields":
            return without_serialization(core)
        case _, "unknown":
            return returning(core, core_schema.any_schema())
        case _ if returned is not None and returns.is_wide(returns.declared(core)):
            return core
        case _:
            what = f"the serializer {opaque.name(function)} {_why(function, returned)}"
            declared_type = unwrapped(without_serialization(core))["type"]
            trusts_fields = declared_type not in ("function-plain", "any", "is-instance")
            if returned is not None and not returns.says_nothing(returned):
                message = f"{what}, so what is in it is unknown"
                line = opaque.for_all(site, trusts_fields=trusts_fields)
                hint = f"annotate what is in it, with a TypedDict for example{line}"
                context.remark(site.where, Remark("wide-serializer", message, hint))
                return core
            schema = opaque.refused(
                "opaque-serializer",
                f"{what}, so its output is unknown",
                opaque.annotated(function, "annotate its return type"),
                site,
                trusts_fields=trusts_fields,
            )
            return returning(core, refusals.as_core_schema(schema))


def _is_left_open(function: Callable[..., object]) -> bool:
    """Whether a function is annotated with type variables, for which Pydantic takes any value, also in a generic with arguments."""
    annotation = type_hints.returned(function)
    return any(isinstance(part, TypeVar) for part in type_hints.parts(annotation))


def of_function(
    context: Context, function: Callable[..., object], cls: type[Any] | None = None
) -> CoreSchema | None:
    """What is written of the values that a function returns whose type Pydantic was not told."""
    configurations = enums.distinct((context.view.config, *context.view.inferred))
    return returns.of_function(function, cls, same_configuration=len(configurations) == 1)


def _why(function: Callable[..., object], returned: CoreSchema | None) -> str:
    if returned is not None:
        return "returns a type wider than what the model declares"
    if type_hints.returned(function) is type_hints.UNSTATED:
        return "has no return annotation"
    return "returns a type of which Pydantic writes what it finds in the value"


def is_authors(core: CoreSchema) -> bool:
    """Whether a function of the type's author writes it, and not one that Pydantic has for the type."""
    function = serializer_function(core)
    return function is not None and not returns.is_pydantics_own(function)


def _with_none(context: Context, core: CoreSchema) -> CoreSchema:
    """``core`` with null among what is written, if its serializer leaves ``None`` alone."""
    serialization = core["serialization"]
    if serialization.get("when_used") not in ("unless-none", "json-unless-none"):
        return core
    if not presence.may_be_none(context, without_serialization(core)):
        return core
    return returning(core, core_schema.nullable_schema(serialization["return_schema"]))


def _mask(core: CoreSchema) -> core_schema.CoreSchema:
    """What is written of a secret (pydantic.types): ten asterisks, nothing if it is empty or zero, or what its class displays."""
    function = core.get("json_schema", {}).get("function", {}).get("function")
    made = inspect.getclosurevars(function).nonlocals if inspect.isfunction(function) else {}
    cls = made.get("cls", Secret)
    if getattr(cls, "_display", None) is not Secret._display:  # noqa: SLF001  # which the documentation has one override
        return core_schema.str_schema()
    return core_schema.literal_schema(["**********", ""])


def _duck_typed(context: Context, core: CoreSchema) -> CoreSchema:
    """``SerializeAsAny``: written is what the value's own class has, not what the annotation says."""
    plain = without_serialization(core)
    if _has_no_subclasses(plain):
        return plain
    inner = unwrapped(plain)
    cls = (context.references.target(inner) or inner).get("cls")
    site = decisions.of_field(context.place.owner, context.place.where, None, cls=cls)
    if not site.classes:
        site = site.in_family("SerializeAsAny")
    if (decided := opaque.decided(context, site, plain)) is not None:
        return decided
    message = (
        "SerializeAsAny, or an open type variable, writes the keys of the value's actual class"
    )
    ways_out = "name the classes in a union"
    refused = opaque.refused("opaque-serializer", message, ways_out, site, trusts_fields=True)
    return refusals.as_core_schema(refused)


def polymorphic(context: Context, cls: type[Any]) -> JsonSchema | None:
    """
    What stands for a class with ``polymorphic_serialization``, which writes the keys of whatever subclass an instance has;
    ``None`` if that is what the class declares.
    """
    if getattr(cls, "__final__", False):
        return None
    site = decisions.of_class(cls).in_family("polymorphic_serialization")
    match context.decisions.on(site):
        case key, Declared() as declared:
            return opaque.declared(context, key, declared)
        case _, "fields":
            return None
        case _, "unknown":
            return {}
        case _:
            message = "polymorphic_serialization writes the keys of an instance's actual subclass"
            ways_out = "mark the class as typing.final, or name the classes in a union"
            return opaque.refused("opaque-serializer", message, ways_out, site, trusts_fields=True)


def _has_no_subclasses(core: CoreSchema) -> bool:
    """Whether Pydantic makes every value of a type an instance of the very class that is declared."""
    match core["type"]:
        case "int" | "str" | "bool" | "none" | "literal":
            return True
        case "nullable" | "default":
            # Not through functions: a validator may return an instance of any class.
            return _has_no_subclasses(core["schema"])
        case "union":
            return all(map(_has_no_subclasses, choices(core)))
        case "list" | "set" | "frozenset":
            return "items_schema" in core and _has_no_subclasses(core["items_schema"])
        case _:
            return False
