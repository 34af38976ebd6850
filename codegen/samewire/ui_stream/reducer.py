"""Chunks to the message that the client makes of them, so that a server can store what its user sees."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final, Generic, TypeVar, overload

from samewire.ui_stream._base import MISSING
from samewire.ui_stream.chunks import Chunk, ReasoningDeltaChunk, TextDeltaChunk
from samewire.ui_stream.messages import UIMessage
from samewire.ui_stream.partial_json import parse_partial
from samewire.ui_stream.tool_chunks import ToolInputDeltaChunk

MessageT = TypeVar("MessageT", bound=UIMessage)
Json = dict[str, Any]


class Growing:
    """A text that grows by pieces. The pieces are joined when it is read, so that a long one costs no more for each piece."""

    __slots__ = ("_pieces",)

    def __init__(self, text: str = "") -> None:
        self._pieces = [text]

    def add(self, piece: str) -> None:
        self._pieces.append(piece)

    def __str__(self) -> str:
        if len(self._pieces) > 1:
            self._pieces = [_paired("".join(self._pieces))]
        return self._pieces[0]


def _paired(text: str) -> str:
    """``text`` with halves of surrogate pairs that now stand side by side made one character, as they are in JavaScript."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    return text


class PartialInput:
    """The input of a call as far as its text goes, parsed when it is read."""

    __slots__ = ("_known", "_text")

    def __init__(self, text: Growing) -> None:
        self._text = text
        self._known: tuple[str, Any] = ("", MISSING)

    def value(self) -> Any:
        text = str(self._text)
        if self._known[0] != text:
            self._known = (text, parse_partial(text))
        return self._known[1]


class MessageReducer(Generic[MessageT]):
    """
    Applies chunks to a message as ``ai`` 7.0.173 does.

    ``message`` is the one that the stream continues, which stays as it is; without it a new one begins, under ``id`` until a
    ``start`` brings another. ``of`` is the class of :attr:`message`, for instance the ``message`` of an application's ``UIStream``.

    A chunk that the client would end the chat for, such as a delta of no text, raises ``ValueError``: run the stream through
    :class:`~samewire.ui_stream.StreamGuard` first. After an ``error`` nothing is applied. :meth:`apply` costs the same however
    long the message is; reading :attr:`data` or :attr:`message` costs its length.
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
        self.finish_reason: str | None = None
        """Of the last ``finish``."""
        self.error_text: str | None = None
        """Of the ``error`` that ended the stream."""
        self._texts: dict[str, Json] = {}
        self._reasonings: dict[str, Json] = {}
        self._inputs: dict[str, Json] = {}
        self._index()
        for part in self._parts[self._step :]:
            if _is_tool(part) and part["state"] == "input-streaming":
                self._continue_input(part)

    @property
    def message(self) -> MessageT:
        """
        The message so far, a new one each time.

        Raises:
            ValidationError: it is not one of the contract's: metadata, data or a tool of other types.

        """
        made: MessageT = self._of.model_validate(self.data)
        return made

    @property
    def data(self) -> Json:
        """The message so far as JSON, a new dictionary each time, whose values are to be left as they are."""
        return {**self._message, "parts": [_settled(part) for part in self._parts]}

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
            self._input_delta(chunk)
        else:
            sent: Json = json.loads(chunk.to_json())
            getattr(self, _HANDLERS.get(sent["type"], "_data"))(sent)

    # --- Parts --------------------------------------------------------------------------------------------------------

    @property
    def _parts(self) -> list[Json]:
        parts: list[Json] = self._message["parts"]
        return parts

    def _index(self) -> None:
        """Where the current step begins, and the calls of it and of the whole message by their identifiers."""
        starts = (at for at, part in enumerate(self._parts) if part["type"] == "step-start")
        self._step = max(starts, default=-1) + 1
        self._last_calls: dict[str, Json] = {}
        self._data_parts: dict[tuple[str, Any], Json] = {}
        self._new_step()
        for part in self._parts[: self._step]:
            self._note(part)
        self._new_step()
        for part in self._parts[self._step :]:
            self._note(part)

    def _new_step(self) -> None:
        self._calls: dict[str, Json] = {}
        self._static: dict[str, Json] = {}
        self._dynamic: dict[str, Json] = {}

    def _note(self, part: Json) -> None:
        if _is_tool(part):
            key = part["toolCallId"]
            self._last_calls[key] = part
            self._calls.setdefault(key, part)
            kind = self._dynamic if part["type"] == "dynamic-tool" else self._static
            kind.setdefault(key, part)
        elif part.get("id") is not None:
            self._data_parts.setdefault((part["type"], part["id"]), part)

    def _push(self, part: Json) -> None:
        self._parts.append(part)
        self._note(part)

    def _start(self, sent: Json) -> None:
        if sent.get("messageId") is not None:
            self._message["id"] = sent["messageId"]
        self._metadata(sent)

    def _finish(self, sent: Json) -> None:
        self.finish_reason = sent.get("finishReason", self.finish_reason)
        self._metadata(sent)

    def _metadata(self, sent: Json) -> None:
        given, known = sent.get("messageMetadata"), self._message.get("metadata")
        if given is not None:
            self._message["metadata"] = given if known is None else merged(known, given)

    def _error(self, sent: Json) -> None:
        self.error_text = sent["errorText"]

    def _start_step(self, _: Json) -> None:
        self._parts.append({"type": "step-start"})
        self._step = len(self._parts)
        self._new_step()

    def _reset_step(self, _: Json) -> None:
        self._texts, self._reasonings, self._inputs = {}, {}, {}
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
        if known is None or sent.get("id") is None:
            self._push(sent)
        else:
            known["data"] = sent["data"]

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
            raise _missing(chunk.type, chunk.id)
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
            raise _missing(sent["type"], sent["id"])
        part["state"] = "done"
        part["text"] = Growing(str(part["text"]))
        part |= {key: sent[key] for key in ("citations", "providerMetadata") if key in sent}

    # --- Calls of tools -----------------------------------------------------------------------------------------------

    def _input_start(self, sent: Json) -> None:
        call: Json = {key: sent[key] for key in _OF_INPUTS if key in sent}
        self._inputs[sent["toolCallId"]] = {**call, "text": Growing()}
        self._update(sent, "input-streaming", {"inputEncoding": sent.get("inputEncoding")})

    def _continue_input(self, part: Json) -> None:
        dynamic = part["type"] == "dynamic-tool"
        call: Json = {key: part[key] for key in _OF_INPUTS if key in part}
        call |= {"toolName": _tool_name(part), "dynamic": dynamic}
        self._inputs[part["toolCallId"]] = {**call, "text": Growing(part.get("rawInput", ""))}

    def _input_delta(self, chunk: ToolInputDeltaChunk) -> None:
        call = self._inputs.get(chunk.tool_call_id)
        if call is None:
            raise _missing(chunk.type, chunk.tool_call_id)
        text: Growing = call["text"]
        part = self._part(call.get("dynamic"), chunk.tool_call_id)
        if part is not None and part.get("rawInput") is text and part["state"] == "input-streaming":
            text.add(chunk.input_text_delta)
            return
        # A part of an earlier step may have the text so far, and keeps it.
        text = call["text"] = Growing(f"{text}{chunk.input_text_delta}")
        whole = call.get("inputEncoding") == "text"
        self._update(
            {**call, "toolCallId": chunk.tool_call_id},
            "input-streaming",
            {
                "input": text if whole else PartialInput(text),
                "rawInput": text,
                "inputEncoding": call.get("inputEncoding"),
            },
        )

    def _input_available(self, sent: Json) -> None:
        self._update(sent, "input-available", {"input": sent["input"]})

    def _input_error(self, sent: Json) -> None:
        known = self._calls.get(sent["toolCallId"])
        dynamic = sent.get("dynamic") if known is None else known["type"] == "dynamic-tool"
        values = {"input": sent["input"], "errorText": sent["errorText"]}
        self._update({**sent, "dynamic": dynamic, "title": None}, "output-error", values)

    def _output(self, sent: Json) -> None:
        part = self._call(sent)
        values = {
            "input": part.get("input", MISSING),
            "output": sent["output"],
            "preliminary": sent.get("preliminary"),
        }
        self._update(self._result(sent, part), "output-available", values, part)

    def _output_error(self, sent: Json) -> None:
        part = self._call(sent)
        values = {"input": part.get("input", MISSING), "errorText": sent["errorText"]}
        if part["type"] != "dynamic-tool":
            values["rawInput"] = part.get("rawInput", MISSING)
        self._update(self._result(sent, part), "output-error", values, part)

    def _output_denied(self, sent: Json) -> None:
        self._call(sent)["state"] = "output-denied"

    def _result(self, sent: Json, part: Json) -> Json:
        dynamic = part["type"] == "dynamic-tool"
        metadata = sent.get("toolMetadata", part.get("toolMetadata"))
        return {
            **sent,
            "toolName": _tool_name(part),
            "dynamic": dynamic,
            "title": part.get("title"),
            "toolMetadata": metadata,
        }

    def _approval_request(self, sent: Json) -> None:
        part = self._call(sent)
        approval: Json = {"id": sent["approvalId"]}
        if sent.get("approvalDescriptor") is not None:
            approval["descriptor"] = sent["approvalDescriptor"]
        if "inputSchemaInput" in sent:
            approval["inputSchemaInput"] = sent["inputSchemaInput"]
        if "reason" in sent:
            approval["requestReason"] = sent["reason"]
        if sent.get("isAutomatic"):
            approval["isAutomatic"] = True
        if "signature" in sent:
            approval["signature"] = sent["signature"]
        part["state"], part["approval"] = "approval-requested", approval

    def _approval_response(self, sent: Json) -> None:
        key = sent["approvalId"]
        for part in self._parts:
            if _is_tool(part) and (part.get("approval") or {}).get("id") == key:
                break
        else:
            raise _missing(sent["type"], key)
        answer = {name: sent[name] for name in ("approved", "reason") if name in sent}
        part["state"], part["approval"] = "approval-responded", {**part["approval"], **answer}
        if "providerExecuted" in sent:
            part["providerExecuted"] = sent["providerExecuted"]
        if "providerMetadata" in sent:
            part["callProviderMetadata"] = sent["providerMetadata"]

    def _call(self, sent: Json) -> Json:
        """The call of this step, or else the last of the message."""
        key = sent["toolCallId"]
        part = self._calls.get(key) or self._last_calls.get(key)
        if part is None:
            raise _missing(sent["type"], key)
        return part

    def _part(self, dynamic: object, key: str) -> Json | None:
        return (self._dynamic if dynamic else self._static).get(key)

    def _update(self, sent: Json, state: str, values: Json, part: Json | None = None) -> None:
        """Makes or changes the part of a call; ``None`` and ``MISSING`` in optional ``values`` take a key away."""
        dynamic, key = sent.get("dynamic"), sent["toolCallId"]
        part = part or self._part(dynamic, key)
        made = part is None
        if part is None:
            part = {"toolCallId": key}
        part["state"] = state
        if dynamic:
            part |= {"type": "dynamic-tool", "toolName": sent["toolName"]}
        else:
            part["type"] = f"tool-{sent['toolName']}"
        for name in _CHANGING:
            value = values.get(name, MISSING)
            if value is MISSING or (value is None and name not in ("input", "output")):
                part.pop(name, None)
            else:
                part[name] = value
        for name in ("title", "toolMetadata", "providerExecuted"):
            if sent.get(name) is not None:
                part[name] = sent[name]
        if sent.get("providerMetadata") is not None:
            ended = state in ("output-available", "output-error")
            name = "resultProviderMetadata" if ended else "callProviderMetadata"
            part[name] = sent["providerMetadata"]
        if made:
            if dynamic:
                part.pop("rawInput", None)  # an oddity of the client
            self._push(part)


_CHANGING: Final = ("input", "output", "errorText", "rawInput", "inputEncoding", "preliminary")
_OF_INPUTS: Final = ("toolName", "inputEncoding", "dynamic", "title", "toolMetadata")

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
    "tool-input-start": "_input_start",
    "tool-input-available": "_input_available",
    "tool-input-error": "_input_error",
    "tool-output-available": "_output",
    "tool-output-error": "_output_error",
    "tool-output-denied": "_output_denied",
    "tool-approval-request": "_approval_request",
    "tool-approval-response": "_approval_response",
}


def _settled(part: Json) -> Json:
    """The part with its texts joined and its partial input parsed."""
    found: Json = {}
    for key, value in part.items():
        if isinstance(value, Growing):
            found[key] = str(value)
        elif isinstance(value, PartialInput):
            partial = value.value()
            if partial is not MISSING:
                found[key] = partial
        else:
            found[key] = value
    return found


def _is_tool(part: Json) -> bool:
    type_: str = part["type"]
    return type_.startswith("tool-") or type_ == "dynamic-tool"


def _tool_name(part: Json) -> str:
    name: str = part["toolName"] if part["type"] == "dynamic-tool" else part["type"][5:]
    return name


def _missing(type_: str, key: str) -> ValueError:
    return ValueError(
        f"{type_} for {key!r}, which is not open: the client would end the chat; run the stream through StreamGuard"
    )


def merged(known: Any, given: Any) -> Any:
    """
    ``given`` laid over ``known``: objects are merged at every depth, all else is replaced, by null too.

    Keys that reach for a prototype are left out, as in the client.
    """
    result = dict(_entries(known))
    for key, value in _entries(given).items():
        if key in ("__proto__", "constructor", "prototype"):
            continue
        before = result.get(key)
        both = isinstance(value, dict) and isinstance(before, dict)
        result[key] = merged(before, value) if both else value
    return result


def _entries(value: Any) -> dict[str, Any]:
    """What JavaScript's spread makes of a JSON value."""
    match value:
        case dict():
            return value
        case list() | str():
            return {str(index): one for index, one in enumerate(value)}
        case _:
            return {}
