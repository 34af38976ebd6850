"""What all vendors' histories share: steps, what came of a call, files."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final, TypeAlias
from urllib.parse import unquote_to_bytes

from pydantic_core import to_json

from samewire.ui_stream.call_chunks import json_of
from samewire.ui_stream.messages import UIMessage
from samewire.ui_stream.parts import FileUIPart, StepStartUIPart, TextUIPart, UIPart
from samewire.ui_stream.tool_chunks import NOT_FINISHED
from samewire.ui_stream.tool_parts import CallPart

Json: TypeAlias = dict[str, Any]

DENIED: Final = "The user did not allow this call."
"""What the model is told of a call that was denied; the user's reason follows."""


class UnreadableFileError(ValueError):
    """The model can't be given a file: its type is not one that the vendor reads, or its URL is not one of the web or of data."""

    def __init__(self, part: FileUIPart, why: str) -> None:
        super().__init__(f"the file {part.filename or 'without a name'} ({part.media_type}) {why}")


@dataclass(frozen=True, slots=True)
class Result:
    """What the model is told of a call."""

    text: str
    failed: bool
    value: Any = None


def spoken(messages: Iterable[UIMessage]) -> Iterator[tuple[str, list[UIPart]]]:
    """The role and the parts of each message of a user, and of each step of an assistant's. Those of the system are left out."""
    for message in messages:
        if message.role == "user":
            yield "user", [*message.parts]
        elif message.role == "assistant":
            for parts in _steps(message):
                yield "assistant", parts


def _steps(message: UIMessage) -> Iterator[list[UIPart]]:
    parts: list[UIPart] = []
    for part in message.parts:
        if not isinstance(part, StepStartUIPart):
            parts.append(part)
        elif parts:
            yield parts
            parts = []
    if parts:
        yield parts


def is_told(part: UIPart) -> bool:
    """Whether a call is whole: its input has arrived."""
    return getattr(part, "state", "input-streaming") != "input-streaming"


def own_calls(parts: Iterable[UIPart]) -> list[CallPart]:
    """The calls that the application runs, as far as they are whole."""
    return [
        part
        for part in parts
        if isinstance(part, CallPart) and is_told(part) and not part.provider_executed
    ]


def input_of(part: CallPart) -> Any:
    """The input as JSON; as the model wrote it, where that was not valid."""
    found = json_of(part, {"input", "raw_input"})
    return found.get("input", found.get("rawInput"))


def input_object(part: CallPart) -> Json:
    """The input, where it has to be an object: what the model wrote may be none."""
    value = input_of(part)
    return value if isinstance(value, dict) else {"input": value}


def arguments(part: CallPart) -> str:
    value = input_of(part)
    is_raw = getattr(part, "state", "") == "output-error" and isinstance(value, str)
    return value if is_raw else json.dumps(value)


def result_of(part: CallPart) -> Result:
    """A call without an output has one that says so, since a model is not to be given a call alone."""
    match getattr(part, "state", ""):
        case "output-available":
            value = json_of(part, {"output"})["output"]
            text = value if isinstance(value, str) else to_json(value).decode()
            return Result(text, failed=False, value=value)
        case "output-error":
            return Result(getattr(part, "error_text", ""), failed=True)
        case "output-denied":
            return _denied(part)
        case "approval-responded" if not getattr(getattr(part, "approval", None), "approved", True):
            return _denied(part)
        case _:
            return Result(NOT_FINISHED, failed=True)


def _denied(part: CallPart) -> Result:
    reason = getattr(getattr(part, "approval", None), "reason", None)
    return Result(f"{DENIED} {reason}" if reason else DENIED, failed=True)


def known_of(part: UIPart, vendor: str, field: str = "provider_metadata") -> Json:
    """What the vendor said of a part when it made it."""
    found = getattr(part, field, None) or {}
    known: Json = found.get(vendor, {})
    return known


def text_in(parts: Iterable[UIPart]) -> str:
    return "".join(part.text for part in parts if isinstance(part, TextUIPart))


# --- Files ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class File:
    """``base64`` of the content of a data URL, which ``url`` then is; or else a URL of the web."""

    part: FileUIPart
    kind: str
    url: str
    base64: str | None

    @property
    def name(self) -> str:
        return self.part.filename or f"file.{self.kind.rpartition('/')[2]}"

    def text(self) -> str:
        return base64.b64decode(self.base64 or "").decode("utf-8", errors="replace")

    def refused(self, why: str) -> UnreadableFileError:
        return UnreadableFileError(self.part, why)


def file_of(part: FileUIPart) -> File:
    """
    The file of a part.

    Raises:
        UnreadableFileError: its URL is neither one of the web (``https``, ``http``) nor of data.

    """
    scheme = part.url.partition(":")[0].lower()
    kind = part.media_type.partition(";")[0].strip().lower()
    if scheme in ("https", "http"):
        return File(part, kind, part.url, None)
    if scheme != "data":
        raise UnreadableFileError(part, f"has a URL that a model can't read: {scheme}:")
    head, comma, body = part.url.partition(",")
    if not comma:
        raise UnreadableFileError(part, "has a data URL without data")
    content = (
        body if head.endswith(";base64") else base64.b64encode(unquote_to_bytes(body)).decode()
    )
    return File(part, kind, f"data:{kind};base64,{content}", content)
