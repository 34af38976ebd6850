"""
The request that ``useChat`` posts, read leniently, with one sentence for what is wrong with it.

Stored messages come back in requests, and clients are newer than their server at times: a part of a kind or in a state that
the contract does not know is kept as it came.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
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
"""Characters of a validator's message, which may list all kinds of parts."""

_DEEPEST: Final = 32
"""Steps of the place in a message. An error in data that is nested hundreds of levels deep has as many."""


@dataclass(frozen=True, slots=True)
class RequestLimits:
    """
    What a request may have at most: bytes of its body, parts in all of its messages together, and levels of nesting.

    ``max_bytes`` holds where the body is read here (:func:`read_request` of bytes, ``chat_request``); FastAPI reads the body of a
    ``ChatBody`` itself, so limit it in the proxy or the server.
    """

    max_bytes: int = 16 * 1024 * 1024
    max_parts: int = 10_000
    max_depth: int = 100


DEFAULT_LIMITS: Final = RequestLimits()


class OpaqueUIPart(UIPart):
    """A part that the contract does not know, as it came."""

    type: str


class ChatRequestError(ValueError):
    """
    A body that is not what ``useChat`` posts. The text is one sentence, which the client shows as it is.

    ``place`` is the first thing that is wrong, as in ``messages[1].parts[0].toolCallId``; empty for the whole. ``status`` is the
    HTTP status to answer with: 422, 413 for a request that is beyond its limits, or 415 for a body that is not said to be JSON.
    """

    def __init__(self, why: str, place: str = "", *, status: int = 422) -> None:
        super().__init__(f"Not a chat request: {why}.")
        self.place = place
        self.status = status


def read_request(
    body: bytes | str | Mapping[str, Any],
    of: Any = ChatRequest,
    *,
    misfits: Misfits = "refuse",
    limits: RequestLimits = DEFAULT_LIMITS,
) -> Any:
    """
    The request in ``body``, of the application's type (``Annotated[ChatRequest, contract]``).

    Raises:
        ChatRequestError: the body is no chat request, or beyond its limits.

    """
    if isinstance(body, bytes | str) and len(body) > limits.max_bytes:
        raise too_long(limits)
    value = _parsed(body) if isinstance(body, bytes | str) else body
    return lenient(value, adapter(of).validate_python, misfits=misfits, limits=limits)


def lenient(
    value: Any,
    validate: Callable[[Any], RequestT],
    *,
    misfits: Misfits = "refuse",
    limits: RequestLimits = DEFAULT_LIMITS,
) -> RequestT:
    """
    What ``validate`` makes of ``value``, with the parts that the contract does not know as :class:`OpaqueUIPart`.

    Takes time linear in the size of ``value``, whatever it holds.

    Raises:
        ChatRequestError: ``value`` is no chat request, or beyond its limits.

    """
    _check_limits(value, limits)
    opaque: set[Place] = set()
    denied: set[Place] = set()
    while True:
        try:
            request = validate(_replaced(value, opaque, denied))
        except ValidationError as invalid:
            errors = invalid.errors(include_url=False)
            for error in errors:
                if (place := _denied_call(error, value)) is not None:
                    denied.add(place)
                elif (place := _opaque_part(error, value, misfits)) is not None:
                    opaque.add(place)
                else:
                    raise _sentence(error, value) from invalid
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


def _denied_call(error: ErrorDetails, value: Any) -> Place | None:
    """Which call is ``output-denied`` and does not say that it was not approved, as clients store what no answer came before."""
    match error["type"], error["loc"]:
        case "missing", ("messages", int(at), "parts", int(i), *_, "approval", "approved"):
            part = value["messages"][at]["parts"][i]
            return (at, i) if part.get("state") == "output-denied" else None
    return None


def _replaced(value: Any, opaque: AbstractSet[Place], denied: AbstractSet[Place]) -> Any:
    """``value`` with a part that every contract has in the place of those that are opaque, and with what denied calls lack."""
    if not opaque and not denied:
        return value
    messages = list(value["messages"])
    for at, places in _by_message(opaque | denied).items():
        parts = list(messages[at]["parts"])
        for i in places:
            if (at, i) in opaque:
                parts[i] = {"type": "step-start"}
            else:
                approval = {**parts[i]["approval"], "approved": False}
                parts[i] = {**parts[i], "approval": approval}
        messages[at] = {**messages[at], "parts": parts}
    return {**value, "messages": messages}


def _by_message(places: AbstractSet[Place]) -> dict[int, list[int]]:
    """The indices of parts by that of their message, so that each message is copied once."""
    by_message: dict[int, list[int]] = {}
    for at, i in places:
        by_message.setdefault(at, []).append(i)
    return by_message


def _with_parts(request: RequestT, value: Any, opaque: AbstractSet[Place]) -> RequestT:
    if not opaque:
        return request
    messages = list(request.messages)
    for at, places in _by_message(opaque).items():
        parts: list[Any] = list(messages[at].parts)
        for i in places:
            parts[i] = OpaqueUIPart.model_validate(value["messages"][at]["parts"][i])
        messages[at] = messages[at].model_copy(update={"parts": parts})
    return request.model_copy(update={"messages": messages})


# --- Limits -----------------------------------------------------------------------------------------------------------


def _check_limits(value: Any, limits: RequestLimits) -> None:
    if _is_deeper(value, limits.max_depth):
        raise _beyond(f"it is nested more than {limits.max_depth} levels deep")
    messages = value.get("messages") if isinstance(value, Mapping) else None
    parts = (
        len(message["parts"])
        for message in (messages if isinstance(messages, list) else ())
        if isinstance(message, Mapping) and isinstance(message.get("parts"), list)
    )
    if sum(parts) > limits.max_parts:
        raise _beyond(f"its messages have more than {limits.max_parts} parts")


def _is_deeper(value: Any, depth: int) -> bool:
    """Whether there are containers inside of one another beyond ``depth`` levels; level by level, so that no recursion is."""
    level = [value]
    for _ in range(depth + 1):
        level = [
            inner
            for outer in level
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, dict | list)
        ]
        if not level:
            return False
    return True


def too_long(limits: RequestLimits) -> ChatRequestError:
    return _beyond(f"the body has more than {limits.max_bytes} bytes")


def _beyond(why: str) -> ChatRequestError:
    return ChatRequestError(why, status=413)


# --- What is wrong ----------------------------------------------------------------------------------------------------


def _parsed(body: bytes | str) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ChatRequestError("the body is not JSON") from error


def _sentence(error: ErrorDetails, value: Any) -> ChatRequestError:
    if not isinstance(value, dict):
        return ChatRequestError("it is an object with id, messages and trigger")
    steps = real_steps(error["loc"][:_DEEPEST], value, missing=error["type"] == "missing")
    place = ""
    for step in steps:
        place += f"[{step}]" if isinstance(step, int) else f".{step}" if place else step
    message = error["msg"].rstrip(".")
    if len(message) > _LONGEST:
        message = f"{message[:_LONGEST]}..."
    return ChatRequestError(f"{place}: {message[:1].lower()}{message[1:]}", place)


def real_steps(
    loc: tuple[int | str, ...], value: Any, *, missing: bool = False
) -> tuple[int | str, ...]:
    """
    The steps of ``loc`` that ``value`` has, without the tags of unions and names of validators between them.

    A tag may look like a key (a part of the type ``text`` has a ``text``), so of all ways through the value the one with the most
    steps counts. Each pair of a step and a value is looked at once.
    """
    ways: list[tuple[tuple[int | str, ...], Any]] = [((), value)]
    for at, step in enumerate(loc):
        last = at == len(loc) - 1
        longest: dict[int, tuple[tuple[int | str, ...], Any]] = {
            id(inner): (taken, inner) for taken, inner in ways
        }
        for taken, inner in ways:
            match step, inner:
                case (int(), list()) if step < len(inner):
                    further = ((*taken, step), inner[step])
                case (str(), dict()) if step in inner:
                    further = ((*taken, step), inner[step])
                case (str(), _) if missing and last:
                    further = ((*taken, step), None)
                case _:
                    continue
            known = longest.get(id(further[1]))
            if known is None or len(known[0]) < len(further[0]):
                longest[id(further[1])] = further
        ways = list(longest.values())
    return max((taken for taken, _ in ways), key=len)
