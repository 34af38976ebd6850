"""
The request that ``useChat`` posts, read leniently, with one sentence for what is wrong with it.

Stored messages come back in requests, and clients are newer than their server at times: a part of a kind or in a state that
the contract does not know is kept as it came.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from typing import Any, Final, Literal, TypeAlias, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from samewire.ui_stream._adapters import adapter
from samewire.ui_stream.messages import ChatRequest
from samewire.ui_stream.parts import UIPart

RequestT = TypeVar("RequestT", bound=ChatRequest)

Misfits: TypeAlias = Literal["refuse", "keep"]
"""What becomes of a part of a known kind that does not fit the contract, as of a tool whose input has changed since."""

Place: TypeAlias = tuple[int, int]
"""The index of a message, and that of one of its parts."""

_TAGS: Final = 2
"""How many tags may follow a part's place before the unions of part kinds are through."""

_LONGEST: Final = 200
"""Characters of a validator's complaint, which may list all kinds of parts."""


class OpaqueUIPart(UIPart):
    """A part that the contract does not know, as it came."""

    type: str


class ChatRequestError(ValueError):
    """
    A body that is not what ``useChat`` posts. The text is one sentence, which the client shows as it is.

    ``place`` is the first thing that is wrong, as in ``messages[1].parts[0].toolCallId``; empty for the whole.
    """

    def __init__(self, why: str, place: str = "") -> None:
        super().__init__(f"Not a chat request: {why}.")
        self.place = place


def read_request(
    body: bytes | str | Mapping[str, Any], of: Any = ChatRequest, *, misfits: Misfits = "refuse"
) -> Any:
    """
    The request in ``body``, of the application's type (``Annotated[ChatRequest, contract]``).

    Raises:
        ChatRequestError: it is none.

    """
    value = _parsed(body) if isinstance(body, bytes | str) else body
    return lenient(value, adapter(of).validate_python, misfits=misfits)


def lenient(
    value: Any, validate: Callable[[Any], RequestT], *, misfits: Misfits = "refuse"
) -> RequestT:
    """
    What ``validate`` makes of ``value``, with the parts that the contract does not know as :class:`OpaqueUIPart`.

    Raises:
        ChatRequestError: it is none.

    """
    opaque: set[Place] = set()
    while True:
        try:
            request = validate(_replaced(value, opaque))
        except ValidationError as invalid:
            errors = invalid.errors(include_url=False)
            for error in errors:
                place = _opaque_part(error, value, misfits)
                if place is None:
                    raise _sentence(error, value) from invalid
                opaque.add(place)
        else:
            return _with_parts(request, value, opaque)


# --- Parts that the contract does not know ----------------------------------------------------------------------------


def _opaque_part(error: ErrorDetails, value: Any, misfits: Misfits) -> Place | None:
    """Which part is to be kept as it came, if ``error`` says no more than that the contract does not know it."""
    match error["loc"]:
        case ("messages", int(at), "parts", int(i), *deeper):
            part = value["messages"][at]["parts"][i]
            # What follows are tags: of the union by type, and of a tool's states.
            unknown = error["type"] == "union_tag_invalid" and len(deeper) <= _TAGS
            if (unknown or misfits == "keep") and isinstance(part, dict):
                return (at, i) if isinstance(part.get("type"), str) else None
    return None


def _replaced(value: Any, opaque: AbstractSet[Place]) -> Any:
    """``value`` with a part that every contract has in the place of those that are opaque."""
    if not opaque:
        return value
    messages = list(value["messages"])
    for at, i in opaque:
        parts = list(messages[at]["parts"])
        parts[i] = {"type": "step-start"}
        messages[at] = {**messages[at], "parts": parts}
    return {**value, "messages": messages}


def _with_parts(request: RequestT, value: Any, opaque: AbstractSet[Place]) -> RequestT:
    if not opaque:
        return request
    messages = list(request.messages)
    for at, i in opaque:
        parts: list[Any] = list(messages[at].parts)
        parts[i] = OpaqueUIPart.model_validate(value["messages"][at]["parts"][i])
        messages[at] = messages[at].model_copy(update={"parts": parts})
    return request.model_copy(update={"messages": messages})


# --- What is wrong ----------------------------------------------------------------------------------------------------


def _parsed(body: bytes | str) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ChatRequestError("the body is not JSON") from error


def _sentence(error: ErrorDetails, value: Any) -> ChatRequestError:
    if not isinstance(value, dict):
        return ChatRequestError("it is an object with id, messages and trigger")
    steps = _real(list(error["loc"]), value, missing=error["type"] == "missing")
    place = ""
    for step in steps:
        place += f"[{step}]" if isinstance(step, int) else f".{step}" if place else step
    message = error["msg"].rstrip(".")
    if len(message) > _LONGEST:
        message = f"{message[:_LONGEST]}..."
    return ChatRequestError(f"{place}: {message[:1].lower()}{message[1:]}", place)


def _real(loc: list[int | str], value: Any, *, missing: bool) -> list[int | str]:
    """The steps of ``loc`` that ``value`` has, without the tags of unions and names of validators between them."""
    if not loc:
        return []
    step, *rest = loc
    without = _real(rest, value, missing=missing)
    match step, value:
        case (int(), list()) if step < len(value):
            inner = value[step]
        case (str(), dict()) if step in value:
            inner = value[step]
        case (str(), _) if missing and not rest:
            return [step]
        case _:
            return without
    return max([step, *_real(rest, inner, missing=missing)], without, key=len)
