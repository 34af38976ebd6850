"""The smallest JSON value that still fails: parts taken away and made plainer, a whole round judged at once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from samewire.ir import Json

Path = tuple[str | int, ...]
Fails = Callable[[Sequence[Json]], Sequence[bool]]

ROUNDS = 200
WIDTH = 400  # candidates of one round

_PLAIN: tuple[Json, ...] = (None, False, 0, "", [], {})


def smallest(value: Json, fails: Fails, keep: Path = ()) -> Json:
    """
    A value for which ``fails`` still holds and of which no candidate does; ``value`` itself does, and is not asked about.

    What leads to ``keep`` stays in its place. The result depends on nothing but the value and the verdicts.
    """
    for _ in range(ROUNDS):
        size = _size(value)
        simpler = {_size(each): each for each in _simpler(value, keep) if _size(each) < size}
        candidates = [simpler[key] for key in islice(sorted(simpler), WIDTH)]
        if not candidates:
            return value
        better = next(
            (each for each, failing in zip(candidates, fails(candidates), strict=True) if failing),
            None,
        )
        if better is None:
            return value
        value = better
    return value


def _size(value: Json) -> tuple[int, int, str]:
    """Short text first, then plain characters."""
    text = json.dumps(value, ensure_ascii=False)
    return len(text), sum(map(ord, text)), text


def _simpler(value: Json, keep: Path) -> Iterator[Json]:
    """Values with one part of ``value`` missing or plainer."""
    if not keep:
        yield from _plainer(value)
    match value:
        case dict():
            for key, each in value.items():
                if not keep or key != keep[0]:
                    yield {other: value[other] for other in value if other != key}
                inner = keep[1:] if keep and key == keep[0] else ()
                if inner or not keep or key != keep[0]:
                    for simpler in _simpler(each, inner):
                        yield {**value, key: simpler}
            if not keep and len(value) > 2:
                keys = list(value)
                half = len(keys) // 2
                yield {key: value[key] for key in keys[:half]}
                yield {key: value[key] for key in keys[half:]}
        case list():
            yield from _shorter(value, keep)
            for index, each in enumerate(value):
                on_the_way = bool(keep) and index == keep[0]
                if on_the_way and len(keep) == 1:
                    continue
                for simpler in _simpler(each, keep[1:] if on_the_way else ()):
                    yield [*value[:index], simpler, *value[index + 1 :]]
        case _:
            return


def _shorter(value: list[Json], keep: Path) -> Iterator[Json]:
    """A list without some of its items; those up to the one on the way to ``keep`` have to stay where they are."""
    first = int(keep[0]) + 1 if keep else 0
    if not keep and len(value) > 2:
        half = len(value) // 2
        yield value[:half]
        yield value[half:]
    if len(value) > first:
        yield value[:first]
    for index in range(first, len(value)):
        yield [*value[:index], *value[index + 1 :]]


def _plainer(value: Json) -> Iterator[Json]:
    match value:
        case str():
            yield ""
            yield from (value[: len(value) // 2], value[len(value) // 2 :], value[1:], value[:-1])
            for index, char in enumerate(value[:40]):
                if char not in "a0":
                    yield f"{value[:index]}{'0' if char.isdigit() else 'a'}{value[index + 1 :]}"
        case bool():
            yield False
        case int() | float():
            yield 0
            yield 1
            if value < 0:
                yield -value
            yield int(value) if abs(value) < 1e300 else 0
            yield int(value / 2) if abs(value) < 1e300 else value / 2
            yield round(value, 1)
        case _:
            pass
    yield from (each for each in _PLAIN if each != value or type(each) is not type(value))
