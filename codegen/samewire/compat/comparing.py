"""The interface through which the comparison of each kind of type uses the whole comparison."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from samewire import ir
from samewire.compat.kin import Kinship
from samewire.compat.mismatch import Mismatch, Pair
from samewire.values.depth import Types


class Comparing(Protocol):
    """
    :class:`samewire.compat.relation.Relation`.

    ``trying`` counts the unions whose members are being tried one by one; ``cutting``: a type is being looked at piece by piece.
    """

    produced: Types
    accepted: Types
    kin: Kinship
    trying: int
    cutting: bool

    @property
    def reasons(self) -> Mapping[Pair, Sequence[Mismatch]]: ...

    def of(self, produced: ir.Type, accepted: ir.Type, /) -> list[Mismatch]: ...

    def smallest(self, type_: ir.Type, /) -> ir.Json: ...

    def edges(self, type_: ir.Type, /) -> Iterator[ir.Json]: ...

    def distinct(self, type_: ir.Type, count: int, /) -> list[ir.Json] | None: ...

    def takes(self, accepted: ir.Type, value: ir.Json, /) -> bool: ...

    def taken(self, produced: ir.Type, accepted: ir.Type, value: ir.Json, /) -> ir.Json: ...

    def tells(self, produced: ir.Type, accepted: ir.Type, value: ir.Json, /) -> bool: ...
