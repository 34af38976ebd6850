"""Describes in words what a type requires of a value beyond its TypeScript type."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, assert_never

from samewire import ir
from samewire.scalars.base import Format, Ordered
from samewire.scalars.bounds import KEYWORDS, Bounds
from samewire.scalars.spelling import SPELLING
from samewire.targets.docs.spans import Line, code, joined, json_text, line
from samewire.targets.typescript.syntax import regex

Shown = Callable[[ir.Type], Line]
"""A type as TypeScript, on one line."""

_SPOKEN_OF: Final = {
    *("type", "format", "pattern", SPELLING.name, "x-samewire-timezone"),
    *KEYWORDS.values(),
}
"""What a format's document says beside its limits."""

_IN_SIZE: Final = ("at least ", "more than ", "at most ", "less than ")
_IN_TIME: Final = ("from ", "after ", "up to ", "before ")


def demands(type_: ir.Type, shown: Shown) -> Iterator[Line]:
    """The requirements of a value of the type, and of the values in it. Referenced types describe themselves."""
    match type_:
        case ir.Integer(ge, gt, le, lt, step):
            yield line("an integer")
            yield from _numbers(ge, gt, le, lt, step)
        case ir.Number(ge, gt, le, lt, step):
            yield from _numbers(ge, gt, le, lt, step)
        case ir.String():
            yield from _text(type_)
        case ir.Array(items, low, high, unique):
            yield from _amount(low, high, "item")
            if unique:
                yield line("no two items are equal")
            yield from _each("each item", items, shown)
        case ir.Tuple(prefix, rest, low, high):
            if rest is not None or low < len(prefix) or high is not None:
                yield from _amount(low or None, high, "element")
            for at, each in enumerate(prefix, 1):
                yield from _each(f"element {at}", each, shown)
            if rest is not None:
                yield from _each("each further element" if prefix else "each element", rest, shown)
        case ir.Record(key, value, low, high):
            yield from _amount(low, high, "key")
            yield from _each("each key", key, shown)
            yield from _each("each value", value, shown)
        case ir.Nullable(inner):
            yield from demands(inner, shown)
        case ir.Union(members, tag):
            if tag is not None:
                yield line("told apart by ", code(tag))
            for each in members:
                if isinstance(each, ir.Unlisted | ir.UnlistedObject):
                    yield from demands(each, shown)
                else:
                    yield from _each(line("if ", shown(each)), each, shown)
        case ir.Unlisted():
            yield line("may get further values, which readers keep")
        case ir.UnlistedObject(tag):
            yield line("may get further members with another ", code(tag), ", which readers keep")
        case ir.Object(_, extra):
            yield from _further(extra, shown)
        case ir.Checked(inner, checks):
            yield from demands(inner, shown)
            for check in checks:
                yield _checked(check, shown)
        case ir.Unknown() | ir.JsonValue():
            yield line("any JSON value")
        case ir.Never() | ir.Null() | ir.Boolean() | ir.Literal() | ir.EnumType() | ir.Ref():
            return
        case _:
            assert_never(type_)


def _each(what: str | Line, type_: ir.Type, shown: Shown) -> Iterator[Line]:
    """What is demanded of values inside, in one phrase."""
    if isinstance(type_, ir.Unknown | ir.JsonValue | ir.Object):
        return
    if inside := joined(", ", demands(type_, shown)):
        yield line(what, ": ", inside)


def _further(extra: ir.Extra, shown: Shown) -> Iterator[Line]:
    if isinstance(extra, ir.Keep):
        known = not isinstance(extra.value, ir.Unknown | ir.JsonValue)
        of = line(", of the type ", shown(extra.value)) if known else ()
        yield line("other keys are kept", of)
    elif extra is ir.REJECT:
        yield line("other keys are refused")


def _numbers(
    ge: float | None, gt: float | None, le: float | None, lt: float | None, step: float | None
) -> Iterator[Line]:
    bounds = Bounds(*(None if each is None else json_text(each) for each in (ge, gt, le, lt)))
    yield from _bounds(bounds, _IN_SIZE)
    if step is not None:
        yield line("a multiple of ", code(json_text(step)))


def _bounds(bounds: Bounds, words: tuple[str, str, str, str]) -> Iterator[Line]:
    if bounds.ge is not None and bounds.le is not None:
        yield line(code(bounds.ge), " to ", code(bounds.le))
        return
    ends = (bounds.ge, bounds.gt, bounds.le, bounds.lt)
    for word, end in zip(words, ends, strict=True):
        if end is not None:
            yield line(word, code(end))


def _text(type_: ir.String) -> Iterator[Line]:
    if type_.format is not None:
        yield from _format(type_.format)
    yield from _amount(type_.min_length, type_.max_length, "character")
    yield from _amount(type_.min_bytes, type_.max_bytes, "byte")
    for pattern in type_.patterns:
        yield line("matches ", code(regex(pattern)))


def _format(format_: Format) -> Iterator[Line]:
    named = format_.predicate().message.removeprefix("Invalid ")
    document = format_.document()
    again = " as Pydantic reads it" if document.get(SPELLING.name) == "read" else ""
    yield line(f"{named}{again}")
    if isinstance(format_, Ordered):
        in_time = document["format"] in ("date", "date-time", "time")
        yield from _bounds(format_.bounds, _IN_TIME if in_time else _IN_SIZE)
    for key, value in document.items():
        if key not in _SPOKEN_OF:
            words = key.removeprefix("x-samewire-").replace("-", " ")
            yield line(f"{words} ", code(json_text(value)))


def _amount(low: int | None, high: int | None, what: str) -> Iterator[Line]:
    low = low or None
    if low is None and high is None:
        return
    if low == high:
        count = f"exactly {low}"
    elif low is None:
        count = f"at most {high}"
    elif high is None:
        count = f"at least {low}"
    else:
        count = f"{low} to {high}"
    last = low if high is None else high
    yield line(f"{count} {what}{'' if last == 1 else 's'}")


def _checked(check: ir.Check, shown: Shown) -> Line:
    match check:
        case ir.AllOf(type_):
            return line("also of the type ", _whole(type_, shown))
        case ir.Not(type_):
            return line("not of the type ", _whole(type_, shown))
        case ir.OneOf(members):
            listed = joined("; ", (_whole(each, shown) for each in members))
            return line("of exactly one of the types ", listed)
        case ir.IfThenElse(test, then, otherwise):
            first = line("if of the type ", _whole(test, shown), ", then of ", _whole(then, shown))
            return line(first, ", else of ", _whole(otherwise, shown))
        case ir.ContentSchema(content):
            return line("JSON text of the type ", _whole(content, shown))
        case ir.Contains(item, low, high):
            amount = "" if high is None else f", at most {high} of them"
            return line(f"at least {low} of the items of the type ", _whole(item, shown), amount)
        case ir.UniqueItems():
            return line("no two items are equal")
        case ir.PropertyCount(low, high):
            return line(joined(", ", _amount(low, high, "key")))
        case ir.PropertyNames(key):
            return line("each key of the type ", _whole(key, shown))
        case ir.PatternProperties(pattern, value):
            return line(
                "keys that match ", code(regex(pattern)), " of the type ", _whole(value, shown)
            )
        case ir.UnevaluatedProperties(_, value):
            return line("keys that nothing else describes of the type ", _whole(value, shown))
        case ir.UnevaluatedItems(_, item):
            return line("items that nothing else describes of the type ", _whole(item, shown))
        case _:
            assert_never(check)


def _whole(type_: ir.Type, shown: Shown) -> Line:
    """A type with what it demands."""
    inside = joined(", ", demands(type_, shown))
    return line(shown(type_), " (", inside, ")") if inside else shown(type_)
