"""
Zod for string formats: all that Pydantic writes in them, and as little as possible that it would not read.
"""

from __future__ import annotations

from typing import Final, assert_never

from samewire import ir
from samewire.targets.typescript.expressions import (
    ArrayLiteral,
    Expression,
    Name,
    Number,
    RegularExpression,
    count,
    text,
)
from samewire.targets.typescript.syntax import Code, escape_regex, number, regex
from samewire.targets.zod.builder import Builder, Check

_DATE_TIMES: Final = {
    ir.Zone.ANY: "dateTime",
    ir.Zone.AWARE: "awareDateTime",
    ir.Zone.NAIVE: "naiveDateTime",
}
_TIMES: Final = {ir.Zone.ANY: "time", ir.Zone.AWARE: "awareTime", ir.Zone.NAIVE: "naiveTime"}


def format_schema(format_: ir.Format, build: Builder) -> Expression:
    match format_:
        case ir.DateTime(zone, bounds):
            return _within(build.prelude(_DATE_TIMES[zone]), "compareTimes", bounds, build)
        case ir.Date(bounds):
            return _within(build.prelude("date"), "compareText", bounds, build)
        case ir.Time(zone, bounds):
            return _within(build.prelude(_TIMES[zone]), "compareTimes", bounds, build)
        case ir.Duration(bounds):
            return _within(build.prelude("duration"), "compareDurations", bounds, build)
        case ir.Uuid(version):
            return _uuid(version, build)
        case ir.Decimal():
            return _decimal(format_, build)
        case ir.Url():
            return _url(format_, build)
        case ir.Named():
            return _named(format_, build)
        case _:
            assert_never(format_)


def _within(schema: Expression, compare: str, bounds: ir.Bounds, build: Builder) -> Expression:
    limits = {">=": bounds.ge, ">": bounds.gt, "<=": bounds.le, "<": bounds.lt}
    given = [text(f"{sign}{limit}") for sign, limit in limits.items() if limit is not None]
    if not given:
        return schema
    return build.checked(schema, build.own("within", build.prelude(compare), *given))


def _uuid(version: int | None, build: Builder) -> Expression:
    if version is None:
        return build.call("guid")
    if version in (4, 6, 7):
        return build.call(f"uuidv{version}")
    digit = RegularExpression(regex(ir.Regex.parse(f"^.{{14}}{version}")))
    return build.checked(build.call("uuid"), Check("regex", (digit,)))


def _decimal(decimal: ir.Decimal, build: Builder) -> Expression:
    schema: Expression = build.prelude("specialDecimal" if decimal.allow_special else "decimal")
    schema = _within(schema, "compareDecimals", decimal.bounds, build)
    digits, places, step = decimal.max_digits, decimal.decimal_places, decimal.multiple_of
    return build.checked(
        schema,
        None
        if digits is None and places is None
        else build.own("decimalDigits", _or_infinite(digits), _or_infinite(places)),
        None if step is None else build.own("decimalMultipleOf", text(step)),
    )


def _or_infinite(limit: int | None) -> Expression:
    return Name(Code("Infinity")) if limit is None else count(limit)


def _url(url: ir.Url, build: Builder) -> Expression:
    schemes = "|".join(escape_regex(scheme.lower()) for scheme in url.schemes)
    schema = build.prelude("multiHostUrl" if url.multi_host else "url")
    if not schemes:
        return schema
    scheme = RegularExpression(regex(ir.Regex.parse(f"^(?:{schemes}):", "iu")))
    return build.checked(schema, Check("regex", (scheme,)))


def _named(named: ir.Named, build: Builder) -> Expression:
    match named:
        case ir.Named.EMAIL:
            return build.prelude("email")
        case ir.Named.NAME_EMAIL:
            return build.prelude("nameEmail")
        case ir.Named.IPV4:
            return build.call("ipv4")
        case ir.Named.IPV6:
            return _ip(build, 6)
        case ir.Named.IP:
            return _ip(build, 4, 6)
        case ir.Named.IPV4_NETWORK:
            return _ip(build, 4, mask="network")
        case ir.Named.IPV6_NETWORK:
            return _ip(build, 6, mask="network")
        case ir.Named.IP_NETWORK:
            return _ip(build, 4, 6, mask="network")
        case ir.Named.IPV4_INTERFACE:
            return _ip(build, 4, mask="interface")
        case ir.Named.IPV6_INTERFACE:
            return _ip(build, 6, mask="interface")
        case ir.Named.IP_INTERFACE:
            return _ip(build, 4, 6, mask="interface")
        case ir.Named.BASE64:
            return build.call("base64")
        case ir.Named.BASE64URL:
            return build.prelude("base64Url")
        case ir.Named.JSON:
            return build.checked(
                build.call("string"), build.refine("isJsonText", "Invalid JSON string")
            )
        case _:
            assert_never(named)


def _ip(build: Builder, *versions: int, mask: str | None = None) -> Expression:
    numbers = ArrayLiteral(tuple(Number(number(version)) for version in versions))
    check = build.own("ip", numbers, *([] if mask is None else [text(mask)]))
    return build.checked(build.call("string"), check)
