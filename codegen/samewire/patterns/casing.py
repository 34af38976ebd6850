"""
Case-insensitivity, said with JavaScript's ``i`` flag or spelled out.

The flag covers a whole pattern. It is used when every set that has case ignores it, and means the same under the flag; else the
sets that ignore case are widened to all that folds alike and the flag is left off. (Inline modifiers, ``(?i:...)``, would be
shorter but are ES2025.)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import assert_never

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
    children,
)
from samewire.patterns.charset import And, CharSet, Not, Prop, Ranges, Span, Union
from samewire.patterns.errors import refuse
from samewire.patterns.folding import (
    is_caseless,
    is_closed,
    widen,
    widen_ascii,
    widen_python,
    with_all_i,
)

_WIDEN: dict[Fold, Callable[[tuple[Span, ...]], tuple[Span, ...]]] = {
    Fold.SIMPLE: widen,
    Fold.PYTHON: widen_python,
    Fold.ASCII: widen_ascii,
}


def settle(root: Node, pattern: str) -> tuple[Node, bool]:
    """
    An equal tree in which nothing folds, and whether it is to be matched with JavaScript's ``i`` flag.

    Raises PatternError for what neither the flag nor widening can say.
    """
    if not any(isinstance(n, Chars | Backref) and n.fold is not Fold.NONE for n in _all(root)):
        return root, False
    _check_references(root, pattern)
    flag = _use_flag(root)
    return _rewrite(root, pattern, flag=flag), flag


def without_flag(root: Node, pattern: str) -> Node:
    """
    The tree of a pattern that is matched with JavaScript's ``i`` flag, as one that says the same without it.

    Raises PatternError for what widening can't say.
    """
    folding = _folding(root)
    _check_references(folding, pattern)
    return _rewrite(folding, pattern, flag=False)


def _folding(node: Node) -> Node:
    match node:
        case Chars() | Backref():
            return replace(node, fold=Fold.SIMPLE)
        case Group(body) | Look(body) | Atomic(body) | Repeat(body):
            return replace(node, body=_folding(body))
        case Concat(items):
            return Concat(tuple(map(_folding, items)))
        case Alternation(branches):
            return Alternation(tuple(map(_folding, branches)))
        case Empty() | Anchor() | Boundary():
            return node
        case _:
            assert_never(node)


def _use_flag(root: Node) -> bool:
    needed = False
    for node in _all(root):
        match node:
            case Chars(wanted, Fold.SIMPLE):
                needed = needed or not _closed(wanted)
            case Chars(wanted, Fold.PYTHON):
                if _has_open_property(wanted):
                    return False
                needed = needed or not _closed(wanted)
            case Chars(wanted, Fold.ASCII):
                if not _closed(_widened(wanted, Fold.ASCII)):
                    return False
            case Chars(wanted) | Boundary(_, wanted):
                if not _closed(wanted):
                    return False
            case Backref(group):
                if not _caseless(_group(root, group)):
                    return False
    return needed


def _rewrite(node: Node, pattern: str, *, flag: bool) -> Node:
    match node:
        case Chars(wanted, how) if how is not Fold.NONE:
            return Chars(_settled(wanted, how, node.at, pattern, flag=flag), at=node.at)
        case Backref(group):
            return Backref(group, at=node.at)
        case Group(body) | Look(body) | Atomic(body) | Repeat(body):
            return replace(node, body=_rewrite(body, pattern, flag=flag))
        case Concat(items):
            return Concat(tuple(_rewrite(item, pattern, flag=flag) for item in items))
        case Alternation(branches):
            return Alternation(tuple(_rewrite(item, pattern, flag=flag) for item in branches))
        case Empty() | Anchor() | Boundary() | Chars():
            return node
        case _:
            assert_never(node)


def _settled(
    wanted: CharSet, how: Fold, at: tuple[int, int], pattern: str, *, flag: bool
) -> CharSet:
    if flag and how is not Fold.ASCII and _is_list(wanted):
        return _mapped(wanted, with_all_i) if how is Fold.PYTHON else wanted
    if how is Fold.SIMPLE and not flag and _has_open_property(wanted):
        raise refuse(
            pattern,
            at,
            "a Unicode property ignores case here, but not the whole pattern does",
            "put (?i) at the start, or list the characters instead of \\p{...}",
        )
    return _widened(wanted, how)


def _widened(wanted: CharSet, how: Fold) -> CharSet:
    return _mapped(wanted, _WIDEN[how])


def _mapped(wanted: CharSet, change: Callable[[tuple[Span, ...]], tuple[Span, ...]]) -> CharSet:
    """The set with its listed characters changed. Folding comes before the set operators, so it goes to the leaves."""
    match wanted:
        case Ranges(spans):
            return Ranges(change(spans))
        case Prop():
            return wanted
        case Not(of):
            return Not(_mapped(of, change))
        case Union(parts):
            return Union(tuple(_mapped(part, change) for part in parts))
        case And(parts):
            return And(tuple(_mapped(part, change) for part in parts))
        case _:
            assert_never(wanted)


def _is_list(wanted: CharSet) -> bool:
    """A listing or the negation of one, in which JavaScript folds the leaves itself."""
    match wanted:
        case Not(of):
            return _is_list(of) and not isinstance(of, Not)
        case Union(parts):
            return all(isinstance(part, Ranges | Prop) for part in parts)
        case And():
            return False
        case Ranges() | Prop():
            return True
        case _:
            assert_never(wanted)


def _closed(wanted: CharSet) -> bool:
    """Whether the set holds all that folds to a member; False where that isn't plain to see."""
    match wanted:
        case Ranges(spans):
            return is_closed(spans)
        case Prop(_, closed):
            return closed
        case Not(of):
            return _closed(of)
        case Union(parts):
            listed = [span for part in parts if isinstance(part, Ranges) for span in part.spans]
            others = [part for part in parts if not isinstance(part, Ranges)]
            return is_closed(tuple(listed)) and all(_closed(part) for part in others)
        case And(parts):
            return all(_closed(part) for part in parts)
        case _:
            assert_never(wanted)


def _has_open_property(wanted: CharSet) -> bool:
    match wanted:
        case Ranges():
            return False
        case Prop(_, closed):
            return not closed
        case Not(of):
            return _has_open_property(of)
        case Union(parts) | And(parts):
            return any(_has_open_property(part) for part in parts)
        case _:
            assert_never(wanted)


# --- References -------------------------------------------------------------------------------------------------------


def _check_references(root: Node, pattern: str) -> None:
    """CPython compares a reference by lower case and not by folding; the two agree only where there is no case."""
    for node in _all(root):
        if (
            isinstance(node, Backref)
            and node.fold is not Fold.NONE
            and not _caseless(_group(root, node.group))
        ):
            raise refuse(
                pattern,
                node.at,
                "a reference that ignores case has no JavaScript equal",
                "write the group's alternatives out, or refer to it outside of (?i)",
            )


def _caseless(node: Node) -> bool:
    """Whether all the characters the node takes are without case."""
    match node:
        case Chars(Ranges(spans)):
            return is_caseless(spans)
        case Chars() | Backref():
            return False
        case _:
            return all(_caseless(child) for child in children(node))


def _group(root: Node, number: int) -> Group:
    return next(n for n in _all(root) if isinstance(n, Group) and n.number == number)


def _all(root: Node) -> Iterator[Node]:
    queue = [root]
    while queue:
        node = queue.pop()
        yield node
        queue.extend(children(node))
