"""
Core schemas taken apart: each model and each named schema once, however many schemas it is a part of.

Pydantic writes a model's schema out in full wherever the model is used. Whoever walks every model of a contract as a whole would
walk most of them many times, and a chain of models as deep as it is long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar, cast

from samewire.coreschema.parts import parts, schemas
from samewire.coreschema.versions import modern
from samewire.coreschema.wrappers import CoreSchema

T = TypeVar("T")


class Flat:
    """
    ``definitions`` has the schemas that references name: those of Pydantic's own references, and one for each model, which
    stands for it everywhere. What was taken apart once is not looked at again.
    """

    def __init__(self) -> None:
        self.definitions: dict[str, CoreSchema] = {}
        self._inner: dict[str, frozenset[str]] = {}
        self._waiting: list[tuple[str, CoreSchema]] = []
        self._told: dict[tuple[object, int], object] = {}
        self._roots: dict[int, tuple[CoreSchema, CoreSchema]] = {}

    def of(self, schema: CoreSchema) -> CoreSchema:
        """The schema with references in the place of models; the same object for the same schema."""
        if id(schema) not in self._roots:
            root = self._pruned(schema)
            while self._waiting:
                ref, node = self._waiting.pop()
                self.definitions[ref] = self._inside(node)
            self._roots[id(schema)] = (schema, root)
        return self._roots[id(schema)][1]

    def parts(self, schema: CoreSchema) -> Iterator[CoreSchema]:
        """The schema and all that it refers to, each once and without the others."""
        root = self.of(schema)
        yield root
        waiting = sorted(_refs(root))
        seen = set(waiting)
        while waiting:
            ref = waiting.pop()
            part = self.definitions[ref]
            yield part
            if ref not in self._inner:
                self._inner[ref] = frozenset(_refs(part))
            new = self._inner[ref] - seen
            seen |= new
            waiting += sorted(new)

    def each(self, schema: CoreSchema, function: Callable[[CoreSchema], T]) -> Iterator[T]:
        """What a function says of each of the parts, which it is asked once."""
        for part in self.parts(schema):
            key = (function, id(part))
            if key not in self._told:
                self._told[key] = function(part)
            yield cast("T", self._told[key])

    def _pruned(self, value: Any) -> Any:
        match value:
            case {"type": "definitions", "schema": schema, "definitions": definitions}:
                for each in definitions:
                    self._define(each["ref"], each)
                return self._pruned(schema)
            case {"type": "model", "cls": _}:
                return self._model(value)
            case {"type": "call"} if (newer := modern(value)) is not value:
                return self._pruned(newer)
            case {"ref": str() as ref, "type": str()}:
                # Left where it is: what it means may depend on the configuration around it.
                self._define(ref, value)
                return self._inside(value)
            case dict():
                return self._inside(value)
            case list():
                return [self._pruned(each) for each in value]
            case tuple():
                return tuple(self._pruned(each) for each in value)
            case _:
                return value

    def _inside(self, node: CoreSchema) -> CoreSchema:
        """A node as it is, its parts pruned. A dictionary without a type is of fields or choices, which may have any name."""
        pruned = {key: self._pruned(part) for key, part in parts(node)}
        inside = {**node, **pruned}
        if isinstance(node.get("type"), str):
            inside.pop("ref", None)
        return inside

    def _define(self, ref: str, node: CoreSchema) -> None:
        if ref in self.definitions:
            return
        if node["type"] == "model":
            self.definitions[ref] = self._model(node)
        else:
            self.definitions[ref] = node
            self._waiting.append((ref, node))

    def _model(self, node: CoreSchema) -> CoreSchema:
        """A reference to a model, which is the same wherever it stands but for what an annotation may add to it."""
        added = sorted(
            (key, repr(each))
            for key, each in node.items()
            if key not in ("type", "cls", "schema", "config", "metadata", "ref")
        )
        ref = f"{node['cls'].__qualname__}:{id(node['cls'])}:{added}"
        if ref not in self.definitions:
            self.definitions[ref] = node
            self._waiting.append((ref, node))
        return {"type": "definition-ref", "schema_ref": ref}


def _refs(value: CoreSchema) -> Iterator[str]:
    return (each["schema_ref"] for each in schemas(value) if each["type"] == "definition-ref")
