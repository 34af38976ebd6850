"""
What classes of a file share, as a developer writes it: a class inherits the fields that ``allOf`` takes from another, and types
that differ in one place (``Page_Item_``, ``Page_User_``) are one generic class.

Only what changes nothing: a class has the fields that it has without a base, and an instance of a generic class is the type that
the file has.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from samewire import ir
from samewire.graph import components
from samewire.importing.inheritance import Definitions, bases_of, properties_of
from samewire.importing.losses import Loss
from samewire.walk import inside, references

VARIABLE: Final = "T"
_INSTANCE: Final = re.compile(
    r"([A-Z][A-Za-z0-9]*?)(?:_.+_|\[.+\]|<.+>|«.+»|Of[A-Z][A-Za-z0-9]*)", re.ASCII
)
"""How Pydantic, Springfox and NSwag call the instances of a generic type."""


@dataclass(frozen=True, slots=True)
class Instance:
    """``generic[argument]``"""

    generic: str
    argument: ir.Type


@dataclass(frozen=True, slots=True)
class Families:
    """``generics``: the types with a variable, by name. ``instances``: by definition, what it is an instance of."""

    bases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    generics: Definitions = field(default_factory=dict)
    instances: Mapping[str, Instance] = field(default_factory=dict)

    def without(self, names: Collection[str]) -> Families:
        """Without those that have to do with one of ``names``."""
        bases = {
            name: each
            for name, each in self.bases.items()
            if name not in names and not {*each}.intersection(names)
        }
        left = {each.generic for name, each in self.instances.items() if name in names}
        generics = {name: each for name, each in self.generics.items() if name not in left}
        instances = {
            name: each for name, each in self.instances.items() if each.generic in generics
        }
        return Families(bases, generics, instances)

    def apart(self, contract: ir.Contract) -> ir.Contract:
        """A contract in which what is inherited is nowhere else, and a generic type stands for its instances."""
        definitions = {each.name: each for each in contract.definitions}
        kept = [each for name, each in definitions.items() if name not in self.instances]
        listed = [self._less(each, definitions) for each in (*kept, *self.generics.values())]
        return replace(contract, definitions=tuple(sorted(listed, key=lambda each: each.name)))

    def _less(self, definition: ir.Definition, definitions: Definitions) -> ir.Definition:
        bases = self.bases.get(definition.name, ())
        if not bases or not isinstance(definition.type, ir.Object):
            return definition
        given = {each for base in bases for each in properties_of(definitions[base])}
        own = tuple(each for each in definition.type.properties if each not in given)
        return replace(definition, type=replace(definition.type, properties=own), bases=bases)

    def whole(self, definitions: Definitions) -> dict[str, ir.Definition]:
        """The definitions with all fields, and the instances in place of the generic types."""
        made: dict[str, ir.Definition] = {}
        for name, each in definitions.items():
            if name not in self.generics:
                made[name] = replace(each, type=_completed(each, definitions))
        for name, instance in self.instances.items():
            generic = definitions[instance.generic]
            type_ = _filled(generic.type, instance.argument)
            made[name] = replace(generic, name=name, type=type_)
        return made

    def reported_once(self, losses: Iterable[Loss], definitions: Definitions) -> Iterator[Loss]:
        """The losses at the place that is written: of the base, or of the generic type."""
        listed = list(losses)
        known = {(each.kind, each.place, each.detail) for each in listed}
        given = {
            f"{name}.{each.key}": [
                f"{base}.{each.key}" for base in bases if each in properties_of(definitions[base])
            ]
            for name, bases in self.bases.items()
            for each in properties_of(definitions[name])
        }
        for loss in listed:
            name = _beginning(loss.place, self.instances)
            if name is not None:
                yield replace(loss, place=self.instances[name].generic + loss.place[len(name) :])
                continue
            own = _beginning(loss.place, given)
            rest = loss.place[len(own) :] if own is not None else ""
            if not any(
                (loss.kind, f"{other}{rest}", loss.detail) in known
                for other in given.get(own or "", ())
            ):
                yield loss


def _beginning(place: str, names: Collection[str]) -> str | None:
    """The longest of ``names`` that a place is in."""
    if place in names:
        return place
    ends = (at for at in range(len(place) - 1, 0, -1) if place[at] in ".[{")
    return next((place[:at] for at in ends if place[:at] in names), None)


def families(contract: ir.Contract, document: Mapping[str, Any]) -> Families:
    """What the types of ``contract`` share. ``document`` says which are made of which."""
    definitions = {each.name: each for each in contract.definitions}
    bases = dict(bases_of(definitions, document["$defs"]))
    related = {*bases, *(base for each in bases.values() for base in each)}
    generics: dict[str, ir.Definition] = {}
    instances: dict[str, Instance] = {}
    for name, group in _groups(definitions, related).items():
        arguments: list[tuple[ir.Type, ...]] = []
        type_ = _generic(group, arguments)
        if len(set(arguments)) != 1 or _can_be_left_out(type_):
            continue
        if all(map(_is_plain, arguments[0])):
            doc = replace(group[0].doc, title=None)
            generics[name] = replace(group[0], name=name, type=type_, doc=doc)
            listed = zip(group, arguments[0], strict=True)
            instances |= {each.name: Instance(name, argument) for each, argument in listed}
    made = Families(bases, generics, instances)
    return made.without(_endless(definitions, made, related))


def _endless(definitions: Definitions, made: Families, related: Collection[str]) -> set[str]:
    """
    The instances that Pydantic can't complete: of generic types that lead back to themselves, inside of themselves, or in a circle
    with ``related`` classes.
    """
    types = {each.name: each.type for each in (*definitions.values(), *made.generics.values())}
    edges = {name: references(type_) for name, type_ in types.items()}
    arguments = {name: references(each.argument) for name, each in made.instances.items()}
    edges |= {name: (each.generic, *arguments[name]) for name, each in made.instances.items()}
    aliases = {
        name: edges[name]
        for name, each in types.items()
        if not isinstance(each, ir.Object | ir.EnumType)
    }
    found = {name for group in _circles(aliases | arguments) for name in group}
    for group in _circles(edges):
        if group.isdisjoint(related) and made.generics.keys().isdisjoint(group):
            continue
        found |= {name for name, each in made.instances.items() if {name, each.generic} & group}
    return found & made.instances.keys()


def _circles(edges: Mapping[str, tuple[str, ...]]) -> Iterator[set[str]]:
    for group in components(edges, edges):
        if len(group) > 1 or group[0] in edges[group[0]]:
            yield {*group}


def _completed(definition: ir.Definition, definitions: Definitions) -> ir.Type:
    if not definition.bases or not isinstance(definition.type, ir.Object):
        return definition.type
    listed: dict[str, ir.Property] = {}
    for base in reversed(definition.bases):
        type_ = _completed(definitions[base], definitions)
        listed |= (
            {each.key: each for each in type_.properties} if isinstance(type_, ir.Object) else {}
        )
    listed |= {each.key: each for each in definition.type.properties}
    return replace(definition.type, properties=tuple(listed.values()))


# --- Generic types ----------------------------------------------------------------------------------------------------


def _groups(definitions: Definitions, related: Collection[str]) -> dict[str, list[ir.Definition]]:
    """Objects whose names and descriptions are those of instances of one generic type, by the name of that type."""
    groups: dict[str, list[ir.Definition]] = {}
    for name, each in definitions.items():
        found = _INSTANCE.fullmatch(name)
        if found and isinstance(each.type, ir.Object) and name not in related:
            groups.setdefault(found[1], []).append(each)
    return {
        name: group
        for name, group in groups.items()
        if len(group) > 1
        and len({each.doc.description for each in group}) == 1
        and not {name, VARIABLE} & definitions.keys()
    }


def _is_plain(argument: ir.Type) -> bool:
    """Whether a type can be written in place, without a class for one of its parts."""
    return not any(isinstance(each, ir.Object | ir.EnumType) for each in inside(argument))


def _generic(group: Sequence[ir.Definition], arguments: list[tuple[ir.Type, ...]]) -> ir.Object:
    """The objects as one with the variable; ``arguments`` gets what stands there in each, once for each place."""
    objects = _alike([each.type for each in group], properties=())
    listed = [each.properties for each in objects]
    if len({tuple(replace(one, type=ir.Null()) for one in each) for each in listed}) != 1:
        return ir.Object(())
    properties = [
        replace(each[0], type=_shared([one.type for one in each], arguments))
        for each in zip(*listed, strict=True)
    ]
    return ir.Object(tuple(properties), objects[0].extra)


def _can_be_left_out(type_: ir.Object) -> bool:
    """Whether the variable is a field with the default ``None``, which is no value of it."""
    return any(each.type == ir.Ref(VARIABLE) and not each.required for each in type_.properties)


def _shared(types: Sequence[ir.Type], found: list[tuple[ir.Type, ...]]) -> ir.Type:
    """What the types have in common, with the variable where they differ; ``found`` gets what stands there."""
    first = types[0]
    if all(each == first for each in types):
        return first
    match first:
        case ir.Array() if same := _alike(types, items=None):
            return replace(first, items=_shared([each.items for each in same], found))
        case ir.Record() if same := _alike(types, value=None):
            return replace(first, value=_shared([each.value for each in same], found))
        case ir.Nullable() if same := _alike(types, inner=None):
            return ir.Nullable(_shared([each.inner for each in same], found))
        case _:
            pass
    found.append(tuple(types))
    return ir.Ref(VARIABLE)


def _alike(types: Sequence[ir.Type], **without: Any) -> list[Any]:
    """The types, if they are of one kind and the same but for some parts."""
    kind = type(types[0])
    if any(type(each) is not kind for each in types):
        return []
    first = replace(types[0], **without)
    return [*types] if all(replace(each, **without) == first for each in types) else []


def _filled(type_: ir.Type, argument: ir.Type) -> ir.Type:
    """An instance of a type with the variable."""
    match type_:
        case ir.Ref(name):
            return argument if name == VARIABLE else type_
        case ir.Array(items):
            return replace(type_, items=_filled(items, argument))
        case ir.Record(_, value):
            return replace(type_, value=_filled(value, argument))
        case ir.Nullable(inner):
            return ir.Nullable(_filled(inner, argument))
        case ir.Object(properties):
            made = (replace(each, type=_filled(each.type, argument)) for each in properties)
            return replace(type_, properties=tuple(made))
        case _:
            return type_
