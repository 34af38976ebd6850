"""The content of a page: plain text in small records, which each format's templates arrange and escape."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from samewire.targets.docs.spans import Block, Line

Presence: TypeAlias = Literal["required", "optional", "always there", "may be missing"]


@dataclass(frozen=True, slots=True)
class Example:
    """``missing``: why there is none."""

    code: Line = ()
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A key of an object: ``path`` leads to it, ``address.street``. ``notes`` are phrases, the default and examples among them."""

    anchor: str
    path: str
    type: Line
    presence: Presence
    deprecated: Line | None
    about: tuple[Block, ...]
    notes: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """A value of an enumeration, by its name, or a member of a union, by its tag."""

    name: Line
    type: Line
    about: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class TypeEntry:
    """``kind`` is object, enum, union, brand or alias; ``wire`` says who sends it. ``used`` are the places, each a link."""

    anchor: str
    name: str
    kind: str
    wire: str
    source: str | None
    deprecated: Line | None
    about: tuple[Block, ...]
    notes: tuple[Line, ...]
    rows: tuple[Row, ...]
    members: tuple[Member, ...]
    declaration: Line
    example: Example
    used: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Parameters of a route by the part of the request that has them."""

    name: str
    type: str
    anchor: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    status: str
    what: Line
    example: Example


@dataclass(frozen=True, slots=True)
class RouteEntry:
    anchor: str
    name: str
    method: str
    path: str
    deprecated: Line | None
    about: tuple[Block, ...]
    parts: tuple[Part, ...]
    body: Line
    answers: tuple[Answer, ...]
    request: Line
    call: Line


@dataclass(frozen=True, slots=True)
class Step:
    """An event that takes a block to another state."""

    event: Line
    after: str
    notes: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Machine:
    """The states of a block of a stream; ``moves`` are the transitions from each."""

    anchor: str
    name: str
    states: tuple[str, ...]
    notes: tuple[Line, ...]
    moves: tuple[tuple[str, tuple[Step, ...]], ...]


@dataclass(frozen=True, slots=True)
class StreamEntry:
    """``rules`` are those of events; ``parts`` the data and tools of a UI stream."""

    rules: tuple[tuple[Line, tuple[Line, ...]], ...]
    machines: tuple[Machine, ...]
    data: tuple[tuple[str, Line], ...]
    tools: tuple[tuple[str, Line, Line], ...]


@dataclass(frozen=True, slots=True)
class Page:
    notice: str
    title: str
    routes: tuple[RouteEntry, ...]
    stream: StreamEntry | None
    types: tuple[TypeEntry, ...]
