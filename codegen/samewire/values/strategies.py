"""Random values of types of the intermediate representation."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Final, assert_never

from samewire import ir
from samewire.values.depth import REMEMBERED, Definitions, element
from samewire.values.draws import (
    DEEPEST,
    ITEMS,
    among,
    any_key,
    extra_keys,
    how_many,
    nullable,
    optional_keys,
    union,
)
from samewire.values.equality import key_of
from samewire.values.errors import NoValueError
from samewire.values.examples import UNLISTED, Examples, examples_of
from samewire.values.membership import matches
from samewire.values.random_draws import Draw, Make
from samewire.values.references import References
from samewire.values.scalar_strategies import Texts, any_json, integer, number

_ATTEMPTS: Final = 10


def maker_of(type_: ir.Type, definitions: Definitions) -> Make | None:
    """
    The function that makes values of a type; ``None`` if there are none.

    Raises:
        NoValueError: a text or a number can't be made, wherever in the type it stands.

    """
    examples = examples_of(definitions)
    if not examples.types.possible(type_):
        return None
    strategies = _strategies(examples)
    return strategies.references.root(lambda: strategies.of(type_, ""))


class Strategies:
    """The functions that make the values of one document's types."""

    def __init__(self, examples: Examples) -> None:
        self.examples = examples
        self.types = examples.types
        self.references = References()

    def of(self, type_: ir.Type, where: str) -> Make:
        """
        The function that makes values of a type, which must have some.

        Raises:
            NoValueError: for a text or a number that can't be made, wherever in the type it stands.

        """
        match type_:
            case ir.Ref(name):
                inner = self.types.definitions[name].type
                return self.references.to(name, lambda: self.of(inner, name))
            case ir.Unknown() | ir.JsonValue():
                return any_json
            case ir.Never():
                raise NoValueError(where, "there is no value of this type")
            case ir.Null():
                return lambda _draw, _depth: None
            case ir.Boolean():
                return lambda draw, _: draw.below(2) == 1
            case ir.Literal(values):
                return among(values)
            case ir.EnumType(members):
                return among([each.value for each in members])
            case ir.Integer():
                return integer(type_, where)
            case ir.Number():
                return number(type_, where)
            case ir.String():
                return Texts(type_, where).make
            case ir.Unlisted(ir.String()):
                return among(UNLISTED)
            case ir.Unlisted(inner):
                return self.of(inner, where)
            case ir.UnlistedObject():
                return among(list(self.examples.edges(type_, where)))
            case ir.Nullable(inner):
                make = self.of(inner, where) if self.types.possible(inner) else None
                return nullable(make, nests=self.types.depth(inner) > 0)
            case ir.Union(members):
                possible = filter(self.types.possible, members)
                return union((self.types.depth(each), self.of(each, where)) for each in possible)
            case ir.Array():
                return self._array(type_, where)
            case ir.Tuple():
                return self._tuple(type_, where)
            case ir.Record():
                return self._record(type_, where)
            case ir.Object():
                return self._object(type_, where)
            case ir.Checked(_, (ir.ContentSchema(content), *_)):
                return self._checked(type_, _as_text(self.of(content, where)), where)
            case ir.Checked(inner):
                return self._checked(type_, self.of(inner, where), where)
            case _:
                assert_never(type_)

    def _checked(self, type_: ir.Checked, make: Make, where: str) -> Make:
        """Values for which the checks hold, or the smallest where none comes up in some attempts."""
        smallest = self.examples.smallest(type_, where)

        def made(draw: Draw, depth: int) -> ir.Json:
            for _ in range(_ATTEMPTS):
                value: ir.Json = make(draw, depth)
                if matches(type_, value, self.types):
                    return value
            return smallest

        return made

    # --- Arrays -------------------------------------------------------------------------------------------------------

    def _array(self, type_: ir.Array, where: str) -> Make:
        low, unique = type_.min_items or 0, type_.unique
        if not self.types.possible(type_.items) or type_.max_items == 0:
            return lambda _draw, _depth: []
        inside = f"{where}[]"
        make = self.of(type_.items, inside)

        def array(draw: Draw, depth: int) -> ir.Json:
            count = how_many(draw, low, type_.max_items, depth)
            items = [make(draw, depth + 1) for _ in range(count)]
            if unique:
                items = list({key_of(each): each for each in items}.values())
                if len(items) < low:
                    return list(self.examples.distinct(type_.items, low, inside))
            return items

        return array

    def _tuple(self, type_: ir.Tuple, where: str) -> Make:
        prefix, rest = type_.prefix, type_.rest
        top = len(prefix) if rest is None else max(len(prefix), type_.min_items) + ITEMS[0]
        if type_.max_items is not None:
            top = min(top, type_.max_items)
        made: list[Make] = []
        for at in range(top):
            each = element(prefix, rest, at)
            if not self.types.possible(each):
                break
            made.append(self.of(each, f"{where}[{at}]"))

        def elements(draw: Draw, depth: int) -> ir.Json:
            count = type_.min_items
            if depth < DEEPEST:
                count += draw.below(len(made) - count + 1)
            return [make(draw, depth + 1) for make in made[:count]]

        return elements

    # --- Objects ------------------------------------------------------------------------------------------------------

    def _record(self, type_: ir.Record, where: str) -> Make:
        low, high = type_.min_properties or 0, type_.max_properties
        if not (self.types.possible(type_.key) and self.types.possible(type_.value)) or high == 0:
            return lambda _draw, _depth: {}
        make_key = self._key(type_.key, f"{where} (key)")
        make = self.of(type_.value, f"{where}[]")

        def record(draw: Draw, depth: int) -> ir.Json:
            count = how_many(draw, low, high, depth)
            found = {str(make_key(draw, depth)): make(draw, depth + 1) for _ in range(count)}
            if len(found) < low:
                for key in self.examples.distinct(type_.key, low, where):
                    if len(found) < low:
                        found.setdefault(str(key), make(draw, depth + 1))
            return found

        return record

    def _key(self, type_: ir.Type, where: str) -> Make:
        if self.types.resolve(type_) == ir.String():
            return lambda draw, _: any_key(draw)
        return self.of(type_, where)

    def _object(self, type_: ir.Object, where: str) -> Make:
        usable = [each for each in type_.properties if self.types.possible(each.type)]
        made = {each.key: self.of(each.type, f"{where}.{each.key}") for each in usable}
        optional = [each.key for each in usable if not each.required]
        known = {each.key for each in type_.properties}
        extra: Make | None = None
        if isinstance(type_.extra, ir.Keep) and self.types.possible(type_.extra.value):
            extra = self.of(type_.extra.value, f"{where}[]")

        def object_(draw: Draw, depth: int) -> ir.Json:
            left = set(optional)
            for at in optional_keys(draw, len(optional), depth):
                left.discard(optional[at])
            found = {key: make(draw, depth + 1) for key, make in made.items() if key not in left}
            if extra is not None:
                found |= extra_keys(draw, known, extra, depth)
            return found

        return object_


def _as_text(make: Make) -> Make:
    """The JSON texts of what is made."""
    return lambda draw, depth: json.dumps(make(draw, depth))


@lru_cache(maxsize=REMEMBERED)
def _strategies(examples: Examples) -> Strategies:
    return Strategies(examples)
