"""
The response and the routes of a stream, for Starlette and FastAPI: ``pip install samewire[starlette]``.

Plain ASGI, on asyncio.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Final, Generic, TypedDict, TypeVar, Unpack

import anyio
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send

from samewire.streams.frames import FrameWriter
from samewire.streams.limits import UNLIMITED, RefusedError, StreamLimits
from samewire.streams.production import (
    Body,
    ErrorText,
    OnEnd,
    Production,
    require_asyncio,
)
from samewire.streams.protocol import EventProtocol, OrderGuard
from samewire.streams.sources import Source, checked
from samewire.streams.sse import HEADERS
from samewire.streams.sse import heartbeat as heartbeat_frame
from samewire.streams.turns import Turns

__all__ = ["EXCEPTION_HANDLERS", "EventResponse", "turn_routes"]

EventT = TypeVar("EventT")

LAST_WORDS: Final = 1.0
"""Seconds for the end of a stream whose request is cancelled by the server."""


class ResponseOptions(TypedDict, total=False):
    """Options of the responses of every protocol."""

    error_text: ErrorText | None
    on_end: OnEnd | None
    heartbeat: float | None
    grace: float
    limits: StreamLimits
    status_code: int
    headers: Mapping[str, str] | None
    background: BackgroundTask | None


class StreamResponse(Response, Generic[EventT]):
    """The base of the responses of all protocols; see :class:`EventResponse`."""

    media_type = "text/event-stream"
    own_headers: ClassVar[Mapping[str, str]] = HEADERS

    def __init__(  # noqa: PLR0913  # options, by name
        self,
        source: Source[EventT] | Body,
        writer: FrameWriter[EventT],
        *,
        error_text: ErrorText | None = None,
        on_end: OnEnd | None = None,
        heartbeat: float | None = 15.0,
        grace: float = 5.0,
        limits: StreamLimits = UNLIMITED,
        status_code: int = 200,
        headers: Mapping[str, str] | None = None,
        background: BackgroundTask | None = None,
    ) -> None:
        self.status_code = status_code
        self.background = background
        own = {key.lower(): value for key, value in (headers or {}).items()}
        self.init_headers({**self.own_headers, **own})
        self._heartbeat = heartbeat
        self._source = source
        self._writer = writer
        self._error_text = error_text
        self._on_end = on_end
        self._grace = grace
        self._limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Sends the stream to its end, or until the client goes away or the server cancels the request."""
        require_asyncio()
        if (
            scope.get("method") == "HEAD"
        ):  # Starlette adds it to GET; what is running is not followed
            await _Client(scope, send).head(self.status_code, self.raw_headers)
            return
        try:
            body = self._body(scope)
        except RefusedError as error:
            await refusal(error)(scope, receive, send)
            return
        client = _Client(scope, send)
        watcher: asyncio.Task[None] | None = None
        ended = False
        try:
            with anyio.CancelScope() as sending:
                watcher = asyncio.create_task(_watch(receive, client, sending, self._writer.log))
                await client.start(self.status_code, self.raw_headers)
                while not client.gone and (batch := await body.read(self._heartbeat)) is not None:
                    await client.send(batch or heartbeat_frame())
                if not client.gone:
                    await client.send(body.ending())
                    ended = True
        except asyncio.CancelledError as error:
            body.stop("error", error)
            with anyio.move_on_after(LAST_WORDS, shield=True):
                await client.finish(body.ending())
            raise
        finally:
            with anyio.CancelScope(shield=True):
                await body.close()
                if watcher is not None:
                    watcher.cancel()
                    await asyncio.gather(watcher, return_exceptions=True)
                # Not before on_end is done: who reloads the page then is to find what it stored.
                if ended:
                    await client.finish(b"")
        if self.background is not None:
            await self.background()

    def _body(self, scope: Scope) -> Body:
        if isinstance(self._source, Body):
            return self._source
        return Production(
            self._source,
            self._writer,
            error_text=self._error_text,
            on_end=self._on_end,
            grace=self._grace,
            slot=self._limits.begin(Request(scope)),
        )


class EventResponse(StreamResponse[EventT]):
    """
    Streams events of a protocol.

    ``source`` produces the events: an async generator, any iterator (run in threads), :func:`~samewire.streams.sources.written`
    around a function with a writer, or a :class:`~samewire.streams.turn.Turn`. A turn continues when its client disconnects,
    and its events are numbered, so that the client can resume. After ``heartbeat`` seconds of silence a comment keeps the
    connection open (``None``: never).

    The other options are for sources that are not turns. Their events pass a ``guard``, which keeps them in order and ends the
    stream. If the client disconnects, the source is cancelled and has ``grace`` seconds for cleanup. An exception becomes the
    protocol's error event, with the text that ``error_text`` returns, and is logged. ``observe`` receives each sent event, even
    without a client; ``on_end`` receives how the stream ended, and the connection closes after it returns. ``limits`` are those
    of the worker's streams: one stream too many gets a 503 or 429, and its source does not run.
    """

    def __init__(
        self,
        protocol: EventProtocol[EventT],
        source: Source[EventT] | Body,
        *,
        guard: OrderGuard[EventT] | None = None,
        observe: Callable[[EventT], object] | None = None,
        **options: Unpack[ResponseOptions],
    ) -> None:
        checked_source = checked_body(source, {"guard": guard, "observe": observe, **options})
        writer = FrameWriter(protocol, guard=guard, observe=observe)
        super().__init__(checked_source, writer, **options)


def checked_body(
    source: Source[EventT] | Body, options: Mapping[str, object], what: str = "events"
) -> Source[EventT] | Body:
    """``source``; raises TypeError for what is none, and for options of a stream that runs already."""
    if not isinstance(source, Body):
        return checked(source, what)
    if options.get("limits") is not None:
        raise TypeError("the turn runs already: pass limits to Turns, not to the response")
    given = [name for name in OF_A_START if options.get(name) is not None]
    if given:
        names = ", ".join(given)
        raise TypeError(f"the turn runs already: pass {names} to Turns.start, not to its response")
    return source


OF_A_START: Final = ("continues", "guard", "observe", "error_text", "on_end")
"""Options that a stream is begun with."""


def refusal(error: RefusedError) -> Response:
    """The response to a stream beyond the limit: a plain-text sentence."""
    return PlainTextResponse(error.text, status_code=error.status, headers=error.headers)


async def _refused(_: Request, error: Exception) -> Response:
    if not isinstance(error, RefusedError):
        raise error
    return refusal(error)


EXCEPTION_HANDLERS: Final[dict[Any, Any]] = {RefusedError: _refused}
"""For ``FastAPI(exception_handlers=...)``: what ``Turns.start`` raises of a turn that is one too many."""


# --- Turns ------------------------------------------------------------------------------------------------------------


def turn_routes(
    turns: Turns[Any, Request], path: str, *, heartbeat: float | None = 15.0
) -> list[Route]:
    """
    ``GET {path}/{id}/events`` and ``POST {path}/{id}/stop``.

    The first replays the running turn of the topic ``id`` and follows it, or returns 204. With a ``Last-Event-ID`` it sends the
    events after that one. The second ends the turn and returns 204 when it is over. The ``authorize`` of ``turns`` decides who
    may use them.
    """

    async def follow(request: Request) -> Response:
        last = request.headers.get("last-event-id") or None
        turn = await turns.follow(request.path_params["topic"], by=request, last_event_id=last)
        if turn is None:
            return Response(status_code=204)
        return EventResponse(turns.protocol, turn, heartbeat=heartbeat)

    async def stop(request: Request) -> Response:
        await turns.stop(request.path_params["topic"], by=request)
        return Response(status_code=204)

    return [
        Route(f"{path}/{{topic:path}}/events", follow, methods=["GET"]),
        Route(f"{path}/{{topic:path}}/stop", stop, methods=["POST"]),
    ]


# --- Connections ------------------------------------------------------------------------------------------------------


class _Client:
    """The response as far as it was sent. A client that is gone takes everything and gets nothing."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._send = send
        # RFC 9113, 8.2.2: HTTP/2 and 3 have no such header.
        self._keep_alive = scope.get("http_version", "1.1").startswith("1")
        self._unsent = b""
        self._started = self._finished = self.gone = False

    async def start(self, status: int, headers: list[tuple[bytes, bytes]]) -> None:
        if not self._keep_alive:
            headers = [one for one in headers if one[0] != b"connection"]
        await self._try({"type": "http.response.start", "status": status, "headers": headers})
        self._started = True

    async def head(self, status: int, headers: list[tuple[bytes, bytes]]) -> None:
        await self.start(status, headers)
        await self.finish(b"")

    async def send(self, body: bytes) -> None:
        # A server waits before it writes, so what a cancelled call had is still to be sent.
        self._unsent = body
        await self._try({"type": "http.response.body", "body": body, "more_body": True})
        self._unsent = b""

    async def finish(self, body: bytes) -> None:
        if not self._started or self._finished:
            return
        self._unsent += body
        last = {"type": "http.response.body", "body": self._unsent, "more_body": False}
        await self._try(last)
        self._finished = True

    async def _try(self, message: Message) -> None:
        if self.gone:
            return
        try:
            await self._send(message)
        except OSError:  # ASGI HTTP 2.4: the client is gone
            self.gone = True


async def _watch(
    receive: Receive, client: _Client, sending: anyio.CancelScope, log: logging.Logger
) -> None:
    """Ends the sending when the client goes away. A server that can't tell any more counts as one that says so."""
    try:
        while (await receive())["type"] != "http.disconnect":
            pass
    except Exception:  # whatever the server raises
        log.exception("waiting for the client to go away failed")
    client.gone = True
    sending.cancel()
