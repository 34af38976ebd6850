"""What the exporter is told: how the backend serializes, and what the user has decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from samewire.dump import FASTAPI, DumpOptions
from samewire.scalars.decoded import AS_JSON, ByDirection
from samewire.scalars.view import DateTimes, Times

if TYPE_CHECKING:
    from samewire.discover.route import Route

__all__ = [
    "Declared",
    "DumpOptions",
    "ExportOptions",
    "Floats",
    "Integers",
    "Opaque",
    "UnknownKeys",
]

UnknownKeys: TypeAlias = Literal["model", "strip", "keep", "reject"]
Integers: TypeAlias = Literal["any", "safe"]
Floats: TypeAlias = Literal["nullable", "finite"]


@dataclass(frozen=True, slots=True)
class Declared:
    """A type that the user says is written; ``source`` is what it is called, ``module:Type``."""

    source: str
    type: object = field(hash=False, compare=False)


Opaque: TypeAlias = Literal["fields", "unknown"] | Declared


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """
    ``unknown_keys_*``: what a frontend does with keys that no field declares; ``model`` follows the model's ``extra``.

    ``names``: ``module:Class`` to the name it gets. ``opaque``: ``module:Class`` or ``module:Class.field`` to what stands for a
    serializer without a usable return type. ``exclude_fields``: ``module:Class.field`` to leave out.

    ``integers``: ``safe`` limits every integer to what a JavaScript number holds exactly. ``floats``: ``finite`` promises
    that no infinity or NaN is ever serialized, which Pydantic writes as ``null``. ``datetimes`` promises that every ``datetime``
    has a UTC offset (``aware``), or none (``utc``), and ``times`` that no ``time`` has one. ``brands`` are the ``NewType`` that
    are types of their own, by source, or all. ``decode``: what targets decode, for which the document says which texts and arrays
    hold bytes, integers and sets. ``bases``: it says from which others a definition inherits. ``routes`` are those of the
    contract's application, whose types are among its roots, and ``openapi`` is what FastAPI says of it, for contracts with that
    target.
    """

    dump: DumpOptions = FASTAPI
    unknown_keys_emits: UnknownKeys = "model"
    unknown_keys_accepts: UnknownKeys = "model"
    names: Mapping[str, str] = field(default_factory=dict, hash=False)
    opaque: Mapping[str, Opaque] = field(default_factory=dict, hash=False)
    exclude_fields: frozenset[str] = frozenset()
    integers: Integers = "any"
    floats: Floats = "nullable"
    brands: bool | frozenset[str] = False
    datetimes: DateTimes = "any"
    times: Times = "any"
    decode: ByDirection = AS_JSON
    bases: bool = False
    routes: tuple[Route, ...] = field(default=(), hash=False, compare=False)
    openapi: Mapping[str, Any] | None = field(default=None, hash=False, compare=False)
