"""
Made-up values of a type, as a person would write them into a test: every optional key there, names that look like names.

A value depends on its seed and its place alone. A field that is added changes no other value.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from random import Random
from typing import Final, TypeVar, assert_never
from uuid import UUID

from samewire import ir
from samewire.identifiers import INHERITED
from samewire.values import numbers, strings, words
from samewire.values.choices import Choices
from samewire.values.depth import Definitions, element
from samewire.values.equality import key_of
from samewire.values.errors import NoValueError
from samewire.values.examples import examples_of, listed
from samewire.values.membership import matches
from samewire.values.patterns import candidates, compiled
from samewire.walk import references

T = TypeVar("T")

_DEEPEST: Final = 4
"""Below that many objects and arrays, what may be left out is left out."""
_ATTEMPTS: Final = 30
_FEW: Final = 40
_LONGEST: Final = 4096


@dataclass(frozen=True, slots=True)
class Place:
    """
    ``seed`` grows by each step into a value; ``key`` is the nearest key of an object, which says what a text is about; ``within``
    are the definitions that the value is a part of.
    """

    seed: str
    at: int
    depth: int = 0
    key: str = ""
    within: frozenset[str] = frozenset()

    def random(self) -> Random:
        seed = f"{self.seed}/{self.at}".encode("utf-8", "surrogatepass")  # keys are in it
        return Random(seed)  # noqa: S311 - made up, not secret

    def inside(self, step: str | int, *, key: str | None = None) -> Place:
        seed = f"{self.seed}/{self.at}/{step}"
        at = step if isinstance(step, int) else self.at
        return Place(seed, at, self.depth + 1, self.key if key is None else key, self.within)


class MadeUp:
    """
    Makes the values of one document's types. ``texts`` are the user's own by the name of a key, tried before all others.
    """

    def __init__(self, definitions: Definitions, texts: Mapping[str, Sequence[str]] = {}) -> None:
        self.examples = examples_of(definitions)
        self.types = self.examples.types
        self.texts = texts

    def several(self, name: str, count: int, seed: int) -> list[ir.Json]:
        """
        Up to ``count`` different values of a definition: fewer where it has no more, none where it has none.

        Raises:
            NoValueError: a text or a number of it can't be made.

        """
        type_ = self.types.definitions[name].type
        if not self.types.possible(type_):
            return []
        made: dict[str, ir.Json] = {}
        for at in range(count * _ATTEMPTS):
            value = self._of(ir.Ref(name), Place(f"{seed}/{name}", at, key=name), name)
            if matches(type_, value, self.types):  # limits may contradict each other
                made.setdefault(key_of(value), value)
            if len(made) == count:
                break
        if made:
            return list(made.values())
        for value in self.examples.edges(type_, name):
            if matches(type_, value, self.types):
                return [value]
        raise NoValueError(name, "no value was found")

    def _of(self, type_: ir.Type, place: Place, where: str) -> ir.Json:
        match type_:
            case ir.Ref(name):
                inside = replace(place, key=place.key or name, within=place.within | {name})
                return self._of(self.types.definitions[name].type, inside, name)
            case ir.Unknown() | ir.JsonValue():
                return {"note": self._one(words.WORDS, place)}
            case ir.Never():
                raise NoValueError(where, "there is no value of this type")
            case ir.Null():
                return None
            case ir.Boolean():
                return place.at % 2 == 0
            case ir.Literal(values):
                return values[place.at % len(values)]
            case ir.EnumType(members):
                return members[place.at % len(members)].value
            case ir.Integer():
                return self._integer(type_, place, where)
            case ir.Number():
                return self._number(type_, place, where)
            case ir.String():
                return self._text(type_, place, where)
            case ir.Nullable(inner):
                return self._nullable(inner, place, where)
            case ir.Union(members):
                return self._member(listed(members), place, where)
            case ir.Unlisted() | ir.UnlistedObject():
                raise NoValueError(where, "only members of an open type are made up")
            case ir.Array(items, low, high, unique):
                return self._items(items, (low or 0, high), unique, place, where)
            case ir.Tuple():
                return self._tuple(type_, place, where)
            case ir.Record():
                return self._record(type_, place, where)
            case ir.Object(properties):
                return self._object(properties, place, where)
            case ir.Checked():
                return self._checked(type_, place, where)
            case _:
                assert_never(type_)

    @staticmethod
    def _one(options: Sequence[T], place: Place) -> T:
        """The values of one key come in turn, so that those of one type differ."""
        return options[place.at % len(options)]

    def _ends(self, type_: ir.Type, place: Place) -> bool:
        """Whether a value that may be left out is: deep down, and where it would repeat what it is a part of."""
        if not self.types.possible(type_):
            return True
        if place.depth > _DEEPEST:
            return self.types.depth(type_) > 0 or isinstance(type_, ir.Nullable)
        return not place.within.isdisjoint(references(type_))

    # --- Scalars ------------------------------------------------------------------------------------------------------

    def _integer(self, type_: ir.Integer, place: Place, where: str) -> ir.Json:
        low, high = numbers.integer_range(type_)
        step = type_.multiple_of or 1
        first, last = next(_named(place.key, words.RANGES), (1, 100))
        if (low is not None and low > last) or (high is not None and high < first):
            first, last = (low, low + 99) if low is not None else ((high or 0) - 99, high or 0)
        first = first if low is None else max(first, low)
        last = last if high is None else min(last, high)
        value = place.random().randint(first, last) // step * step
        for each in (value, value + step):
            if numbers.holds_integer(type_, each):
                return each
        return self.examples.smallest(type_, where)

    def _number(self, type_: ir.Number, place: Place, where: str) -> ir.Json:
        first, last = next(_named(place.key, words.RANGES), (1, 100))
        low = next((end for end in (type_.ge, type_.gt) if end is not None), None)
        high = next((end for end in (type_.le, type_.lt) if end is not None), None)
        start = float(first) if low is None else max(float(first), low)
        end = float(last) if high is None else min(float(last), high)
        if start > end:
            start, end = (low, low + 1) if low is not None else ((high or 0.0) - 1, high or 0.0)
        random = place.random()
        for digits in (2, 2, 1, 0, 4, 6):
            value = round(start + (end - start) * random.randint(1, 99) / 100, digits)
            if type_.multiple_of is not None:
                value = numbers.multiple(round(value / type_.multiple_of), type_.multiple_of)
            if numbers.holds_number(type_, value):
                return value
        return self.examples.smallest(type_, where)

    def _text(self, type_: ir.String, place: Place, where: str) -> str:
        for text in self._proposed(type_, place):
            if strings.fits(type_, text):
                return text
        if type_.format is not None:
            random = place.random()
            drawn = [type_.format.draw(Choices(random, turn)) for turn in range(_ATTEMPTS)]
            drawn = [text for text in drawn if strings.fits(type_, text)]
            if drawn:
                return min(drawn, key=lambda text: not text.endswith("Z"))  # UTC where it may be
        for pattern in type_.patterns:
            written = [
                text
                for text in islice(candidates(compiled(pattern)), _FEW)
                if strings.fits(type_, text) and text.isprintable()
            ]
            if written:
                return self._one([text for text in written if text.isascii()] or written, place)
        return next(strings.edges(type_, where))

    def _proposed(self, type_: ir.String, place: Place) -> list[str]:
        """Texts that read well, the best first. They need not fit."""
        key = next((each for each in self.texts if each.lower() == place.key.lower()), None)
        own = list(self.texts[key]) if key is not None else []
        usual = next(_named(place.key, words.BY_NAME), ())
        padded: list[str] = []
        if type_.format is not None:
            named = type_.format.document().get("format")
            usual = words.BY_FORMAT.get(named, ()) if isinstance(named, str) else ()
            if named == "uuid":
                usual = (str(UUID(int=place.random().getrandbits(128), version=4)),)
        elif not type_.patterns:
            padded = _of_length(type_, usual, place)
        return [*_from(own, place.at), *_from(usual, place.at), *padded]

    # --- What has values in it ----------------------------------------------------------------------------------------

    def _nullable(self, inner: ir.Type, place: Place, where: str) -> ir.Json:
        """Null now and then: in the third of three."""
        if self._ends(inner, place) or place.at % 3 == 2:
            return None
        return self._of(inner, place, where)

    def _member(self, members: Sequence[ir.Type], place: Place, where: str) -> ir.Json:
        possible = [each for each in members if self.types.possible(each)]
        if place.depth > _DEEPEST:
            return self._of(min(possible, key=self.types.depth), place, where)
        at, turn = place.at % len(possible), place.at // len(possible)
        return self._of(possible[at], replace(place, at=turn), where)

    def _items(
        self,
        items: ir.Type,
        limits: tuple[int, int | None],
        unique: bool,
        place: Place,
        where: str,
    ) -> list[ir.Json]:
        low, high = limits
        if not self.types.possible(items):
            return []
        wanted = low if self._ends(items, place) else max(low, 2)
        wanted = wanted if high is None else min(wanted, high)
        inside = f"{where}[]"
        made = [self._of(items, place.inside(at), inside) for at in range(wanted)]
        if unique:
            made = list({key_of(each): each for each in made}.values())
            if len(made) < low:
                return self.examples.distinct(items, low, inside)
        return made

    def _tuple(self, type_: ir.Tuple, place: Place, where: str) -> list[ir.Json]:
        count = (
            type_.min_items if place.depth > _DEEPEST else max(type_.min_items, len(type_.prefix))
        )
        if type_.max_items is not None:
            count = min(count, type_.max_items)
        made: list[ir.Json] = []
        for at in range(count):
            each = element(type_.prefix, type_.rest, at)
            if not self.types.possible(each):
                break
            made.append(self._of(each, place.inside(at), f"{where}[{at}]"))
        return made

    def _record(self, type_: ir.Record, place: Place, where: str) -> dict[str, ir.Json]:
        if not (self.types.possible(type_.key) and self.types.possible(type_.value)):
            return {}
        low = type_.min_properties or 0
        limits = (low, low if self._ends(type_.value, place) else type_.max_properties)
        keyed = replace(place, key="key")
        keys = self._items(type_.key, limits, True, keyed, f"{where} (key)")
        return {
            str(key): self._of(type_.value, place.inside(at), f"{where}[]")
            for at, key in enumerate(keys)
        }

    def _object(
        self, properties: Sequence[ir.Property], place: Place, where: str
    ) -> dict[str, ir.Json]:
        made: dict[str, ir.Json] = {}
        for each in properties:
            if each.required or not self._ends(each.type, place):
                made[each.key] = self._property(each, place, where)
            elif each.key in INHERITED and self.types.possible(each.type):
                # To TypeScript every object has such a key, though of another type.
                made[each.key] = self.examples.smallest(each.type, f"{where}.{each.key}")
        return made

    def _property(self, property_: ir.Property, place: Place, where: str) -> ir.Json:
        """One of the author's examples, else a value that is made up."""
        inside = place.inside(property_.key, key=property_.key)
        for example in _from(property_.doc.examples, place.at):
            if matches(property_.type, example, self.types):
                return example
        return self._of(property_.type, inside, f"{where}.{property_.key}")

    def _checked(self, type_: ir.Checked, place: Place, where: str) -> ir.Json:
        """A value for which the checks hold, or the plainest where none comes up in some attempts."""
        for turn in range(_ATTEMPTS):
            tried = replace(place, at=place.at + turn)
            match type_:
                case ir.Checked(_, (ir.ContentSchema(content), *_)):
                    value: ir.Json = json.dumps(self._of(content, tried, where))
                case ir.Checked(inner):
                    value = self._of(inner, tried, where)
            if matches(type_, value, self.types):
                return value
        return self.examples.smallest(type_, where)


def _named(key: str, table: Mapping[str, T]) -> Iterator[T]:
    return (table[name] for name in words.endings(key) if name in table)


def _from(options: Sequence[T], at: int) -> list[T]:
    """The options, those from a position first."""
    start = at % len(options) if options else 0
    return [*options[start:], *options[:start]]


def _of_length(type_: ir.String, usual: Sequence[str], place: Place) -> list[str]:
    """A plain word, and the usual texts, or words, made as long as the type asks for."""
    low, high = strings.limits(type_)
    if low > _LONGEST:
        return []
    plain = _from(words.WORDS, place.at)
    texts = _from(usual or words.SENTENCES, place.at)
    long = texts[0]
    while len(long) < low:
        long = f"{long} {' '.join(texts[1:] or plain)}"
    cut = long[: len(long) if high is None else max(low, high)]
    return [*plain, cut.rstrip(), cut]
