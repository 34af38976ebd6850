"""
The types of a file as far as plain Python annotations say them, and what these leave out.

Each thing that is left out is one loss, at its place. What remains is what the models are written from, and what they have to be
equal to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, assert_never

from samewire import ir
from samewire.importing.losses import Loss
from samewire.lower.unions import union
from samewire.patterns import PatternError, Regex, translate
from samewire.scalars.base import Format
from samewire.scalars.date_times import DateTime
from samewire.scalars.durations import Duration
from samewire.scalars.ips import Ip
from samewire.scalars.spelling import Spelling
from samewire.scalars.temporal import Zone
from samewire.scalars.times import Time
from samewire.scalars.uuids import Uuid
from samewire.targets.python.patterns import NotInDialectError, rust
from samewire.values.depth import Types
from samewire.values.membership import matches

FORMATS: Final = {
    "date-time": "AwareDatetime",
    "date": "date",
    "time": "time",
    "duration": "timedelta",
    "uuid": "UUID",
    "ipv4": "IPv4Address",
    "ipv6": "IPv6Address",
}
"""Formats that have a Python type which writes what it reads."""

_ASCII: Final = {r"\d": "0-9", r"\w": "A-Za-z0-9_"}
_PARTS: Final = re.compile(r"\\.|.", re.DOTALL)
_CHECKS: Final[dict[type[ir.Check], str]] = {
    ir.AllOf: "all-of",
    ir.Not: "not",
    ir.OneOf: "one-of",
    ir.IfThenElse: "condition",
    ir.ContentSchema: "content",
    ir.Contains: "contains",
    ir.UniqueItems: "unique",
    ir.PropertyCount: "count",
    ir.PropertyNames: "key-names",
    ir.PatternProperties: "pattern-keys",
    ir.UnevaluatedProperties: "unevaluated",
    ir.UnevaluatedItems: "unevaluated",
}


@dataclass(frozen=True, slots=True)
class Plain:
    """``patterns``: as models write each, for Pydantic's engine."""

    contract: ir.Contract
    patterns: Mapping[Regex, str]
    losses: Sequence[Loss]


def plain(contract: ir.Contract) -> Plain:
    run = _Run(Types({each.name: each for each in contract.definitions}))
    definitions = tuple(
        replace(each, type=run.of(each.type, each.name)) for each in contract.definitions
    )
    return Plain(replace(contract, definitions=definitions), run.patterns, run.losses)


@dataclass(slots=True)
class _Run:
    types: Types
    losses: list[Loss] = field(default_factory=list)
    patterns: dict[Regex, str] = field(default_factory=dict)

    def lose(self, kind: str, place: str, detail: str = "") -> None:
        self.losses.append(Loss(kind, place, detail))

    def of(self, type_: ir.Type, place: str) -> ir.Type:
        match type_:
            case ir.Unknown() | ir.JsonValue():
                return ir.Unknown()
            case ir.Never():
                self.lose("never", place)
                return ir.Unknown()
            case ir.Literal(values):
                return self._literal(values, place)
            case ir.Number():
                return replace(type_, remainder=False)
            case ir.String():
                return self._string(type_, place)
            case ir.Array(items):
                if type_.unique:
                    self.lose("unique", place)
                return replace(type_, items=self.of(items, f"{place}[]"), unique=False)
            case ir.Tuple():
                return self._tuple(type_, place)
            case ir.Record(key, value):
                key = self.of(key, f"{place}{{key}}")
                return replace(type_, key=key, value=self.of(value, f"{place}{{}}"))
            case ir.Object():
                return self._object(type_, place)
            case ir.Union(members, tag):
                return union([self.of(each, place) for each in members], tag)
            case ir.Nullable(inner):
                return union([self.of(inner, place), ir.Null()])
            case ir.Unlisted(inner):
                return self.of(inner, place)
            case ir.UnlistedObject():
                return ir.Record(ir.String(), ir.Unknown())
            case ir.Checked(inner, checks):
                for check in checks:
                    self.lose(_CHECKS[type(check)], place)
                return self.of(inner, place)
            case ir.EnumType() | ir.Null() | ir.Boolean() | ir.Integer() | ir.Ref():
                return type_
            case _:
                assert_never(type_)

    def _literal(self, values: tuple[ir.Scalar, ...], place: str) -> ir.Type:
        rest = tuple(each for each in values if not isinstance(each, float))
        if len(rest) == len(values):
            return ir.Literal(values)
        self.lose("number-literal", place)
        return ir.Union((ir.Literal(rest), ir.Number())) if rest else ir.Number()

    def _string(self, type_: ir.String, place: str) -> ir.Type:
        format_ = type_.format
        name = str(format_.document().get("format")) if format_ is not None else ""
        if format_ is not None and name in FORMATS:
            if type_ != ir.String(format=format_):
                self.lose("limited-format", place, name)
            return ir.String(format=self._read(format_, name, place))
        if format_ is not None and not type_.patterns:
            self.lose("format", place, name)
        patterns: list[Regex] = []
        for each in type_.patterns:
            source, exact = spelled(each)
            if source is None or patterns:
                self.lose("pattern" if source is None else "second-pattern", place, each.source)
                continue
            if not exact:
                self.lose("pattern-dialect", place, source)
            patterns.append(translate(source, "rust-regex").regex)
            self.patterns[patterns[0]] = source
        return ir.String(type_.min_length, type_.max_length, tuple(patterns))

    def _read(self, format_: Format, name: str, place: str) -> Format:
        """The format as Pydantic reads it; a point in time has an offset (RFC 3339)."""
        made: Format = format_
        match made:
            case DateTime():
                made = replace(made, zone=Zone.AWARE, spelling=Spelling.READ)
            case Time() | Duration() | Uuid():
                made = replace(made, spelling=Spelling.READ)
            case Ip():
                made = replace(made, spelling=Spelling.READ)
            case _:
                pass
        if made != format_:
            self.lose("spelling", place, name)
        return made

    def _tuple(self, type_: ir.Tuple, place: str) -> ir.Type:
        prefix = [self.of(each, f"{place}[{at}]") for at, each in enumerate(type_.prefix)]
        if type_.rest is None:
            return replace(type_, prefix=tuple(prefix))
        rest = self.of(type_.rest, f"{place}[]")
        if prefix:
            self.lose("positions", place)
        items = union([*prefix, rest])
        return ir.Array(items, type_.min_items or None, type_.max_items)

    # --- Objects ------------------------------------------------------------------------------------------------------

    def _object(self, type_: ir.Object, place: str) -> ir.Type:
        properties = tuple(self._properties(type_, place))
        extra = type_.extra
        match extra:
            case ir.Keep(value):
                extra = ir.Keep(self.of(value, f"{place}{{}}"))
            case _:
                pass
        return ir.Object(properties, extra)

    def _properties(self, type_: ir.Object, place: str) -> Iterator[ir.Property]:
        for each in type_.properties:
            where = f"{place}.{each.key}"
            if isinstance(each.type, ir.Never) and not each.required:
                if type_.extra is not ir.REJECT:
                    self.lose("never", where)
                continue
            made = self.of(each.type, where)
            default = each.doc.default
            if each.required:
                yield replace(each, type=made, doc=replace(each.doc, default=()))
                continue
            if default and not self._is_default(made, default[0]):
                if default[0] is not None:
                    self.lose("default", where)
                default = ()
            if not default and not self.takes_null(made):
                self.lose("accepts-null", where)
                made = union([made, ir.Null()])
            yield replace(each, type=made, doc=replace(each.doc, default=default))

    def _is_default(self, type_: ir.Type, value: ir.Json) -> bool:
        """Whether a value is the one that a field of the type has in Python as well."""
        return value is not None and self._is_literal(type_) and matches(type_, value, self.types)

    def _is_literal(self, type_: ir.Type) -> bool:
        match type_:
            case ir.String(format=format_):
                return format_ is None
            case ir.Boolean() | ir.Integer() | ir.Number() | ir.Literal() | ir.Null():
                return True
            case ir.Array(inner) | ir.Nullable(inner):
                return self._is_literal(inner)
            case ir.Record(key, value):
                return self._is_literal(key) and self._is_literal(value)
            case ir.Union(members):
                return all(map(self._is_literal, members))
            case ir.Ref(name):
                target = self.types.definitions[name].type
                return not isinstance(target, ir.Ref | ir.Object) and self._is_literal(target)
            case _:
                return False

    def takes_null(self, type_: ir.Type) -> bool:
        return matches(type_, None, self.types)


def spelled(regex: Regex) -> tuple[str | None, bool]:
    """
    A pattern for Pydantic's engine, and whether it means the same: as the file has it, if that is readable at all. ``None``: the
    engine can't say it.
    """
    source = regex.source
    ascii_ = "".join(_ascii(source))
    readable = [each for each in (source, ascii_) if _reads(each)]
    for each in readable:
        if translate(each, "rust-regex").source in {source, ascii_}:
            return each, True
    if readable:
        return readable[0], False
    try:
        return rust(regex), True
    except NotInDialectError:
        return None, False


def _ascii(source: str) -> Iterator[str]:
    r"""``\d`` and ``\w`` as what they are in JavaScript."""
    within = False
    for part in _PARTS.findall(source):
        within = part == "[" or (within and part != "]")
        listed = _ASCII.get(part)
        yield part if listed is None else listed if within else f"[{listed}]"


def _reads(source: str) -> bool:
    try:
        translate(source, "rust-regex")
    except PatternError:
        return False
    return True
