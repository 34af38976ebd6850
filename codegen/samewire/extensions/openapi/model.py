"""What a contract says of its application as an OpenAPI document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class OpenAPI:
    """``document`` refers to definitions of the contract, ``#/$defs/Page``, and to their properties."""

    document: Mapping[str, Any] = field(hash=False)
