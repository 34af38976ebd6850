"""
Frames of a ``text/event-stream`` (WHATWG HTML, "Server-sent events"): chunks, comments, and the end.

Heartbeats and usage are comments, which every client skips. As chunks they would end the chat: clients refuse a type they do not
know.
"""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from pydantic import BaseModel
from pydantic_core import to_json

from samewire.streams.sse import HEADERS as EVENT_HEADERS
from samewire.streams.sse import comment, heartbeat
from samewire.ui_stream.chunks import Chunk

__all__ = ["DONE", "HEADERS", "comment", "heartbeat", "stream", "usage_comment"]

HEADERS: Final[Mapping[str, str]] = MappingProxyType(
    {**EVENT_HEADERS, "x-vercel-ai-ui-message-stream": "v1"}
)
"""What the SDK's own server sends (``ai`` 7.0.173, ``ui-message-stream-headers.ts``); the client checks none of it."""

DONE: Final = b"data: [DONE]\n\n"
"""The last frame. Clients do not need it."""


def usage_comment(usage: BaseModel | Mapping[str, Any]) -> bytes:
    """``: usage {json}``, for logs and tests. For the user interface send a data chunk or message metadata instead."""
    written = to_json(usage, by_alias=True, exclude_none=True, inf_nan_mode="null")
    return comment(f"usage {written.decode()}")


async def stream(chunks: AsyncIterable[Chunk | bytes]) -> AsyncIterator[bytes]:
    """The body of a response: a frame for each chunk, frames that are there already (comments) as they are, and :data:`DONE`."""
    async for chunk in chunks:
        yield chunk if isinstance(chunk, bytes) else chunk.to_sse()
    yield DONE
