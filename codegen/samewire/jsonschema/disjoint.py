"""Whether two types provably have no value in common."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations, starmap
from typing import Final, TypeAlias, assert_never

from samewire import ir
from samewire.jsonschema.scope import Scope
from samewire.lower.tags import Tags, literals
from samewire.lower.unions import identity, union

Types: TypeAlias = Mapping[str, ir.Type]
"""The types of the definitions, by name."""

_MAX_DEPTH: Final = 32
_MAX_MEMBERS: Final = 300
"""How many members of a ``oneOf`` without a tag are compared two by two; of more, a check counts those that match."""
_EVERYTHING: Final = frozenset(("null", "boolean", "number", "string", "array", "object"))


def check_exclusives(types: Types, scope: Scope) -> None:
    """Where two members of a ``oneOf`` may have a value in common, the place goes to ``scope.failed``."""
    tags, disjointness = Tags(dict(types)), Disjointness(types)
    for exclusive in scope.exclusives:
        members = exclusive.members
        tagged = tags.type_of(union(members))
        if isinstance(tagged, ir.Union) and tagged.tag is not None:
            continue
        pairs = combinations(members, 2)
        if len(members) > _MAX_MEMBERS or not all(starmap(disjointness.holds, pairs)):
            scope.failed.add(exclusive.pointer)


class Disjointness:
    """Shows that two types have no value in common, where that can be shown; every answer is kept."""

    def __init__(self, types: Types) -> None:
        self.types = types
        self.known: dict[tuple[str, str], bool] = {}
        self.identities: dict[int, tuple[ir.Type, str]] = {}
        self.depth = 0

    def holds(self, one: ir.Type, other: ir.Type) -> bool:
        """``True`` only if it is certain."""
        pair = (self._identity(one), self._identity(other))
        if pair not in self.known:
            # The answer for as long as it is being looked for, which ends recursion; and for what is too deep.
            self.known[pair] = False
            self.depth += 1
            self.known[pair] = self.depth <= _MAX_DEPTH and self._differ(one, other)
            self.depth -= 1
        return self.known[pair]

    def _identity(self, type_: ir.Type) -> str:
        if id(type_) not in self.identities:
            self.identities[id(type_)] = type_, identity(type_)
        return self.identities[id(type_)][1]

    def _differ(self, one: ir.Type, other: ir.Type) -> bool:
        match one, other:
            case (ir.Never(), _) | (_, ir.Never()):
                return True
            case (ir.Ref(name), _):
                return self.holds(self.types[name], other)
            case (ir.Union(members), _):
                return all(self.holds(member, other) for member in members)
            case (ir.Nullable(inner), _):
                return self.holds(inner, other) and self.holds(ir.Null(), other)
            case (ir.Checked(inner), _):
                return self.holds(inner, other)
            case (_, ir.Ref() | ir.Union() | ir.Nullable() | ir.Checked()):
                return self.holds(other, one)
            case _:
                return _kinds(one).isdisjoint(_kinds(other)) or self._differ_in_kind(one, other)

    def _differ_in_kind(self, one: ir.Type, other: ir.Type) -> bool:
        """Two types with values of the same kind."""
        ours, theirs = literals(one), literals(other)
        if ours is not None and theirs is not None:
            return _tokens(ours).isdisjoint(_tokens(theirs))
        match one, other:
            case (ir.Integer() | ir.Number(), ir.Integer() | ir.Number()):
                return _below(one, other) or _below(other, one)
            case (ir.Object(), ir.Object()):
                return self._has_own_key(one, other) or self._has_own_key(other, one)
            case (ir.Array() | ir.Tuple(), ir.Array() | ir.Tuple()):
                return self._arrays_differ(one, other)
            case _:
                return False

    def _has_own_key(self, one: ir.Object, other: ir.Object) -> bool:
        """Whether the first requires a key that the second refuses, or has with other values only."""
        theirs = {property_.key: property_.type for property_ in other.properties}
        for property_ in one.properties:
            if not property_.required:
                continue
            if property_.key in theirs:
                differs = self.holds(property_.type, theirs[property_.key])
            elif isinstance(other.extra, ir.Keep):
                differs = self.holds(property_.type, other.extra.value)
            else:
                differs = other.extra is ir.REJECT
            if differs:
                return True
        return False

    def _arrays_differ(self, one: ir.Array | ir.Tuple, other: ir.Array | ir.Tuple) -> bool:
        """Whether their lengths don't meet, or an element that both have differs."""
        (low, high), (other_low, other_high) = _lengths(one), _lengths(other)
        if (high is not None and high < other_low) or (other_high is not None and other_high < low):
            return True
        common = min(low, other_low, _MAX_DEPTH)
        return any(self.holds(_element(one, at), _element(other, at)) for at in range(common))


def _kinds(type_: ir.Type) -> frozenset[str]:
    """The kinds of JSON values that may belong to a type which refers to no other."""
    match type_:
        case ir.Unknown() | ir.JsonValue():
            return _EVERYTHING
        case ir.Null():
            return frozenset(("null",))
        case ir.Boolean():
            return frozenset(("boolean",))
        case ir.Integer() | ir.Number():
            return frozenset(("number",))
        case ir.String():
            return frozenset(("string",))
        case ir.Array() | ir.Tuple():
            return frozenset(("array",))
        case ir.Record() | ir.Object():
            return frozenset(("object",))
        case ir.Literal() | ir.EnumType():
            return frozenset(map(ir.kind_of, literals(type_) or ()))
        case ir.Never():
            return frozenset()
        case (
            ir.Union()
            | ir.Nullable()
            | ir.Ref()
            | ir.Checked()
            | ir.Unlisted()
            | ir.UnlistedObject()
        ):
            return _EVERYTHING
        case _:
            assert_never(type_)


def _tokens(values: tuple[ir.Scalar, ...]) -> frozenset[tuple[str, ir.Scalar]]:
    return frozenset((ir.kind_of(value), value) for value in values)


def _below(low: ir.Integer | ir.Number, high: ir.Integer | ir.Number) -> bool:
    for top, top_open in ((low.le, False), (low.lt, True)):
        for bottom, bottom_open in ((high.ge, False), (high.gt, True)):
            if top is not None and bottom is not None:
                return top <= bottom if top_open or bottom_open else top < bottom
    return False


def _lengths(type_: ir.Array | ir.Tuple) -> tuple[int, int | None]:
    match type_:
        case ir.Array(_, low, high):
            return low or 0, high
        case ir.Tuple(prefix, rest, low, high):
            return low, len(prefix) if rest is None else high
        case _:
            assert_never(type_)


def _element(type_: ir.Array | ir.Tuple, index: int) -> ir.Type:
    match type_:
        case ir.Array(items):
            return items
        case ir.Tuple(prefix, rest):
            return prefix[index] if index < len(prefix) else rest or ir.Never()
        case _:
            assert_never(type_)
