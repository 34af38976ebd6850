"""The application that the recipes of docs/routes.md are run with."""

import datetime as dt
from typing import Annotated, Literal

from fastapi import FastAPI, HTTPException, Query, Request
from fastapi.responses import JSONResponse
from pydantic import AwareDatetime, BaseModel

app = FastAPI()


class NewItem(BaseModel):
    name: str
    kind: Literal["book", "tool"]


class Item(NewItem):
    id: int
    made_at: AwareDatetime


AT = dt.datetime(2024, 2, 29, 12, 0, 0, 1, tzinfo=dt.UTC)
ITEMS = [Item(id=1, name="Drill", kind="tool", made_at=AT)]


@app.get("/items")
def list_items(kind: Annotated[list[Literal["book", "tool"]], Query()] = []) -> list[Item]:  # noqa: B006
    return [item for item in ITEMS if not kind or item.kind in kind]


@app.post("/items", status_code=201)
def create_item(new: NewItem) -> Item:
    return Item(id=2, made_at=AT, **new.model_dump())


@app.get("/items/{item_id:int}")
def get_item(item_id: int) -> Item:
    if item_id > len(ITEMS):
        raise HTTPException(404)
    return ITEMS[item_id - 1]


@app.get("/whoami")
def whoami(request: Request) -> dict[str, str | None]:
    token = request.headers.get("authorization")
    if token == "Bearer stale":
        raise HTTPException(401)
    return {"token": token, "tenant": request.headers.get("x-tenant")}


@app.get("/count")
def count() -> int:
    return len(ITEMS)


@app.get("/lying")
def lying() -> Item:
    return JSONResponse({"name": 1})  # type: ignore[return-value]
