"""
Instances: the inputs that Pydantic makes them of, from the core schema of a type.

The core schema says what a model's annotations, ``Field`` constraints and configuration come to, so one walk over it serves every
way of writing a type. ``walk`` has one arm a kind; a kind that Pydantic adds later is an error there that names it.
"""

from __future__ import annotations

from typing import Any, cast

from pydantic import TypeAdapter

from samewire.coreschema.flat import Flat
from samewire.values.instances.walk import Walker
from samewire.values.random_draws import Make

__all__ = ["Inputs", "inputs_of"]


class Inputs:
    """
    The inputs of many types. What is known of a model is kept, since models are parts of one another.
    """

    def __init__(self, flat: Flat) -> None:
        self._walker = Walker(flat)

    def of(self, adapter: TypeAdapter[Any], name: str = "") -> Make | None:
        """
        The function that makes inputs; ``None`` if there are none.

        Raises:
            NoValueError: of a kind of schema, or for a pattern, no value can be made.

        """
        return self._walker.root(adapter.core_schema, name)


def inputs_of(annotation: object) -> Make | None:
    """
    Raises:
        NoValueError: of a kind of schema, or for a pattern, no value can be made.
        pydantic.PydanticUserError: Pydantic can't make a schema of the annotation.

    """
    adapter = TypeAdapter(cast("type[Any]", annotation))
    adapter.rebuild(raise_errors=True)
    return Inputs(Flat()).of(adapter, getattr(annotation, "__name__", ""))
