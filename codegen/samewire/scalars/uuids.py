"""UUIDs: any 8-4-4-4-12 hex string, or an RFC 9562 UUID of one version."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Self

from samewire.scalars import spelling
from samewire.scalars.base import Draw, Format, Near
from samewire.scalars.checks import Builtin, Matches, Predicate
from samewire.scalars.keywords import Keyword, Keywords
from samewire.scalars.spelling import SPELLING, Spelling
from samewire.scalars.view import Config, CoreSchema, JsonSchema, View

_HEX: Final = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_SYNTAXES: Final = {
    Spelling.WRITTEN: re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
    Spelling.READ: re.compile(rf"(?:urn:uuid:)?{_HEX}|\{{{_HEX}\}}|[0-9a-fA-F]{{32}}"),
    Spelling.STANDARD: re.compile(_HEX),
}
_EXAMPLES: Final = (
    "00000000-0000-0000-0000-000000000000",
    "ffffffff-ffff-ffff-ffff-ffffffffffff",
    "12345678-1234-5678-1234-567812345678",
    "018f4a3e-7c1b-7d3e-9a2b-1c2d3e4f5a6b",
)
_VERSIONED: Final = (
    "12345678-1234-{}678-9234-567812345678",
    "ffffffff-ffff-{}fff-bfff-ffffffffffff",
    "00000000-0000-{}000-8000-000000000000",
)
_INVALID: Final = (
    ("12345678-1234-4678-9234-56781234567", "a digit short"),
    ("12345678-1234-4678-9234-56781234567g", "a digit that is none"),
    ("12345678-1234-4678-9234-5678123456789", "a digit too many"),
)
_VERSIONS: Final = range(1, 9)


def _version(value: Any) -> int | None:
    known = isinstance(value, int) and not isinstance(value, bool) and value in _VERSIONS
    return value if known else None


VERSION: Final = Keyword("x-samewire-uuid-version", "a version of RFC 9562, 1 to 8", _version)


@dataclass(frozen=True, slots=True)
class Uuid(Format):
    version: int | None = None
    spelling: Spelling = Spelling.WRITTEN

    annotations = ("UUID",)
    kinds = ("uuid",)
    keywords = (VERSION, SPELLING)

    # --- The document -------------------------------------------------------------------------------------------------

    @classmethod
    def of_core(cls, core: CoreSchema, config: Config) -> Self:  # noqa: ARG003 - it has no part in it
        return cls(core.get("version"))

    @classmethod
    def export(cls, core: CoreSchema, view: View) -> JsonSchema:
        return cls(core.get("version"), spelling.spelling_of(view)).document()

    @classmethod
    def named(cls) -> Mapping[str, Self]:
        return {"uuid": cls(), **{f"uuid{version}": cls(version) for version in _VERSIONS}}

    @classmethod
    def variants(cls) -> tuple[Self, ...]:
        return tuple(cls(version, each) for each in Spelling for version in (None, *_VERSIONS))

    def limited(self, keywords: Keywords) -> Self:
        return type(self)(
            self.version or keywords.one(VERSION), keywords.one(SPELLING) or Spelling.WRITTEN
        )

    def document(self) -> JsonSchema:
        version = {} if self.version is None else {VERSION.name: self.version}
        return {"type": "string", "format": "uuid", **spelling.document(self.spelling), **version}

    def standard(self) -> JsonSchema:
        version = "" if self.version is None else str(self.version)
        if self.spelling is not Spelling.READ:
            return {"format": "uuid", **({"pattern": f"^.{{14}}{version}"} if version else {})}
        digits = f"{version}[0-9a-fA-F]{{{4 - len(version)}}}"
        whole = f"[0-9a-fA-F]{{8}}-[0-9a-fA-F]{{4}}-{digits}-[0-9a-fA-F]{{4}}-[0-9a-fA-F]{{12}}"
        bare = f"[0-9a-fA-F]{{12}}{digits}[0-9a-fA-F]{{16}}"
        return {"pattern": rf"^(?:(?:urn:uuid:)?{whole}|\{{{whole}\}}|{bare})$"}

    @classmethod
    def adjusted(cls, document: JsonSchema, *, emits: bool) -> JsonSchema:  # noqa: ARG003 - the same both ways
        return {**document, "format": "uuid"}  # the version has a key of its own

    # --- TypeScript ---------------------------------------------------------------------------------------------------

    def label(self) -> str:
        name = "uuid" if self.version is None else f"uuidV{self.version}"
        return spelling.label(name, self.spelling)

    def predicate(self) -> Predicate:
        versions = () if self.version is None else (self.version,)
        return Predicate(spelling.predicate("Uuid", self.spelling), "Invalid UUID", versions)

    def zod(self) -> Builtin | None:
        if self.spelling is not Spelling.STANDARD:
            return None
        if self.version is None:
            return Builtin("guid")
        if self.version in (4, 6, 7):
            return Builtin(f"uuidv{self.version}")
        return Builtin("uuid", Matches(f"^.{{14}}{self.version}"))

    # --- Values -------------------------------------------------------------------------------------------------------

    def fits(self, text: str) -> bool:
        if not _SYNTAXES[self.spelling].fullmatch(text):
            return False
        return self.version is None or uuid.UUID(text).version == self.version

    def edges(self) -> Iterator[str]:
        if self.version is None:
            yield from _EXAMPLES
        else:
            yield from (each.format(self.version) for each in _VERSIONED)
        if self.spelling is Spelling.READ:
            text = _VERSIONED[0].format(self.version or 4)
            yield from (text.upper(), text.replace("-", ""), f"urn:uuid:{text}", f"{{{text}}}")

    def invalid(self) -> Iterable[Near]:
        return _INVALID

    def near(self, text: str) -> Iterator[Near]:
        if self.version is not None and _SYNTAXES[Spelling.STANDARD].fullmatch(text):
            other = 1 if self.version != 1 else 4
            yield f"{text[:14]}{other}{text[15:]}", f"version {other}"
        if self.spelling is Spelling.WRITTEN:
            yield text.upper(), "upper case"
            yield text.replace("-", ""), "no hyphens"

    def draw(self, draw: Draw) -> str:
        number = draw.integer(0, 2**128 - 1)
        if self.version is not None:
            number = number & ~(0xF << 76) & ~(0x3 << 62) | self.version << 76 | 0x2 << 62
        return str(uuid.UUID(int=number))

    def value(self, text: str) -> uuid.UUID:
        return uuid.UUID(text)
