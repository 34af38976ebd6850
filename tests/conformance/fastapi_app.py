"""An application whose routes use every option that decides what FastAPI writes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated, Generic, TypeVar

from fastapi import APIRouter, Body, Depends, FastAPI, Query, Response
from fastapi.responses import HTMLResponse, JSONResponse
from pydantic import BaseModel, ConfigDict, Field, computed_field
from pydantic.alias_generators import to_camel

T = TypeVar("T")


class Item(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)
    item_id: int
    short_note: str | None = None
    ratio: float = 1.0
    made_at: datetime = datetime(2024, 1, 2, tzinfo=UTC)

    @computed_field
    def shown_as(self) -> str | None:
        return self.short_note


class Basket(BaseModel):
    owner: str
    secret: str = "s"
    items: list[Item] = []
    first: Item | None = None


class Page(BaseModel, Generic[T]):
    rows: list[T]
    following: int | None = None


class NewItem(BaseModel):
    name: str = Field(max_length=5)
    tags: list[str] = []


class Problem(BaseModel):
    detail: str


ITEM = Item(item_id=1)
NOTED = Item(item_id=2, short_note="n", ratio=float("inf"))
BASKET = Basket(owner="o", items=[ITEM, NOTED], first=ITEM)

app = FastAPI()
router = APIRouter(prefix="/router")


@app.get("/item")
def item() -> Item:
    return ITEM


@app.get("/items", response_model_exclude_none=True)
def items() -> list[Item]:
    return [ITEM, NOTED]


@app.get("/by-name", response_model_by_alias=False)
def by_name() -> Item:
    return NOTED


@app.get("/unset", response_model_exclude_unset=True)
def unset() -> Basket:
    return BASKET


@app.get("/defaults", response_model_exclude_defaults=True)
def defaults() -> Item:
    return ITEM


@app.get("/public", response_model=Basket, response_model_exclude={"secret"})
def public() -> Basket:
    return BASKET


@app.get(
    "/summary",
    response_model_include={"owner": True, "items": {"__all__": {"item_id"}}},
    response_model_exclude_none=True,
)
def summary() -> Basket:
    return BASKET


@app.get("/dictionary", response_model=Basket)
def dictionary() -> dict[str, object]:
    return {"owner": "o", "items": [{"itemId": 1}], "unknown": 1}


@router.get("/page", responses={404: {"model": Problem}})
def page() -> Page[Item]:
    return Page(rows=[ITEM])


@router.get("/problem", responses={"default": {"model": Problem}})
def problem() -> Problem:
    return Problem(detail="x")


@router.get("/maybe")
def maybe() -> Item | None:
    return None


@router.get("/count", response_class=JSONResponse)
def count() -> int:
    return 3


@app.get("/lines")
def lines() -> Iterator[Item]:
    yield ITEM
    yield NOTED


@app.get("/html", response_class=HTMLResponse)
def html() -> str:
    return "<p>"


@app.get("/raw")
def raw() -> Response:
    return Response(b"x")


@app.get("/hidden", include_in_schema=False)
def hidden() -> Problem:
    return Problem(detail="x")


@app.post("/one")
def one(body: NewItem, page: Annotated[int, Query()] = 0) -> None:
    del body, page


@app.post("/embedded")
def embedded(new: Annotated[NewItem, Body(embed=True)]) -> None:
    del new


@app.put("/two")
def two(new: NewItem, count: Annotated[int, Body(ge=1)], _: Annotated[int, Depends(count)]) -> None:
    del new, count


@app.put("/several")
def several(body: Annotated[list[NewItem], Body(min_length=1)]) -> None:
    del body


app.include_router(router)
app.include_router(router, prefix="/again")
