"""Scalars, by core schema: limits become those of the intermediate representation, whose values are then used."""

from __future__ import annotations

import datetime as dt
import fractions
import re
import string
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final, TypeAlias, cast

from samewire import ir
from samewire.patterns import Dialect, PatternError, translate
from samewire.scalars import temporal
from samewire.scalars.base import Format
from samewire.scalars.temporal import Temporal
from samewire.scalars.urls import Url
from samewire.values import numbers
from samewire.values.draws import among
from samewire.values.errors import NoValueError
from samewire.values.random_draws import Draw, Make
from samewire.values.scalar_strategies import Texts, integer, number

CoreSchema: TypeAlias = Mapping[str, Any]
Config: TypeAlias = Mapping[str, Any]

_FLAGS: Final = (
    ("i", re.IGNORECASE),
    ("m", re.MULTILINE),
    ("s", re.DOTALL),
    ("x", re.VERBOSE),
    ("a", re.ASCII),
)
_LOCAL_MEAN_TIME: Final = dt.timezone(dt.timedelta(minutes=19, seconds=32))
_ODD_ZONES: Final = (*temporal.ZONES, _LOCAL_MEAN_TIME)
_HUGE: Final = (2**53, -(2**53) - 1, 2**63, -(2**64), 10**30)
_ODD_FLOATS: Final = (float("nan"), float("inf"), float("-inf"), -0.0, 1e308, 5e-324, 1e16)
_PRINTABLE: Final = string.printable + "éß中😀"
_POOL: Final = 40


def integers(schema: CoreSchema, where: str) -> Make:
    limits = {key: schema.get(key) for key in ("ge", "gt", "le", "lt", "multiple_of")}
    type_ = ir.Integer(**limits)
    make = integer(type_, where)
    odd = [each for each in _HUGE if numbers.holds_integer(type_, each)]
    return _now_and_then(make, odd)


def floats(schema: CoreSchema, config: Config, where: str) -> Make:
    limits = {
        key: None if schema.get(key) is None or abs(schema[key]) == float("inf") else schema[key]
        for key in ("ge", "gt", "le", "lt", "multiple_of")
    }
    ge, gt, le, lt, step = limits.values()
    type_ = ir.Number(ge, gt, le, lt, step)
    make = number(type_, where)
    odd = [each for each in _ODD_FLOATS if numbers.holds_number(type_, each)]
    if (
        schema.get("allow_inf_nan", config.get("allow_inf_nan", True))
        and limits["multiple_of"] is None
    ):
        below_all = limits["ge"] is None and limits["gt"] is None
        above_all = limits["le"] is None and limits["lt"] is None
        odd += [float("inf")] * above_all + [float("-inf")] * below_all
        odd += [float("nan")] * (below_all and above_all)
    strict = schema.get("strict", config.get("strict", False))
    plain = _now_and_then(make, odd)

    def float_(draw: Draw, depth: int) -> float:
        value = cast("float", plain(draw, depth))
        return float(value) if strict else value

    return float_


def _now_and_then(make: Callable[[Draw, int], Any], odd: list[Any]) -> Make:
    """One in eight of the odd ones, if there are any."""
    if not odd:
        return make
    return lambda draw, depth: draw.choice(odd) if draw.below(8) == 7 else make(draw, depth)


def fractions_(schema: CoreSchema) -> Make:
    low, high = (schema.get(key) for key in ("ge", "le"))
    low = schema.get("gt") if low is None else low
    high = schema.get("lt") if high is None else high
    step = schema.get("multiple_of")
    if step is not None:
        first = -20 if low is None else -(-low // step)
        last = 20 if high is None else high // step
        return lambda draw, _: fractions.Fraction(draw.integer(first, last) * step)
    return lambda draw, _: draw.fraction(low, high)


def complex_() -> Make:
    return lambda draw, _: complex(draw.number(), draw.number())


# --- Text -------------------------------------------------------------------------------------------------------------


def texts(schema: CoreSchema, config: Config, where: str) -> Make:
    low = schema.get("min_length", config.get("str_min_length") or None)
    high = schema.get("max_length", config.get("str_max_length"))
    pattern = schema.get("pattern")
    regexes: tuple[ir.Regex, ...] = ()
    if pattern is not None:
        try:
            regexes = (
                _regex(
                    pattern, schema.get("regex_engine", config.get("regex_engine", "rust-regex"))
                ),
            )
        except PatternError as error:
            return _from_python(pattern, schema, where, error)
    if schema.get("ascii_only"):
        regexes += (ir.Regex.parse(r"^[\x00-\x7f]*$"),)
    made = Texts(ir.String(low, high, regexes), where)
    if not schema.get("strip_whitespace", config.get("str_strip_whitespace", False)):
        return made.make
    stripped = [each for each in made.pool if each.strip() == each]

    def strip(draw: Draw, depth: int) -> str:
        text = made.make(draw, depth)
        if text.strip() == text:
            return f" {text}\n" if draw.below(8) == 7 else text
        return draw.choice(stripped) if stripped else text

    return strip


def _regex(pattern: str | re.Pattern[str], engine: Dialect) -> ir.Regex:
    if isinstance(pattern, re.Pattern):
        flags = "".join(letter for letter, flag in _FLAGS if pattern.flags & flag)
        return translate(pattern.pattern, "python-re", flags).regex
    return translate(pattern, engine).regex


def _from_python(
    pattern: str | re.Pattern[str], schema: CoreSchema, where: str, error: PatternError
) -> Make:
    """For what JavaScript can't say: Hypothesis reads it as Python does, where Python does."""
    from hypothesis import HealthCheck, Phase, given, seed, settings  # noqa: PLC0415  # takes a second, and few need it
    from hypothesis import strategies as st  # noqa: PLC0415  # as above

    low, high = schema.get("min_length") or 0, schema.get("max_length")
    pool: list[str] = []

    @seed(0)
    @settings(
        max_examples=_POOL,
        database=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def fill(data: Any) -> None:
        pool.append(data.draw(drawn).ljust(low)[:high])

    try:
        drawn = st.from_regex(re.compile(pattern), alphabet=st.characters(codec="utf-8"))
        drawn.validate()
        fill()
    except (re.error, NotImplementedError):
        raise NoValueError(
            where, f"no text could be made for the pattern {pattern}: {error}"
        ) from error
    return among(sorted(set(pool), key=lambda text: (len(text), text)))


def bytes_(schema: CoreSchema, config: Config) -> Make:
    """Such as can be written: as UTF-8 unless the configuration says otherwise."""
    low, high = schema.get("min_length") or 0, schema.get("max_length")
    if config.get("ser_json_bytes", "utf8") == "utf8":
        return lambda draw, _: _cut(draw.text(_PRINTABLE, low, low + 8).encode(), high).ljust(
            low, b"a"
        )
    most = low + 8 if high is None else min(high, low + 8)
    return lambda draw, _: draw.binary(most, low)


def _cut(value: bytes, high: int | None) -> bytes:
    return value[:high].decode(errors="ignore").encode()


# --- Formats ----------------------------------------------------------------------------------------------------------


def formatted(scalar: Format, schema: CoreSchema, config: Config, where: str) -> Make:
    """Values of a scalar, which are read from its texts."""
    format_ = scalar.of_core(schema, config) if schema["type"] in scalar.kinds else scalar
    match format_:
        case Temporal():
            return _moments(format_, schema, where)
        case Url():
            return _urls(format_, schema, where)
        case _:
            text = Texts(ir.String(format=format_), where).make
            return lambda draw, depth: format_.value(text(draw, depth))


def _moments(plain: Temporal[Any], schema: CoreSchema, where: str) -> Make:
    """Dates, times and durations. Beside the ones of the wire, times with offsets that it can't write."""
    format_ = _limited_by_now(plain, schema)
    made = Texts(ir.String(format=format_), where)
    zone = schema.get("tz_constraint")
    fixed = dt.timezone(dt.timedelta(seconds=zone)) if isinstance(zone, int) else None
    unit = schema.get("multiple_of")

    def moment(draw: Draw, depth: int) -> object:
        value = format_.value(made.make(draw, depth))
        if isinstance(value, dt.datetime | dt.time) and value.tzinfo is not None:
            if fixed is not None:
                return value.replace(tzinfo=fixed)
            if draw.below(4) == 3:
                moved = value.replace(tzinfo=draw.choice(_ODD_ZONES))
                return moved if format_.admits(moved) else value
        if isinstance(value, dt.timedelta) and unit:
            return value // unit * unit
        return value

    return moment


def _limited_by_now(format_: Temporal[Any], schema: CoreSchema) -> Temporal[Any]:
    """What has to be past or future is so for longer than a test runs."""
    year = dt.datetime.now(tz=dt.UTC).year
    suffix = "T00:00:00Z" if schema["type"] == "datetime" else ""
    match schema.get("now_op"):
        case "past" if format_.bounds.high is None:
            bounds = replace(format_.bounds, lt=f"{year - 1}-01-01{suffix}")
        case "future" if format_.bounds.low is None:
            bounds = replace(format_.bounds, gt=f"{year + 2}-01-01{suffix}")
        case _:
            return format_
    return cast("Temporal[Any]", replace(cast("Any", format_), bounds=bounds))


def _urls(format_: Url, schema: CoreSchema, where: str) -> Make:
    made = Texts(ir.String(max_length=schema.get("max_length"), format=format_), where)
    if not (schema.get("host_required") and not format_.schemes):
        return made.make
    hosted = [each for each in made.pool if "://" in each and not each.startswith("file:")]

    def url(draw: Draw, depth: int) -> str:
        text = made.make(draw, depth)
        return text if text in hosted else draw.choice(hosted)

    return url
