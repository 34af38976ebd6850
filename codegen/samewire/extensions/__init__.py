"""
Extensions: what a contract may contain besides types.

An extension of this package is a package in it, with an ``EXTENSION``. One of a third party is an entry point of the group
``samewire.extensions``, which loads an :class:`Extension`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any, Final, Protocol

if TYPE_CHECKING:
    from samewire import ir
    from samewire.discover import Root
    from samewire.errors import Diagnostic
    from samewire.export.exporter import Exporter
    from samewire.lower.scope import Scope
    from samewire.scalars.view import JsonSchema
    from samewire.targets.typescript.output import Output

BUILT_IN: Final = ("openapi", "routes", "ui-stream")
GROUP: Final = "samewire.extensions"


class Exported(Protocol):
    """What an extension adds to a document."""

    @property
    def bodies(self) -> Mapping[str, JsonSchema]:
        """Schemas of further definitions, by their keys."""

    def written(self, names: Mapping[str, str]) -> JsonSchema:
        """The keyword of a document that calls its definitions by ``names``; nothing where one of them is left out."""


@dataclass(frozen=True, slots=True)
class Extension:
    """
    ``keyword`` is the keyword of schema documents that says it, and ``definitions`` the names in its value.

    ``export`` finds it among the emitted roots, of which the second mapping has those that could be exported; ``None`` if it is
    not there. ``lower`` reads the keyword of a document and returns the value that :meth:`samewire.ir.Contract.extension` gives,
    of a class of its own; ``None`` without the keyword. ``files`` are what targets of TypeScript with schemas write for the
    contract besides, by name. ``exact`` says of a definition that its TypeScript is a type of another library, which tells a key
    that is not there from one that is ``undefined``. ``kept`` is what is left of the keyword's value where only some definitions
    are; by default nothing, if one of its own is missing. ``targets`` are those that write its files.

    These import what they need when they are called: every run asks for the keywords of all extensions.
    """

    name: str
    keyword: str
    definitions: Callable[[Mapping[str, Any]], set[str]]
    export: Callable[
        [Exporter, Sequence[Root], Mapping[str, JsonSchema], list[Diagnostic]], Exported | None
    ]
    lower: Callable[[Scope], object | None]
    files: Callable[[ir.Contract, Output], Mapping[str, str]]
    exact: Callable[[ir.Definition], bool] = lambda _: False
    kept: Callable[[Mapping[str, Any], set[str]], Mapping[str, Any] | None] | None = None
    targets: tuple[str, ...] = ("zod",)

    def left(self, value: Mapping[str, Any], names: set[str]) -> Mapping[str, Any] | None:
        """What is left of the keyword's value in a document that has these definitions."""
        if self.kept is not None:
            return self.kept(value, names)
        # Without one of the definitions that it names, it would say too little.
        return value if self.definitions(value) <= names else None


@cache
def extensions() -> tuple[Extension, ...]:
    """
    All that are installed, by name. Those of this package come first, so no other can take their names.

    Raises:
        TypeError: an entry point loads something else.

    """
    found: dict[str, object] = {
        name: import_module(f"{__name__}.{name.replace('-', '_')}").EXTENSION for name in BUILT_IN
    }
    for point in entry_points(group=GROUP):
        if point.name not in found:
            found[point.name] = point.load()
    for name, extension in found.items():
        if not isinstance(extension, Extension):
            message = (
                f"the entry point {name!r} of {GROUP} loads {extension!r}, which is no Extension"
            )
            raise TypeError(message)
    return tuple(one for _, one in sorted(found.items()) if isinstance(one, Extension))


@cache
def keywords() -> frozenset[str]:
    """The keywords that extensions add to schema documents."""
    return frozenset(one.keyword for one in extensions())
