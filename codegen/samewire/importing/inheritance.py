"""Which classes inherit from which: those of ``allOf``, where a class has all fields of its bases anyway."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any, TypeAlias

from samewire import ir
from samewire.graph import components
from samewire.schema.pointers import parse
from samewire.targets.python.names import field_names

Definitions: TypeAlias = Mapping[str, ir.Definition]


def bases_of(
    definitions: Definitions, schemas: Mapping[str, Any]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The bases of each class that has some. ``schemas`` show which classes are composed of others."""
    wanted = {
        name: tuple(dict.fromkeys(_wanted(name, definitions, schemas))) for name in definitions
    }
    classes: dict[str, type] = {}
    for name in (each for group in components(wanted, wanted) for each in group):
        known = [each for each in wanted[name] if each in classes]
        bases = [
            each
            for each in known
            if not any(issubclass(classes[one], classes[each]) for one in known if one != each)
        ]
        classes[name] = type("Class", (), {})
        if bases and _are_fields_alike(name, bases, definitions):
            with suppress(TypeError):  # no order of all classes fits them
                classes[name] = type("Class", tuple(classes[each] for each in bases), {})
                yield name, tuple(bases)


def _wanted(name: str, definitions: Definitions, schemas: Mapping[str, Any]) -> Iterator[str]:
    """The classes that the schema of a definition refers to, if they leave it as it is."""
    type_, schema = definitions[name].type, schemas.get(name)
    if not isinstance(type_, ir.Object) or not isinstance(schema, dict):
        return
    parts = schema.get("allOf")
    for part in (schema, *(parts if isinstance(parts, list) else ())):
        ref = part.get("$ref") if isinstance(part, dict) else None
        pointer = parse(ref) if isinstance(ref, str) else None
        if pointer is not None and len(pointer) == 2:
            base = _class(pointer[1], definitions)
            if base not in {None, name} and _extends(type_, definitions[base].type):
                yield base


def _class(name: str, definitions: Definitions) -> str | None:
    """The class that an alias is, at last."""
    seen = set()
    while name in definitions and name not in seen:
        seen.add(name)
        match definitions[name].type:
            case ir.Object():
                return name
            case ir.Ref(other):
                name = other
            case _:
                return None
    return None


def _extends(type_: ir.Object, base: ir.Type) -> bool:
    if not isinstance(base, ir.Object) or base.extra not in (ir.STRIP, type_.extra):
        return False
    own = {each.key: each for each in type_.properties}
    return bool(base.properties) and all(
        each.key in own and (own[each.key] == each or _narrows(own[each.key].type, each.type))
        for each in base.properties
    )


def _narrows(type_: ir.Type, wide: ir.Type) -> bool:
    """Whether a type checker accepts one annotation as a subtype of the other."""
    match type_, wide:
        case _ if type_ == wide:
            return True
        case _, ir.Unknown():
            return True
        case ir.Union(members), _:
            return all(_narrows(each, wide) for each in members)
        case ir.Nullable(inner), _:
            return _narrows(inner, wide) and _narrows(ir.Null(), wide)
        case _, ir.Union(members):
            return any(_narrows(type_, each) for each in members)
        case _, ir.Nullable(inner):
            return type_ == ir.Null() or _narrows(type_, inner)
        case ir.Literal(values), ir.Literal(others):
            return {*map(repr, values)} <= {*map(repr, others)}
        case ir.Literal(values), ir.String(format=None):
            return all(isinstance(each, str) for each in values)
        case ir.Literal(values), ir.Integer():
            return all(type(each) is int for each in values)
        case ir.String(format=one), ir.String(format=other):
            return one == other
        case ir.Integer(), ir.Integer() | ir.Number():
            return True
        case ir.Number(), ir.Number():
            return True
        case _:
            return False


def _are_fields_alike(name: str, bases: Iterable[str], definitions: Definitions) -> bool:
    """Whether each field has one name in all of them, and one type in the bases."""
    type_ = definitions[name].type
    own = field_names(type_, ()) if isinstance(type_, ir.Object) else {}
    given: dict[str, ir.Property] = {}
    for base in bases:
        names = _names(definitions[base])
        for each in properties_of(definitions[base]):
            if own[each.key] != names[each.key] or given.setdefault(each.key, each) != each:
                return False
    return True


def _names(definition: ir.Definition) -> Mapping[str, str]:
    return field_names(definition.type, ()) if isinstance(definition.type, ir.Object) else {}


def properties_of(definition: ir.Definition) -> tuple[ir.Property, ...]:
    return definition.type.properties if isinstance(definition.type, ir.Object) else ()
