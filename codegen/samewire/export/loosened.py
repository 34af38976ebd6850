"""
What a validator of the model's author may change, so that limits on its input say nothing of what is written.

``Annotated[str, Field(pattern="^[a-z]+$"), AfterValidator(str.upper)]`` writes capitals. The type that is declared stays, and so do
limits behind the validator. A validator that gives back its argument changes no value that can't change.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from samewire.coreschema import CoreSchema, choices, unwrapped, variant
from samewire.coreschema.code import validator_function
from samewire.coreschema.functions import is_limit, is_pydantics, returns_its_argument
from samewire.coreschema.rebuilt import text_steps, with_alternatives, with_items
from samewire.export.context import Context
from samewire.export.listed import texts_of

_TEXT: Final[Mapping[str, Any]] = {
    **dict.fromkeys(("min_length", "max_length", "pattern")),
    **dict.fromkeys(("strip_whitespace", "to_lower", "to_upper", "ascii_only"), False),
}
_BOUNDS: Final = dict.fromkeys(("gt", "ge", "lt", "le", "multiple_of"))
_LENGTHS: Final = dict.fromkeys(("min_length", "max_length"))
_LIMITS: Final[Mapping[str, Mapping[str, Any]]] = {
    "str": _TEXT,
    **dict.fromkeys(("int", "fraction", "date", "time", "datetime", "timedelta"), _BOUNDS),
    "decimal": {**_BOUNDS, "max_digits": None, "decimal_places": None},
    **dict.fromkeys(("bytes", "list", "deque", "set", "frozenset", "generator"), _LENGTHS),
    **dict.fromkeys(("dict", "frozendict", "ordered-dict", "counter"), _LENGTHS),
}
_BUILTINS: Final[Mapping[str, type]] = {"str": str, "int": int, "float": float, "bytes": bytes}
_LOOSENED: Final = "samewire-loosened"
_UNCHANGEABLE: Final = (
    *("str", "int", "float", "decimal", "fraction", "complex", "bool", "none", "bytes", "uuid"),
    *("date", "time", "datetime", "timedelta", "literal", "enum"),
)


def is_authors(core: CoreSchema) -> bool:
    """Whether a validator of the author's sees the value last."""
    kind = core["type"]
    return kind in ("function-after", "function-wrap") and not is_pydantics(
        validator_function(core)
    )


def after_validator(context: Context, core: CoreSchema) -> CoreSchema:
    """The schema of an author's validator with those limits inside that hold for what the validator returns, for good."""
    inner: CoreSchema = core["schema"]
    function = validator_function(core)
    if core.get(_LOOSENED) or (
        core["type"] == "function-after"
        and (returns_its_argument(function) or _is_class_of(function, inner))
        and _is_unchangeable(context, inner)
    ):
        return core
    return {**core, "schema": _loosened(context, inner, ()), _LOOSENED: True}


def _is_class_of(function: object, inner: CoreSchema) -> bool:
    """Whether a function is a class of texts or numbers, ``class Slug(str)``, that makes of a text one of the same letters."""
    base = _BUILTINS.get(unwrapped(inner)["type"])
    if base is None or type(function) is not type or not issubclass(function, base):
        return False
    own = function.__mro__[: function.__mro__.index(base)]
    return not any({"__new__", "__init__"} & vars(cls).keys() for cls in own)


def _is_unchangeable(context: Context, core: CoreSchema) -> bool:
    """Whether its values are of types that nothing changes in place."""
    core = unwrapped(core)
    if core["type"] == "definition-ref":
        target = context.references.core_of(core["schema_ref"])
        return target is not None and target["type"] in _UNCHANGEABLE
    if (inner := variant(core)) is not None:
        return _is_unchangeable(context, inner)
    if members := choices(core):
        return all(_is_unchangeable(context, member) for member in members)
    return core["type"] in _UNCHANGEABLE


def _loosened(context: Context, core: CoreSchema, seen: tuple[str, ...]) -> CoreSchema:
    def inside(inner: CoreSchema) -> CoreSchema:
        return _loosened(context, inner, seen)

    if core["type"] == "definition-ref":
        return _of_named(context, core, seen)
    if is_limit(core):
        return inside(core["schema"])
    if texts_of(core):
        return {"type": "str"}
    if (steps := text_steps(core)) is not None:
        return inside(steps[0])
    if core["type"] == "json" and "schema" in core:
        return {**core, "schema": inside(core["schema"])}
    if core["type"] == "float":
        return _float(core, context)
    if core["type"] == "tuple":
        return with_items(core, inside)
    if (none := _LIMITS.get(core["type"])) is not None:
        kept = {key: part for key, part in core.items() if key not in none}
        defaults = {key: part for key, part in none.items() if core["type"] == "str"}
        return with_items({**kept, **defaults}, inside)
    return with_alternatives(core, inside) or core


def _float(core: CoreSchema, context: Context) -> CoreSchema:
    """Whether a float may be infinite stays: it is part of the type in TypeScript."""
    config = context.view.config
    below = core.get("gt") is not None or core.get("ge") is not None
    above = core.get("lt") is not None or core.get("le") is not None
    allowed = core.get("allow_inf_nan", config.get("allow_inf_nan", True))
    kept = {key: part for key, part in core.items() if key not in _BOUNDS}
    return {**kept, "allow_inf_nan": allowed and not (below and above)}


def _of_named(context: Context, core: CoreSchema, seen: tuple[str, ...]) -> CoreSchema:
    """A class has been validated by itself, and a type that leads back to itself stays the one of its name."""
    ref = core["schema_ref"]
    target = context.references.core_of(ref)
    if target is None or ref in seen:
        return core
    changed = _loosened(context, target, (*seen, ref))
    return core if _same(changed, target) else changed


def _same(changed: CoreSchema, target: CoreSchema) -> bool:
    return {**changed, "ref": target.get("ref")} == dict(target) or changed is target
