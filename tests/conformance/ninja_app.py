"""An API of Django Ninja, with all that decides what it writes and what is left out."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Any
from uuid import UUID

from django.conf import settings

if not settings.configured:
    settings.configure(SECRET_KEY="tests", USE_TZ=True)

from django.http import HttpRequest  # these need settings
from ninja import Field, File, NinjaAPI, Router, Schema
from ninja.files import UploadedFile
from pydantic import AnyUrl, ConfigDict, computed_field
from pydantic.alias_generators import to_camel


class Color(StrEnum):
    RED = "r"


class Plain(Enum):
    RED = "r"


class Item(Schema):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)
    item_id: int
    short_note: str | None = None

    @computed_field
    def shown_as(self) -> str | None:
        return self.short_note


class Wide(Schema):
    at: datetime = datetime(2024, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)
    day: date = date(2024, 1, 2)
    after: datetime = Field(
        default=datetime(2024, 1, 1, 0, 0, 0, 400, tzinfo=UTC), gt=datetime(2024, 1, 1, tzinfo=UTC)
    )
    hour: time = time(1, 2, 3, 4)
    took: timedelta = timedelta(days=-1, seconds=1.5)
    price: Decimal = Decimal("1.20")
    key: UUID = UUID(int=1)
    color: Color = Color.RED
    page: AnyUrl = AnyUrl("http://a.b")
    ratio: float = 1e300
    inner: Item = Item(item_id=1)
    anything: Any = None


class NewItem(Schema):
    name: str = Field(max_length=5)
    at: datetime | None = None


class Problem(Schema):
    detail: str


class Colored(Schema):
    color: Plain = Plain.RED


WIDE = [
    Wide(),
    Wide(at=datetime(2024, 1, 2, 3, 4, 5, tzinfo=timezone(timedelta(hours=5, minutes=30)))),
    Wide(took=timedelta(0), price=Decimal("-0E+3"), ratio=0.0, anything=[1]),
    Wide(took=timedelta(days=400, microseconds=1), inner=Item(item_id=-1, short_note="n")),
]

api = NinjaAPI()
router = Router()


@api.get("/wide/{index}", response=Wide)
def wide(request: HttpRequest, index: int) -> Wide:
    return WIDE[index]


@api.get("/items", response={200: list[Item], 404: Problem}, by_alias=True)
def items(request: HttpRequest) -> object:
    return [Item(item_id=1)]


@api.get("/short", response=Item, exclude_none=True)
def short(request: HttpRequest) -> object:
    return Item(item_id=1)


@router.get("/maybe", response=Problem | None)
def maybe(request: HttpRequest) -> object:
    return None


@api.post("/one")
def one(request: HttpRequest, data: NewItem) -> object:
    return None


@api.post("/two")
def two(request: HttpRequest, new: NewItem, item: Item) -> object:
    return None


@api.post("/several", response={204: None})
def several(request: HttpRequest, data: list[NewItem]) -> object:
    pass


# --- What is left out


@api.get("/untyped")
def untyped(request: HttpRequest) -> object:
    return {}


@api.get("/colored", response=Colored)
def colored(request: HttpRequest) -> object:
    return Colored()


@api.post("/file", response=Problem)
def upload(request: HttpRequest, file: File[UploadedFile]) -> object:
    return None


@api.get("/hidden", response=Problem, include_in_schema=False)
def hidden(request: HttpRequest) -> object:
    return Problem(detail="x")


inner = Router()


@inner.get("/deep", response=Problem)
def deep(request: HttpRequest) -> object:
    return Problem(detail="deep")


router.add_router("/inner", inner)
api.add_router("/under", router)
