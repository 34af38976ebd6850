"""
Formats: what a string is the text of, with what limits it.

A format outside the table is an annotation, as JSON Schema has it (Validation, section 7.2.1), and leaves a string a string.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from samewire import ir
from samewire.lower.bounds import bounds_of, decimal_of
from samewire.lower.numbers import DECIMAL_PLACES
from samewire.lower.scope import Scope, Site
from samewire.schema.keywords import ORDERED

_ZONE: Final = "x-samewire-timezone"
_VERSION: Final = "x-samewire-uuid-version"
_SCHEMES: Final = "x-samewire-url-schemes"
_DIGITS: Final = "x-samewire-max-digits"
_PLACES: Final = DECIMAL_PLACES
_MULTIPLE: Final = "x-samewire-multiple-of"
_SPECIAL: Final = "x-samewire-allow-special"

_KEYS: Final = {
    "date-time": (_ZONE, *ORDERED),
    "date": ORDERED,
    "time": (_ZONE, *ORDERED),
    "duration": ORDERED,
    "uuid": (_VERSION,),
    "decimal": (_DIGITS, _PLACES, _MULTIPLE, _SPECIAL, *ORDERED),
    "uri": (_SCHEMES,),
    "multi-host-uri": (_SCHEMES,),
}
"""The keywords that say more about a format; on any other they say nothing that could be checked."""

_NAMED: Final = {each.value: each for each in ir.Named}
_VERSIONED: Final = {f"uuid{version}": version for version in range(1, 9)}
_ENCODINGS: Final = {"base64": ir.Named.BASE64, "base64url": ir.Named.BASE64URL}
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*")


def constrains(site: Site) -> bool:
    """Whether a schema has a format that is more than an annotation."""
    name = site.schema.get("format")
    known = isinstance(name, str) and (name in _KEYS or name in _NAMED or name in _VERSIONED)
    return known or (name is None and site.schema.get("contentEncoding") in tuple(_ENCODINGS))


def format_of(sites: Sequence[Site], scope: Scope) -> ir.Format | None:
    """The one format that the schemas give, with the limits that all of them set."""
    found: dict[str, Site] = {}
    for site in sites:
        name = scope.text(site, "format")
        if name is None and site.schema.get("contentEncoding") in tuple(_ENCODINGS):
            name = site.schema["contentEncoding"]
        if name is not None and (name in _KEYS or name in _NAMED or name in _VERSIONED):
            found.setdefault(name, site)
    name, *others = found or ("",)
    if others:
        message = (
            f"a string can't be shown to have the formats {name} and {', '.join(others)} at once"
        )
        scope.refuse("no-exact-form", found[others[0]].pointer, message, "keep one of them")
    if name in _VERSIONED:
        return ir.Uuid(_VERSIONED[name])
    _refuse_strays(sites, name, scope)
    return _NAMED[name] if name in _NAMED else _with_limits(name, sites, scope)


def _with_limits(name: str, sites: Sequence[Site], scope: Scope) -> ir.Format | None:
    match name:
        case "date-time":
            return ir.DateTime(_zone(sites, scope), bounds_of(name, sites, scope))
        case "date":
            return ir.Date(bounds_of(name, sites, scope))
        case "time":
            return ir.Time(_zone(sites, scope), bounds_of(name, sites, scope))
        case "duration":
            return ir.Duration(bounds_of(name, sites, scope))
        case "uuid":
            return ir.Uuid(_VERSION_KEYWORD.of(sites, scope))
        case "decimal":
            return _decimal(sites, scope)
        case "uri" | "multi-host-uri":
            schemes = _SCHEMES_KEYWORD.of(sites, scope) or ()
            return ir.Url(schemes, multi_host=name == "multi-host-uri")
        case _:
            return None


def _refuse_strays(sites: Sequence[Site], name: str, scope: Scope) -> None:
    known = _KEYS.get(name, ())
    for site in sites:
        for key in (_ZONE, _VERSION, _SCHEMES, _DIGITS, _PLACES, _MULTIPLE, _SPECIAL, *ORDERED):
            if site.has(key) and key not in known:
                of = ", ".join(each for each, keys in _KEYS.items() if key in keys)
                message = f"{key} says something about the format {of}"
                scope.refuse(
                    "unsupported-keyword",
                    site.at(key),
                    message,
                    f"give the string that format, or drop {key}",
                )


def _zone(sites: Sequence[Site], scope: Scope) -> ir.Zone:
    return _ZONE_KEYWORD.of(sites, scope) or ir.Zone.ANY


def _decimal(sites: Sequence[Site], scope: Scope) -> ir.Decimal:
    _, digits = scope.counts(sites, _DIGITS, _DIGITS)
    _, places = scope.counts(sites, _PLACES, _PLACES)
    of_format = [site for site in sites if site.schema.get("format") == "decimal"]
    return ir.Decimal(
        max_digits=digits,
        decimal_places=places,
        multiple_of=_MULTIPLE_KEYWORD.of(sites, scope),
        bounds=bounds_of("decimal", sites, scope),
        allow_special=all(scope.flag(site, _SPECIAL) for site in of_format),
    )


# --- Keywords of which there can be only one --------------------------------------------------------------------------

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class _Keyword(Generic[_Value]):
    """``read`` gives ``None`` for what is not ``expected``."""

    name: str
    expected: str
    read: Callable[[Any], _Value | None]

    def of(self, sites: Sequence[Site], scope: Scope) -> _Value | None:
        found: dict[_Value, Site] = {}
        for site in sites:
            if not site.has(self.name):
                continue
            value = self.read(site.schema[self.name])
            if value is None:
                scope.invalid(site, self.name, self.expected)
            else:
                found.setdefault(value, site)
        if len(found) > 1:
            *_, last = found.values()
            message = f"{self.name} has another value in a schema that holds at the same time"
            scope.refuse("no-exact-form", last.at(self.name), message, "keep one of them")
        return next(iter(found), None)


def _read_zone(value: Any) -> ir.Zone | None:
    return next((zone for zone in ir.Zone if zone.value == value), None)


def _read_version(value: Any) -> int | None:
    return (
        value
        if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 8
        else None
    )


def _read_schemes(value: Any) -> tuple[str, ...] | None:
    if not isinstance(value, list) or not value:
        return None
    schemes = [each for each in value if isinstance(each, str) and _SCHEME.fullmatch(each)]
    if len(schemes) < len(value):
        return None
    return tuple(dict.fromkeys(each.lower() for each in schemes))


def _read_multiple(value: Any) -> str | None:
    number = decimal_of(value) if isinstance(value, str) else None
    return value if number is not None and number > 0 else None


_ZONE_KEYWORD: Final = _Keyword(_ZONE, '"aware", "naive" or "any"', _read_zone)
_VERSION_KEYWORD: Final = _Keyword(_VERSION, "a version of RFC 9562, 1 to 8", _read_version)
_SCHEMES_KEYWORD: Final = _Keyword(_SCHEMES, "a list of at least one URL scheme", _read_schemes)
_MULTIPLE_KEYWORD: Final = _Keyword(_MULTIPLE, "a decimal number above 0, in text", _read_multiple)
