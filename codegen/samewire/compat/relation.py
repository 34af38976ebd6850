"""
Whether every value of a produced type is a value of an accepted type.

Both sides are closed: a producer writes the keys that it declares, and an acceptor does with others what its type says. Types refer
to each other in circles, so a pair of definitions counts as fitting until a reason is found against it (the greatest fixed point).
What is not proved is not taken for granted: it is a mismatch of the kind ``UNPROVEN``.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final

from samewire import ir
from samewire.compat import numbers, objects, opened, sequences, strings, unions
from samewire.compat.kin import Kinship
from samewire.compat.mismatch import Kind, Mismatch, Pair
from samewire.compat.words import checked, instead, listed, named
from samewire.values.depth import Definitions, Types
from samewire.values.errors import NoValueError
from samewire.values.examples import Examples
from samewire.values.membership import matches
from samewire.values.numbers import integer_range
from samewire.walk import as_written

_FINITE: Final = 256
_TRIED: Final = 24

OTHERS: Final[tuple[ir.Json, ...]] = ("", 0, 0.5, True, None, [], {}, "x", -1)
"""Values of every kind, for a producer of which nothing is known."""


class Relation:
    """
    The pairs of definitions that were compared, with the reasons against each; a pair without one fits.

    ``produced`` and ``accepted`` are the definitions of the two versions; what an open type does not list is not produced.
    ``versions`` are the pairs that stand in each other's place, and are not members of a union that were only tried against each
    other (``trying``).
    """

    def __init__(self, produced: Definitions, accepted: Definitions) -> None:
        self.produced = Types(as_written(produced))
        self.accepted = Types(accepted)
        self.kin = Kinship(produced, accepted)
        self._examples = Examples(self.produced)
        self._reasons: dict[Pair, list[Mismatch]] = {}
        self._parts: dict[Pair, dict[Pair, None]] = {}
        self._users: dict[Pair, dict[Pair, None]] = {}
        self.versions: set[Pair] = set()
        self._firm: list[Pair] = []
        self._within: Pair | None = None
        self.trying = 0
        self.cutting = False

    @property
    def reasons(self) -> Mapping[Pair, Sequence[Mismatch]]:
        return self._reasons

    def compare(self, pairs: Iterable[Pair]) -> None:
        """Adds pairs, and what they are made of."""
        roots = list(pairs)
        self._add(roots)
        self._note_versions(roots)

    def _add(self, pairs: Iterable[Pair]) -> None:
        waiting = deque(pair for pair in dict.fromkeys(pairs) if pair not in self.reasons)
        queued = set(waiting)
        while waiting:
            pair = waiting.popleft()
            queued.remove(pair)
            fitted = not self._reasons.get(pair)
            found = self._definitions(pair)
            self._reasons[pair] = found
            # Two members of unions that were tried against each other and differ by themselves need not be followed.
            parts = () if _is_settled(pair, found) else self._parts[pair]
            new = (part for part in parts if part not in self._reasons)
            # The parts come first: what they are used by is asked again once, when all of them are known.
            for other in (*new, *(self._users.get(pair, {}) if found and fitted else ())):
                if other not in queued:
                    queued.add(other)
                    waiting.append(other)

    def fits(self, pair: Pair) -> bool:
        """Whether every value of the produced definition provably is a value of the accepted one."""
        self.compare([pair])
        return not self._reasons[pair]

    def _note_versions(self, roots: Iterable[Pair]) -> None:
        """Follows the pairs from the roots, now that it is known which members of unions fit."""
        waiting = list(roots)
        while waiting:
            pair = waiting.pop()
            if pair not in self.versions:
                self.versions.add(pair)
                self._firm = []
                self._definitions(pair)
                waiting += self._firm
                self._add(self._parts[pair])

    def reached(self, pairs: Iterable[Pair]) -> list[Pair]:
        """These pairs and those inside of them that are asked about because of a mismatch, the outer ones first."""
        seen: dict[Pair, None] = {}
        waiting = list(pairs)
        while waiting:
            pair = waiting.pop(0)
            if pair not in seen:
                seen[pair] = None
                waiting += [each.via for each in self.reasons.get(pair, ()) if each.via]
        return list(seen)

    def _definitions(self, pair: Pair) -> list[Mismatch]:
        produced, accepted = pair
        self._within, self._parts[pair] = pair, {}
        type_ = self.produced.definitions[produced].type
        found = self.of(type_, self.accepted.definitions[accepted].type)
        self._within = None
        return [self._confirmed(each, pair) for each in found]

    def _confirmed(self, found: Mismatch, pair: Pair) -> Mismatch:
        """A mismatch whose value tells the two apart, or one that says it is not proved."""
        if found.via is not None or found.kind is Kind.UNPROVEN:
            return found
        type_ = self.produced.definitions[pair[0]].type
        other = self.accepted.definitions[pair[1]].type
        if self.tells(type_, other, found.value):
            return found
        for value in self.edges(type_):
            if self.tells(type_, other, value):
                return Mismatch(found.kind, value, found.detail, found.path)
        return Mismatch(Kind.UNPROVEN, found.value, found.detail, found.path)

    def tells(self, produced: ir.Type, accepted: ir.Type, value: ir.Json) -> bool:
        """Whether a value is produced but not accepted."""
        return matches(produced, value, self.produced) and not self.takes(accepted, value)

    def takes(self, accepted: ir.Type, value: ir.Json) -> bool:
        return matches(accepted, value, self.accepted)

    def smallest(self, type_: ir.Type) -> ir.Json:
        """
        A small value of the type; ``None`` if there is none or none is found. Values built from it are confirmed before they
        are reported.
        """
        try:
            return self._examples.smallest(type_, "")
        except NoValueError:
            return None

    def edges(self, type_: ir.Type) -> Iterator[ir.Json]:
        try:
            yield from self._examples.edges(type_, "")
        except NoValueError:
            return

    def distinct(self, type_: ir.Type, count: int) -> list[ir.Json] | None:
        try:
            return self._examples.distinct(type_, count, "")
        except NoValueError:
            return None

    def taken(self, produced: ir.Type, accepted: ir.Type, value: ir.Json) -> ir.Json:
        """A value that both have, or the given one if none is at hand."""
        if self.takes(accepted, value):
            return value
        edges = islice(self.edges(produced), _TRIED)
        return next((each for each in edges if self.takes(accepted, each)), value)

    # --- Types --------------------------------------------------------------------------------------------------------

    def of(self, produced: ir.Type, accepted: ir.Type) -> list[Mismatch]:
        """Returns the reasons why not every value of ``produced`` is a value of ``accepted``."""
        if isinstance(produced, ir.Ref) and isinstance(accepted, ir.Ref):
            return self._references((produced.name, accepted.name))
        whole, opened = accepted, self.produced.resolve(produced)
        accepted = self.accepted.resolve(accepted)
        if isinstance(accepted, ir.Unlisted):
            accepted = accepted.type
        if isinstance(accepted, ir.Unknown | ir.JsonValue) or not self.produced.possible(opened):
            return []
        if isinstance(opened, ir.Integer) and isinstance(accepted, ir.Integer | ir.Number):
            return numbers.compare(opened, accepted)
        if (values := finite(opened)) is not None:
            return self._finite(opened, values, accepted)
        match opened:
            case ir.Nullable(inner):
                null = [] if self.takes(accepted, None) else [Mismatch(Kind.NULL, None)]
                return [*null, *self.of(inner, whole)]
            case ir.Union(members):
                others = accepted.members if isinstance(accepted, ir.Union) else (whole,)
                parts = (unions.part(self, member, others) for member in members)
                return [found for part in parts for found in part]
            case ir.Checked():
                return self._checked(opened, whole)
        # A reference stays one as long as it may meet another, which ends the circles that types refer to each other in.
        match accepted:
            case ir.Nullable(inner):
                return self.of(produced, inner)
            case ir.Union(members):
                return unions.covered(self, produced, members)
            case ir.Checked(inner, checks):
                return [*self.of(produced, inner), *self._checks(produced, checks)]
        return self._plain(opened, accepted)

    def _plain(self, produced: ir.Type, accepted: ir.Type) -> list[Mismatch]:
        match produced, accepted:
            case ir.Number(), (ir.Integer() | ir.Number()):
                return numbers.compare(produced, accepted)
            case ir.String(), ir.String():
                return strings.compare(produced, accepted)
            case ir.String(), (ir.Literal() | ir.EnumType()) if strings.are_listed(
                produced, finite(accepted) or ()
            ):
                return []
            case ((ir.Array() | ir.Tuple()), (ir.Array() | ir.Tuple())):
                return sequences.compare(self, produced, accepted)
            case ((ir.Object() | ir.Record()), (ir.Object() | ir.Record())):
                return objects.compare(self, produced, accepted)
            case ir.Object(), ir.UnlistedObject():
                return opened.compare(self, produced, accepted)
            case ((ir.Unknown() | ir.JsonValue()), _):
                refused = (value for value in OTHERS if not self.takes(accepted, value))
                return [Mismatch(Kind.TYPE, next(refused, None), instead(produced, accepted))]
            case _:
                value = self._other(produced, accepted)
                return [Mismatch(Kind.TYPE, value, instead(produced, accepted))]

    def _other(self, produced: ir.Type, accepted: ir.Type) -> ir.Json:
        """A value of a type that is not one of another kind of type, a literal for instance."""
        value = self.smallest(produced)
        if not self.takes(accepted, value):
            return value
        edges = self.edges(produced)
        return next((each for each in edges if not self.takes(accepted, each)), value)

    def _references(self, pair: Pair) -> list[Mismatch]:
        if self._within is not None:
            self._parts[self._within][pair] = None
            self._users.setdefault(pair, {})[self._within] = None
        if not self.trying:
            self._firm.append(pair)
        reasons = self.reasons.get(pair, ())
        if not reasons:
            return []
        kind = (
            Kind.UNPROVEN
            if all(each.kind is Kind.UNPROVEN for each in reasons)
            else reasons[0].kind
        )
        value = next((each.value for each in reasons if each.kind is not Kind.UNPROVEN), None)
        return [Mismatch(kind, value, via=pair)]

    def _finite(
        self, produced: ir.Type, values: Sequence[ir.Json], accepted: ir.Type
    ) -> list[Mismatch]:
        refused = [value for value in values if not self.takes(accepted, value)]
        if not refused:
            return []
        if len(refused) == 1 and refused[0] is None:
            return [Mismatch(Kind.NULL, None)]
        other = finite(accepted)
        kind = Kind.VALUE if other is not None or len(refused) < len(values) else Kind.TYPE
        if isinstance(accepted, ir.Union) and kind is Kind.TYPE:
            kind = Kind.MEMBER
        detail = {Kind.VALUE: listed(refused), Kind.MEMBER: named(produced)}.get(
            kind, instead(produced, accepted)
        )
        return [Mismatch(kind, refused[0], detail, constant=len(values) == 1)]

    # --- Checks -------------------------------------------------------------------------------------------------------

    def _checked(self, produced: ir.Checked, accepted: ir.Type) -> list[Mismatch]:
        """Checks only take values away, so what holds without them holds."""
        match self.accepted.resolve(accepted):
            case ir.Checked(inner, checks) if all(
                self._is_implied(each, produced.checks) for each in checks
            ):
                return self.of(produced.type, inner)
            case ir.Nullable(inner) if not matches(produced, None, self.produced):
                return self._checked(produced, inner)
            case ir.Union(members) if self._takes_checked(produced, members):
                return []
        found = self.of(produced.type, accepted)
        if all(each.via or matches(produced, each.value, self.produced) for each in found):
            return found
        edges = self.edges(produced)
        refused = [value for value in edges if not self.takes(accepted, value)]
        if refused:
            return [replace(found[0], value=refused[0], via=None)]
        return [Mismatch(Kind.UNPROVEN, None, "a check beside the type")]

    def _takes_checked(self, produced: ir.Checked, members: Sequence[ir.Type]) -> bool:
        """Whether a member of a union has the same checks, and takes all values."""
        for member in map(self.accepted.resolve, members):
            if isinstance(member, ir.Checked) and not self._tried(produced, member):
                return True
        return False

    def _tried(self, produced: ir.Type, accepted: ir.Type) -> list[Mismatch]:
        self.trying += 1
        found = self.of(produced, accepted)
        self.trying -= 1
        return found

    def _is_implied(self, check: ir.Check, given: Sequence[ir.Check]) -> bool:
        """Whether it is among the given ones, or says of the JSON in a text what one of them says at least."""
        if check in given:
            return True
        if not isinstance(check, ir.ContentSchema):
            return False
        contents = [each.content for each in given if isinstance(each, ir.ContentSchema)]
        return any(not self._tried(each, check.content) for each in contents)

    def _checks(self, produced: ir.Type, checks: Sequence[ir.Check]) -> list[Mismatch]:
        found: list[Mismatch] = []
        for check in checks:
            if isinstance(check, ir.AllOf):
                found += self.of(produced, check.type)
                continue
            whole = ir.Checked(ir.Unknown(), (check,))
            edges = self.edges(produced)
            refused = [value for value in edges if not self.takes(whole, value)]
            if refused:
                found.append(Mismatch(Kind.CHECK, refused[0], checked(check)))
            else:
                found.append(Mismatch(Kind.UNPROVEN, None, checked(check)))
        return found


def _is_settled(pair: Pair, found: Iterable[Mismatch]) -> bool:
    """Whether types of different names have a reason of their own, and not only in what they are made of."""
    return pair[0] != pair[1] and any(
        each.via is None and each.kind is not Kind.UNPROVEN for each in found
    )


def finite(type_: ir.Type) -> tuple[ir.Json, ...] | None:
    """All values of a type that has few."""
    match type_:
        case ir.Null():
            return (None,)
        case ir.Boolean():
            return (False, True)
        case ir.Literal(values):
            return values
        case ir.EnumType(members):
            return tuple(each.value for each in members)
        case ir.Integer():
            low, high = integer_range(type_)
            step = type_.multiple_of or 1
            if low is None or high is None or (high - low) // step >= _FINITE:
                return None
            return tuple(range(low, high + 1, step))
        case _:
            return None
