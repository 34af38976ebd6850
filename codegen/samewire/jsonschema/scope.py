"""The state of lowering JSON Schema, beyond that of every lowering: trials, copies, members of ``oneOf``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from samewire import ir
from samewire.lower import scope as lower
from samewire.lower.scope import Site
from samewire.schema.pointers import Pointer
from samewire.walk import children

DERIVED: Final = "\0"
"""In a pointer, before the part that is in no document."""
LEFT_OUT: Final = "\0not"
"""In a schema that follows from others: the site of one of whose values it has none, and that is not to be taken apart any more."""
MAX_COPIES: Final = 20_000
"""How many schemas may be lowered more than once because a reference to them can't stay one."""
MAX_SIZE: Final = 20_000
"""How many types one may consist of without a name, if most repeat others: what a type and a check say doubles with each level."""
MAX_TRIED: Final = 1000
MAX_OVERRUNS: Final = 4
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
Known: TypeAlias = "dict[tuple[tuple[int, type[Site]], ...], tuple[Sequence[Site], ir.Type]]"
"""Types by the identity of the schemas that hold at once; the schemas are kept alive."""


@dataclass(kw_only=True)
class Scope(lower.Scope):
    """
    A run of the engine over some definitions of a document, in one with the run over all of them.

    ``exclusives`` are shown to hold when everything is lowered; where they don't, the place goes to ``failed``.

    ``written_out`` says of conditions, by their pointers, whether they are written out as types. That is tried first, and
    given up if what comes of it is ``unreadable``.

    ``known`` are the types of schemas that were lowered: where a schema is read in several ways, its parts are lowered once. What
    is lowered in a trial is known in that trial only, since what it noted is forgotten.
    """

    lower_all: LowerAll
    known: list[Known] = field(default_factory=lambda: [{}])
    schemas_of_types: dict[tuple[str, ...], dict[str, Any]] = field(default_factory=dict)
    sizes: dict[int, tuple[ir.Type, int]] = field(default_factory=dict)
    exclusives: list[Exclusive] = field(default_factory=list)
    written_out: dict[Pointer, bool] = field(default_factory=dict)
    unreadable: bool = False
    trials: int = 0
    tried: int = 0
    overruns: int = 0
    copying: int = 0
    copies: int = 0
    merging: set[frozenset[Pointer]] = field(default_factory=set)

    def type_of(self, site: Site, *more: Site) -> ir.Type:
        """The type of the values for which all of the schemas hold."""
        sites = (site, *more)
        if self.merging or not all(isinstance(one.schema, dict) for one in sites):
            return self.lower_all(sites, self)
        key = tuple((id(one.schema), type(one)) for one in sites)
        for known in reversed(self.known):
            if key in known:
                return known[key][1]
        type_ = self.lower_all(sites, self)
        self.known[-1][key] = sites, type_
        return type_

    def of_types(self, types: Sequence[str]) -> Site:
        """A schema of those types, the same one whenever it is asked for."""
        schema = self.schemas_of_types.setdefault(tuple(types), {"type": list(types)})
        return Site(schema, (DERIVED,))

    def is_too_large(self, type_: ir.Type) -> bool:
        size = self._size(type_)
        return size > MAX_SIZE and size > 3 * _distinct(type_)

    def _size(self, type_: ir.Type) -> int:
        """How many types there are in a type, with all that is in there twice counted twice."""
        if id(type_) not in self.sizes:
            self.sizes[id(type_)] = type_, 1 + sum(map(self._size, children(type_)))
        return self.sizes[id(type_)][1]

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
        """Lowers on trial: all that is noted is dropped at the end, before which :attr:`failing` has the verdict."""
        kept = self.diagnostics, self.unreadable, self.copies
        lists: tuple[list[Any], ...] = (self.exclusives, self.discriminators, self.keys)
        lengths = tuple(map(len, lists))
        self.diagnostics, self.unreadable = {}, False
        self.trials += 1
        self.known.append({})
        try:
            yield
        finally:
            self.trials -= 1
            self.known.pop()
            self.diagnostics, self.unreadable, self.copies = kept
            if self.trials == 0:
                self.overruns += self.tried > MAX_TRIED
                self.tried = 0
            for noted, length in zip(lists, lengths, strict=True):
                del noted[length:]

    @property
    def failing(self) -> bool:
        return self.unreadable or bool(self.diagnostics)


def _distinct(type_: ir.Type) -> int:
    """How many objects a type consists of; two parts that were lowered once are one."""
    seen = {id(type_)}
    pending = [type_]
    while pending:
        for child in children(pending.pop()):
            if id(child) not in seen:
                seen.add(id(child))
                pending.append(child)
    return len(seen)


def is_inside(pointer: Pointer) -> bool:
    """Whether a derived schema is about what is inside of the value that it was derived for."""
    if DERIVED not in pointer:
        return False
    return not _INSIDE.isdisjoint(pointer[pointer.index(DERIVED) :])
