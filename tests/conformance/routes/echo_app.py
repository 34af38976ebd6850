"""An application of which each route answers with what it was sent, read by its type; one route a kind of parameter or body."""

from __future__ import annotations

import datetime as dt
import enum
import uuid
from collections.abc import AsyncIterable
from decimal import Decimal
from typing import Annotated, Literal

from fastapi import (
    APIRouter,
    Body,
    Cookie,
    Depends,
    FastAPI,
    Header,
    HTTPException,
    Path,
    Query,
    Request,
    WebSocket,
)
from fastapi.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from fastapi.sse import EventSourceResponse
from fastapi.staticfiles import StaticFiles
from pydantic import AfterValidator, BaseModel, Field

app = FastAPI()


class XMLResponse(Response):
    media_type = "application/xml"


class Color(enum.Enum):
    RED = "red"
    DARK_BLUE = "dark blue"


class Level(enum.IntEnum):
    LOW = 1
    HIGH = 10


class Item(BaseModel):
    name: str
    price: Decimal = Decimal("1.50")
    tags: list[str] = []
    made: dt.datetime | None = None
    secret: str | None = None


class Problem(BaseModel):
    code: Literal["missing", "taken"]
    text: str


class Filter(BaseModel):
    limit: int = Field(default=10, ge=1, le=100)
    offset: int | None = None
    order_by: Literal["name", "price"] = "name"
    tag: list[str] = []
    created_after: Annotated[dt.date | None, Field(alias="createdAfter")] = None


class Agent(BaseModel):
    x_trace: str
    save_data: bool = False


# --- Paths


@app.get("/path/int/{v}")
def path_int(v: int) -> int:
    return v


@app.get("/path/str/{v}")
def path_str(v: str) -> str:
    return v


@app.get("/path/float/{v}")
def path_float(v: float) -> float:
    return v


@app.get("/path/bool/{v}")
def path_bool(v: bool) -> bool:
    return v


@app.get("/path/date/{v}")
def path_date(v: dt.date) -> dt.date:
    return v


@app.get("/path/uuid/{v}")
def path_uuid(v: uuid.UUID) -> uuid.UUID:
    return v


@app.get("/path/enum/{v}")
def path_enum(v: Color) -> Color:
    return v


@app.get("/path/level/{v}")
def path_level(v: Level) -> Level:
    return v


@app.get("/path/converted/{v:int}")
def path_converted(v: int) -> int:
    return v


@app.get("/path/file/{v:path}/end")
def path_file(v: str) -> str:
    return v


@app.get("/path/two/{first}/{second}")
def path_two(first: str, second: Annotated[int, Path(ge=0)]) -> list[str]:
    return [first, str(second)]


# --- Queries


@app.get("/query/int")
def query_int(v: int) -> int:
    return v


@app.get("/query/str")
def query_str(v: str) -> str:
    return v


@app.get("/query/optional")
def query_optional(v: str | None = None) -> str | None:
    return v


@app.get("/query/default")
def query_default(v: int = 7) -> int:
    return v


@app.get("/query/bool")
def query_bool(v: bool) -> bool:
    return v


@app.get("/query/float")
def query_float(v: float) -> float:
    return v


@app.get("/query/decimal")
def query_decimal(v: Decimal) -> Decimal:
    return v


@app.get("/query/datetime")
def query_datetime(v: dt.datetime) -> dt.datetime:
    return v


@app.get("/query/time")
def query_time(v: dt.time) -> dt.time:
    return v


@app.get("/query/timedelta")
def query_timedelta(v: dt.timedelta) -> dt.timedelta:
    return v


@app.get("/query/list")
def query_list(v: Annotated[list[int], Query()]) -> list[int]:
    return v


@app.get("/query/list-default")
def query_list_default(v: Annotated[list[str], Query()] = []) -> list[str]:  # noqa: B006
    return v


@app.get("/query/dates")
def query_dates(v: Annotated[list[dt.date] | None, Query()] = None) -> list[dt.date] | None:
    return v


@app.get("/query/set")
def query_set(v: Annotated[set[int], Query()]) -> list[int]:
    return sorted(v)


@app.get("/query/enums")
def query_enums(v: Annotated[list[Color], Query()]) -> list[Color]:
    return v


@app.get("/query/literal")
def query_literal(v: Literal["a b", "c&d"]) -> str:
    return v


@app.get("/query/alias")
def query_alias(v: Annotated[str, Query(alias="sort-by", min_length=2)]) -> str:
    return v


@app.get("/query/model")
def query_model(v: Annotated[Filter, Query()]) -> Filter:
    return v


@app.get("/declared", responses={202: {"description": "later"}, 404: {"description": "none"}})
def declared(v: bool) -> str:
    if v:
        raise HTTPException(404, "none")
    raise HTTPException(202, ["later"])


@app.get("/query/numbers")
def query_numbers(v: int | float) -> float:  # noqa: PYI041
    return v


# --- Headers and cookies


@app.get("/header/str")
def header_str(x_token: Annotated[str, Header()]) -> str:
    return x_token


@app.get("/header/int")
def header_int(x_count: Annotated[int | None, Header()] = None) -> int | None:
    return x_count


@app.get("/header/alias")
def header_alias(v: Annotated[dt.date, Header(alias="X-Since")]) -> dt.date:
    return v


@app.get("/header/underscores")
def header_underscores(a_b: Annotated[str, Header(convert_underscores=False)]) -> str:
    return a_b


@app.get("/header/all")
def header_all(
    request: Request, x_tenant: Annotated[str | None, Header()] = None
) -> dict[str, str]:
    return dict(request.headers)


@app.get("/header/model")
def header_model(v: Annotated[Agent, Header()]) -> Agent:
    return v


@app.get("/cookie/str")
def cookie_str(session: Annotated[str, Cookie()]) -> str:
    return session


@app.get("/cookie/two")
def cookie_two(a: Annotated[int, Cookie()], b: Annotated[bool, Cookie()] = False) -> list[int]:
    return [a, int(b)]


# --- Dependencies and all at once


def paging(skip: int = 0, limit: Annotated[int, Query(le=50)] = 20) -> tuple[int, int]:
    return skip, limit


@app.get("/depends")
def depends(page: Annotated[tuple[int, int], Depends(paging)]) -> tuple[int, int]:
    return page


@app.put("/all/{a}")
def everything(
    a: int, b: str, c: Annotated[str, Header()], d: Annotated[str, Cookie()], e: Item
) -> dict[str, str]:
    return {"a": str(a), "b": b, "c": c, "d": d, "e": e.name}


# --- Bodies


@app.post("/body/model")
def body_model(v: Item) -> Item:
    return v


@app.post("/body/list")
def body_list(v: list[Item]) -> list[Item]:
    return v


@app.post("/body/embedded")
def body_embedded(v: Annotated[Item, Body(embed=True)]) -> Item:
    return v


@app.post("/body/several")
def body_several(
    item: Item, count: Annotated[int, Body()], note: Annotated[str | None, Body()] = None
) -> str:
    return f"{item.name} {count} {note}"


@app.post("/body/scalar")
def body_scalar(v: Annotated[int, Body()]) -> int:
    return v


@app.post("/body/optional")
def body_optional(v: Item | None = None) -> Item | None:
    return v


@app.patch("/body/dict")
def body_dict(v: dict[str, dt.date]) -> dict[str, dt.date]:
    return v


@app.post("/body/bytes")
def body_bytes(v: Annotated[bytes, Body(media_type="image/png")]) -> str:
    return v.hex()


@app.post("/body/maybe-bytes")
def body_maybe_bytes(v: Annotated[bytes | None, Body(media_type="image/png")] = None) -> str:
    return "none" if v is None else v.hex()


@app.post("/body/text")
def body_text(v: Annotated[str, Body(media_type="text/markdown", max_length=20)]) -> str:
    return v


# --- Responses


@app.post("/created", status_code=201)
def created(v: Item) -> Item:
    return v


@app.delete("/nothing/{v}", status_code=204)
def nothing(v: int) -> None:
    return None


@app.get("/null")
def null() -> None:
    return None


@app.get("/text", response_class=PlainTextResponse)
def plain_text(v: str) -> str:
    return v


@app.get("/no-none", response_model_exclude_none=True)
def no_none() -> Item:
    return Item(name="a")


@app.get("/no-secret", response_model_exclude={"secret"})
def no_secret() -> Item:
    return Item(name="a", secret="b")


@app.get("/errors/{v}", responses={404: {"model": Problem}, "5XX": {"model": Problem}})
def errors(v: int) -> Item:
    if v == 503:
        raise _answered(503, "taken")
    raise _answered(v, "missing")


def _odd(v: int) -> int:
    if v % 2 == 0:
        raise ValueError("is even")
    return v


@app.get("/ranged/{v}", responses={"4XX": {"model": Problem}})
def ranged(v: Annotated[int, AfterValidator(_odd)]) -> Item:
    raise _answered(404, "missing")


class _answered(Exception):  # noqa: N801, N818
    def __init__(self, status: int, code: str) -> None:
        self.status, self.code = status, code


@app.exception_handler(_answered)
def _answer(_request: object, error: _answered) -> JSONResponse:
    return JSONResponse({"code": error.code, "text": "no"}, error.status)


@app.get("/teapot")
def teapot() -> Item:
    raise HTTPException(418, "a teapot")


@app.get("/either", responses={202: {"model": Problem}})
def either(response: Response, later: bool) -> Item:
    if later:
        raise _answered(202, "missing")
    return Item(name="now")


@app.get("/lying")
def lying() -> Item:
    return JSONResponse({"name": 1})  # type: ignore[return-value]


@app.get("/own", responses={200: {"model": Problem}})
def own() -> Response:
    return JSONResponse({"code": "taken", "text": "own"})


@app.post("/own-empty", responses={204: {"description": "done"}})
def own_empty() -> Response:
    return Response(status_code=204)


@app.get(
    "/both-say", response_model_exclude_none=True, responses={200: {"model": Item, "headers": {}}}
)
def both_say() -> Item:
    return Item(name="a")


# --- Streams


@app.get("/lines")
async def lines(count: int) -> AsyncIterable[Item]:
    for index in range(count):
        yield Item(name=f"line\n{index} é")


@app.get("/events", response_class=EventSourceResponse)
async def events(count: int) -> AsyncIterable[Item]:
    for index in range(count):
        yield Item(name=f"event\n{index} é")


# --- Routers, mounts, what is left out

router = APIRouter(prefix="/teams/{team}")


@router.get("/members")
def members(team: str, active: bool = True) -> str:
    return f"{team} {active}"


@router.get("/untold")
def untold() -> str:
    return "the function does not take the team"


app.include_router(router)
inner = FastAPI()


@inner.get("/query/int")
def inner_query_int(v: int) -> int:
    return -v


@inner.get("/items/{item_id}", operation_id="readItemOfInner")
def read(item_id: int) -> int:
    return item_id


app.mount("/inner", inner)


@app.api_route("/both", methods=["GET", "POST"])
def both(v: int) -> int:
    return v


@app.get("/same-a")
def same() -> str:
    return "a"


def _same_again() -> str:
    return "b"


_same_again.__name__ = "same"
app.get("/same-b")(_same_again)


@app.get("/hidden", include_in_schema=False)
def hidden() -> str:
    return "hidden"


@app.get("/hidden-too", include_in_schema=False)
def hidden_too() -> str:
    return "hidden"


@app.get("/untyped")
def untyped():  # type: ignore[no-untyped-def]  # which leaves it out
    return {}


@app.get("/response")
def response() -> JSONResponse:
    return JSONResponse(None)


@app.get("/redirect", response_class=RedirectResponse)
def redirect() -> str:
    return "/null"


@app.get("/bytes")
def raw_bytes() -> Response:
    return Response(b"\0\1")


@app.get("/mixed")
def mixed(v: int | bytes) -> str:
    return str(v)


@app.get("/literal-number")
def literal_number(v: Literal[1, 2]) -> int:
    return v


@app.get("/get-body")
def get_body(v: Item) -> Item:
    return v


@app.api_route("/trace", methods=["TRACE"])
def trace() -> str:
    return ""


@app.post("/typed-bytes")
def typed_bytes(v: Annotated[bytes, Body(media_type="image/png", max_length=3)]) -> int:
    return len(v)


@app.get("/xml", response_class=XMLResponse)
def xml():  # type: ignore[no-untyped-def]  # its response says it
    return "<a/>"


@app.websocket("/socket/{room}")
async def socket(room: str, websocket: WebSocket) -> None: ...


app.mount("/static", StaticFiles(directory=".", check_dir=False))


@app.delete("/delete")
def delete() -> str:
    return "deleted"
