"""
The schemas that have a name of their own in ``schemas.ts``: those of scalars that zod itself has no exact schema for.

Each is a schema of zod's, checked by a predicate of the runtime library. Many fields may share one, which zod makes slowly.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from samewire.scalars import SCALARS, Format, Ordered
from samewire.scalars.checks import Predicate


@dataclass(frozen=True, slots=True)
class Shared:
    """
    ``final``: what is checked after the predicate, as bounds are, makes no sense of a value that it refuses.
    """

    base: Literal["string", "number"]
    predicate: Predicate
    final: bool = False
    comment: str = ""


SHARED: Final = {
    "integer": Shared(
        "number",
        Predicate("Number.isInteger", "Invalid input: expected int"),
        comment="An integer of any size; z.int() ends at 2 ** 53 - 1.",
    ),
    **{
        format_.label(): Shared("string", format_.predicate(), isinstance(format_, Ordered))
        for scalar in SCALARS
        if isinstance(scalar, Format)
        for format_ in scalar.variants()
        if format_.zod() is None
    },
}
"""By name. A schema of any JSON value, ``jsonValue``, is made otherwise: it is of no base."""

NAMES: Final = frozenset({*SHARED, "jsonValue"})
