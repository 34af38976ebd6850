"""Applications under test: asked without a socket, or served by uvicorn on a port of its own."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx
import uvicorn


def ask(app: Any, method: str, path: str, **options: Any) -> httpx.Response:
    async def asked() -> httpx.Response:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://app") as client:
            return await client.request(method, path, **options)

    return asyncio.run(asked())


@asynccontextmanager
async def serving(app: Any, **options: Any) -> AsyncIterator[httpx.AsyncClient]:
    """A client of ``app`` on a loopback socket, in this loop."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    config = uvicorn.Config(app, log_level="error", **options)
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve([listening]))
    await until(lambda: server.started or task.done())
    url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=0)
    try:
        async with httpx.AsyncClient(base_url=url, limits=limits, timeout=30) as client:
            yield client
    finally:
        server.should_exit = True
        await task
        listening.close()


async def settled() -> None:
    """Waits until no task is left but the caller's."""
    await until(lambda: asyncio.all_tasks() == {asyncio.current_task()})


async def until(condition: Callable[[], Any], seconds: float = 30) -> None:
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110  # of things that have no event
            await asyncio.sleep(0.01)
