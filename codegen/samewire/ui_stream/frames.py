"""Chunks to the frames of one stream: through a guard of their order, and to bytes. The end is written once, whoever asks first."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import Final, Protocol, TypeAlias

from samewire.ui_stream.chunks import Chunk
from samewire.ui_stream.encoder import Encoder
from samewire.ui_stream.sse import DONE

log = logging.getLogger("samewire.ui_stream")

Encode: TypeAlias = Callable[[Chunk], bytes]
"""A chunk as a frame; empty when the client it is for has nothing like it."""

Observe: TypeAlias = Callable[[Chunk], object]
"""What is told of each chunk, such as a reducer."""

EVERY_CLIENT: Final[Encode] = Encoder()
"""Writes what every current client takes."""


class Guard(Protocol):
    """What keeps the chunks of one stream in order."""

    def feed(self, chunk: Chunk, /) -> Iterable[Chunk]:
        """What to send in place of ``chunk``."""

    def end(self) -> Iterable[Chunk]:
        """What is missing when there are no more."""

    def fail(self, error_text: str, /) -> Iterable[Chunk]:
        """What ends a turn that failed. Nothing if it is over."""

    def abort(self) -> Iterable[Chunk]:
        """What ends a turn that was stopped. Nothing if it is over."""


class FrameWriter:
    """
    Turns the chunks of one stream into frames, until its end was asked for.

    ``observe`` is called with each chunk before it is written, those that the guard adds included.
    """

    def __init__(
        self, guard: Guard, encode: Encode = EVERY_CLIENT, observe: Observe | None = None
    ) -> None:
        self._guard = guard
        self._encode = encode
        self._observe = observe
        self.ended = False
        """Whether the end was asked for."""
        self.last: Chunk | None = None
        """The chunk that was written last."""

    def write(self, chunk: Chunk | bytes) -> bytes:
        """
        The frames for ``chunk``, none if it has no place; a frame that is there already (a comment) stays as it is.

        Raises:
            TypeError: it is neither.
            PydanticSerializationError, ValueError: as :meth:`Chunk.to_json`, and what a strict guard raises.

        """
        if self.ended:
            return b""
        if isinstance(chunk, Chunk):
            return b"".join(map(self._written, self._guard.feed(chunk)))
        if isinstance(chunk, bytes):
            return chunk
        wanted = "chunks, such as TextDeltaChunk(...), and frames as bytes"
        message = f"a source yields {wanted}, not {type(chunk).__name__}: {chunk!r:.80}"
        raise TypeError(message)

    def finish(self) -> bytes:
        """The end of a turn whose chunks are all there."""
        return self._end(self._guard.end)

    def abort(self) -> bytes:
        """The end of a turn that was stopped."""
        return self._end(self._guard.abort)

    def fail(self, error_text: str) -> bytes:
        """The end of a turn that failed; clients show ``error_text``."""
        return self._end(lambda: self._guard.fail(error_text))

    def _end(self, last: Callable[[], Iterable[Chunk]]) -> bytes:
        if self.ended:
            return b""
        frames = b"".join(map(self._last, last()))
        self.ended = True
        return frames + DONE

    def _written(self, chunk: Chunk) -> bytes:
        if self._observe is not None:
            self._observe(chunk)
        frame = self._encode(chunk)
        self.last = chunk
        return frame

    def _last(self, chunk: Chunk) -> bytes:
        """An end that the application's contract has no place for is better than none."""
        try:
            return self._written(chunk)
        except Exception:
            log.exception(
                "the end of a stream is sent as the protocol has it, not the application's contract"
            )
            self.last = chunk
            return chunk.to_sse()
