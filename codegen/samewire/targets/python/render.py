"""Renders a contract as the source of a Python module."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, TypeAlias

from samewire import ir
from samewire.errors import Diagnostic, ModelError
from samewire.graph import components, reachable
from samewire.targets.python.enumerations import enumeration
from samewire.targets.python.formats import UnsupportedError
from samewire.targets.python.models import ROOT, Classes, Kind, written
from samewire.targets.python.module import Alias, Parts, assembled, reserved_names
from samewire.targets.python.named import named
from samewire.targets.python.names import class_names, field_names
from samewire.targets.python.routes import Form, source_of
from samewire.targets.python.syntax import annotated, call, docstring, scalar, text
from samewire.targets.python.types import HINTS, JsonSchema, Types
from samewire.walk import references


def render_module(contract: ir.Contract, notice: str, adapters: Form = "function") -> str:
    """
    Returns the source of the module.

    Raises:
        ModelError: types have no exact form in Python.
        GeneratorMissingError: the extra that has datamodel-code-generator is not installed.

    """
    return finished(Module(contract, types_of(contract, Types, fields_of)), notice, adapters)


Fields: TypeAlias = Mapping[str, Mapping[str, str]]
"""The names of fields, by definition and key."""


def types_of(
    contract: ir.Contract,
    of: type[Types],
    fields: Callable[[Mapping[str, ir.Definition], Mapping[str, str]], Fields],
) -> Types:
    definitions = {each.name: each for each in named(contract)}
    names = class_names(definitions, reserved_names())
    edges = {key: references(each.type) for key, each in definitions.items()}
    emitted = frozenset(reachable(contract.emits, edges))
    hint_name = unused(definitions.values())
    return of(definitions, names, fields(definitions, names), emitted, hint_name=hint_name)


def finished(module: Module, notice: str, adapters: Form) -> str:
    module.adapters = adapters
    module.collect()
    if module.problems:
        raise ModelError(*module.problems)
    return module.source(f"{notice}\n\n{module.about}")


def fields_of(definitions: Mapping[str, ir.Definition], names: Mapping[str, str]) -> Fields:
    """``names`` are those of the classes."""
    return {
        key: field_names(each.type, names.values())
        for key, each in definitions.items()
        if isinstance(each.type, ir.Object)
    }


_ABOUT = """Read JSON with `model_validate_json` of a class, or `validate_json` of an adapter. Build objects by the names of their
fields, and write them with `model_dump_json`."""


class Module:
    """
    A module in the making. ``exports``: whether it says what it exports, with adapters of the aliases among the roots. ``kind``:
    what its objects are.
    """

    exports = True
    kind: Kind = "classes"
    about = _ABOUT
    adapters: Form = "function"
    base = "Model"
    partial_base = "PartialModel"

    def __init__(self, contract: ir.Contract, types: Types) -> None:
        self.contract = contract
        self.definitions = types.definitions
        self.types = types
        aliases = {
            key: references(each.type) if _is_alias(each.type) else ()
            for key, each in self.definitions.items()
        }
        self._recursive = {
            name
            for group in components(aliases, aliases)
            for name in group
            if len(group) > 1 or name in aliases[name]
        }
        self.schemas: dict[str, JsonSchema] = {}
        self.shown: dict[str, dict[str, Any]] = {}
        self.aliases: list[Alias] = []
        self.problems: dict[Diagnostic, None] = {}

    def collect(self) -> None:
        for definition in self.definitions.values():
            with self.refusing(definition):
                self._definition(definition)

    def _definition(self, definition: ir.Definition) -> None:
        name = self.types.names[definition.name]
        doc = self.doc(definition.doc, name)
        match definition.type:
            case ir.Object():
                self._object(definition, definition.type, name, doc)
            case ir.EnumType(members):
                self.schemas[name] = {
                    "type": "string",
                    "enum": [str(at) for at in range(len(members))],
                }
                self.shown[name] = enumeration(members, doc)
            case type_:
                recursive = definition.name in self._recursive
                self.aliases.append(Alias(name, self.types.expression(type_), doc, recursive))

    def doc(self, doc: ir.Doc, name: str) -> str | None:
        """The docstring of ``name``."""
        return docstring(_text(doc, name))

    def _object(
        self, definition: ir.Definition, type_: ir.Object, name: str, doc: str | None
    ) -> None:
        fields = self.types.fields[definition.name]
        names = names_read(type_)
        properties: JsonSchema = {}
        defaults: dict[str, str] = {}
        for each in type_.properties:
            with self.refusing(definition, each.key):
                schema = self._property(each, names.get(each.key), fields[each.key])
                properties[fields[each.key] if each.key in names else each.key] = schema
                if not each.required:
                    defaults[fields[each.key]] = self.unset(each.type)
        base = self.partial_base if defaults else self.base
        extra, extra_type = self.extra_of(type_)
        self.schemas[name] = {
            "type": "object",
            "customBasePath": f"{HINTS}.{base}",
            "properties": properties,
            "required": list(properties),
        }
        docs = {fields[each.key]: self.field_doc(each) for each in type_.properties}
        self.shown[name] = {
            "doc": doc,
            "docs": docs,
            "defaults": defaults,
            "settings": extra,
            "extra_type": extra_type,
        }

    def extra_of(self, type_: ir.Object) -> tuple[dict[str, str], str | None]:
        """The settings of a class about further keys, and the type of what they hold."""
        match type_.extra:
            case ir.REJECT:
                return {"extra": text("forbid")}, None
            case ir.Keep(ir.Unknown() | ir.JsonValue()):
                return {"extra": text("allow")}, None
            case ir.Keep(value):
                return {"extra": text("allow")}, self.types.expression(value)
            case _:
                return {}, None

    def _property(self, each: ir.Property, names: ir.Names | None, name: str) -> JsonSchema:
        schema = self.types.schema(each.type)
        if each.required and names is None:
            return schema
        expression = self.types.expression(each.type)
        if not each.required and not isinstance(each.type, ir.Never):
            expression = self.omittable(each.type, expression)
        if names is not None:
            key = text(each.key)
            given = None if name == each.key else key
            read = choices(names)
            expression = annotated(
                expression,
                call("Field", alias=given, validation_alias=read, serialization_alias=key),
            )
        return self.types.hint(expression)

    def omittable(self, type_: ir.Type, expression: str) -> str:
        """The annotation of a field with an optional key."""
        return expression if self.types.takes_null(type_) else f"Omittable[{expression}]"

    def unset(self, type_: ir.Type) -> str:  # noqa: ARG002  # others look at it
        """The value of a field whose key is omitted."""
        return "None"

    def field_doc(self, property_: ir.Property) -> str | None:
        """What a reader of the field wants to know: a default is that of a key that may be left out."""
        said = replace(property_.doc, default=()) if property_.required else property_.doc
        return self.doc(said, property_.key)

    @contextmanager
    def refusing(self, definition: ir.Definition, *key: str) -> Iterator[None]:
        """What has no form in Python is a problem of the definition, or of its field."""
        try:
            yield
        except UnsupportedError as error:
            where = ".".join((definition.source or definition.pointer, *key))
            self.problems[Diagnostic("python-type", where, error.message, error.hint)] = None

    def names_of_fields(self) -> Fields:
        """What the generator calls them."""
        return self.types.fields

    def printed(self, fields: Mapping[str, str]) -> frozenset[str]:
        """What stands in the module for these fields."""
        return frozenset(fields.values())

    def uses(self) -> Mapping[str, tuple[str, ...]]:
        """What each class and alias names."""
        names = self.types.names
        return {
            names[key]: tuple(names[each] for each in references(definition.type))
            for key, definition in self.definitions.items()
        }

    def bases(self) -> Mapping[str, tuple[str, ...]]:
        """The classes of the module that each class inherits from."""
        return {}

    # --- The text -----------------------------------------------------------------------------------------------------

    def source(self, header: str) -> str:
        """The module. ``header`` is its docstring."""
        names = self.types.names
        by_class = {
            names[key]: fields
            for key, fields in self.names_of_fields().items()
            if names[key] in self.schemas
        }
        root = {"title": ROOT, "type": "object", "properties": {}}
        document = {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            **root,
            "$defs": self.schemas,
        }
        given = Classes(document, by_class, self.shown, self.kind)
        classes = written(given) if self.schemas else ""
        hints = {name: expression for expression, name in self.types.hints.items()}
        adapters = {
            _free(f"{names[key]}Adapter", names.values()): names[key]
            for key in dict.fromkeys((*self.contract.emits, *self.contract.accepts))
            if self.exports
            and _is_alias(self.definitions[key].type)
            and not isinstance(self.definitions[key].type, ir.Ref)
        }
        fields = {name: self.printed(each) for name, each in by_class.items()}
        fields |= {
            name: frozenset(each["name"] for each in shown["members"])
            for name, shown in self.shown.items()
            if "members" in shown
        }
        whole = f'"""\n{header}\n"""' if "\n" in header else f'"""{header}"""'
        called = source_of(self.contract, names, self.adapters) if self.exports else ""
        return assembled(
            Parts(
                whole,
                classes,
                fields,
                hints,
                self.aliases,
                self.uses(),
                adapters,
                called,
                bases=self.bases(),
                exports=self.exports,
                rebuilt=self.kind == "classes",
            )
        )


def unused(definitions: Collection[ir.Definition]) -> str:
    """The beginning of a name that no type, field or member of an enumeration of a contract has."""
    texts = [each.name for each in definitions]
    for each in definitions:
        match each.type:
            case ir.Object(properties):
                texts += (property_.key for property_ in properties)
            case ir.EnumType(members):
                texts += (member.name for member in members)
            case _:
                continue
    name = "Hint"
    while any(name.lower() in text.lower() for text in texts):
        name += "X"
    return name


def _free(name: str, names: Iterable[str]) -> str:
    used = {*names, *reserved_names()}
    while name in used:
        name += "_"
    return name


def _is_alias(type_: ir.Type) -> bool:
    return not isinstance(type_, ir.Object | ir.EnumType)


def names_read(type_: ir.Object) -> Mapping[str | int, ir.Names]:
    """By key, the fields that are read under several names."""
    if any(len(each.path) > 1 for each in type_.names):
        raise UnsupportedError(
            "a field is read only from several nested keys",
            "also give it an alias",
        )
    return {each.path[0]: each for each in type_.names}


def choices(names: ir.Names) -> str:
    paths = (
        text(str(one[0])) if len(one) == 1 else call("AliasPath", map(scalar, one))
        for one in names.read
    )
    return call("AliasChoices", paths)


def _text(doc: ir.Doc, name: str) -> str | None:
    parts = [doc.title if doc.title != name else None, doc.description]
    if doc.deprecated is not False:
        parts.append(
            f"Deprecated: {doc.deprecated}" if isinstance(doc.deprecated, str) else "Deprecated."
        )
    parts += [f"Default: `{json.dumps(value, ensure_ascii=False)}`" for value in doc.default]
    return "\n\n".join(filter(None, parts)) or None
