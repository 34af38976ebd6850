"""What a contract says of its routes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

PARTS: Final = ("path", "query", "headers", "cookies")
RESPONSES: Final = ("json", "text", "empty", "events", "lines", "problem", "raw", "unknown")
BODIES: Final = ("json", "form", "multipart", "text", "bytes")
TYPED: Final = frozenset({"json", "events", "lines"})
"""The kinds of bodies that have a type; the items of ``lines`` may be declared without one."""


@dataclass(frozen=True, slots=True)
class Body:
    """
    ``type`` names a definition, of a form that of its texts. ``media`` is of text and bytes.

    ``files`` have whether each is required, and may be many.
    """

    kind: str
    type: str | None
    required: bool
    files: Mapping[str, tuple[bool, bool]]
    media: str | None


@dataclass(frozen=True, slots=True)
class Response:
    """``type`` names a definition, of a kind that is typed. ``raw`` is the response itself, ``unknown`` of any media type."""

    kind: str
    type: str | None


@dataclass(frozen=True, slots=True)
class Route:
    """``parameters`` are definitions by the part of the request; ``responses`` stand under their status."""

    name: str
    method: str
    path: str
    parameters: Mapping[str, str]
    body: Body | None
    responses: Mapping[str, Response]
    description: str | None
    deprecated: bool


@dataclass(frozen=True, slots=True)
class Routes:
    routes: tuple[Route, ...]
