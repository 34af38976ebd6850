"""Near misses: a value with one thing changed, at every depth."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import partial
from itertools import islice
from types import EllipsisType
from typing import Final, TypeAlias, assert_never

from samewire import ir
from samewire.values import near_scalars
from samewire.values.depth import Definitions, element
from samewire.values.errors import NoValueError
from samewire.values.examples import KEYS, examples_of
from samewire.values.membership import is_number, matches, same_scalar

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
_OTHER_WHATS: Final = {
    kind: frozenset(what for _, what in kinds) for kind, kinds in _OTHER_KINDS.items()
}


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


@dataclass(frozen=True, slots=True)
class _Scalar:
    """The changes of a value that has no parts, and all that they say."""

    changes: tuple[tuple[Part, str], ...]
    whats: frozenset[str]


_Change: TypeAlias = tuple[Pointer, Part, str]
"""What stands at a place instead, and how that differs, in words."""


class NearMisses:
    """
    The near misses of values. ``alone`` are the definitions that are changed from the outside only where others refer to them.

    ``spent`` says which changes, in words, are wanted no more at a place. They must not be wanted again.
    """

    def __init__(
        self,
        definitions: Definitions,
        alone: Collection[str] = frozenset(),
        spent: Callable[[Pointer], AbstractSet[str]] = lambda _: frozenset(),
    ) -> None:
        self.examples = examples_of(definitions)
        self.types = self.examples.types
        self.alone = alone
        self.spent = spent
        self._scalars: dict[tuple[int, str], _Scalar] = {}
        self._known_keys: set[tuple[Pointer, int, tuple[str, ...]]] = set()

    def of(self, type_: ir.Type, value: ir.Json) -> Iterator[Mutation]:
        seen: set[tuple[Pointer, str]] = set()
        for pointer, part, what in self._changes(type_, value, ()):
            if what in self.spent(pointer):
                continue
            shown = repr(part)
            key = (pointer, shown)
            if key not in seen:
                seen.add(key)
                if part is ... or repr(part_at(value, pointer)) != shown:
                    yield Mutation(value, pointer, part, what, shown)

    def _inside(self, type_: ir.Type, value: ir.Json, at: Pointer) -> Iterator[_Change]:
        """The changes of a part. Most parts are those of other values too, where none of their changes is wanted any more."""
        if isinstance(value, list | dict):
            return self._changes(type_, value, at)
        key = (id(type_), repr(value))
        found = self._scalars.get(key)
        if found is None:
            changes = tuple((part, what) for _, part, what in self._changes(type_, value, at))
            found = self._scalars[key] = _Scalar(changes, frozenset(what for _, what in changes))
        spent = self.spent(at)
        if found.whats <= spent:
            return iter(())
        return ((at, part, what) for part, what in found.changes if what not in spent)

    def _are_new(
        self, type_: ir.Type, keys: tuple[str, ...], at: Pointer, changes: Iterator[_Change]
    ) -> bool:
        """Whether any of the changes of an object's keys is wanted. Another object with these keys has no others."""
        known = (at, id(type_), keys)
        if known in self._known_keys:
            return False
        new = any(what not in self.spent(pointer) for pointer, _, what in changes)
        if not new:
            self._known_keys.add(known)
        return new

    def _changes(self, type_: ir.Type, value: ir.Json, at: Pointer) -> Iterator[_Change]:
        match type_:
            case ir.Ref(name) if name in self.alone:
                yield from self._outside(self.types.definitions[name].type, value, at)
            case ir.Ref(name):
                yield from self._changes(self.types.definitions[name].type, value, at)
            case ir.Unknown() | ir.JsonValue() | ir.Never():
                return
            case ir.Nullable(inner):
                if value is None:
                    yield from self._other_kinds(value, at)
                else:
                    yield from self._changes(inner, value, at)
            case ir.Union(members):
                yield from self._union(type_, members, value, at)
            case ir.Null() | ir.Boolean() | ir.Unlisted():
                yield from self._other_kinds(value, at)
            case ir.UnlistedObject():
                yield from self._other_kinds(value, at)
                yield from _other_tags(type_, at)
            case ir.Literal() | ir.EnumType():
                yield from _here(near_scalars.other_scalars(_scalars(type_), value), at)
                yield from self._other_kinds(value, at)
            case ir.Integer() | ir.Number():
                yield from self._other_kinds(value, at)
                if is_number(value):
                    yield from _here(near_scalars.near_number(type_, value), at)
            case ir.String():
                yield from self._other_kinds(value, at)
                if isinstance(value, str):
                    yield from _here(near_scalars.near_string(type_, value), at)
            case ir.Array():
                yield from self._other_kinds(value, at)
                if isinstance(value, list):
                    yield from self._array(type_, value, at)
            case ir.Tuple():
                yield from self._other_kinds(value, at)
                if isinstance(value, list):
                    yield from self._tuple(type_, value, at)
            case ir.Record():
                yield from self._other_kinds(value, at)
                if isinstance(value, dict):
                    yield from self._record(type_, value, at)
            case ir.Object():
                yield from self._other_kinds(value, at)
                if isinstance(value, dict):
                    yield from self._object(type_, value, at)
            case ir.Checked(inner, checks):
                yield from self._changes(inner, value, at)
                yield from self._in_text(checks, value, at)
            case _:
                assert_never(type_)

    def _other_kinds(self, value: ir.Json, at: Pointer) -> Iterator[_Change]:
        """Null, and a plain value of each other type of JSON; the value in a string, and in an array."""
        kind, nests = ir.kind_of(value), isinstance(value, list | dict)
        if nests and _OTHER_WHATS[kind] <= self.spent(at):
            return
        for other, what in _OTHER_KINDS[kind]:
            yield at, other, what
        if isinstance(value, bool | int | float):
            yield at, str(value).lower(), "its text instead"
        if not nests:
            yield at, [value], "inside an array"

    def _in_text(
        self, checks: tuple[ir.Check, ...], value: ir.Json, at: Pointer
    ) -> Iterator[_Change]:
        """Of a string with JSON in it, what changes there."""
        contents = [each.content for each in checks if isinstance(each, ir.ContentSchema)]
        if not isinstance(value, str) or not contents:
            return
        with contextlib.suppress(ValueError):
            inside = NearMisses(self.types.definitions, self.alone)
            for miss in inside.of(contents[0], json.loads(value)):
                yield at, json.dumps(miss.value), f"{miss.what} in the text"

    def _outside(self, type_: ir.Type, value: ir.Json, at: Pointer) -> Iterator[_Change]:
        """Of an object, no changes inside of its properties."""
        match type_:
            case ir.Ref(name):
                yield from self._outside(self.types.definitions[name].type, value, at)
            case ir.Nullable(inner) if value is not None:
                yield from self._outside(inner, value, at)
            case ir.Union(members):
                yield from self._union(type_, members, value, at, outside=True)
            case ir.Object(properties) if isinstance(value, dict):
                yield from self._other_kinds(value, at)
                changes = partial(_keys_from_outside, properties, value, at)
                if self._are_new(type_, tuple(value), at, changes()):
                    yield from changes()
            case _:
                yield from self._changes(type_, value, at)

    # --- Unions -------------------------------------------------------------------------------------------------------

    def _union(
        self,
        union: ir.Union,
        members: tuple[ir.Type, ...],
        value: ir.Json,
        at: Pointer,
        *,
        outside: bool = False,
    ) -> Iterator[_Change]:
        member = self._member(members, value)
        if member is None:
            return
        yield from (self._outside if outside else self._changes)(member, value, at)
        if union.tag is not None and isinstance(value, dict):
            for tag in self._tags(union, union.tag):
                if not same_scalar(value.get(union.tag), tag):
                    yield (*at, union.tag), tag, "the tag of another member"

    def _member(self, members: tuple[ir.Type, ...], value: ir.Json) -> ir.Type | None:
        """The member that the value is of, and of several the one that knows most of its keys."""
        fitting = [each for each in members if matches(each, value, self.types)]
        if isinstance(value, dict):
            fitting.sort(key=lambda each: -len(self._keys(each) & value.keys()))
        return fitting[0] if fitting else None

    def _keys(self, type_: ir.Type) -> frozenset[str]:
        match self.types.resolve(type_):
            case ir.Object(properties):
                return frozenset(each.key for each in properties)
            case ir.Nullable(inner):
                return self._keys(inner)
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

    def _array(self, type_: ir.Array, value: list[ir.Json], at: Pointer) -> Iterator[_Change]:
        if type_.min_items and type_.min_items <= len(value):
            yield at, value[: type_.min_items - 1], "an item too few"
        if value and type_.max_items is not None and type_.max_items <= _LONGEST:
            missing = type_.max_items + 1 - len(value)
            more = [*value, *value[-1:] * missing]
            if type_.unique:
                with contextlib.suppress(NoValueError):
                    more = self.examples.distinct(type_.items, type_.max_items + 1, "")
            yield at, more, "an item too many"
        if type_.unique and value:
            yield (*at, len(value)), value[0], "an item twice"
        for index, item in enumerate(value[:_ITEMS]):
            yield from self._inside(type_.items, item, (*at, index))

    def _tuple(self, type_: ir.Tuple, value: list[ir.Json], at: Pointer) -> Iterator[_Change]:
        if value:
            yield (*at, len(value) - 1), ..., "an element too few"
        yield (*at, len(value)), value[-1] if value else 1, "an element more"
        if len(value) > 1:
            yield at, value[::-1], "the elements the other way round"
        for index, item in enumerate(value[: len(type_.prefix) + _ITEMS]):
            yield from self._inside(element(type_.prefix, type_.rest, index), item, (*at, index))

    # --- Objects ------------------------------------------------------------------------------------------------------

    def _record(
        self, type_: ir.Record, value: dict[str, ir.Json], at: Pointer
    ) -> Iterator[_Change]:
        if self._are_new(type_, tuple(value), at, self._record_keys(type_, value, at)):
            yield from self._record_keys(type_, value, at)
        if self.types.possible(type_.value):
            for key, item in list(value.items())[:_ITEMS]:
                yield from self._inside(type_.value, item, (*at, key))

    def _record_keys(
        self, type_: ir.Record, value: dict[str, ir.Json], at: Pointer
    ) -> Iterator[_Change]:
        if type_.min_properties and type_.min_properties <= len(value):
            for key in list(value)[:_ITEMS]:
                yield (*at, key), ..., "a key too few"
        if not self.types.possible(type_.value):
            yield (*at, "x"), 1, "a key"
            return
        plain = next(iter(value.values()), None)
        if not value:
            plain = self.examples.smallest(type_.value, "")
        if type_.max_properties is not None and type_.max_properties <= _LONGEST:
            with contextlib.suppress(NoValueError):
                keys = self.examples.distinct(type_.key, type_.max_properties + 1, "")
                yield at, dict.fromkeys(map(str, keys), plain), "a key too many"
        for key in ("not a key", "", *KEYS):
            if key not in value:
                yield (*at, key), plain, f"a key {key!r}"
        if isinstance(key_type := self.types.resolve(type_.key), ir.String):
            for key in list(value)[:1]:
                for other, what in near_scalars.near_string(key_type, key):
                    if isinstance(other, str) and other not in value:
                        yield (*at, other), plain, f"a key with {what}"

    def _object(
        self, type_: ir.Object, value: dict[str, ir.Json], at: Pointer
    ) -> Iterator[_Change]:
        known = {each.key for each in type_.properties}
        changes = partial(_keys, type_.properties, known, value, at)
        new = self._are_new(type_, tuple(value), at, changes())
        # The first ones are those of the properties, one each.
        around = changes() if new else iter(())
        for each in type_.properties:
            yield from islice(around, 1)
            if each.key in value:
                yield from self._inside(each.type, value[each.key], (*at, each.key))
        yield from around
        if isinstance(type_.extra, ir.Keep):
            for key in [key for key in value if key not in known][:_ITEMS]:
                yield from self._inside(type_.extra.value, value[key], (*at, key))


def _keys(
    properties: tuple[ir.Property, ...],
    known: Collection[str],
    value: dict[str, ir.Json],
    at: Pointer,
) -> Iterator[_Change]:
    for each in properties:
        if each.key in value:
            yield (*at, each.key), ..., "the key dropped"
        else:
            yield (*at, each.key), None, "null for a key that was not there"
    for key in ("unknown", *KEYS):
        if key not in known and key not in value:
            yield (*at, key), 1, f"a key {key!r} that is unknown"


def _keys_from_outside(
    properties: tuple[ir.Property, ...], value: dict[str, ir.Json], at: Pointer
) -> Iterator[_Change]:
    for each in properties:
        if each.key in value:
            yield (*at, each.key), ..., "the key dropped"
    if "unknown" not in value:
        yield (*at, "unknown"), 1, "a key 'unknown' that is unknown"


def _scalars(type_: ir.Literal | ir.EnumType) -> tuple[ir.Scalar, ...]:
    if isinstance(type_, ir.Literal):
        return type_.values
    return tuple(each.value for each in type_.members)


def _other_tags(type_: ir.UnlistedObject, at: Pointer) -> Iterator[_Change]:
    tag = (*at, type_.tag)
    yield tag, ..., "the key dropped"
    yield tag, 1, "a tag that is no text"
    yield from ((tag, each, "the tag of another member") for each in type_.known)


def _here(found: Iterable[tuple[Part, str]], at: Pointer) -> Iterator[_Change]:
    return ((at, value, what) for value, what in found)


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
