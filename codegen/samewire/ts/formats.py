"""
Zod for string formats: exactly what Pydantic writes in them, and nothing that it would not read.
"""

from __future__ import annotations

from typing import assert_never

from samewire import ir
from samewire.ts.builder import Builder, text
from samewire.ts.expressions import Constant, Entry, Expression, ObjectLiteral
from samewire.ts.syntax import Code


def format_schema(format_: ir.Format, build: Builder) -> Expression:
    match format_:
        case ir.DateTime(zone):
            return build.call("iso.datetime", _flags(*_ZONES[zone]))
        case ir.Date():
            return build.call("iso.date")
        case ir.Uuid(None):
            return build.call("guid")
        case ir.Uuid(version):
            return build.call("uuid", _options(version=text(f"v{version}")))
        case ir.Time() | ir.Duration() | ir.Decimal() | ir.Url() | ir.Named():
            return build.call("string")
        case _:
            assert_never(format_)


_ZONES = {ir.Zone.ANY: ("offset", "local"), ir.Zone.AWARE: ("offset",), ir.Zone.NAIVE: ("local",)}


def _flags(*names: str) -> Expression:
    return _options(**dict.fromkeys(names, Constant(Code("true"))))


def _options(**options: Expression) -> Expression:
    return ObjectLiteral(
        tuple(Entry(Code(name), value) for name, value in options.items()), inline=True
    )
