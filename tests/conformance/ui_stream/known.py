"""
Where clients do otherwise than meant, as it was measured.

Each entry must keep being true: what a client has stopped doing is to be taken out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .matrix import PACKAGES, ZODS


@dataclass(frozen=True, slots=True)
class Known:
    """What is ``seen`` instead, by the case and the place in it, in some versions of ``ai`` on some of zod."""

    why: str
    seen: Mapping[str, Any]
    packages: tuple[str, ...] = tuple(PACKAGES)
    zods: tuple[str, ...] = field(default=ZODS)


_FIRST = {
    "5.0": ("ai500",),
    "6.0": ("ai600",),
    "5.0+6.0+7.0": ("ai600", "ai700"),
    "7.0": ("ai700",),
}
"""Where the first client of each major shows up, by target."""


def _replies(
    why: str, case: str, seen: Mapping[str, Any], where: Mapping[str, tuple[str, ...]]
) -> list[Known]:
    """For a reply, which is there once for each target that leads to other bytes."""
    return [
        Known(why, {f"{case} for {target}: {at}": value for at, value in seen.items()}, packages)
        for target, packages in where.items()
    ]


_ID = "a reasoning part has its id since 5.0.234, 6.0.253 and 7.0.63"
_FORGETS = "5.0.0 forgets providerExecuted of a dynamic tool"

KNOWN: tuple[Known, ...] = (
    Known(
        "zod before 4.4.0 takes an object without a key of type unknown; no encoder leaves one out",
        {
            "message-metadata without messageMetadata": "taken",
            "tool-input-available without input": "taken",
            "tool-output-available without output": "taken",
            "data-* without data": "taken",
        },
        zods=("zod3", "zod43"),
    ),
    Known(
        "as above; 5.0.0 has no tool-input-error",
        {"tool-input-error without input": "taken"},
        ("ai5", "ai600", "ai6", "ai700", "ai7"),
        ("zod3", "zod43"),
    ),
    *_replies(_ID, "two steps", {"parts[1].id": "absent"}, _FIRST),
    *_replies(_ID, "every field", {"parts[2].id": "absent"}, _FIRST),
    *_replies(
        _ID,
        "what the writer writes",
        {"parts[1].id": "absent"},
        {"5.0": ("ai500",), "6.0": ("ai600",), "7.0": ("ai700",)},
    ),
    *_replies(
        "a call whose input is still streaming has rawInput in later versions only",
        "every field",
        {"parts[10].rawInput": "absent"},
        _FIRST,
    ),
    *_replies(
        "version 5 and 6.0.0 take providerMetadata of a file, and forget it",
        "every field",
        {"parts[5].providerMetadata.p.file": "absent"},
        {"5.0": ("ai500", "ai5"), "5": ("ai5",), "5+6+7": ("ai5",), "6.0": ("ai600",), "5.0+6.0+7.0": ("ai600",)},
    ),
    *_replies(_FORGETS, "tools that fail", {"parts[2].providerExecuted": "absent"}, {"5.0": ("ai500",)}),
    *_replies(_FORGETS, "every field", {"parts[8].providerExecuted": "absent"}, {"5.0": ("ai500",)}),
    *_replies(
        "an input that was not valid is rawInput of the part, and its input in 7.0.173 only",
        "an input that is not valid",
        {"parts[1].input": "absent", "parts[1].rawInput": "{oops"},
        {"5": ("ai5",), "6.0": ("ai600", "ai6"), "7.0": ("ai700",)},
    ),
    Known(
        "6.0.0 makes a part without input, which its own validation does not take on zod 4.4.0 and later",
        {"an input that is not valid for 6.0: valid": False},
        ("ai600",),
        ("zod",),
    ),
    Known(
        "addToolResult of 5.0.0 knows no failure: it posts an output that is undefined, which JSON has not got",
        {"a tool's failure: request 2": "messages.1.parts.1.tool-.output-available.output missing"},
        ("ai500",),
    ),
)  # fmt: skip


def known(package: str, zod: str) -> dict[str, Any]:
    """All that is known of one client."""
    found: dict[str, Any] = {}
    for one in KNOWN:
        if package in one.packages and zod in one.zods:
            found |= one.seen
    return found
