"""
Frozen dataclasses that are cheap to create by the hundred thousand.

A frozen dataclass sets its fields through ``object.__setattr__``, which makes building one twice as slow. Of a :func:`record` the
type checker says that it is frozen, and nothing else does.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(class_: type[T]) -> type[T]:
    return dataclass(slots=True, unsafe_hash=True)(class_)
