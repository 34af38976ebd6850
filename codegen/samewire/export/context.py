"""
What the functions that make schemas know of their run: the direction, the options, and the place in the models.

:class:`samewire.export.generator.WireSchema` is the one implementation. The functions take this and not the class, so that no
module of the export imports the generator that calls it.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import Any, Protocol

from pydantic.json_schema import JsonSchemaMode
from pydantic_core import core_schema

from samewire.dump import DumpOptions
from samewire.export.decisions import Decisions
from samewire.export.options import ExportOptions
from samewire.scalars.view import JsonSchema, View


class Context(Protocol):
    """
    ``mode`` is the direction, ``dump`` the dump options of what is emitted, ``decisions`` are the user's on code. ``where`` is the
    place, ``module:Class.field``, and ``owner`` the innermost class around it. ``definitions`` are the schemas so far, by
    :class:`Key` as text; ``core_schemas`` are the core schemas by reference; ``wire_names`` are the keys of a class by the names of
    its fields; ``made`` is what factories of defaults gave, by the factory's identity.
    """

    options: ExportOptions
    decisions: Decisions
    dump: DumpOptions
    core_schemas: dict[str, Mapping[str, Any]]
    wire_names: dict[tuple[str, type[Any] | None], dict[str, str]]
    made: dict[int, object]

    @property
    def mode(self) -> JsonSchemaMode: ...

    @property
    def view(self) -> View: ...

    @property
    def where(self) -> str: ...

    @property
    def owner(self) -> type[Any] | None: ...

    @property
    def annotation(self) -> object:
        """The annotation of the innermost field, or of the root."""

    @property
    def definitions(self) -> Mapping[Any, JsonSchema]: ...

    def generate_inner(self, schema: Any) -> JsonSchema:  # a core schema or a field of one
        """The JSON Schema of a core schema. Raises ``PydanticOmit`` for what its author hides."""

    def list_schema(self, schema: core_schema.ListSchema) -> JsonSchema: ...

    def core_of(self, core_ref: str) -> Mapping[str, Any] | None:
        """The core schema that a reference stands for at the current place."""

    def refuse(self, code: str, message: str, hint: str, where: str | None = None) -> JsonSchema:
        """The schema of a place that has no exact form, which reports the reason."""

    def inside(self, step: str) -> AbstractContextManager[None]:
        """A field inside the current place."""

    def inside_class(
        self, cls: type[Any] | None, config: Mapping[str, Any] | None
    ) -> AbstractContextManager[None]:
        """A class at the current place, with its configuration; ``None`` is that of the model around."""

    def dumping(self, dump: DumpOptions) -> AbstractContextManager[None]:
        """Other dump options, for a part of what is emitted."""

    def showing_hidden(self) -> AbstractContextManager[None]:
        """``SkipJsonSchema`` hides nothing."""
