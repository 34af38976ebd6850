"""Models, dataclasses, typed dicts and named tuples, by core schema."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias, cast

from pydantic import TypeAdapter, ValidationError

from samewire.coreschema import CoreSchema
from samewire.values.draws import (
    DEEPEST,
    extra_keys,
    optional_keys,
)
from samewire.values.random_draws import Draw, Make

_REPAIRS: Final = 4
_WORD: Final = re.compile(r"\w+")

Path: TypeAlias = tuple[str | int, ...]
Config: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """
    ``paths``: each of the places where Pydantic looks for it. ``make``: its values, ``not_null``: those but null; or ``None``.
    """

    name: str
    paths: tuple[Path, ...]
    required: bool
    make: Make | None
    not_null: Make | None


def paths_of(name: str, field: CoreSchema, config: Config) -> tuple[Path, ...]:
    """Where a field may stand in the input: under its aliases, its name, or both (``validate_by_alias``, ``validate_by_name``)."""
    alias = field.get("validation_alias")
    found: list[Path] = []
    if alias is not None and config.get("validate_by_alias", True):
        if isinstance(alias, str):
            found.append((alias,))
        elif alias and isinstance(alias[0], list):
            found += [tuple(path) for path in alias]
        else:
            found.append(tuple(alias))
    if not found or config.get("validate_by_name", False):
        found.append((name,))
    return tuple(dict.fromkeys(found))


def fields(listed: Sequence[Field], extra: Make | None) -> Make:
    """A dict with all required fields and some of the others, and with keys beyond them if ``extra`` makes their values."""
    required = [each for each in listed if each.required]
    optional = [each for each in listed if not each.required and each.make is not None]
    taken = {each.name for each in listed} | {path[0] for each in listed for path in each.paths}

    def object_(draw: Draw, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        chosen = optional_keys(draw, len(optional), depth)
        for each in (*required, *(optional[at] for at in chosen)):
            make = cast("Make", each.make)
            _put(found, draw.choice(each.paths), make(draw, depth + 1))
        if extra is not None:
            found |= extra_keys(draw, taken, extra, depth)
        return found

    return object_


def _put(found: dict[str, Any], path: Path, value: object) -> None:
    """Sets a value where an ``AliasPath`` leads, making what is on the way; where another field's value is in the way, not."""
    place: Any = found
    for step, following in zip(path, (*path[1:], None), strict=True):
        if isinstance(step, int) and isinstance(place, list):
            length = step + 1 if step >= 0 else -step  # a negative index counts from the end
            place.extend([None] * (length - len(place)))
            missing = place[step] is None
        elif isinstance(step, str) and isinstance(place, dict):
            missing = step not in place
        else:
            return
        if following is None:
            place[step] = value
        else:
            if missing:
                place[step] = [] if isinstance(following, int) else {}
            place = place[step]


def repaired(class_: type[Any], listed: Sequence[Field], make: Make) -> Make:
    """
    For a class with validators written in Python, which may want more than its fields say: what they ask for is given as well.

    They ask for a field with an error at its place, or one that has its name in the message.
    """
    adapter: TypeAdapter[Any] | None = None
    named = {path[0]: each for each in listed for path in each.paths if each.make is not None}

    def object_(draw: Draw, depth: int) -> Any:
        nonlocal adapter
        value = make(draw, depth)
        for _ in range(_REPAIRS if depth <= DEEPEST and isinstance(value, dict) else 0):
            try:
                adapter = adapter or TypeAdapter(class_)
                adapter.validate_python(value)
            except ValidationError as error:
                asked = list(_asked_for(error, named, value))
            except Exception:  # noqa: BLE001 - a validator of the user's raises what it will
                break
            else:
                break
            if not asked:
                break
            for key in asked:
                value[key] = cast("Make", named[key].not_null)(draw, depth + 1)
        return value

    return object_


def _asked_for(
    error: ValidationError, named: Mapping[str | int, Field], value: Mapping[str, Any]
) -> Iterator[str]:
    """Keys that are not there, or null: each that has an error of its own, and the first of those that a message has."""
    for each in error.errors(include_url=False, include_context=False, include_input=False):
        place = each["loc"]
        absent = [str(key) for key in named if value.get(str(key)) is None]
        if len(place) == 1 and place[0] in absent:
            yield str(place[0])
        elif not place:
            words = set(_WORD.findall(each["msg"]))
            yield from [key for key in absent if key in words][:1]


def instance_or_dict(
    class_: type[Any], make: Make, subclasses: Callable[[], Sequence[Make]]
) -> Make:
    """
    Mostly what a class is validated from, now and then an instance of it, or one of a subclass.

    An instance can only be made of what is valid; what is not stays as it is.
    """
    build = instances_of(class_)

    def object_(draw: Draw, depth: int) -> Any:
        if draw.below(8) < 7:
            return make(draw, depth)
        others = subclasses() if depth else ()
        if others and draw.below(2):
            return draw.choice(others)(draw, depth)
        return build(make(draw, depth))

    return object_


def instances_of(class_: type[Any]) -> Callable[[Any], Any]:
    """Makes an instance of a value that is valid, and leaves any other as it is."""
    adapter: TypeAdapter[Any] | None = None

    def build(value: Any) -> Any:
        nonlocal adapter
        try:
            if adapter is None:
                adapter = TypeAdapter(class_)
            return adapter.validate_python(value)
        except Exception:  # noqa: BLE001 - a validator of the user's raises what it will
            return value

    return build


def named_tuple(listed: Sequence[Field]) -> Make:
    """The values in order, without some of the last ones that have a default; or a dict of them."""
    least = max((at + 1 for at, each in enumerate(listed) if each.required), default=0)
    by_name = fields(listed, None)

    def elements(draw: Draw, depth: int) -> Any:
        if draw.below(4) == 3:
            return by_name(draw, depth)
        count = least + draw.below(len(listed) - least + 1)
        made = [each.make for each in listed[:count]]
        return tuple(make(draw, depth + 1) for make in made if make is not None)

    return elements


def with_tag(make: Make, discriminator: object, tag: object) -> Make:
    """The member of a tagged union with its tag in it, also where that has a default."""
    path = discriminator
    while isinstance(path, list) and path and isinstance(path[0], list):
        path = path[0]
    steps: Path = (
        (path,) if isinstance(path, str) else tuple(path) if isinstance(path, list) else ()
    )

    def tagged(draw: Draw, depth: int) -> Any:
        value = make(draw, depth)
        if steps and isinstance(value, dict) and steps[0] not in value:
            _put(value, steps, tag)
        return value

    return tagged


def instances(class_: type[Any], maker: Callable[[CoreSchema], Make]) -> Make:
    """Instances of a class that is a model or a dataclass, and nothing else that it is validated from."""
    make, build = maker(TypeAdapter(class_).core_schema), instances_of(class_)
    return lambda draw, depth: build(make(draw, depth))


def subclasses(class_: type[Any], maker: Callable[[CoreSchema], Make]) -> list[Make]:
    """Of the classes below, those that can be made an instance of; a generic's parametrizations are no subclasses of their own."""
    made: list[Make] = []
    for each in class_.__subclasses__():
        generic = getattr(each, "__pydantic_generic_metadata__", {})
        if generic.get("origin") or generic.get("parameters"):
            continue
        try:
            made.append(instances(each, maker))
        except Exception:  # noqa: BLE001, S112 - an unfinished class is not what was asked for
            continue
    return made
