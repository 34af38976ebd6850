"""Which types of two versions are the same type."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from enum import Enum, auto

from samewire import ir
from samewire.errors import Diagnostic


class Kin(Enum):
    """What two types are to each other. Two without a name may be the same, and so may one that is gone and one that is new."""

    SAME = auto()
    PERHAPS = auto()
    OTHER = auto()


class Kinship:
    """Matches types by their TypeScript name, and by their Python class, which may have moved to another module."""

    def __init__(
        self, one: Mapping[str, ir.Definition], other: Mapping[str, ir.Definition]
    ) -> None:
        self._one, self._other = one, other
        alone, single = without(one, other), without(other, one)
        self._alone, self._single = set(alone), set(single)
        classes: dict[str | None, list[ir.Definition]] = {}
        for name in single:
            classes.setdefault(_class_name(other[name]), []).append(other[name])
        moved = {
            name: nearest(one[name], classes.get(_class_name(one[name]), ())) for name in alone
        }
        self._moved = {name: each.name for name, each in moved.items() if each is not None}

    def of(self, one: ir.Type, other: ir.Type) -> Kin:
        """``one`` is of the version that the kinship was made with first."""
        if not isinstance(one, ir.Ref) or not isinstance(other, ir.Ref):
            return Kin.PERHAPS
        mine, theirs = self._one[one.name], self._other[other.name]
        if mine.name == theirs.name or mine.source == theirs.source is not None:
            return Kin.SAME
        if mine.name not in self._alone or theirs.name not in self._single:
            return Kin.OTHER
        moved = self._moved.get(mine.name)
        return Kin.SAME if moved == theirs.name else Kin.PERHAPS if moved is None else Kin.OTHER


def without(one: Mapping[str, ir.Definition], other: Mapping[str, ir.Definition]) -> list[str]:
    """The names of the types that the other version lacks, by name and by class."""
    sources = {each.source for each in other.values()} - {None}
    return [name for name, each in one.items() if name not in other and each.source not in sources]


def nearest(definition: ir.Definition, others: Iterable[ir.Definition]) -> ir.Definition | None:
    """Of the types whose class has the same name, the one in the module with the most similar name."""
    name = _class_name(definition)
    same = [each for each in others if name is not None and _class_name(each) == name]
    return max(same, key=lambda other: _likeness(definition, other), default=None)


def taken(
    old: Iterable[ir.Definition], new: Iterable[ir.Definition], refused: Iterable[Diagnostic]
) -> Mapping[str, Diagnostic]:
    """
    Why old definitions are left out of the new version, by their names.

    They are known by their class, by one of the same name in another module, or by their own name where they have no class.
    """
    causes = {source: cause for cause in refused for source in cause.takes}
    known = {_class_name(each) for each in new}
    classes = {source.rpartition(":")[2]: cause for source, cause in causes.items()}
    moved = {name: cause for name, cause in classes.items() if name not in known}
    found = {
        each.name: causes.get(each.source or each.name) or moved.get(_class_name(each) or "")
        for each in old
    }
    return {name: cause for name, cause in found.items() if cause is not None}


def _class_name(definition: ir.Definition) -> str | None:
    return definition.source.rpartition(":")[2] if definition.source else None


def _likeness(one: ir.Definition, other: ir.Definition) -> tuple[float, int, float]:
    """By the names of the modules: most of it, or else the beginning; then by the names of the types."""
    modules = SequenceMatcher(None, one.source or "", other.source or "")
    first = modules.get_matching_blocks()[0]
    begins = first.size if first.a == first.b == 0 else 0
    return modules.ratio(), begins, SequenceMatcher(None, one.name, other.name).ratio()
