"""An application that says much about its routes, has others mounted in it, and routes that are no part of a contract."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterable
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Depends, FastAPI, File, Form, Header, Query, UploadFile
from fastapi.responses import FileResponse
from fastapi.security import APIKeyHeader, OAuth2PasswordBearer
from fastapi.sse import EventSourceResponse
from pydantic import BaseModel, Field

key = APIKeyHeader(name="X-Key")
login = OAuth2PasswordBearer(tokenUrl="token", scopes={"read": "Read things"})
app = FastAPI(
    title="Shop",
    version="2.1",
    description="All of it.",
    summary="A shop",
    contact={"name": "Ann"},
    license_info={"name": "MIT"},
    servers=[{"url": "https://api.example.com", "description": "The real one"}],
    openapi_tags=[{"name": "things", "description": "What is sold."}],
    responses={401: {"description": "No key"}},
)


class Thing(BaseModel):
    """One thing."""

    name: str = Field(description="What it is called.", examples=["chair"])
    weight: float = 1.0
    made: dt.datetime | None = None


class Circle(BaseModel):
    kind: Literal["circle"] = "circle"
    radius: float


class Square(BaseModel):
    kind: Literal["square"] = "square"
    side: float


class Problem(BaseModel):
    code: int


Shape = Annotated[Circle | Square, Field(discriminator="kind")]


@app.get(
    "/things/{thing_id}",
    tags=["things"],
    summary="Get a thing",
    response_description="The thing",
    deprecated=True,
    response_model_exclude_none=True,
    responses={
        404: {"model": Problem, "description": "There is none"},
        "4XX": {"model": Problem},
        200: {
            "content": {"image/png": {}},
            "headers": {"X-Count": {"schema": {"type": "integer"}}},
        },
    },
)
def get_thing(
    thing_id: int,
    fields: Annotated[list[str], Query(description="Which ones", deprecated=True)] = [],  # noqa: B006
    since: Annotated[dt.date | None, Query(examples=["2024-01-02"])] = None,
    x_trace: Annotated[str | None, Header()] = None,
) -> Thing:
    """The long description.\f Not shown."""
    return Thing(name=f"{thing_id} {fields} {since} {x_trace}")


@app.post("/things", tags=["things"], operation_id="addThing", status_code=201)
def add_thing(
    thing: Annotated[Thing, Body(openapi_examples={"chair": {"value": {"name": "chair"}}})],
    user: Annotated[str, Depends(login)],
) -> Thing:
    assert user
    return thing


@app.put("/shapes", dependencies=[Depends(key)])
def put_shape(shape: Shape, size: Annotated[int, Body()]) -> Shape:
    assert size
    return shape


@app.post("/upload")
def upload(
    file: UploadFile,
    more: Annotated[list[bytes], File(description="Others")],
    note: Annotated[str, Form(description="A note")] = "",
) -> int:
    return len(more) + len(note) + (file.size or 0)


@app.post("/form")
def form(name: Annotated[str, Form()], age: Annotated[int, Form()] = 3) -> int:
    return len(name) + age


@app.get("/lines")
async def lines() -> AsyncIterable[Thing]:
    yield Thing(name="a")


@app.get("/events", response_class=EventSourceResponse)
async def events() -> AsyncIterable[Thing]:
    yield Thing(name="a")


@app.api_route("/several", methods=["GET", "POST", "DELETE"])
def several() -> int:
    return 1


@app.get("/untyped")
def untyped(thing: Annotated[int, Query()] = 1):  # type: ignore[no-untyped-def]
    return {"thing": thing}


@app.post("/untyped")
def untyped_body(thing: Thing, problem: Problem):  # type: ignore[no-untyped-def]
    return (thing, problem)


@app.get("/file", response_class=FileResponse)
def file() -> Any:
    return __file__


@app.get("/extra", openapi_extra={"x-mine": {"$defs": {"A": {}}, "a": {"$ref": "#/$defs/A"}}})
def extra() -> int:
    return 1


@app.get("/hidden", include_in_schema=False)
def hidden(level: int = 1) -> Thing:
    return Thing(name=str(level))


router = APIRouter(prefix="/router", tags=["router"])


@router.get("/one", name="One")
def one() -> Circle:
    return Circle(radius=1)


app.include_router(router)
inner = FastAPI(title="Inner")


class Inner:
    class Thing(BaseModel):
        inside: int


@inner.post("/things", operation_id="addThing")
def inner_thing(thing: Inner.Thing):  # type: ignore[no-untyped-def]
    return thing


@inner.get("/count")
def count() -> int:
    return 1


app.mount("/inner", inner)
