"""The Python type that reads and writes a text format."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Final

from samewire.scalars import mac_addresses, ulids, versions
from samewire.scalars.base import Format
from samewire.scalars.bounds import Bounds
from samewire.scalars.byte_sizes import ByteSize
from samewire.scalars.casing import Cased
from samewire.scalars.date_times import DateTime
from samewire.scalars.dates import Date
from samewire.scalars.decimals import Decimal
from samewire.scalars.durations import Duration
from samewire.scalars.emails import Email, NameEmail
from samewire.scalars.encoded import Base64, Reader
from samewire.scalars.ips import Ip
from samewire.scalars.json_texts import JsonText
from samewire.scalars.spelling import Spelling
from samewire.scalars.temporal import Temporal, Zone
from samewire.scalars.times import Time
from samewire.scalars.urls import Url
from samewire.scalars.uuids import Uuid
from samewire.targets.python.syntax import annotated, call, pattern, text


class UnsupportedError(Exception):
    """A type has no exact form in Python, with the parts of the diagnostic."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


_ZONED: Final = {Zone.ANY: "datetime", Zone.AWARE: "AwareDatetime", Zone.NAIVE: "NaiveDatetime"}


def type_of(format_: Format) -> str:
    """
    Returns the type, as an expression.

    Raises:
        UnsupportedError: none reads and writes the same texts.

    """
    if getattr(format_, "spelling", None) is Spelling.STANDARD:
        raise UnsupportedError(
            f"Pydantic reads other texts than the standard of the format {format_.document()['format']!r}",
            'leave out formats = "assert"',
        )
    for kind, make in _TYPES.items():
        if isinstance(format_, kind):
            return make(format_)
    raise UnsupportedError(
        f"there is no Python type for the format {format_.document()['format']!r}",
        "declare the field as a str",
    )


def is_text(format_: Format) -> bool:
    """Whether the Python value is the text itself."""
    return isinstance(format_, _TEXTS)


def _read(format_: Format, inner: str, *metadata: str, strict: str | None = None) -> str:
    """
    ``inner`` as it is written, in the one spelling that Pydantic has for a value, or as it is read: ``strict`` then, which is
    ``inner`` that takes no numbers.
    """
    if getattr(format_, "spelling", Spelling.WRITTEN) is Spelling.WRITTEN:
        return annotated(inner, *metadata, "AsWritten")
    return annotated(strict or inner, *metadata)


def _field(bounds: Bounds, value: Callable[[str], str], **more: str | None) -> tuple[str, ...]:
    limits = {key: getattr(bounds, key) for key in ("gt", "ge", "lt", "le")}
    given = {key: value(limit) for key, limit in limits.items() if limit is not None}
    given |= {key: each for key, each in more.items() if each is not None}
    return (call("Field", **given),) if given else ()


def _temporal(name: str, strict: str) -> Callable[[Any], str]:
    def make(format_: Temporal[Any]) -> str:
        bounds: Bounds = getattr(format_, "bounds", Bounds())
        limits = _field(bounds, lambda each: _moment(format_.limit(each)))
        return _read(format_, name, *limits, strict=strict)

    return make


def _date_time(format_: DateTime) -> str:
    name = _ZONED[format_.zone]
    strict = "DateTimeInput" if format_.zone is Zone.ANY else annotated(name, "Strict()")
    return _temporal(name, strict)(format_)


def _time(format_: Time) -> str:
    zone = () if format_.zone is Zone.ANY else (f"Zone(aware={format_.zone is Zone.AWARE})",)
    limits = _field(format_.bounds, lambda each: _moment(format_.limit(each)))
    return _read(format_, "time", *limits, *zone, strict="TimeInput")


def _duration(format_: Duration) -> str:
    if format_.multiple_of is not None:
        raise UnsupportedError("Pydantic cannot check multiples of a duration", "drop multiple_of")
    return _temporal("timedelta", "DurationInput")(format_)


def _moment(value: dt.datetime | dt.date | dt.time | dt.timedelta) -> str:
    match value:
        case dt.timedelta(days=days, seconds=seconds, microseconds=micros):
            given = {"days": days, "seconds": seconds, "microseconds": micros}
            return call("timedelta", **{key: str(each) for key, each in given.items() if each})
        case dt.datetime():
            return call("datetime.fromisoformat", (text(value.isoformat()),))
        case dt.date():
            return call("date.fromisoformat", (text(value.isoformat()),))
        case _:
            return call("time.fromisoformat", (text(value.isoformat()),))


def _decimal(format_: Decimal) -> str:
    def number(value: str) -> str:
        return call("Decimal", (text(value),))

    limits = _field(
        format_.bounds,
        number,
        max_digits=None if format_.max_digits is None else str(format_.max_digits),
        decimal_places=None if format_.decimal_places is None else str(format_.decimal_places),
        multiple_of=None if format_.multiple_of is None else number(format_.multiple_of),
        allow_inf_nan="True" if format_.allow_special else None,
    )
    return _read(format_, "Decimal", *limits, strict="DecimalInput")


def _uuid(format_: Uuid) -> str:
    version = () if format_.version is None else (f"UuidVersion({format_.version})",)
    return _read(format_, "UUID", *version, strict="Annotated[UUID, Strict()]")


def _url(format_: Url) -> str:
    many = "True" if format_.multi_host else None
    return annotated("StrictStr", call("UrlText", map(text, format_.schemes), multi_host=many))


def _email(format_: Email) -> str:
    low, high = format_.min_length, format_.max_length
    if low is None and high is None:
        return _read(format_, "EmailStr")
    given = {"min_length": low, "max_length": high}
    limits = {key: str(each) for key, each in given.items() if each is not None}
    if format_.spelling is Spelling.READ:
        raise UnsupportedError(
            "the length limits of an e-mail address apply to the parsed address",
            "drop the limits on its length",
        )
    return _read(format_, "EmailStr", call("Field", **limits))


def _ip(format_: Ip) -> str:
    kind = {None: "Address", "network": "Network", "interface": "Interface"}[format_.mask]
    version = f"v{format_.versions[0]}" if len(format_.versions) == 1 else "vAny"
    name = f"IP{version}{kind}"
    return _read(format_, name, strict=name if version == "vAny" else annotated(name, "Strict()"))


def _base64(format_: Base64) -> str:
    flags = {
        "url": format_.for_urls,
        "lenient": format_.reader is Reader.PYTHON,
        "either": format_.reader is Reader.PYDANTIC_CORE,
        "text": format_.of_text,
    }
    given = {key: "True" for key, flag in flags.items() if flag}
    low, high = format_.min_length, format_.max_length
    sizes = {"low": low or None, "high": high}
    given |= {key: str(each) for key, each in sizes.items() if each is not None}
    return annotated("StrictStr", call("Encoded", **given))


def _cased(format_: Cased) -> str:
    if format_.max_length is not None:
        raise UnsupportedError(
            "its length is counted before its case is changed", "drop max_length, or to_lower"
        )
    return "UpperCase" if format_.upper else "LowerCase"


def _byte_size(format_: ByteSize) -> str:
    if format_ != ByteSize():
        raise UnsupportedError("a text like '1kB' is compared with a limit", "drop the limits")
    return "ByteSizeText"


def _syntax(source: str) -> str:
    return annotated("StrictStr", call("Field", pattern=f"re.compile({pattern(source)}, re.ASCII)"))


_TYPES: Final[Mapping[type[Format], Callable[[Any], str]]] = {
    DateTime: _date_time,
    Date: _temporal("date", "DateInput"),
    Time: _time,
    Duration: _duration,
    Decimal: _decimal,
    Uuid: _uuid,
    Url: _url,
    Email: _email,
    NameEmail: lambda format_: _read(format_, "NameEmail"),
    Ip: _ip,
    Base64: _base64,
    Cased: _cased,
    ByteSize: _byte_size,
    JsonText: lambda _: "JsonText",
    ulids.Ulid: lambda _: _syntax(rf"\A(?:{ulids.SYNTAX.pattern})\Z"),
    versions.SemanticVersion: lambda _: _syntax(rf"\A(?:{versions.SYNTAX.pattern})\Z"),
    mac_addresses.MacAddress: lambda _: _syntax(rf"\A(?:{mac_addresses.SYNTAX.pattern})\Z"),
}

_TEXTS: Final = (
    Url,
    Base64,
    Cased,
    ByteSize,
    JsonText,
    ulids.Ulid,
    versions.SemanticVersion,
    mac_addresses.MacAddress,
)
