"""What the engine notes beside what every lowering does: trials, copies, members of ``oneOf``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from samewire import ir
from samewire.lower import scope as lower
from samewire.lower.scope import Site
from samewire.schema.pointers import Pointer

DERIVED: Final = "\0"
"""In a pointer, before the part that is in no document."""
LEFT_OUT: Final = "\0not"
"""In a schema that follows from others: the site of one of whose values it has none, and that is not to be taken apart any more."""
MAX_COPIES: Final = 20_000
"""How many schemas may be lowered more than once because a reference to them can't stay one."""
MAX_TRIED: Final = 1000
MAX_LOST: Final = 4
"""How many schemas may be lowered to see what comes of a condition when it is written out; and how often that may be too little."""
_INSIDE: Final = frozenset(("properties", "prefixItems", "items", "additionalProperties"))


@dataclass(frozen=True, slots=True)
class DerivedSite(Site):
    """A schema that stands nowhere, and follows from what stands at its pointer, as far as :data:`DERIVED` in that."""


@dataclass(frozen=True, slots=True)
class Exclusive:
    """Members of a ``oneOf``: no value may match two, which is to be shown when all definitions are known."""

    pointer: Pointer
    members: tuple[ir.Type, ...]


LowerAll: TypeAlias = "Callable[[Sequence[Site], Scope], ir.Type]"


@dataclass(kw_only=True)
class Scope(lower.Scope):
    """
    A run of the engine over some definitions of a document, in one with the run over all of them.

    ``exclusives`` are shown to hold when everything is lowered; where they don't, the place goes to ``failed``.

    ``written_out`` says of conditions, by their pointers, whether they are written out as types. That is tried first, and
    given up if what comes of it is ``ugly``.
    """

    lower_all: LowerAll
    exclusives: list[Exclusive] = field(default_factory=list)
    written_out: dict[Pointer, bool] = field(default_factory=dict)
    ugly: bool = False
    trials: int = 0
    tried: int = 0
    lost: int = 0
    copying: int = 0
    copies: int = 0
    merging: set[frozenset[Pointer]] = field(default_factory=set)

    def type_of(self, site: Site, *more: Site) -> ir.Type:
        """The type of the values for which all of the schemas hold."""
        return self.lower_all((site, *more), self)

    def refuse(self, code: str, pointer: Pointer, message: str, hint: str | None = None) -> None:
        if DERIVED in pointer:
            pointer = pointer[: pointer.index(DERIVED)]
        super().refuse(code, pointer, message, hint)

    @contextmanager
    def copy(self) -> Iterator[None]:
        """Around schemas that are lowered again, in another place than their own."""
        self.copying += 1
        try:
            yield
        finally:
            self.copying -= 1

    @contextmanager
    def trial(self) -> Iterator[None]:
        """Around what is lowered to see what comes of it. :attr:`failing` says so before the end, at which it is forgotten."""
        kept = self.diagnostics, self.ugly, self.copies
        lists: tuple[list[Any], ...] = (self.exclusives, self.discriminators, self.keys)
        lengths = tuple(map(len, lists))
        self.diagnostics, self.ugly = {}, False
        self.trials += 1
        try:
            yield
        finally:
            self.trials -= 1
            self.diagnostics, self.ugly, self.copies = kept
            if self.trials == 0:
                self.lost += self.tried > MAX_TRIED
                self.tried = 0
            for noted, length in zip(lists, lengths, strict=True):
                del noted[length:]

    @property
    def failing(self) -> bool:
        return self.ugly or bool(self.diagnostics)


def is_inside(pointer: Pointer) -> bool:
    """Whether a derived schema is about what is inside of the value that it was derived for."""
    if DERIVED not in pointer:
        return False
    return not _INSIDE.isdisjoint(pointer[pointer.index(DERIVED) :])
