"""Models as a developer writes them, from types that plain annotations say: the owner's from now on."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from samewire import ir
from samewire.importing.families import VARIABLE, Families, Instance
from samewire.importing.inheritance import Definitions
from samewire.importing.package import module_of
from samewire.importing.plain import FORMATS, Plain
from samewire.targets.python.module import reserved_names
from samewire.targets.python.named import named
from samewire.targets.python.render import Fields, Module, fields_of, unused
from samewire.targets.python.syntax import (
    annotated,
    call,
    docstring,
    parts_of,
    pattern,
    scalar,
    text,
)
from samewire.targets.python.types import HINTS, JsonSchema, Types
from samewire.walk import references

_WIDTH: Final = 92
_FILE: Final = re.compile(r"[\w][\w .@+-]*")
_WORD: Final = re.compile(r"[0-9A-Za-z]+")


@dataclass(frozen=True, slots=True)
class Written:
    """
    The result. ``text`` is the module; ``names`` has the class or alias of each definition. ``modules`` are their modules in a
    package.
    """

    text: str
    definitions: Mapping[str, ir.Definition]
    names: Mapping[str, str]
    modules: Mapping[str, str]


def written(plain: Plain, shared: Families, file: str) -> Written:
    """
    Writes the models, with the bases and generic classes of ``shared``. ``file`` is their origin.

    Raises:
        GeneratorMissingError: the extra that has datamodel-code-generator is not installed.

    """
    parts = {each.name: each for each in named(shared.apart(plain.contract))}
    whole = shared.whole(parts)
    definitions = whole | {name: parts[name] for name in shared.generics}
    if shared.generics:
        definitions[VARIABLE] = ir.Definition(VARIABLE, ir.Object(()), "")
    names = {**_names(parts), VARIABLE: VARIABLE}
    types = _Types(
        definitions,
        names,
        fields_of(definitions, names),
        hint_name=unused(definitions.values()),
        patterns=plain.patterns,
        instances=shared.instances,
    )
    names |= {name: types.expression(ir.Ref(name)) for name in shared.instances}
    module = _Module(plain.contract, types, parts)
    module.collect()
    owners = {each.pointer: each.name for each in plain.contract.definitions}
    modules = {names[name]: module_of(owners[each.pointer]) for name, each in parts.items()}
    origin = f" of {file}" if _FILE.fullmatch(file) else ""
    return Written(module.source(f"The models{origin}."), whole, names, modules)


def _names(definitions: Iterable[str]) -> dict[str, str]:
    """Each definition's own name in Pascal case; those that are written so come first."""
    names: dict[str, str] = {}
    used = {each.casefold() for each in reserved_names()}
    for key in sorted(definitions, key=lambda one: (_pascal(one) != one, one)):
        wanted = _pascal(key)
        name = wanted if wanted.casefold() not in used else f"{wanted}Model"
        number = 2
        while name.casefold() in used:
            name, number = f"{wanted}{number}", number + 1
        used.add(name.casefold())
        names[key] = name
    return names


def _pascal(text_: str) -> str:
    name = "".join(word[0].upper() + word[1:] for word in _WORD.findall(text_)) or "Type"
    return f"Type{name}" if name[0].isdigit() else name


@dataclass(slots=True)
class _Types(Types):
    """Annotations that convert nothing in strict mode, and are written as if by hand."""

    patterns: Mapping[ir.Regex, str] = field(default_factory=dict)
    instances: Mapping[str, Instance] = field(default_factory=dict)

    def schema(self, type_: ir.Type) -> JsonSchema:
        return self.hint(self.expression(type_))

    def expression(self, type_: ir.Type) -> str:
        match type_:
            case ir.Ref(name) if name in self.instances:
                instance = self.instances[name]
                return f"{self.names[instance.generic]}[{self.expression(instance.argument)}]"
            case ir.Boolean():
                return "bool"
            case ir.Literal(values):
                return f"Literal[{', '.join(map(scalar, values))}]"
            case ir.Integer(ge, gt, le, lt, step):
                return limited("int", ge=ge, gt=gt, le=le, lt=lt, multiple_of=step)
            case ir.Number(ge, gt, le, lt, step):
                return limited("float", ge=ge, gt=gt, le=le, lt=lt, multiple_of=step)
            case ir.String(low, high, patterns, format_):
                if format_ is not None:
                    return FORMATS[str(format_.document()["format"])]
                given = pattern(self.patterns[patterns[0]]) if patterns else None
                return _with_field(
                    "str", min_length=_shown(low), max_length=_shown(high), pattern=given
                )
            case _:
                return Types.expression(self, type_)


def limited(inner: str, **limits: float | None) -> str:
    return _with_field(inner, **{key: _shown(each) for key, each in limits.items()})


def _shown(limit: float | None) -> str | None:
    return None if limit is None else repr(limit)


def _with_field(inner: str, **named_: str | None) -> str:
    """An annotation with these arguments of ``Field``, in the one that it has if it has one."""
    if not any(each is not None for each in named_.values()):
        return inner
    parts = parts_of(inner)
    if parts is not None and parts.endswith(")") and ", Field(" in parts:
        base, _, rest = parts.rpartition(", Field(")
        if rest.count("(") == rest.count(")") - 1:
            own = call("Field", (), **named_)[:-1]
            return f"Annotated[{base}, {own}, {rest}]"
    return annotated(inner, call("Field", (), **named_))


class _Module(Module):
    """``parts``: the definitions that are written, each without what it inherits."""

    exports = False

    def __init__(self, contract: ir.Contract, types: _Types, parts: Definitions) -> None:
        super().__init__(contract, types)
        self.parts = parts
        self.instances = types.instances

    def collect(self) -> None:
        for definition in self.parts.values():
            self._definition(definition)

    def uses(self) -> dict[str, tuple[str, ...]]:
        names = self.types.names
        found = {}
        for key, each in self.parts.items():
            found[names[key]] = (*each.bases, *references(each.type))
        for key, one in self.instances.items():
            found[names[key]] = (one.generic, *references(one.argument))
        return {name: tuple(names[each] for each in used) for name, used in found.items()}

    def bases(self) -> dict[str, tuple[str, ...]]:
        names = self.types.names
        return {
            names[key]: tuple(names[each] for each in definition.bases)
            for key, definition in self.parts.items()
        }

    def names_of_fields(self) -> Fields:
        fields = self.types.fields
        return {
            key: {one.key: fields[key][one.key] for one in each.type.properties}
            for key, each in self.parts.items()
            if isinstance(each.type, ir.Object)
        }

    def _object(
        self, definition: ir.Definition, type_: ir.Object, name: str, doc: str | None
    ) -> None:
        fields = self.types.fields[definition.name]
        properties: JsonSchema = {}
        defaults: dict[str, str] = {}
        docs: dict[str, str | None] = {}
        for each in type_.properties:
            name_ = fields[each.key]
            alias = None if name_ == each.key else text(each.key)
            deprecated = "True" if each.doc.deprecated is not False else None
            shown = self.types.expression(each.type)
            properties[name_] = self.types.hint(
                _with_field(shown, alias=alias, deprecated=deprecated)
            )
            if not each.required:
                defaults[name_] = literal(each.doc.default[0]) if each.doc.default else "None"
            docs[name_] = self.doc(each.doc, each.key)
        settings, extra_type = self._own_settings(definition)
        self.schemas[name] = {
            "type": "object",
            "customBasePath": f"{HINTS}.BaseModel",
            "properties": properties,
            "required": list(properties),
        }
        self.shown[name] = {
            "bases": self._bases_shown(definition),
            "doc": doc,
            "docs": docs,
            "defaults": defaults,
            "settings": settings,
            "extra_type": extra_type,
        }

    def _bases_shown(self, definition: ir.Definition) -> str | None:
        if definition.name in {each.generic for each in self.instances.values()}:
            return f"BaseModel, Generic[{VARIABLE}]"
        return ", ".join(self.types.names[each] for each in definition.bases) or None

    def _own_settings(self, definition: ir.Definition) -> tuple[dict[str, str], str | None]:
        """The settings of a class and the type of its further keys, but for those that it inherits."""
        settings, extra_type = self._settings(definition)
        given = [self._settings(self.parts[each]) for each in definition.bases]
        for key, value in tuple(settings.items()):
            # Of bases that differ, Pydantic takes the settings of the last.
            inherited = [each[0].get(key) == value for each in given]
            if inherited and (all(inherited) if key == "extra" else any(inherited)):
                del settings[key]
        return settings, None if extra_type in [each[1] for each in given] else extra_type

    def _settings(self, definition: ir.Definition) -> tuple[dict[str, str], str | None]:
        type_ = self.definitions[definition.name].type
        if not isinstance(type_, ir.Object):
            return {}, None
        settings, extra_type = self.extra_of(type_)
        fields = self.types.fields[definition.name]
        if any(fields[each.key] != each.key for each in type_.properties):
            settings["populate_by_name"] = "True"
        if any(self.doc(each.doc, each.key) for each in type_.properties):
            settings["use_attribute_docstrings"] = "True"
        return settings, extra_type

    def doc(self, doc: ir.Doc, name: str) -> str | None:
        given = doc.description or (doc.title if doc.title != name else None) or ""
        return docstring("\n".join(_wrapped(line) for line in given.splitlines()))


def _wrapped(line: str) -> str:
    """Prose in lines that fit; a row of a table is one."""
    if len(line) <= _WIDTH or line.lstrip().startswith("|"):
        return line
    return textwrap.fill(line, _WIDTH, break_long_words=False, break_on_hyphens=False)


def literal(value: ir.Json) -> str:
    """A JSON value as Python source."""
    match value:
        case dict():
            return (
                f"{{{', '.join(f'{text(key)}: {literal(each)}' for key, each in value.items())}}}"
            )
        case list():
            return f"[{', '.join(map(literal, value))}]"
        case _:
            return scalar(value)
