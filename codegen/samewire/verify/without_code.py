"""
A type as Pydantic would see it without the user's Python: what only that refuses, no frontend can know.

Validators written in Python are taken out of a copy of the core schema and what they wrap is left in their place, as are the
comparisons with today's date, the decisions of callable discriminators and the factories of defaults. Pydantic's own functions
stay, those that check an e-mail address for instance, and those of other packages that read a scalar which Samewire knows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, cast

from pydantic_core import SchemaError, SchemaValidator

from samewire import scalars
from samewire.coreschema import DATA_KEYS, FUNCTIONS, parts
from samewire.coreschema.flat import Flat
from samewire.coreschema.functions import inner_function

# Functions of Pydantic's own that ask what no schema can say: the file system, the modules that can be imported, check digits.
_BEYOND = (
    "validate_str_is_valid_iana_tz",
    "import_string",
    "pattern_",
    "EncodedStr.decode_str",
    "PaymentCardNumber.validate",
    "ByteSize._validate",
    "PathType.validate_",
)
_HOOKS = ("post_init", "custom_init")


class _Blank:
    """Stands for the user's class, whose ``__init__`` and other methods are Python as well."""

    __slots__ = (
        "__dict__",
        "__pydantic_extra__",
        "__pydantic_fields_set__",
        "__pydantic_private__",
    )


def without_python(core: Mapping[str, Any]) -> SchemaValidator | None:
    """A validator for what is left; ``None`` where that is nothing that can be validated by itself."""
    try:
        return SchemaValidator(cast("Any", _copy(core)), _use_prebuilt=False)
    except (SchemaError, TypeError, ValueError, KeyError, RecursionError):
        return None


def python_code(core: Mapping[str, Any], flat: Flat) -> tuple[str, ...]:
    """What is written in Python in a type and has a say in what is accepted, by name; sorted."""
    return tuple(sorted(set().union(*flat.each(core, _names))))


def _names(part: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(_named(part))


# --- What is taken out ------------------------------------------------------------------------------------------------


def _copy(value: Any) -> Any:  # a core schema, a list of them, or what belongs to one
    match value:
        case {"type": str() as kind} if kind in FUNCTIONS and not _is_pydantics_own(value):
            return _instead(value, _copy(value.get("json_schema_input_schema") or value["schema"]))
        case {"type": "function-plain"} if not _is_pydantics_own(value):
            return _instead(value, _copy(value.get("json_schema_input_schema") or {"type": "any"}))
        case {"type": "tagged-union", "discriminator": discriminator} if callable(discriminator):
            choices = [_copy(choice) for choice in value["choices"].values()]
            return _instead(value, {"type": "union", "choices": choices})
        case {"type": "complex" | "fraction"}:
            return _instead(value, {"type": "any"})
        case {"type": "default", "schema": inner}:
            # A default is not asked for, and not checked: it may be an instance of a class that is taken out.
            kept = {key: value[key] for key in ("type", "ref", "on_error") if key in value}
            return {**kept, "schema": _copy(inner), "default": None, "validate_default": False}
        case {"type": "json"}:
            # Which text is JSON is checked, what that holds is for Pydantic alone.
            return {**value, "schema": {"type": "any"}}
        case dict():
            # A dictionary without a type is of fields or choices, which may have any name.
            typed = isinstance(value.get("type"), str)
            copied = {
                key: each if typed and key in DATA_KEYS else _copy(each)
                for key, each in value.items()
                if not typed or key not in ("now_op", *_HOOKS, "metadata", "serialization")
            }
            if value.get("type") in ("model", "dataclass"):
                copied["cls"] = _Blank
                copied.pop("slots", None)
            return copied
        case list():
            return [_copy(each) for each in value]
        case tuple():
            return tuple(_copy(each) for each in value)
        case _:
            return value


def _instead(node: Mapping[str, Any], inner: dict[str, Any]) -> dict[str, Any]:
    """What stands in the place of a node answers to its name."""
    return {**inner, "ref": node["ref"]} if "ref" in node else inner


# --- What there is ----------------------------------------------------------------------------------------------------


def _named(value: Any) -> Iterator[str]:
    match value:
        case {"type": str() as kind} if kind in (*FUNCTIONS, "function-plain"):
            if not _is_pydantics_own(value):
                yield _name(_function(value))
            yield from _inside(value)
        case {"type": "tagged-union", "discriminator": discriminator} if callable(discriminator):
            yield f"the discriminator {_name(discriminator)}"
            yield from _inside(value)
        case {"type": "model", "cls": cls, "custom_init": True}:
            yield f"{cls.__qualname__}.__init__"
            yield from _inside(value)
        case {"now_op": "past" | "future" as when}:
            yield f"a date in the {when}"
        case dict():
            yield from _inside(value)
        case list() | tuple():
            for each in value:
                yield from _named(each)


def _inside(value: Mapping[str, Any]) -> Iterator[str]:
    if value.get("post_init"):
        yield f"{value['cls'].__qualname__}.{value['post_init'] if isinstance(value['post_init'], str) else '__post_init__'}"
    for _, part in parts(value):
        yield from _named(part)


def _is_pydantics_own(node: Mapping[str, Any]) -> bool:
    function = _function(node)
    module = getattr(function, "__module__", None) or ""
    # annotated_types.Predicate and Not: a function of Pydantic's that asks one of the user's.
    asks = "apply_known_metadata.<locals>" in getattr(function, "__qualname__", "")
    own = module.partition(".")[0] in ("pydantic", "pydantic_core", "ipaddress")
    known = own or scalars.validated_by(function) is not None
    return known and not asks and not getattr(function, "__qualname__", "").startswith(_BEYOND)


def _function(node: Mapping[str, Any]) -> Callable[..., object]:
    function = inner_function(node["function"]["function"])
    return cast("Callable[..., object]", getattr(function, "__func__", function))


def _name(function: object) -> str:
    return getattr(function, "__qualname__", None) or type(function).__qualname__
