"""What a verification finds."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from samewire import ir
from samewire.verify.runner import pointer


class Kind(Enum):
    """In which way the two sides differ. The value is what a report says."""

    REFUSED = "the backend sends it, the frontend refuses it"
    ALTERED = "the frontend changes what it parses"
    NARROW = "the frontend refuses what the schema document allows"
    TOO_WIDE = "the frontend accepts what the backend never sends"
    TYPE = "the backend sends it, TypeScript has no place for it"
    UNREAD = "the frontend accepts it, the backend refuses it"
    UNSENT = "the backend reads it, the frontend refuses it"
    BROKEN = "the validator gives no verdict"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """
    A value on which the two sides differ.

    ``model`` is the Python object, or the definition if it has none, and ``field`` what leads from there to the place, ``*``
    for any index or key. ``value`` is the smallest JSON text that was found, and ``pointer`` leads to the place in it.
    """

    kind: Kind
    contract: str
    direction: ir.Direction
    model: str
    field: tuple[str, ...]
    value: str
    pointer: tuple[str | int, ...]
    python: str
    schema: str
    cause: str

    @property
    def where(self) -> str:
        return f"{self.model}{''.join(f'.{step}' for step in self.field)}"

    @property
    def at(self) -> str:
        return pointer(self.pointer)


@dataclass(frozen=True, slots=True)
class PythonOnly:
    """A model with validators in Python. ``refused`` counts the values that only those refuse, ``example`` is one of them."""

    model: str
    code: tuple[str, ...]
    refused: int
    example: str | None = None


@dataclass(slots=True)
class Tally:
    """
    What was done.

    ``policy`` counts values that are refused on purpose (``integers = "safe"``); ``uninstantiated`` are emitted models of which
    no instance could be made; ``unjudged`` says what was left out, and why.
    """

    models: int = 0
    values: int = 0
    instances: int = 0
    policy: int = 0
    typed: int = 0
    seconds: float = 0.0
    uninstantiated: list[str] = field(default_factory=list)
    unjudged: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Outcome:
    disagreements: tuple[Disagreement, ...]
    python_only: tuple[PythonOnly, ...]
    tally: Tally
    seed: int
    examples: int
