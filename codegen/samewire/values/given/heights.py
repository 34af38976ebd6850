"""How deep inputs have to go: what :mod:`samewire.values.shapes` is for types, for core schemas."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeAlias

CoreSchema: TypeAlias = Mapping[str, Any]

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
        "function-after",
        "function-before",
        "function-wrap",
        "custom-error",
        "json",
        "model",
        "dataclass",
        "definitions",
    )
)


class Heights:
    """``definitions`` are the schemas that references name."""

    def __init__(self, root: CoreSchema) -> None:
        self.definitions = {each["ref"]: each for each in _definitions(root)}
        self._known: dict[str, float] = dict.fromkeys(self.definitions, math.inf)
        changed = True
        while changed:
            changed = False
            for ref, schema in self.definitions.items():
                height = self.of(schema)
                if height < self._known[ref]:
                    self._known[ref] = height
                    changed = True

    def possible(self, schema: CoreSchema) -> bool:
        return self.of(schema) < math.inf

    def of(self, schema: CoreSchema) -> float:
        kind = schema["type"]
        match kind:
            case "definition-ref":
                return self._known[schema["schema_ref"]]
            case "nullable":
                return 0
            case "union":
                return min(map(self.of, choices(schema)), default=math.inf)
            case "tagged-union":
                return min(map(self.of, tagged(schema).values()), default=math.inf)
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


def choices(schema: CoreSchema) -> list[CoreSchema]:
    """The members of a union, without their labels."""
    return [each[0] if isinstance(each, tuple | list) else each for each in schema["choices"]]


def tagged(schema: CoreSchema) -> dict[Any, CoreSchema]:
    """The members of a tagged union by tag; a tag may stand for another tag."""
    found: dict[Any, CoreSchema] = {}
    for tag, given in schema["choices"].items():
        member = given
        while isinstance(member, str | int):
            member = schema["choices"][member]
        found[tag] = member
    return found


def _definitions(schema: object) -> Iterator[CoreSchema]:
    """Everything with a name that a reference may use, wherever it stands."""
    pending: list[object] = [schema]
    seen: set[int] = set()
    while pending:
        each = pending.pop()
        if id(each) in seen or not isinstance(each, dict | list | tuple):
            continue
        seen.add(id(each))
        if isinstance(each, dict):
            # A model may have fields of these names.
            if isinstance(each.get("ref"), str) and isinstance(each.get("type"), str):
                yield each
            pending.extend(value for key, value in each.items() if key not in _NO_SCHEMA)
        else:
            pending.extend(each)


_NO_SCHEMA: Final = frozenset(
    ("metadata", "serialization", "function", "default", "cls", "config", "expected")
)
