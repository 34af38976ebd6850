"""Hypothesis strategies for types of the intermediate representation. Only what is imported here imports Hypothesis."""

from __future__ import annotations

from hypothesis import strategies as st

from samewire import ir
from samewire.values.drawn.types import Makers
from samewire.values.shapes import Definitions, shapes_of


def strategy_of(type_: ir.Type, definitions: Definitions) -> st.SearchStrategy[ir.Json]:
    shapes = shapes_of(definitions)
    if not shapes.possible(type_):
        return st.nothing()
    make = Makers(shapes).maker(type_, "")

    @st.composite
    def values(draw: st.DrawFn) -> ir.Json:
        return make(draw, 0)

    return values()
