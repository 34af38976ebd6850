"""
Formats of strings, and their limits.

A format that is no scalar's is an annotation, as JSON Schema has it (Validation, section 7.2.1), and leaves a string a string.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from samewire import scalars
from samewire.lower.bounds import bounds_of
from samewire.lower.scope import Scope, Site
from samewire.scalars import Decimal
from samewire.scalars.base import Format, Ordered
from samewire.scalars.bounds import NO_BOUNDS, ORDERED, Bounds
from samewire.scalars.keywords import Keyword, Value
from samewire.scalars.spelling import OF_DOCUMENT, SPELLING

ENCODINGS: Final = ("base64", "base64url")


def format_of(sites: Sequence[Site], scope: Scope) -> Format | None:
    """The one format that the schemas give, with the limits that all of them set."""
    found: dict[str, Site] = {}
    for site in sites:
        name = scope.text(site, "format")
        if name is None and site.schema.get("contentEncoding") in ENCODINGS:
            name = site.schema["contentEncoding"]
        if name is not None and name in scalars.FORMATS:
            found.setdefault(name, site)
    name, *others = found or ("",)
    if others:
        message = (
            f"a string can't be shown to have the formats {name} and {', '.join(others)} at once"
        )
        scope.refuse("no-exact-form", found[others[0]].pointer, message, "keep one of them")
    format_ = scalars.FORMATS.get(name)
    _refuse_strays(sites, format_, scope)
    return None if format_ is None else format_.limited(_Document(name, format_, sites, scope))


def decimal_of(sites: Sequence[Site], scope: Scope) -> Format | None:
    """What the digits of a number have to be, if it stands for a decimal and there are limits on them."""
    name, plain = "decimal", Decimal()
    limited = plain.limited(_Document(name, plain, sites, scope))
    found = replace(limited, allow_special=False, spelling=plain.spelling)
    return None if found == plain else found


def _keywords(format_: Format | None) -> tuple[str, ...]:
    if format_ is None:
        return ()
    own = tuple(keyword.name for keyword in format_.keywords)
    return (*own, *ORDERED) if isinstance(format_, Ordered) else own


def _refuse_strays(sites: Sequence[Site], format_: Format | None, scope: Scope) -> None:
    stray = {*scalars.keywords(), *ORDERED}.difference(_keywords(format_))
    for site in sites:
        if not isinstance(site.schema, dict) or stray.isdisjoint(site.schema):
            continue
        for key in (*scalars.keywords(), *ORDERED):
            if key in site.schema and key in stray:
                of = ", ".join(
                    name
                    for name, each in scalars.FORMATS.items()
                    if key in _keywords(each) and each.document()["format"] == name
                )
                message = f"{key} says something about the format {of}"
                scope.refuse(
                    "unsupported-keyword",
                    site.at(key),
                    message,
                    f"give the string that format, or drop {key}",
                )


@dataclass(frozen=True, slots=True)
class _Document:
    """What the schemas say of the format of this name."""

    name: str
    format: Format
    sites: Sequence[Site]
    scope: Scope

    def one(self, keyword: Keyword[Value]) -> Value | None:
        found: dict[Value, Site] = {}
        for site, value in self._read(keyword):
            found.setdefault(value, site)
        if not found and keyword.name == SPELLING.name:
            return keyword.read(self.scope.document.get(OF_DOCUMENT))
        if len(found) > 1:
            *_, last = found.values()
            message = f"{keyword.name} has another value in a schema that applies at the same time"
            self.scope.refuse("no-exact-form", last.at(keyword.name), message, "keep one of them")
        return next(iter(found), None)

    def least(self, keyword: Keyword[int]) -> int | None:
        return min((value for _, value in self._read(keyword)), default=None)

    def every(self, keyword: Keyword[bool]) -> bool:
        said = [site.pointer for site, value in self._read(keyword) if value]
        of_format = [site for site in self.sites if site.schema.get("format") == self.name]
        return all(site.pointer in said for site in of_format)

    def _read(self, keyword: Keyword[Value]) -> Iterator[tuple[Site, Value]]:
        for site in self.sites:
            if not site.has(keyword.name):
                continue
            value = keyword.read(site.schema[keyword.name])
            if value is None:
                self.scope.invalid(site, keyword.name, keyword.expected)
            else:
                yield site, value

    def bounds(self) -> Bounds:
        if not isinstance(self.format, Ordered):
            return NO_BOUNDS
        return bounds_of(self.name, type(self.format), self.sites, self.scope)
