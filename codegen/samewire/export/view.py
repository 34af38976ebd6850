"""
What core schemas of single values are seen from: the direction, and the configuration that is in force.

Each function of ``numbers``, ``texts``, ``times`` and ``formats`` takes a core schema (``pydantic_core.core_schema``) and the
view, and returns a fresh dict. Where the stock generator says less than Pydantic does, the difference is written with the
keys listed in ``docs/schema-format.md``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

JsonSchema: TypeAlias = dict[str, Any]
CoreSchema: TypeAlias = Mapping[str, Any]
Mode: TypeAlias = Literal["serialization", "validation"]

MAX_SAFE_INTEGER: Final = 2**53 - 1
BOUND_KEYS: Final = {
    "ge": "Minimum",
    "gt": "ExclusiveMinimum",
    "le": "Maximum",
    "lt": "ExclusiveMaximum",
}
WHITE: Final = r"\p{White_Space}"


@dataclass(frozen=True, slots=True)
class View:
    """
    The direction, and the model configuration that is in force (``pydantic.ConfigDict``).

    ``inferred``: the configurations of all roots. What Pydantic serializes by the value it finds, not by a declared type, follows
    that of the class that is dumped, and not that of the model around.
    """

    mode: Mode
    config: Mapping[str, Any]
    inferred: tuple[Mapping[str, Any], ...] = ()
    finite_floats: bool = False
    safe_integers: bool = False

    @property
    def emits(self) -> bool:
        return self.mode == "serialization"


def is_strict(schema: CoreSchema, view: View) -> bool:
    return bool(schema.get("strict", view.config.get("strict", False)))
