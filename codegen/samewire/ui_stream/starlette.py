"""
The response and the routes, for Starlette and FastAPI: ``pip install samewire[starlette]``.

Plain ASGI, on asyncio.
"""

from __future__ import annotations

from typing import Any, Final, Unpack

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from samewire.streams.production import Body
from samewire.streams.starlette import ResponseOptions, StreamResponse, checked_body
from samewire.ui_stream.body import BadChatRequest, ChatBody, chat_request, exception_handlers
from samewire.ui_stream.chunks import Chunk
from samewire.ui_stream.frames import EVERY_CLIENT, Encode, Guard, Observe
from samewire.ui_stream.guard import StreamGuard
from samewire.ui_stream.messages import UIMessage
from samewire.ui_stream.production import Source
from samewire.ui_stream.protocol import frame_writer
from samewire.ui_stream.sse import HEADERS
from samewire.ui_stream.turns import Turns

__all__ = [
    "EXCEPTION_HANDLERS",  # noqa: F822  # made by __getattr__
    "BadChatRequest",
    "ChatBody",
    "UIStreamResponse",
    "chat_request",
    "turn_routes",
]


def __getattr__(name: str) -> dict[Any, Any]:
    """``EXCEPTION_HANDLERS``: who doesn't ask for them doesn't pay for FastAPI."""
    if name != "EXCEPTION_HANDLERS":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return exception_handlers()


class UIStreamResponse(StreamResponse[Chunk]):
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
    ``on_end`` how the turn ended; the connection is closed when that is done, as with the SDK's ``onFinish``. ``limits`` are those
    of the worker's streams: one too many is answered with 503 or 429, and its source does not run.
    """

    own_headers = HEADERS

    def __init__(
        self,
        source: Source | Body,
        *,
        continues: UIMessage | None = None,
        guard: Guard | None = None,
        encode: Encode = EVERY_CLIENT,
        observe: Observe | None = None,
        **options: Unpack[ResponseOptions],
    ) -> None:
        of_a_start = {"continues": continues, "guard": guard, "observe": observe, **options}
        writer = frame_writer(guard or StreamGuard(continues=continues), encode, observe)
        super().__init__(checked_body(source, of_a_start, "chunks"), writer, **options)


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
