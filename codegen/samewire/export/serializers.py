"""
Custom serializers: which ones say what they write, and what stands for those that don't.

A serializer function with a return annotation changes the type on the wire to that annotation. One without, or with one as
wide as ``Any``, hides a type that the model does declare: such an *opaque* serializer is refused by name, unless the user has
said in the configuration what to trust.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from pydantic import PydanticUserError, Secret, TypeAdapter
from pydantic.errors import PydanticUndefinedAnnotation
from pydantic_core import core_schema

from samewire.coreschema import choices
from samewire.export import presence, refusals, returns
from samewire.export.context import Context
from samewire.export.naming import class_key
from samewire.export.options import Declared, Opaque
from samewire.scalars.view import JsonSchema


def resolve(context: Context, core: Mapping[str, Any]) -> Mapping[str, Any]:
    """``core`` with a serialization that can be believed: the same, none at all, or a refusal."""
    ser = core["serialization"]
    if ser["type"] == "any":
        return _duck_typed(context, core)
    core = _with_none(context, core)
    ser = core["serialization"]
    if ser["type"] not in ("function-plain", "function-wrap"):
        return core
    if returns.is_pydantics_own(ser["function"]):
        if is_masked(core):
            return {**core, "serialization": {**ser, "return_schema": _mask(core)}}
        if ser.get("return_schema"):
            return core
        if (
            converted := returns.converted(core, ser["function"])
        ) is not None:  # by `json_encoders`
            return {**core, "serialization": {**ser, "return_schema": converted}}
        # These write what the type's own JSON Schema hook says, e.g. URLs and IP addresses.
        return _without_serialization(core)
    returned = ser.get("return_schema") or returns.of_known_function(ser["function"])
    if returned is not None and "return_schema" not in ser:
        return {**core, "serialization": {**ser, "return_schema": returned}}
    if not returns.is_wide(returned):
        return core
    places = _places(context, core, ser["function"])
    match _decision(context, places):
        case Declared() as declared:
            return _with_none(
                context,
                {**core, "serialization": {**ser, "return_schema": _core_of(context, declared)}},
            )
        case "fields":
            return _without_serialization(core)
        case "unknown":
            return {**core, "serialization": {**ser, "return_schema": core_schema.any_schema()}}
        case None if returned is not None and returns.is_wide(returns.declared(core)):
            return core
        case None:
            annotated = returned is not None
            refused = _refusal(context, places[-1], ser["function"], annotated=annotated)
            returned = refusals.as_core_schema(refused)
            return {**core, "serialization": {**ser, "return_schema": returned}}


_OR_ELSE = 'or name the type that is written: "{where}" = "module:Type"; or give up on it: "{where}" = "unknown"'


def _decision(context: Context, places: Sequence[str]) -> Opaque | None:
    """What the user has decided on a serializer, at the first of the places that have anything."""
    options = context.options.opaque
    return next((options[place] for place in places if place in options), None)


def _core_of(context: Context, declared: Declared) -> core_schema.CoreSchema:
    """The core schema of the type that stands for a serializer; a refusal if Pydantic has none."""
    try:
        return TypeAdapter(cast("Any", declared.type)).core_schema
    except (PydanticUserError, PydanticUndefinedAnnotation) as error:
        why = str(error).partition("\n")[0]
        refused = context.refuse(
            "unusable-type",
            f"{declared.source}, which stands for what a serializer writes, can't be used: {why}",
            "name another type under `opaque` in the configuration",
        )
        return refusals.as_core_schema(refused)


def is_authors(core: Mapping[str, Any]) -> bool:
    """Whether a function of the type's author writes it, and not one that Pydantic has for the type."""
    ser = core.get("serialization", {})
    return ser.get("type") in ("function-plain", "function-wrap") and not returns.is_pydantics_own(
        ser["function"]
    )


def is_masked(core: Mapping[str, Any]) -> bool:
    """Whether it is one of Pydantic's secrets, of which asterisks are written."""
    function = core.get("serialization", {}).get("function")
    return getattr(function, "__name__", "").startswith("_serialize_secret")


def _with_none(context: Context, core: Mapping[str, Any]) -> Mapping[str, Any]:
    """``core`` with null among what is written, if its serializer leaves ``None`` alone."""
    ser = core["serialization"]
    returned = ser.get("return_schema")
    if ser.get("when_used") not in ("unless-none", "json-unless-none") or returned is None:
        return core
    if not presence.may_be_none(context, _without_serialization(core)):
        return core
    nullable = core_schema.nullable_schema(returned)
    return {**core, "serialization": {**ser, "return_schema": nullable}}


def _mask(core: Mapping[str, Any]) -> core_schema.CoreSchema:
    """What is written of a secret (pydantic.types): ten asterisks, nothing if it is empty or zero, or what its class displays."""
    function = core.get("json_schema", {}).get("function", {}).get("function")
    made = inspect.getclosurevars(function).nonlocals if inspect.isfunction(function) else {}
    cls = made.get("cls", Secret)
    if getattr(cls, "_display", None) is not Secret._display:  # noqa: SLF001  # which the documentation has one override
        return core_schema.str_schema()
    return core_schema.literal_schema(["**********", ""])


def _duck_typed(context: Context, core: Mapping[str, Any]) -> Mapping[str, Any]:
    """``SerializeAsAny``: written is what the value's own class has, not what the annotation says."""
    where = context.where
    if _has_no_subclasses(_without_serialization(core)):
        return _without_serialization(core)
    match _decision(context, [where]):
        case Declared() as declared:
            return _core_of(context, declared)
        case "fields":
            return _without_serialization(core)
        case "unknown":
            return core_schema.any_schema()
        case None:
            refused = context.refuse(
                "opaque-serializer",
                "SerializeAsAny, or a type variable left open, writes the keys of whatever class the value has",
                f'name the classes in a union; or trust the declared type: opaque = {{ "{where}" = "fields" }}; '
                f"{_OR_ELSE.format(where=where)}",
                where,
            )
            return refusals.as_core_schema(refused)


def _places(
    context: Context, core: Mapping[str, Any], function: Callable[..., object]
) -> list[str]:
    """
    Where the user may decide on a serializer: at the class or field itself, or at a class that it is inherited from.

    The last one is the class that defines it.
    """
    cls: type[Any] | None = core.get("cls")
    field = ""
    if cls is None:
        cls = context.owner
        field = context.where.removeprefix(class_key(cls)) if cls is not None else ""
    if cls is None or (not field.removeprefix(".").isidentifier() and field):
        return [context.where]
    places: list[str] = []
    for base in cls.__mro__:
        if base.__module__.partition(".")[0] == "pydantic":
            break
        places.append(f"{class_key(base)}{field}")
        if getattr(function, "__name__", "") in vars(base):
            return places
    return places[:1]


def _refusal(
    context: Context, where: str, function: Callable[..., object], *, annotated: bool
) -> JsonSchema:
    named = function.func if isinstance(function, functools.partial) else function
    name = getattr(named, "__qualname__", type(named).__qualname__)
    why = (
        "returns a type wider than what the model declares"
        if annotated
        else "has no return annotation"
    )
    return context.refuse(
        "opaque-serializer",
        f"the serializer {name} {why}, so what it writes is not known",
        f'annotate its return type; or trust the declared type: opaque = {{ "{where}" = "fields" }}; '
        f"{_OR_ELSE.format(where=where)}",
        where,
    )


def _without_serialization(core: Mapping[str, Any]) -> Mapping[str, Any]:
    return {key: value for key, value in core.items() if key != "serialization"}


def keeps_the_value(core: Mapping[str, Any]) -> bool:
    """Whether a type is written as what it holds, not as what a function makes of it."""
    function = core.get("serialization", {}).get("function", int)
    return function in (int, float, str)


def polymorphic(context: Context, cls: type[Any]) -> JsonSchema | None:
    """
    What stands for a class with ``polymorphic_serialization``, which writes the keys of whatever subclass an instance has;
    ``None`` if that is what the class declares.
    """
    if getattr(cls, "__final__", False):
        return None
    places = [class_key(base) for base in cls.__mro__]
    match _decision(context, places):
        case Declared() as declared:
            return context.generate_inner(_core_of(context, declared))
        case "fields":
            return None
        case "unknown":
            return {}
        case None:
            return context.refuse(
                "opaque-serializer",
                "with polymorphic_serialization the keys of whatever subclass an instance has are written",
                "mark the class as typing.final, or name the classes in a union; or trust the declared fields: "
                f'opaque = {{ "{places[0]}" = "fields" }}; {_OR_ELSE.format(where=places[0])}',
                places[0],
            )


def _has_no_subclasses(core: Mapping[str, Any]) -> bool:
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
