"""
The scalars that Samewire supports: one module per kind.

A scalar is registered in :data:`SCALARS` and nowhere else; whatever asks for one asks here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from samewire.patterns import Regex
from samewire.scalars.base import Format, Ordered, Scalar
from samewire.scalars.binary import Bytes, Secret
from samewire.scalars.bounds import Bounds
from samewire.scalars.byte_sizes import ByteSize
from samewire.scalars.casing import Cased
from samewire.scalars.date_times import DateTime
from samewire.scalars.dates import Date
from samewire.scalars.decimals import Decimal
from samewire.scalars.decoded import Choices, Form, Held
from samewire.scalars.durations import Duration
from samewire.scalars.emails import Email, NameEmail
from samewire.scalars.encoded import Base64
from samewire.scalars.floats import Float
from samewire.scalars.import_strings import ImportString
from samewire.scalars.integers import Integer
from samewire.scalars.ips import Ip
from samewire.scalars.json_texts import JsonText
from samewire.scalars.mac_addresses import MacAddress
from samewire.scalars.ratios import Complex, Fraction
from samewire.scalars.strings import String
from samewire.scalars.temporal import Zone
from samewire.scalars.times import Time
from samewire.scalars.ulids import Ulid
from samewire.scalars.urls import Url
from samewire.scalars.uuids import Uuid
from samewire.scalars.versions import SemanticVersion
from samewire.scalars.view import CoreSchema, JsonSchema

__all__ = [
    "BY_KIND",
    "FORMATS",
    "SCALARS",
    "Base64",
    "Bounds",
    "ByteSize",
    "Bytes",
    "Complex",
    "Date",
    "DateTime",
    "Decimal",
    "Duration",
    "Email",
    "Float",
    "Format",
    "Fraction",
    "Integer",
    "Ip",
    "JsonText",
    "NameEmail",
    "Ordered",
    "Scalar",
    "Secret",
    "String",
    "Time",
    "Url",
    "Uuid",
    "Zone",
    "adjusted",
    "decoded",
    "format_of",
    "keywords",
    "ordered",
    "recognized",
    "validated_by",
]

# A line is an instance, so that mypy reports what a scalar lacks.
SCALARS: Final[tuple[Scalar, ...]] = (
    Integer(),
    Float(),
    Decimal(),
    Complex(),
    Fraction(),
    ByteSize(),
    String(),
    Cased(),
    Bytes(),
    Secret(),
    DateTime(),
    Date(),
    Time(),
    Duration(),
    Uuid(),
    Url(),
    Email(),
    NameEmail(),
    Ip(),
    Base64(),
    JsonText(),
    ImportString(),
    SemanticVersion(),
    Ulid(),
    MacAddress(),
)

FORMATS: Final[Mapping[str, Format]] = {
    name: format_
    for scalar in SCALARS
    if isinstance(scalar, Format)
    for name, format_ in scalar.named().items()
}
"""The formats without limits, by their names in a document."""

BY_KIND: Final[Mapping[str, Scalar]] = {kind: scalar for scalar in SCALARS for kind in scalar.kinds}
"""Scalars by their kinds of core schema."""

_BY_VALIDATOR: Final[Mapping[str, Scalar]] = {
    name: found for scalar in SCALARS for name, found in scalar.validators().items()
}


def recognized(core: CoreSchema, *, emits: bool = False) -> Scalar | None:
    """The scalar whose validator a core schema calls; when it is emitted, unless a function writes something else."""
    if emits and not _writes_itself(core.get("serialization", {})):
        return None
    found = (validated_by(function) for function in _functions(core))
    return next((scalar for scalar in found if scalar is not None), None)


def _writes_itself(serialization: CoreSchema) -> bool:
    function = serialization.get("function")
    encodes = getattr(function, "__qualname__", "") in _ENCODERS
    return encodes or serialization.get("type", "to-string") == "to-string"


_ENCODERS: Final = ("EncodedBytes.encode", "EncodedStr.encode_str", "ImportString._serialize")


def validated_by(function: object) -> Scalar | None:
    module, name = getattr(function, "__module__", ""), getattr(function, "__qualname__", "")
    return _BY_VALIDATOR.get(f"{module}:{name}")


def _functions(core: CoreSchema) -> Iterator[object]:
    match core:
        case {"type": "json-or-python", "json_schema": inner}:
            yield from _functions(inner)
        case {"type": "chain", "steps": [*before, last]}:
            # A step that limits what is read, or what comes of it, makes another type of it.
            if all(step == {"type": "str"} for step in before):
                yield from _functions(last)
        case {"function": {"function": function}}:
            yield function
        case _:
            return


@cache
def keywords() -> tuple[str, ...]:
    """The document keywords of all formats but those of bounds, in the order of the registry."""
    return tuple(
        dict.fromkeys(
            keyword.name
            for scalar in SCALARS
            if isinstance(scalar, Format)
            for keyword in scalar.keywords
        )
    )


def format_of(document: JsonSchema) -> Format | None:
    """The format that a schema names, if it is one of these. An author may write anything there."""
    name = document.get("format")
    return FORMATS.get(name) if isinstance(name, str) else None


def ordered(document: JsonSchema) -> type[Ordered] | None:
    """The format that a schema names, if its texts have an order."""
    found = format_of(document)
    return type(found) if isinstance(found, Ordered) else None


def adjusted(document: JsonSchema, *, emits: bool) -> JsonSchema:
    """A schema that Pydantic's own generator made, with what that does not say of its format."""
    found = format_of(document)
    return document if found is None else found.adjusted(document, emits=emits)


def decoded(
    format_: Format | None, holds: Held | None, patterns: tuple[Regex, ...], choices: Choices
) -> Form | None:
    """
    What a text becomes in TypeScript; ``None`` if it stays one.

    Raises:
        UnrepresentableError: not every text is such a value.

    """
    if format_ is not None:
        return format_.decoded(choices)
    match holds:
        case "integer":
            return Integer.decoded(patterns, choices)
        case "utf8" | "hex":
            return Bytes.decoded(holds, choices)
        case _:
            return None
