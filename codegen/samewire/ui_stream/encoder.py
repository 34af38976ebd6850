"""
Chunks to the bytes of a response, for certain clients.

What is the same for each chunk of a class (does the client have it, which fields are left out) is decided once. Text deltas, of
which a reply has hundreds, go from their two strings to the frame without a chunk between them.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from typing import Any, Final, Literal, Protocol, TypeAlias, TypedDict

from pydantic import ConfigDict
from pydantic_core import PydanticSerializationError

from samewire.ui_stream._base import MISSING, escaped
from samewire.ui_stream.checks import Checks
from samewire.ui_stream.chunks import (
    Chunk,
    DataChunk,
    FinishChunk,
    ReasoningDeltaChunk,
    ReasoningEndChunk,
    ReasoningStartChunk,
    TextDeltaChunk,
    TextEndChunk,
    TextStartChunk,
)
from samewire.ui_stream.clients import NULL_CONSTRUCTOR, field_since
from samewire.ui_stream.shared import FinishReason
from samewire.ui_stream.short import (
    WriteDelta,
    WriteId,
    checked_delta,
    checked_id,
    delta_writer,
    head_writer,
    id_writer,
    value_writer,
)
from samewire.ui_stream.targets import (
    CONVERTED,
    STANDALONE,
    Lack,
    Lacking,
    TargetError,
    kept,
    lacks,
    reason_for,
    refusal,
    targets_of,
)
from samewire.ui_stream.tool_chunks import (
    ToolInputAvailableChunk,
    ToolInputDeltaChunk,
    ToolInputErrorChunk,
    ToolOutputAvailableChunk,
    ToolOutputErrorChunk,
)

_Write: TypeAlias = Callable[[Any], bytes]
_DELTAS: Final = (TextDeltaChunk, ReasoningDeltaChunk, ToolInputDeltaChunk)


class _OutputHead(Chunk):
    """``tool-output-available`` up to its output, which is written apart."""

    model_config = ConfigDict(title="ToolOutputAvailableChunk")

    type: Literal["tool-output-available"] = "tool-output-available"
    tool_call_id: str


class EncoderOptions(TypedDict, total=False):
    """The options of :class:`Encoder`."""

    lacking: Lacking
    inf_nan: Literal["null", "error"]
    big_integers: Literal["warn", "error", "ignore"]


class Contract(Protocol):
    """What an encoder asks of an application's contract."""

    @property
    def tool_names(self) -> Container[str] | None:
        """The tools that a call may be of; ``None`` if of any."""

    def admits(self, cls: type[Chunk]) -> bool:
        """Whether every chunk of this class is one of the contract's."""

    def admitted(self, chunk: Chunk) -> Chunk:
        """The same chunk as one of the contract's; raises ValidationError if it is none."""


class Encoder:
    """
    Writes chunks as Server-Sent Events that every client of the targets takes.

    ``encode(chunk)`` is the event, blank line included. A field that a client lacks is left out, a ``finishReason`` becomes
    ``other``, ``tool-input-error`` becomes an input and an error; any other chunk whose type a client lacks is refused.
    ``encode.lacks`` lists it all. ``lacking="drop"`` gives no bytes for the chunks that nothing refers to: ``custom``,
    ``reasoning-file``, ``steering-message``.

    ``inf_nan="error"`` refuses infinities and NaN, which become null otherwise. An integer beyond 2**53, which JavaScript rounds,
    is a warning (:class:`~samewire.ui_stream.UnsafeIntegerWarning`), or what ``big_integers`` says.

    ``contract`` holds what is sent to an application's own types; ``contract.encoder()`` is the way to it.

    It keeps nothing of a stream: one serves all streams, in all threads.

    Raises:
        TargetError: when made, a target that there is not; when called, a chunk that a target lacks.
        ValidationError: when called, a chunk that is none of the contract's.
        ValueError, PydanticSerializationError: when called, as :meth:`Chunk.to_json`; also for a value that was changed after the
            chunk was made and is no longer of its type.

    """

    text_start: WriteId
    text_delta: WriteDelta
    text_end: WriteId
    reasoning_start: WriteId
    reasoning_delta: WriteDelta
    reasoning_end: WriteId
    tool_input_delta: WriteDelta

    def __init__(
        self,
        targets: str | Iterable[str] | None = None,
        *,
        contract: Contract | None = None,
        lacking: Lacking = "refuse",
        inf_nan: Literal["null", "error"] = "null",
        big_integers: Literal["warn", "error", "ignore"] = "warn",
    ) -> None:
        self.targets = targets_of(targets)
        self._contract = contract
        self._lacking = lacking
        null_constructor = all(one.has(NULL_CONSTRUCTOR) for one in self.targets)
        self._check = Checks(inf_nan, big_integers, null_constructor)
        self._writers: dict[type[Chunk], _Write] = {}
        self._finishes: dict[str | None, bytes] = {}
        self._with_metadata: dict[str | None, bytes] = {}
        self.text_start = self._block(TextStartChunk)
        self.text_delta = self._deltas(TextDeltaChunk)
        self.text_end = self._block(TextEndChunk)
        self.reasoning_start = self._block(ReasoningStartChunk)
        self.reasoning_delta = self._deltas(ReasoningDeltaChunk)
        self.reasoning_end = self._block(ReasoningEndChunk)
        self.tool_input_delta = self._deltas(ToolInputDeltaChunk)
        self._output_of = head_writer(_OutputHead, "output")
        self._value = value_writer(self._check)

    @property
    def tools(self) -> Container[str] | None:
        """The names of the tools whose calls can be written; ``None`` for any."""
        return None if self._contract is None else self._contract.tool_names

    @property
    def lacks(self) -> tuple[Lack, ...]:
        """What the targets lack of the protocol, and how the encoder handles it."""
        return tuple(lacks(self.targets, self._lacking))

    def __call__(self, chunk: Chunk) -> bytes:
        write = self._writers.get(chunk.__class__)
        return write(chunk) if write is not None else self._writer(chunk.__class__)(chunk)

    encode = __call__

    def finish(
        self,
        finish_reason: FinishReason | Literal["unknown"] | None = None,
        *,
        message_metadata: Any = MISSING,
    ) -> bytes:
        """``finish``. ``unknown`` is a reason of version 5; to the others it is ``other``."""
        if message_metadata is not MISSING and finish_reason in self._with_metadata:
            head = self._with_metadata[finish_reason]
            frame = self._value(head, message_metadata, "FinishChunk")
            if frame is not None:
                return frame
        absent = message_metadata is MISSING
        fields = {} if absent else {"message_metadata": message_metadata}
        if self._contract is not None:
            return self._finish(finish_reason, fields)
        bare = self._finishes.get(finish_reason)
        if bare is None:
            bare = self._finishes[finish_reason] = self._finish(finish_reason, {})
            self._with_metadata[finish_reason] = b'%b,"messageMetadata":' % bare[:-3]
        return bare if absent else self._finish(finish_reason, fields)

    def _finish(self, finish_reason: str | None, fields: dict[str, Any]) -> bytes:
        reason: Any = finish_reason and reason_for(self.targets, finish_reason)
        if reason != "unknown":
            return self(FinishChunk(finish_reason=reason, **fields))
        frame = self(FinishChunk(finish_reason="other", **fields))
        return frame.replace(b'"finishReason":"other"', b'"finishReason":"unknown"', 1)

    def tool_output(self, tool_call_id: str, output: Any) -> bytes:
        """``tool-output-available``. With a contract the output is that of one of its tools."""
        if self._contract is None:
            try:
                head = self._output_of(tool_call_id)
            except (TypeError, UnicodeEncodeError):
                head = None
            if head is not None:
                frame = self._value(head, output, "ToolOutputAvailableChunk")
                if frame is not None:
                    return frame
        return self(ToolOutputAvailableChunk(tool_call_id=tool_call_id, output=output))

    # --- One writer a class -------------------------------------------------------------------------------------------

    def _writer(self, cls: type[Chunk]) -> _Write:
        made = self._made(cls)
        self._writers[cls] = made
        return made

    def _made(self, cls: type[Chunk]) -> _Write:
        if self._contract is not None and not self._contract.admits(cls):
            admitted = self._contract.admitted
            return lambda chunk: self(admitted(chunk))
        tag = _tag(cls)
        refused = refusal(tag, self.targets)
        if refused is None:
            return self._delta(cls) if cls in _DELTAS else self._generic(cls)
        if tag in CONVERTED:
            return self._input_and_error
        if self._lacking == "drop" and tag in STANDALONE:
            return lambda _chunk: b""

        def refuse(_chunk: Chunk) -> bytes:
            raise TargetError(str(refused), refused.chunk, refused.target, refused.since)

        return refuse

    def _generic(self, cls: type[Chunk]) -> _Write:
        """Everything that a chunk may hold. Values of unknown type are written here for the first time."""
        tag, name, check, targets = _tag(cls), cls.__name__, self._check, self.targets
        dropped = {
            field
            for field, info in cls.model_fields.items()
            if not kept(targets, field_since(tag, str(info.alias or field)))
        } or None
        serializer = cls.__pydantic_serializer__

        def plain(chunk: Chunk) -> Any:
            return serializer.to_python(chunk, by_alias=True, exclude=dropped)

        def write(chunk: Chunk) -> bytes:
            try:
                # What was changed after the chunk was made is only a warning to Pydantic.
                written = serializer.to_json(
                    chunk, by_alias=True, exclude=dropped, warnings="error"
                )
            except PydanticSerializationError as error:
                written = escaped(chunk, error, exclude=dropped, warnings="error")
            check(name, written, lambda: plain(chunk))
            return b"data: %b\n\n" % written

        def write_finish(chunk: FinishChunk) -> bytes:
            reason = chunk.finish_reason and reason_for(targets, chunk.finish_reason)
            if reason != chunk.finish_reason:
                chunk = chunk.model_copy(update={"finish_reason": reason})
            return write(chunk)

        return write_finish if issubclass(cls, FinishChunk) else write

    def _delta(self, cls: type[Chunk]) -> _Write:
        """For the protocol's own deltas, as long as their two strings are all."""
        if cls is ToolInputDeltaChunk:
            input_delta = self.tool_input_delta
            return lambda chunk: input_delta(chunk.tool_call_id, chunk.input_text_delta)
        delta = self.text_delta if cls is TextDeltaChunk else self.reasoning_delta
        generic = self._generic(cls)

        def write(chunk: TextDeltaChunk) -> bytes:
            if chunk.provider_metadata is not None:
                return generic(chunk)
            return delta(chunk.id, chunk.delta)

        return write

    def _block(self, cls: type[Chunk]) -> WriteId:
        if self._contract is not None and not self._contract.admits(cls):
            return checked_id(cls, self)
        return id_writer(cls, self._generic(cls))

    def _deltas(self, cls: type[Chunk]) -> WriteDelta:
        if self._contract is not None and not self._contract.admits(cls):
            return checked_delta(cls, self)
        return delta_writer(cls, self._generic(cls))

    def _input_and_error(self, chunk: ToolInputErrorChunk) -> bytes:
        """What a client that has no ``tool-input-error`` shows alike: a call with this input, which failed."""
        call = ToolInputAvailableChunk(
            tool_call_id=chunk.tool_call_id,
            tool_name=chunk.tool_name,
            input=chunk.input,
            provider_executed=chunk.provider_executed,
            provider_metadata=chunk.provider_metadata,
            dynamic=chunk.dynamic,
        )
        failed = ToolOutputErrorChunk(
            tool_call_id=chunk.tool_call_id,
            error_text=chunk.error_text,
            provider_executed=chunk.provider_executed,
            dynamic=chunk.dynamic,
        )
        return self._generic(ToolInputAvailableChunk)(call) + self._generic(ToolOutputErrorChunk)(
            failed
        )


def _tag(cls: type[Chunk]) -> str:
    """The type of a class's chunks, ``data-*`` for data chunks."""
    if issubclass(cls, DataChunk):
        return "data-*"
    field = cls.model_fields.get("type")
    if field is None or not isinstance(field.default, str):
        message = (
            f"{cls.__name__} has no type of chunk; derive it from one of the protocol's classes"
        )
        raise TypeError(message)
    return field.default
