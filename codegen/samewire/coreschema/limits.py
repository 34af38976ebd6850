"""
Limits that Pydantic checks in a function, since the type below has no word for them.

``Annotated[str | list[str], Field(max_length=2)]`` is a function around the union. Pydantic calls it with the value of whatever
member took the input.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from samewire.coreschema import metadata
from samewire.coreschema.code import validator_function
from samewire.coreschema.functions import inner_function, is_limit
from samewire.coreschema.wrappers import CoreSchema

LENGTHS: Final = ("min_length", "max_length")
BOUNDS: Final = ("gt", "ge", "lt", "le")
DIGITS: Final = ("max_digits", "decimal_places")

_BY_FUNCTION: Final[Mapping[str, str]] = {
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
# How Pydantic notes a limit for its own documents, in words that JSON Schema may not have.
_NOTES: Final = frozenset(
    (
        *(*BOUNDS, *DIGITS, "multiple_of", "multipleOf"),
        *("minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum"),
        *(f"{end}{what}" for end in ("min", "max") for what in ("Length", "Items", "Properties")),
    )
)


@dataclass(frozen=True, slots=True)
class Limit:
    """``name`` as core schemas have it, ``function`` what Pydantic calls."""

    name: str
    value: Any
    function: Callable[[Any], Any]

    def admits(self, value: object) -> bool:
        """Whether Pydantic takes a value. Where Python can't compare, Pydantic raises."""
        try:
            self.function(value)
        except Exception:  # noqa: BLE001  # of whatever class the value is
            return False
        return True

    def tightened(self, known: Any) -> Any:
        """The narrower one of this limit and another of the same name, or ``None``."""
        if known is None:
            return self.value
        return (max if self.name in ("gt", "ge", "min_length") else min)(known, self.value)


def limit_of(core: CoreSchema) -> Limit | None:
    """The limit that a ``function-after`` schema checks, if Pydantic itself put it there."""
    if not is_limit(core):
        return None
    function: Any = validator_function(core)
    inner = inner_function(function)
    if inner.__name__ == "forbid_inf_nan_check":
        return Limit("allow_inf_nan", False, function)
    name = _BY_FUNCTION.get(inner.__name__)
    return None if name is None else Limit(name, function.keywords[name], function)


def without_notes(core: CoreSchema) -> CoreSchema:
    """``core`` without what Pydantic notes of its limit."""
    return metadata.without_notes(core, _NOTES)
