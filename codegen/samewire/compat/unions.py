"""Unions: whether their members cover a type together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from samewire import ir
from samewire.compat import numbers
from samewire.compat.comparing import Comparing
from samewire.compat.mismatch import Kind, Mismatch
from samewire.compat.words import named

_MOST_PIECES: Final = 64


def part(relation: Comparing, produced: ir.Type, members: Sequence[ir.Type]) -> list[Mismatch]:
    """The same of a member of a produced union, which may be one itself."""
    match relation.produced.resolve(produced):
        case ir.Union() | ir.Nullable() | ir.Checked() | ir.Literal() | ir.EnumType():
            whole = ir.Union(tuple(members)) if len(members) > 1 else members[0]
            return relation.of(produced, whole)
        case _:
            return covered(relation, produced, members)


def covered(
    relation: Comparing, produced: ir.Type, members: Sequence[ir.Type], budget: int = _MOST_PIECES
) -> list[Mismatch]:
    """
    Why ``produced``, which is no union, is in no member as a whole nor in several of them piece by piece.
    """
    relation.trying += 1
    tried = [
        _tag(relation, produced, member) or relation.of(produced, member) for member in members
    ]
    relation.trying -= 1
    fitting = [member for member, found in zip(members, tried, strict=True) if not found]
    if fitting:
        if (member := _version(produced, fitting)) is not None:
            relation.of(produced, member)  # not merely tried: it is the same type
        return []
    near = [found for found in tried if not _is_another(relation, found)]
    others = any(isinstance(member, ir.UnlistedObject) for member in members)
    if len(near) == 1 and not others:  # the others have not one value of it
        return _explained(relation, produced, members, near)
    pieces = _pieces(relation, relation.produced.resolve(produced), members)
    if 1 < len(pieces) <= budget:
        left = budget // len(pieces)
        return [
            found
            for piece in pieces
            if relation.produced.possible(piece)
            for found in covered(relation, piece, members, left)
        ]
    return _explained(relation, produced, members, near)


def _version(produced: ir.Type, fitting: Sequence[ir.Type]) -> ir.Type | None:
    """Which of the members that take its values is another version of a type: the one of its name, or the only one."""
    same = [each for each in fitting if each == produced]
    return same[0] if same else fitting[0] if len(fitting) == 1 else None


def _tag(relation: Comparing, produced: ir.Type, member: ir.Type) -> list[Mismatch]:
    """Why an object is not of a member, if a tag tells: then nothing else has to be looked at."""
    mine, theirs = relation.produced.resolve(produced), relation.accepted.resolve(member)
    if not isinstance(mine, ir.Object) or not isinstance(theirs, ir.Object):
        return []
    wanted = {each.key: each.type for each in theirs.properties}
    for each in mine.properties:
        match relation.produced.resolve(each.type), wanted.get(each.key):
            case ir.Literal((value,)), (ir.Literal() | ir.EnumType() | ir.Ref()) as type_ if (
                each.required
            ):
                if not relation.takes(type_, value):
                    return [Mismatch(Kind.VALUE, None, path=(each.key,), constant=True)]
    return []


def _explained(
    relation: Comparing,
    produced: ir.Type,
    members: Sequence[ir.Type],
    near: Sequence[list[Mismatch]],
) -> list[Mismatch]:
    """The reasons against the member that comes nearest, as far as no other member takes the value."""
    union = ir.Union(tuple(members))
    for found in sorted(near, key=len):
        confirmed = [
            each
            for each in found
            if each.kind is Kind.UNPROVEN or relation.tells(produced, union, each.value)
        ]
        if confirmed:
            return confirmed
    for value in relation.edges(produced):
        if not relation.takes(union, value):
            return [Mismatch(Kind.MEMBER, value, named(produced))]
    return [Mismatch(Kind.UNPROVEN, None, "whether the members of the union cover it")]


def _is_another(relation: Comparing, found: Sequence[Mismatch]) -> bool:
    """Whether it is a member of another kind, or with another tag, and no version of the same one."""
    reasons = [
        each for one in found for each in (relation.reasons.get(one.via, ()) if one.via else (one,))
    ]
    return any(
        (each.kind is Kind.TYPE and not each.path)
        or (each.kind is Kind.VALUE and len(each.path) == 1 and each.constant)
        for each in reasons
    )


# --- Pieces -----------------------------------------------------------------------------------------------------------


def _pieces(relation: Comparing, produced: ir.Type, members: Sequence[ir.Type]) -> list[ir.Type]:
    """Types that make up ``produced`` together; itself where it need not be cut."""
    opened = _opened(relation, members)
    match produced:
        case ir.Integer():
            limits = [each for each in opened if isinstance(each, ir.Integer | ir.Number)]
            return numbers.pieces(produced, limits)
        case ir.String(format=None):
            return _by_length(produced, [each for each in opened if isinstance(each, ir.String)])
        case ir.Object():
            others = [each for each in opened if isinstance(each, ir.Object)]
            return _by_property(relation, produced, others)
        case _:
            return [produced]


def _opened(relation: Comparing, members: Sequence[ir.Type]) -> list[ir.Type]:
    """The members with unions and references in them resolved."""
    found: list[ir.Type] = []
    for member in members:
        match resolved := relation.accepted.resolve(member):
            case ir.Union(inner):
                found += _opened(relation, inner)
            case ir.Nullable(one) | ir.Checked(one):
                found += _opened(relation, [one])
            case _:
                found.append(resolved)
    return found


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


def _by_property(
    relation: Comparing, produced: ir.Object, others: Sequence[ir.Object]
) -> list[ir.Type]:
    """One object for each value, or null, of the first property by which the members differ."""
    for each in produced.properties:
        types = [_property(other, each.key) for other in others]
        if all(type_ == types[0] for type_ in types):
            continue
        parts = _parts(relation, each)
        if len(parts) > 1:
            return [_with(produced, each, part) for part in parts]
    return [produced]


def _with(object_: ir.Object, old: ir.Property, new: ir.Property | None) -> ir.Object:
    """The object with another property in the place of one, or without it."""
    replaced = (new if each is old else each for each in object_.properties)
    return replace(object_, properties=tuple(each for each in replaced if each is not None))


def _property(object_: ir.Object, key: str) -> ir.Type | None:
    return next((each.type for each in object_.properties if each.key == key), None)


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
