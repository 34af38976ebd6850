"""What types of parameters are called, and how messages name what is made of a route."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

import pytest
from fastapi import APIRouter, Body, Cookie, Depends, FastAPI, Form, Header, Query
from pydantic import BaseModel, PlainSerializer, PlainValidator, TypeAdapter
from pydantic.fields import FieldInfo
from samewire.discover.objects import Exclusions
from samewire.discover.parameters import as_text, parameter_model, unsayable
from samewire.discover.routes import Routes, routes_of
from samewire.export import ExportOptions, export_contract


class Filter(BaseModel):
    text: str | None = None
    limit: int = 10


class PageQuery(BaseModel):
    page: int = 1


class Taken(BaseModel):
    at: int


class TakenHeaders(BaseModel):
    """A name that the headers of ``Taken`` would have."""


class Session(BaseModel):
    session_id: str


def locale(accept_language: Annotated[str | None, Header()] = None) -> None: ...


def item_of(item_id: int) -> None: ...


def user(_: Annotated[None, Depends(locale)], since: int = 0) -> None: ...


def limited(most: int) -> Callable[..., None]:
    def inner(limit: Annotated[int, Query(le=most)] = 3) -> None: ...

    return inner


Located = Depends(locale)
router = APIRouter(dependencies=[Located])


@router.get("/items/{item_id}")
def get_item(_: Annotated[None, Depends(item_of)]) -> int: ...


@router.put("/items/{item_id}")
def put_item(_: Annotated[None, Depends(item_of)], __: Annotated[None, Depends(user)]) -> int: ...


@router.get("/own/{item_id}")
def get_own(item_id: int, _: Annotated[None, Depends(user)], more: bool = False) -> int: ...


@router.get("/teams/{team}/{item_id}")
def get_of_team(_: Annotated[None, Depends(item_of)], f: Annotated[Filter, Query()]) -> int: ...


@router.get("/filtered")
def list_filtered(f: Annotated[Filter, Query()]) -> int: ...


@router.get("/paged")
def list_paged(
    page: Annotated[PageQuery, Query()], session: Annotated[Session, Cookie()]
) -> int: ...


@router.get("/three")
def list_three(_: Annotated[None, Depends(limited(3))]) -> int: ...


@router.get("/four")
def list_four(_: Annotated[None, Depends(limited(4))]) -> int: ...


@router.get("/taken")
def list_taken(_: Annotated[Taken, Header()]) -> int: ...


app = FastAPI()
app.include_router(router)


def routes(made: str, *left_out: str) -> Routes:
    found = routes_of([f"{__name__}:{made}"], "test", Exclusions())
    assert [str(one) for one in found.skipped] == list(left_out)
    return found


@pytest.fixture(scope="module")
def sources() -> dict[str, dict[str, str]]:
    return {
        route.name: {
            part: root.source.removeprefix(f"{__name__}:")
            for part, root in route.parameters.items()
        }
        for route in routes("app").routes
    }


@pytest.mark.parametrize(
    ("route", "part", "name"),
    [
        ("getItem", "headers", "LocaleHeaders"),
        ("getItem", "path", "ItemOfPath"),
        ("putItem", "path", "ItemOfPath"),
        ("putItem", "headers", "LocaleHeaders"),  # read by a dependency of a dependency too
        ("putItem", "query", "UserQuery"),
        ("getOwn", "path", "GetOwnPath"),  # of the function itself, though it is the same
        ("getOwn", "query", "GetOwnQuery"),  # with one of its own
        ("getOfTeam", "path", "GetOfTeamPath"),  # with one of the path alone
        ("getOfTeam", "query", "FilterQuery"),
        ("listFiltered", "query", "FilterQuery"),
        ("listPaged", "query", "PageQueryParams"),
        ("listPaged", "cookies", "SessionCookies"),
        ("listThree", "query", "ListThreeQuery"),  # of a function without a name of its own
        ("listFour", "query", "ListFourQuery"),
        ("listTaken", "headers", "ListTakenHeaders"),  # two declarations
    ],
)
def test_parameters_are_called_after_their_one_declaration(
    sources: dict[str, dict[str, str]], route: str, part: str, name: str
) -> None:
    assert sources[route][part] == name


def test_a_type_for_all_routes_is_one_root() -> None:
    found = [root.name for root in routes("app").accepts]
    assert found.count("LocaleHeaders") == found.count("ItemOfPath") == 1


# --- Two declarations of one name -------------------------------------------------------------------------------------


class Limits(BaseModel):
    most: int


def limits(least: int) -> None: ...


twice = FastAPI()


@twice.get("/model")
def of_model(_: Annotated[Limits, Query()]) -> int: ...


@twice.get("/function")
def of_function(_: Annotated[None, Depends(limits)]) -> int: ...


def test_two_declarations_of_one_name_are_two_types() -> None:
    found = {route.name: route.parameters["query"] for route in routes("twice").routes}
    assert {name: root.name for name, root in found.items()} == {
        "ofFunction": "LimitsQuery",
        "ofModel": "OfModelQuery",
    }
    assert isinstance(found["ofModel"].type, type)
    assert issubclass(found["ofModel"].type, BaseModel)
    assert list(found["ofModel"].type.model_fields) == ["most"]


# --- What is read of a text -------------------------------------------------------------------------------------------

texts = FastAPI()


@texts.get("/texts")
def read_texts(
    either: int | str,
    maybe: float | str | None = None,
    ordered: Annotated[str | int, Query(union_mode="left_to_right")] = 1,
) -> int: ...


def test_of_a_union_with_text_the_text_is_read() -> None:
    for value in ("3", "true", "1.5", "text"):
        assert TypeAdapter(int | str).validate_python(value) == value
    with_order = "query parameter ordered: text does not tell numbers from text"
    assert routes_of([f"{__name__}:texts"], "test", Exclusions()).skipped[0].message == with_order
    fields = {
        "either": FieldInfo.from_annotation(int | str),
        "maybe": FieldInfo.from_annotation(float | str),
    }
    model = parameter_model("app:Query", "query", fields)
    assert [info.annotation for info in model.model_fields.values()] == [str, str]


@pytest.mark.parametrize(
    ("type_", "is_told"),
    [
        (Literal["nan", "-inf"] | int | float, True),
        (bool | Literal["auto"], True),
        (Literal["1e5"] | int, False),
        (bool | Literal["true"], False),
        (list[int] | Literal["all"], False),
    ],
)
def test_words_are_told_from_numbers(type_: Any, is_told: bool) -> None:
    assert (unsayable(type_) is None) is is_told
    if is_told:
        adapter: TypeAdapter[object] = TypeAdapter(type_)
        for value in ("nan", "-inf", "auto", 3, 1.5, True):
            try:
                adapter.validate_python(value, strict=True)
            except ValueError:
                continue
            assert adapter.validate_python(as_text(value)) == value


# --- Messages ---------------------------------------------------------------------------------------------------------

Opaque = Annotated[str, PlainValidator(lambda value: value)]
opaque = FastAPI()


def token(x_token: Annotated[Opaque, Header()]) -> None: ...


@opaque.get("/query")
def in_query(size: Opaque, copy: Annotated[Opaque, Query(alias="2-copy")]) -> int: ...


@opaque.post("/form")
def in_form(name: Annotated[Opaque, Form()]) -> int: ...


@opaque.post("/body")
def in_body(name: Annotated[Opaque, Body()]) -> int: ...


@opaque.post("/bodies")
def in_bodies(name: Annotated[Opaque, Body()], count: Annotated[int, Body()]) -> int: ...


@opaque.get("/response")
def in_response() -> dict[str, Annotated[str, PlainSerializer(lambda value: value)]]: ...


@opaque.get("/one")
def in_one(_: Annotated[None, Depends(token)]) -> int: ...


@opaque.get("/two")
def in_two(_: Annotated[None, Depends(token)]) -> int: ...


def test_messages_name_the_route_and_the_part_of_it() -> None:
    found = routes("opaque")
    export = export_contract("api", found.emits, found.accepts, ExportOptions(routes=found.routes))
    places = {one.where.removeprefix(f"{__name__}:"): one.hint or "" for one in export.diagnostics}
    assert sorted(places) == [
        "InBodiesBody.name (body field name of POST /bodies)",
        "InBodyBody (body of POST /body)",
        "InFormForm.name (form field name of POST /form)",
        "InQueryQuery.parameter_2_copy (query parameter 2-copy of GET /query)",
        "InQueryQuery.size (query parameter size of GET /query)",
        "InResponseResponse (response 200 of GET /response)",
        "TokenHeaders.x_token (header parameter x-token of GET /one and 1 more)",
    ]
    # The configuration can't name what is in no module.
    assert not any("opaque = {" in hint for hint in places.values())


class Item(BaseModel):
    name: Opaque


models = FastAPI()


@models.post("/item")
def post_item(item: Item) -> int: ...


def test_messages_name_fields_of_models_as_they_are() -> None:
    found = routes("models")
    export = export_contract("api", found.emits, found.accepts, ExportOptions(routes=found.routes))
    (one,) = export.diagnostics
    assert one.where == f"{__name__}:Item.name"
    assert f'opaque = {{ "{__name__}:Item.name"' in str(one.hint)
