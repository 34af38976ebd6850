"""A turn in the making; see :mod:`samewire.streams.production`, of which this is what concerns chunks."""

from __future__ import annotations

from typing import TypeAlias

from samewire.streams.production import (
    BUFFER,
    ERROR_TEXT,
    ErrorText,
    OnEnd,
)
from samewire.streams.protocol import Ended, Outcome
from samewire.streams.sources import Source as EventSource
from samewire.streams.sources import Write as WriteEvent
from samewire.streams.sources import written
from samewire.ui_stream.chunks import Chunk

__all__ = [
    "BUFFER",
    "ERROR_TEXT",
    "Ended",
    "ErrorText",
    "OnEnd",
    "Outcome",
    "Source",
    "Write",
    "written",
]

Source: TypeAlias = EventSource[Chunk]
"""What makes a turn: chunks, and frames that are there already. One that is not asynchronous is run in threads."""

Write: TypeAlias = WriteEvent[Chunk]
