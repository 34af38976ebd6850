"""
A message back to chunks, the inverse of :class:`~samewire.ui_stream.MessageReducer`.

It serves a stored message as a stream, and gives a message back to a client that has emptied it: ``useChat`` does so when it
resumes a reply that continues one.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator
from typing import Any, Final

from samewire.ui_stream.call_chunks import Client, call_chunks, json_of
from samewire.ui_stream.chunks import (
    Chunk,
    CustomChunk,
    DataChunk,
    FileChunk,
    FinishChunk,
    FinishStepChunk,
    MessageMetadataChunk,
    ReasoningDeltaChunk,
    ReasoningEndChunk,
    ReasoningFileChunk,
    ReasoningStartChunk,
    SourceDocumentChunk,
    SourceUrlChunk,
    StartChunk,
    StartStepChunk,
    SteeringMessageChunk,
    TextDeltaChunk,
    TextEndChunk,
    TextStartChunk,
)
from samewire.ui_stream.clients import FIELDS, TYPES
from samewire.ui_stream.encoder import Encoder
from samewire.ui_stream.frames import Encode
from samewire.ui_stream.messages import UIMessage
from samewire.ui_stream.parts import (
    CustomContentUIPart,
    DataUIPart,
    FileUIPart,
    ReasoningFileUIPart,
    ReasoningUIPart,
    SourceDocumentUIPart,
    SourceUrlUIPart,
    SteeringMessageUIPart,
    StepStartUIPart,
    TextUIPart,
    UIPart,
)
from samewire.ui_stream.tool_parts import DynamicToolCallUIPart, ToolCallUIPart

log = logging.getLogger("samewire.ui_stream")

_CONTENT: Final[dict[type[UIPart], type[Chunk]]] = {
    FileUIPart: FileChunk,
    ReasoningFileUIPart: ReasoningFileChunk,
    SourceUrlUIPart: SourceUrlChunk,
    SourceDocumentUIPart: SourceDocumentChunk,
    CustomContentUIPart: CustomChunk,
    SteeringMessageUIPart: SteeringMessageChunk,
    DataUIPart: DataChunk,
}
"""Parts that have the fields of their chunk."""


_STORED: Final = Client()


def message_chunks(message: UIMessage) -> list[Chunk]:
    """
    The chunks of which a client builds ``message``, an assistant's, from ``start`` to ``finish``.

    They are in order, but for what the message itself leaves open: a text in the state ``streaming`` has no end, a call in the
    state ``input-streaming`` no input. Chunks don't carry the ``filename`` of a file and unknown keys, which are left out.

    Raises:
        ValueError: the message is not an assistant's, or has a part that no chunk makes.

    """
    if message.role != "assistant":
        raise ValueError(
            f"a stream makes messages of an assistant; this one's role is {message.role!r}"
        )
    groups = _groups(message, _STORED)
    return [_start(message), *(chunk for group in groups for chunk in group), FinishChunk()]


def rebuilt(message: UIMessage, encode: Encode) -> bytes:
    """
    The frames that give ``message`` back to a client that has emptied it, as ``encode`` writes them for its targets.

    What they can't say is left out: the approval of a call for targets without ``tool-approval-response``, and parts that the
    contract does not know or no longer admits, which are logged.
    """
    frames: list[bytes] = []
    for group in ([_start(message)], *_groups(message, _client(encode))):
        try:
            frames.append(b"".join(map(encode, group)))
        except Exception:  # the application's models and its encoder
            log.warning("a part of the message %r can't be replayed", message.id, exc_info=True)
            if not frames:  # its metadata is not the contract's any more
                frames.append(encode(StartChunk(message_id=message.id)))
    return b"".join(frames)


def empties(encode: Encode) -> bool:
    """
    Whether the clients that ``encode`` writes for empty a message when they resume a turn that continues it.

    A few of the first clients that ignore unknown fields keep it still (5.0.217 to 5.0.232, 6.0.231 to 6.0.249, 7.0.32 to 7.0.60).
    """
    return not isinstance(encode, Encoder) or all(target.loose for target in encode.targets)


def insert_after_start(frames: bytes, rebuilt_frames: bytes) -> bytes | None:
    """
    ``frames``, the first of a reply, with those of :func:`rebuilt` in place of its ``start``; ``None`` if that is not there yet.

    The metadata of the reply's ``start`` comes after the message's.
    """
    position = 0
    while (end := frames.find(b"\n\n", position) + 2) > 1:
        if frames.startswith(b"data:", position):
            chunk = _chunk(frames[position + 5 : end])
            if chunk.get("type") != "start":
                return frames
            metadata = chunk.get("messageMetadata")
            more = (
                b""
                if metadata is None
                else MessageMetadataChunk(message_metadata=metadata).to_sse()
            )
            return frames[:position] + rebuilt_frames + more + frames[end:]
        position = end
    return None


def _chunk(data: bytes) -> dict[str, Any]:
    """The JSON of a chunk; empty for what an ``encode`` of the application's makes of one otherwise."""
    try:
        chunk = json.loads(data)
    except ValueError:
        return {}
    return chunk if isinstance(chunk, dict) else {}


def _client(encode: Encode) -> Client:
    if not isinstance(encode, Encoder):
        return Client(quiet=True)
    metadata = FIELDS["tool-input-start"]["providerMetadata"]
    return Client(
        responses=all(target.has(TYPES["tool-approval-response"]) for target in encode.targets),
        metadata=all(target.has(metadata) for target in encode.targets),
        quiet=True,
    )


def _start(message: UIMessage) -> StartChunk:
    metadata = json_of(message, {"metadata"}).get("metadata")
    fields = {} if metadata is None else {"message_metadata": metadata}
    return StartChunk(message_id=message.id, **fields)


def _groups(message: UIMessage, client: Client) -> Iterator[Iterable[Chunk]]:
    """The chunks of each part, with those that open and close steps. Those of a part are made when they are asked for."""
    inside = False
    for at, part in enumerate(message.parts):
        if isinstance(part, StepStartUIPart):
            yield [*_closed(inside), StartStepChunk()]
            inside = True
        else:
            yield _part_chunks(part, f"part-{at}", client)
    yield _closed(inside)


def _closed(inside: bool) -> list[Chunk]:
    return [FinishStepChunk()] if inside else []


def _part_chunks(part: UIPart, key: str, client: Client) -> Iterator[Chunk]:
    match part:
        case TextUIPart():
            yield TextStartChunk(id=key, provider_metadata=part.provider_metadata)
            if part.text:
                yield TextDeltaChunk(id=key, delta=part.text)
            if part.state != "streaming":
                yield TextEndChunk(id=key, citations=part.citations)
        case ReasoningUIPart():
            key = part.id or key
            yield ReasoningStartChunk(id=key, provider_metadata=part.provider_metadata)
            if part.text:
                yield ReasoningDeltaChunk(id=key, delta=part.text)
            if part.state != "streaming":
                yield ReasoningEndChunk(id=key)
        case ToolCallUIPart() | DynamicToolCallUIPart():
            yield from call_chunks(part, client)
        case _:
            yield _content(part)


def _content(part: UIPart) -> Chunk:
    for kind, chunk in _CONTENT.items():
        if isinstance(part, kind):
            shared = {*chunk.model_fields} & {*type(part).model_fields}
            return chunk.model_validate(json_of(part, shared))
    raise ValueError(f"no chunk makes a part of the type {getattr(part, 'type', None)!r}")
