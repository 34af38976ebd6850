"""What types and core schemas share: one function makes a value and draws what it needs, so depth can be passed along."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final

from samewire.values.examples import KEYS
from samewire.values.random_draws import Draw, Make

DEEPEST: Final = 6
"""Below that many objects and arrays, values are the smallest ones."""
OPTIONAL: Final = (8, 4, 3, 2, 1, 1, 0)
ITEMS: Final = (4, 3, 2, 2, 1, 1, 0)
"""How many optional keys and how many items beyond the least there may be, by depth."""
LONGEST_KEY: Final = 6

_BY_MASK = 10


def some(draw: Draw, count: int, most: int) -> Sequence[int]:
    """Some of so many positions, in order; not more than about ``most`` where there are many."""
    if count == 0 or most == 0:
        return ()
    if count <= min(_BY_MASK, most):
        mask = draw.below(1 << count)
        return [at for at in range(count) if mask >> at & 1]
    return sorted({draw.below(count) for _ in range(draw.below(most + 1))})


def among(values: Sequence[Any]) -> Make:
    return lambda draw, _: draw.choice(values)


def how_many(draw: Draw, low: int, high: int | None, depth: int) -> int:
    """How many items: not many beyond the least."""
    most = low + ITEMS[min(depth, DEEPEST)]
    return low + draw.below((most if high is None else min(high, most)) - low + 1)


def nullable(make: Make | None, *, nests: bool) -> Make:
    """Values of ``make`` or null, which is more frequent deeper down. ``nests``: even the smallest value has values in it."""

    def value(draw: Draw, depth: int) -> Any:
        if make is None or (depth >= DEEPEST and nests):
            return None
        return make(draw, depth) if draw.below(4) > (0 if depth < 2 else 1) else None

    return value


def union(members: Iterable[tuple[float, Make]]) -> Make:
    """One of the members, which stand with their depths: far down, one of those that end soonest."""
    ordered = sorted(members, key=lambda member: member[0])
    made = [make for _, make in ordered]
    flat = [make for depth, make in ordered if depth == ordered[0][0]]
    return lambda draw, depth: draw.choice(made if depth < DEEPEST else flat)(draw, depth)


def optional_keys(draw: Draw, count: int, depth: int) -> Sequence[int]:
    """Which of so many keys are there that may be left out, by position."""
    return some(draw, count, OPTIONAL[min(depth, DEEPEST)])


def extra_keys(draw: Draw, taken: Collection[object], make: Make, depth: int) -> dict[str, Any]:
    """Up to two keys beside those that are taken."""
    if depth >= DEEPEST:
        return {}
    keys = [any_key(draw) for _ in range(draw.below(3))]
    return {key: make(draw, depth + 1) for key in keys if key not in taken}


def any_key(draw: Draw) -> str:
    return draw.any_text(0, LONGEST_KEY) if draw.below(4) < 3 else draw.choice(KEYS)
