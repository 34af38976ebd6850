"""The view of a core schema that is exported: the direction, and the configuration that is in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

from samewire.coreschema import CoreSchema as CoreSchema  # noqa: PLC0414 - scalars take it from here

JsonSchema: TypeAlias = dict[str, Any]
Config: TypeAlias = Mapping[str, Any]
Mode: TypeAlias = Literal["serialization", "validation"]
DateTimes: TypeAlias = Literal["any", "aware", "utc"]
Times: TypeAlias = Literal["any", "naive"]

MAX_SAFE_INTEGER: Final = 2**53 - 1
WHITE: Final = r"\p{White_Space}"


@dataclass(frozen=True, slots=True)
class View:
    """
    The direction, and the model configuration that is in force (``pydantic.ConfigDict``).

    ``inferred``: the configurations of all roots. What Pydantic serializes by the value it finds, not by a declared type, follows
    that of the class that is dumped, and not that of the model around. ``datetimes``: what is promised of a ``datetime`` whose
    zone is not declared, ``times`` of each ``time``. ``marks``: documents say what texts and arrays hold that don't show it.
    ``by_django``: Django's encoder writes what Pydantic gave as Python objects.
    """

    mode: Mode
    config: Config
    inferred: tuple[Config, ...] = ()
    finite_floats: bool = False
    safe_integers: bool = False
    datetimes: DateTimes = "any"
    times: Times = "any"
    marks: bool = False
    by_django: bool = False

    @property
    def emits(self) -> bool:
        return self.mode == "serialization"


def is_strict(schema: CoreSchema, view: View) -> bool:
    return bool(schema.get("strict", view.config.get("strict", False)))


def lengths(minimum: int | None, maximum: int | None) -> JsonSchema:
    limits = {"minLength": minimum, "maxLength": maximum}
    return {key: value for key, value in limits.items() if value is not None}
