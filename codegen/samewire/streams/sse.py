"""
Frames of a ``text/event-stream`` (WHATWG HTML, "Server-sent events"): events and comments.

Heartbeats are comments, which every client skips.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

HEADERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "content-type": "text/event-stream",
        "cache-control": "no-cache",
        "connection": "keep-alive",
        "x-accel-buffering": "no",
    }
)

_LINE_END = re.compile("\r\n|\r|\n")


def comment(text: str) -> bytes:
    """A frame that clients skip, with one comment line for each line of ``text``."""
    lines = "".join(f": {line}\n" for line in _LINE_END.split(text))
    return f"{lines}\n".encode(errors="backslashreplace")


def heartbeat(text: str = "keep-alive") -> bytes:
    """Keeps proxies from closing a quiet connection. The AI SDK's own server writes ``: keep-alive``."""
    return comment(text)
