"""An application whose routes declare no type of their response, or a class of Starlette's."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Annotated, Any

from fastapi import Body, FastAPI, Query
from fastapi.responses import (
    FileResponse,
    HTMLResponse,
    JSONResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from pydantic import BaseModel

app = FastAPI()
BYTES = bytes(range(256))


class Item(BaseModel):
    name: str


class XMLResponse(Response):
    media_type = "application/xml"


# --- Anything


@app.post("/any/{status}")
def anything(status: int, body: Annotated[Item, Body()], tag: Annotated[list[str], Query()] = []):  # type: ignore[no-untyped-def]  # noqa: B006
    """Any JSON, with any status."""
    return JSONResponse({"name": body.name, "tags": tag}, status)


@app.get("/null")
def null():  # type: ignore[no-untyped-def]
    return None


@app.get("/either", response_model=None)
def either(own: bool) -> Item | JSONResponse:
    return JSONResponse({"own": 1}, 202) if own else Item(name="a")


@app.get("/media/{media:path}")
def of_media(media: str):  # type: ignore[no-untyped-def]
    return Response("12" if media else b"", media_type=media)


@app.get("/lines")
async def lines(count: int):  # type: ignore[no-untyped-def]
    for index in range(count):
        yield {"index": index}


@app.get("/json")
def json_response() -> JSONResponse:
    return JSONResponse([1, None])


# --- Of a declared class


@app.get("/response/{status}")
def response(status: int) -> Response:
    return Response(BYTES, status, media_type="application/octet-stream")


@app.get("/file")
def file(name: str) -> FileResponse:
    return FileResponse(__file__, filename=name)


@app.get("/path", response_class=FileResponse)
def path() -> Any:
    return Path(__file__)


@app.get("/png", response_class=Response, responses={200: {"content": {"image/png": {}}}})
def png():  # type: ignore[no-untyped-def]
    return Response(BYTES, media_type="image/png")


@app.get("/xml", response_class=XMLResponse)
def xml():  # type: ignore[no-untyped-def]
    return "<a/>"


@app.get("/html")
def html() -> HTMLResponse:
    return HTMLResponse("<p>é</p>", 203)


@app.get("/stream")
async def stream() -> StreamingResponse:
    return StreamingResponse(_ticks(), media_type="text/event-stream")


async def _ticks() -> AsyncIterator[str]:
    """Endless, so that it ends only where its reader leaves."""
    while True:
        yield "data: tick\n\n"
        await asyncio.sleep(0.01)


@app.get("/file-or-json", response_model=None)
def file_or_json() -> FileResponse | JSONResponse:
    return JSONResponse({"no": "file"})


@app.get("/away")
def away() -> RedirectResponse:
    return RedirectResponse("/null")
