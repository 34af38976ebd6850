"""E-mail addresses, alone and with a name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Self

from samewire.scalars import spelling
from samewire.scalars.base import Draw, Format, Near
from samewire.scalars.checks import Limit, Predicate
from samewire.scalars.keywords import Keywords, count
from samewire.scalars.spelling import SPELLING, Spelling
from samewire.scalars.view import CoreSchema, JsonSchema, View

_SHAPE: Final = re.compile(r"[^\s@<>\"(),:;\[\]\\]+@[^\s@<>]+\.[^\s@<>.]+")
_ADDRESS_PATTERN: Final = r"[^\s@<>\x22(),:;[\]\\]+@[^\s@<>]+\.[^\s@<>.]+"
_NAMED: Final = re.compile(r"[^<>]+ <(.*)>")
# Domains that are not for e-mail, as email-validator has them.
_SPECIAL: Final = ("arpa", "invalid", "local", "localhost", "onion", "test")
MIN_LENGTH: Final = count("x-samewire-min-address-length")
MAX_LENGTH: Final = count("x-samewire-max-address-length")
_INVALID: Final = (
    ("a.example.com", "no @"),
    ("a@", "no domain"),
    ("@example.com", "no name"),
    ("a@b@example.com", "two @"),
    ("a b@example.com", "a space"),
    ("a@example..com", "two dots"),
    (".a@example.com", "a dot first"),
)


def _address_in(text: str) -> str:
    """The address alone or behind a name, as Pydantic reads it: spaces around are no part of it, in one line."""
    whole = text if re.search("[\n\r]", text) else text.strip()
    named = _NAMED.fullmatch(whole)
    return named[1].strip() if named else whole


def has_special_domain(address: str) -> bool:
    """Whether the domain of an address is for no mail, as one for tests is."""
    domain = address.rpartition("@")[2].removesuffix(">").lower()
    return domain.rpartition(".")[2] in _SPECIAL


@dataclass(frozen=True, slots=True)
class Email(Format):
    """
    As ``EmailStr`` has it: letters of all scripts, a dot in the domain, no quotes and no comments.

    Read is also an address in angle brackets behind a name. Lengths are those of the address, where it is read.
    """

    spelling: Spelling = Spelling.WRITTEN
    min_length: int | None = None
    max_length: int | None = None

    annotations = ("EmailStr",)
    keywords = (SPELLING, MIN_LENGTH, MAX_LENGTH)

    @classmethod
    def validators(cls) -> Mapping[str, Self]:
        return {"pydantic.networks:EmailStr._validate": cls()}

    @classmethod
    def export(cls, core: CoreSchema, view: View) -> JsonSchema:  # noqa: ARG003 - its limits are around it
        return cls(spelling.spelling_of(view)).document()

    @classmethod
    def has_length_of_text(cls, *, emits: bool) -> bool:
        return emits

    @classmethod
    def length_keywords(cls, *, emits: bool) -> tuple[str, str] | None:
        return None if emits else (MIN_LENGTH.name, MAX_LENGTH.name)

    @classmethod
    def named(cls) -> Mapping[str, Self]:
        return {"email": cls()}

    @classmethod
    def variants(cls) -> tuple[Self, ...]:
        return tuple(map(cls, Spelling))

    def limited(self, keywords: Keywords) -> Self:
        spelled = keywords.one(SPELLING) or Spelling.WRITTEN
        return type(self)(spelled, keywords.one(MIN_LENGTH), keywords.one(MAX_LENGTH))

    def document(self) -> JsonSchema:
        limits = {MIN_LENGTH.name: self.min_length or None, MAX_LENGTH.name: self.max_length}
        given = {key: value for key, value in limits.items() if value is not None}
        return {"type": "string", "format": "email", **spelling.document(self.spelling), **given}

    def standard(self) -> JsonSchema:
        match self.spelling:
            case Spelling.WRITTEN:  # with letters of all scripts: RFC 6531
                return {"format": "idn-email", "pattern": f"^{_ADDRESS_PATTERN}$"}
            case Spelling.READ:
                named = f"[^<>]+ <{_ADDRESS_PATTERN}>"
                return {"pattern": rf"^\s*(?:{_ADDRESS_PATTERN}|{named})\s*$"}
            case Spelling.STANDARD:
                return {"format": "email"}

    def label(self) -> str:
        return spelling.label("email", self.spelling)

    def predicate(self) -> Predicate:
        name = spelling.predicate("Email", self.spelling)
        return Predicate(name, "Invalid email address")

    def limits(self) -> tuple[Limit, ...]:
        low, high = self.min_length or 0, self.max_length
        if not low and high is None:
            return ()
        message = f"Invalid email address: expected {low} to {'any number of' if high is None else high} characters"
        most = float("inf") if high is None else high
        return (Predicate("hasAddressLength", message, (low, most)),)

    def fits(self, text: str) -> bool:
        """Only the shape is looked at."""
        address = _address_in(text) if self.spelling is Spelling.READ else text
        domain = address.rpartition("@")[2]
        if self.spelling is not Spelling.STANDARD and has_special_domain(domain):
            return False
        if self.spelling is Spelling.WRITTEN and domain != domain.lower():
            return False
        most = len(address) if self.max_length is None else self.max_length
        return (
            _SHAPE.fullmatch(address) is not None and (self.min_length or 0) <= len(address) <= most
        )

    def edges(self) -> Iterator[str]:
        yield "a@example.com"
        yield "jörg@example.com"
        yield "user@münchen.de"
        yield "a!#$%&'*/=?^_`{|}~@example.com"
        yield "first.last+tag@sub.example.co.uk"
        yield "a@b.co"
        yield f"{'x' * 64}@example.com"
        if self.spelling is Spelling.READ:
            yield "Bob <bob@example.com>"
            yield "a@EXAMPLE.com"
            yield " a@example.com"
        if self.spelling is Spelling.STANDARD:
            yield "ANN@EXAMPLE.COM"

    def invalid(self) -> Iterable[Near]:
        special = (("a@b.test", "a domain for tests"), ("a@b.local", "a domain of no mail"))
        if self.spelling is Spelling.READ:
            return (*_INVALID, *special)
        named = ("Bob <bob@example.com>", "a name as well")
        return (*_INVALID, named, *(special if self.spelling is Spelling.WRITTEN else ()))

    def draw(self, draw: Draw) -> str:
        name = "abcxyz019"
        return f"{draw.text(name, 1, 8)}@{draw.text(name, 1, 8)}.org"


@dataclass(frozen=True, slots=True)
class NameEmail(Format):
    """A name and an address in angle brackets, as ``NameEmail`` is written; read is an address alone as well."""

    spelling: Spelling = Spelling.WRITTEN

    annotations = ("NameEmail",)
    keywords = (SPELLING,)

    def standard(self) -> JsonSchema:
        if self.spelling is Spelling.WRITTEN:
            return {"pattern": r"^[^]+ <[^\s@<>]+@[^\s@<>]+\.[^\s@<>.]+>$"}
        return {"pattern": r"@[^\s@<>]+\.[^\s@<>.]+>?$"}

    @classmethod
    def validators(cls) -> Mapping[str, Self]:
        return {"pydantic.networks:NameEmail._validate": cls()}

    @classmethod
    def export(cls, core: CoreSchema, view: View) -> JsonSchema:  # noqa: ARG003 - it has no limits
        return cls(spelling.spelling_of(view)).document()

    @classmethod
    def named(cls) -> Mapping[str, Self]:
        return {"name-email": cls()}

    @classmethod
    def variants(cls) -> tuple[Self, ...]:
        return tuple(map(cls, Spelling))

    def limited(self, keywords: Keywords) -> Self:
        return type(self)(keywords.one(SPELLING) or Spelling.WRITTEN)

    def document(self) -> JsonSchema:
        return {"type": "string", "format": "name-email", **spelling.document(self.spelling)}

    def label(self) -> str:
        return spelling.label("nameEmail", self.spelling)

    def predicate(self) -> Predicate:
        name = spelling.predicate("NameEmail", self.spelling)
        return Predicate(name, "Invalid name and email address")

    def fits(self, text: str) -> bool:
        """Only the shape is looked at."""
        if self.spelling is Spelling.WRITTEN and _NAMED.fullmatch(text) is None:
            return False
        return _SHAPE.fullmatch(_address_in(text)) is not None

    def edges(self) -> Iterator[str]:
        yield "Bob <bob@example.com>"
        yield "Ann B. <ann.b@example.com>"

    def invalid(self) -> Iterable[Near]:
        return (*_INVALID, ("Bob <bob>", "no address"), ("Bob <bob@example.com", "no >"))
