"""
What a schema and an IR say of a value, each read straight from its own definition: JSON Schema 2020-12, and ``ir``.

Formats are left out, and patterns are those that Python reads like JavaScript.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from samewire import ir
from samewire.lower.literals import literal_key
from samewire.schema.pointers import find, parse
from samewire.values.membership import passes

NAMES = {
    type(None): ("null",),
    bool: ("boolean",),
    int: ("integer", "number"),
    float: ("number",),
    str: ("string",),
    list: ("array",),
    dict: ("object",),
}


def type_names(value: Any) -> tuple[str, ...]:
    if isinstance(value, float) and value.is_integer():
        return ("integer", "number")
    return NAMES[type(value)]


def is_multiple(value: float, step: float) -> bool:
    return (_fraction(value) / _fraction(step)).denominator == 1


def _fraction(value: float) -> Fraction:
    return Fraction(repr(value))


def is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


# --- JSON Schema ------------------------------------------------------------------------------------------------------


class Validator:
    """Core and Validation of 2020-12, as far as it is lowered at all; an assertion that it doesn't know is a ``KeyError``."""

    def __init__(self, document: Any) -> None:
        self.document = document

    def valid(self, schema: Any, value: Any) -> bool:
        return self.evaluate(schema, value) is not None

    def evaluate(self, schema: Any, value: Any) -> set[str | int] | None:
        """The keys or the places of elements in ``value`` that were evaluated, or ``None`` if it is not valid."""
        if isinstance(schema, bool):
            return set() if schema else None
        known: set[str | int] = set()
        for keyword, argument in schema.items():
            if keyword in LATER or keyword in IGNORED:
                continue
            found = getattr(self, f"_{keyword.replace('$', '')}")(argument, value, schema)
            if found is None or found is False:
                return None
            known |= found if isinstance(found, set) else set()
        for keyword, kind in LATER.items():
            if keyword in schema and isinstance(value, kind):
                entries = dict(enumerate(value)) if isinstance(value, list) else value
                for key in set(entries) - known:
                    if not self.valid(schema[keyword], entries[key]):
                        return None
                known |= set(entries)
        return known

    def _ref(self, ref: str, value: Any, schema: Any) -> set[str | int] | None:
        return self.evaluate(find(self.document, parse(ref) or ()), value)

    def _allOf(self, schemas: Any, value: Any, schema: Any) -> set[str | int] | None:
        found = [keys for each in schemas if (keys := self.evaluate(each, value)) is not None]
        return set().union(*found) if len(found) == len(schemas) else None

    def _anyOf(self, schemas: Any, value: Any, schema: Any) -> set[str | int] | None:
        found = [keys for each in schemas if (keys := self.evaluate(each, value)) is not None]
        return set().union(*found) if found else None

    def _oneOf(self, schemas: Any, value: Any, schema: Any) -> set[str | int] | None:
        found = [keys for each in schemas if (keys := self.evaluate(each, value)) is not None]
        return found[0] if len(found) == 1 else None

    def _not(self, inner: Any, value: Any, schema: Any) -> bool:
        return not self.valid(inner, value)

    def _if(self, test: Any, value: Any, schema: Any) -> set[str | int] | None:
        found = self.evaluate(test, value)
        more = self.evaluate(schema.get("else" if found is None else "then", True), value)
        return None if more is None else more | (found or set())

    def _dependentRequired(self, needed: Any, value: Any, schema: Any) -> bool:
        return not isinstance(value, dict) or all(
            set(keys) <= set(value) for key, keys in needed.items() if key in value
        )

    def _dependentSchemas(self, schemas: Any, value: Any, schema: Any) -> set[str | int] | None:
        keys = value if isinstance(value, dict) else ()
        return self._allOf([each for key, each in schemas.items() if key in keys], value, schema)

    def _contains(self, inner: Any, value: Any, schema: Any) -> Any:
        if not isinstance(value, list):
            return True
        found = {at for at, each in enumerate(value) if self.valid(inner, each)}
        low, high = schema.get("minContains", 1), schema.get("maxContains", len(value))
        return found if low <= len(found) <= high else None

    def _type(self, names: Any, value: Any, schema: Any) -> bool:
        return any(
            name in type_names(value) for name in (names if isinstance(names, list) else [names])
        )

    def _const(self, constant: Any, value: Any, schema: Any) -> bool:
        return literal_key(constant) == literal_key(value)

    def _enum(self, values: Any, value: Any, schema: Any) -> bool:
        return any(self._const(each, value, schema) for each in values)

    def _minimum(self, limit: Any, value: Any, schema: Any) -> bool:
        return not is_number(value) or value >= limit

    def _maximum(self, limit: Any, value: Any, schema: Any) -> bool:
        return not is_number(value) or value <= limit

    def _exclusiveMinimum(self, limit: Any, value: Any, schema: Any) -> bool:
        return not is_number(value) or value > limit

    def _exclusiveMaximum(self, limit: Any, value: Any, schema: Any) -> bool:
        return not is_number(value) or value < limit

    def _multipleOf(self, step: Any, value: Any, schema: Any) -> bool:
        return not is_number(value) or is_multiple(value, step)

    def _minLength(self, limit: Any, value: Any, schema: Any) -> bool:
        return not isinstance(value, str) or len(value) >= limit

    def _maxLength(self, limit: Any, value: Any, schema: Any) -> bool:
        return not isinstance(value, str) or len(value) <= limit

    def _pattern(self, pattern: Any, value: Any, schema: Any) -> bool:
        return not isinstance(value, str) or re.search(pattern, value) is not None

    def _prefixItems(self, schemas: Any, value: Any, schema: Any) -> Any:
        if not isinstance(value, list):
            return True
        return set(range(len(schemas))) if all(map(self.valid, schemas, value)) else None

    def _items(self, inner: Any, value: Any, schema: Any) -> Any:
        start = len(schema.get("prefixItems", ()))
        if not isinstance(value, list):
            return True
        valid = all(self.valid(inner, each) for each in value[start:])
        return set(range(len(value))) if valid else None

    def _minItems(self, limit: Any, value: Any, schema: Any) -> bool:
        return not isinstance(value, list) or len(value) >= limit

    def _maxItems(self, limit: Any, value: Any, schema: Any) -> bool:
        return not isinstance(value, list) or len(value) <= limit

    def _uniqueItems(self, unique: Any, value: Any, schema: Any) -> bool:
        return (
            not unique
            or not isinstance(value, list)
            or len(set(map(literal_key, value))) == len(value)
        )

    def _properties(self, schemas: Any, value: Any, schema: Any) -> Any:
        if not isinstance(value, dict):
            return True
        known = set(schemas) & set(value)
        return known if all(self.valid(schemas[key], value[key]) for key in known) else None

    def _patternProperties(self, schemas: Any, value: Any, schema: Any) -> Any:
        if not isinstance(value, dict):
            return True
        matches = [
            (key, inner)
            for key in value
            for pattern, inner in schemas.items()
            if re.search(pattern, key)
        ]
        valid = all(self.valid(inner, value[key]) for key, inner in matches)
        return {key for key, _ in matches} if valid else None

    def _additionalProperties(self, inner: Any, value: Any, schema: Any) -> Any:
        if not isinstance(value, dict):
            return True
        patterns = schema.get("patternProperties", {})
        rest = {
            key
            for key in set(value).difference(schema.get("properties", {}))
            if not any(re.search(pattern, key) for pattern in patterns)
        }
        return rest if all(self.valid(inner, value[key]) for key in rest) else None

    def _propertyNames(self, inner: Any, value: Any, schema: Any) -> bool:
        return not isinstance(value, dict) or all(self.valid(inner, key) for key in value)

    def _required(self, keys: Any, value: Any, schema: Any) -> bool:
        return not isinstance(value, dict) or set(keys) <= set(value)

    def _minProperties(self, limit: Any, value: Any, schema: Any) -> bool:
        return not isinstance(value, dict) or len(value) >= limit

    def _maxProperties(self, limit: Any, value: Any, schema: Any) -> bool:
        return not isinstance(value, dict) or len(value) <= limit


IGNORED = (
    "title",
    "description",
    "default",
    "examples",
    "$comment",
    "then",
    "else",
    "minContains",
    "maxContains",
)
LATER = {"unevaluatedProperties": dict, "unevaluatedItems": list}


# --- IR ---------------------------------------------------------------------------------------------------------------


def accepts(type_: ir.Type, value: Any, types: Mapping[str, ir.Type]) -> bool:
    """Whether a value belongs to a type."""
    match type_:
        case ir.Unknown() | ir.JsonValue():
            return True
        case ir.Never():
            return False
        case ir.Null():
            return value is None
        case ir.Boolean():
            return isinstance(value, bool)
        case ir.Literal(values):
            return not isinstance(value, list | dict) and literal_key(value) in map(
                literal_key, values
            )
        case ir.EnumType(members):
            return not isinstance(value, list | dict) and literal_key(value) in [
                literal_key(each.value) for each in members
            ]
        case ir.Integer():
            return "integer" in type_names(value) and _within(type_, value)
        case ir.Number():
            return is_number(value) and _within(type_, value)
        case ir.String(low, high, patterns, None):
            return (
                isinstance(value, str)
                and (low or 0) <= len(value)
                and (high is None or len(value) <= high)
                and all(re.search(pattern.source, value) for pattern in patterns)
            )
        case ir.Array(items, low, high, unique):
            return (
                isinstance(value, list)
                and (low or 0) <= len(value)
                and (high is None or len(value) <= high)
                and (not unique or len(set(map(literal_key, value))) == len(value))
                and all(accepts(items, each, types) for each in value)
            )
        case ir.Tuple(prefix, rest, low, high):
            if (
                not isinstance(value, list)
                or len(value) < low
                or (high is not None and len(value) > high)
            ):
                return False
            if rest is None and len(value) > len(prefix):
                return False
            expected = [*prefix, *[rest or ir.Never()] * len(value)]
            return all(
                accepts(each, item, types) for each, item in zip(expected, value, strict=False)
            )
        case ir.Record(key, inner, low, high):
            return (
                isinstance(value, dict)
                and (low or 0) <= len(value)
                and (high is None or len(value) <= high)
                and all(
                    accepts(key, name, types) and accepts(inner, each, types)
                    for name, each in value.items()
                )
            )
        case ir.Object(properties, extra):
            return isinstance(value, dict) and _is_object(properties, extra, value, types)
        case ir.Union(members):
            return any(accepts(member, value, types) for member in members)
        case ir.Nullable(inner):
            return value is None or accepts(inner, value, types)
        case ir.Ref(name):
            return accepts(types[name], value, types)
        case ir.Checked(inner, checks):
            return accepts(inner, value, types) and all(
                passes(check, value, lambda type_, each: accepts(type_, each, types))
                for check in checks
            )
    raise AssertionError(type_)


def _within(type_: ir.Integer | ir.Number, value: float) -> bool:
    return (
        (type_.ge is None or value >= type_.ge)
        and (type_.gt is None or value > type_.gt)
        and (type_.le is None or value <= type_.le)
        and (type_.lt is None or value < type_.lt)
        and (type_.multiple_of is None or is_multiple(value, type_.multiple_of))
    )


def _is_object(
    properties: tuple[ir.Property, ...], extra: ir.Extra, value: Any, types: Mapping[str, ir.Type]
) -> bool:
    for each in properties:
        if each.key not in value:
            if each.required:
                return False
        elif not accepts(each.type, value[each.key], types):
            return False
    rest = set(value) - {each.key for each in properties}
    match extra:
        case ir.Keep(inner):
            return all(accepts(inner, value[key], types) for key in rest)
        case ir.Reject.REJECT:
            return not rest
        case _:
            return True
