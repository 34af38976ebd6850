"""Numbers that are written as text of a pattern: complex numbers and fractions."""

from __future__ import annotations

from samewire.scalars import digits
from samewire.scalars.base import Scalar, UnrepresentableError
from samewire.scalars.view import CoreSchema, JsonSchema, View, is_strict


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
        part = f"(?:{digits.number()}|[iI][nN][fF](?:[iI][nN][iI][tT][yY])?|[nN][aA][nN])"
        text = f"^(?:[-+]?{part}(?:[-+]{part}?[jJ])?|[-+]?{part}?[jJ])$"
        read = {"type": "string", "pattern": text}
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
        text = f"^[-+]?(?:[0-9]+/0*[1-9][0-9]*|{digits.number('{1,3}')})$"
        return {"anyOf": [{"type": "number"}, {"type": "string", "pattern": text}]}
