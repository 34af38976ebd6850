"""Two versions of a contract: which types and roots of the one are those of the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from samewire import ir
from samewire.compat.kin import nearest, taken, without
from samewire.compat.relation import Relation
from samewire.errors import Diagnostic
from samewire.graph import reachable
from samewire.walk import references


class Versions:
    """Two versions of a contract, with their definitions by name, and the types refused in the new one."""

    def __init__(
        self, old: ir.Contract, new: ir.Contract, refused: Sequence[Diagnostic] = ()
    ) -> None:
        self.old, self.new = old, new
        self.before = {each.name: each for each in old.definitions}
        self.after = {each.name: each for each in new.definitions}
        self.taken = taken(old.definitions, new.definitions, refused)

    @cached_property
    def _both_ways(self) -> tuple[Relation, Relation]:
        return Relation(self.before, self.after), Relation(self.after, self.before)

    def are_same(self, old: str, new: str) -> bool:
        """Whether an old and a new definition have the same shape and the same values."""
        there, back = self._both_ways
        before = there.produced.resolve(ir.Ref(old))
        after = back.produced.resolve(ir.Ref(new))
        return (
            _outline(before) == _outline(after) and there.fits((old, new)) and back.fits((new, old))
        )

    def have_one_source(self, old: str, new: str) -> bool:
        source = self.before[old].source
        return source is not None and source == self.after[new].source

    @cached_property
    def _gone(self) -> Sequence[str]:
        return without(self.before, self.after)

    @cached_property
    def _fresh(self) -> Sequence[str]:
        return without(self.after, self.before)

    @cached_property
    def roots(self) -> Mapping[ir.Direction, Mapping[str, str | None]]:
        """The old roots, each with its new name."""
        return {
            "emits": {name: self._counterpart(name, "emits") for name in self.old.emits},
            "accepts": {name: self._counterpart(name, "accepts") for name in self.old.accepts},
        }

    def gone_roots(self, direction: ir.Direction) -> list[str]:
        return [name for name, other in self.roots[direction].items() if other is None]

    @cached_property
    def lost(self) -> set[str]:
        """The old definitions that only roots reach which a refusal removed."""
        edges = {name: tuple(references(each.type)) for name, each in self.before.items()}
        roots: Sequence[ir.Direction] = ("emits", "accepts")
        lost = {name for way in roots for name in self.gone_roots(way)} & self.taken.keys()
        rest = {
            name
            for way in roots
            for name, other in self.roots[way].items()
            if other is not None or name not in lost
        }
        return reachable(lost, edges) - reachable(rest, edges)

    def _counterpart(self, name: str, direction: ir.Direction) -> str | None:
        """
        The new root with the same name or class, with a class that moved to another module, or else the only one of the same
        shape.
        """
        roots: Sequence[str] = getattr(self.new, direction)
        if name in roots:
            return name
        same = [root for root in roots if self.have_one_source(name, root)]
        if len(same) == 1:
            return same[0]
        if name in self.taken:
            return None
        fresh = [root for root in roots if root in self._fresh]
        if name in self._gone:
            like = nearest(self.before[name], (self.after[root] for root in fresh)) or nearest(
                self.before[name],
                (self.after[root] for root in roots if self.are_same(name, root)),
            )
            if like is not None:
                return like.name
        fits = [root for root in fresh if self.are_same(name, root)]
        return fits[0] if len(fits) == 1 else None


def _outline(type_: ir.Type) -> object:
    """A cheap property that types of the same shape share."""
    match type_:
        case ir.Object(properties):
            return {each.key: each.required for each in properties}
        case ir.Union(members, tag):
            return len(members), tag
        case _:
            return None
