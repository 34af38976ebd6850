"""Near misses: a value with one thing changed, at every depth."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from types import EllipsisType
from typing import Final, TypeAlias

from samewire import ir
from samewire.values import near_scalars
from samewire.values.depth import Definitions, element
from samewire.values.equality import value_of
from samewire.values.errors import NoValueError
from samewire.values.examples import KEYS, examples_of
from samewire.values.membership import is_number, matches, same_scalar
from samewire.values.near_places import Everywhere, Place

Pointer: TypeAlias = tuple[str | int, ...]
Part: TypeAlias = "ir.Json | EllipsisType"
"""What stands at a place; ``...`` is nothing."""

_ITEMS: Final = 4
"""Of a long array or dictionary, so many elements are changed from the inside."""
_LONGEST: Final = 4096
_KINDS: Final[tuple[tuple[ir.Json, str], ...]] = (
    (None, "null"),
    ("x", "a string instead"),
    (1, "a number instead"),
    (True, "a truth value instead"),
    ([], "an empty array instead"),
    ({}, "an empty object instead"),
)
_OTHER_KINDS: Final = {
    ir.kind_of(own): [each for each in _KINDS if each[0] is not own] for own, _ in _KINDS
}
_Key: TypeAlias = tuple[str, Part, str]
"""A key, what stands under it instead, and how that differs, in words."""


@dataclass(slots=True)
class Mutation:
    """
    A value with ``part`` at ``pointer``, or nothing there where that is ``...``; ``what`` says in words how that differs.
    ``shown`` is the part as Python shows it.
    """

    original: ir.Json
    pointer: Pointer
    part: Part
    what: str
    shown: str

    @property
    def value(self) -> ir.Json:
        return replaced(self.original, self.pointer, self.part)


_Change: TypeAlias = tuple[Place, Pointer, Part, str]
"""What stands at a place instead, and how that differs, in words."""


class NearMisses:
    """
    The near misses of values of one type, each change at each place once. ``alone`` are the definitions that are changed from the
    outside only where others refer to them.
    """

    def __init__(
        self,
        type_: ir.Type,
        definitions: Definitions,
        alone: Collection[str] = frozenset(),
        place: Place | None = None,
    ) -> None:
        self.examples = examples_of(definitions)
        self.types = self.examples.types
        self.alone = alone
        self._type = type_
        self._place = place or Place()
        self._found: list[_Change] = []

    def of(self, value: ir.Json) -> Iterator[Mutation]:
        """
        Those of a value that are not among the ones of the values before.

        Raises:
            NoValueError: more can't be made.

        """
        self._found, failure = [], None
        try:
            self._inside(self._type, value, (), self._place)
        except NoValueError as error:
            failure = error
        for place, pointer, part, what in self._found:
            if what in place.spent:
                continue
            shown = repr(part)
            same = part is not ... and repr(part_at(value, pointer)) == shown
            if not same and place.takes(shown, what):
                yield Mutation(value, pointer, part, what, shown)
        if failure is not None:
            raise failure

    def _inside(self, type_: ir.Type, value: ir.Json, at: Pointer, place: Place) -> None:
        if isinstance(value, list | dict) or place.is_new(value):
            self._changes(type_, value, at, place)

    def _changes(self, type_: ir.Type, value: ir.Json, at: Pointer, place: Place) -> None:
        match type_:
            case ir.Ref(name) if name in self.alone:
                self._outside(self.types.definitions[name].type, value, at, place)
            case ir.Ref(name):
                self._changes(self.types.definitions[name].type, value, at, place)
            case ir.Unknown() | ir.JsonValue() | ir.Never():
                return
            case ir.Nullable(inner) if value is not None:
                self._changes(inner, value, at, place)
            case ir.Union():
                self._union(type_, value, at, place)
            case ir.Checked(inner, checks):
                self._changes(inner, value, at, place)
                self._here(self._in_text(checks, value), at, place)
            case ir.Object() if isinstance(value, dict):
                self._around(value, at, place)
                self._object(type_, value, at, place)
            case ir.Record() if isinstance(value, dict):
                self._around(value, at, place)
                self._record(type_, value, at, place)
            case ir.Array() if isinstance(value, list):
                self._around(value, at, place)
                self._array(type_, value, at, place)
            case ir.Tuple() if isinstance(value, list):
                self._around(value, at, place)
                self._tuple(type_, value, at, place)
            case ir.UnlistedObject():
                self._around(value, at, place)
                self._here(_other_tags(type_), (*at, type_.tag), place.into(type_.tag))
            case _:
                self._here(_other_kinds(value), at, place)
                self._here(_near_scalars(type_, value), at, place)

    def _around(self, value: ir.Json, at: Pointer, place: Place) -> None:
        """Of what has parts, another kind of value instead."""
        if place.is_new(value):
            self._here(_other_kinds(value), at, place)

    def _here(self, found: Iterable[tuple[Part, str]], at: Pointer, place: Place) -> None:
        self._found += [(place, at, part, what) for part, what in found]

    def _in_text(self, checks: tuple[ir.Check, ...], value: ir.Json) -> Iterator[tuple[Part, str]]:
        """Of a string with JSON in it, what changes there."""
        contents = [each.content for each in checks if isinstance(each, ir.ContentSchema)]
        if not isinstance(value, str) or not contents:
            return
        with contextlib.suppress(ValueError):
            inside = NearMisses(contents[0], self.types.definitions, self.alone, Everywhere())
            for miss in inside.of(value_of(value)):
                yield json.dumps(miss.value), f"{miss.what} in the text"

    def _outside(self, type_: ir.Type, value: ir.Json, at: Pointer, place: Place) -> None:
        """Of an object, no changes inside of its properties."""
        match type_:
            case ir.Ref(name):
                self._outside(self.types.definitions[name].type, value, at, place)
            case ir.Nullable(inner) if value is not None:
                self._outside(inner, value, at, place)
            case ir.Union():
                self._union(type_, value, at, place, outside=True)
            case ir.Object(properties) if isinstance(value, dict):
                self._around(value, at, place)
                self._keys(type_, _keys_from_outside(properties, value), value, at, place)
            case _:
                self._changes(type_, value, at, place)

    def _keys(
        self,
        type_: ir.Type,
        found: Iterable[_Key],
        value: dict[str, ir.Json],
        at: Pointer,
        place: Place,
    ) -> None:
        """Keys dropped and added."""
        shape = place.shape(type_, value)
        if shape is not None:
            self._found += [(shape.into(key), (*at, key), part, what) for key, part, what in found]

    # --- Unions -------------------------------------------------------------------------------------------------------

    def _union(
        self,
        union: ir.Union,
        value: ir.Json,
        at: Pointer,
        place: Place,
        *,
        outside: bool = False,
    ) -> None:
        member = self._member(union.members, value)
        if member is None:
            return
        (self._outside if outside else self._changes)(member, value, at, place)
        if union.tag is not None and isinstance(value, dict):
            other = [
                (tag, "the tag of another member")
                for tag in self._tags(union, union.tag)
                if not same_scalar(value.get(union.tag), tag)
            ]
            self._here(other, (*at, union.tag), place.into(union.tag))

    def _member(self, members: tuple[ir.Type, ...], value: ir.Json) -> ir.Type | None:
        """The member that the value is of, and of several the one that knows most of its keys."""
        fitting = [each for each in members if matches(each, value, self.types)]
        if isinstance(value, dict):
            fitting.sort(key=lambda each: -len(self._known(each) & value.keys()))
        return fitting[0] if fitting else None

    def _known(self, type_: ir.Type) -> frozenset[str]:
        match self.types.resolve(type_):
            case ir.Object(properties):
                return frozenset(each.key for each in properties)
            case ir.Nullable(inner):
                return self._known(inner)
            case _:
                return frozenset()

    def _tags(self, type_: ir.Type, tag: str) -> Iterator[ir.Scalar]:
        match self.types.resolve(type_):
            case ir.Union(members):
                for member in members:
                    yield from self._tags(member, tag)
            case ir.Object(properties):
                for each in properties:
                    found = self.types.resolve(each.type)
                    if each.key == tag and isinstance(found, ir.Literal):
                        yield from found.values
                    elif each.key == tag and isinstance(found, ir.EnumType):
                        yield from (member.value for member in found.members)
            case _:
                return

    # --- Arrays -------------------------------------------------------------------------------------------------------

    def _array(self, type_: ir.Array, value: list[ir.Json], at: Pointer, place: Place) -> None:
        self._here(self._lengths(type_, value), at, place)
        if type_.unique and value:
            end = (*at, len(value))
            self._found.append((place.into("end"), end, value[0], "an item twice"))
        for index, item in enumerate(value[:_ITEMS]):
            self._inside(type_.items, item, (*at, index), place.item(index))

    def _lengths(self, type_: ir.Array, value: list[ir.Json]) -> Iterator[tuple[Part, str]]:
        if type_.min_items and type_.min_items <= len(value):
            yield value[: type_.min_items - 1], "an item too few"
        if value and type_.max_items is not None and type_.max_items <= _LONGEST:
            missing = type_.max_items + 1 - len(value)
            more = [*value, *value[-1:] * missing]
            if type_.unique:
                with contextlib.suppress(NoValueError):
                    more = self.examples.distinct(type_.items, type_.max_items + 1, "")
            yield more, "an item too many"

    def _tuple(self, type_: ir.Tuple, value: list[ir.Json], at: Pointer, place: Place) -> None:
        end = place.into("end")
        if value:
            self._found.append((end, (*at, len(value) - 1), ..., "an element too few"))
        more = value[-1] if value else 1
        self._found.append((end, (*at, len(value)), more, "an element more"))
        if len(value) > 1:
            self._found.append((place, at, value[::-1], "the elements the other way round"))
        for index, item in enumerate(value[: len(type_.prefix) + _ITEMS]):
            inner = place.into(index) if index < len(type_.prefix) else place.item(index)
            self._inside(element(type_.prefix, type_.rest, index), item, (*at, index), inner)

    # --- Objects ------------------------------------------------------------------------------------------------------

    def _record(
        self, type_: ir.Record, value: dict[str, ir.Json], at: Pointer, place: Place
    ) -> None:
        if not self.types.possible(type_.value):
            self._keys(type_, [("x", 1, "a key")], value, at, place)
            return
        if type_.max_properties is not None and type_.max_properties <= _LONGEST:
            with contextlib.suppress(NoValueError):
                keys = self.examples.distinct(type_.key, type_.max_properties + 1, "")
                more: dict[str, ir.Json] = dict.fromkeys(map(str, keys), self._plain(type_, value))
                self._found.append((place, at, more, "a key too many"))
        self._keys(type_, self._record_keys(type_, value), value, at, place)
        for key, item in list(value.items())[:_ITEMS]:
            self._inside(type_.value, item, (*at, key), place.item(key))

    def _plain(self, type_: ir.Record, value: dict[str, ir.Json]) -> ir.Json:
        return next(iter(value.values())) if value else self.examples.smallest(type_.value, "")

    def _record_keys(self, type_: ir.Record, value: dict[str, ir.Json]) -> Iterator[_Key]:
        plain = self._plain(type_, value)
        if type_.min_properties and type_.min_properties <= len(value):
            for key in list(value)[:_ITEMS]:
                yield key, ..., "a key too few"
        for key in ("not a key", "", *KEYS):
            if key not in value:
                yield key, plain, f"a key {key!r}"
        if isinstance(key_type := self.types.resolve(type_.key), ir.String):
            for key in list(value)[:1]:
                for other, what in near_scalars.near_string(key_type, key):
                    if isinstance(other, str) and other not in value:
                        yield other, plain, f"a key with {what}"

    def _object(
        self, type_: ir.Object, value: dict[str, ir.Json], at: Pointer, place: Place
    ) -> None:
        mine = place.into(id(type_))  # members of a union may have the same keys
        self._keys(type_, _object_keys(type_.properties, value), value, at, mine)
        for each in type_.properties:
            if each.key in value:
                self._inside(each.type, value[each.key], (*at, each.key), mine.into(each.key))
        if isinstance(type_.extra, ir.Keep):
            known = {each.key for each in type_.properties}
            for key in [key for key in value if key not in known][:_ITEMS]:
                self._inside(type_.extra.value, value[key], (*at, key), mine.item(key))


def _other_kinds(value: ir.Json) -> Iterator[tuple[Part, str]]:
    """Null, and a plain value of each other type of JSON; the value in a string, and in an array."""
    yield from _OTHER_KINDS[ir.kind_of(value)]
    if isinstance(value, bool | int | float):
        yield str(value).lower(), "its text instead"
    if not isinstance(value, list | dict):
        yield [value], "inside an array"


def _near_scalars(type_: ir.Type, value: ir.Json) -> Iterable[tuple[Part, str]]:
    match type_:
        case ir.Literal() | ir.EnumType():
            return near_scalars.other_scalars(_scalars(type_), value)
        case ir.Integer() | ir.Number() if is_number(value):
            return near_scalars.near_number(type_, value)
        case ir.String() if isinstance(value, str):
            return near_scalars.near_string(type_, value)
        case _:
            return ()


def _object_keys(properties: tuple[ir.Property, ...], value: dict[str, ir.Json]) -> Iterator[_Key]:
    for each in properties:
        if each.key in value:
            yield each.key, ..., "the key dropped"
        else:
            yield each.key, None, "null for a key that was not there"
    known = {each.key for each in properties}
    for key in ("unknown", *KEYS):
        if key not in known and key not in value:
            yield key, 1, f"a key {key!r} that is unknown"


def _keys_from_outside(
    properties: tuple[ir.Property, ...], value: dict[str, ir.Json]
) -> Iterator[_Key]:
    for each in properties:
        if each.key in value:
            yield each.key, ..., "the key dropped"
    if "unknown" not in value:
        yield "unknown", 1, "a key 'unknown' that is unknown"


def _scalars(type_: ir.Literal | ir.EnumType) -> tuple[ir.Scalar, ...]:
    if isinstance(type_, ir.Literal):
        return type_.values
    return tuple(each.value for each in type_.members)


def _other_tags(type_: ir.UnlistedObject) -> Iterator[tuple[Part, str]]:
    yield ..., "the key dropped"
    yield 1, "a tag that is no text"
    yield from ((each, "the tag of another member") for each in type_.known)


def part_at(value: ir.Json, pointer: Pointer) -> Part:
    """What stands at a place."""
    for step in pointer:
        match value:
            case dict() if isinstance(step, str) and step in value:
                value = value[step]
            case list() if isinstance(step, int) and step < len(value):
                value = value[step]
            case _:
                return ...
    return value


def replaced(value: ir.Json, pointer: Pointer, part: Part) -> ir.Json:
    """The value with another part at a place, or ``...`` for none, sharing all that is not on the way to it."""
    if not pointer:
        if part is ...:
            raise TypeError("a value without its root")
        return part
    step, rest = pointer[0], pointer[1:]
    match value:
        case dict() if isinstance(step, str):
            if part is ... and not rest:
                return {key: each for key, each in value.items() if key != step}
            return {**value, step: replaced(value.get(step), rest, part)}
        case list() if isinstance(step, int):
            if part is ... and not rest:
                return [*value[:step], *value[step + 1 :]]
            inner = value[step] if step < len(value) else None
            return [*value[:step], replaced(inner, rest, part), *value[step + 1 :]]
        case _:
            raise TypeError(f"{step!r} leads nowhere in {value!r}")
