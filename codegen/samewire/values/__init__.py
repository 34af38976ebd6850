"""
Values: of the types of a contract, for checking that both sides read them alike.

From the intermediate representation come JSON values that are valid, at the edges of a type (:func:`edges`) or at random
(:func:`values`), and ones that are one change away from valid (:func:`near_misses`). From a Python annotation come the inputs
from which instances are built (:func:`inputs`). :func:`draw_values` draws random ones, and :func:`shrunk` finds the smallest.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from samewire import ir
from samewire.values.depth import Definitions
from samewire.values.errors import NoValueError
from samewire.values.examples import examples_of
from samewire.values.membership import matches
from samewire.values.near_misses import Mutation, NearMisses, Pointer, part_at, replaced
from samewire.values.near_places import Everywhere
from samewire.values.random_draws import Draw, Make, RejectedError, Replay, draw_values
from samewire.values.shrinking import shrunk

__all__ = [
    "Definitions",
    "Draw",
    "Make",
    "Mutation",
    "NearMisses",
    "NoValueError",
    "Pointer",
    "RejectedError",
    "Replay",
    "draw_values",
    "edges",
    "inputs",
    "is_valid",
    "near_misses",
    "part_at",
    "replaced",
    "shrunk",
    "values",
]


def edges(type_: ir.Type, definitions: Definitions) -> Iterator[ir.Json]:
    """
    Valid values at the edges of a type, the smallest first: each limit, each member of a union, each optional key there and not
    there, awkward texts and numbers.

    Always the same ones, no two equal, at most some hundreds; none for a type without values. Values may share parts and must not
    be changed. A schema has them as it emits them: formats are written as Pydantic writes them.

    Raises:
        NoValueError: for a pattern or number that was not solved.

    """
    return examples_of(definitions).edges(type_, "")


def values(type_: ir.Type, definitions: Definitions) -> Make | None:
    """
    The function that makes valid values at random, of bounded depth; ``None`` for a type without values.

    Raises:
        NoValueError: as :func:`edges`, for all types that this one refers to.

    """
    from samewire.values.strategies import maker_of  # noqa: PLC0415  # for random values alone

    return maker_of(type_, definitions)


def near_misses(
    type_: ir.Type, definitions: Definitions, value: ir.Json, alone: Collection[str] = frozenset()
) -> Iterator[Mutation]:
    """
    Values one change away from a valid one, at every depth. Most are invalid, which :func:`is_valid` tells.

    What refers to a definition in ``alone`` is changed from the outside only: another value, one of its keys dropped, or one added.
    :class:`NearMisses` makes those of many values.
    """
    return NearMisses(type_, definitions, alone, Everywhere()).of(value)


def is_valid(type_: ir.Type, definitions: Definitions, value: ir.Json) -> bool:
    """
    Whether a value is of a type: exact but for URLs and e-mail addresses, of which only the shape is looked at, and patterns that
    take too long to search for.
    """
    return matches(type_, value, examples_of(definitions).types)


def inputs(annotation: object) -> Make | None:
    """
    The function that makes what ``pydantic.TypeAdapter(annotation).validate_python`` takes; ``None`` if there is no such value.

    It is walked from the core schema that Pydantic makes of the annotation.
    Most of it is valid; what only a validator written in Python knows is not seen.

    Raises:
        NoValueError: for a kind of schema or a pattern of which no value can be made.

    """
    from samewire.values.instances import inputs_of  # noqa: PLC0415

    return inputs_of(annotation)
