"""
Example values of a type: the smallest, those at its edges, and as many different ones as a set needs.

Edges are those of every limit, each member of a union, each optional key there and not there. Inside of others, types give fewer
of their edges the deeper they are: a definition that is interesting in itself is asked for in itself.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Final, assert_never

from samewire import ir
from samewire.values import numbers, strings
from samewire.values.depth import REMEMBERED, Definitions, Types, element
from samewire.values.equality import key_of, text_of
from samewire.values.errors import NoValueError
from samewire.values.membership import matches
from samewire.values.names import under
from samewire.walk import is_unlisted

_WIDTHS: Final = (600, 24, 8, 3)
_FULL_DEPTH: Final = 2
_FULL_KEYS: Final = 12
_LONGEST: Final = 64
KEYS: Final = ("__proto__", "constructor", "toString", "", "ключ", "a.b", "x")
"""Keys that objects in JavaScript have by themselves, and some that are hard to write."""

UNLISTED: Final = ("unlisted", "", "é😀")
"""Texts that are no members of an open type, unless it lists them."""

_ANY: Final[tuple[ir.Json, ...]] = (
    None,
    True,
    0,
    -1.5,
    "",
    "é😀",
    [],
    {},
    [None, [1, "x"], {"a": [{}]}],
    {"__proto__": 1, "constructor": None, "": {"a": [1.5, False]}},
    9007199254740991,
    1e-7,
)


class Examples:
    """The examples of the types of one document. Values may share parts and must not be changed."""

    def __init__(self, types: Types) -> None:
        self.types = types
        self._smallest: dict[str, ir.Json] = {}

    def smallest(self, type_: ir.Type, where: str) -> ir.Json:
        """
        A value with nothing in it that could be left out. The type must have one.

        Raises:
            NoValueError: none was found.

        """
        match type_:
            case ir.Ref(name):
                if name not in self._smallest:
                    self._smallest[name] = self.smallest(self.types.definitions[name].type, name)
                return self._smallest[name]
            case ir.Union(members):
                return self.smallest(min(listed(members), key=self.types.depth), where)
            case ir.Array(items, min_items, _, unique):
                return self._items(items, min_items or 0, unique, f"{where}[]")
            case ir.Tuple(prefix, rest, min_items):
                return [
                    self.smallest(element(prefix, rest, index), f"{where}[{index}]")
                    for index in range(min_items)
                ]
            case ir.Record():
                return self._smallest_record(type_, where)
            case ir.Object():
                return self._smallest_object(type_, where)
            case ir.Integer() | ir.Number():
                for value in self._all(type_, where, 0):
                    return value
                raise NoValueError(where, f"no number was found in {type_}")
            case _:
                for value in self._all(type_, where, 0):
                    return value
                raise NoValueError(where, f"no value was found in {type_}")

    def _smallest_record(self, type_: ir.Record, where: str) -> dict[str, ir.Json]:
        keys = self._items(type_.key, type_.min_properties or 0, True, f"{where} (key)")
        return {str(each): self.smallest(type_.value, f"{where}[]") for each in keys}

    def _smallest_object(self, type_: ir.Object, where: str) -> dict[str, ir.Json]:
        return {
            each.key: self.smallest(each.type, f"{where}.{each.key}")
            for each in type_.properties
            if each.required
        }

    def _items(self, type_: ir.Type, count: int, unique: bool, where: str) -> list[ir.Json]:
        if count == 0:
            return []
        if count == 1 or not unique:
            return [self.smallest(type_, where)] * count
        return self.distinct(type_, count, where)

    # --- Different values ---------------------------------------------------------------------------------------------

    def distinct(self, type_: ir.Type, wanted: int, where: str) -> list[ir.Json]:
        """
        So many values, no two equal.

        Raises:
            NoValueError: fewer were found.

        """
        found: dict[str, ir.Json] = {}
        for value in self._many(type_, wanted, where):
            found.setdefault(key_of(value), value)
            if len(found) == wanted:
                return list(found.values())
        raise NoValueError(
            where, f"{wanted} different values are needed, and only {len(found)} were found"
        )

    def _many(self, type_: ir.Type, wanted: int, where: str) -> Iterator[ir.Json]:
        yield from self.edges(type_, where)
        target = self.types.resolve(type_)
        match target:
            case ir.Integer():
                low, high = numbers.integer_range(target)
                start, step = (low, 1) if low is not None else (high or 0, -1)
                step *= target.multiple_of or 1
                reach = (start + step * index for index in range(wanted + 20))
                yield from (value for value in reach if numbers.holds_integer(target, value))
            case ir.String(format=None):
                width = strings.limits(target)[0]
                texts = (str(index).rjust(width, "0") for index in range(wanted * 2))
                yield from (text for text in texts if strings.fits(target, text))
            case ir.Union(members):
                for member in members:
                    yield from self._many(member, wanted, where)
            case ir.Number():
                counted = range(wanted + 21)
                yield from (each for each in counted if numbers.holds_number(target, each))
            case ir.Unknown() | ir.JsonValue():
                yield from range(wanted + 21)
            case _:
                return

    # --- Edges --------------------------------------------------------------------------------------------------------

    def edges(self, type_: ir.Type, where: str, level: int = 0) -> Iterator[ir.Json]:
        """The smallest value first, no two equal, nothing for a type without values. Raises NoValueError."""
        if not self.types.possible(type_):
            return iter(())
        if level >= len(_WIDTHS):
            return iter((self.smallest(type_, where),))
        members = len(type_.members) + 1 if isinstance(type_, ir.Union) else 0
        return islice(_distinct(self._all(type_, where, level)), max(_WIDTHS[level], members))

    def _all(self, type_: ir.Type, where: str, level: int) -> Iterator[ir.Json]:
        match type_:
            case ir.Ref(name):
                yield from self._all(self.types.definitions[name].type, name, level)
            case ir.Unknown() | ir.JsonValue():
                yield from _ANY
            case ir.Never():
                return
            case ir.Null():
                yield None
            case ir.Boolean():
                yield from (False, True)
            case ir.Literal(values):
                yield from values
            case ir.EnumType(members):
                yield from (each.value for each in members)
            case ir.Integer():
                yield from numbers.integer_edges(type_)
            case ir.Number():
                yield from numbers.number_edges(type_)
            case ir.String():
                yield from strings.edges(type_, where)
            case ir.Unlisted(ir.String()):
                yield from UNLISTED
            case ir.Unlisted(inner):
                yield from self._all(inner, where, level)
            case ir.UnlistedObject(tag, known):
                for text in (each for each in UNLISTED if each not in known):
                    yield {tag: text}
                    yield {tag: text, "x": {"y": [1]}, "": None}
            case ir.Nullable(inner):
                yield None
                yield from self.edges(inner, where, level)
            case ir.Union(members):
                yield self.smallest(type_, where)
                yield from _in_turn([self.edges(each, where, level) for each in members])
            case ir.Array():
                yield from self._array(type_, where, level)
            case ir.Tuple():
                yield from self._tuple(type_, where, level)
            case ir.Record():
                yield from self._record(type_, where, level)
            case ir.Object():
                yield from self._object(type_, where, level)
            case ir.Checked(_, (ir.ContentSchema(content), *_)):
                texts = (json.dumps(each) for each in self.edges(content, where, level))
                yield from (each for each in texts if matches(type_, each, self.types))
            case ir.Checked(inner):
                found = (each for each in self._all(inner, where, level))
                yield from (each for each in found if matches(type_, each, self.types))
            case _:
                assert_never(type_)

    # --- Arrays -------------------------------------------------------------------------------------------------------

    def _array(self, type_: ir.Array, where: str, level: int) -> Iterator[ir.Json]:
        low, high = type_.min_items or 0, type_.max_items
        inside = f"{where}[]"
        yield list(self._items(type_.items, low, type_.unique, inside))
        if high == 0 or not self.types.possible(type_.items):
            return
        others = list(self._items(type_.items, low, type_.unique, inside))
        for value in self.edges(type_.items, inside, level + 1):
            rest = [each for each in others if not type_.unique or key_of(each) != key_of(value)]
            yield [value, *rest[: max(low - 1, 0)]]
        pool = list(self.edges(type_.items, inside, level + 1))
        for count in (2, 3, high):
            if count is not None and low <= count <= min(_LONGEST, count if high is None else high):
                if count <= len(pool):
                    yield pool[:count]
                elif not type_.unique:
                    yield (pool * count)[:count]

    def _tuple(self, type_: ir.Tuple, where: str, level: int) -> Iterator[ir.Json]:
        prefix, rest = type_.prefix, type_.rest
        least = self.smallest(type_, where)
        yield least
        top = len(prefix) + (2 if rest is not None else 0)
        if type_.max_items is not None:
            top = min(top, type_.max_items)
        kinds = [element(prefix, rest, index) for index in range(max(top, type_.min_items))]
        possible = next(
            (at for at, each in enumerate(kinds) if not self.types.possible(each)), len(kinds)
        )
        plain = [self.smallest(each, f"{where}[{at}]") for at, each in enumerate(kinds[:possible])]
        for count in range(type_.min_items, possible + 1):
            yield plain[:count]
        yield from _in_turn(
            [
                self._at(
                    plain[: max(at + 1, type_.min_items)], at, kinds[at], f"{where}[{at}]", level
                )
                for at in range(possible)
            ]
        )

    def _at(
        self, plain: list[ir.Json], at: int, type_: ir.Type, where: str, level: int
    ) -> Iterator[ir.Json]:
        for value in self.edges(type_, where, level + 1):
            yield [*plain[:at], value, *plain[at + 1 :]]

    # --- Objects ------------------------------------------------------------------------------------------------------

    def _record(self, type_: ir.Record, where: str, level: int) -> Iterator[ir.Json]:
        low, high = type_.min_properties or 0, type_.max_properties
        least = self._smallest_record(type_, where)
        yield least
        if high == 0 or not (self.types.possible(type_.key) and self.types.possible(type_.value)):
            return
        plain = self.smallest(type_.value, f"{where}[]")
        keys = [str(key) for key in self.edges(type_.key, f"{where} (key)", level + 1)]
        keys += [key for key in KEYS if key not in keys and matches(type_.key, key, self.types)]

        def with_(key: str, value: ir.Json) -> ir.Json:
            others = [each for each in least if each != key][: max(low - 1, 0)]
            return {**{each: least[each] for each in others}, key: value}

        for value in self.edges(type_.value, f"{where}[]", level + 1):
            yield with_(keys[0], value)
        for key in keys:
            yield with_(key, plain)
        for count in (2, high):
            if count is not None and low <= count <= min(
                len(keys), count if high is None else high
            ):
                yield dict.fromkeys(keys[:count], plain)

    def _object(self, type_: ir.Object, where: str, level: int) -> Iterator[ir.Json]:
        least = self._smallest_object(type_, where)
        yield least
        usable = [each for each in type_.properties if self.types.possible(each.type)]
        full = self._full(type_, where, level)
        yield full

        def varied(each: ir.Property) -> Iterator[ir.Json]:
            width = max(6, _WIDTHS[0] // max(len(usable), 1))
            for value in islice(self.edges(each.type, f"{where}.{each.key}", level + 1), width):
                yield _put(type_, least, each.key, value)
            if not each.required:
                yield {key: value for key, value in full.items() if key != each.key}

        def otherwise_named(one: ir.Names) -> Iterator[ir.Json]:
            for name in one.read:
                if name == one.path:
                    continue
                for each in (full, {**full, **least}):
                    moved = under(each, one, name)
                    if moved is not None:
                        yield moved

        turns: list[Iterator[ir.Json]] = [varied(each) for each in usable]
        turns += map(otherwise_named, type_.names)
        if isinstance(type_.extra, ir.Keep):
            turns.append(self._extra(type_, type_.extra.value, least, where, level))
        yield from _in_turn(turns)

    def _extra(
        self, type_: ir.Object, extra: ir.Type, least: dict[str, ir.Json], where: str, level: int
    ) -> Iterator[ir.Json]:
        if not self.types.possible(extra):
            return
        known = {each.key for each in type_.properties}
        plain = self.smallest(extra, f"{where}[]")
        keys = [key for key in KEYS if key not in known]
        yield from ({**least, key: plain} for key in keys)
        for value in self.edges(extra, f"{where}[]", level + 1):
            yield {**least, keys[-1]: value}

    def _full(self, type_: ir.Object, where: str, level: int) -> dict[str, ir.Json]:
        return {
            each.key: self._fullest(each.type, f"{where}.{each.key}", level + 1)
            for each in type_.properties
            if self.types.possible(each.type)
        }

    def _fullest(self, type_: ir.Type, where: str, level: int) -> ir.Json:
        """A value with something in it wherever there may be, as far down as it stays small."""
        target = self.types.resolve(type_)
        match target:
            case _ if level >= _FULL_DEPTH:
                return self.smallest(type_, where)
            case ir.Nullable(inner) if self.types.possible(inner):
                return self._fullest(inner, where, level)
            case ir.Union(members):
                return self._fullest(next(filter(self.types.possible, members)), where, level)
            case ir.Object(properties) if len(properties) <= _FULL_KEYS:
                return self._full(target, where, level)
            case ir.Array(items, min_items, max_items) if not min_items and max_items != 0:
                if self.types.possible(items):
                    return [self._fullest(items, f"{where}[]", level + 1)]
                return []
            case _:
                return self.smallest(type_, where)


def listed(members: tuple[ir.Type, ...]) -> tuple[ir.Type, ...]:
    """The members of a union without what an open one does not list."""
    return tuple(each for each in members if not is_unlisted(each))


def _put(type_: ir.Object, least: dict[str, ir.Json], key: str, value: ir.Json) -> ir.Json:
    """With a key set, the keys in the order of the type."""
    given = {**least, key: value}
    return {each.key: given[each.key] for each in type_.properties if each.key in given}


def _distinct(values: Iterable[ir.Json]) -> Iterator[ir.Json]:
    seen: set[str] = set()
    for value in values:
        key = text_of(value)
        if key not in seen:
            seen.add(key)
            yield value


def _in_turn(sources: list[Iterator[ir.Json]]) -> Iterator[ir.Json]:
    """One of each, then the second of each, until all have ended."""
    pending: list[Callable[[], ir.Json]] = [source.__next__ for source in sources]
    while pending:
        left = []
        for take in pending:
            try:
                value = take()
            except StopIteration:
                continue
            yield value
            left.append(take)
        pending = left


_KNOWN: list[Examples] = []


def examples_of(definitions: Definitions) -> Examples:
    """The examples of these definitions, which must not change; remembered for the last documents asked about."""
    for known in _KNOWN:
        if known.types.definitions is definitions:
            return known
    found = Examples(Types(definitions))
    _KNOWN.append(found)
    del _KNOWN[:-REMEMBERED]
    return found
