"""Names of Python objects: read as text, and written as whatever the object is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

from samewire.scalars.base import Scalar, UnrepresentableError
from samewire.scalars.view import CoreSchema, JsonSchema, View


class ImportString(Scalar):
    annotations = ("ImportString",)

    @classmethod
    def validators(cls) -> Mapping[str, Self]:
        return {"pydantic._internal._validators:import_string": cls()}

    @classmethod
    def export(cls, core: CoreSchema, view: View) -> JsonSchema:  # noqa: ARG003 - it has no limits
        if not view.emits:
            return {"type": "string"}  # of which only Python knows what can be imported
        raise UnrepresentableError(
            "no-json-form",
            "an ImportString, which is whatever object Python imports by its name",
            "say what is written: Annotated[ImportString, PlainSerializer(..., return_type=str)]; or leave the field out",
        )
