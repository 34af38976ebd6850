"""The application: ``make chat`` in the root of the repository starts it."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated
from uuid import uuid4

from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.middleware import Middleware
from fastapi.responses import PlainTextResponse
from fastapi.staticfiles import StaticFiles
from redis.asyncio import Redis
from samewire.ui_stream import ChatRequest, MessageMetadataChunk, MessageReducer
from samewire.ui_stream.history import accept, with_reply
from samewire.ui_stream.history.chats import Chats, MemoryChats, RedisChats, messages_json
from samewire.ui_stream.production import Ended
from samewire.ui_stream.redis import RedisStore
from samewire.ui_stream.starlette import (
    EXCEPTION_HANDLERS,
    ChatBody,
    UIStreamResponse,
    turn_routes,
)
from samewire.ui_stream.turns import Turns

from backend import lines
from backend.contract import contract
from backend.model import PACE, OverloadedError, reply
from backend.visitors import Visitors

PAGE = Path(os.environ.get("CHAT_PAGE", Path(__file__).parents[1] / "frontend" / "dist"))
REDIS = os.environ.get("CHAT_REDIS")
"""``redis://localhost``, say: then several workers share turns and messages."""
HEARTBEAT = 2.0 * PACE

chats: Chats = RedisChats(Redis.from_url(REDIS)) if REDIS else MemoryChats()
encode = contract.encoder()


async def authorize(request: Request, chat_id: str) -> None:
    """A chat is for the visitor who began it, wherever its id has got to. Nobody else learns that it is there."""
    visitor: str = request.state.visitor
    if await chats.owner(chat_id, visitor) != visitor:
        raise HTTPException(404, "There is no such chat.")


turns = Turns(RedisStore.from_url(REDIS) if REDIS else None, authorize=authorize)


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncIterator[None]:
    async with turns:
        yield


async def sentence(_: Request, error: HTTPException) -> Response:
    """What the page shows: ``useChat`` takes the whole body of a response for the error's message."""
    return PlainTextResponse(error.detail, error.status_code)


app = FastAPI(
    lifespan=lifespan,
    exception_handlers={**EXCEPTION_HANDLERS, HTTPException: sentence},
    middleware=[Middleware(Visitors)],
)
app.router.routes.extend(turn_routes(turns, heartbeat=HEARTBEAT))


@app.post("/api/chat", response_class=UIStreamResponse)
async def chat(
    http: Request, request: Annotated[ChatRequest, contract, ChatBody()]
) -> UIStreamResponse:
    """Starts a turn. It goes on when the page is closed or reloaded, which then finds it again."""
    await turns.check(request.id, by=http)
    accept(await chats.read(request.id), request)  # refused before anything is stopped
    await turns.stop(request.id, by=http)
    messages = accept(await chats.read(request.id), request)
    this = uuid4().hex
    await chats.begin(request.id, this, messages)
    request = request.model_copy(update={"messages": messages})
    shows = MessageReducer(request.continues)

    async def keep(ended: Ended) -> None:
        if ended.outcome == "abort":
            shows.apply(MessageMetadataChunk(message_metadata={"stopped": True}))
        await chats.keep(request.id, this, with_reply(messages, shows.message))

    turn = await turns.start(
        request.id,
        reply(request),
        by=http,
        continues=request.continues,
        encode=encode,
        observe=shows.apply,
        error_text=shown,
        on_end=keep,
    )
    return UIStreamResponse(turn, heartbeat=HEARTBEAT)


@app.get("/api/chat/{chat_id}")
async def messages(http: Request, chat_id: str) -> Response:
    """What a page that is opened again has to show; the turn that is running comes by itself."""
    await turns.check(chat_id, by=http)
    return Response(messages_json(await chats.read(chat_id)), media_type="application/json")


def shown(error: BaseException) -> str | None:
    """What the user is told. What happened is in the log, and nobody else's business."""
    return lines.OVERLOADED if isinstance(error, OverloadedError) else None


if PAGE.is_dir():
    app.mount("/", StaticFiles(directory=PAGE, html=True))
