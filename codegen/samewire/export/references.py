"""
The references of core schemas: which schema each one stands for, where.

A core reference names a class or an alias. The schema that it stands for may be another one in another root or model: a plain
dataclass takes on the aliases of the model around it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from samewire.coreschema import CoreSchema, schemas
from samewire.coreschema.versions import modern
from samewire.export import surroundings
from samewire.export.definition_keys import without_constraint


class References:
    """
    ``origins`` maps a core reference to its Python class (``None`` for a type alias), ``core_schemas`` to the first schema that it
    stood for.
    """

    def __init__(self) -> None:
        self.origins: dict[str, type[Any] | None] = {}
        self.core_schemas: dict[str, CoreSchema] = {}
        self._scopes: list[tuple[Mapping[str, CoreSchema], bool]] = []
        self._meanings: dict[str, surroundings.Signature] = {}

    def add(self, core: CoreSchema) -> None:
        self.core_schemas.setdefault(core["ref"], core)
        cls = modern(core).get("cls")
        self.origins.setdefault(core["ref"], cls)
        self.origins.setdefault(without_constraint(core["ref"]), cls)

    @contextmanager
    def scope(self, definitions: Sequence[CoreSchema]) -> Iterator[None]:
        """Inside a schema that brings definitions."""
        for core in definitions:
            self.add(core)
        varies = any(surroundings.signature(core) is not None for core in definitions)
        self._scopes.append(({core["ref"]: core for core in definitions}, varies))
        try:
            yield
        finally:
            self._scopes.pop()

    @property
    def vary(self) -> bool:
        """Whether a definition around may mean something else in another scope."""
        return any(varies for _, varies in self._scopes)

    def core_of(self, core_ref: str) -> CoreSchema | None:
        """The core schema that a reference stands for at the current place."""
        around = (scope[core_ref] for scope, _ in reversed(self._scopes) if core_ref in scope)
        return next(around, self.core_schemas.get(core_ref))

    def target(self, core: CoreSchema) -> CoreSchema | None:
        """The schema that a reference stands for; ``None`` for what is no reference, or one to nowhere."""
        return self.core_of(core["schema_ref"]) if core["type"] == "definition-ref" else None

    def schemas(self, core: CoreSchema) -> Iterator[CoreSchema]:
        """Every schema inside of ``core``, those that it refers to included, each of these once."""
        pending, seen = [core], set[str]()
        while pending:
            for inner in schemas(pending.pop()):
                yield inner
                target = self.target(inner)
                if target is not None and inner["schema_ref"] not in seen:
                    seen.add(inner["schema_ref"])
                    pending.append(target)

    def is_another(self, key: str, core: CoreSchema) -> bool:
        """Whether the definition ``key`` was generated from a schema with other keys, or other values."""
        own = surroundings.meaning(core)
        return own is not None and self._meanings.setdefault(key, own) != own
