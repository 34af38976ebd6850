"""A worker process: ``python worker.py REDIS_URL LEASE`` serves resumable turns, and writes its port to standard output."""

from __future__ import annotations

import asyncio
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

import uvicorn
from fastapi import FastAPI
from samewire.ui_stream import (
    ChatRequest,
    Chunk,
    FinishChunk,
    FinishStepChunk,
    StartChunk,
    StartStepChunk,
    TextDeltaChunk,
    TextEndChunk,
    TextStartChunk,
)
from samewire.ui_stream.production import Ended
from samewire.ui_stream.redis import RedisStore
from samewire.ui_stream.starlette import ChatBody, UIStreamResponse, turn_routes
from samewire.ui_stream.turns import Turns, anyone

turns = Turns(RedisStore.from_url(sys.argv[1]), authorize=anyone, lease=float(sys.argv[2]))
ended: dict[str, str] = {}


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncIterator[None]:
    async with turns:
        yield


app = FastAPI(lifespan=lifespan)
app.router.routes.extend(turn_routes(turns))


class Asked(ChatRequest):
    words: int = 10
    pause: float = 0.02


@app.post("/api/chat", response_class=UIStreamResponse)
async def chat(request: Annotated[Asked, ChatBody()]) -> UIStreamResponse:
    def on_end(end: Ended) -> None:
        ended[request.id] = end.outcome

    return UIStreamResponse(await turns.start(request.id, reply(request), on_end=on_end, by=None))


@app.get("/ended")
async def endings() -> dict[str, str]:
    return ended


async def reply(request: Asked) -> AsyncIterator[Chunk]:
    yield StartChunk(message_id=f"reply-to-{request.id}")
    yield StartStepChunk()
    yield TextStartChunk(id="1")
    for at in range(request.words):
        await asyncio.sleep(request.pause)
        yield TextDeltaChunk(id="1", delta=f"{at} ")
    yield TextEndChunk(id="1")
    yield FinishStepChunk()
    yield FinishChunk(finish_reason="stop")


if __name__ == "__main__":
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen(1024)  # clients may come before uvicorn
    print(listening.getsockname()[1], flush=True)
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=1))
    asyncio.run(server.serve([listening]))
