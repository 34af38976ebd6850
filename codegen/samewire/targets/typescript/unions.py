"""
Which unions could lose data.

A plain ``z.union`` takes the first member that accepts the value, and an object schema drops the keys it does not know. So where
two members accept the same value and know different keys, what one of them wrote may come back without some of its keys.
:func:`may_lose_keys` finds the unions where that can happen; they are wrapped in ``keepAll``, which compares. It may err
on the side of the wrapper, which is never wrong, only slower.

Two members can't meet if no value is of the kinds of both (a string, an array, an object ...), or if both require a key whose
literal values differ. A member that keeps every key it accepts is no danger: it may come first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias, assert_never

from samewire import ir

Definitions: TypeAlias = Mapping[str, ir.Definition]

_ALL = frozenset({"null", "boolean", "number", "string", "array", "object"})


def is_open_union(union: ir.Union) -> bool:
    """Whether it is what is listed, and beside that what is not, of which the tag tells which of the two a value is of."""
    return len(union.members) == 2 and isinstance(union.members[1], ir.UnlistedObject)


def may_lose_keys(union: ir.Union, definitions: Definitions) -> bool:
    """Whether a value written by one member may be accepted by an earlier one that drops some of its keys."""
    members = list(flat_members(union.members, definitions))
    return any(
        any(_meet(first, second, definitions) for second in members[index + 1 :])
        and _drops_keys(first, definitions)
        for index, first in enumerate(members)
    )


def flat_members(
    members: tuple[ir.Type, ...], definitions: Definitions, seen: tuple[str, ...] = ()
) -> list[ir.Type]:
    """The members, with those of unions inside in their place."""
    flat: list[ir.Type] = []
    for member in members:
        resolved, path = _resolve(member, definitions, seen)
        if isinstance(resolved, ir.Union):
            flat += flat_members(resolved.members, definitions, path)
        elif isinstance(resolved, ir.Nullable):
            flat += flat_members((resolved.inner,), definitions, path)
        else:
            flat.append(resolved)
    return flat


def tag_values(
    member: ir.Type, tag: str, definitions: Definitions
) -> Iterator[tuple[ir.Scalar, ...]]:
    """The values that a tag has in each object of a member of a union; none for one that may have others, or lacks it."""
    for each in flat_members((member,), definitions):
        object_ = each.type if isinstance(each, ir.Checked) else each
        properties = object_.properties if isinstance(object_, ir.Object) else ()
        types = (one.type for one in properties if one.key == tag and one.required)
        match [_resolve(type_, definitions)[0] for type_ in types]:
            case [ir.Literal(values)]:
                yield values
            case [ir.EnumType(members)]:
                yield tuple(one.value for one in members)
            case _:
                yield ()


def shared_tag(union: ir.Union, definitions: Definitions) -> str | None:
    """
    A key that all members require, of which their literals or patterns tell most of them apart; or one that may be missing, with a
    default for example, of which all members have literals of their own.
    """
    if union.tag is not None:
        return union.tag
    required: set[str] | None = None
    literals: list[dict[str, frozenset[tuple[str, ir.Scalar]]]] = []
    for member in flat_members(union.members, definitions):
        object_ = member.type if isinstance(member, ir.Checked) else member
        properties = object_.properties if isinstance(object_, ir.Object) else ()
        keys = {each.key for each in properties if each.required and _tells(each, definitions)}
        required = keys if required is None else required & keys
        values = {each.key: _values(each.type, definitions) for each in properties}
        literals.append({key: found for key, found in values.items() if found})
    return min(required, default=None) if required else _own_literals(literals)


def _own_literals(
    members: Sequence[Mapping[str, frozenset[tuple[str, ir.Scalar]]]],
) -> str | None:
    """A key of all members of which no two have a value in common."""
    shared = set[str]().union(*members[:1]).intersection(*members)
    counts = {key: sum(len(one[key]) for one in members) for key in shared}
    apart = (
        key
        for key, count in counts.items()
        if count == len(frozenset[tuple[str, ir.Scalar]]().union(*(one[key] for one in members)))
    )
    return min(apart, default=None)


def _tells(each: ir.Property, definitions: Definitions) -> bool:
    match _resolve(each.type, definitions)[0]:
        case ir.Literal() | ir.EnumType():
            return True
        case ir.String(patterns=patterns):
            return bool(patterns)
        case _:
            return False


def is_unknown(type_: ir.Type, definitions: Definitions) -> bool:
    """Whether a check of the type takes anything, and so too what a key has that is not there."""
    return any(
        isinstance(member, ir.Unknown)
        or (isinstance(member, ir.Checked) and is_unknown(member.type, definitions))
        for member in flat_members((type_,), definitions)
    )


def _resolve(
    type_: ir.Type, definitions: Definitions, seen: tuple[str, ...] = ()
) -> tuple[ir.Type, tuple[str, ...]]:
    """What a reference stands for, and the names passed on the way; a circle ends in the reference itself."""
    while isinstance(type_, ir.Ref) and type_.name not in seen:
        seen = (*seen, type_.name)
        type_ = definitions[type_.name].type
    return type_, seen


def _drops_keys(type_: ir.Type, definitions: Definitions) -> bool:
    """Whether some value that ``type_`` accepts comes back without some of its keys, at any depth."""
    waiting, seen = [type_], set[str]()
    while waiting:
        match waiting.pop():
            case ir.Ref(name):
                if name not in seen:
                    seen.add(name)
                    waiting.append(definitions[name].type)
            case ir.Object(extra=ir.STRIP):
                return True
            case ir.Object(properties, extra):
                waiting += [each.type for each in properties]
                waiting += [extra.value] if isinstance(extra, ir.Keep) else []
            case ir.Array(items=inner) | ir.Nullable(inner) | ir.Record(value=inner):
                waiting.append(inner)
            case ir.Tuple(prefix, rest):
                waiting += prefix if rest is None else (*prefix, rest)
            case ir.Union(members):
                waiting += members
            case _:
                pass
    return False


def may_meet(first: ir.Type, second: ir.Type, definitions: Definitions) -> bool:
    """Whether a value could be of both types, by its kind and by the literals of their keys. When in doubt, yes."""
    if not kinds_of(first) & kinds_of(second):
        return False
    match first, second:
        case ir.Object(), ir.Object():
            return not _told_apart(first, second, definitions)
        case (ir.Object() as listed, ir.UnlistedObject() as others) | (
            ir.UnlistedObject() as others,
            ir.Object() as listed,
        ):
            return not _is_listed(listed, others, definitions)
        case _:
            return True


def _meet(first: ir.Type, second: ir.Type, definitions: Definitions) -> bool:
    """Whether some value may be accepted by both and lose more in the first. When in doubt, yes."""
    if not kinds_of(first) & kinds_of(second):
        return False
    match first, second:
        case ir.Object(), ir.Object():
            return not _told_apart(first, second, definitions) and not _covers(first, second)
        case ir.Object(), ir.UnlistedObject():
            return not _is_listed(first, second, definitions)
        case ir.Array(items=one), ir.Array(items=other):
            return any(
                _meet(a, b, definitions)
                for a in flat_members((one,), definitions)
                for b in flat_members((other,), definitions)
            )
        case _:
            return first != second


def kinds_of(type_: ir.Type) -> frozenset[str]:
    """What a value may be in JSON. When in doubt, anything."""
    match type_:
        case ir.Unknown() | ir.JsonValue() | ir.Ref() | ir.Union() | ir.Nullable():
            return _ALL
        case ir.Never():
            return frozenset()
        case ir.Null():
            return frozenset({"null"})
        case ir.Boolean():
            return frozenset({"boolean"})
        case ir.Integer() | ir.Number():
            return frozenset({"number"})
        case ir.String():
            return frozenset({"string"})
        case ir.Unlisted(inner):
            return kinds_of(inner)
        case ir.Literal(values):
            return frozenset(map(ir.kind_of, values))
        case ir.EnumType(members):
            return frozenset(ir.kind_of(member.value) for member in members)
        case ir.Array() | ir.Tuple():
            return frozenset({"array"})
        case ir.Record() | ir.Object() | ir.UnlistedObject():
            return frozenset({"object"})
        case ir.Checked(inner):
            return kinds_of(inner)
        case _:
            assert_never(type_)


def _told_apart(first: ir.Object, second: ir.Object, definitions: Definitions) -> bool:
    """Whether a key that both require can't have the same value in both."""
    others = {each.key: each for each in second.properties if each.required}
    for each in first.properties:
        other = others.get(each.key)
        if each.required and other is not None:
            ours, theirs = (_values(side.type, definitions) for side in (each, other))
            if ours is not None and theirs is not None and not ours & theirs:
                return True
    return False


def _is_listed(first: ir.Object, second: ir.UnlistedObject, definitions: Definitions) -> bool:
    """Whether an object has no tag but those that are listed."""
    for each in first.properties:
        if each.key == second.tag and each.required:
            values = _values(each.type, definitions)
            return values is not None and all(value in second.known for _, value in values)
    return False


def _values(type_: ir.Type, definitions: Definitions) -> frozenset[tuple[str, ir.Scalar]] | None:
    """The values of a type that has finitely many."""
    resolved, _ = _resolve(type_, definitions)
    match resolved:
        case ir.Literal(values):
            return frozenset((ir.kind_of(value), value) for value in values)
        case ir.EnumType(members):
            return frozenset((ir.kind_of(member.value), member.value) for member in members)
        case _:
            return None


def _covers(first: ir.Object, second: ir.Object) -> bool:
    """
    Whether the first object knows every key that the second can have, of the same type each, so that it loses nothing more.
    """
    if second.extra not in (ir.STRIP, ir.REJECT) and first.extra != second.extra:
        return False
    ours = {each.key: each.type for each in first.properties}
    return all(ours.get(each.key) == each.type for each in second.properties)
