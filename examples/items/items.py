"""The application: ``make items`` in the root of the repository starts it."""

import asyncio
import os
from collections.abc import AsyncIterable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

from fastapi import APIRouter, Cookie, FastAPI, File, Form, Header, HTTPException, Query, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from fastapi.sse import EventSourceResponse
from fastapi.staticfiles import StaticFiles
from pydantic import AfterValidator, AwareDatetime, BaseModel, Field

PAGE = Path(os.environ.get("ITEMS_PAGE", Path(__file__).parent / "frontend" / "dist"))


class Kind(StrEnum):
    BOOK = "book"
    TOOL = "tool"
    GAME = "game"


def in_the_past(at: datetime) -> datetime:
    """Only the backend checks this; the page shows what it says at the field."""
    if at > datetime.now(UTC):
        raise ValueError("is yet to come")
    return at


class NewItem(BaseModel):
    name: str = Field(min_length=1, max_length=60)
    kind: Kind
    deposit: Decimal = Field(ge=0, max_digits=8, decimal_places=2)
    bought_at: Annotated[AwareDatetime, AfterValidator(in_the_past)]


class Item(NewItem):
    id: int
    lent_until: AwareDatetime | None = None
    photo: str | None = Field(default=None, description="The path of the photo.")


class Filter(BaseModel):
    text: str = ""
    kind: list[Kind] = []
    bought_since: AwareDatetime | None = None
    limit: int = Field(default=50, ge=1, le=200)


class Loan(BaseModel):
    until: AwareDatetime


class Saved(BaseModel):
    type: Literal["saved"] = "saved"
    item: Item
    by: str


class Removed(BaseModel):
    type: Literal["removed"] = "removed"
    id: int


Change = Annotated[Saved | Removed, Field(discriminator="type")]


class Refusal(BaseModel):
    code: Literal["missing", "lent", "taken"]
    message: str


class RefusedError(Exception):
    def __init__(self, status: int, refusal: Refusal) -> None:
        self.status, self.refusal = status, refusal


# --- What is kept -----------------------------------------------------------------------------------------------------

items: dict[int, Item] = {}
photos: dict[int, tuple[bytes, str]] = {}
listeners: set[asyncio.Queue[Saved | Removed]] = set()


def add(new: NewItem) -> Item:
    item = Item(id=max(items, default=0) + 1, **new.model_dump())
    items[item.id] = item
    return item


def fill() -> None:
    bought = datetime(2024, 2, 29, 9, 30, 15, 123456, tzinfo=UTC)
    for days, (name, kind, deposit) in enumerate(
        [("Cordless drill", Kind.TOOL, "40.00"), ("Go board", Kind.GAME, "25.50")]
    ):
        at = bought + timedelta(days=days)
        add(NewItem(name=name, kind=kind, deposit=Decimal(deposit), bought_at=at))


def tell(change: Saved | Removed) -> None:
    for listener in listeners:
        listener.put_nowait(change)


def kept(item_id: int) -> Item:
    if (item := items.get(item_id)) is None:
        raise RefusedError(404, Refusal(code="missing", message="There is no such item."))
    return item


# --- Routes -----------------------------------------------------------------------------------------------------------

router = APIRouter(prefix="/api")
Visitor = Annotated[str, Cookie(alias="visitor")]


@router.post("/visitor", status_code=204)
async def sign_in(name: Annotated[str, Form(min_length=2, max_length=20)]) -> Response:
    response = Response(status_code=204)
    response.set_cookie("visitor", name, httponly=True, samesite="strict")
    return response


@router.get("/greeting", response_class=PlainTextResponse)
async def greet(
    visitor: Visitor = "stranger", accept_language: Annotated[str, Header()] = "en"
) -> str:
    return f"{'Guten Tag' if accept_language.startswith('de') else 'Hello'}, {visitor}"


@router.get("/items")
async def list_items(wanted: Annotated[Filter, Query()]) -> list[Item]:
    """The items that fit, the latest first."""
    found = [
        item
        for item in items.values()
        if wanted.text.lower() in item.name.lower()
        and (not wanted.kind or item.kind in wanted.kind)
        and (wanted.bought_since is None or item.bought_at >= wanted.bought_since)
    ]
    return sorted(found, key=lambda item: item.bought_at, reverse=True)[: wanted.limit]


@router.post("/items", status_code=201, responses={409: {"model": Refusal}})
async def create_item(new: NewItem, visitor: Visitor = "stranger") -> Item:
    if new.name in {item.name for item in items.values()}:
        message = "There is an item of that name."
        raise RefusedError(409, Refusal(code="taken", message=message))
    item = add(new)
    tell(Saved(item=item, by=visitor))
    return item


@router.get("/items/{item_id}", responses={404: {"model": Refusal}})
async def get_item(item_id: int) -> Item:
    return kept(item_id)


@router.put("/items/{item_id}/loan", responses={"4XX": {"model": Refusal}})
async def lend_item(item_id: int, loan: Loan, visitor: Visitor = "stranger") -> Item:
    item = kept(item_id)
    if item.lent_until is not None and item.lent_until > loan.until:
        raise RefusedError(409, Refusal(code="lent", message="It is lent for longer than that."))
    item.lent_until = loan.until
    tell(Saved(item=item, by=visitor))
    return item


@router.put("/items/{item_id}/photo", responses={404: {"model": Refusal}})
async def put_photo(
    item_id: int,
    photo: Annotated[bytes, File()],
    media_type: Annotated[Literal["image/png", "image/jpeg"], Form()],
    visitor: Visitor = "stranger",
) -> Item:
    item = kept(item_id)
    photos[item_id] = photo, media_type
    item.photo = f"/api/items/{item_id}/photo"
    tell(Saved(item=item, by=visitor))
    return item


@router.get("/items/{item_id}/photo")
async def get_photo(item_id: int) -> Response:
    """What an ``img`` shows. ``call`` resolves to the response itself."""
    if item_id not in photos:
        raise HTTPException(404)
    photo, media_type = photos[item_id]
    return Response(photo, media_type=media_type)


@router.delete("/items/{item_id}", status_code=204, responses={404: {"model": Refusal}})
async def remove_item(item_id: int) -> None:
    del items[kept(item_id).id]
    tell(Removed(id=item_id))


@router.get("/export")
async def export_items() -> AsyncIterable[Item]:
    """All items as JSON lines."""
    for item in list(items.values()):
        yield item


@router.get("/changes", response_class=EventSourceResponse)
async def watch_changes() -> AsyncIterable[Change]:
    """Each change as it happens, as server-sent events."""
    queue: asyncio.Queue[Saved | Removed] = asyncio.Queue()
    listeners.add(queue)
    try:
        while True:
            yield await queue.get()
    finally:
        listeners.discard(queue)


# --- The application --------------------------------------------------------------------------------------------------


async def refused(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RefusedError)
    return JSONResponse(error.refusal.model_dump(), error.status)


def create_app() -> FastAPI:
    fill()
    app = FastAPI(title="Items to lend", exception_handlers={RefusedError: refused})
    app.include_router(router)
    if PAGE.is_dir():
        app.mount("/", StaticFiles(directory=PAGE, html=True))
    return app
