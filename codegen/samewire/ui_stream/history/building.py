"""Messages of a page from those of a model: each turn of the assistant is one message, each call of the model a step of it."""

from __future__ import annotations

import re
from typing import Any, Final, Literal
from uuid import uuid4

from pydantic_core import to_json

from samewire.ui_stream.history.values import DENIED, Json
from samewire.ui_stream.messages import UIMessage
from samewire.ui_stream.partial_json import loads

_MEDIA_TYPE: Final = re.compile(r"data:([^;,]+)")


class Builder:
    """Adds what a vendor's messages say, one after the other. Identifiers are made up."""

    def __init__(self) -> None:
        self._messages: list[Json] = []
        self._calls: dict[str, Json] = {}

    def built(self) -> list[UIMessage]:
        return [UIMessage.model_validate(one) for one in self._messages]

    def user(self, parts: list[Json]) -> None:
        if parts:
            self._message("user")["parts"] += parts

    def step(self, parts: list[Json]) -> None:
        """What a model said in one call; the calls among it wait for what :meth:`result` says."""
        last = self._messages[-1] if self._messages else None
        message = last if last and last["role"] == "assistant" else self._message("assistant")
        message["parts"] += [{"type": "step-start"}, *parts]
        self._calls |= {part["toolCallId"]: part for part in parts if "toolCallId" in part}

    def result(self, call_id: str, output: Any, *, failed: bool = False, again: Any = None) -> None:
        """What came of a call. One that the conversation does not have is left out."""
        call = self._calls.get(call_id)
        if call is None:
            return
        if failed or "rawInput" in call:
            call |= {"state": "output-error", "errorText": str(output)}
        else:
            call |= {"state": "output-available", "output": output}
        if again is not None:
            call["resultProviderMetadata"] = again

    def denied(self, call_id: str, said: str) -> None:
        """The user did not allow a call; what the model was told has the reason."""
        if (call := self._calls.get(call_id)) is not None:
            reason = said.removeprefix(DENIED).strip()
            given = {"reason": reason} if reason else {}
            approval = {"id": f"approval-{call_id}", "approved": False, **given}
            call |= {"state": "output-denied", "approval": approval}

    def _message(self, role: Literal["user", "assistant"]) -> Json:
        message: Json = {"id": uuid4().hex, "role": role, "parts": []}
        self._messages.append(message)
        return message


def called(call_id: str, name: str, value: Any, **more: Any) -> Json:
    """A call whose output is still to come."""
    known = {key: one for key, one in more.items() if one is not None}
    fields = {"toolCallId": call_id, "state": "input-available", "input": value, **known}
    return {"type": f"tool-{name}", **fields}


def called_by_text(call_id: str, name: str, arguments: str, **more: Any) -> Json:
    """As :func:`called`, from JSON, which a model may have got wrong."""
    try:
        return called(call_id, name, loads(arguments) if arguments.strip() else {}, **more)
    except (ValueError, RecursionError):
        part = called(call_id, name, None, **more)
        del part["input"]
        return {**part, "state": "output-error", "rawInput": arguments, "errorText": ""}


def output_of(text: str) -> Any:
    """What was written as this text: a value of JSON, if it is one and is written in the same way again."""
    try:
        value = loads(text)
    except (ValueError, RecursionError):
        return text
    same = not isinstance(value, str) and to_json(value).decode() == text
    return value if same else text


def file(url: str, media_type: str, filename: str | None = None) -> Json:
    found = _MEDIA_TYPE.match(url)
    kind = found.group(1) if found else media_type
    named = {} if filename is None else {"filename": filename}
    return {"type": "file", "url": url, "mediaType": kind, **named}


def text(said: str, **more: Any) -> Json:
    return {"type": "text", "text": said, "state": "done", **more}
