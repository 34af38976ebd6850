"""Calls of tools that a model has made up, in a reply to a page that has no type for them."""

from __future__ import annotations

import logging
from collections.abc import Container

from samewire.ui_stream.chunks import Chunk

_log = logging.getLogger("samewire.ui_stream")


class InventedCalls:
    """Tells the chunks of one reply that are about a call of a tool that is none of ``tools``. The first of each call is logged."""

    def __init__(self, tools: Container[str]) -> None:
        self._tools = tools
        self._calls: set[str] = set()

    def __call__(self, chunk: Chunk) -> bool:
        call: str | None = getattr(chunk, "tool_call_id", None)
        if call is None:
            return False
        name: str | None = getattr(chunk, "tool_name", None)
        if name is None:
            return call in self._calls
        if name in self._tools:
            self._calls.discard(call)
            return False
        if call not in self._calls:
            self._calls.add(call)
            _log.warning(
                "a call of %r is left out: the contract has no such tool, and no dynamic_tools",
                name,
            )
        return True
