"""
Places that have no exact form.

The schema of such a place holds the :class:`Refusal` itself, so that one model's trouble does not stop the others. A refusal is no
JSON: a schema that holds one can't be written by mistake, and nothing that a type's author writes is taken for one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

from pydantic_core import core_schema

from samewire.scalars.view import JsonSchema

NO_FORM: Final = (
    "annotate it with a type that has one, e.g. Annotated[T, PlainSerializer(..., return_type=str), WithJsonSchema(...)], "
    "or leave the field out: a default with Field(exclude=True), or `exclude` in the configuration"
)
"""The way out for a type that has no JSON form."""

_HOLDERS: Final = (dict, list)
_SCALARS: Final = frozenset((str, int, float, bool, type(None)))


@dataclass(frozen=True, slots=True)
class Refusal:
    """
    Why a place has no exact form. ``where`` is the innermost class and its field, ``module:Class.field``, by their Python names.

    ``cause`` names the code that is the reason, of which the places are reported together, with the hint ``cure``.
    """

    where: str
    code: str
    message: str
    hint: str
    cause: str | None = None
    cure: str = ""

    @property
    def schema(self) -> JsonSchema:
        """What stands for the type of the place while the document is generated."""
        return {"x-samewire-refused": self}


def is_refused(schema: JsonSchema) -> bool:
    """Whether a place itself has no exact form, not only something inside of it."""
    return "x-samewire-refused" in schema


def refusals_in(schema: object) -> Iterator[Refusal]:
    """Every refusal inside a schema, in order."""
    if isinstance(schema, Refusal):
        yield schema
    elif isinstance(schema, _HOLDERS):
        for one in schema.values() if isinstance(schema, dict) else schema:
            if type(one) not in _SCALARS:
                yield from refusals_in(one)


def as_core_schema(schema: JsonSchema) -> core_schema.CoreSchema:
    """
    A core schema that stands for a finished schema, a refused one for example, where Pydantic wants a core schema: in the place of
    what a serializer returns.
    """
    return cast("core_schema.CoreSchema", {"type": "invalid", "metadata": {"samewire": schema}})


def of_core_schema(core: Mapping[str, Any]) -> JsonSchema:
    """The schema that :func:`as_core_schema` was given."""
    return dict(core["metadata"]["samewire"])
