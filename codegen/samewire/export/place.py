"""Where in the models a schema stands: classes and fields, from the root inwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pydantic import RootModel

from samewire.export import type_hints
from samewire.export.naming import class_key


class Place:
    """The current place. ``root_type`` is the annotation of the root, which has no class around it."""

    def __init__(self) -> None:
        self.root_type: object = type_hints.UNSTATED
        self._steps: list[str] = []  # "module:Class", then the names of fields
        self._owners: list[type[Any]] = []

    @property
    def where(self) -> str:
        """``module:Class.field`` of the innermost class, the form that configuration keys have."""
        start = max((i for i, step in enumerate(self._steps) if ":" in step), default=0)
        return ".".join(self._steps[start:])

    @property
    def owner(self) -> type[Any] | None:
        """The innermost class."""
        return self._owners[-1] if self._owners else None

    @property
    def annotation(self) -> object:
        """The annotation of the innermost field, or of the root."""
        if self.owner is None:
            return self.root_type
        key = class_key(self.owner)
        fields = self._steps[len(self._steps) - self._steps[::-1].index(key) :]
        is_root = not fields and issubclass(self.owner, RootModel)
        return type_hints.of_field(self.owner, "root" if is_root else next(iter(fields), ""))

    @contextmanager
    def inside(self, step: str) -> Iterator[None]:
        """A field, or a root, inside the current place."""
        self._steps.append(step)
        try:
            yield
        finally:
            self._steps.pop()

    @contextmanager
    def inside_class(self, cls: type[Any]) -> Iterator[None]:
        self._owners.append(cls)
        try:
            with self.inside(class_key(cls)):
                yield
        finally:
            self._owners.pop()
