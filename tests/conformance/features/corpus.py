"""All cases, by group."""

from __future__ import annotations

from . import (
    anything,
    authors,
    containers,
    defaults,
    dumping,
    enums,
    formats,
    generics,
    hostile,
    limits,
    numbers,
    objects,
    odd_types,
    opaque,
    presence,
    recursion,
    roots,
    serializers,
    settings,
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
    "defaults": defaults.CASES,
    "containers": containers.CASES,
    "objects": objects.CASES,
    "unions": unions.CASES,
    "recursion": recursion.CASES,
    "generics": generics.CASES,
    "roots": roots.CASES,
    "anything": anything.CASES,
    "serializers": serializers.CASES,
    "hostile": hostile.CASES,
    "dumping": dumping.CASES,
    "settings": settings.CASES,
    "authors": authors.CASES,
    "odd_types": odd_types.CASES,
    "limits": limits.CASES,
    "opaque": opaque.CASES,
}
