"""Hypothesis strategies for types of the intermediate representation. Only what is imported here imports Hypothesis."""

from __future__ import annotations

from functools import lru_cache

from hypothesis import strategies as st

from samewire import ir
from samewire.values.drawn.types import Makers
from samewire.values.shapes import REMEMBERED, Definitions, Shapes, shapes_of


def strategy_of(type_: ir.Type, definitions: Definitions) -> st.SearchStrategy[ir.Json]:
    shapes = shapes_of(definitions)
    if not shapes.possible(type_):
        return st.nothing()
    make = _makers(shapes).root(type_)

    @st.composite
    def values(draw: st.DrawFn) -> ir.Json:
        return make(draw, 0)

    return values()


@lru_cache(maxsize=REMEMBERED)
def _makers(shapes: Shapes) -> Makers:
    return Makers(shapes)
