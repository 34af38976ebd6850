"""
What a value is in TypeScript in place of its JSON, where the configuration asks for it.

Each scalar says in its own module what its texts are decoded to.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias

from samewire.decode import Word
from samewire.scalars.checks import Predicate

Dates: TypeAlias = Literal["string", "date", "temporal"]
Held: TypeAlias = Literal["utf8", "hex", "integer", "set"]
"""What Python has of a text or an array that does not say so by itself, by the keyword :data:`HOLDS`."""

HOLDS: Final = "x-samewire-holds"


@dataclass(frozen=True, slots=True)
class Adapter:
    """A module that exports the TypeScript ``type`` of decimals, and the functions ``decode`` and ``encode`` from and to text."""

    module: str
    type: str


@dataclass(frozen=True, slots=True)
class Choices:
    """
    Which values are decoded. ``utc``: a ``datetime`` without a UTC offset is in UTC. ``days``: a ``date`` is a ``Date``, whatever
    ``dates`` says. ``temporal`` is the module that ``Temporal``
    comes from; without one it is the global.
    """

    dates: Dates = "string"
    utc: bool = False
    temporal: str | None = None
    days: bool = False
    bytes: bool = False
    integers: bool = False
    sets: bool = False
    urls: bool = False
    decimals: Adapter | None = None

    @property
    def marked(self) -> bool:
        """Whether a document has to say what texts and arrays hold."""
        return self.bytes or self.integers or self.sets

    @property
    def words(self) -> frozenset[Word]:
        """What is chosen, but for what stays as it is in JSON."""
        of_dates: dict[Word, bool] = {
            "date": self.dates == "date",
            "temporal": self.dates == "temporal",
            "day": self.days,
        }
        others: dict[Word, bool] = {
            "Uint8Array": self.bytes,
            "bigint": self.integers,
            "URL": self.urls,
            "Set": self.sets,
            "decimal": self.decimals is not None,
        }
        return frozenset(word for word, chosen in (of_dates | others).items() if chosen)

    def said(self, word: Word) -> Choices:
        """What is chosen for a type that says it itself."""
        return replace(
            self,
            dates=word if word in ("date", "temporal") else "string",
            days=word == "day",
            bytes=word == "Uint8Array",
            integers=word == "bigint",
            sets=word == "Set",
            urls=word == "URL",
            decimals=self.decimals if word == "decimal" else None,
        )

    def __bool__(self) -> bool:
        return bool(self.words)


JSON: Final = Choices()
"""Everything stays as it is in JSON."""


@dataclass(frozen=True, slots=True)
class ByDirection:
    """What is chosen for what the backend emits, and for what it accepts."""

    emits: Choices = JSON
    accepts: Choices = JSON

    @property
    def marked(self) -> bool:
        return self.emits.marked or self.accepts.marked

    @property
    def unsaid(self) -> Choices:
        """What holds for types of which a document says nothing: what is emitted. There is one adapter."""
        if self.emits.decimals or not self.accepts.decimals:
            return self.emits
        return replace(self.emits, decimals=self.accepts.decimals)


AS_JSON: Final = ByDirection()


@dataclass(frozen=True, slots=True)
class Form:
    """
    ``type`` is the TypeScript type, which ``module`` exports; without one it is global. ``codec`` is what decodes texts to it and
    encodes it, a name of the runtime library; ``of_class``: a function that makes it of the class, ``of_module``: one that makes
    the arguments of ``z.codec`` of the schema of the texts and the module. ``zod`` is zod's own schema of
    such values; where it has none, they are those for which ``predicate`` holds. ``maker`` makes one of a text without the codec.
    """

    type: str
    codec: str
    zod: str | None = None
    predicate: Predicate | None = None
    maker: str | None = None
    module: str | None = None
    of_class: bool = False
    of_module: bool = False

    @property
    def root(self) -> str:
        """What is imported of the module, or stands for the global: ``Temporal`` of ``Temporal.Instant``."""
        return self.type.partition(".")[0]


def temporal(name: str, codec: str, choices: Choices) -> Form:
    """A class of ``Temporal``."""
    type_ = f"Temporal.{name}"
    is_one = Predicate(f"isTemporal{name}", f"Invalid input: expected {type_}")
    return Form(
        type_,
        codec,
        predicate=is_one,
        maker=f"{type_}.from",
        module=choices.temporal,
        of_class=True,
    )


ADAPTER: Final = "decimals"
"""What the module of decimals is called where it is imported as a whole."""
SET: Final = Form("Set", "setOf")
