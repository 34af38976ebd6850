"""How deep the smallest input of a core schema is: what :mod:`samewire.values.depth` is for types."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

from samewire.coreschema import FUNCTIONS, CoreSchema, choices
from samewire.values.depth import add_depths

_SIZED: Final = frozenset(
    (
        "list",
        "deque",
        "set",
        "frozenset",
        "generator",
        "dict",
        "frozendict",
        "ordered-dict",
        "counter",
    )
)
_INNER: Final = frozenset(
    (
        *FUNCTIONS,
        "custom-error",
        "json",
        "model",
        "dataclass",
        "definitions",
    )
)


class Depths:
    """``definitions`` are the schemas that references name. They may become more, but none of them changes."""

    def __init__(self, definitions: Mapping[str, CoreSchema]) -> None:
        self.definitions = definitions
        self._known: dict[str, float] = {}

    def update(self) -> None:
        """Takes in the definitions that are new. None that was there before refers to them."""
        new = [ref for ref in self.definitions if ref not in self._known]
        add_depths(self._known, new, lambda ref: self.of(self.definitions[ref]))

    def possible(self, schema: CoreSchema) -> bool:
        return self.of(schema) < math.inf

    def of(self, schema: CoreSchema) -> float:
        kind = schema["type"]
        match kind:
            case "definition-ref":
                return self._known[schema["schema_ref"]]
            case "nullable":
                return 0
            case "union" | "tagged-union":
                return min(map(self.of, choices(schema)), default=math.inf)
            case "lax-or-strict":
                return min(self.of(schema["lax_schema"]), self.of(schema["strict_schema"]))
            case "json-or-python":
                return self.of(schema["python_schema"])
            case "chain":
                return max(map(self.of, schema["steps"]), default=0)
            case "default" | "missing-sentinel":
                return self.of(schema["schema"]) if "schema" in schema else 0
            case "tuple":
                return 1 + self._tuple(schema)
            case "model-fields" | "typed-dict":
                needed = [
                    each["schema"]
                    for each in schema["fields"].values()
                    if is_required(each, schema)
                ]
                return 1 + max(map(self.of, needed), default=0)
            case "dataclass-args" | "named-tuple":
                needed = [each["schema"] for each in schema["fields"] if is_required(each, schema)]
                return 1 + max(map(self.of, needed), default=0)
            case _ if kind in _SIZED:
                parts = [
                    schema[key]
                    for key in ("items_schema", "keys_schema", "values_schema")
                    if key in schema
                ]
                return 1 + (max(map(self.of, parts), default=0) if schema.get("min_length") else 0)
            case _ if kind in _INNER:
                return self.of(schema["schema"]) if "schema" in schema else 0
            case _:
                return 0

    def _tuple(self, schema: CoreSchema) -> float:
        variadic = schema.get("variadic_item_index")
        needed = [
            each
            for at, each in enumerate(schema["items_schema"])
            if at != variadic or schema.get("min_length", 0) >= len(schema["items_schema"])
        ]
        return max(map(self.of, needed), default=0)


def is_required(field: CoreSchema, schema: CoreSchema) -> bool:
    if field.get("init") is False:
        return False
    if "required" in field or schema["type"] == "typed-dict":
        required: bool = field.get("required", schema.get("total", True))
        return required
    kind: str = field["schema"]["type"]
    return kind != "default"
