"""
Names of definitions, the same on every machine.

A class is called by its own name, unless it gives itself another or the configuration does. Classes that share one are told apart
by the nearest of the classes and module parts around them that differs; the arguments of a generic are part of its name. Numbers
are never added. So a further class changes the name of another only if both would have the same one.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from samewire.coreschema.versions import own_config
from samewire.errors import Diagnostic
from samewire.export.generic_names import of_arguments, readable

OWN_NAME: Final = "x-samewire-name"

_CAPITALIZED: Final = re.compile(r"[A-Z][^A-Z]*|^[^A-Z]+")
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

    def qualified(self, around: Iterable[int]) -> str:
        """The full name behind the enclosing names at some places, counted from the nearest."""
        outer = (
            self.outer[place] for place in sorted(around, reverse=True) if place < len(self.outer)
        )
        return "".join(map(_pascal, outer)) + self.full


def candidate(key: str, module: str, qualname: str, arguments: str = "") -> Candidate:
    """
    ``arguments`` is the bracketed part of a generic's name, as Pydantic displays it.

    >>> candidate("k", "shop.api", "Outer.Page", "[list[shop.Item]]").qualified([0, 2])
    'ShopOuterPageListShopItem'
    """
    parts = [part for part in qualname.split(".") if part != "<locals>"]
    shown = [of_arguments(arguments, full=full) if arguments else "" for full in (False, True)]
    base, full = (parts[-1] + suffix for suffix in shown)
    outer = (*reversed(parts[:-1]), *reversed(module.split(".")))
    return Candidate(
        key, base, full, outer, f"{module}:{qualname}{readable(arguments) if arguments else ''}"
    )


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
    extra = (own_config(cls) or {}).get("json_schema_extra")
    name = extra.get(OWN_NAME) if isinstance(extra, dict) else None
    return name if isinstance(name, str) else None


def class_key(cls: type[Any]) -> str:
    """``module:Qual.Name``, with the origin's name for a parametrized generic."""
    metadata = getattr(cls, "__pydantic_generic_metadata__", None)
    origin = (metadata["origin"] if metadata else None) or cls
    return f"{origin.__module__}:{origin.__qualname__}"


def choose(
    candidates: Iterable[Candidate], configured: Mapping[str, str]
) -> tuple[dict[str, str], list[Diagnostic]]:
    """
    A name for every key; ``configured`` are the user's, by source. Where nothing tells two apart, a diagnostic and no name.
    """
    everyone = sorted(candidates, key=lambda one: (one.source, one.key))
    names = {one.key: configured[one.source] for one in everyone if one.source in configured}
    pending = [one for one in everyone if one.key not in names]
    pending = _named(names, [(one, one.base) for one in pending])
    pending = _named(names, [(one, one.full) for one in pending])
    steps = 1
    while pending:
        wanted = [(one, one.qualified(places[:steps])) for one, places in _distinctions(pending)]
        left = _named(names, wanted)
        if len(left) < len(pending):
            steps = 1
        elif all(steps >= len(places) for _, places in _distinctions(pending)):
            return names, [_clash(one, name, wanted) for one, name in wanted]
        else:
            steps += 1
        pending = left
    return names, []


def _named(names: dict[str, str], wanted: Sequence[tuple[Candidate, str]]) -> list[Candidate]:
    """Adds the names that one alone wants and that are free to ``names``; those who go without."""
    count = Counter(name for _, name in wanted)
    taken = set(names.values())
    free = [(one, name) for one, name in wanted if count[name] == 1 and name not in taken]
    names.update((one.key, name) for one, name in free)
    return [one for one, _ in wanted if one.key not in names]


def _distinctions(pending: Iterable[Candidate]) -> Iterator[tuple[Candidate, Sequence[int]]]:
    """
    The places of the names around those of one full name: first where they differ, the nearest before the others, and those last
    that a name would say twice (``AssetAssetResponse``).
    """
    groups: dict[str, list[Candidate]] = defaultdict(list)
    for one in pending:
        groups[one.full].append(one)
    for group in groups.values():
        deepest = range(max(len(one.outer) for one in group))
        around = {place: {one.outer[place : place + 1] for one in group} for place in deepest}
        twice = {place: any(_stutters(one, place) for one in group) for place in deepest}
        alike = {place: len(group) > 1 and len(around[place]) == 1 for place in deepest}
        # What is the same for all of them may still tell them from one that has its name already.
        places = sorted(deepest, key=lambda place: (alike[place], twice[place]))
        yield from ((one, places) for one in group)


def _stutters(one: Candidate, place: int) -> bool:
    """Whether the full name begins with the words of the name around, in singular or plural."""
    if place >= len(one.outer):
        return False
    outer, full = (_CAPITALIZED.findall(text) for text in (_pascal(one.outer[place]), one.full))
    begin = full[: len(outer)]
    return outer[:-1] == begin[:-1] and outer[-1:] in (
        begin[-1:],
        [f"{word}s" for word in begin[-1:]],
    )


def _clash(one: Candidate, name: str, wanted: Sequence[tuple[Candidate, str]]) -> Diagnostic:
    others = [rival for rival, other in wanted if other == name and rival is not one]
    rivals = sorted({rival.source for rival in others} - {one.source})
    alike = "one that Pydantic shows alike" if others else "a type that got it"
    message = f"wants the name {name}, and so does {', '.join(rivals) or alike}"
    return Diagnostic("name-clash", one.source, message, way_out(one.source))


def way_out(source: str) -> str:
    """What gives a type another name. A configuration can't name a generic with its arguments, an alias can."""
    if "[" in source:
        name = source.partition(":")[2].partition("[")[0]
        return f"name it by an alias in its module, `MyName = {name}[...]`, and list the alias in the contract"
    return f'decide it in the configuration: names = {{ "{source}" = "..." }}'


def _pascal(text: str) -> str:
    return "".join(
        word[:1].upper() + word[1:] for part in _WORD.findall(text) for word in part.split("_")
    )
