"""
Names of definitions, the same on every machine.

A class is called by its own name, unless it gives itself another or the configuration does. Classes that share one are told apart
by the classes around them, then by as much of their module as it takes; the arguments of a generic are part of its name. Numbers
are never added. So a further class changes the name of another only if both would have the same one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from samewire.errors import Diagnostic

OWN_NAME: Final = "x-samewire-name"

_WORD: Final = re.compile(r"[^\W_]+(?:_[^\W_]+)*", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Candidate:
    """
    Something that wants a name: ``key`` is its identity, ``base`` the plain name, ``full`` the same with the arguments of a
    generic spelled out, ``outer`` the names of enclosing classes and module parts from the nearest outwards, ``source`` what
    the user calls it in the configuration.
    """

    key: str
    base: str
    full: str
    outer: tuple[str, ...]
    source: str

    @property
    def depth(self) -> int:
        return len(self.outer) + (self.full != self.base)

    def qualified(self, depth: int) -> str:
        """The name with as many distinctions as ``depth``, the full arguments being the first if they say more."""
        if depth == 0:
            return self.base
        around = depth - (self.full != self.base)
        return "".join(_pascal(part) for part in reversed(self.outer[:around])) + self.full


def candidate(key: str, module: str, qualname: str, arguments: str = "") -> Candidate:
    """
    ``arguments`` is the bracketed part of a generic's name, as Pydantic displays it.

    >>> candidate("k", "shop.api", "Outer.Page", "[list[shop.Item]]").qualified(1)
    'OuterPageListItem'
    """
    parts = [part for part in qualname.split(".") if part != "<locals>"]
    words = re.findall(r"[\w.]+", arguments)
    base = parts[-1] + "".join(_pascal(word.rpartition(".")[2]) for word in words)
    full = parts[-1] + "".join(_pascal(word) for word in words)
    outer = (*reversed(parts[:-1]), *reversed(module.split(".")))
    return Candidate(key, base, full, outer, f"{module}:{qualname}{arguments}")


def own_name(cls: type[Any] | None) -> str | None:
    """
    The name that a class gives itself: ``x-samewire-name`` in the ``json_schema_extra`` of its configuration.

    A configuration is inherited, a name is not: what a base class says too is that one's name.
    """
    name = _configured_name(cls)
    inherited = (_configured_name(base) for base in (cls.__mro__[1:] if cls else ()))
    return None if name in inherited else name


def _configured_name(cls: type[Any] | None) -> str | None:
    """Of a model, or of a dataclass or typed dictionary, whose ``__pydantic_config__`` has the same keys."""
    for attribute in ("model_config", "__pydantic_config__"):
        config = getattr(cls, attribute, None)
        extra = config.get("json_schema_extra") if isinstance(config, dict) else None
        name = extra.get(OWN_NAME) if isinstance(extra, dict) else None
        if isinstance(name, str):
            return name
    return None


def class_key(cls: type[Any]) -> str:
    """``module:Qual.Name``, with the origin's name for a parametrized generic."""
    metadata = getattr(cls, "__pydantic_generic_metadata__", None)
    origin = (metadata["origin"] if metadata else None) or cls
    return f"{origin.__module__}:{origin.__qualname__}"


def choose(
    candidates: Iterable[Candidate], given: Mapping[str, str]
) -> tuple[dict[str, str], list[Diagnostic]]:
    """
    A name for every key; ``given`` are the user's, by source. Where nothing tells two apart, a diagnostic and no name.
    """
    everyone = sorted(candidates, key=lambda one: (one.source, one.key))
    names = {one.key: given[one.source] for one in everyone if one.source in given}
    open_ones = [one for one in everyone if one.key not in names]
    depth = 0
    while open_ones:
        groups: dict[str, list[Candidate]] = defaultdict(list)
        for one in open_ones:
            groups[one.qualified(depth)].append(one)
        taken = set(names.values())
        clashing = []
        for name, group in groups.items():
            if len(group) == 1 and name not in taken:
                names[group[0].key] = name
            else:
                clashing += group
        if all(depth >= one.depth for one in clashing):
            return names, [_clash(one, clashing, depth) for one in clashing]
        open_ones, depth = clashing, depth + 1
    return names, []


def _clash(one: Candidate, others: list[Candidate], depth: int) -> Diagnostic:
    name = one.qualified(depth)
    rivals = sorted(
        {other.source for other in others if other.qualified(depth) == name} - {one.source}
    )
    return Diagnostic(
        "name-clash",
        one.source,
        f"wants the name {name}, and so does {', '.join(rivals) or 'a name that was given'}",
        f'decide it in the configuration: names = {{ "{one.source}" = "..." }}',
    )


def _pascal(text: str) -> str:
    return "".join(
        word[:1].upper() + word[1:] for part in _WORD.findall(text) for word in part.split("_")
    )
