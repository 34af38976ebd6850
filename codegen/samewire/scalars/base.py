"""
What every scalar has to say.

A :class:`Scalar` is a kind of single value as Pydantic has it. Most are a :class:`Format`: a string that is the text of something.
Instances of a format stand in the intermediate representation (``ir.String.format``), with what limits them. A subclass is a
module of this package and a line of the registry in ``__init__``. The abstract methods are its parts; mypy reports one that is
missing, and ``tests/unit/test_scalars.py`` the rest.

Modules of this package import only ``patterns`` and ``coreschema`` of Samewire, and nothing heavy: ``ir`` imports them.
"""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, Protocol, Self, TypeAlias, TypeVar

from samewire.scalars.bounds import Bounds
from samewire.scalars.checks import Builtin, Limit, Predicate
from samewire.scalars.decoded import Choices, Form
from samewire.scalars.keywords import Keyword, Keywords
from samewire.scalars.view import Config, CoreSchema, JsonSchema, View

T = TypeVar("T")
Near: TypeAlias = "tuple[str, str]"
"""A text, and what is wrong with it."""


Place: TypeAlias = "tuple[str, Any]"
"""A kind of value, and its place among those of its kind; two kinds have no order."""


class UnrepresentableError(Exception):
    """A core schema has no exact document; the parts of the diagnostic."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint


class Scalar(ABC):
    """
    ``annotations`` are the Python types, as a model's author writes them; ``kinds`` the core schemas.
    """

    __slots__ = ()

    annotations: ClassVar[tuple[str, ...]]
    kinds: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def validators(cls) -> Mapping[str, Self]:
        """The scalars of types that are a function in a core schema, by that function: ``module:qualname``."""
        return {}

    def inputs(self) -> tuple[Any, ...]:
        """Python values that a validator takes."""
        return ()

    @classmethod
    @abstractmethod
    def export(cls, core: CoreSchema, view: View) -> JsonSchema | None:
        """
        The document of a core schema; ``None`` where Pydantic's own generator is right.

        Raises:
            UnrepresentableError: it has none that is exact.

        """

    @classmethod
    def remarks(cls, core: CoreSchema, view: View) -> tuple[str, ...]:  # noqa: ARG003 - patterns have some
        """What the user should know of it, though the document is exact."""
        return ()


class Draw(Protocol):
    """Random choices. The least is the plainest, which is where shrinking goes."""

    def integer(self, low: int, high: int, /) -> int: ...
    def choice(self, options: Sequence[T], /) -> T: ...
    def text(self, alphabet: str, low: int, high: int, /) -> str: ...
    def binary(self, most: int, /) -> bytes: ...
    def date(self, low: dt.date, high: dt.date, /) -> dt.date: ...
    def time(self, low: dt.time, high: dt.time, /) -> dt.time: ...
    def date_time(self, low: dt.datetime, high: dt.datetime, /) -> dt.datetime: ...
    def timedelta(self, low: dt.timedelta, high: dt.timedelta, /) -> dt.timedelta: ...


class Format(Scalar):
    """
    What a string is the text of. Subclasses are frozen dataclasses; an instance is one format with its limits.

    ``keywords`` are the document keywords beside ``format`` and bounds.
    """

    __slots__ = ()

    keywords: ClassVar[tuple[Keyword[Any], ...]] = ()

    # --- The document -------------------------------------------------------------------------------------------------

    @classmethod
    def of_core(cls, core: CoreSchema, config: Config) -> Self:  # noqa: ARG003 - most formats have no limits
        """The format with the limits of a core schema, which ``config`` is around."""
        return cls()

    @classmethod
    def export(cls, core: CoreSchema, view: View) -> JsonSchema | None:
        return cls.of_core(core, view.config).document()

    @classmethod
    @abstractmethod
    def named(cls) -> Mapping[str, Self]:
        """The formats without limits, by their names in a document."""

    @classmethod
    def variants(cls) -> tuple[Self, ...]:
        """The formats that have a label of their own."""
        return tuple(cls.named().values())

    def limited(self, keywords: Keywords) -> Self:  # noqa: ARG002 - most formats have no limits
        """This format with the limits that a document sets."""
        return self

    @abstractmethod
    def document(self) -> JsonSchema:
        """The schema that :meth:`named` and :meth:`limited` read back."""

    @classmethod
    def adjusted(cls, document: JsonSchema, *, emits: bool) -> JsonSchema:  # noqa: ARG003 - most are as Pydantic has them
        """A schema with one of these formats that Pydantic's own generator made, with what that does not say."""
        return document

    def standard(self) -> JsonSchema:
        """
        What JSON Schema says of the texts by itself, beside ``type``: a pattern of JavaScript that needs no flags, and the format
        of a standard where each text is one by it. It may take more texts than there are, and never fewer.
        """
        return {}

    @classmethod
    def has_length_of_text(cls, *, emits: bool) -> bool:  # noqa: ARG003 - most have none, or another one
        """Whether the length of the Python value is that of the text, so that a limit on it can be written."""
        return False

    @classmethod
    def length_keywords(cls, *, emits: bool) -> tuple[str, str] | None:  # noqa: ARG003 - most have none
        """The document keywords for a limit on the length of the Python value, below and above, where the text has another."""
        return None

    # --- TypeScript ---------------------------------------------------------------------------------------------------

    @abstractmethod
    def label(self) -> str:
        """The name of a schema of this format without limits, in generated code."""

    @abstractmethod
    def predicate(self) -> Predicate:
        """The function of the runtime library that says whether a text is of the format, whatever its limits."""

    def limits(self) -> tuple[Limit, ...]:
        """What is checked besides, but for bounds."""
        return ()

    def zod(self) -> Builtin | None:
        """Zod's own schema, where it has one with the same verdicts."""
        return None

    def decoded(self, choices: Choices) -> Form | None:  # noqa: ARG002 - most are texts in TypeScript too
        """
        What a text becomes in TypeScript; ``None`` if it stays one.

        Raises:
            UnrepresentableError: not every text is such a value.

        """
        return None

    # --- Values -------------------------------------------------------------------------------------------------------

    @abstractmethod
    def fits(self, text: str) -> bool:
        """Whether a text is one of the format, as the wire may have it."""

    @abstractmethod
    def edges(self) -> Iterator[str]:
        """
        Texts of the format in its spelling, at the edges of what is valid; the plainest first.

        Those outside of bounds and other limits of an instance are left out by the caller.
        """

    @abstractmethod
    def invalid(self) -> Iterable[Near]:
        """Texts that look like it and are none."""

    def near(self, text: str) -> Iterator[Near]:  # noqa: ARG002 - most formats have no limits
        """Texts one step from a valid one, most of them invalid."""
        return iter(())

    def draw(self, draw: Draw) -> str:
        """A random text, which need not fit."""
        return draw.choice(tuple(self.edges()))

    def inputs(self) -> tuple[Any, ...]:
        return tuple(self.edges())

    def value(self, text: str) -> object:
        """The Python value of a text, as an instance has it."""
        return text


class Ordered(Format):
    """A format whose texts have an order, and bounds."""

    __slots__ = ()

    bounds: Bounds

    @abstractmethod
    def comparison(self) -> str:
        """The function of the runtime library that orders two texts."""

    @classmethod
    @abstractmethod
    def place(cls, text: str) -> Place | None:
        """Where a bound stands in the order; ``None`` if the text is no bound."""

    @classmethod
    @abstractmethod
    def bound(cls, value: object) -> str | None:
        """The text of a limit that Pydantic checks in a function; ``None`` if it can't be compared with these values."""
