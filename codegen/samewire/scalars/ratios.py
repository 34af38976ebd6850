"""Numbers that are written as text of a pattern: complex numbers and fractions."""

from __future__ import annotations

from typing import Final

from samewire.scalars.base import Scalar, UnrepresentableError
from samewire.scalars.view import CoreSchema, JsonSchema, View, is_strict

_DIGITS: Final = "[0-9](?:_?[0-9])*"  # as Python reads them
_SPACE: Final = r"[\t-\r ]*"


def _number(exponent: str) -> str:
    return rf"(?:{_DIGITS}(?:\.(?:{_DIGITS})?)?|\.{_DIGITS})(?:[eE][-+]?{exponent})?"


class Complex(Scalar):
    """As Rust's ``Display`` writes the two parts, the real one left out if it is 0; read like Python's ``complex``."""

    annotations = ("complex",)
    kinds = ("complex",)

    @classmethod
    def export(cls, core: CoreSchema, view: View) -> JsonSchema:
        if view.emits:
            part = r"(?:[0-9]+(?:\.[0-9]+)?|inf)"
            signed = f"(?:-?{part}|NaN)"
            return {"type": "string", "pattern": f"^(?:{signed}[-+](?:{part}|NaN)|{signed})j$"}
        part = f"(?:{_number(_DIGITS)}|[iI][nN][fF](?:[iI][nN][iI][tT][yY])?|[nN][aA][nN])"
        text = f"{_SPACE}(?:[-+]?{part}(?:[-+]{part}?[jJ])?|[-+]?{part}?[jJ]){_SPACE}"
        pattern = rf"^(?:{text}|{_SPACE}\({text}\){_SPACE})$"
        read = {"type": "string", "pattern": pattern}
        return read if is_strict(core, view) else {"anyOf": [{"type": "number"}, read]}


class Fraction(Scalar):
    """Written in lowest terms, read like Python's ``Fraction``, but for exponents of more digits, which Pydantic limits."""

    annotations = ("Fraction",)
    kinds = ("fraction",)  # from pydantic 2.14 on

    @classmethod
    def export(cls, core: CoreSchema, view: View) -> JsonSchema:
        if any(core.get(key) is not None for key in ("ge", "gt", "le", "lt", "multiple_of")):
            raise UnrepresentableError(
                "no-json-form",
                "a fraction in bounds, whose text can't be compared in a schema",
                "use Decimal or float, or check the bounds in a validator",
            )
        if view.emits:
            return {"type": "string", "pattern": "^(?:0|-?[1-9][0-9]*(?:/[1-9][0-9]*)?)$"}
        ratio = f"{_DIGITS}/(?:0_?)*[1-9](?:_?[0-9])*"
        text = f"^{_SPACE}[-+]?(?:{ratio}|{_number('[0-9](?:_?[0-9]){0,2}')}){_SPACE}$"
        return {"anyOf": [{"type": "number"}, {"type": "string", "pattern": text}]}
