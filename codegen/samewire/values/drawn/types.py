"""Makers for every type."""

from __future__ import annotations

import json
from typing import Final, assert_never

from hypothesis import strategies as st

from samewire import ir
from samewire.values import numbers
from samewire.values.distinct import distinct
from samewire.values.drawn.choices import Draw, Maker, below, between, one_of, some
from samewire.values.drawn.texts import ALPHABET, Texts
from samewire.values.edges import KEYS
from samewire.values.equality import key_of
from samewire.values.errors import NoValueError
from samewire.values.holds import holds
from samewire.values.shapes import Shapes, element

DEEPEST: Final = 6
"""Below that many objects and arrays, values are the smallest ones."""
OPTIONAL: Final = (8, 4, 3, 2, 1, 1, 0)
_ITEMS: Final = (4, 3, 2, 2, 1, 1, 0)
"""How many optional keys and how many items beyond the least there may be, by depth."""

_ATTEMPTS: Final = 10

_KEY: Final = st.text(ALPHABET, max_size=6)
_FLOATS: Final = st.floats(allow_nan=False, allow_infinity=False)


class Makers:
    """What is made of a definition is remembered, and made once however many types refer to it."""

    def __init__(self, shapes: Shapes) -> None:
        self.shapes = shapes
        self._made: dict[str, Maker] = {}
        self._waiting: list[str] = []

    def root(self, type_: ir.Type) -> Maker:
        """
        The function that makes values of a type, and all that it refers to.

        Raises:
            NoValueError: as :meth:`maker`.

        """
        new: list[str] = []
        try:
            make = self.maker(type_, "")
            while self._waiting:
                new.append(name := self._waiting.pop())
                self._made[name] = self.maker(self.shapes.definitions[name].type, name)
        except NoValueError:
            for name in (*new, *self._waiting):
                self._made.pop(name, None)
            self._waiting.clear()
            raise
        return make

    def maker(self, type_: ir.Type, where: str) -> Maker:
        """
        The function that makes values of a type, which must have some.

        Raises:
            NoValueError: for a text or a number that can't be made, wherever in the type it stands.

        """
        match type_:
            case ir.Ref(name):
                return self._reference(name)
            case ir.Unknown() | ir.JsonValue():
                return any_json
            case ir.Never():
                raise NoValueError(where, "there is no value of this type")
            case ir.Null():
                return lambda _draw, _depth: None
            case ir.Boolean():
                return lambda draw, _: below(draw, 2) == 1
            case ir.Literal(values):
                return lambda draw, _: one_of(draw, values)
            case ir.EnumType(members):
                known = tuple(each.value for each in members)
                return lambda draw, _: one_of(draw, known)
            case ir.Integer():
                return integer(type_, where)
            case ir.Number():
                return number(type_, where)
            case ir.String():
                return Texts(type_, where).make
            case ir.Nullable(inner):
                return self._nullable(inner, where)
            case ir.Union():
                return self._union(type_, where)
            case ir.Array():
                return self._array(type_, where)
            case ir.Tuple():
                return self._tuple(type_, where)
            case ir.Record():
                return self._record(type_, where)
            case ir.Object():
                return self._object(type_, where)
            case ir.Checked(_, (ir.ContentSchema(content), *_)):
                return self._checked(type_, _as_text(self.maker(content, where)), where)
            case ir.Checked(inner):
                return self._checked(type_, self.maker(inner, where), where)
            case _:
                assert_never(type_)

    def _checked(self, type_: ir.Checked, make: Maker, where: str) -> Maker:
        """Values for which the checks hold, or the smallest where none comes up in some attempts."""
        smallest = self.shapes.smallest(type_, where)

        def made(draw: Draw, depth: int) -> ir.Json:
            for _ in range(_ATTEMPTS):
                value = make(draw, depth)
                if holds(type_, value, self.shapes):
                    return value
            return smallest

        return made

    def _reference(self, name: str) -> Maker:
        if name not in self._made:
            # Made when this is done, and not within: a chain of types may be longer than Python's stack is deep.
            self._made[name] = self._later(name)
            self._waiting.append(name)
        return self._later(name)

    def _later(self, name: str) -> Maker:
        def later(draw: Draw, depth: int) -> ir.Json:
            return self._made[name](draw, depth)

        return later

    def _nullable(self, inner: ir.Type, where: str) -> Maker:
        if not self.shapes.possible(inner):
            return lambda _draw, _depth: None
        make = self.maker(inner, where)
        flat = self.shapes.height(inner) == 0

        def nullable(draw: Draw, depth: int) -> ir.Json:
            if depth >= DEEPEST and not flat:
                return None
            # Deeper down null is more frequent, for values to stay small.
            return make(draw, depth) if below(draw, 4) > (0 if depth < 2 else 1) else None

        return nullable

    def _union(self, type_: ir.Union, where: str) -> Maker:
        members = sorted(filter(self.shapes.possible, type_.members), key=self.shapes.height)
        made = [self.maker(each, where) for each in members]
        flat = [
            make
            for make, each in zip(made, members, strict=True)
            if self.shapes.height(each) == self.shapes.height(type_)
        ]
        return lambda draw, depth: one_of(draw, made if depth < DEEPEST else flat)(draw, depth)

    # --- Arrays -------------------------------------------------------------------------------------------------------

    def _array(self, type_: ir.Array, where: str) -> Maker:
        low, unique = type_.min_items or 0, type_.unique
        if not self.shapes.possible(type_.items) or type_.max_items == 0:
            return lambda _draw, _depth: []
        inside = f"{where}[]"
        make = self.maker(type_.items, inside)

        def array(draw: Draw, depth: int) -> ir.Json:
            count = how_many(draw, low, type_.max_items, depth)
            items = [make(draw, depth + 1) for _ in range(count)]
            if unique:
                items = list({key_of(each): each for each in items}.values())
                if len(items) < low:
                    return list(distinct(self.shapes, type_.items, low, inside))
            return items

        return array

    def _tuple(self, type_: ir.Tuple, where: str) -> Maker:
        prefix, rest = type_.prefix, type_.rest
        top = len(prefix) if rest is None else max(len(prefix), type_.min_items) + _ITEMS[0]
        if type_.max_items is not None:
            top = min(top, type_.max_items)
        made: list[Maker] = []
        for at in range(top):
            each = element(prefix, rest, at)
            if not self.shapes.possible(each):
                break
            made.append(self.maker(each, f"{where}[{at}]"))

        def elements(draw: Draw, depth: int) -> ir.Json:
            count = type_.min_items
            if depth < DEEPEST:
                count += below(draw, len(made) - count + 1)
            return [make(draw, depth + 1) for make in made[:count]]

        return elements

    # --- Objects ------------------------------------------------------------------------------------------------------

    def _record(self, type_: ir.Record, where: str) -> Maker:
        low, high = type_.min_properties or 0, type_.max_properties
        if not (self.shapes.possible(type_.key) and self.shapes.possible(type_.value)) or high == 0:
            return lambda _draw, _depth: {}
        make_key = self._key(type_.key, f"{where} (key)")
        make = self.maker(type_.value, f"{where}[]")

        def record(draw: Draw, depth: int) -> ir.Json:
            count = how_many(draw, low, high, depth)
            found = {str(make_key(draw, depth)): make(draw, depth + 1) for _ in range(count)}
            if len(found) < low:
                for key in distinct(self.shapes, type_.key, low, where):
                    if len(found) < low:
                        found.setdefault(str(key), make(draw, depth + 1))
            return found

        return record

    def _key(self, type_: ir.Type, where: str) -> Maker:
        if self.shapes.resolve(type_) == ir.String():
            return lambda draw, _: any_key(draw)
        return self.maker(type_, where)

    def _object(self, type_: ir.Object, where: str) -> Maker:
        usable = [each for each in type_.properties if self.shapes.possible(each.type)]
        made = {each.key: self.maker(each.type, f"{where}.{each.key}") for each in usable}
        optional = [each.key for each in usable if not each.required]
        known = {each.key for each in type_.properties}
        extra: Maker | None = None
        if isinstance(type_.extra, ir.Keep) and self.shapes.possible(type_.extra.value):
            extra = self.maker(type_.extra.value, f"{where}[]")

        def object_(draw: Draw, depth: int) -> ir.Json:
            left = set(optional)
            for at in some(draw, len(optional), OPTIONAL[min(depth, DEEPEST)]):
                left.discard(optional[at])
            found = {key: make(draw, depth + 1) for key, make in made.items() if key not in left}
            if extra is not None and depth < DEEPEST:
                for _ in range(below(draw, 3)):
                    key = any_key(draw)
                    if key not in known:
                        found[key] = extra(draw, depth + 1)
            return found

        return object_


def how_many(draw: Draw, low: int, high: int | None, depth: int) -> int:
    most = low + _ITEMS[min(depth, DEEPEST)]
    return low + below(draw, (most if high is None else min(high, most)) - low + 1)


def any_key(draw: Draw) -> str:
    return draw(_KEY) if below(draw, 4) < 3 else one_of(draw, KEYS)


# --- Scalars ----------------------------------------------------------------------------------------------------------


def integer(type_: ir.Integer, where: str) -> Maker:
    low, high = numbers.integer_range(type_)
    if low is not None and high is not None and low > high:
        raise NoValueError(where, f"no number was found in {type_}")
    step = type_.multiple_of or 1
    least = min(-numbers.SAFE, high if high is not None else 0) if low is None else low
    most = max(numbers.SAFE, low if low is not None else 0) if high is None else high
    drawn = between(-(-least // step), most // step)
    return lambda draw, _: draw(drawn) * step


def number(type_: ir.Number, where: str) -> Maker:
    pool = tuple(numbers.number_edges(type_))
    if not pool:
        raise NoValueError(where, f"no number was found in {type_}")
    if type_.multiple_of is not None:
        step, counted = type_.multiple_of, between(*numbers.multiples(type_, 10**6))

        def multiple(draw: Draw, _depth: int) -> ir.Json:
            value = numbers.multiple(draw(counted), step)
            return value if numbers.holds_number(type_, value) else one_of(draw, pool)

        return multiple
    low, high = _ends(type_)
    drawn = _FLOATS
    if low is not None or high is not None:
        drawn = st.floats(low, high, allow_nan=False, allow_infinity=False)

    def number(draw: Draw, _depth: int) -> ir.Json:
        value: float = draw(drawn)
        return value if numbers.holds_number(type_, value) else one_of(draw, pool)

    return number


def _ends(type_: ir.Number) -> tuple[float | None, float | None]:
    low = type_.ge if type_.gt is None else type_.gt
    high = type_.le if type_.lt is None else type_.lt
    return None if low is None else float(low), None if high is None else float(high)


# --- Anything ---------------------------------------------------------------------------------------------------------


_SAFE_INTEGERS: Final = between(-numbers.SAFE, numbers.SAFE)


def any_json(draw: Draw, depth: int) -> ir.Json:
    match below(draw, 5 if depth >= 3 else 7):
        case 0:
            return None
        case 1:
            return below(draw, 2) == 1
        case 2:
            return draw(_SAFE_INTEGERS)
        case 3:
            return draw(_KEY)
        case 4:
            return draw(_FLOATS)
        case 5:
            return [any_json(draw, max(depth, 1) + 1) for _ in range(below(draw, 3))]
        case _:
            return {any_key(draw): any_json(draw, max(depth, 1) + 1) for _ in range(below(draw, 3))}


def _as_text(make: Maker) -> Maker:
    """The JSON texts of what is made."""
    return lambda draw, depth: json.dumps(make(draw, depth))
