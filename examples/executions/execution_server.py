"""The application: ``make executions`` in the root of the repository starts it."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from executions import (
    EXECUTION,
    ExecutionCompleted,
    ExecutionStarted,
    NodeFinished,
    NodeOutput,
    NodeStarted,
)
from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.staticfiles import StaticFiles
from samewire.streams.starlette import turn_routes
from samewire.streams.turns import Turns

PAGE = Path(os.environ.get("EXECUTIONS_PAGE", Path(__file__).parent / "page" / "dist"))
PAUSE = float(os.environ.get("EXECUTIONS_PAUSE", "0.4"))
"""Seconds between two outputs."""

GRAPH = {
    "search": ("Search the web", ["result", "result", "result"]),
    "summarize": ("Summarize", ["summary"]),
    "review": ("Review", ["note", "verdict"]),
}
owners: dict[str, str] = {}  # in a real application: a table


async def execute(graph_exec_id: str) -> AsyncIterator[Any]:
    """Two of the blocks at a time, as far as a real one would wait for anything."""
    yield ExecutionStarted(
        graph_exec_id=graph_exec_id, graph_name="Research", started_at=datetime.now(UTC)
    )
    for node, (block, pins) in GRAPH.items():
        name = f"{graph_exec_id}-{node}"
        yield NodeStarted(node_exec_id=name, node_id=node, block=block)
        for count, pin in enumerate(pins, 1):
            await asyncio.sleep(PAUSE)
            yield NodeOutput(node_exec_id=name, pin=pin, value=f"{pin} {count} of {block}")
        yield NodeFinished(node_exec_id=name, status="completed")
    yield ExecutionCompleted(cost=12)


async def authorize(request: Request, graph_exec_id: str) -> None:
    if owners.get(graph_exec_id) != visitor(request):
        raise HTTPException(404, "There is no such execution.")


def visitor(request: Request) -> str:
    """Who is signed in; a cookie that the page gets with its first execution stands for that here."""
    return request.cookies.get("visitor", "")


turns: Turns[Any, Request] = Turns(EXECUTION, authorize=authorize)


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncIterator[None]:
    async with turns:
        yield


app = FastAPI(lifespan=lifespan)
app.router.routes.extend(turn_routes(turns, "/api/executions"))


@app.post("/api/executions")
async def start(request: Request, response: Response) -> str:
    name, user = uuid4().hex, visitor(request) or uuid4().hex
    response.set_cookie("visitor", user, httponly=True, samesite="strict")
    request.cookies["visitor"] = user
    owners[name] = user
    await turns.start(name, execute(name), by=request)
    return name


if PAGE.is_dir():
    app.mount("/", StaticFiles(directory=PAGE, html=True))
