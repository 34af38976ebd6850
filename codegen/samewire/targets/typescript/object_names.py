"""Alternative names of an object's keys, as arguments of the runtime library."""

from __future__ import annotations

from samewire import ir
from samewire.targets.typescript.expressions import ArrayLiteral, Expression, Number, text
from samewire.targets.typescript.syntax import number


def names_of(type_: ir.Object) -> tuple[Expression, ...]:
    """``["pageSize", "page_size"]`` for each value that has several names."""
    return tuple(ArrayLiteral(tuple(map(_path, each.read))) for each in type_.names)


def _path(path: ir.Path) -> Expression:
    steps = tuple(text(each) if isinstance(each, str) else Number(number(each)) for each in path)
    return steps[0] if len(steps) == 1 else ArrayLiteral(steps)
