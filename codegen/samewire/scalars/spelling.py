"""
How a text may be spelled: as Pydantic writes it, as it reads it in strict JSON mode, or as a standard has it.

A UUID is written in one way, ``12345678-1234-5678-1234-567812345678``, and read without hyphens as well.
"""

from __future__ import annotations

from enum import Enum
from typing import Final

from samewire.scalars.keywords import Keyword
from samewire.scalars.view import JsonSchema, View


class Spelling(Enum):
    WRITTEN = "written"
    READ = "read"
    STANDARD = "standard"


SPELLING: Final = Keyword(
    "x-samewire-spelling",
    '"written", "read" or "standard"',
    lambda value: next((spelling for spelling in Spelling if spelling.value == value), None),
)
OF_DOCUMENT: Final = "x-samewire-formats"
"""The key of a document for the spelling of formats that say nothing of it; one from a schema file has ``standard``."""

_PREDICATES: Final = {
    Spelling.WRITTEN: "isWritten",
    Spelling.READ: "isReadable",
    Spelling.STANDARD: "is",
}


def spelling_of(view: View) -> Spelling:
    return Spelling.WRITTEN if view.emits else Spelling.READ


def document(spelling: Spelling) -> JsonSchema:
    return {} if spelling is Spelling.WRITTEN else {SPELLING.name: spelling.value}


def predicate(name: str, spelling: Spelling) -> str:
    """
    The function of the runtime library for a format: ``isWrittenUuid``, ``isReadableUuid``, ``isUuid``.

    >>> predicate("Uuid", Spelling.READ)
    'isReadableUuid'
    """
    return f"{_PREDICATES[spelling]}{name}"


def label(name: str, spelling: Spelling) -> str:
    """What a schema is called in generated code: ``uuid``, ``uuidInput``, ``standardUuid``."""
    match spelling:
        case Spelling.WRITTEN:
            return name
        case Spelling.READ:
            return f"{name}Input"
        case Spelling.STANDARD:
            return f"standard{name[:1].upper()}{name[1:]}"
