"""How a backend serializes: the arguments of ``model_dump_json``, which decide the keys in the JSON."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields, replace
from typing import Any, TypeAlias

Path: TypeAlias = tuple[str, ...]
"""Field names that lead from a root to a place inside it; :data:`EACH` stands for every item of a list or dictionary."""

EACH = "__all__"

# What tells one form of a type from another, in the name of its definition.
_WORDS = {
    ("by_alias", True): "ByAlias",
    ("by_alias", False): "ByName",
    ("by_alias", None): "ByConfig",
    ("exclude_none", True): "WithoutNone",
    ("exclude_none", False): "WithNone",
    ("exclude_defaults", True): "WithoutDefaults",
    ("exclude_defaults", False): "WithDefaults",
    ("exclude_unset", True): "WithoutUnset",
    ("exclude_unset", False): "WithUnset",
    ("exclude_computed_fields", True): "WithoutComputed",
    ("exclude_computed_fields", False): "WithComputed",
    ("round_trip", True): "RoundTrip",
    ("round_trip", False): "OneWay",
    ("by_django", True): "ByDjango",
    ("by_django", False): "ByPydantic",
}


@dataclass(frozen=True, slots=True)
class DumpOptions:
    """
    Arguments of ``BaseModel.model_dump_json`` (Pydantic, "Serialization"); the defaults are those of FastAPI.

    ``by_alias`` may be ``None``: each model's ``serialize_by_alias`` decides, as when the argument is not given.
    ``by_django``: ``model_dump`` gives Python objects, which Django's JSON encoder writes.
    ``include`` and ``exclude`` speak about one root: paths of field names; ``None`` for ``include`` is everything.
    """

    by_alias: bool | None = True
    exclude_none: bool = False
    exclude_defaults: bool = False
    exclude_unset: bool = False
    exclude_computed_fields: bool = False
    round_trip: bool = False
    by_django: bool = False
    include: frozenset[Path] | None = None
    exclude: frozenset[Path] = frozenset()

    @property
    def selects(self) -> bool:
        """Whether some of a root's fields are picked by name."""
        return self.include is not None or bool(self.exclude)

    def below(self, *steps: str) -> DumpOptions:
        """The options that hold for what is at any of ``steps`` inside."""
        if not self.selects:
            return self
        exclude = frozenset(path[1:] for path in self.exclude if path[0] in steps and path[1:])
        include = self.include
        if include is not None:
            inside = frozenset(path[1:] for path in include if path[0] in steps)
            include = None if () in inside or not inside else inside
        return replace(self, include=include, exclude=exclude)

    def keeps(self, name: str) -> bool:
        """Whether ``include`` and ``exclude`` leave the field ``name`` in."""
        if not self.selects:
            return True
        if (name,) in self.exclude or (EACH,) in self.exclude:
            return False
        return self.include is None or any(path[0] in (name, EACH) for path in self.include)

    def everything(self) -> DumpOptions:
        """The same without a choice of fields."""
        return replace(self, include=None, exclude=frozenset()) if self.selects else self

    def order(self) -> tuple[object, ...]:
        """A key to sort by, the same in every run."""
        flags = [repr(getattr(self, each.name)) for each in fields(self)[:7]]
        return (*flags, self.include is not None, sorted(self.include or ()), sorted(self.exclude))

    def suffix(self, base: DumpOptions) -> str:
        """
        What the name of a type gets when it is written with these options rather than with ``base``.

        >>> DumpOptions(exclude_none=True).suffix(DumpOptions())
        'WithoutNone'
        """
        return "".join(self._words(base))

    def _words(self, base: DumpOptions) -> Iterator[str]:
        for each in fields(self):
            value = getattr(self, each.name)
            if each.name not in ("include", "exclude") and value != getattr(base, each.name):
                yield _WORDS[each.name, value]
        if self.selects and (self.include, self.exclude) != (base.include, base.exclude):
            yield "Part"


def nested(paths: Collection[Path]) -> dict[str, Any]:
    """
    Paths in the form that ``model_dump`` expects for ``include`` and ``exclude``.

    >>> nested([("a",), ("b", "c")])
    {'a': True, 'b': {'c': True}}
    """
    result: dict[str, Any] = {}
    for first, *rest in paths:
        result[first] = nested([path[1:] for path in paths if path[0] == first]) if rest else True
    return result


FASTAPI = DumpOptions()
"""What FastAPI calls ``dump_json`` with, unless a route says otherwise."""

LITESTAR = DumpOptions(by_alias=False)
"""What Litestar's plugin for Pydantic calls ``model_dump`` with, unless it is made with ``prefer_alias``."""

NINJA = DumpOptions(by_alias=False, by_django=True)
"""What Django Ninja calls ``model_dump`` with, unless an operation says otherwise."""

PYDANTIC = DumpOptions(by_alias=None)
"""A call of ``model_dump_json`` without arguments."""
