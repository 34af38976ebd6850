"""E-mail addresses, alone and with a name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Self

from samewire.scalars.base import Draw, Format, Near
from samewire.scalars.checks import Predicate
from samewire.scalars.view import CoreSchema, JsonSchema, View

_SHAPE: Final = re.compile(r"[^\s@<>\"(),:;\[\]\\]+@[^\s@<>]+\.[^\s@<>.]+")
_NAMED: Final = re.compile(r"[^<>]+ <(.*)>")
_INVALID: Final = (
    ("a.example.com", "no @"),
    ("a@", "no domain"),
    ("@example.com", "no name"),
    ("a@b@example.com", "two @"),
    ("a b@example.com", "a space"),
    ("a@example..com", "two dots"),
    (".a@example.com", "a dot first"),
)


@dataclass(frozen=True, slots=True)
class Email(Format):
    """As ``EmailStr`` has it: letters of all scripts, a dot in the domain, no quotes and no comments."""

    annotations = ("EmailStr",)

    @classmethod
    def validators(cls) -> Mapping[str, Self]:
        return {"pydantic.networks:EmailStr._validate": cls()}

    @classmethod
    def export(cls, core: CoreSchema, view: View) -> None:
        """As Pydantic's generator describes it."""

    @classmethod
    def has_length_of_text(cls, *, emits: bool) -> bool:  # noqa: ARG003 - a string both ways
        return True

    @classmethod
    def named(cls) -> Mapping[str, Self]:
        return {"email": cls()}

    def document(self) -> JsonSchema:
        return {"type": "string", "format": "email"}

    def label(self) -> str:
        return "email"

    def predicate(self) -> Predicate:
        return Predicate("isEmail", "Invalid email address")

    def fits(self, text: str) -> bool:
        """Only the shape is looked at."""
        return _SHAPE.fullmatch(text) is not None

    def edges(self) -> Iterator[str]:
        yield "a@example.com"
        yield "jörg@example.com"
        yield "user@münchen.de"
        yield "a!#$%&'*/=?^_`{|}~@example.com"
        yield "first.last+tag@sub.example.co.uk"
        yield "a@b.co"
        yield f"{'x' * 64}@example.com"

    def invalid(self) -> Iterable[Near]:
        return (*_INVALID, ("Bob <bob@example.com>", "a name as well"))

    def draw(self, draw: Draw) -> str:
        name = "abcxyz019"
        return f"{draw.text(name, 1, 8)}@{draw.text(name, 1, 8)}.org"


@dataclass(frozen=True, slots=True)
class NameEmail(Format):
    """A name and an address in angle brackets, as ``NameEmail`` is written, or an address alone."""

    annotations = ("NameEmail",)

    @classmethod
    def validators(cls) -> Mapping[str, Self]:
        return {"pydantic.networks:NameEmail._validate": cls()}

    @classmethod
    def export(cls, core: CoreSchema, view: View) -> None:
        """As Pydantic's generator describes it."""

    @classmethod
    def named(cls) -> Mapping[str, Self]:
        return {"name-email": cls()}

    def document(self) -> JsonSchema:
        return {"type": "string", "format": "name-email"}

    @classmethod
    def adjusted(cls, document: JsonSchema, *, emits: bool) -> JsonSchema:
        """It is written with the address in brackets."""
        return {**document, "pattern": ">$"} if emits else document

    def label(self) -> str:
        return "nameEmail"

    def predicate(self) -> Predicate:
        return Predicate("isNameEmail", "Invalid name and email address")

    def fits(self, text: str) -> bool:
        """Only the shape is looked at."""
        named = _NAMED.fullmatch(text)
        return _SHAPE.fullmatch(named[1] if named else text) is not None

    def edges(self) -> Iterator[str]:
        yield "Bob <bob@example.com>"
        yield "Ann B. <ann.b@example.com>"

    def invalid(self) -> Iterable[Near]:
        return (*_INVALID, ("Bob <bob>", "no address"), ("Bob <bob@example.com", "no >"))
