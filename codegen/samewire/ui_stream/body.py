"""
The chat request as the body of a route of Starlette or FastAPI, and the answer to what is none.

Import these names from :mod:`samewire.ui_stream.starlette`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from samewire.streams.starlette import EXCEPTION_HANDLERS as OF_STREAMS
from samewire.ui_stream.messages import ChatRequest
from samewire.ui_stream.reading import (
    DEFAULT_LIMITS,
    ChatRequestError,
    Misfits,
    RequestLimits,
    lenient,
    read_request,
    too_long,
)
from samewire.ui_stream.turns import TurnRunningError


class BadChatRequest(HTTPException):
    """
    The body is not a chat request: one sentence, with status 422, 413 beyond the limits, or 415 for a body that is not JSON.

    ``useChat`` shows the body of a response as the error's message. Starlette responds with only the sentence, FastAPI with
    :func:`exception_handlers`.
    """

    def __init__(self, error: ChatRequestError) -> None:
        super().__init__(error.status, str(error))


async def _bad_request(_: Request, error: HTTPException) -> Response:
    return PlainTextResponse(error.detail, status_code=error.status_code, headers=error.headers)


async def _not_accepted(_: Request, error: ChatRequestError) -> Response:
    return PlainTextResponse(str(error), status_code=error.status)


async def _turn_running(_: Request, error: TurnRunningError) -> Response:
    return PlainTextResponse(str(error), status_code=409)


def _fastapi_handlers() -> dict[Any, Any]:
    """FastAPI parses a body before :class:`ChatBody` sees it: what is not JSON, and what is missing."""
    try:
        from fastapi.exception_handlers import (  # noqa: PLC0415  # which need not be there
            request_validation_exception_handler,
        )
        from fastapi.exceptions import RequestValidationError  # noqa: PLC0415
    except ImportError:
        return {}

    async def invalid(request: Request, error: RequestValidationError) -> Response:
        unread = [one for one in error.errors() if one["type"] in {"json_invalid", "missing"}]
        if not _takes_a_chat(request) or [one["loc"][:1] for one in unread[:1]] != [("body",)]:
            return await request_validation_exception_handler(request, error)
        why = "the body is not JSON" if unread[0]["type"] == "json_invalid" else "there is no body"
        return await _bad_request(request, BadChatRequest(ChatRequestError(why)))

    return {RequestValidationError: invalid}


def _takes_a_chat(request: Request) -> bool:
    """Whether the body of the route is a :class:`ChatBody`."""
    body = getattr(request.scope.get("route"), "body_field", None)
    metadata = getattr(getattr(body, "field_info", None), "metadata", ())
    return any(isinstance(one, ChatBody) for one in metadata)


@cache
def exception_handlers() -> dict[Any, Any]:
    """
    For ``FastAPI(exception_handlers=...)``, where it is called ``EXCEPTION_HANDLERS``: a sentence in plain text, with status 422,
    413 or 409. Made when it is asked for, since it imports FastAPI if that is there.

    Its handler of ``RequestValidationError`` is for routes that take a :class:`ChatBody`; all others answer as FastAPI does.
    """
    return {
        BadChatRequest: _bad_request,
        ChatRequestError: _not_accepted,  # by a route: history.PostError
        TurnRunningError: _turn_running,
        **OF_STREAMS,
        **_fastapi_handlers(),
    }


@dataclass(frozen=True, slots=True)
class ChatBody:
    """
    Reads a FastAPI body leniently: ``request: Annotated[AppRequest, ChatBody()]``.

    Parts of a kind or state that the contract does not know become :class:`~samewire.ui_stream.reading.OpaqueUIPart`; with
    ``misfits="keep"``, so do parts that do not match it. ``limits`` restrict the number of parts and the depth of nesting. An
    invalid request raises :class:`BadChatRequest`. The OpenAPI document has the request type of the contract.
    """

    misfits: Misfits = "refuse"
    limits: RequestLimits = DEFAULT_LIMITS

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        def read(value: Any, validate: Callable[[Any], ChatRequest]) -> ChatRequest:
            try:
                return lenient(value, validate, misfits=self.misfits, limits=self.limits)
            except ChatRequestError as error:
                raise BadChatRequest(error) from error

        return core_schema.no_info_wrap_validator_function(read, handler(source))


async def chat_request(
    request: Request,
    of: Any = ChatRequest,
    *,
    misfits: Misfits = "refuse",
    limits: RequestLimits = DEFAULT_LIMITS,
) -> Any:
    """
    The chat request in a Starlette request, of the application's type.

    The content type must be JSON: a browser sends text/plain to other sites without asking them, cookies included. Reading stops
    at ``limits.max_bytes``.

    Raises:
        BadChatRequest: it is none.

    """
    try:
        _check_content_type(request)
        return read_request(await _body(request, limits), of, misfits=misfits, limits=limits)
    except ChatRequestError as error:
        raise BadChatRequest(error) from error


def _check_content_type(request: Request) -> None:
    content_type = request.headers.get("content-type", "")
    essence = content_type.partition(";")[0].strip().lower()
    if essence != "application/json" and not essence.endswith("+json"):
        why = f"its content type is {essence or 'missing'}, not application/json"
        raise ChatRequestError(why, status=415)


_DIGITS: Final = 20
"""No body has a length of as many."""


async def _body(request: Request, limits: RequestLimits) -> bytes:
    """
    The body, read no further than its limit.

    With a length that is said and held to by the server, Starlette reads and keeps it, so that others may read it as well.
    """
    length = request.headers.get("content-length", "")
    if length.isdecimal() and len(length) < _DIGITS:
        if int(length) > limits.max_bytes:
            raise too_long(limits)
        return await request.body()
    chunks: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        chunks.append(chunk)
        size += len(chunk)
        if size > limits.max_bytes:
            raise too_long(limits)
    return b"".join(chunks)
