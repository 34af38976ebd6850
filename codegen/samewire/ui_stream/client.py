"""
A stream read back in Python: bytes in, typed chunks out. With httpx::

    async with client.stream("POST", url, json=body) as response:
        async for chunk in aread_chunks(response.aiter_bytes(), AppChunk):
            ...
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator
from typing import Any, Final, Literal, TypeAlias, cast

from pydantic import ConfigDict, TypeAdapter, ValidationError

from samewire.streams.event_source import Event, EventParser
from samewire.ui_stream._adapters import adapter
from samewire.ui_stream.chunks import AbortChunk, Chunk, ErrorChunk, FinishChunk
from samewire.ui_stream.contract import UIStream
from samewire.ui_stream.reading import real_steps
from samewire.ui_stream.unions import UIMessageChunk

UnknownTypes: TypeAlias = Literal["refuse", "skip", "keep"]
"""What becomes of a chunk whose type the contract lacks: an error as in the AI SDK, nothing, or an :class:`OpaqueChunk`."""

_DONE: Final = "[DONE]"
_EXCERPT: Final = 200


class OpaqueChunk(Chunk):
    """A chunk of a type that the contract does not have, as it came."""

    model_config = ConfigDict(extra="allow")

    type: str


class InvalidChunkError(ValueError):
    """
    An event that is not a chunk of the contract. ``index`` counts the chunks before it, ``data`` is the event's text. The cause
    is Pydantic's or the JSON parser's error.
    """

    def __init__(self, index: int, data: str, why: str) -> None:
        shown = data if len(data) <= _EXCERPT else f"{data[:_EXCERPT]}... ({len(data)} characters)"
        super().__init__(f"chunk {index}: {why}: {shown}")
        self.index = index
        self.data = data


class TruncatedStreamError(EOFError):
    """The stream ended without ``finish``, ``abort`` or ``error``: its server disconnected during the turn."""


class ChunkReader:
    """
    Parses the chunks of one stream from bytes that the caller reads.

    ``of`` is the application's contract, or its chunk type (``Annotated[UIMessageChunk, contract]``).
    """

    def __init__(self, of: Any = UIMessageChunk, *, unknown: UnknownTypes = "refuse") -> None:
        self._events = EventParser()
        self._pending: deque[Event] = deque()
        chunk = of.chunk if isinstance(of, UIStream) else of
        self._adapter: TypeAdapter[Chunk] = adapter(chunk)
        self._unknown = unknown
        self.count = 0
        """Chunks so far, those that were skipped included."""
        self.last: FinishChunk | AbortChunk | ErrorChunk | None = None
        """The chunk that ended the turn."""
        self.done = False
        """Whether ``[DONE]`` came."""

    def feed(self, data: bytes) -> Iterator[UIMessageChunk | OpaqueChunk]:
        """
        Returns the chunks that ``data`` completes.

        Raises:
            InvalidChunkError: one that is not of the contract. What follows it is there at the next call; ``data`` may be empty.

        """
        self._pending.extend(self._events.feed(data))
        while self._pending:
            text = self._pending.popleft().data
            if text == _DONE:
                self.done = True
                continue
            chunk = self._chunk(text)
            self.count += 1
            if isinstance(chunk, FinishChunk | AbortChunk | ErrorChunk):
                self.last = chunk
            if chunk is not None:
                yield cast("UIMessageChunk | OpaqueChunk", chunk)

    def close(self) -> None:
        """
        Call it after the last bytes.

        Raises:
            TruncatedStreamError: the turn was not ended.

        """
        if self.last is None:
            where = ", in the middle of an event" if self._events.unfinished else ""
            message = (
                f"the stream ended after {self.count} chunks{where}, without finish, abort or error"
            )
            raise TruncatedStreamError(message)

    def _chunk(self, data: str) -> Chunk | None:
        try:
            # Which pydantic-core would read, JSON.parse would not.
            if "NaN" in data or "Infinity" in data:
                json.loads(data, parse_constant=_refuse_constant)
            return self._adapter.validate_json(data)
        except ValidationError as error:
            invalid = error
        except ValueError as error:
            raise InvalidChunkError(self.count, data, "not JSON") from error
        try:
            value = json.loads(data)
        except ValueError as error:
            raise InvalidChunkError(self.count, data, "not JSON") from error
        if invalid.errors()[0]["type"] == "json_invalid":
            # It is JSON, with half of a surrogate pair, which pydantic-core refuses.
            try:
                return self._adapter.validate_python(value)
            except ValidationError as error:
                invalid = error
        known = _without_added_keys(value, invalid)
        if known is not value:
            return self._chunk(json.dumps(known))
        if not _is_unknown(invalid) or self._unknown == "refuse":
            first = invalid.errors(include_url=False)[0]
            place = ".".join(map(str, first["loc"]))
            why = f"{place}: {first['msg']}" if place else first["msg"]
            raise InvalidChunkError(self.count, data, why) from invalid
        return OpaqueChunk.model_validate(value) if self._unknown == "keep" else None


def _without_added_keys(value: Any, invalid: ValidationError) -> Any:
    """``value`` without the keys that a newer backend has added to the chunk itself, if there is nothing else wrong with it."""
    errors = invalid.errors(include_url=False, include_input=False)
    added = {
        steps[0]
        for error in errors
        if error["type"] == "extra_forbidden" and len(steps := real_steps(error["loc"], value)) == 1
    }
    if not isinstance(value, dict) or len(added) < len(errors):
        return value
    return {key: one for key, one in value.items() if key not in added}


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _is_unknown(error: ValidationError) -> bool:
    """Whether it is the chunk's type that no member of the union has."""
    return all(
        one["type"] == "union_tag_invalid"
        and one["ctx"]["discriminator"] == "'type'"
        and len(one["loc"]) <= 1
        and isinstance(one["input"], dict)
        and isinstance(one["input"]["type"], str)
        for one in error.errors()
    )


def read_chunks(
    data: Iterable[bytes],
    of: Any = UIMessageChunk,
    *,
    unknown: UnknownTypes = "refuse",
    truncated: Literal["refuse", "allow"] = "refuse",
) -> Iterator[UIMessageChunk | OpaqueChunk]:
    """
    Yields the chunks in ``data``, whose pieces may have any size.

    Raises:
        InvalidChunkError: an event that is no chunk of the contract.
        TruncatedStreamError: there are no more bytes, and no ``finish``, ``abort`` or ``error`` was among them.

    """
    reader = ChunkReader(of, unknown=unknown)
    for some in data:
        yield from reader.feed(some)
    if truncated == "refuse":
        reader.close()


async def aread_chunks(
    data: AsyncIterable[bytes],
    of: Any = UIMessageChunk,
    *,
    unknown: UnknownTypes = "refuse",
    truncated: Literal["refuse", "allow"] = "refuse",
) -> AsyncIterator[UIMessageChunk | OpaqueChunk]:
    """The asynchronous form of :func:`read_chunks`."""
    reader = ChunkReader(of, unknown=unknown)
    async for some in data:
        for chunk in reader.feed(some):
            yield chunk
    if truncated == "refuse":
        reader.close()
