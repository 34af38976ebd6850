"""Conditions: ``&&``, ``||`` and ``!``, with constants folded."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal

from samewire.ir import Scalar
from samewire.targets.typescript.expressions import (
    Comparison,
    Constant,
    Expression,
    Logical,
    Member,
    Negation,
    TypeOf,
    count,
    scalar,
)
from samewire.targets.typescript.syntax import Code

TRUE: Final = Constant(Code("true"))
FALSE: Final = Constant(Code("false"))


def all_of(*operands: Expression) -> Expression:
    return _joined("&&", operands, neutral=TRUE, final=FALSE)


def any_of(*operands: Expression) -> Expression:
    return _joined("||", operands, neutral=FALSE, final=TRUE)


def _joined(
    operator: Literal["&&", "||"],
    operands: Iterable[Expression],
    *,
    neutral: Constant,
    final: Constant,
) -> Expression:
    """The operands, flat, each once; without those that say nothing, and nothing after one that decides."""
    flat: dict[Expression, None] = {}
    for operand in operands:
        inner: tuple[Expression, ...] = (operand,)
        if isinstance(operand, Logical) and operand.operator == operator:
            inner = operand.operands
        flat.update(dict.fromkeys(part for part in inner if part != neutral))
    if final in flat:
        return final
    match tuple(flat):
        case ():
            return neutral
        case (only,):
            return only
        case several:
            return Logical(operator, several)


def negated(operand: Expression) -> Expression:
    match operand:
        case Constant():
            return FALSE if operand == TRUE else TRUE
        case Negation(inner):
            return inner
        case _:
            return Negation(operand)


def compared(left: Expression, operator: str, right: Expression) -> Comparison:
    return Comparison(left, Code(operator), right)


def equals(value: Expression, literal: Scalar) -> Comparison:
    return compared(value, "===", scalar(literal))


def has_type(value: Expression, name: str) -> Comparison:
    """``typeof value === "name"``"""
    return compared(TypeOf(value), "===", scalar(name))


def has_length(value: Expression, operator: str, length: int) -> Comparison:
    """``value.length <= 3``"""
    return compared(Member(value, Code("length")), operator, count(length))
