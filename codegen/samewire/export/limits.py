"""
Limits that Pydantic checks in a function, since the type below has no word for them: those of a union, or behind a validator.

``Annotated[str | list[str], Field(max_length=2)]`` is a function around the union. Pydantic calls it with the value of whatever
member took the input, so the limit is moved into each member. Where Python can't compare, Pydantic raises: no value gets through.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Flag
from fractions import Fraction
from typing import Any, Final

from pydantic_core import SchemaValidator

from samewire import scalars
from samewire.coreschema import CoreSchema, choices, metadata, variant
from samewire.coreschema.code import validator_function
from samewire.coreschema.functions import inner_function, is_limit, is_pydantics
from samewire.coreschema.rebuilt import text_steps, with_alternatives, with_parts
from samewire.export import loosened, refusals, serializers
from samewire.export.context import Context
from samewire.export.enums import NEVER
from samewire.scalars.bounds import KEYWORDS, NUMERIC
from samewire.scalars.byte_sizes import MULTIPLE_OF as STEP
from samewire.scalars.byte_sizes import ByteSize
from samewire.scalars.emails import Email
from samewire.scalars.encoded import Base64
from samewire.scalars.floats import EXACT_MULTIPLE_OF
from samewire.scalars.spelling import Spelling
from samewire.scalars.strings import conjunction
from samewire.scalars.view import JsonSchema

_FUNCTIONS: Final[Mapping[str, str]] = {
    "min_length_validator": "min_length",
    "max_length_validator": "max_length",
    "greater_than_validator": "gt",
    "greater_than_or_equal_validator": "ge",
    "less_than_validator": "lt",
    "less_than_or_equal_validator": "le",
    "multiple_of_validator": "multiple_of",
    "max_digits_validator": "max_digits",
    "decimal_places_validator": "decimal_places",
}
_LENGTHS: Final = ("min_length", "max_length")
_DIGITS: Final = ("max_digits", "decimal_places")
# How Pydantic notes the limit in its own schema, in words that JSON Schema may not have.
_NOTES: Final = frozenset(
    (
        *(*NUMERIC, *NUMERIC.values(), *_DIGITS, "multiple_of", "multipleOf"),
        *(f"{end}{what}" for end in ("min", "max") for what in ("Length", "Items", "Properties")),
    )
)
_NUMBERS: Final = ("int", "float", "decimal", "fraction")
_SIZED: Final = (
    *("str", "bytes", "list", "deque", "tuple", "set", "frozenset"),
    *("dict", "frozendict", "ordered-dict", "counter"),
)
_MOMENTS: Final[Mapping[str, type[Any]]] = {
    "date": dt.date,
    "time": dt.time,
    "datetime": dt.datetime,
    "timedelta": dt.timedelta,
}
_CLASSES: Final = ("model", "dataclass", "typed-dict", "named-tuple", "call")
_TEXTS: Final = ("str", "bytes", "url", "multi-host-url")
_SIZELESS: Final = (
    *("path_validator", "pattern_either_validator"),
    *("pattern_str_validator", "pattern_bytes_validator"),
)
_NO_VALUE: Final[CoreSchema] = {"type": "literal", "expected": []}
_PENDING: Final = "samewire-limits"
"""The key of a core schema for limits on it that only its document can say."""


@dataclass(frozen=True, slots=True)
class Limit:
    """``name`` as core schemas have it, ``function`` what Pydantic calls."""

    name: str
    value: Any
    function: Callable[[Any], Any]

    def admits(self, value: object) -> bool:
        try:
            self.function(value)
        except Exception:  # noqa: BLE001  # of whatever class the value is
            return False
        return True


def of(core: CoreSchema) -> Limit | None:
    """The limit that a ``function-after`` schema checks, if Pydantic itself put it there."""
    if not is_limit(core):
        return None
    function: Any = validator_function(core)
    inner = inner_function(function)
    if inner.__name__ == "forbid_inf_nan_check":
        return Limit("allow_inf_nan", False, function)
    name = _FUNCTIONS.get(inner.__name__)
    return None if name is None else Limit(name, function.keywords[name], function)


def without_notes(core: CoreSchema) -> CoreSchema:
    """``core`` without what Pydantic notes of its limit."""
    return metadata.without_notes(core, _NOTES)


# --- Into the schemas that have the values ----------------------------------------------------------------------------


def moved(context: Context, core: CoreSchema, limit: Limit) -> CoreSchema:
    """``core`` with a limit on its values."""
    if _is_of_sizeless(core):
        return _NO_VALUE
    if _is_written_otherwise(context, core):
        return core
    if core["type"] == "definition-ref":
        target = context.references.core_of(core["schema_ref"])
        return core if target is None else _of_named(context, core, target, limit)
    if text_steps(core) is not None:
        return {**core, "steps": [*core["steps"][:-1], _on_text(context, core["steps"][-1], limit)]}
    if loosened.is_authors(core) and context.emits:
        core = loosened.settled(context, core)
    if (own := _own_rule(context, core, limit)) is not None:
        return own
    if core["type"] == "nullable":
        return moved(context, core["schema"], limit)  # None has no length and no order
    if core["type"] == "json":
        inner = core.get("schema") or {"type": "any"}
        return {**core, "schema": moved(context, inner, limit)}
    inside = with_alternatives(core, lambda each: moved(context, each, limit))
    return _of_leaf(context, core, limit) if inside is None else inside


def _on_text(context: Context, step: CoreSchema, limit: Limit) -> CoreSchema:
    return {**step, "schema": moved(context, step["schema"], limit)}


def _of_named(
    context: Context, reference: CoreSchema, target: CoreSchema, limit: Limit
) -> CoreSchema:
    changed = moved(context, target, limit)
    return reference if changed is target else changed


def _is_written_otherwise(context: Context, core: CoreSchema) -> bool:
    """Whether a serializer of the author's stands between the value that is limited and what is written."""
    return context.emits and serializers.is_authors(core)


def _own_rule(context: Context, core: CoreSchema, limit: Limit) -> CoreSchema | None:
    """What Pydantic describes by a function instead of a kind of schema; ``None`` for all else."""
    if _is_secret(core):
        return _of_secret(context, core, limit)
    return _pending(core, limit) if _scalar(core) is not None or _is_url(core) else None


def _scalar(core: CoreSchema) -> scalars.Scalar | None:
    """The scalar that a function stands for, be it the same in strict mode or not."""
    return scalars.recognized(variant(core) or core)


def _is_secret(core: CoreSchema) -> bool:
    return serializers.is_masked(core) or serializers.is_masked(variant(core) or {})


def _is_url(core: CoreSchema) -> bool:
    return core["type"] == "function-wrap" and core["schema"]["type"] in ("url", "multi-host-url")


def _is_of_sizeless(core: CoreSchema) -> bool:
    """Whether it is of paths or patterns, which have neither a length nor an order that Pydantic could check."""
    inner = variant(core) or core
    if inner["type"] == "union" and core is not inner:
        inner = choices(inner)[0]
        inner = variant(inner) or inner
    if inner["type"] not in ("function-after", "function-plain"):
        return False
    name = getattr(function := validator_function(inner), "__name__", "")
    return is_pydantics(function) and name in _SIZELESS


def _of_secret(context: Context, core: CoreSchema, limit: Limit) -> CoreSchema | None:
    """``SecretStr`` and ``SecretBytes`` have the length of what they hold; ``Secret[T]`` has none."""
    reader = (variant(core) or core if core["type"] == "lax-or-strict" else core)["json_schema"]
    if limit.name not in _LENGTHS or not isinstance(validator_function(reader), type):
        return _NO_VALUE
    is_bytes = reader["schema"]["type"] == "bytes"
    return None if is_bytes and not context.emits else _pending(core, limit)


def _of_leaf(context: Context, core: CoreSchema, limit: Limit) -> CoreSchema:
    kind, name = core["type"], limit.name
    if kind == "bool":
        return _of_values(core, (False, True), limit)
    if kind == "literal":
        return _of_values(core, core["expected"], limit)
    if kind == "enum":
        return _of_enum(context, core, limit)
    if kind in _NUMBERS:
        return _of_number(context, core, limit)
    if kind in ("url", "multi-host-url"):
        return _pending(core, limit)
    if kind in _SIZED and name in _LENGTHS:
        return _tightened(core, name, limit.value)
    if kind in _MOMENTS and isinstance(limit.value, _MOMENTS[kind]):
        return _of_moment(context, core, limit)
    if kind in _CLASSES:
        return _of_class(context, core, limit)
    if kind == "any":
        return _of_anything(context, core, limit)
    if kind in ("function-plain", "invalid", "is-instance", "is-subclass", "callable"):
        return core  # refused for what it is
    return _refused(context, limit) if _has_unknown_order(limit) else _NO_VALUE


def _of_values(core: CoreSchema, values: Any, limit: Limit) -> CoreSchema:
    kept = [value for value in values if limit.admits(value)]
    return core if len(kept) == len(values) else {"type": "literal", "expected": kept}


def _of_enum(context: Context, core: CoreSchema, limit: Limit) -> CoreSchema:
    if core.get("missing") is not None or issubclass(core["cls"], Flag):
        return _refuse(
            context,
            f"the limit {limit.name}={limit.value!r} on an enumeration that makes members of other values",
            "check it in a validator",
        )
    return _of_values(core, core["members"], limit)


def _of_number(context: Context, core: CoreSchema, limit: Limit) -> CoreSchema:
    kind, name, value = core["type"], limit.name, limit.value
    if name == "allow_inf_nan":
        return {**core, "allow_inf_nan": False}
    if name in _DIGITS:
        return _tightened(core, name, value) if kind == "decimal" else _NO_VALUE
    if not _is_number(value) or name in _LENGTHS:
        return _NO_VALUE
    if name != "multiple_of":
        return _NO_VALUE if math.isnan(value) else _tightened(core, name, value)
    mixed = isinstance(value, float) if kind == "decimal" else isinstance(value, Decimal)
    if mixed and kind in ("float", "decimal"):
        return _NO_VALUE  # Python divides no float by a decimal, nor the other way round
    step = Fraction(value)
    if kind == "int":
        step = Fraction(math.lcm(step.numerator, Fraction(core.get("multiple_of", 1)).numerator))
    key = EXACT_MULTIPLE_OF if kind == "float" else name
    if kind != "int" and core.get(key, value) != value:
        return _refuse(
            context, "several multiple_of, of which each is checked", "write one multiple_of"
        )
    return {**core, key: step.numerator if kind == "int" else value}


def _of_moment(context: Context, core: CoreSchema, limit: Limit) -> CoreSchema:
    kind, name, value = core["type"], limit.name, limit.value
    if name == "multiple_of" and kind == "timedelta" and core.get(name, value) == value:
        return {**core, name: value}
    if name not in KEYWORDS or (kind == "date" and isinstance(value, dt.datetime)):
        return _NO_VALUE
    if kind in ("timedelta", "date"):
        return _tightened(core, name, value)
    # Python compares no moment that has an offset with one that has none.
    zone = "naive" if value.utcoffset() is None else "aware"
    given = core.get("tz_constraint", zone)
    if (zone == "naive") is not (given == "naive"):
        return _NO_VALUE
    try:
        return {**_tightened(core, name, value), "tz_constraint": given}
    except TypeError:
        return _refuse(context, "limits with a UTC offset and without one", "keep one of them")


def _of_class(context: Context, core: CoreSchema, limit: Limit) -> CoreSchema:
    """A class has a length or an order only if it says so, in Python."""
    cls = core.get("cls")
    if limit.name in _LENGTHS:
        has = core["type"] != "typed-dict" and not hasattr(cls, "__len__")
    else:
        slot = f"__{'mod' if limit.name == 'multiple_of' else limit.name}__"
        has = getattr(cls, slot, None) in (None, getattr(object, slot, None))
    if has:
        return _NO_VALUE
    return _refuse(
        context,
        f"the limit {limit.name}={limit.value!r} on a class whose length or order Python decides",
        "check it in a validator",
    )


def _of_anything(context: Context, core: CoreSchema, limit: Limit) -> CoreSchema:
    """What JSON has, of which each kind is limited by itself. What Python has is written as whatever it is."""
    if context.emits:
        return core
    kinds = ("bool", "int", "float", "str", "list", "dict")
    return {
        "type": "union",
        "choices": [moved(context, {"type": kind}, limit) for kind in kinds],
    }


def _tightened(core: CoreSchema, name: str, value: Any) -> CoreSchema:
    """``core`` with a limit beside the one that it has; a schema with a limit of its own is no named type any more."""
    given = core.get(name)
    narrower = max if name in ("gt", "ge", "min_length") else min
    return with_parts(core, **{name: value if given is None else narrower(given, value)})


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | Decimal | Fraction)


def _has_unknown_order(limit: Limit) -> bool:
    """Whether values other than numbers and moments may be compared with it."""
    known = _is_number(limit.value) or isinstance(limit.value, tuple(_MOMENTS.values()))
    return limit.name in KEYWORDS and not known


def _refused(context: Context, limit: Limit) -> CoreSchema:
    return _refuse(
        context,
        f"a limit of {limit.value!r}, with which texts can't be compared in a schema",
        "check it in a validator",
    )


def _refuse(context: Context, message: str, hint: str) -> CoreSchema:
    return refusals.as_core_schema(context.refuse("no-json-form", message, hint))


# --- Patterns and other limits on text --------------------------------------------------------------------------------


def with_steps(context: Context, core: CoreSchema) -> CoreSchema | None:
    """
    A chain in which Pydantic checks a pattern, or changes the case, of what another schema gives, as that schema with the steps
    moved into what is text in it; ``None`` for any other schema.
    """
    found = text_steps(core)
    if found is None or (context.emits and "serialization" in core):
        return None
    first, steps = found
    for step in steps:
        first = _with_step(context, first, step)
    return first


def _with_step(context: Context, core: CoreSchema, step: CoreSchema) -> CoreSchema:
    def inside(each: CoreSchema) -> CoreSchema:
        return _with_step(context, each, step)

    if core["type"] == "definition-ref":
        target = context.references.core_of(core["schema_ref"])
        return core if target is None else _with_step(context, target, step)
    scalar = _scalar(core)
    if isinstance(scalar, Base64) and context.emits:
        return step  # written is what it makes of what was decoded
    if core["type"] in ("str", "bytes") or _is_text_in_python(scalar):
        return _pending(core, step)
    if core["type"] in ("literal", "enum"):
        return _of_texts(context, core, step)
    if scalar is not None or _is_secret(core) or _is_of_sizeless(core):
        return _NO_VALUE
    if core["type"] == "any":
        return core if context.emits else step
    if core["type"] == "nullable":
        return inside(core["schema"])
    if core["type"] == "json":
        return {**core, "schema": inside(core.get("schema") or {"type": "any"})}
    if core["type"] in ("function-plain", "invalid", "is-instance"):
        return core
    changed = with_alternatives(core, inside)
    return _NO_VALUE if changed is None else changed


def _is_text_in_python(scalar: scalars.Scalar | None) -> bool:
    is_text = isinstance(scalar, scalars.Format) and scalar.has_length_of_text(emits=True)
    return is_text or isinstance(scalar, Base64)


def _of_texts(context: Context, core: CoreSchema, step: CoreSchema) -> CoreSchema:
    """The values that are text and have the form, or what becomes of them."""
    validator = SchemaValidator(step)
    kept = []
    for value in core.get("expected", core.get("members")):
        try:
            changed = validator.validate_python(value)
        except ValueError:
            continue
        kept.append(changed if context.emits else value)
    return {"type": "literal", "expected": kept}


# --- On documents -----------------------------------------------------------------------------------------------------


def _pending(core: CoreSchema, limit: Limit | CoreSchema) -> CoreSchema:
    return with_parts(core, **{_PENDING: (*core.get(_PENDING, ()), limit)})


def pending(core: CoreSchema) -> tuple[CoreSchema, tuple[Limit | CoreSchema, ...]]:
    """A core schema without the limits that are still to be said, and those."""
    limits = core.get(_PENDING, ())
    if not limits:
        return core, ()
    return {key: part for key, part in core.items() if key != _PENDING}, limits


def limited(context: Context, schema: JsonSchema, limit: Limit | CoreSchema) -> JsonSchema:
    """The document of a text with a limit on it."""
    if not isinstance(limit, Limit):
        return _of_step(context, schema, limit)
    if "anyOf" in schema:
        members = [limited(context, each, limit) for each in schema["anyOf"]]
        kept = [each for each in members if each != NEVER]
        return {"anyOf": kept} if kept[1:] else kept[0] if kept else NEVER
    if schema.get("type") == "integer":
        return _of_integer(context, schema, limit)
    if "enum" in schema:  # the mask of a secret, which is empty for an empty one
        empty = limit.name == "max_length" or not limit.value
        return schema if empty else {**schema, "enum": [text for text in schema["enum"] if text]}
    format_ = scalars.format_of(schema)
    if isinstance(format_, ByteSize) and limit.name not in (*KEYWORDS, *_LENGTHS):
        return _of_byte_size(context, schema, limit)
    if limit.name not in _LENGTHS:
        return _bounded(context, schema, format_, limit)
    keys = ("minLength", "maxLength")
    emits = context.emits
    if format_ is not None and (own := format_.length_keywords(emits=emits)) is not None:
        keys = own
    elif format_ is not None and not format_.has_length_of_text(emits=emits):
        return context.refuse(
            "no-json-form",
            f"a limit on the length of a value that is read from another text, of the format {schema['format']}",
            "check it in a validator; for a URL as it is read, use UrlConstraints(max_length=...)",
        )
    key = keys[limit.name == "max_length"]
    narrower = max if limit.name == "min_length" else min
    return {**schema, key: narrower(schema[key], limit.value) if key in schema else limit.value}


def _of_step(context: Context, schema: JsonSchema, step: CoreSchema) -> JsonSchema:
    emits = context.emits
    format_ = scalars.format_of(schema)
    if format_ is not None and not format_.has_length_of_text(emits=emits):
        return context.refuse(
            "no-json-form",
            f"a pattern, or another limit on text, for what the format {schema['format']} is read as",
            "check it in a validator",
        )
    if emits and any(step.get(key) for key in ("to_lower", "to_upper", "strip_whitespace")):
        # What it makes of the text has none of the limits of before.
        schema = {} if format_ is None else _recased(format_, step).document()
    return conjunction([schema, context.generate_inner(step)])


def _recased(format_: scalars.Format, step: CoreSchema) -> scalars.Format:
    """The format of a text after a change of its case, which Pydantic's own spelling need not survive."""
    if isinstance(format_, Email) and step.get("to_upper"):
        return Email(Spelling.STANDARD)
    return format_


def _of_byte_size(context: Context, schema: JsonSchema, limit: Limit) -> JsonSchema:
    moved_ = moved(context, {"type": "int", "multiple_of": schema.get(STEP.name, 1)}, limit)
    if moved_["type"] != "int":
        return NEVER
    step = moved_["multiple_of"]
    return schema if step == 1 else {**schema, STEP.name: step}


def _of_integer(context: Context, schema: JsonSchema, limit: Limit) -> JsonSchema:
    """A number of bytes."""
    names = {**NUMERIC, "multiple_of": "multipleOf"}
    known = {key: schema[name] for key, name in names.items() if name in schema}
    return context.generate_inner(moved(context, {"type": "int", **known}, limit))


def _bounded(
    context: Context, schema: JsonSchema, format_: scalars.Format | None, limit: Limit
) -> JsonSchema:
    if limit.name not in KEYWORDS:
        return NEVER
    if isinstance(format_, scalars.Ordered):
        text = format_.bound(limit.value)
        return NEVER if text is None else {**schema, KEYWORDS[limit.name]: text}
    return refusals.of_core_schema(_refused(context, limit)) if _has_unknown_order(limit) else NEVER
