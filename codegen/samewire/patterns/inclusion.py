"""
Whether every text in which some patterns are found is one in which another is found, and the shortest text that tells otherwise.

Decided by subset construction over the positions of all patterns at once. Look-arounds, word boundaries, back-references and case
folding are not decided.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Final, TypeAlias, assert_never

import regress

from samewire.patterns.ast import (
    Alternation,
    Anchor,
    Atomic,
    Backref,
    Boundary,
    Chars,
    Concat,
    Empty,
    Fold,
    Group,
    Look,
    Node,
    Repeat,
)
from samewire.patterns.charset import (
    LAST_CODE_POINT,
    SURROGATES,
    And,
    CharSet,
    Not,
    Prop,
    Ranges,
    Span,
    Union,
    complement,
    evaluate,
    normal,
)
from samewire.patterns.regex import Regex

_MOST_STATES: Final = 2_000
_MOST_SUBSETS: Final = 20_000
_MOST_EDGES: Final = 20_000
_BYTES: Final = 4
"""The longest character of UTF-8."""
_PLAIN: Final = "a0A-_ .@b1B"

States: TypeAlias = frozenset[int]


class UndecidedError(Exception):
    """The patterns have parts that are not looked at, or too many states."""


@dataclass(slots=True)
class _Automaton:
    """
    ``steps`` are transitions by characters. ``free`` ones take none; those at the start or the end of the text are listed apart.
    """

    steps: list[list[tuple[tuple[Span, ...], int]]] = field(default_factory=list)
    free: list[list[int]] = field(default_factory=list)
    at_start: list[list[int]] = field(default_factory=list)
    at_end: list[list[int]] = field(default_factory=list)
    start: int = 0
    end: int = 0

    def state(self) -> int:
        if len(self.free) >= _MOST_STATES:
            raise UndecidedError
        self.steps.append([])
        self.free.append([])
        self.at_start.append([])
        self.at_end.append([])
        return len(self.free) - 1

    def closure(self, states: Iterable[int], *, first: bool, last: bool = False) -> States:
        seen = set(states)
        waiting = list(seen)
        while waiting:
            state = waiting.pop()
            reached = [*self.free[state]]
            reached += self.at_start[state] if first else ()
            reached += self.at_end[state] if last else ()
            new = [each for each in reached if each not in seen]
            seen.update(new)
            waiting += new
        return frozenset(seen)

    def step(self, states: States, code_point: int) -> States:
        reached = {
            target
            for state in states
            for spans, target in self.steps[state]
            if _is_in(spans, code_point)
        }
        return self.closure(reached, first=False)

    def accepts(self, states: States, *, empty: bool) -> bool:
        return self.end in self.closure(states, first=empty, last=True)


def _automaton(regex: Regex) -> _Automaton:
    """Of all texts in which a pattern is found."""
    if regex.ignore_case:
        raise UndecidedError
    made = _Automaton()
    made.start, first = made.state(), made.state()
    anything = ((0, LAST_CODE_POINT),)
    made.steps[made.start].append((anything, made.start))
    made.free[made.start].append(first)
    made.end = _build(made, regex.tree, first)
    made.steps[made.end].append((anything, made.end))
    return made


def _build(made: _Automaton, node: Node, start: int) -> int:
    """Adds a piece that begins in a state; the state that it ends in."""
    match node:
        case Empty():
            return start
        case Chars(chars, Fold.NONE):
            end = made.state()
            made.steps[start].append((_spans(chars), end))
            return end
        case Anchor.TEXT_START | Anchor.TEXT_END:
            end = made.state()
            listed = made.at_start if node is Anchor.TEXT_START else made.at_end
            listed[start].append(end)
            return end
        case Group(body):
            return _build(made, body, start)
        case Concat(items):
            for item in items:
                start = _build(made, item, start)
            return start
        case Alternation(branches):
            end = made.state()
            for branch in branches:
                made.free[_build(made, branch, _fork(made, start))].append(end)
            return end
        case Repeat():
            return _repeat(made, node, start)
        case Chars() | Anchor() | Boundary() | Backref() | Look() | Atomic():
            raise UndecidedError
        case _:
            assert_never(node)


def _spans(chars: CharSet) -> tuple[Span, ...]:
    """The members of a set, in the version of Unicode that the runtime of the patterns has."""
    known = evaluate(chars)
    if known is not None:
        return known
    match chars:
        case Prop(items):
            return _having(items)
        case Not(of):
            return complement(_spans(of))
        case Union(parts):
            return normal(span for part in parts for span in _spans(part))
        case And(parts):
            return _spans(Not(Union(tuple(Not(part) for part in parts))))
        case Ranges(spans):
            return normal(spans)
        case _:
            assert_never(chars)


@lru_cache(maxsize=256)
def _having(items: tuple[str, ...]) -> tuple[Span, ...]:
    """The characters that have one of these properties."""
    text = _all_characters()
    found = regress.Regex(f"[{''.join(items)}]+", "u").find_iter(text) or ()
    encoded = text.encode()
    ranges = ((each.range().start, each.range().stop) for each in found)  # of bytes
    return normal(
        (
            ord(encoded[start : start + _BYTES].decode(errors="ignore")[0]),
            ord(encoded[max(0, stop - _BYTES) : stop].decode(errors="ignore")[-1]),
        )
        for start, stop in ranges
    )


@lru_cache(maxsize=1)
def _all_characters() -> str:
    first, last = SURROGATES
    return "".join(map(chr, (*range(first), *range(last + 1, LAST_CODE_POINT + 1))))


def _fork(made: _Automaton, start: int) -> int:
    state = made.state()
    made.free[start].append(state)
    return state


def _repeat(made: _Automaton, node: Repeat, start: int) -> int:
    for _ in range(node.min):
        start = _build(made, node.body, start)
    if node.max is None:
        loop = _fork(made, start)
        made.free[_build(made, node.body, loop)].append(loop)
        return loop
    end = made.state()
    made.free[start].append(end)
    for _ in range(node.max - node.min):
        start = _build(made, node.body, _fork(made, start))
        made.free[start].append(end)
    return end


def shortest_difference(
    found: Sequence[Regex], also: Regex, low: int = 0, high: int | None = None
) -> str | None:
    """
    The shortest text of ``low`` to ``high`` characters in which all of ``found`` are found and ``also`` is not, if there is one.

    Raises:
        UndecidedError: it can't be told.

    """
    if also in found:
        return None
    automata = [*map(_automaton, found), _automaton(also)]
    letters = tuple(_letters(automata))
    counted = low if high is None else high
    begin = tuple(each.closure([each.start], first=True) for each in automata)
    waiting: deque[tuple[tuple[States, ...], str]] = deque([(begin, "")])
    seen = {(begin, 0)}
    while waiting:
        at, text = waiting.popleft()
        if len(text) >= low:
            *all_found, other = (
                automaton.accepts(states, empty=not text)
                for automaton, states in zip(automata, at, strict=True)
            )
            if all(all_found) and not other:
                return text
        if high is not None and len(text) >= high:
            continue
        for letter in letters:
            reached = tuple(
                automaton.step(states, letter)
                for automaton, states in zip(automata, at, strict=True)
            )
            key = (reached, min(len(text) + 1, counted))
            if key not in seen and all(reached):
                seen.add(key)
                if len(seen) > _MOST_SUBSETS:
                    raise UndecidedError
                waiting.append((reached, text + chr(letter)))
    return None


def _is_in(spans: Sequence[Span], code_point: int) -> bool:
    """``spans`` are normal, and may be those of a property, which are hundreds."""
    at = bisect_right(spans, (code_point, LAST_CODE_POINT))
    return at > 0 and code_point <= spans[at - 1][1]


def _letters(automata: Iterable[_Automaton]) -> Iterator[int]:
    """One character of each kind that the automata tell apart, a plain one where there is one."""
    cuts = {0, LAST_CODE_POINT + 1, SURROGATES[0], SURROGATES[1] + 1}
    for automaton in automata:
        for transitions in automaton.steps:
            for spans, _ in transitions:
                cuts.update(edge for low, high in spans for edge in (low, high + 1))
    edges = sorted(cuts)
    if len(edges) > _MOST_EDGES:
        raise UndecidedError
    kinds: dict[tuple[bool, ...], int] = {}
    tables = {spans for each in automata for steps in each.steps for spans, _ in steps}
    for low, end in pairwise(edges):
        if low == SURROGATES[0]:
            continue  # no half of a character stands in a text
        plain = next((ord(each) for each in _PLAIN if low <= ord(each) < end), low)
        kind = tuple(_is_in(spans, low) for spans in tables)
        if kind not in kinds or chr(kinds[kind]) not in _PLAIN:
            kinds[kind] = plain if kind not in kinds or chr(plain) in _PLAIN else kinds[kind]
    yield from kinds.values()
