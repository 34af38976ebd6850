"""Base64 of RFC 4648, section 4, or with the alphabet for URLs, section 5: as it is written, and as Pydantic reads it."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final, Self

from pydantic.types import Base64UrlEncoder

from samewire.coreschema.kinds import has_own_encoder
from samewire.scalars.base import Draw, Format, Near, UnrepresentableError
from samewire.scalars.checks import Builtin, Limit, Predicate
from samewire.scalars.decoded import Choices, Form
from samewire.scalars.keywords import Keyword, Keywords, count, flag
from samewire.scalars.view import CoreSchema, JsonSchema, View

_EXAMPLES: Final = (b"", b"a", b"ab", b"abc", b">>>???~~~", b"\x00" * 16, b"\xfb\xff\xfe")
_INVALID: Final = (
    ("Y", "a character alone"),
    ("YWJjZ", "a character alone at the end"),
    ("YW*=", "another alphabet"),
)
_UNPADDED: Final = re.compile(r"([0-9A-Za-z+/]*|[0-9A-Za-z_-]*)(={0,2})", re.ASCII)


class Reader(Enum):
    """
    What else is read: by Python, which skips what is not in the alphabet, or by pydantic-core, which takes either alphabet, and no
    padding or some.
    """

    PYTHON = "python"
    PYDANTIC_CORE = "pydantic-core"


READER: Final = Keyword(
    "x-samewire-base64-reader",
    '"python" or "pydantic-core"',
    lambda value: next((reader for reader in Reader if reader.value == value), None),
)
OF_TEXT: Final = flag("x-samewire-decodes-to-text")
MIN_LENGTH: Final = count("x-samewire-min-decoded-length")
MAX_LENGTH: Final = count("x-samewire-max-decoded-length")


def bytes_as(codec: str, predicate: str = "isBytes", what: str = "Uint8Array") -> Form:
    return Form(
        "Uint8Array", codec, predicate=Predicate(predicate, f"Invalid input: expected {what}")
    )


@dataclass(frozen=True, slots=True)
class Base64(Format):
    """``of_text``: what is encoded is text in UTF-8. Lengths are those of what is encoded, in characters or bytes."""

    for_urls: bool = False
    reader: Reader | None = None
    of_text: bool = False
    min_length: int | None = None
    max_length: int | None = None

    annotations = ("Base64Bytes", "Base64Str", "Base64UrlBytes", "Base64UrlStr")
    keywords = (READER, OF_TEXT, MIN_LENGTH, MAX_LENGTH)

    @classmethod
    def validators(cls) -> Mapping[str, Self]:
        return {
            "pydantic.types:EncodedBytes.decode": cls(),
            "pydantic.types:EncodedStr.decode_str": cls(of_text=True),
        }

    # --- The document -------------------------------------------------------------------------------------------------

    @classmethod
    def export(cls, core: CoreSchema, view: View) -> JsonSchema:
        decode = core["function"]["function"]
        encoder = decode.__self__.encoder
        key = "ser_json_bytes" if view.emits else "val_json_bytes"
        of_text = decode.__name__ == "decode_str"
        if not of_text and view.config.get(key, "utf8") != "utf8":
            raise UnrepresentableError(
                "no-json-form",
                f"bytes that {key} encodes once more",
                f"leave {key} out of the configuration, or use bytes",
            )
        if has_own_encoder(core):
            return {"type": "string"}
        reader = None if view.emits else Reader.PYTHON
        return cls(encoder is Base64UrlEncoder, reader, of_text).document()

    @classmethod
    def named(cls) -> Mapping[str, Self]:
        return {"base64": cls(), "base64url": cls(for_urls=True)}

    @classmethod
    def variants(cls) -> tuple[Self, ...]:
        python = (cls(for_urls, Reader.PYTHON) for for_urls in (False, True))
        return (*cls.named().values(), *python, cls(True, Reader.PYDANTIC_CORE))

    def limited(self, keywords: Keywords) -> Self:
        return replace(
            self,
            reader=keywords.one(READER),
            of_text=keywords.one(OF_TEXT) or False,
            min_length=keywords.one(MIN_LENGTH),
            max_length=keywords.one(MAX_LENGTH),
        )

    def document(self) -> JsonSchema:
        said = {
            READER.name: self.reader and self.reader.value,
            OF_TEXT.name: self.of_text or None,
            MIN_LENGTH.name: self.min_length or None,
            MAX_LENGTH.name: self.max_length,
        }
        given = {key: value for key, value in said.items() if value is not None}
        return {"type": "string", "format": "base64url" if self.for_urls else "base64", **given}

    def standard(self) -> JsonSchema:
        last = "_-" if self.for_urls else "+/"
        match self.reader:
            case None:
                digit = f"[0-9A-Za-z{last}]"
                quads = f"^(?:{digit}{{4}})*(?:{digit}{{2}}==|{digit}{{3}}=)?$"
                name = "base64url" if self.for_urls else "base64"
                return {"contentEncoding": name, "pattern": quads}
            case Reader.PYDANTIC_CORE:
                return {"pattern": "^(?:[0-9A-Za-z+/]*|[0-9A-Za-z_-]*)={0,2}$"}
            case Reader.PYTHON:
                return {}

    @classmethod
    def length_keywords(cls, *, emits: bool) -> tuple[str, str]:  # noqa: ARG003 - the same both ways
        return MIN_LENGTH.name, MAX_LENGTH.name

    # --- TypeScript ---------------------------------------------------------------------------------------------------

    def label(self) -> str:
        match self.reader:
            case Reader.PYTHON:
                return "pythonBase64Url" if self.for_urls else "pythonBase64"
            case Reader.PYDANTIC_CORE:
                return "eitherBase64"
            case _:
                return "base64Url" if self.for_urls else "base64"

    def predicate(self) -> Predicate:
        message = "Invalid base64-encoded string"
        match self.reader:
            case Reader.PYTHON:
                return Predicate("isPythonBase64", message, (self.for_urls,))
            case Reader.PYDANTIC_CORE:
                return Predicate("isEitherBase64", message)
            case _ if self.for_urls:
                return Predicate("isBase64Url", "Invalid base64url-encoded string")
            case _:
                return Predicate("isBase64", message)

    def limits(self) -> tuple[Limit, ...]:
        low, high = self.min_length or 0, self.max_length
        if not (self.of_text or low or high is not None):
            return ()
        unit = "characters" if self.of_text else "bytes"
        expected = [f">={low}"] if low else []
        expected += [] if high is None else [f"<={high}"]
        message = f"Invalid base64: expected {' and '.join(expected)} {unit}"
        if not expected:
            message = "Invalid base64: expected text in UTF-8"
        most = float("inf") if high is None else high
        name = "encodesCharacters" if self.of_text else "encodesBytes"
        return (Predicate(name, message, (self.for_urls, low, most)),)

    def zod(self) -> Builtin | None:
        return None if self.for_urls or self.reader is not None else Builtin("base64")

    def decoded(self, choices: Choices) -> Form | None:
        if not choices.bytes or self.of_text:
            return None
        return bytes_as("base64UrlBytes" if self.for_urls else "base64Bytes")

    # --- Values -------------------------------------------------------------------------------------------------------

    def fits(self, text: str) -> bool:
        try:
            value = self._decoded(text)
            size = len(value.decode() if self.of_text else value)
        except ValueError:
            return False
        return (self.min_length or 0) <= size and (
            self.max_length is None or size <= self.max_length
        )

    def _decoded(self, text: str) -> bytes:
        if self.reader is Reader.PYTHON:
            decode = base64.urlsafe_b64decode if self.for_urls else base64.b64decode
            return decode(text.encode())
        if self.reader is Reader.PYDANTIC_CORE:
            found = _UNPADDED.fullmatch(text)
            if found is None or len(found[2]) > -len(found[1]) % 4:
                raise binascii.Error("not base64")
            text = found[1].translate(str.maketrans("+/", "-_")) + "=" * (-len(found[1]) % 4)
        value = base64.b64decode(text, altchars=self._last, validate=True)
        if base64.b64encode(value, self._last).decode() != text:
            raise binascii.Error("stray bits")
        return value

    @property
    def _last(self) -> bytes:
        """The last two characters of the alphabet."""
        return b"-_" if self.for_urls else b"+/"

    def edges(self) -> Iterator[str]:
        least, most = self.min_length or 0, self.max_length
        sizes = dict.fromkeys(size for size in (least, least + 1, most) if size is not None)
        examples = (*_EXAMPLES, *(b"x" * size for size in sizes if size))
        texts = (base64.b64encode(each, self._last).decode() for each in examples)
        yield from (text for text in texts if self.fits(text))

    def invalid(self) -> Iterable[Near]:
        if self.reader is not None:
            return _INVALID[:2]
        other = (
            ("+/8=", "the plain alphabet") if self.for_urls else ("_-8=", "the alphabet for URLs")
        )
        return (*_INVALID, ("YQ=", "padding cut short"), other)

    def near(self, text: str) -> Iterator[Near]:  # noqa: ARG002 - one step from the limits
        if self.min_length:
            yield base64.b64encode(b"x" * (self.min_length - 1), self._last).decode(), "too short"
        if self.max_length is not None:
            yield base64.b64encode(b"x" * (self.max_length + 1), self._last).decode(), "too long"

    def draw(self, draw: Draw) -> str:
        most = 12 if self.max_length is None else self.max_length
        value = draw.binary(most).ljust(self.min_length or 0, b"x")
        return base64.b64encode(value, self._last).decode()
