"""Chunks to the frames of one stream: through a guard of their order, and to bytes. The end is written once, whoever asks first."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import Final, Protocol, TypeAlias

from samewire.ui_stream.chunks import AbortChunk, Chunk, ErrorChunk
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

    ``observe`` is called with each chunk that is sent, those that the guard adds included. The guard counts no chunk that is not
    sent: one that can't be written is refused before, and one at which ``observe`` fails is sent, and the next call raises what
    it raised.
    """

    def __init__(
        self, guard: Guard, encode: Encode = EVERY_CLIENT, observe: Observe | None = None
    ) -> None:
        self._guard = guard
        self._encode = encode
        self._observe = observe
        self._failure: Exception | None = None
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
            Exception: what ``observe`` raised of a chunk before.

        """
        if self.ended:
            return b""
        self._raise_failure()
        if isinstance(chunk, Chunk):
            frame = self._encode(chunk)
            return b"".join(
                self._seen(sent, frame) if sent is chunk else self._added(sent)
                for sent in self._guard.feed(chunk)
            )
        if isinstance(chunk, bytes):
            return chunk
        wanted = "chunks, such as TextDeltaChunk(...), and frames as bytes"
        message = f"a source yields {wanted}, not {type(chunk).__name__}: {chunk!r:.80}"
        raise TypeError(message)

    def finish(self) -> bytes:
        """The end of a turn whose chunks are all there."""
        if not self.ended:
            self._raise_failure()
        return self._end(self._guard.end)

    def abort(self) -> bytes:
        """The end of a turn that was stopped."""
        return self._surely(self._guard.abort, AbortChunk())

    def fail(self, error_text: str) -> bytes:
        """The end of a turn that failed; clients show ``error_text``."""
        last = ErrorChunk(error_text=error_text)
        return self._surely(lambda: self._guard.fail(error_text), last)

    def _surely(self, chunks: Callable[[], Iterable[Chunk]], last: Chunk) -> bytes:
        """The end that the guard makes, or ``last`` if it fails: a stream without an end looks like a complete one."""
        try:
            return self._end(chunks)
        except Exception:
            log.exception("the guard of a stream failed at its end")
            self.ended, self.last = True, last
            return last.to_sse() + DONE

    def _end(self, chunks: Callable[[], Iterable[Chunk]]) -> bytes:
        if self.ended:
            return b""
        frames = b"".join(map(self._added, chunks()))
        self.ended = True
        return frames + DONE

    def _added(self, chunk: Chunk) -> bytes:
        """One that the guard has made. What the application's contract has no place for is sent as the protocol has it."""
        try:
            frame = self._encode(chunk)
        except Exception:
            log.exception(
                "%s is sent as the protocol has it, not the application's contract", chunk.type
            )
            frame = chunk.to_sse()
        return self._seen(chunk, frame)

    def _seen(self, chunk: Chunk, frame: bytes) -> bytes:
        self.last = chunk
        if self._observe is not None:
            try:
                self._observe(chunk)
            except Exception as error:  # noqa: BLE001  # raised by the next call
                self._failure = self._failure or error
        return frame

    def _raise_failure(self) -> None:
        failure, self._failure = self._failure, None
        if failure is not None:
            raise failure
