"""Whether one value satisfies the limits of a schema."""

from __future__ import annotations

from collections.abc import Sequence

from samewire import scalars
from samewire.lower.formats import ENCODINGS
from samewire.lower.numbers import as_written, limits, multiple_of
from samewire.lower.scope import Scope, Site
from samewire.lower.strings import BYTES


def admits_number(value: float, sites: Sequence[Site], scope: Scope) -> bool:
    """Whether a number is within all limits."""
    multiple = multiple_of(sites, scope)
    return (
        all(value >= limit for limit in limits(sites, "minimum", scope))
        and all(value > limit for limit in limits(sites, "exclusiveMinimum", scope))
        and all(value <= limit for limit in limits(sites, "maximum", scope))
        and all(value < limit for limit in limits(sites, "exclusiveMaximum", scope))
        and (multiple is None or (as_written(value) / multiple).denominator == 1)
    )


def admits_length(value: str, sites: Sequence[Site], scope: Scope) -> bool:
    """Whether a text is as long as all limits say."""
    low, high = scope.counts(sites, "minLength", "maxLength")
    least, most = scope.counts(sites, *BYTES)
    size = len(value.encode(errors="surrogatepass"))
    return (
        (low or 0) <= len(value)
        and (high is None or len(value) <= high)
        and (least or 0) <= size
        and (most is None or size <= most)
    )


def has_format(site: Site) -> bool:
    """Whether a schema has a format that is more than an annotation."""
    name = site.schema.get("format")
    if name is None:
        return site.schema.get("contentEncoding") in ENCODINGS
    return isinstance(name, str) and name in scalars.FORMATS
