"""Splits a type into pieces, each of which may fit another member of a union."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from samewire import ir
from samewire.compat import numbers, objects
from samewire.compat.comparing import Comparing
from samewire.compat.mismatch import Mismatch

_MOST: Final = 64


def left_over(
    relation: Comparing, produced: ir.Type, members: Sequence[ir.Type]
) -> Iterator[ir.Type]:
    """The pieces of a type that no member of a union takes as a whole; all of it where it can't be cut."""
    whole, others = relation.produced.resolve(produced), list(_flat(relation, members))
    unchecked = list(_unchecked(relation, others))
    match whole:
        case ir.Object():
            yield from _split(
                relation, whole, _candidates(relation, produced, whole, others), _MOST
            )
            return
        case ir.Integer():
            limits = [each for each in unchecked if isinstance(each, ir.Integer | ir.Number)]
            parts = numbers.pieces(whole, limits)
        case ir.String(format=None):
            parts = _by_length(whole, [each for each in unchecked if isinstance(each, ir.String)])
        case _:
            parts = [whole]
    if not 1 < len(parts) <= _MOST:
        yield whole
        return
    for part in parts:
        if relation.produced.possible(part) and all(relation.of(part, each) for each in others):
            yield part


def _flat(relation: Comparing, members: Iterable[ir.Type]) -> Iterator[ir.Type]:
    """The members, and those of unions among them."""
    for member in members:
        match relation.accepted.resolve(member):
            case ir.Union(inner):
                yield from _flat(relation, inner)
            case ir.Nullable(one):
                yield from _flat(relation, [one])
            case _:
                yield member


def _unchecked(relation: Comparing, members: Iterable[ir.Type]) -> Iterator[ir.Type]:
    for member in members:
        resolved = relation.accepted.resolve(member)
        yield resolved.type if isinstance(resolved, ir.Checked) else resolved


def _by_length(produced: ir.String, others: Sequence[ir.String]) -> list[ir.Type]:
    low, high = produced.min_length or 0, produced.max_length
    cuts = {each.min_length for each in others if each.min_length is not None}
    cuts |= {each.max_length + 1 for each in others if each.max_length is not None}
    inner = sorted(cut for cut in cuts if cut > low and (high is None or cut <= high))
    starts = [low, *inner]
    ends = [*(cut - 1 for cut in inner), high]
    return [
        replace(produced, min_length=start, max_length=end)
        for start, end in zip(starts, ends, strict=True)
    ]


# --- Objects ----------------------------------------------------------------------------------------------------------

_Candidate = tuple[ir.Object | ir.UnlistedObject, frozenset[str]]
"""A member, and the properties that keep it from taking all values."""


def reasons(relation: Comparing, found: Iterable[Mismatch]) -> Iterator[Mismatch]:
    """Those of a pair of definitions in the place of the one mismatch that stands for them."""
    for each in found:
        yield from (relation.reasons.get(each.via, ()) if each.via and not each.path else (each,))


def _candidates(
    relation: Comparing, produced: ir.Type, whole: ir.Object, others: Sequence[ir.Type]
) -> list[_Candidate]:
    """The members that differ only by properties which can be cut."""
    own = {each.key: each for each in whole.properties}
    found: list[_Candidate] = []
    for other in others:
        member = relation.accepted.resolve(other)
        if isinstance(member, ir.Object | ir.UnlistedObject):
            why = reasons(relation, relation.of(produced, other))
            keys = {each.path[0] if each.path else None for each in why}
            cuttable = [key for key in keys if key in own and len(_parts(relation, own[key])) > 1]
            if len(cuttable) == len(keys):
                found.append((member, frozenset(cuttable)))
    return found


def _split(
    relation: Comparing, piece: ir.Object, candidates: Sequence[_Candidate], most: int
) -> Iterator[ir.Object]:
    """
    The piece is cut at the property that keeps most candidates from taking it, and so on.

    A candidate goes on with the parts that it takes of the property; it takes the piece when no other property keeps it.
    """
    if any(not keys for _, keys in candidates):
        return
    counts = {each: sum(each.key in keys for _, keys in candidates) for each in piece.properties}
    cut = max(counts, key=lambda each: counts[each], default=None)
    parts = _parts(relation, cut) if cut is not None else []
    if cut is None or len(candidates) < 2 or not 1 < len(parts) <= most:
        yield piece
        return
    for part in parts:
        if part is None or relation.produced.possible(part.type):
            left = [
                (member, keys - {cut.key})
                for member, keys in candidates
                if cut.key not in keys or _takes(relation, member, piece, cut.key, part)
            ]
            yield from _split(relation, _with(piece, cut, part), left, most // len(parts))


def _takes(
    relation: Comparing,
    member: ir.Object | ir.UnlistedObject,
    piece: ir.Object,
    key: str,
    part: ir.Property | None,
) -> bool:
    """Whether a member takes a part of a property, or that it is absent."""
    mine = replace(piece, properties=() if part is None else (part,))
    if isinstance(member, ir.Object):
        read = objects.names(member)
        theirs = (each for each in member.properties if key in (each.key, *read.get(each.key, ())))
        member = replace(member, properties=tuple(theirs))
    return not relation.of(mine, member)


def _with(object_: ir.Object, old: ir.Property, new: ir.Property | None) -> ir.Object:
    """The object with another property in the place of one, or without it."""
    replaced = (new if each is old else each for each in object_.properties)
    return replace(object_, properties=tuple(each for each in replaced if each is not None))


def _parts(relation: Comparing, property_: ir.Property) -> list[ir.Property | None]:
    """The property with each part of its type; ``None`` for an object without it."""
    absent: list[ir.Property | None] = [] if property_.required else [None]
    there = replace(property_, required=True)
    match relation.produced.resolve(property_.type):
        case ir.Literal(values) if len(values) > 1:
            types: list[ir.Type] = [ir.Literal((value,)) for value in values]
        case ir.EnumType(members) if len(members) > 1:
            types = [ir.Literal((member.value,)) for member in members]
        case ir.Boolean():
            types = [ir.Literal((False,)), ir.Literal((True,))]
        case ir.Nullable(inner):
            types = [ir.Null(), inner]
        case ir.Union(members):
            types = list(members)
        case _:
            types = [property_.type]
    return [*absent, *(replace(there, type=type_) for type_ in types)]
