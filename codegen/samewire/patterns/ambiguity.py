"""
Loops that can cost a backtracking engine exponential time.

Rust's regex is linear in the text; JavaScript's tries every way through a pattern before it gives up. A loop is dangerous if some
text leads from a place in it back to that place in two ways (``(?:a+)+``, ``(?:a|ab?)+``): every repetition of the text doubles
the ways. That is decided on the loop's position automaton, with the number of ways on each edge: an edge passed in two ways, or
two positions that can be in step with each other and with themselves. See Weideman et al., "Analyzing Matching Time Behavior of
Backtracking Regular Expression Matchers by Using Ambiguity of NFA" (CIAA 2016).

It is a remark and not a proof: counted repeats are approximated (from 8 on as unlimited), look-arounds and references are passed
over, a loop that is too large is left alone, and a loop that only costs polynomial time isn't mentioned. A loop that may be left
anywhere with the match complete can't fail and is no danger. Of what costs polynomial time, ``shares`` finds the worst.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from samewire.patterns.ast import (
    Alternation,
    Atomic,
    Chars,
    Look,
    Node,
    Repeat,
    children,
)
from samewire.patterns.automaton import Fragment, TooLargeError, fragment, is_long
from samewire.patterns.letters import Letters
from samewire.patterns.shares import crowded, may_be_left_out, with_rest

_MOST_STEPS = 100_000
_MANY_ROUNDS = 64  # of short repeats inside one another, which make a long one together


def remarks_on_backtracking(
    root: Node, pattern: str, *, ignore_case: bool = False
) -> tuple[str, ...]:
    """One sentence for each dangerous loop, and for each row of pieces that share a text."""
    found = []
    for loop in dangerous_loops(root, ignore_case=ignore_case):
        start, end = loop.at
        found.append(
            f"{pattern[start:end]!r} at position {start} repeats what the same text fits in more"
            " than one way: JavaScript may take exponential time for a long string that doesn't"
            " match, whatever its max_length, since validators check both; let the repeated piece begin"
            " or end with a character of its own"
        )
    for first, last in () if found else crowded(root, ignore_case=ignore_case):
        found.append(
            f"what is repeated from {pattern[slice(*first.at)]!r} at position {first.at[0]} to"
            f" {pattern[slice(*last.at)]!r} at position {last.at[0]} takes the same letters: JavaScript may cut a long string"
            " that doesn't match in more than a million ways, whatever its max_length; write one repeat, such as a{0,30} for a?a?a?"
        )
    return tuple(found)


def dangerous_loops(root: Node, *, ignore_case: bool) -> Iterator[Repeat]:
    """The loops that the same text goes through in exponentially many ways, and that may fail after it."""
    for loop, free in _outer_loops(root, free=True):
        if _has_inner_choice(loop.body) and (
            _may_skip_rounds(loop, free=free)
            or _is_dangerous(loop, free=free, ignore_case=ignore_case)
        ):
            yield loop


def _may_skip_rounds(loop: Repeat, *, free: bool) -> bool:
    """Whether many rounds are asked for of which any may take nothing: ``(?:a?){30}`` takes ten letters in 30 million ways."""
    return not free and loop.min > 0 and is_long(loop.min) and may_be_left_out(loop.body)


def _outer_loops(node: Node, *, free: bool) -> Iterator[tuple[Repeat, bool]]:
    """The long repeats that are in no other, and whether all that follows each may be left out."""
    match node:
        case Repeat(_, _, high) if is_long(high):
            yield node, free
        case Repeat() if _rounds(node) >= _MANY_ROUNDS:
            yield replace(node, max=None), free
        case _:
            for child, rest in with_rest(node, free=free):
                yield from _outer_loops(child, free=rest)


def _rounds(node: Node) -> int:
    """How often the innermost of nested repeats goes round at most, where all are short."""
    inner = max(map(_rounds, children(node)), default=1)
    match node:
        case Repeat(_, _, int() as most) if most > 0 and not is_long(most):
            return inner * most
        case _:
            return inner


def _has_inner_choice(node: Node) -> bool:
    match node:
        case Alternation():
            return True
        case Repeat(_, low, high) if low != high:
            return True
        case Look() | Atomic():
            return False
        case _:
            return any(_has_inner_choice(child) for child in children(node))


def _is_dangerous(loop: Repeat, *, free: bool, ignore_case: bool) -> bool:
    try:
        whole = fragment(loop, Letters(sets(loop), ignore_case=ignore_case))
    except TooLargeError:
        return False
    for component in _components(whole.follow):
        if free and component & whole.loose:
            continue
        if any(whole.follow[a].get(b, 0) > 1 for a in component for b in component):
            return True
        if _runs_in_step(whole, component):
            return True
    return False


def sets(node: Node) -> list[Chars]:
    """The sets of characters in a piece of a pattern."""
    inner = [chars for child in children(node) for chars in sets(child)]
    return [node, *inner] if isinstance(node, Chars) else inner


def _components(follow: dict[int, dict[int, int]]) -> list[frozenset[int]]:
    """The sets of positions that lead to each other."""
    reach = {position: _reachable(position, follow) for position in follow}
    found: dict[frozenset[int], None] = {}
    for position in follow:
        if position in reach[position]:
            mutual = frozenset(other for other in reach[position] if position in reach[other])
            found[mutual] = None
    return list(found)


def _reachable(start: int, follow: dict[int, dict[int, int]]) -> set[int]:
    seen: set[int] = set()
    queue = [start]
    while queue:
        for after in follow[queue.pop()]:
            if after not in seen:
                seen.add(after)
                queue.append(after)
    return seen


def _runs_in_step(whole: Fragment, component: frozenset[int]) -> bool:
    """Whether two different runs on the same text start at one position and end there: some pair (p, q) lies on such a way."""
    steps = 0
    after: dict[tuple[int, int], set[tuple[int, int]]] = {}
    before: dict[tuple[int, int], set[tuple[int, int]]] = {}
    queue = [(p, p) for p in component]
    seen = set(queue)
    while queue:
        pair = queue.pop()
        for left in whole.follow[pair[0]].keys() & component:
            for right in whole.follow[pair[1]].keys() & component:
                steps += 1
                if not whole.letters[left] & whole.letters[right]:
                    continue
                reached = (left, right)
                after.setdefault(pair, set()).add(reached)
                before.setdefault(reached, set()).add(pair)
                if reached not in seen:
                    seen.add(reached)
                    queue.append(reached)
        if steps > _MOST_STEPS:
            return False
    return any(_returns((p, p), after, before) for p in component)


def _returns(
    start: tuple[int, int],
    after: dict[tuple[int, int], set[tuple[int, int]]],
    before: dict[tuple[int, int], set[tuple[int, int]]],
) -> bool:
    forward, backward = _closure(start, after), _closure(start, before)
    return any(p != q for p, q in forward & backward)


def _closure(
    start: tuple[int, int], edges: dict[tuple[int, int], set[tuple[int, int]]]
) -> set[tuple[int, int]]:
    seen = {start}
    queue = [start]
    while queue:
        for pair in edges.get(queue.pop(), ()):
            if pair not in seen:
                seen.add(pair)
                queue.append(pair)
    return seen
