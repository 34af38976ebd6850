"""
The response and the routes, for Starlette and FastAPI: ``pip install samewire[starlette]``.

Plain ASGI, on asyncio.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from typing import Any, Final

import anyio
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send

from samewire.ui_stream.body import BadChatRequest, ChatBody, chat_request, exception_handlers
from samewire.ui_stream.frames import EVERY_CLIENT, Encode, FrameWriter, Guard, Observe
from samewire.ui_stream.guard import StreamGuard
from samewire.ui_stream.messages import UIMessage
from samewire.ui_stream.production import (
    Body,
    ErrorText,
    OnEnd,
    Production,
    Source,
    checked,
    require_asyncio,
)
from samewire.ui_stream.sse import HEADERS
from samewire.ui_stream.sse import heartbeat as heartbeat_frame
from samewire.ui_stream.turns import Turns

__all__ = [
    "EXCEPTION_HANDLERS",  # noqa: F822  # made by __getattr__
    "BadChatRequest",
    "ChatBody",
    "UIStreamResponse",
    "chat_request",
    "turn_routes",
]

log = logging.getLogger("samewire.ui_stream")


def __getattr__(name: str) -> dict[Any, Any]:
    """``EXCEPTION_HANDLERS``: who doesn't ask for them doesn't pay for FastAPI."""
    if name != "EXCEPTION_HANDLERS":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return exception_handlers()


LAST_WORDS: Final = 1.0
"""Seconds for the end of a stream whose request is cancelled by the server."""


class UIStreamResponse(Response):
    """
    Streams a turn to ``useChat``.

    ``source`` makes the chunks: an async generator, any iterator (run in threads),
    :func:`~samewire.ui_stream.production.written` around a function with a writer, or a
    :class:`~samewire.ui_stream.turns.Turn`, which goes on when its client goes away.

    After ``heartbeat`` seconds of silence a comment keeps the connection open (``None``: never).

    The rest is for a source that is no turn. Its chunks pass a ``guard``, which sees to their order and to the end: by default a
    :class:`~samewire.ui_stream.StreamGuard` of a reply that ``continues`` this message. ``encode`` makes the frames: by default
    those that every current client takes; ``contract.encoder(...)`` has the application's. When the client goes away the source
    is cancelled and has ``grace`` seconds for its cleanup. An exception becomes an ``error`` chunk with the text that
    ``error_text`` makes of it, and is logged. ``observe`` is told each chunk that is sent (or would be, were the client there),
    ``on_end`` how the turn ended; the connection is closed when that is done, as with the SDK's ``onFinish``.
    """

    media_type = "text/event-stream"

    def __init__(  # noqa: PLR0913  # options, by name
        self,
        source: Source | Body,
        *,
        continues: UIMessage | None = None,
        guard: Guard | None = None,
        encode: Encode = EVERY_CLIENT,
        observe: Observe | None = None,
        error_text: ErrorText | None = None,
        on_end: OnEnd | None = None,
        heartbeat: float | None = 15.0,
        grace: float = 5.0,
        status_code: int = 200,
        headers: Mapping[str, str] | None = None,
        background: BackgroundTask | None = None,
    ) -> None:
        self.status_code = status_code
        self.background = background
        own = {key.lower(): value for key, value in (headers or {}).items()}
        self.init_headers({**HEADERS, **own})
        self._heartbeat = heartbeat
        if isinstance(source, Body):
            options: dict[str, object] = {"continues": continues, "guard": guard}
            options |= {"observe": observe, "error_text": error_text, "on_end": on_end}
            _refuse_options_of_a_turn([name for name, one in options.items() if one is not None])
        self._source = source if isinstance(source, Body) else checked(source)
        self._writer = FrameWriter(guard or StreamGuard(continues=continues), encode, observe)
        self._error_text = error_text
        self._on_end = on_end
        self._grace = grace

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Sends the turn to its end, or until the client goes away or the server cancels the request."""
        require_asyncio()
        if (
            scope.get("method") == "HEAD"
        ):  # Starlette adds it to GET; what is running is not followed
            await _Client(scope, send).head(self.status_code, self.raw_headers)
            return
        body = self._body()
        client = _Client(scope, send)
        watcher: asyncio.Task[None] | None = None
        ended = False
        try:
            with anyio.CancelScope() as sending:
                watcher = asyncio.create_task(_watch(receive, client, sending))
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

    def _body(self) -> Body:
        if isinstance(self._source, Body):
            return self._source
        return Production(
            self._source,
            self._writer,
            error_text=self._error_text,
            on_end=self._on_end,
            grace=self._grace,
        )


def _refuse_options_of_a_turn(names: list[str]) -> None:
    if names:
        given = ", ".join(names)
        raise TypeError(f"the turn runs already: pass {given} to Turns.start, not to its response")


# --- Turns ------------------------------------------------------------------------------------------------------------

CONTINUED: Final = "x-samewire-continued"
"""The header by which a ``CheckedChatTransport`` says that its page has ``kept`` the message that a turn continues."""


def turn_routes(
    turns: Turns[Request], path: str = "/api/chat", *, heartbeat: float | None = 15.0
) -> list[Route]:
    """
    ``GET {path}/{id}/stream``, which ``useChat``'s ``resumeStream()`` asks for, and ``POST {path}/{id}/stop``.

    The first replays the chat's running turn and follows it, or answers 204. The second ends it and answers 204 when it is over.
    The ``authorize`` of ``turns`` decides who may do so.
    """

    async def resume(request: Request) -> Response:
        rebuild = request.headers.get(CONTINUED) != "kept"
        turn = await turns.follow(request.path_params["chat_id"], by=request, rebuild=rebuild)
        if turn is None:
            return Response(status_code=204)
        return UIStreamResponse(turn, heartbeat=heartbeat)

    async def stop(request: Request) -> Response:
        await turns.stop(request.path_params["chat_id"], by=request)
        return Response(status_code=204)

    # An id may have a slash in it: clients up to 5.0 write it as it is, and servers decode what the others write.
    return [
        Route(f"{path}/{{chat_id:path}}/stream", resume, methods=["GET"]),
        Route(f"{path}/{{chat_id:path}}/stop", stop, methods=["POST"]),
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


async def _watch(receive: Receive, client: _Client, sending: anyio.CancelScope) -> None:
    """Ends the sending when the client goes away. A server that can't tell any more counts as one that says so."""
    try:
        while (await receive())["type"] != "http.disconnect":
            pass
    except Exception:
        log.exception("waiting for the client to go away failed")
    client.gone = True
    sending.cancel()
