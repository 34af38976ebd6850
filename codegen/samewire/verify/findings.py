"""What a verification finds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeAlias

from samewire import ir
from samewire.verify.answers import pointer


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
class Cause:
    """The likely cause. ``text`` says it, ``code`` classifies it, ``by`` names the user's functions that may be behind it."""

    code: str
    text: str
    by: tuple[str, ...] = ()


_PLACE = re.compile(r"(?:^|(?<=; ))(?:/[^:;]*|the value): ")
"""The place in the message of a validator."""


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
    cause: Cause

    @property
    def group(self) -> tuple[object, ...]:
        """What disagreements have in common that one change makes right, as far as can be told."""
        said = _PLACE.sub("", self.schema)
        return self.kind, self.contract, self.direction, self.cause.code, self.cause.by, said

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

    ``policy`` counts values that are refused on purpose (``integers = "safe"``, ``datetimes``); ``uninstantiated`` are emitted
    models of which no instance could be made; ``unjudged`` says what was left out, and why.
    """

    models: int = 0
    values: int = 0
    instances: int = 0
    policy: int = 0
    typed: int = 0
    seconds: float = 0.0
    uninstantiated: list[str] = field(default_factory=list)
    unjudged: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        self.models += other.models
        self.values += other.values
        self.instances += other.instances
        self.policy += other.policy
        self.typed += other.typed
        self.uninstantiated += other.uninstantiated
        self.unjudged += [each for each in other.unjudged if each not in self.unjudged]


Key: TypeAlias = tuple[Kind, str, tuple[str, ...]]
"""What is reported once: a kind of disagreement at a place, which is a definition and the steps in it."""


@dataclass(frozen=True, slots=True)
class Result:
    """
    What the verification of one model in one direction gave: all that a report needs, and all that the verification of the
    next model does. ``index`` is its place among all models; ``verified`` is false if it ended its process.
    """

    index: int
    contract: str = ""
    tally: Tally = field(default_factory=Tally)
    verified: bool = False
    disagreements: tuple[Disagreement, ...] = ()
    reported: frozenset[Key] = frozenset()
    python_only: PythonOnly | None = None
    samples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    disagreements: tuple[Disagreement, ...]
    python_only: tuple[PythonOnly, ...]
    tally: Tally
    seed: int
    examples: int

    def causes(self) -> list[list[Disagreement]]:
        """The disagreements of each cause; the one with the smallest value of each comes first."""
        groups: dict[tuple[object, ...], list[Disagreement]] = {}
        for each in self.disagreements:
            groups.setdefault(each.group, []).append(each)
        return [sorted(group, key=lambda each: len(each.value)) for group in groups.values()]


def outcome_of(results: Sequence[Result], seed: int, examples: int) -> Outcome:
    """
    All results as one, in the order of the models.

    The directions are verified apart from each other; what both find at a place is reported once.
    """
    tally = Tally()
    disagreements: dict[tuple[object, ...], Disagreement] = {}
    python_only: dict[str, PythonOnly] = {}
    for result in sorted(results, key=lambda each: each.index):
        tally.add(result.tally)
        for each in result.disagreements:
            key = (each.kind, each.contract, each.model, each.field)
            disagreements.setdefault(key, each)
        one = result.python_only
        if one is not None and (
            one.model not in python_only or one.refused > python_only[one.model].refused
        ):
            python_only[one.model] = one
    named = tuple(python_only[model] for model in sorted(python_only))
    return Outcome(tuple(disagreements.values()), named, tally, seed, examples)
