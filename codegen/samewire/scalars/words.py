"""Formats and their limits in a few words, for messages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from samewire.scalars.base import Format
from samewire.scalars.bounds import KEYWORDS

_NAMES: Final = {
    "date-time": "a date and time",
    "date": "a date",
    "time": "a time of day",
    "duration": "a duration",
    "decimal": "a decimal number in text",
    "byte-size": "a number of bytes in text",
    "uuid": "a UUID",
    "ulid": "a ULID",
    "email": "an email address",
    "name-email": "an email address with a name",
    "uri": "a URL",
    "multi-host-uri": "a URL that may have several hosts",
    "ipvanyaddress": "an IP address",
    "ipvanynetwork": "an IP network",
    "ipvanyinterface": "an IP interface",
    "ipv4": "an IPv4 address",
    "ipv6": "an IPv6 address",
    "ipv4network": "an IPv4 network",
    "ipv6network": "an IPv6 network",
    "ipv4interface": "an IPv4 interface",
    "ipv6interface": "an IPv6 interface",
    "mac-address": "a MAC address",
    "semantic-version": "a semantic version",
    "json-string": "JSON in text",
    "base64": "a text in base64",
    "base64url": "a text in base64 for URLs",
    "lower-case": "a text in lower case",
    "upper-case": "a text in upper case",
}
BOUNDS: Final = {"ge": "at least", "gt": "more than", "le": "at most", "lt": "less than"}
_LIMITS: Final = {
    "x-samewire-multiple-of-bytes": "a multiple of {}",
    "x-samewire-multiple-of-duration": "a multiple of {}",
    "x-samewire-multiple-of": "a multiple of {}",
    "x-samewire-max-digits": "at most {} digits",
    "x-samewire-decimal-places": "at most {} decimal places",
    "x-samewire-max-length-before": "at most {} characters before the case changes",
    "x-samewire-min-address-length": "an address of at least {} characters",
    "x-samewire-max-address-length": "an address of at most {} characters",
    "x-samewire-min-decoded-length": "at least {} bytes when decoded",
    "x-samewire-max-decoded-length": "at most {} bytes when decoded",
    "x-samewire-uuid-version": "version {}",
}
_CHOICES: Final = {
    ("x-samewire-timezone", "aware"): "with a time zone",
    ("x-samewire-timezone", "naive"): "without a time zone",
    ("x-samewire-allow-special", True): "or NaN or infinity",
    ("x-samewire-decodes-to-text", True): "of UTF-8",
    ("x-samewire-base64-reader", "python"): "as Python reads it",
    ("x-samewire-base64-reader", "pydantic-core"): "in either alphabet",
    ("x-samewire-spelling", "standard"): "as the standard has it",
}


def in_words(format_: Format) -> str:
    """What a text of the format is: "a date, at least 2020-01-01"."""
    document = format_.document()
    name = str(document.get("format", ""))
    named = _NAMES.get(name, f'a text of the format "{name}"' if name else "a text")
    said = [_CHOICES[key, value] for key, value in _scalars(document) if (key, value) in _CHOICES]
    return ", ".join([" ".join([named, *said]), *_limits(document)])


def _scalars(document: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    return ((key, value) for key, value in document.items() if not isinstance(value, list | dict))


def _limits(document: Mapping[str, Any]) -> Iterator[str]:
    for key, value in document.items():
        if key in _LIMITS:
            yield _LIMITS[key].format(value)
        elif key == "x-samewire-url-schemes":
            yield f"with the scheme {' or '.join(value)}"
    for name, words in BOUNDS.items():
        if (bound := document.get(KEYWORDS[name])) is not None:
            yield f"{words} {bound}"
