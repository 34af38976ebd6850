"""
Decimal numbers in text (``1.50``, ``1E+2``, ``-0``), with Python's ``max_digits`` and ``decimal_places``.
"""

from __future__ import annotations

import decimal
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Self

from samewire.scalars import digits, spelling
from samewire.scalars.base import Draw, Near, Ordered, Place
from samewire.scalars.bounds import NO_BOUNDS, Bounds
from samewire.scalars.checks import Limit, Predicate
from samewire.scalars.decimal_limits import has_digits, is_multiple, longest
from samewire.scalars.decoded import Choices, Form
from samewire.scalars.keywords import Keyword, Keywords, count, flag
from samewire.scalars.numeric import inequalities
from samewire.scalars.spelling import SPELLING, Spelling
from samewire.scalars.view import Config, CoreSchema, JsonSchema, View

_SPECIAL: Final = re.compile(r"[+-]?(?:Infinity|s?NaN\d*)", re.ASCII)
_READ_NUMBER: Final = r"[+-]?(?:[\d_]+\.?[\d_]*|\.[\d_]+)(?:[Ee][+-]?[\d_]+)?"
_NUMBER_PATTERNS: Final = {
    Spelling.WRITTEN: r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:E[+-][1-9]\d*)?",
    Spelling.READ: _READ_NUMBER,
    Spelling.STANDARD: r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[Ee][+-]?\d+)?",
}
_SPECIAL_PATTERNS: Final = {
    Spelling.WRITTEN: r"-?(?:Infinity|s?NaN\d*)",
    Spelling.READ: r"[+-]?(?:[Ii][Nn][Ff](?:[Ii][Nn][Ii][Tt][Yy])?|[Ss]?[Nn][Aa][Nn]\d*)",
    Spelling.STANDARD: r"[+-]?(?:Infinity|s?NaN\d*)",
}
_EXAMPLES: Final = (
    *("1.50", "0", "1", "-1", "-0", "0.00", "1E+2", "0E-10", "1.5E-7", "-123456789.987654321"),
    *("12345678901234567890.12345678901234567890", "0.1", "9", "10", "99", "0.01", "0.001", "100"),
    *("1000", "1E+30"),
)
_SPECIALS: Final = ("NaN", "Infinity", "-Infinity")
_INVALID: Final = (
    ("1,5", "a comma"),
    ("1.2.3", "two points"),
    ("0x10", "hexadecimal"),
    ("1e", "an exponent without digits"),
    ("one", "a word"),
    ("NaN", "no number"),
    ("Infinity", "infinity"),
    ("9" * 40, "40 digits"),
    ("0." + "9" * 40, "40 decimal places"),
)


def _step(value: Any) -> str | None:
    number = digits.decimal_of(value) if isinstance(value, str) else None
    return value if number is not None and number > 0 else None


MAX_DIGITS: Final = count("x-samewire-max-digits")
DECIMAL_PLACES: Final = count("x-samewire-decimal-places")
MULTIPLE_OF: Final = Keyword("x-samewire-multiple-of", "a decimal number above 0, in text", _step)
ALLOW_SPECIAL: Final = flag("x-samewire-allow-special")
DECIMAL_DIGITS: Final = (MAX_DIGITS.name, DECIMAL_PLACES.name, MULTIPLE_OF.name)
"""The keywords that a number has too if it stands for a decimal."""


@dataclass(frozen=True, slots=True)
class Decimal(Ordered):
    """``allow_special``: ``NaN``, ``Infinity``, ``-Infinity`` and ``sNaN`` in text."""

    max_digits: int | None = None
    decimal_places: int | None = None
    multiple_of: str | None = None
    bounds: Bounds = NO_BOUNDS
    allow_special: bool = False
    spelling: Spelling = Spelling.WRITTEN

    annotations = ("Decimal",)
    kinds = ("decimal",)
    keywords = (MAX_DIGITS, DECIMAL_PLACES, MULTIPLE_OF, ALLOW_SPECIAL, SPELLING)

    # --- The document -------------------------------------------------------------------------------------------------

    @classmethod
    def export(cls, core: CoreSchema, view: View) -> JsonSchema:
        """Pydantic writes text, and reads text or a number."""
        format_ = replace(cls.of_core(core, view.config), spelling=spelling.spelling_of(view))
        text = format_.document()
        if view.emits:
            return text
        digits_ = {key: text[key] for key in DECIMAL_DIGITS if key in text}
        return {"anyOf": [{"type": "number", **inequalities(core), **digits_}, text]}

    @classmethod
    def of_core(cls, core: CoreSchema, config: Config) -> Self:
        step = core.get("multiple_of")
        return cls(
            core.get("max_digits"),
            core.get("decimal_places"),
            None if step is None else str(step),
            Bounds.of_core(core, str),
            core.get("allow_inf_nan", config.get("allow_inf_nan", False)),
        )

    @classmethod
    def named(cls) -> Mapping[str, Self]:
        return {"decimal": cls()}

    @classmethod
    def variants(cls) -> tuple[Self, ...]:
        return tuple(
            cls(allow_special=special, spelling=each)
            for each in Spelling
            for special in (False, True)
        )

    def limited(self, keywords: Keywords) -> Self:
        return type(self)(
            keywords.least(MAX_DIGITS),
            keywords.least(DECIMAL_PLACES),
            keywords.one(MULTIPLE_OF),
            keywords.bounds(),
            keywords.every(ALLOW_SPECIAL),
            keywords.one(SPELLING) or Spelling.WRITTEN,
        )

    def document(self) -> JsonSchema:
        limits = {
            MAX_DIGITS.name: self.max_digits,
            DECIMAL_PLACES.name: self.decimal_places,
            MULTIPLE_OF.name: self.multiple_of,
            ALLOW_SPECIAL.name: self.allow_special or None,
        }
        given = {key: value for key, value in limits.items() if value is not None}
        spelled = spelling.document(self.spelling)
        return {"type": "string", "format": "decimal", **spelled, **given, **self.bounds.document()}

    def standard(self) -> JsonSchema:
        number = _NUMBER_PATTERNS[self.spelling]
        special = f"|{_SPECIAL_PATTERNS[self.spelling]}" if self.allow_special else ""
        space = r"\s*" if self.spelling is Spelling.READ else ""
        return {"pattern": f"^{space}(?:{number}{special}){space}$"}

    @classmethod
    def place(cls, text: str) -> Place | None:
        number = digits.decimal_of(text)
        return None if number is None else ("decimal", number)

    @classmethod
    def bound(cls, value: object) -> str | None:
        number = isinstance(value, int | float | decimal.Decimal) and not isinstance(value, bool)
        return str(value) if number else None

    # --- TypeScript ---------------------------------------------------------------------------------------------------

    def label(self) -> str:
        name = "specialDecimal" if self.allow_special else "decimal"
        return spelling.label(name, self.spelling)

    def predicate(self) -> Predicate:
        name = spelling.predicate("Decimal", self.spelling)
        return Predicate(name, "Invalid decimal", (True,) if self.allow_special else ())

    def comparison(self) -> str:
        return "compareDecimals"

    def limits(self) -> tuple[Limit, ...]:
        digits_, places, step = self.max_digits, self.decimal_places, self.multiple_of
        limits: tuple[Limit, ...] = ()
        if self._limits_digits:
            expected = [] if digits_ is None else [f"at most {digits_}"]
            expected += [] if places is None else [f"at most {places} after the point"]
            message = f"Too many digits: expected {', '.join(expected)}"
            most = tuple(math.inf if each is None else each for each in (digits_, places))
            limits += (Predicate("hasDigits", message, most),)
        if step is not None:
            message = f"Invalid decimal: must be a multiple of {step}"
            limits += (Predicate("isDecimalMultipleOf", message, (step,)),)
        return limits

    def decoded(self, choices: Choices) -> Form | None:
        adapter = choices.decimals
        if adapter is None:
            return None
        return Form(adapter.type, "decimalsBy", module=adapter.module, of_module=True)

    # --- Values -------------------------------------------------------------------------------------------------------

    def fits(self, text: str) -> bool:
        if self.spelling is Spelling.READ:
            text = text.strip().replace("_", "")
        if _SPECIAL.fullmatch(text):
            free = self.bounds == NO_BOUNDS and self.multiple_of is None
            return self.allow_special and free and not self._limits_digits
        if not digits.TEXT.fullmatch(text):
            return False
        try:
            value = decimal.Decimal(text)
        except decimal.InvalidOperation:
            return False
        if self.spelling is Spelling.WRITTEN and str(value) != text:
            return False
        return (
            self.bounds.admit(lambda bound: int(value.compare(decimal.Decimal(bound))))
            and has_digits(value, self.max_digits, self.decimal_places)
            and (self.multiple_of is None or is_multiple(value, self.multiple_of))
        )

    @property
    def _limits_digits(self) -> bool:
        return self.max_digits is not None or self.decimal_places is not None

    @property
    def step(self) -> decimal.Decimal:
        """The least difference between two numbers that the format tells apart, of those that examples use."""
        if self.multiple_of is not None:
            return decimal.Decimal(self.multiple_of)
        return decimal.Decimal(1).scaleb(
            -(6 if self.decimal_places is None else self.decimal_places)
        )

    def edges(self) -> Iterator[str]:
        seen = dict.fromkeys((*_EXAMPLES, *_derived(self), *_SPECIALS))
        yield from (text for text in seen if self.fits(text))

    def invalid(self) -> Iterable[Near]:
        return _INVALID

    def near(self, text: str) -> Iterator[Near]:  # noqa: ARG002 - one step from the limits
        bounds = self.bounds
        for bound, by, what in (
            (bounds.ge, -self.step, "below the least"),
            (bounds.gt, self.step * 0, "the limit, which is excluded"),
            (bounds.le, self.step, "above the greatest"),
            (bounds.lt, self.step * 0, "the limit, which is excluded"),
        ):
            if bound is not None:
                yield str(decimal.Decimal(bound) + by), what
        if self.max_digits is not None:
            yield "9" * (self.max_digits + 1), "a digit too many"
        if self.decimal_places is not None:
            yield f"0.{'1' * (self.decimal_places + 1)}", "a decimal place too many"
        if self.multiple_of is not None:
            yield str(decimal.Decimal(self.multiple_of) / 2), "no multiple"

    def draw(self, draw: Draw) -> str:
        places = draw.choice((0, 2 if self.decimal_places is None else self.decimal_places))
        step = self.step
        if self.multiple_of is None:
            step = max(step, decimal.Decimal(1).scaleb(-places))
        reach = 10 ** min(self.max_digits or 12, 30) - 1
        low, high = self.bounds.low, self.bounds.high
        least = -reach if low is None else math.ceil(decimal.Decimal(low) / step)
        most = reach if high is None else math.floor(decimal.Decimal(high) / step)
        if low is not None and high is None:
            most = max(most, least)
        if least > most:
            return ""
        number = draw.integer(least, most) * step
        if self.multiple_of is None and draw.integer(0, 7) == 7:
            return str(decimal.Decimal(f"{int(number)}E+{draw.integer(1, 4)}"))
        return str(number)

    def value(self, text: str) -> decimal.Decimal:
        return decimal.Decimal(text)


def _derived(format_: Decimal) -> Iterator[str]:
    """Numbers at the limits."""
    step = format_.step
    for text in format_.bounds.texts:
        bound = decimal.Decimal(text)
        yield from map(str, (bound, bound + step, bound - step))
        if format_.multiple_of is not None:
            nearest = (bound / step).to_integral_value() * step
            yield from map(str, (nearest, nearest + step, nearest - step))
    if format_.multiple_of is not None:
        yield from map(str, (step, -step, step * 7))
    most, places = format_.max_digits, format_.decimal_places
    if most is not None:
        behind = min(places, most) if places is not None else 0
        yield from longest(most - behind, behind)
        yield from longest(0, most if places is None else behind)
    elif places is not None:
        yield from longest(3, places)
