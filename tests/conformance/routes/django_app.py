"""An API of Django Ninja of which each operation answers with what it was sent, served by Django under ``/shop/``."""

from __future__ import annotations

import datetime as dt
import enum
import sys
import uuid
from decimal import Decimal
from typing import Annotated, Any, Literal

from django.conf import settings

if not settings.configured:
    settings.configure(
        SECRET_KEY="tests", USE_TZ=True, ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, DEBUG=False
    )

from django.core.asgi import get_asgi_application  # these need settings
from django.http import HttpRequest, HttpResponse
from django.urls import path
from ninja import Cookie, Field, File, Header, NinjaAPI, Query, Router, Schema
from ninja.errors import HttpError
from ninja.files import UploadedFile
from pydantic import BaseModel

api = NinjaAPI()


class Color(enum.StrEnum):
    RED = "red"
    DARK_BLUE = "dark blue"


class Item(Schema):
    name: str
    price: Decimal = Decimal("1.50")
    tags: list[str] = []  # noqa: RUF012  # of a model
    made: dt.datetime | None = None


class Problem(Schema):
    code: Literal["missing", "taken"]


class Paging(BaseModel):
    page_size: Annotated[int, Field(alias="pageSize", ge=1, le=50)] = 10
    after: dt.date | None = None


class Filter(Schema):
    text: str = ""
    kinds: list[Color] = []  # noqa: RUF012
    paging: Paging = Paging()


# --- Parameters


@api.get("/int/{v}", response=int)
def path_int(request: HttpRequest, v: int) -> int:
    return v


@api.get("/text/{v}/end", response=str)
def path_text(request: HttpRequest, v: str) -> str:
    return v


@api.get("/count/{int:v}", response=int)
def path_count(request: HttpRequest, v: int) -> int:
    return v


@api.get("/file/{path:v}", response=str)
def path_file(request: HttpRequest, v: str) -> str:
    return v


@api.get("/uuid/{v}", response=uuid.UUID)
def path_uuid(request: HttpRequest, v: uuid.UUID) -> uuid.UUID:
    return v


@api.get("/query", response=list[str | None])
def query(  # noqa: PLR0917
    request: HttpRequest,
    number: int,
    on: bool,
    day: dt.date,
    text: str | None = None,
    ratio: float = 0.5,
) -> list[str | None]:
    return [str(number), str(on), str(day), text, str(ratio)]


@api.get("/list", response=list[int])
def query_list(request: HttpRequest, v: Query[list[int]]) -> list[int]:
    return v


@api.get("/filter", response=Filter)
def query_model(request: HttpRequest, wanted: Query[Filter]) -> Filter:
    return wanted


@api.get("/header", response=str)
def header(request: HttpRequest, x_token: Header[str]) -> str:
    return x_token


@api.get("/cookie", response=list[str])
def cookie(request: HttpRequest, session: Cookie[str], visits: Cookie[int] = 0) -> list[str]:
    return [session, str(visits)]


# --- Bodies and responses


@api.post("/items", response={201: Item, 409: Problem})
def create_item(request: HttpRequest, new: Item) -> Any:
    return (409, {"code": "taken"}) if new.name == "taken" else (201, new)


@api.put("/items/{item_id}", response=list[Item], exclude_none=True, by_alias=True)
def replace_item(request: HttpRequest, item_id: int, old: Item, new: Item) -> Any:
    return [old, new]


@api.patch("/several", response=list[Item])
def several(request: HttpRequest, items: list[Item]) -> Any:
    return items


@api.post("/maybe", response=Item | None)
def maybe(request: HttpRequest, item: Item | None = None) -> Any:
    return item


@api.delete("/items/{item_id}", response={204: None}, deprecated=True)
def delete_item(request: HttpRequest, item_id: int) -> Any:
    """Deletes it."""
    return 204, None


@api.get("/any", response={200: Item, ...: Problem})
def any_status(request: HttpRequest, status: int) -> Any:
    return (status, {"code": "missing"}) if status != 200 else Item(name="a")


@api.get("/teapot", response=Item)
def teapot(request: HttpRequest) -> Any:
    raise HttpError(418, "a teapot")


@api.api_operation(["GET", "POST"], "/both", response=int)
def both(request: HttpRequest, v: int) -> int:
    return v


outer, inner = Router(), Router()


@inner.get("/deep", response=str, operation_id="readDeep")
def deep(request: HttpRequest) -> str:
    return "deep"


outer.add_router("/inner", inner)
api.add_router("/outer", outer)

# --- What is left out


@api.get("/hidden", response=str, include_in_schema=False)
def hidden(request: HttpRequest) -> str:
    return "hidden"


@api.get("/hidden-too", response=str, include_in_schema=False)
def hidden_too(request: HttpRequest) -> str:
    return "hidden"


@api.get("/untyped")
def untyped(request: HttpRequest) -> Any:
    return HttpResponse('{"a": 1}', content_type="application/json", status=203)


@api.post("/upload", response=int)
def upload(request: HttpRequest, file: File[UploadedFile]) -> int:
    return file.size or 0


@api.get("/slug/{slug:v}", response=str)
def path_slug(request: HttpRequest, v: str) -> str:
    return v


@api.get("/mixed", response=str)
def mixed(request: HttpRequest, v: int | bytes) -> str:
    return str(v)


@api.get("/maybe-model", response=str)
def maybe_model(request: HttpRequest, v: Query[Filter | None] = None) -> str:
    return str(v)


urlpatterns = [path("shop/", api.urls)]
application = get_asgi_application()
sys.modules.setdefault("django_app", sys.modules[__name__])
