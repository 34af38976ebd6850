"""All cases, by group."""

from __future__ import annotations

from . import (
    anything,
    containers,
    enums,
    formats,
    generics,
    hostile,
    numbers,
    objects,
    presence,
    recursion,
    roots,
    serializers,
    strings,
    temporal,
    unions,
)
from .case import Case

GROUPS: dict[str, tuple[Case, ...]] = {
    "strings": strings.CASES,
    "numbers": numbers.CASES,
    "temporal": temporal.CASES,
    "formats": formats.CASES,
    "enums": enums.CASES,
    "presence": presence.CASES,
    "containers": containers.CASES,
    "objects": objects.CASES,
    "unions": unions.CASES,
    "recursion": recursion.CASES,
    "generics": generics.CASES,
    "roots": roots.CASES,
    "anything": anything.CASES,
    "serializers": serializers.CASES,
    "hostile": hostile.CASES,
}
