"""What tests read out of schema documents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def roots_of(document: Mapping[str, Any], direction: str) -> list[str]:
    """The definitions that are roots in a direction, sorted."""
    return sorted(
        name
        for name, schema in document["$defs"].items()
        if direction in schema.get("x-samewire-root", ())
    )
