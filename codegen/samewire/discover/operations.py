"""
What the frameworks beside FastAPI have in common: operations that send and take types, as the roots of a contract.

A framework reads off an imported application what it will do itself, and leaves out by name what it does without Pydantic.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from samewire.discover import members
from samewire.discover.objects import name_of
from samewire.dump import DumpOptions
from samewire.errors import Diagnostic

Direction: TypeAlias = Literal["emits", "accepts"]
RootParts: TypeAlias = tuple[str, str, object, DumpOptions | None, str | None]
"""``name``, ``source``, type, dump options and suffix of a root."""

Found: TypeAlias = tuple[RootParts, tuple[str, ...]] | Diagnostic
"""A root with the labels of its routes, or a route that is left out and why."""


class LeftOutError(Exception):
    """A route, or a part of it, has no exact form; the message says why, and the hint what to do about it."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint

    def at(self, label: str) -> Diagnostic:
        return Diagnostic("route-skipped", label, str(self), self.hint)


@dataclass(frozen=True, slots=True)
class Operation:
    """
    ``module`` and ``name`` are of the function behind it. ``types`` are what it sends or takes: a word for each, the type, and how
    it is dumped; reading them may raise :class:`LeftOutError`.
    """

    label: str
    module: str
    name: str
    types: Iterable[tuple[str, Any, DumpOptions | None]]


def gathered(operations: Iterable[Operation]) -> Iterator[Found]:
    """The roots of operations, each once, with all its routes; then what is left out."""
    roots: dict[tuple[object, ...], tuple[RootParts, dict[str, None]]] = {}
    left_out: list[Diagnostic] = []
    for operation in operations:
        try:
            for what, type_, dump in list(operation.types):
                parts = named_after(type_, operation.module, f"{pascal(operation.name)}{what}")
                root: RootParts = (*parts, dump, None)
                roots.setdefault((root[1], dump), (root, {}))[1][operation.label] = None
        except LeftOutError as error:
            left_out.append(error.at(operation.label))
    for root, labels in roots.values():
        yield root, tuple(labels)
    yield from left_out


def named_after(type_: Any, module: str, own: str) -> tuple[str, str, object]:
    """The name and source of a type: a model goes by its own, any other by ``own``."""
    if members.is_data_class(type_):
        return type_.__name__, name_of(type_, module, own), type_
    return own, f"{module}:{own}", type_


def pascal(name: str) -> str:
    words = "".join(char if char.isalnum() else " " for char in name).split()
    return "".join(word[:1].upper() + word[1:] for word in words)
