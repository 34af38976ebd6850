"""Chunks to the message that the client makes of them, so that a server can store what its user sees."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final, Generic, TypeVar, overload

from samewire.ui_stream.calls import Calls, missing
from samewire.ui_stream.chunks import Chunk, ReasoningDeltaChunk, TextDeltaChunk
from samewire.ui_stream.growing import Growing, Opaque, resolved
from samewire.ui_stream.messages import UIMessage
from samewire.ui_stream.metadata import merged
from samewire.ui_stream.reading import OpaqueUIPart
from samewire.ui_stream.tool_chunks import ToolInputDeltaChunk

MessageT = TypeVar("MessageT", bound=UIMessage)
Json = dict[str, Any]


class MessageReducer(Generic[MessageT]):
    """
    Applies chunks to a message as ``ai`` 7.0.173 does.

    ``message`` is the one that the stream continues, which stays as it is; without it a new one begins, under ``id`` until a
    ``start`` brings another. ``of`` is the class of :attr:`message`, for instance the ``message`` of an application's ``UIStream``.

    A chunk that the client would end the chat for, such as a delta of no text, raises ``ValueError``: run the stream through
    :class:`~samewire.ui_stream.StreamGuard` first. After an ``error`` nothing is applied. :meth:`apply` costs the same however
    long the message is; reading :attr:`data` or :attr:`message` costs its length.

    Parts of ``message`` that the contract does not know (:class:`~samewire.ui_stream.reading.OpaqueUIPart`) stay as they are.
    """

    @overload
    def __init__(
        self: MessageReducer[UIMessage], message: UIMessage | None = None, *, id: str = ""
    ) -> None: ...

    @overload
    def __init__(
        self, message: UIMessage | None = None, *, id: str = "", of: type[MessageT]
    ) -> None: ...

    def __init__(
        self,
        message: UIMessage | None = None,
        *,
        id: str = "",  # noqa: A002  # the protocol's word
        of: type[UIMessage] = UIMessage,
    ) -> None:
        self._of: Any = of
        self._message: Json = {"id": id, "role": "assistant", "parts": []}
        if message is not None:
            self._message = json.loads(message.to_json())
            self._message["parts"] = [
                Opaque(sent) if isinstance(part, OpaqueUIPart) else sent
                for part, sent in zip(message.parts, self._parts, strict=True)
            ]
        self.finish_reason: str | None = None
        """Of the last ``finish``."""
        self.error_text: str | None = None
        """Of the ``error`` that ended the stream."""
        self._texts: dict[str, Json] = {}
        self._reasonings: dict[str, Json] = {}
        self._index()
        self._calls.continue_inputs(self._step)

    @property
    def message(self) -> MessageT:
        """
        The message so far, a new one each time.

        Raises:
            ValidationError: it is not one of the contract's: metadata, data or a tool of other types.

        """
        data = self.data
        opaque = [at for at, part in enumerate(self._parts) if isinstance(part, Opaque)]
        known = list(data["parts"])
        for at in opaque:
            known[at] = {"type": "step-start"}
        made: MessageT = self._of.model_validate({**data, "parts": known})
        if not opaque:
            return made
        parts: list[Any] = list(made.parts)
        for at in opaque:
            parts[at] = OpaqueUIPart.model_validate(data["parts"][at])
        return made.model_copy(update={"parts": parts})

    @property
    def data(self) -> Json:
        """The message so far as JSON, a new dictionary each time, whose values are to be left as they are."""
        return {**self._message, "parts": [resolved(part) for part in self._parts]}

    def apply(self, chunk: Chunk) -> None:
        """
        Raises:
            ValueError: the client would end the chat because of this chunk.
        """
        if self.error_text is not None:
            return
        if isinstance(chunk, TextDeltaChunk):
            self._delta(self._texts, chunk)
        elif isinstance(chunk, ReasoningDeltaChunk):
            self._delta(self._reasonings, chunk)
        elif isinstance(chunk, ToolInputDeltaChunk):
            self._calls.input_delta(chunk)
        else:
            sent: Json = json.loads(chunk.to_json())
            type_ = sent["type"]
            if type_ in _OF_CALLS:
                getattr(self._calls, _OF_CALLS[type_])(sent)
            else:
                getattr(self, _HANDLERS.get(type_, "_data"))(sent)

    # --- Parts --------------------------------------------------------------------------------------------------------

    @property
    def _parts(self) -> list[Json]:
        parts: list[Json] = self._message["parts"]
        return parts

    def _index(self) -> None:
        """Where the current step begins, and the calls and data parts by their identifiers."""
        starts = (at for at, part in enumerate(self._parts) if part["type"] == "step-start")
        self._step = max(starts, default=-1) + 1
        self._calls = Calls(self._parts, self._step)
        self._data_parts: dict[tuple[str, Any], Json] = {}
        for part in self._parts:
            if part.get("id") is not None and not isinstance(part, Opaque):
                self._data_parts.setdefault((part["type"], part["id"]), part)

    def _start(self, sent: Json) -> None:
        if sent.get("messageId") is not None:
            self._message["id"] = sent["messageId"]
        self._metadata(sent)

    def _finish(self, sent: Json) -> None:
        self.finish_reason = sent.get("finishReason", self.finish_reason)
        self._metadata(sent)

    def _metadata(self, sent: Json) -> None:
        added, known = sent.get("messageMetadata"), self._message.get("metadata")
        if added is not None:
            self._message["metadata"] = added if known is None else merged(known, added)

    def _error(self, sent: Json) -> None:
        self.error_text = sent["errorText"]

    def _start_step(self, _: Json) -> None:
        self._parts.append({"type": "step-start"})
        self._step = len(self._parts)
        self._calls.new_step()

    def _reset_step(self, _: Json) -> None:
        self._texts, self._reasonings = {}, {}
        del self._parts[self._step :]
        self._index()

    def _nothing(self, _: Json) -> None:
        pass

    def _content(self, sent: Json) -> None:
        """Files, sources and the like: the part has what the chunk has."""
        self._parts.append(
            {key: sent[key] for key in ("type", *_CONTENT[sent["type"]]) if key in sent}
        )

    def _data(self, sent: Json) -> None:
        if sent.get("transient"):
            return
        known = self._data_parts.get((sent["type"], sent.get("id")))
        if known is not None and sent.get("id") is not None:
            known["data"] = sent["data"]
            return
        self._parts.append(sent)
        if sent.get("id") is not None:
            self._data_parts[sent["type"], sent["id"]] = sent

    # --- Text and reasoning -------------------------------------------------------------------------------------------

    def _text_start(self, sent: Json) -> None:
        self._open(self._texts, sent, {"type": "text"})

    def _reasoning_start(self, sent: Json) -> None:
        self._open(self._reasonings, sent, {"type": "reasoning", "id": sent["id"]})

    def _open(self, parts: dict[str, Json], sent: Json, part: Json) -> None:
        part |= {"text": Growing(), "state": "streaming"}
        if "providerMetadata" in sent:
            part["providerMetadata"] = sent["providerMetadata"]
        parts[sent["id"]] = part
        self._parts.append(part)

    def _delta(
        self, parts: Mapping[str, Json], chunk: TextDeltaChunk | ReasoningDeltaChunk
    ) -> None:
        part = parts.get(chunk.id)
        if part is None:
            raise missing(chunk.type, chunk.id)
        part["text"].add(chunk.delta)
        if chunk.provider_metadata is not None:
            part["providerMetadata"] = json.loads(chunk.to_json())["providerMetadata"]

    def _text_end(self, sent: Json) -> None:
        self._end(self._texts, sent)

    def _reasoning_end(self, sent: Json) -> None:
        self._end(self._reasonings, sent)

    def _end(self, parts: dict[str, Json], sent: Json) -> None:
        part = parts.pop(sent["id"], None)
        if part is None:
            raise missing(sent["type"], sent["id"])
        part["state"] = "done"
        part["text"] = Growing(str(part["text"]))
        part |= {key: sent[key] for key in ("citations", "providerMetadata") if key in sent}


_CONTENT: Final = {
    "file": ("url", "mediaType", "providerMetadata"),
    "reasoning-file": ("url", "mediaType", "providerMetadata"),
    "source-url": ("sourceId", "url", "title", "providerMetadata"),
    "source-document": ("sourceId", "mediaType", "title", "filename", "providerMetadata"),
    "custom": ("kind", "providerMetadata"),
    "steering-message": ("id", "parts"),
}
_HANDLERS: Final = {
    **dict.fromkeys(_CONTENT, "_content"),
    "start": "_start",
    "message-metadata": "_metadata",
    "finish": "_finish",
    "abort": "_nothing",
    "error": "_error",
    "start-step": "_start_step",
    "finish-step": "_nothing",
    "reset-step": "_reset_step",
    "text-start": "_text_start",
    "text-end": "_text_end",
    "reasoning-start": "_reasoning_start",
    "reasoning-end": "_reasoning_end",
}
_OF_CALLS: Final = {
    "tool-input-start": "input_start",
    "tool-input-available": "input_available",
    "tool-input-error": "input_error",
    "tool-output-available": "output",
    "tool-output-error": "output_error",
    "tool-output-denied": "output_denied",
    "tool-approval-request": "approval_request",
    "tool-approval-response": "approval_response",
}
