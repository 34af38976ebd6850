"""Numbers of bytes, with a unit or without."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

import pydantic

from samewire.scalars.base import Scalar
from samewire.scalars.view import WHITE, CoreSchema, JsonSchema, View


class ByteSize(Scalar):
    """Written as an integer; read from one, or from text with one of its units, less what Pydantic would ignore after it."""

    annotations = ("ByteSize",)

    @classmethod
    def validators(cls) -> Mapping[str, Self]:
        return {"pydantic.types:ByteSize._validate": cls()}

    def inputs(self) -> tuple[Any, ...]:
        return (0, 1, 1024, "1KB", "1.5 MiB", 2**40)

    @classmethod
    def export(cls, core: CoreSchema, view: View) -> JsonSchema | None:  # noqa: ARG003 - its limits are around it
        if view.emits:
            return None
        units = sorted(pydantic.ByteSize.byte_sizes, key=lambda unit: (-len(unit), unit))
        either_case = "|".join(
            "".join(f"[{letter}{letter.upper()}]" for letter in unit) for unit in units
        )
        # As many digits as a float holds without overflow.
        text = rf"^{WHITE}*[0-9]{{0,200}}\.?[0-9]{{1,50}}{WHITE}*(?:{either_case})?$"
        return {
            "anyOf": [{"type": "string", "pattern": text}, {"type": "integer", "minimum": 0}],
        }
