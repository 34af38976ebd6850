"""
Items of sets: of any type, the values that have a hash.

Pydantic makes the items first and the set of them afterwards, and refuses what has no hash, whatever the type of the items says.
Of ``set[list[int]]`` there is the empty set alone.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Any, Final

from pydantic_core import core_schema

from samewire.coreschema import CoreSchema, validator_function
from samewire.coreschema.functions import is_pydantics, returns_its_argument
from samewire.coreschema.rebuilt import with_alternatives, with_items, with_parts
from samewire.coreschema.versions import modern
from samewire.export.context import Context
from samewire.export.enums import NEVER
from samewire.export.refusals import as_core_schema

_WITHOUT_HASH: Final = ("list", "deque", "set", "dict", "ordered-dict", "counter", "typed-dict")
_ANY: Final = core_schema.is_instance_schema(Hashable)
_NONE: Final = as_core_schema(dict(NEVER))
_GENERATED: Final = ("pydantic._internal._model_construction", "dataclasses")
"""What makes a hash of those of all fields."""


def hashable(context: Context, core: CoreSchema, seen: tuple[str, ...] = ()) -> CoreSchema:
    """
    The schema of an item of a set, as far as its values have a hash. A class whose instances have some with a hash and some without
    stays as it is.
    """

    def inside(inner: CoreSchema) -> CoreSchema:
        return hashable(context, inner, seen)

    core = modern(core)
    if _may_change(core):
        return core
    match core["type"]:
        case "any":
            return core if context.emits else _ANY
        case kind if kind in _WITHOUT_HASH:
            return _NONE
        case "definition-ref" if core["schema_ref"].startswith("pydantic.types.JsonValue:"):
            return core if context.emits else _ANY
        case "definition-ref" if core["schema_ref"] not in seen:
            target = context.references.target(core)
            seen = (*seen, core["schema_ref"])
            return core if target is None or inside(target) is not _NONE else _NONE
        case "model" | "dataclass":
            return _NONE if not context.emits and _has_no_hash(context, core, seen) else core
        case "tuple":
            index = core.get("variadic_item_index")
            changed = with_items(core, inside)
            fixed = [item for at, item in enumerate(changed["items_schema"]) if at != index]
            return _NONE if _NONE in fixed else changed
        case "named-tuple":
            fields = [inside(field["schema"]) for field in core["fields"]]
            return _NONE if _NONE in fields else core
        case "json" if "schema" in core:
            inner = inside(core["schema"])
            return _NONE if inner is _NONE else with_parts(core, schema=inner)
        case _:
            return with_alternatives(core, inside) or core


def _may_change(core: CoreSchema) -> bool:
    """Whether a validator of the author's sees the value last, and may return one that has a hash."""
    function = validator_function(core)
    if core["type"] not in ("function-after", "function-wrap", "function-plain"):
        return False
    return not is_pydantics(function) and not (
        core["type"] == "function-after" and returns_its_argument(function)
    )


def _has_no_hash(context: Context, core: CoreSchema, seen: tuple[str, ...]) -> bool:
    """Whether no instance of a class itself has a hash. What is written may be an instance of a subclass, which has one."""
    own = core["cls"].__hash__
    if own is None:
        return True
    if not _is_generated(own):
        return False
    return any(hashable(context, field, seen) is _NONE for field in _fields(core))


def _is_generated(function: Any) -> bool:
    """Whether a frozen model or dataclass has the hash of its fields."""
    code = getattr(function, "__code__", None)
    return getattr(function, "__module__", "") in _GENERATED or (
        code is not None and code.co_filename == "<string>"
    )


def _fields(core: CoreSchema) -> Iterator[CoreSchema]:
    inner = core["schema"]
    while "schema" in inner:
        inner = inner["schema"]
    fields = inner.get("fields", ())
    yield from (
        field["schema"] for field in (fields.values() if isinstance(fields, dict) else fields)
    )
