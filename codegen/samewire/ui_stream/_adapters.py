"""Validators of types that are named at run time, made once: each takes milliseconds."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter


def adapter(of: Any) -> TypeAdapter[Any]:
    """The validator of a type or annotated alias."""
    try:
        return _cached(of)
    except TypeError:  # metadata that has no hash
        return TypeAdapter(of)


@lru_cache(maxsize=64)
def _cached(of: Any) -> TypeAdapter[Any]:
    return TypeAdapter(of)
