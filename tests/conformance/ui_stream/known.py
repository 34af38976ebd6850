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


KNOWN = (
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
    *(
        Known(
            "a reasoning part has its id since 5.0.234, 6.0.253 and 7.0.63",
            {f"two steps for {target}: parts[1].id": "absent"},
            packages,
        )
        for target, packages in (
            ("5.0", ("ai500",)),
            ("6.0", ("ai600",)),
            ("5.0+6.0+7.0", ("ai600", "ai700")),
            ("7.0", ("ai700",)),
        )
    ),
    Known(
        "5.0.0 forgets providerExecuted of a dynamic tool",
        {"tools that fail for 5.0: parts[2].providerExecuted": "absent"},
        ("ai500",),
    ),
    *(
        Known(
            "the input that was not valid is rawInput of the part before 7.0.173, and input only there",
            {
                f"an input that is not valid for {target}: parts[1].input": "absent",
                f"an input that is not valid for {target}: parts[1].rawInput": "{oops",
            },
            packages,
        )
        for target, packages in (
            ("5", ("ai5",)),
            ("6.0", ("ai600", "ai6")),
            ("7.0", ("ai700",)),
        )
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
)


def known(package: str, zod: str) -> dict[str, Any]:
    """All that is known of one client."""
    found: dict[str, Any] = {}
    for one in KNOWN:
        if package in one.packages and zod in one.zods:
            found |= one.seen
    return found
