"""Integers of any size."""

from __future__ import annotations

from typing import Final

from samewire.patterns import Regex
from samewire.scalars.base import Scalar, UnrepresentableError
from samewire.scalars.decoded import Choices, Form
from samewire.scalars.numeric import numeric_bounds
from samewire.scalars.view import MAX_SAFE_INTEGER, CoreSchema, JsonSchema, View

_DIGITS: Final = "^(?:0|-?[1-9][0-9]*)$"


class Integer(Scalar):
    annotations = ("int",)
    kinds = ("int",)

    @classmethod
    def export(cls, core: CoreSchema, view: View) -> JsonSchema:
        result: JsonSchema = {"type": "integer", **numeric_bounds(core)}
        if view.safe_integers:
            if "minimum" not in result and "exclusiveMinimum" not in result:
                result["minimum"] = -MAX_SAFE_INTEGER
            if "maximum" not in result and "exclusiveMaximum" not in result:
                result["maximum"] = MAX_SAFE_INTEGER
        return result

    @classmethod
    def decoded(cls, patterns: tuple[Regex, ...], choices: Choices) -> Form | None:
        """
        What the text of an integer becomes.

        Raises:
            UnrepresentableError: there may be other texts, or the same integer in two spellings.

        """
        if not choices.integers:
            return None
        from samewire.patterns.inclusion import (  # noqa: PLC0415 - only where integers are decoded
            UndecidedError,
            shortest_difference,
        )

        try:
            other = shortest_difference(patterns, Regex.parse(_DIGITS))
        except UndecidedError:
            other = ""
        if other is None:
            return Form("bigint", "bigints", zod="bigint", maker="BigInt")
        raise UnrepresentableError(
            "bigint-text",
            "the text of an integer may be another one than its digits, so it is no bigint",
            f"declare the text with the pattern {_DIGITS}, or a narrower one",
        )
