"""
Keys that a dump omits while their field has a certain value: ``None``, or :data:`MISSING` where ``None`` is data.

Pydantic says both from version 2.12 on, by ``Field(exclude_if=...)`` and a sentinel of its own. Before, a serializer of the model
and a sentinel of ours do it, which the generator reads as what they stand for (``samewire.coreschema.versions``).
"""

from __future__ import annotations

import inspect
import operator
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel, Field, SerializationInfo, SerializerFunctionWrapHandler

if TYPE_CHECKING:
    from pydantic_core import MISSING
else:
    try:
        from pydantic_core import MISSING
    except ImportError:

        class _Missing(Enum):
            """A member of an enumeration stays the same object when it is copied, and Pydantic can write it."""

            MISSING = "MISSING"

            def __repr__(self) -> str:
                return self.name

        MISSING = _Missing.MISSING

__all__ = ["HAS_EXCLUDE_IF", "MISSING", "ExcludeIf", "exclude_if", "leave_out"]

HAS_EXCLUDE_IF: Final = "exclude_if" in inspect.signature(Field).parameters


@dataclass(frozen=True)
class ExcludeIf:
    """The predicate of ``Field(exclude_if=...)``, as metadata of an annotation."""

    predicate: Callable[[Any], bool]


def exclude_if(value: object) -> Any:
    """Metadata for a field whose key is omitted while it has this exact value."""
    predicate = partial(operator.is_, value)
    return Field(exclude_if=predicate) if HAS_EXCLUDE_IF else ExcludeIf(predicate)


def leave_out(
    self: BaseModel, handler: SerializerFunctionWrapHandler, _: SerializationInfo
) -> dict[str, Any]:
    """A model serializer that applies :class:`ExcludeIf`."""
    written: dict[str, Any] = handler(self)
    for name, field in type(self).model_fields.items():
        for mark in field.metadata:
            if isinstance(mark, ExcludeIf) and mark.predicate(getattr(self, name, ...)):
                alias = field.serialization_alias
                written.pop(alias if alias in written else name, None)
    return written
