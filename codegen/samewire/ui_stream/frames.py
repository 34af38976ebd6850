"""What makes frames of chunks, and what sees them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from samewire.streams.protocol import OrderGuard
from samewire.ui_stream.chunks import Chunk
from samewire.ui_stream.encoder import Encoder

Encode: TypeAlias = Callable[[Chunk], bytes]
"""A chunk as a frame; empty when the client it is for has nothing like it."""

Observe: TypeAlias = Callable[[Chunk], object]
"""What is told of each chunk, such as a reducer."""

EVERY_CLIENT: Final[Encode] = Encoder()
"""Writes what every current client takes."""

Guard: TypeAlias = OrderGuard[Chunk]
"""What keeps the chunks of one stream in order."""
