"""Strings: lengths, patterns and formats, from any number of schemas that apply at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from samewire import ir
from samewire.decode import DECODE, WORDS, Word
from samewire.lower.formats import format_of
from samewire.lower.scope import Scope, Site
from samewire.patterns import PatternSyntaxError
from samewire.scalars.decoded import HOLDS, Held
from samewire.schema.pointers import Pointer

_FLAGS = "imsuv"
BYTES = ("x-samewire-min-bytes", "x-samewire-max-bytes")


def string_type(sites: Sequence[Site], scope: Scope) -> ir.Type:
    low, high = scope.counts(sites, "minLength", "maxLength")
    if low is not None and high is not None and low > high:
        return ir.Never()
    least, most = scope.counts(sites, *BYTES)
    if least is not None and most is not None and least > most:
        return ir.Never()
    # A code point is one to four bytes: a limit on those may say all that one on code points does.
    if low is not None and least is not None and low <= -(-least // 4):
        low = None
    if high is not None and most is not None and high >= most:
        high = None
    patterns = [found for site in sites if (found := _pattern(site, scope)) is not None]
    format_ = format_of(sites, scope)
    holds = next((held for site in sites if (held := _held(site, scope)) is not None), None)
    return ir.String(
        low,
        high,
        tuple(dict.fromkeys(patterns)),
        format_,
        least,
        most,
        holds,
        decoded_to(sites, scope),
    )


def decoded_to(sites: Iterable[Site], scope: Scope) -> Word | None:
    """What the document says of what values are decoded to; the first of several schemas that says anything counts."""
    for site in sites:
        if (said := scope.text(site, DECODE)) is not None:
            word = next((word for word in WORDS if word == said), None)
            if word is None:
                scope.invalid(site, DECODE, f"one of {', '.join(WORDS)}")
            return word
    return None


def _held(site: Site, scope: Scope) -> Held | None:
    match held := scope.text(site, HOLDS):
        case "utf8" | "hex" | "integer":
            return held
        case None:
            return None
        case _:
            scope.invalid(site, HOLDS, '"utf8", "hex" or "integer"')
            return None


def content_checks(sites: Sequence[Site], scope: Scope) -> Iterator[ir.Check]:
    """What the JSON in a string has to be."""
    for site in sites:
        content = scope.schema(site, "x-samewire-content")
        if content is not None:
            yield ir.ContentSchema(scope.type_of(content))


def _pattern(site: Site, scope: Scope) -> ir.Regex | None:
    source = scope.text(site, "pattern")
    if source is None:
        return None
    flags = "u"
    if site.has("x-samewire-pattern-flags"):
        flags = scope.text(site, "x-samewire-pattern-flags") or ""
        if not _are_flags(flags):
            expected = "u or v, and any of i, m and s, each once"
            scope.invalid(site, "x-samewire-pattern-flags", expected)
            return None
    return regex(source, site.at("pattern"), scope, flags)


def _are_flags(flags: str) -> bool:
    return (
        set(flags) <= set(_FLAGS)
        and len(set(flags)) == len(flags)
        and ("u" in flags) != ("v" in flags)
    )


def regex(source: str, pointer: Pointer, scope: Scope, flags: str = "u") -> ir.Regex | None:
    """A pattern that stands at ``pointer``, or ``None`` after saying what is wrong with it."""
    try:
        return ir.Regex.parse(source, flags)
    except PatternSyntaxError as error:
        scope.refuse("invalid-pattern", pointer, f"the pattern {error.what}", error.hint)
        return None
