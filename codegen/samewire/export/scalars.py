"""
Core schemas of single values to JSON Schema, as they really are on the wire.

Each function takes the core schema (``pydantic_core.core_schema``) and the view it is seen from, and returns a fresh dict.
Where the stock generator says less than Pydantic does, the difference is written with the keys listed in
``docs/schema-format.md``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Literal, TypeAlias

from pydantic import ByteSize
from pydantic_core import to_json

from samewire.patterns import JsRegex, translate

JsonSchema: TypeAlias = dict[str, Any]
CoreSchema: TypeAlias = Mapping[str, Any]
Mode: TypeAlias = Literal["serialization", "validation"]

MAX_SAFE_INTEGER = 2**53 - 1

_BOUND_KEYS = {
    "ge": "Minimum",
    "gt": "ExclusiveMinimum",
    "le": "Maximum",
    "lt": "ExclusiveMaximum",
}
# Null that stands for a number, not for None: no option that leaves None out leaves this out.
NON_FINITE: JsonSchema = {"type": "null", "$comment": "infinity or NaN"}
_WHITE = r"\p{White_Space}"


@dataclass(frozen=True, slots=True)
class View:
    """
    The direction, and the model configuration that is in force (``pydantic.ConfigDict``).

    ``inferred``: the configurations of all roots. What Pydantic serializes by the value it finds, not by a declared type, follows
    that of the class that is dumped, and not that of the model around.
    """

    mode: Mode
    config: Mapping[str, Any]
    inferred: tuple[Mapping[str, Any], ...] = ()
    finite_floats: bool = False
    safe_integers: bool = False

    @property
    def emits(self) -> bool:
        return self.mode == "serialization"


# --- Numbers ----------------------------------------------------------------------------------------------------------


def integer(schema: CoreSchema, view: View) -> JsonSchema:
    result: JsonSchema = {"type": "integer", **_numeric_bounds(schema)}
    if view.safe_integers:
        if "minimum" not in result and "exclusiveMinimum" not in result:
            result["minimum"] = -MAX_SAFE_INTEGER
        if "maximum" not in result and "exclusiveMaximum" not in result:
            result["maximum"] = MAX_SAFE_INTEGER
    return result


def number(schema: CoreSchema, view: View) -> JsonSchema:
    result: JsonSchema = {"type": "number", **_numeric_bounds(schema)}
    if view.finite_floats or not _may_be_non_finite(schema, view):
        return result
    if view.config.get("ser_json_inf_nan", "null") == "strings" and (
        view.emits or not _is_strict(schema, view)
    ):
        return {"anyOf": [result, {"type": "string", "enum": _non_finite_texts(schema)}]}
    if not view.emits:
        return result
    # Pydantic writes infinities and NaN as null ("ser_json_inf_nan"); its own schema does not say so.
    return {"anyOf": [result, NON_FINITE]}


def decimal(schema: CoreSchema, view: View) -> JsonSchema:
    """Pydantic writes a ``Decimal`` as text and reads text or a number."""
    text: JsonSchema = {"type": "string", "format": "decimal"}
    for key, name in (("max_digits", "max-digits"), ("decimal_places", "decimal-places")):
        if schema.get(key) is not None:
            text[f"x-samewire-{name}"] = schema[key]
    if schema.get("multiple_of") is not None:
        text["x-samewire-multiple-of"] = str(schema["multiple_of"])
    text |= {
        f"format{name}": str(schema[key])
        for key, name in _BOUND_KEYS.items()
        if schema.get(key) is not None
    }
    if schema.get("allow_inf_nan", False):
        text["x-samewire-allow-special"] = True
    if view.emits:
        return text
    as_number = _decimal_as_number(schema)
    return {"anyOf": [as_number, text]} if as_number else text


_PLAIN_DIGITS = r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)"
_DIGITS = rf"{_PLAIN_DIGITS}(?:[eE][-+]?[0-9]+)?"


def complex_(view: View) -> JsonSchema:
    """As Rust's ``Display`` writes the two parts, the real one left out if it is 0; read like Python's ``complex``."""
    if view.emits:
        part = r"(?:[0-9]+(?:\.[0-9]+)?|inf)"
        signed = f"(?:-?{part}|NaN)"
        return {"type": "string", "pattern": f"^(?:{signed}[-+](?:{part}|NaN)|{signed})j$"}
    part = f"(?:{_DIGITS}|[iI][nN][fF](?:[iI][nN][iI][tT][yY])?|[nN][aA][nN])"
    text = f"^(?:[-+]?{part}(?:[-+]{part}?[jJ])?|[-+]?{part}?[jJ])$"
    return {"anyOf": [{"type": "number"}, {"type": "string", "pattern": text}]}


def fraction(view: View) -> JsonSchema:
    """Written in lowest terms, read like Python's ``Fraction``, but for exponents of more digits, which Pydantic limits."""
    if view.emits:
        return {"type": "string", "pattern": "^(?:0|-?[1-9][0-9]*(?:/[1-9][0-9]*)?)$"}
    text = f"^[-+]?(?:[0-9]+/0*[1-9][0-9]*|{_PLAIN_DIGITS}(?:[eE][-+]?[0-9]{{1,3}})?)$"
    return {"anyOf": [{"type": "number"}, {"type": "string", "pattern": text}]}


def byte_size() -> JsonSchema:
    """What ``pydantic.ByteSize`` reads: a number of bytes, or text with one of its units, less what it would ignore after it."""
    units = sorted(ByteSize.byte_sizes, key=lambda unit: (-len(unit), unit))
    either_case = "|".join(
        "".join(f"[{letter}{letter.upper()}]" for letter in unit) for unit in units
    )
    # As many digits as a float holds without overflow.
    text = rf"^{_WHITE}*[0-9]{{0,200}}\.?[0-9]{{1,50}}{_WHITE}*(?:{either_case})?$"
    return {
        "anyOf": [{"type": "string", "pattern": text}, {"type": "integer", "minimum": 0}],
    }


def _decimal_as_number(schema: CoreSchema) -> JsonSchema | None:
    """The number that may stand for a decimal in input; ``None`` where its limits on digits have no form for a number."""
    result: JsonSchema = {"type": "number", **_numeric_bounds(schema)}
    places, digits = schema.get("decimal_places"), schema.get("max_digits")
    if digits is not None and places is None:
        return None
    if places is not None:
        if "multipleOf" in result:
            return None
        result["multipleOf"] = 1 if places == 0 else float(Decimal(1).scaleb(-places))
        if places:
            result["x-samewire-decimal-places"] = places
    if digits is not None and places is not None:
        limit = 10 ** (digits - places)
        if "maximum" not in result or result["maximum"] >= limit:
            result.pop("maximum", None)
            if result.get("exclusiveMaximum", limit) >= limit:
                result["exclusiveMaximum"] = limit
        if "minimum" not in result or result["minimum"] <= -limit:
            result.pop("minimum", None)
            if result.get("exclusiveMinimum", -limit) <= -limit:
                result["exclusiveMinimum"] = -limit
    return result


def _numeric_bounds(schema: CoreSchema) -> JsonSchema:
    keys = {
        "ge": "minimum",
        "gt": "exclusiveMinimum",
        "le": "maximum",
        "lt": "exclusiveMaximum",
        "multiple_of": "multipleOf",
    }
    return {
        name: _json_number(schema[key])
        for key, name in keys.items()
        if schema.get(key) is not None and abs(schema[key]) != float("inf")
    }


def _json_number(value: float | Decimal) -> int | float:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def _is_strict(schema: CoreSchema, view: View) -> bool:
    return bool(schema.get("strict", view.config.get("strict", False)))


def _may_be_non_finite(schema: CoreSchema, view: View) -> bool:
    """NaN fails every comparison, so a float with any bound below and above is finite; one bound leaves one infinity."""
    if not schema.get("allow_inf_nan", view.config.get("allow_inf_nan", True)):
        return False
    below = any(schema.get(key) not in (None, float("-inf")) for key in ("ge", "gt"))
    above = any(schema.get(key) not in (None, float("inf")) for key in ("le", "lt"))
    return not (below and above)


def _non_finite_texts(schema: CoreSchema) -> list[str]:
    below = schema.get("ge") is not None or schema.get("gt") is not None
    above = schema.get("le") is not None or schema.get("lt") is not None
    texts = [] if above else ["Infinity"]
    texts += [] if below else ["-Infinity"]
    return texts if below or above else [*texts, "NaN"]


# --- Text -------------------------------------------------------------------------------------------------------------


def string(schema: CoreSchema, view: View) -> JsonSchema:
    result: JsonSchema = {"type": "string"}
    strip = schema.get("strip_whitespace", view.config.get("str_strip_whitespace", False))
    minimum = schema.get("min_length", view.config.get("str_min_length") or None)
    maximum = schema.get("max_length", view.config.get("str_max_length"))
    patterns: list[JsonSchema] = []
    if strip and not view.emits:
        patterns += _lengths_after_strip(minimum or 0, maximum)
    else:
        result |= _lengths(minimum, maximum)
    if schema.get("pattern") is not None:
        found = _pattern(schema, view)
        patterns += _before_strip(found) if strip and not view.emits else [found]
    if view.emits:
        patterns += _normal_form(schema, view, strip=bool(strip))
    if schema.get("ascii_only"):
        patterns.append({"pattern": r"^[\x00-\x7f]*$"})
    if len(patterns) == 1:
        result |= patterns[0]
    elif patterns:
        result["allOf"] = patterns
    return result


def conjunction(steps: list[JsonSchema]) -> JsonSchema:
    """All constraints of schemas of one scalar type together; patterns stand side by side."""
    result: JsonSchema = {}
    patterns: list[JsonSchema] = []
    for step in steps:
        own = {key: value for key, value in step.items() if "pattern" in key}
        patterns += [*([own] if own else []), *step.get("allOf", [])]
        result |= {key: value for key, value in step.items() if key not in own and key != "allOf"}
    distinct = [one for index, one in enumerate(patterns) if one not in patterns[:index]]
    if len(distinct) == 1:
        return result | distinct[0]
    return result | {"allOf": distinct} if distinct else result


def _lengths(minimum: int | None, maximum: int | None) -> JsonSchema:
    result: JsonSchema = {}
    if minimum is not None:
        result["minLength"] = minimum
    if maximum is not None:
        result["maxLength"] = maximum
    return result


def _normal_form(schema: CoreSchema, view: View, *, strip: bool) -> list[JsonSchema]:
    """What whitespace stripping and case folding leave behind: the result is always stripped, and of one case."""
    patterns: list[JsonSchema] = []
    if strip:
        patterns.append({"pattern": f"^(?!{_WHITE})(?:[^]*\\P{{White_Space}})?$"})
    if schema.get("to_lower", view.config.get("str_to_lower")):
        patterns.append({"pattern": r"^\P{Changes_When_Lowercased}*$"})
    if schema.get("to_upper", view.config.get("str_to_upper")):
        patterns.append({"pattern": r"^\P{Changes_When_Uppercased}*$"})
    return patterns


def _lengths_after_strip(minimum: int, maximum: int | None) -> list[JsonSchema]:
    """Lengths that Pydantic checks after it has stripped the input, for input that may still have white space around it."""
    if minimum == 0 and maximum is None:
        return []
    edge = r"\P{White_Space}"
    if maximum == 0:
        body = ""
    else:
        upper = "" if maximum is None else str(max(maximum - 2, 0))
        middle = f"{{{max(minimum - 2, 0)},{upper}}}"
        long_body = f"{edge}[^]{'*' if middle == '{0,}' else middle}{edge}"
        if minimum >= 2:  # both edges are then distinct characters
            body = long_body
        else:
            body = edge if maximum == 1 else f"(?:{edge}|{long_body})"
            body = f"(?:{body})?" if minimum == 0 else body
    return [{"pattern": f"^{_WHITE}*{body}{_WHITE}*$"}]


def _before_strip(pattern: JsonSchema) -> list[JsonSchema]:
    """A pattern that Pydantic applies to the stripped input, for input that may have white space around it."""
    source = pattern["pattern"]
    if re.fullmatch(r"\^[^|]*[^\\|]\$", source):
        around = f"^{_WHITE}*(?!{_WHITE})(?:{source[1:-1]})(?<!{_WHITE}){_WHITE}*$"
        return [{**pattern, "pattern": around, "x-samewire-pattern-source": source}]
    # Without both ends there is no telling which white space is around: the input has to be stripped already.
    return [pattern, {"pattern": f"^(?!{_WHITE})(?:[^]*\\P{{White_Space}})?$"}]


def pattern_remarks(schema: CoreSchema, view: View) -> tuple[str, ...]:
    """What the user should know of a pattern that can be had."""
    return () if schema.get("pattern") is None else _translated(schema, view)[1].warnings


def _pattern(schema: CoreSchema, view: View) -> JsonSchema:
    source, js = _translated(schema, view)
    result: JsonSchema = {"pattern": js.source}
    if js.flags != "u":
        result["x-samewire-pattern-flags"] = js.flags
    if js.source != source:
        result["x-samewire-pattern-source"] = source
    return result


def _translated(schema: CoreSchema, view: View) -> tuple[str, JsRegex]:
    """
    A pattern, and the same for JavaScript.

    Raises:
        samewire.patterns.PatternError: it has no exact form there.
    """
    pattern: str | re.Pattern[str] = schema["pattern"]
    engine = schema.get("regex_engine", view.config.get("regex_engine", "rust-regex"))
    if isinstance(pattern, re.Pattern):
        flags = "".join(
            letter
            for letter, flag in (
                ("i", re.IGNORECASE),
                ("m", re.MULTILINE),
                ("s", re.DOTALL),
                ("x", re.VERBOSE),
                ("a", re.ASCII),
            )
            if pattern.flags & flag
        )
        source, engine = pattern.pattern, "python-re"
    else:
        source, flags = pattern, ""
    cased = schema.get("to_lower", view.config.get("str_to_lower")) or schema.get(
        "to_upper", view.config.get("str_to_upper")
    )
    if cased and view.emits and "i" not in flags:
        # The pattern saw the text before its case was changed.
        flags += "i"
    return source, translate(source, engine, flags)


def bytes_(schema: CoreSchema, view: View) -> JsonSchema:
    """Bytes as text. Lengths count bytes; for UTF-8 text, those for code points are what follows."""
    key, default = ("ser_json_bytes", "utf8") if view.emits else ("val_json_bytes", "utf8")
    low, high = schema.get("min_length"), schema.get("max_length")
    match view.config.get(key, default):
        case "hex":
            count = (
                f"{{{low or 0},{'' if high is None else high}}}" if low or high is not None else "*"
            )
            digits = "[0-9a-f]" if view.emits else "[0-9a-fA-F]"
            return {"type": "string", "pattern": f"^(?:{digits}{{2}}){count}$"}
        case "base64":
            result: JsonSchema = {"type": "string", "format": "base64url"}
            return result | _lengths(
                None if not low else -(-low // 3) * 4 - 2,
                None if high is None else -(-high // 3) * 4,
            )
        case _:
            limits = {"x-samewire-min-bytes": low or None, "x-samewire-max-bytes": high}
            given = {key: value for key, value in limits.items() if value is not None}
            return {"type": "string"} | _lengths(None if not low else -(-low // 4), high) | given


def secret(core: CoreSchema, described: JsonSchema, view: View) -> JsonSchema:
    """``SecretStr`` and ``SecretBytes``, which Pydantic describes as a password: its mask, or what it is read from."""
    if view.emits:
        return {"type": "string", "enum": ["**********", ""]}
    inner = core.get("lax_schema", {}).get("json_schema", {}).get("schema", {})
    return {**described, **bytes_(inner, view)} if inner.get("type") == "bytes" else described


# --- Time -------------------------------------------------------------------------------------------------------------


def datetime(schema: CoreSchema, view: View) -> JsonSchema:
    if (mode := _as_number(view)) is not None:
        return _number_of_time(schema, mode)
    return {"type": "string", "format": "date-time", **_zone(schema), **_text_bounds(schema)}


def date(schema: CoreSchema, view: View) -> JsonSchema:
    if (mode := _as_number(view)) is not None:
        return _number_of_time(schema, mode)
    return {"type": "string", "format": "date", **_text_bounds(schema)}


def time(schema: CoreSchema, view: View) -> JsonSchema:
    if (mode := _as_number(view)) is not None:
        return _number_of_time(schema, mode)
    return {"type": "string", "format": "time", **_zone(schema), **_text_bounds(schema)}


def timedelta(schema: CoreSchema, view: View) -> JsonSchema:
    text: JsonSchema = {"type": "string", "format": "duration", **_text_bounds(schema)}
    mode = _as_number(replace(view, mode="serialization"), of_a_duration=True)
    if view.emits:
        return text if mode is None else _number_of_time(schema, mode)
    if mode == "seconds" and not _is_strict(schema, view):
        # What is written as seconds is read as seconds, as far as a timedelta goes.
        seconds = {**_SECONDS, **_number_of_time(schema, mode)}
        return {"anyOf": [seconds, text]}
    return text


_SECONDS: JsonSchema = {
    "minimum": int(dt.timedelta.min.total_seconds()),
    "exclusiveMaximum": int(dt.timedelta.max.total_seconds()),
}
TimeUnit: TypeAlias = Literal["seconds", "milliseconds"]


def _as_number(view: View, *, of_a_duration: bool = False) -> TimeUnit | None:
    """The unit in which points in time are written; ``ser_json_temporal`` goes before the older ``ser_json_timedelta``."""
    if not view.emits:
        return None
    match view.config.get("ser_json_temporal"):
        case "seconds":
            return "seconds"
        case "milliseconds":
            return "milliseconds"
        case None if of_a_duration and view.config.get("ser_json_timedelta") == "float":
            return "seconds"
        case _:
            return None


def _number_of_time(schema: CoreSchema, unit: TimeUnit) -> JsonSchema:
    """
    Bounds as pydantic-core writes the values at them. Beyond 2^53 microseconds, where a double has not all of them, a value next to
    an exclusive bound may be written as the bound itself.

    Pydantic compares as they read what has a UTC offset and what has none, and writes the one as an instant, the other as if it
    were in UTC: such bounds are wider, by the offsets that there may be.
    """
    result: JsonSchema = {"type": "number"}
    for key, name in (
        ("ge", "minimum"),
        ("gt", "exclusiveMinimum"),
        ("le", "maximum"),
        ("lt", "exclusiveMaximum"),
    ):
        if schema.get(key) is None:
            continue
        shift = _shift(schema, schema[key], lower=name.lower().endswith("minimum"))
        if shift is None:
            continue
        number = float(to_json(schema[key], temporal_mode=unit))
        number += shift * (1 if unit == "seconds" else 1000)
        if abs(number) * (10**6 if unit == "seconds" else 10**3) > MAX_SAFE_INTEGER:
            result[name.replace("exclusiveM", "m")] = number
        else:
            result[name] = int(number) if number.is_integer() else number
    return result


_LARGEST_OFFSET = 86_399  # seconds, of a time zone in Python


def _shift(schema: CoreSchema, bound: object, *, lower: bool) -> int | None:
    """
    How many seconds beyond a bound, as it is written, a value may be written that is within it; ``None`` if it may be anywhere.
    """
    zone = schema.get("tz_constraint")
    if isinstance(bound, dt.time):
        # Written as it reads, whatever its offset.
        return None if bound.tzinfo is not None and zone != "naive" else 0
    if not isinstance(bound, dt.datetime):
        return 0
    offset = bound.utcoffset()
    shifts: list[int] = []
    if zone != "naive" and offset is not None:
        shifts.append(0)
    elif zone != "naive":
        farthest = _LARGEST_OFFSET if lower else -_LARGEST_OFFSET
        shifts.append(-(zone if isinstance(zone, int) else farthest))
    if zone in (None, "naive"):
        shifts.append(0 if offset is None else round(offset.total_seconds()))
    return (min if lower else max)(shifts)


def _zone(schema: CoreSchema) -> JsonSchema:
    match schema.get("tz_constraint"):
        case None:
            return {}
        case "naive":
            return {"x-samewire-timezone": "naive"}
        case _:  # "aware", or an offset in seconds: the offset itself is not checked
            return {"x-samewire-timezone": "aware"}


def _text_bounds(schema: CoreSchema) -> JsonSchema:
    return {
        f"format{name}": _wire_text(schema[key])
        for key, name in _BOUND_KEYS.items()
        if schema.get(key) is not None
    }


def _wire_text(value: dt.date | dt.time | dt.timedelta) -> str:
    return to_json(value).decode().strip('"')


# --- Formats ----------------------------------------------------------------------------------------------------------


def url(schema: CoreSchema, view: View) -> JsonSchema:
    result: JsonSchema = {
        "type": "string",
        "format": "uri" if schema["type"] == "url" else "multi-host-uri",
    }
    if schema.get("allowed_schemes"):
        result["x-samewire-url-schemes"] = list(schema["allowed_schemes"])
    # The limit is on the input; normalization can make the URL that is written longer.
    if schema.get("max_length") is not None and not view.emits:
        result["maxLength"] = schema["max_length"]
    return result


_MASKED = tuple(
    f"ipv{kind}"
    for kind in ("4network", "6network", "4interface", "6interface", "anynetwork", "anyinterface")
)


def as_written(schema: JsonSchema) -> JsonSchema:
    """A format that is read with or without one of its parts, as it is always written: with it."""
    match schema.get("format"):
        case format_ if format_ in _MASKED:
            return {**schema, "pattern": "/"}
        case "name-email":
            return {**schema, "pattern": ">$"}
        case _:
            return schema


def uuid(schema: CoreSchema) -> JsonSchema:
    result: JsonSchema = {"type": "string", "format": "uuid"}
    if schema.get("version") is not None:
        result["x-samewire-uuid-version"] = schema["version"]
    return result
