"""Strings with their lengths and patterns."""

from __future__ import annotations

import re

from samewire.patterns import PatternError, Translation, translate
from samewire.patterns.regex import is_of_ascii
from samewire.scalars.base import Scalar, UnrepresentableError
from samewire.scalars.casing import Cased
from samewire.scalars.view import WHITE, CoreSchema, JsonSchema, View, lengths


class String(Scalar):
    annotations = ("str",)
    kinds = ("str",)

    @classmethod
    def export(cls, core: CoreSchema, view: View) -> JsonSchema:
        try:
            return _string(core, view)
        except PatternError as error:
            raise UnrepresentableError(
                "pattern",
                str(error),
                "rewrite the pattern without it, or check it in a validator instead",
            ) from error

    @classmethod
    def remarks(cls, core: CoreSchema, view: View) -> tuple[str, ...]:
        """What the user should know of a pattern."""
        return () if core.get("pattern") is None else _translated(core, view)[1].warnings


def _string(schema: CoreSchema, view: View) -> JsonSchema:
    result: JsonSchema = {"type": "string"}
    strip = schema.get("strip_whitespace", view.config.get("str_strip_whitespace", False))
    minimum = schema.get("min_length", view.config.get("str_min_length") or None)
    maximum = schema.get("max_length", view.config.get("str_max_length"))
    patterns: list[JsonSchema] = []
    cased = view.emits and _changes_case(schema, view)
    if strip and not view.emits:
        patterns += _lengths_after_strip(minimum or 0, maximum)
    else:
        result |= lengths(minimum, None if cased else maximum)
        if cased and maximum is not None:
            result |= Cased(_changes_case(schema, view) == "to_upper", maximum).document()
    found = None if schema.get("pattern") is None else _pattern(schema, view)
    if found is not None:
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


def _normal_form(schema: CoreSchema, view: View, *, strip: bool) -> list[JsonSchema]:
    """What whitespace stripping and case folding leave behind: the result is always stripped, and of one case."""
    patterns: list[JsonSchema] = []
    if strip:
        patterns.append({"pattern": f"^(?!{WHITE})(?:[^]*\\P{{White_Space}})?$"})
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
    return [{"pattern": f"^{WHITE}*{body}{WHITE}*$"}]


def _before_strip(pattern: JsonSchema) -> list[JsonSchema]:
    """A pattern that Pydantic applies to the stripped input, for input that may have white space around it."""
    source = pattern["pattern"]
    if re.fullmatch(r"\^[^|]*[^\\|]\$", source):
        around = f"^{WHITE}*(?!{WHITE})(?:{source[1:-1]})(?<!{WHITE}){WHITE}*$"
        return [{**pattern, "pattern": around, "x-samewire-pattern-source": source}]
    # Without both ends there is no telling which white space is around: the input has to be stripped already.
    return [pattern, {"pattern": f"^(?!{WHITE})(?:[^]*\\P{{White_Space}})?$"}]


def _changes_case(schema: CoreSchema, view: View) -> str | None:
    """To which case, by the name of the setting; Pydantic looks at them in this order."""
    return next(
        (
            key
            for key in ("to_lower", "to_upper")
            if schema.get(key, view.config.get(f"str_{key}", False))
        ),
        None,
    )


def _pattern(schema: CoreSchema, view: View) -> JsonSchema | None:
    """``None`` for one of the text before its case was changed that says nothing of the text after."""
    source, js = _translated(schema, view)
    if view.emits and _changes_case(schema, view) and not is_of_ascii(js.regex.tree):
        return None
    result: JsonSchema = {"pattern": js.source}
    if js.flags != "u":
        result["x-samewire-pattern-flags"] = js.flags
    if js.source != source:
        result["x-samewire-pattern-source"] = source
    return result


def _translated(schema: CoreSchema, view: View) -> tuple[str, Translation]:
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
    if view.emits and _changes_case(schema, view) and "i" not in flags:
        # The pattern saw the text before its case was changed.
        flags += "i"
    return source, translate(source, engine, flags)
