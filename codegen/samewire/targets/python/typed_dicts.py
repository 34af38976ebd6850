"""
TypedDicts instead of classes: the JSON itself, with types. A Pydantic ``TypeAdapter`` reads each as exactly as a class, because
the annotations contain the limits; a type checker alone does not see them.
"""

from __future__ import annotations

import keyword
from collections.abc import Mapping
from typing import Final

from samewire import ir
from samewire.targets.python.formats import UnsupportedError
from samewire.targets.python.models import Kind
from samewire.targets.python.module import reserved_names
from samewire.targets.python.names import IN_ANNOTATIONS
from samewire.targets.python.render import (
    Fields,
    Module,
    choices,
    fields_of,
    finished,
    names_read,
    types_of,
)
from samewire.targets.python.routes import Form
from samewire.targets.python.syntax import annotated, call, text
from samewire.targets.python.types import JsonSchema, Types

_ABOUT: Final = """Read and check JSON with `TypeAdapter(X).validate_json`, and write it with `dump_json` of the adapter.
Without an adapter nothing checks the limits that stand beside types."""


def render_dicts(contract: ir.Contract, notice: str, adapters: Form = "function") -> str:
    """:func:`samewire.targets.python.render.render_module` with TypedDicts."""
    return finished(_Module(contract, types_of(contract, _Types, _keys_of)), notice, adapters)


class _Types(Types):
    def schema(self, type_: ir.Type) -> JsonSchema:
        return self.hint(self.expression(type_))


def _keys_of(definitions: Mapping[str, ir.Definition], _names: Mapping[str, str]) -> Fields:
    """The fields are named like the keys, as in a dictionary."""
    return {
        key: {each.key: each.key for each in definition.type.properties}
        for key, definition in definitions.items()
        if isinstance(definition.type, ir.Object)
    }


class _Module(Module):
    kind: Kind = "typed-dict"
    about = _ABOUT

    def __init__(self, contract: ir.Contract, types: Types) -> None:
        super().__init__(contract, types)
        objects = (each.type for each in self.definitions.values())
        self._heirs = any(
            isinstance(each, ir.Object) and each.extra is not ir.STRIP for each in objects
        )
        """Whether TypedDicts would have the settings of those that they stand in."""

    def names_of_fields(self) -> Fields:
        return fields_of(self.definitions, self.types.names)  # the template prints keys

    def printed(self, fields: Mapping[str, str]) -> frozenset[str]:
        return frozenset(fields)

    def _object(
        self, definition: ir.Definition, type_: ir.Object, name: str, doc: str | None
    ) -> None:
        fields = self.names_of_fields()[definition.name]
        names = names_read(type_)
        plain = all(map(self._is_plain, fields))
        properties: JsonSchema = {}
        for each in type_.properties:
            with self.refusing(definition, each.key):
                shown = self._annotation(each, names.get(each.key))
                properties[each.key] = self.types.hint(shown if plain else text(shown))
        extra, values = self.extra_of(type_)
        if values is not None:
            raise UnsupportedError(
                "a TypedDict does not say what further keys hold",
                'leave models = "typed-dict" out',
            )
        self.schemas[name] = {
            "type": "object",
            "properties": properties,
            "required": list(properties),
        }
        self.shown[name] = {
            "doc": doc,
            "docs": {fields[each.key]: self.field_doc(each) for each in type_.properties},
            "keys": {shown: key if plain else text(key) for key, shown in fields.items()},
            "plain": plain,
            "settings": extra or ({"extra": text("ignore")} if self._heirs else {}),
        }

    def _annotation(self, each: ir.Property, names: ir.Names | None) -> str:
        expression = self.types.expression(each.type)
        if names is not None:
            expression = annotated(expression, call("Field", validation_alias=choices(names)))
        return expression if each.required else f"NotRequired[{expression}]"

    def _is_plain(self, key: str) -> bool:
        """Whether a class can have the key as the name of a field, which hides no type."""
        hidden = (
            key in IN_ANNOTATIONS or key in reserved_names() or key in self.types.names.values()
        )
        return (
            key.isidentifier()
            and key.isascii()
            and not (keyword.iskeyword(key) or key.startswith("__") or hidden)
        )
