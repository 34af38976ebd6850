"""An application of Litestar, with all that decides what it writes and what is left out."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

from litestar import Controller, Litestar, Response, Router, get, post, put
from litestar.datastructures import UploadFile
from litestar.enums import RequestEncodingType
from litestar.openapi import ResponseSpec
from litestar.params import Body, FromPath, JSONBody
from litestar.plugins.pydantic import PydanticDTO
from pydantic import BaseModel, ByteSize, ConfigDict, Field, RootModel, SecretStr, computed_field
from pydantic.alias_generators import to_camel

T = TypeVar("T")


class Color(Enum):
    RED = "r"


class Item(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)
    item_id: int
    short_note: str | None = None
    ratio: float = 1.0

    @computed_field
    def shown_as(self) -> str | None:
        return self.short_note


class Wide(BaseModel):
    at: datetime = datetime(2024, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)
    day: date = date(2024, 1, 2)
    hour: time = time(1, 2, 3, 4)
    took: timedelta = timedelta(days=-1, seconds=1.5)
    price: Decimal = Decimal("1.20")
    key: UUID = UUID(int=1)
    color: Color = Color.RED
    raw: bytes = b"abc"
    secret: SecretStr = SecretStr("x")
    tags: set[int] = {1}
    size: ByteSize = ByteSize(3)
    ratio: float = float("inf")
    inner: Item = Item(item_id=1)
    anything: Any = None


class Page(BaseModel, Generic[T]):
    rows: list[T]


class Names(RootModel[list[str]]):
    pass


class NewItem(BaseModel):
    name: str = Field(max_length=5)
    at: datetime | None = None
    tags: set[str] = set()


class Problem(BaseModel):
    detail: str


WIDE = [
    Wide(),
    Wide(at=datetime(2024, 1, 2, 3, 4, 5, tzinfo=timezone(timedelta(hours=5, minutes=30)))),
    Wide(took=timedelta(0), price=Decimal("-0E+3"), ratio=float("nan"), raw=b"", anything=[1]),
    Wide(inner=Item(item_id=-1, short_note="n", ratio=1e300), secret=SecretStr("")),
]


@get("/wide/{index:int}")
async def wide(index: FromPath[int]) -> Wide:
    return WIDE[index]


@get("/items")
async def items() -> list[Item]:
    return [Item(item_id=1)]


@get("/by-name")
async def by_name() -> dict[str, Item]:
    return {"a": Item(item_id=1)}


@get("/maybe")
async def maybe() -> Item | None:
    return None


@get("/count", sync_to_thread=False)
def count() -> int:
    return 3


@get("/made", responses={404: ResponseSpec(data_container=Problem)})
async def made() -> Response[Page[Item]]:
    return Response(Page[Item](rows=[Item(item_id=1)]))


class InController(Controller):
    path = "/in"

    @get("/names")
    async def names(self) -> Names:
        return Names(["a"])


@post("/one", status_code=200)
async def one(data: JSONBody[NewItem]) -> None: ...


@post("/several", status_code=200)
async def several(data: JSONBody[list[NewItem]]) -> None: ...


# --- What is left out


class Short(PydanticDTO[Item]):
    pass


@get("/dto", return_dto=Short)
async def by_dto() -> Item:
    return Item(item_id=1)


@get("/own", type_encoders={Item: lambda _: "mine"})
async def by_own() -> Item:
    return Item(item_id=1)


@get("/day")
async def day() -> date:
    return date(2024, 1, 2)


@get("/text", media_type="text/plain")
async def text() -> str:
    return "x"


@get("/bare")
async def bare() -> Response:  # type: ignore[type-arg]  # that is what is left out
    return Response({})


@put("/file")
async def upload(
    data: Annotated[UploadFile, Body(media_type=RequestEncodingType.MULTI_PART)],
) -> None: ...


@get("/hidden", include_in_schema=False)
async def hidden() -> Problem:
    return Problem(detail="x")


left_out = [by_dto, by_own, day, text, bare, upload, hidden]
app = Litestar(
    [
        wide,
        *(items, by_name, maybe, count, one, several),
        *(Router("/under", route_handlers=[made]), InController),
        *left_out,
    ]
)
