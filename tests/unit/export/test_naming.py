"""Names: given, derived, and what a further class does to them."""

from __future__ import annotations

from enum import StrEnum
from itertools import combinations
from typing import Annotated, Any, Generic, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field, create_model
from pydantic.dataclasses import dataclass
from pydantic_core import CoreSchema, core_schema
from samewire.export import naming
from typing_extensions import TypedDict

from tests.unit.export.support import definitions, export

T = TypeVar("T")


def called(name: str) -> ConfigDict:
    return ConfigDict(json_schema_extra={"x-samewire-name": name})


class Tagged(BaseModel):
    model_config = called("Label")
    x: int = 1


class Sub(Tagged):
    y: int


class Renamed(Tagged):
    model_config = called("Other")


class Page(BaseModel, Generic[T]):
    model_config = called("Sheet")
    items: list[T]


@dataclass(config=called("Point"))
class Data:
    x: int


class Keys(TypedDict):
    __pydantic_config__ = called("Named")  # type: ignore[misc]  # Pydantic's way to configure a typed dictionary
    x: int


class Whole(BaseModel):
    tagged: Tagged
    sub: Sub
    renamed: Renamed
    data: Data
    keys: Keys


def test_a_class_names_itself_and_not_its_subclasses() -> None:
    result = export(emits=(Whole,), accepts=(Whole,))
    assert result.diagnostics == ()
    assert set(definitions(result)) == {
        *("Whole", "Label", "Sub", "Other", "Point", "Named"),
        *("WholeInput", "LabelInput", "SubInput", "OtherInput"),
    }


def test_the_arguments_of_a_generic_name_what_its_own_name_can_not() -> None:
    assert set(definitions(export(emits=(Page[int],)))) == {"PageInt"}


def test_the_configuration_comes_before_the_class() -> None:
    source = f"{__name__}:Tagged"
    assert set(definitions(export(emits=(Tagged,), names={source: "Third"}))) == {"Third"}


@pytest.mark.parametrize("name", ["", "a b", "1a", "string", "class", "*/"])
def test_what_can_not_name_a_type_is_said_and_leaves_the_rest(name: str) -> None:
    wrong = create_model("Wrong", __config__=called(name), x=(int, 1))
    result = export(emits=(wrong, Tagged))
    assert [(each.code, each.where) for each in result.diagnostics] == [
        ("invalid-name", f"{wrong.__module__}:Wrong")
    ]
    assert set(definitions(result)) == {"Label"}


def test_two_classes_that_give_themselves_one_name_clash() -> None:
    other = create_model("Unlike", __config__=called("Label"), x=(str, ...))
    result = export(emits=(other, Tagged))
    assert {each.code for each in result.diagnostics} == {"name-clash"}


@pytest.mark.parametrize(
    ("places", "want"),
    [
        (
            ["core_api.datamodels.state:State", "execution_api.datamodels.state:State"],
            ["CoreApiState", "ExecutionApiState"],
        ),
        (["app.v1.users:User", "app.v2.users:User"], ["V1User", "V2User"]),
        (["app.models:One.Config", "app.models:Two.Config"], ["OneConfig", "TwoConfig"]),
        (["a.b.c:X", "a.b.d:X", "a.e.c:X"], ["BX", "DX", "EX"]),
        (["a.b:X", "a.c:X", "d.b:X", "d.c:X"], ["ABX", "ACX", "DBX", "DCX"]),
        (
            ["app.user:Item", "app.order:Item", "app:UserItem"],
            ["AppUserItem", "OrderItem", "UserItem"],
        ),
        (
            ["app:Box:[Literal['a-b']]", "app:Box:[Literal['a_b']]"],
            ["BoxLiteral_aHyphenMinusb", "BoxLiteral_a_b"],
        ),
        (["app:Box:[Literal[1]]", "app:Box:[Literal['1']]"], ["BoxLiteral1", "BoxLiteral_1"]),
        (["app:Box:[x.Item]", "app:Box:[y.Item]"], ["BoxXItem", "BoxYItem"]),
        (["app:Box:[tuple[int]]", "app:Box:[tuple[int, ...]]"], ["BoxTupleInt", "BoxTupleIntRest"]),
        (
            ["app:Box:[Union[int, NoneType]]", "lib:Box:[int | None]"],
            ["AppBoxIntOrNone", "LibBoxIntOrNone"],
        ),
        (
            [
                f"app:Box:[Annotated[str, FieldInfo(annotation=NoneType, required=True, metadata=[MaxLen(max_length={n})])]]"
                for n in (3, 4)
            ],
            ["BoxStrMaxLen3", "BoxStrMaxLen4"],
        ),
    ],
)
def test_names_are_told_apart_by_what_differs(places: list[str], want: list[str]) -> None:
    candidates = [naming.candidate(place, *place.split(":", 2)) for place in places]
    names, clashes = naming.choose(candidates, {})
    assert ([names[place] for place in places], clashes) == (want, [])


# --- Stability --------------------------------------------------------------------------------------------------------

names = st.sampled_from(["Item", "Page", "AItem", "ABItem", "UserItem"])
places = st.tuples(st.sampled_from(["a", "b", "a.b", "user"]), names)
classes = st.sets(places, max_size=6)


def chosen(found: set[tuple[str, str]]) -> dict[str, str]:
    candidates = [naming.candidate(f"{module}:{name}", module, name) for module, name in found]
    result, _ = naming.choose(candidates, {})
    return result


def wanted(place: tuple[str, str]) -> set[str]:
    """Every name that a class may come to have."""
    one = naming.candidate("", *place)
    places = range(len(one.outer))
    return {
        one.qualified(some)
        for count in range(len(places) + 1)
        for some in combinations(places, count)
    }


@given(found=classes, new=places | st.tuples(st.just("c.d"), st.just("New")))
def test_a_class_changes_only_names_that_it_could_have(
    found: set[tuple[str, str]], new: tuple[str, str]
) -> None:
    before, after = chosen(found - {new}), chosen(found | {new})
    moved = {key for key, name in before.items() if after.get(key) != name}
    reached = wanted(new)
    while grown := {
        place for place in found - {new} if wanted(place) & reached and not wanted(place) <= reached
    }:
        reached |= set().union(*map(wanted, grown))
    assert all(before[key] in reached for key in moved)
    if not any(wanted(place) & wanted(new) for place in found - {new}):
        assert not moved


@given(found=classes)
def test_names_are_unique_and_independent_of_order(found: set[tuple[str, str]]) -> None:
    candidates = [naming.candidate(f"{m}:{n}", m, n) for m, n in sorted(found)]
    forth, back = (naming.choose(each, {}) for each in (candidates, candidates[::-1]))
    assert forth == back
    assert len(set(forth[0].values())) == len(forth[0])


def test_a_new_model_changes_nothing_else_in_the_document() -> None:
    before = definitions(export(emits=(Whole,), accepts=(Whole,)))
    new = create_model("New", x=(Tagged, ...), y=(int, 1))
    after = definitions(export(emits=(new, Whole), accepts=(new, Whole)))
    assert {key: after[key] for key in before} == before
    assert set(after) - set(before) == {"New", "NewInput"}


@pytest.mark.parametrize(
    "wanted",
    [
        {
            "web.core_api.models.asset_store:AssetStoreResponse": "CoreApiAssetStoreResponse",
            "web.task_api.models.asset_store:AssetStoreResponse": "TaskApiAssetStoreResponse",
        },
        {"shop.asset:AssetOut": "ShopAssetOut", "bank.other:AssetOut": "BankAssetOut"},
        {"app.users.schemas:User": "SchemasUser", "app.users.models:User": "ModelsUser"},
        {
            "lib.v1.item:Item": "V1Item",
            "lib.v2.item:Item": "V2Item",
            "lib.v1.order.item:Item": "V1OrderItem",
            "lib.v2.order.item:Item": "V2OrderItem",
        },
        {"a.user:User": "AUser", "b.users:User": "BUser"},
        {"user:User": "UserUser", "users:User": "UsersUser"},
    ],
)
def test_one_part_that_differs_tells_two_classes_apart(wanted: dict[str, str]) -> None:
    candidates = [naming.candidate(source, *source.split(":")) for source in wanted]
    assert naming.choose(candidates, {}) == (wanted, [])


class Around:
    """Classes whose core schema is a union of their own and whole numbers."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> CoreSchema:
        return core_schema.union_schema([handler(source), core_schema.int_schema()])


class Same(Around, BaseModel):
    x: int


class Split(Around, BaseModel):
    x: int = 1


@pytest.mark.parametrize(
    ("kind", "options", "want"),
    [
        (Same, {}, ["Same", "SameValue"]),
        (Split, {}, ["Split", "SplitAccepted", "SplitInput", "SplitValue"]),
        (Same, {"names": {f"{__name__}:Same": "Given"}}, ["Given", "GivenValue"]),
    ],
)
def test_a_union_around_a_class_has_a_name_after_it(
    kind: type, options: dict[str, Any], want: list[str]
) -> None:
    result = export(emits=(kind,), accepts=(kind,), **options)
    assert not result.diagnostics
    assert sorted(definitions(result)) == want


def test_a_union_around_a_class_that_is_accepted_alone_is_its_input() -> None:
    assert sorted(definitions(export(accepts=(Split,)))) == ["Split", "SplitInput"]


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Shown(BaseModel):
    colour: Colour


class Chosen(BaseModel):
    colour: Annotated[Colour, Field(min_length=3, max_length=9)] | None = None


class Asked(BaseModel):
    colour: Annotated[Colour, Field(max_length=9)]


@pytest.mark.parametrize(
    ("emits", "accepts"),
    [
        ((Shown,), (Chosen,)),
        ((Chosen,), (Shown,)),
        ((Shown,), (Chosen, Asked)),
        ((Chosen,), (Asked,)),
    ],
)
def test_what_is_constrained_in_one_direction_keeps_its_name(
    emits: tuple[type, ...], accepts: tuple[type, ...]
) -> None:
    """Pydantic appends such a constraint to the reference of the enumeration."""
    result = export(emits=emits, accepts=accepts)
    assert result.diagnostics == ()
    assert set(definitions(result)) == {"Colour", *(one.__name__ for one in (*emits, *accepts))}
