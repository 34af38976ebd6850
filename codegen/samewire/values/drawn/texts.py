"""Strings, with patterns and formats."""

from __future__ import annotations

import base64
import datetime as dt
import math
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from typing import assert_never
from uuid import UUID

from hypothesis import strategies as st

from samewire import ir
from samewire.values.drawn.choices import Draw, below, between, one_of
from samewire.values.texts import decimals, strings, temporal
from samewire.values.texts.patterns import Pattern, compiled
from samewire.values.texts.writing import NoTextError

_POOL = 24
_REACH = 16
"""How many characters a text may have beyond the least."""
_ATTEMPTS = 3
_ROUNDS = (1, 0, 3, 8)

ALPHABET = st.characters(codec="utf-8")
_NAMES = st.text("abcxyz019", min_size=1, max_size=8)
_BYTES = st.binary(max_size=12)


class Texts:
    """What makes the strings of one type; ``pool`` are texts to fall back on."""

    def __init__(self, type_: ir.String, where: str) -> None:
        self.type = type_
        # Raises where no text can be made, before anything is drawn.
        self.pool = tuple(islice(strings.edges(type_, where), _POOL))
        low, high = strings.limits(type_)
        # An empty range can't come from a schema, and a huge one would be drawn for nothing.
        self.plain = st.text(
            ALPHABET,
            min_size=low,
            max_size=low + _REACH if high is None else min(high, low + _REACH),
        )
        self.patterns = tuple(map(compiled, type_.patterns))

    def make(self, draw: Draw, _depth: int) -> str:
        if self.type.format is not None:
            text = self._formatted(draw, self.type.format)
            return text if strings.fits(self.type, text) else one_of(draw, self.pool)
        if self.patterns:
            return self._matching(draw)
        # One in eight is one of the texts that are known to be awkward.
        text = one_of(draw, self.pool) if below(draw, 8) == 7 else draw(self.plain)
        return text if strings.fits(self.type, text) else one_of(draw, self.pool)

    def _matching(self, draw: Draw) -> str:
        for attempt in range(_ATTEMPTS):
            text = written(draw, self.patterns[attempt % len(self.patterns)])
            if text is not None and strings.fits(self.type, text):
                return text
        return one_of(draw, self.pool)

    def _formatted(self, draw: Draw, format_: ir.Format) -> str:
        if below(draw, 4) == 0:
            return one_of(draw, self.pool)
        match format_:
            case ir.DateTime() | ir.Date() | ir.Time() | ir.Duration():
                return _moment(draw, format_)
            case ir.Decimal():
                return _decimal(draw, format_)
            case ir.Uuid(version):
                return _uuid(draw, version)
            case ir.Url(schemes):
                scheme = one_of(draw, schemes) if schemes else "https"
                return f"{scheme}://{draw(_NAMES)}.example/{draw(_NAMES)}"
            case ir.Named():
                return self._named(draw, format_)
            case _:
                assert_never(format_)

    def _named(self, draw: Draw, named: ir.Named) -> str:
        match named:
            case ir.Named.EMAIL:
                return f"{draw(_NAMES)}@{draw(_NAMES)}.org"
            case ir.Named.BASE64:
                return base64.b64encode(draw(_BYTES)).decode()
            case ir.Named.BASE64URL:
                return base64.urlsafe_b64encode(draw(_BYTES)).decode()
            case ir.Named.IPV4 | ir.Named.IP:
                return ".".join(str(draw(between(0, 255))) for _ in range(4))
            case _:
                return one_of(draw, self.pool)


def written(draw: Draw, pattern: Pattern) -> str | None:
    """A candidate for a pattern, ``None`` if it can't be written."""
    rounds = one_of(draw, _ROUNDS)
    try:
        return pattern.write(lambda count: below(draw, count), rounds)
    except NoTextError:
        return None


# A strategy takes longer to make than a value to draw from it.
_remembered = lru_cache(maxsize=256)
_dates = _remembered(st.dates)
_times = _remembered(st.times)
_moments = _remembered(st.datetimes)
_durations = _remembered(st.timedeltas)


def _moment(draw: Draw, format_: temporal.Temporal) -> str:
    match format_:
        case ir.Date():
            low, high = temporal.span(format_)
            return temporal.written(draw(_dates(_date(low, dt.date.min), _date(high, dt.date.max))))
        case ir.Duration():
            low, high = temporal.span(format_)
            limits = (
                low if isinstance(low, dt.timedelta) else dt.timedelta.min,
                high if isinstance(high, dt.timedelta) else dt.timedelta.max,
            )
            return temporal.written(draw(_durations(*limits)))
        case ir.Time(zone):
            low, high = temporal.span(format_)
            limits_ = [
                each.replace(tzinfo=None) if isinstance(each, dt.time) else None
                for each in (low, high)
            ]
            clock = draw(_times(limits_[0] or dt.time.min, limits_[1] or dt.time.max))
            offset = low.tzinfo if isinstance(low, dt.time) and low.tzinfo else None
            return temporal.written(clock.replace(tzinfo=_zone(draw, zone, offset)))
        case ir.DateTime(zone):
            return _date_time(draw, format_, zone)
        case _:
            assert_never(format_)


def _date(value: object, otherwise: dt.date) -> dt.date:
    return value if isinstance(value, dt.date) else otherwise


def _zone(draw: Draw, zone: ir.Zone, offset: dt.tzinfo | None) -> dt.tzinfo | None:
    match zone:
        case ir.Zone.NAIVE:
            return None
        case ir.Zone.AWARE:
            return offset or one_of(draw, temporal.ZONES)
        case ir.Zone.ANY:
            return offset or one_of(draw, (dt.UTC, None, *temporal.ZONES))
        case _:
            assert_never(zone)


def _date_time(draw: Draw, format_: ir.DateTime, zone: ir.Zone) -> str:
    low, high = temporal.span(format_)
    aware = any(isinstance(each, dt.datetime) and each.tzinfo is not None for each in (low, high))
    limits = [
        (each.astimezone(dt.UTC) if each.tzinfo else each).replace(tzinfo=None)
        if isinstance(each, dt.datetime)
        else None
        for each in (low, high)
    ]
    moment = draw(_moments(limits[0] or dt.datetime.min, limits[1] or dt.datetime.max))  # noqa: DTZ901 - as it reads
    chosen = _zone(draw, zone, None)
    if chosen is not None and aware:
        try:
            return temporal.written(moment.replace(tzinfo=dt.UTC).astimezone(chosen))
        except OverflowError:
            return temporal.written(moment.replace(tzinfo=dt.UTC))
    return temporal.written(moment.replace(tzinfo=chosen))


def _decimal(draw: Draw, format_: ir.Decimal) -> str:
    step = decimals.smallest_step(format_)
    places = one_of(draw, (0, format_.decimal_places if format_.decimal_places is not None else 2))
    if format_.multiple_of is None:
        step = max(step, Decimal(1).scaleb(-places))
    low, high = (
        None if text is None else Decimal(text)
        for text in (
            format_.bounds.ge or format_.bounds.gt,
            format_.bounds.le or format_.bounds.lt,
        )
    )
    reach = 10 ** min(format_.max_digits or 12, 30) - 1
    least = -reach if low is None else math.ceil(low / step)
    most = reach if high is None else math.floor(high / step)
    if low is not None and high is None:
        most = max(most, least)
    if least > most:
        return ""
    text = str(draw(between(least, most)) * step)
    if format_.multiple_of is None and below(draw, 8) == 7:
        return f"{text.partition('.')[0]}E+{below(draw, 4) + 1}"
    return text


def _uuid(draw: Draw, version: int | None) -> str:
    number = draw(between(0, 2**128 - 1))
    if version is not None:
        number = number & ~(0xF << 76) & ~(0x3 << 62) | version << 76 | 0x2 << 62
    return str(UUID(int=number))
