"""
Zod for string formats: all that Pydantic writes in them, and as little as possible that it would not read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, assert_never

from samewire import ir
from samewire.targets.typescript.expressions import (
    Expression,
    Name,
    RegularExpression,
    count,
    text,
)
from samewire.targets.typescript.syntax import Code, escape_regex, regex
from samewire.targets.zod.builder import Builder, Check, Refinement

_DATE_TIMES: Final = {
    ir.Zone.ANY: "dateTime",
    ir.Zone.AWARE: "awareDateTime",
    ir.Zone.NAIVE: "naiveDateTime",
}
_TIMES: Final = {ir.Zone.ANY: "time", ir.Zone.AWARE: "awareTime", ir.Zone.NAIVE: "naiveTime"}


_COMPARED: Final = {
    "ge": (">=", "Too small"),
    "gt": (">", "Too small"),
    "le": ("<=", "Too big"),
    "lt": ("<", "Too big"),
}

_NAMED: Final = {
    ir.Named.EMAIL: "email",
    ir.Named.NAME_EMAIL: "nameEmail",
    ir.Named.IPV6: "ipv6",
    ir.Named.IP: "ip",
    ir.Named.IPV4_NETWORK: "ipv4Network",
    ir.Named.IPV6_NETWORK: "ipv6Network",
    ir.Named.IP_NETWORK: "ipNetwork",
    ir.Named.IPV4_INTERFACE: "ipv4Interface",
    ir.Named.IPV6_INTERFACE: "ipv6Interface",
    ir.Named.IP_INTERFACE: "ipInterface",
    ir.Named.BASE64URL: "base64Url",
    ir.Named.JSON: "jsonString",
}


def format_schema(format_: ir.Format, build: Builder) -> Expression:
    match format_:
        case ir.DateTime(zone, bounds):
            return _bounded(build.named(_DATE_TIMES[zone]), "compareTimes", bounds, build)
        case ir.Date(bounds):
            return _bounded(build.named("date"), "compareText", bounds, build)
        case ir.Time(zone, bounds):
            return _bounded(build.named(_TIMES[zone]), "compareTimes", bounds, build)
        case ir.Duration(bounds):
            return _bounded(build.named("duration"), "compareDurations", bounds, build)
        case ir.Uuid(version):
            return _uuid(version, build)
        case ir.Decimal():
            return _decimal(format_, build)
        case ir.Url():
            return _url(format_, build)
        case ir.Named.IPV4:
            return build.call("ipv4")
        case ir.Named.BASE64:
            return build.call("base64")
        case ir.Named():
            return build.named(_NAMED[format_])
        case _:
            assert_never(format_)


def _bounded(schema: Expression, compare: str, bounds: ir.Bounds, build: Builder) -> Expression:
    return build.checked(schema, *_bounds(compare, bounds, build))


def _bounds(compare: str, bounds: ir.Bounds, build: Builder) -> Iterator[Refinement]:
    for name, (sign, problem) in _COMPARED.items():
        limit = getattr(bounds, name)
        if limit is not None:
            yield build.compare(compare, sign, limit, f"{problem}: expected {sign}{limit}")


def _uuid(version: int | None, build: Builder) -> Expression:
    if version is None:
        return build.call("guid")
    if version in (4, 6, 7):
        return build.call(f"uuidv{version}")
    digit = RegularExpression(regex(ir.Regex.parse(f"^.{{14}}{version}")))
    return build.checked(build.call("uuid"), Check("regex", (digit,)))


def _decimal(decimal: ir.Decimal, build: Builder) -> Expression:
    digits, places, step = decimal.max_digits, decimal.decimal_places, decimal.multiple_of
    checks = list(_bounds("compareDecimals", decimal.bounds, build))
    if digits is not None or places is not None:
        limits = (_or_infinite(digits), _or_infinite(places))
        checks.append(build.refine("hasDigits", _digits_expected(digits, places), *limits))
    if step is not None:
        message = f"Invalid decimal: must be a multiple of {step}"
        checks.append(build.refine("isDecimalMultipleOf", message, text(step)))
    base = build.named("specialDecimal" if decimal.allow_special else "decimal")
    return build.checked(base, *checks)


def _digits_expected(digits: int | None, places: int | None) -> str:
    parts = [] if digits is None else [f"at most {digits}"]
    parts += [] if places is None else [f"at most {places} after the point"]
    return f"Too many digits: expected {', '.join(parts)}"


def _or_infinite(limit: int | None) -> Expression:
    return Name(Code("Infinity")) if limit is None else count(limit)


def _url(url: ir.Url, build: Builder) -> Expression:
    schemes = "|".join(escape_regex(scheme.lower()) for scheme in url.schemes)
    schema = build.named("multiHostUrl" if url.multi_host else "url")
    if not schemes:
        return schema
    scheme = RegularExpression(regex(ir.Regex.parse(f"^(?:{schemes}):", "iu")))
    return build.checked(schema, Check("regex", (scheme,)))
