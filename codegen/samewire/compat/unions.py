"""Whether the members of a union together cover a type."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Final

from samewire import ir
from samewire.compat import pieces
from samewire.compat.comparing import Comparing
from samewire.compat.kin import Kin
from samewire.compat.mismatch import Kind, Mismatch
from samewire.compat.words import listed, named

_MOST_REPORTED: Final = 8


def part(relation: Comparing, produced: ir.Type, members: Sequence[ir.Type]) -> list[Mismatch]:
    """The same of a member of a produced union, which may be one itself."""
    match relation.produced.resolve(produced):
        case ir.Union() | ir.Nullable() | ir.Checked() | ir.Literal() | ir.EnumType():
            whole = ir.Union(tuple(members)) if len(members) > 1 else members[0]
            return relation.of(produced, whole)
        case _:
            return covered(relation, produced, members)


def covered(relation: Comparing, produced: ir.Type, members: Sequence[ir.Type]) -> list[Mismatch]:
    """Why ``produced``, which is no union, is in no member as a whole nor in several of them piece by piece."""
    tried = _tried(relation, produced, members)
    fitting = [member for member, found in zip(members, tried, strict=True) if not found]
    if fitting:
        if (member := _version(produced, fitting)) is not None:
            relation.of(produced, member)  # not merely tried: it is the same type
        return []
    if relation.cutting:
        # What is inside of a piece is neither cut again nor explained: types that hold themselves would have no end.
        return [Mismatch(Kind.MEMBER, relation.smallest(produced), named(produced))]
    if own := _of_its_own(relation, produced, members):
        return own
    near = _near(relation, produced, members, tried)
    others = any(isinstance(member, ir.UnlistedObject) for member in members)
    apart = sum(_is_another(relation, found) for found in tried)
    if len(members) - apart == 1 and not others:  # the others have not one value of it
        return _explained(relation, produced, produced, members, near)
    whole, found = relation.produced.resolve(produced), []
    relation.cutting = True
    relation.trying += 1
    for piece in islice(pieces.left_over(relation, produced, members), _MOST_REPORTED):
        if piece is whole:
            found += _explained(relation, produced, produced, members, near)
        else:
            some = _near(relation, produced, members, _tried(relation, piece, members))
            found += _explained(relation, produced, piece, members, some)
    relation.cutting = False
    relation.trying -= 1
    return found


def _of_its_own(
    relation: Comparing, produced: ir.Type, members: Sequence[ir.Type]
) -> list[Mismatch]:
    """The reasons against the member that is the same type in the other version, if they hold against all members."""
    union = ir.Union(tuple(members))
    for member in members:
        if relation.kin.of(produced, member) is Kin.SAME:
            found = relation.of(produced, member)
            why = [r for r in pieces.reasons(relation, found) if r.kind is not Kind.UNPROVEN]
            if why and all(relation.tells(produced, union, each.value) for each in why):
                return found
    return []


def _tried(
    relation: Comparing, produced: ir.Type, members: Sequence[ir.Type]
) -> list[list[Mismatch]]:
    relation.trying += 1
    tried = [
        _tag(relation, produced, member) or relation.of(produced, member) for member in members
    ]
    relation.trying -= 1
    return tried


def _near(
    relation: Comparing,
    produced: ir.Type,
    members: Sequence[ir.Type],
    tried: Sequence[list[Mismatch]],
) -> list[list[Mismatch]]:
    """The reasons against those members of which it may be another version."""
    return [
        found
        for member, found in zip(members, tried, strict=True)
        if not _is_another(relation, found) and relation.kin.of(produced, member) is not Kin.OTHER
    ]


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
    piece: ir.Type,
    members: Sequence[ir.Type],
    near: Sequence[list[Mismatch]],
) -> list[Mismatch]:
    """The reasons against the member that comes nearest to a piece, as far as no other member takes the value."""
    union = ir.Union(tuple(members))
    for found in sorted(near, key=lambda found: _distance(relation, found)):
        confirmed = [
            each
            for each in found
            if each.kind is Kind.UNPROVEN or relation.tells(piece, union, each.value)
        ]
        if confirmed:
            return confirmed
    for value in relation.edges(piece):
        if not relation.takes(union, value):
            return [Mismatch(Kind.MEMBER, value, _called(produced, piece))]
    return [Mismatch(Kind.UNPROVEN, None, "whether the members of the union cover it")]


def _distance(relation: Comparing, found: Sequence[Mismatch]) -> tuple[bool, int]:
    """How far off a member is: the nearest is the one of the same name, or else the one against which least speaks."""
    pair = found[0].via if found and not found[0].path else None
    return pair is None or pair[0] != pair[1], len(list(pieces.reasons(relation, found)))


def _is_another(relation: Comparing, found: Sequence[Mismatch]) -> bool:
    """Whether it is a member of another kind, or with another tag, and no version of the same one."""
    return any(
        (each.kind is Kind.TYPE and not each.path)
        or (each.kind is Kind.VALUE and len(each.path) == 1 and each.constant)
        for each in pieces.reasons(relation, found)
    )


def _called(produced: ir.Type, piece: ir.Type) -> str:
    """A member of a union, or the piece of it that is in no other."""
    if piece is produced or not isinstance(piece, ir.Object) or not isinstance(produced, ir.Ref):
        return named(produced)
    tags = [
        f"{each.key} {listed(each.type.values)}"
        for each in piece.properties
        if isinstance(each.type, ir.Literal) and len(each.type.values) == 1 and each.required
    ]
    return f"{named(produced)} with {' and '.join(tags)}" if tags else named(produced)
