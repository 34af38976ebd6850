"""Types that are written in several ways: which definitions there are, what each is called, and what is in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from pydantic import BaseModel, ConfigDict, create_model
from pydantic.alias_generators import to_camel
from samewire.dump import FASTAPI, DumpOptions
from samewire.export import Export, ExportOptions, export_contract
from typing_extensions import TypedDict

from tests.documents import roots_of

from .support import root

SPARSE = DumpOptions(exclude_none=True)


class Item(BaseModel):
    note: str | None = None
    size: int = 1


class Box(BaseModel):
    items: list[Item] = []
    inner: Box | None = None


class Label(BaseModel):
    text: str


class Tag(BaseModel):
    label: Label


class User(BaseModel):
    name: str
    secret: str
    items: dict[str, list[Item]]


def export(
    *roots: tuple[type, DumpOptions | None, str | None], accepts: tuple[type, ...] = ()
) -> Export:
    emits = [replace(root(cls), dump=dump, suffix=suffix) for cls, dump, suffix in roots]
    return export_contract("test", emits, [root(cls) for cls in accepts], ExportOptions())


def shapes(result: Export) -> dict[str, tuple[list[str], list[str]]]:
    """The keys of each definition, and those of them that are required."""
    assert not result.diagnostics
    definitions: dict[str, dict[str, Any]] = result.document["$defs"]
    return {
        name: (list(one["properties"]), one.get("required", []))
        for name, one in definitions.items()
    }


def test_a_type_under_two_dumps_is_two_definitions() -> None:
    result = export((Item, None, None), (Box, SPARSE, None))
    assert shapes(result) == {
        "Box": (["items", "inner"], ["items"]),
        "Item": (["note", "size"], ["note", "size"]),
        "ItemWithoutNone": (["note", "size"], ["size"]),
    }
    assert roots_of(result.document, "emits") == ["Box", "Item"]
    items = result.document["$defs"]["Box"]["properties"]["items"]["items"]
    assert items == {"$ref": "#/$defs/ItemWithoutNone"}
    assert result.document["$defs"]["ItemWithoutNone"]["x-samewire-source"].endswith(":Item")


def test_a_type_that_is_written_in_one_way_keeps_its_plain_name() -> None:
    assert list(shapes(export((Box, SPARSE, None)))) == ["Box", "Item"]


def test_a_type_that_comes_out_the_same_is_one_definition() -> None:
    result = export(
        (Label, None, None), (Tag, SPARSE, None), (Tag, DumpOptions(exclude_unset=True), None)
    )
    assert list(shapes(result)) == ["Label", "Tag"]


def test_a_suffix_of_the_user_goes_before_that_of_the_options() -> None:
    result = export(
        (Item, None, None), (Item, SPARSE, "Short"), (Item, DumpOptions(exclude_unset=True), None)
    )
    assert list(shapes(result)) == ["Item", "ItemShort", "ItemWithoutUnset"]
    assert roots_of(result.document, "emits") == ["Item", "ItemShort", "ItemWithoutUnset"]


def test_what_is_accepted_keeps_its_own_name() -> None:
    result = export((Item, None, None), (Item, SPARSE, None), accepts=(Item, Box))
    assert list(shapes(result)) == ["Box", "Item", "ItemInput", "ItemWithoutNone"]


def test_what_is_accepted_may_be_what_is_emitted_in_one_of_the_ways() -> None:
    unset = DumpOptions(exclude_unset=True)
    result = export((Item, None, None), (Item, unset, None), accepts=(Item,))
    assert list(shapes(result)) == ["Item", "ItemWithoutUnset"]
    assert roots_of(result.document, "accepts") == ["ItemWithoutUnset"]


def test_two_ways_without_the_contracts_own_are_both_told_apart() -> None:
    result = export((Item, SPARSE, None), (Item, DumpOptions(exclude_unset=True), None))
    assert list(shapes(result)) == ["ItemWithoutNone", "ItemWithoutUnset"]


def test_fields_may_be_picked_at_any_depth() -> None:
    part = DumpOptions(exclude=frozenset({("secret",), ("items", "__all__", "__all__", "note")}))
    result = export((Item, None, None), (User, part, "Public"))
    assert shapes(result) == {
        "Item": (["note", "size"], ["note", "size"]),
        "ItemPublic": (["size"], ["size"]),
        "User": (["name", "items"], ["name", "items"]),
    }


def test_included_fields_alone_are_written() -> None:
    part = DumpOptions(include=frozenset({("name",), ("items", "__all__", "__all__", "size")}))
    assert shapes(export((User, part, None))) == {
        "Item": (["size"], ["size"]),
        "User": (["name", "items"], ["name", "items"]),
    }


def test_single_items_cant_be_picked() -> None:
    part = DumpOptions(include=frozenset({("items", "first")}))
    [diagnostic] = export((User, part, None)).diagnostics
    assert (diagnostic.code, diagnostic.where) == ("dump-selection", f"{__name__}:User.items")
    assert diagnostic.hint


def test_two_choices_of_fields_want_one_name_until_the_user_decides() -> None:
    one, other = (DumpOptions(exclude=frozenset({(name,)})) for name in ("name", "secret"))
    result = export((User, None, None), (User, one, None), (User, other, None))
    [diagnostic] = result.diagnostics
    assert (diagnostic.code, diagnostic.where) == ("name-clash", f"{__name__}:User")
    assert "suffix" in (diagnostic.hint or "")
    named = export((User, None, None), (User, one, "Nameless"), (User, other, "Public"))
    assert [name for name in shapes(named) if name != "Item"] == [
        "User",
        "UserNameless",
        "UserPublic",
    ]


def test_a_suffix_may_not_lead_to_another_types_name() -> None:
    class ItemWithoutNone(BaseModel):
        x: int

    result = export((Item, None, None), (Item, SPARSE, None), (ItemWithoutNone, None, None))
    [diagnostic] = result.diagnostics
    assert diagnostic.code == "name-clash"
    assert "ItemWithoutNone" in diagnostic.message
    assert "names = " in (diagnostic.hint or "")


@pytest.mark.parametrize(
    ("dump", "suffix"),
    [
        (DumpOptions(by_alias=False), "ByName"),
        (DumpOptions(by_alias=None, exclude_computed_fields=True), "ByConfigWithoutComputed"),
        (DumpOptions(exclude_defaults=True, exclude_unset=True), "WithoutDefaultsWithoutUnset"),
        (DumpOptions(round_trip=True), "RoundTrip"),
    ],
)
def test_a_suffix_says_which_options_differ(dump: DumpOptions, suffix: str) -> None:
    assert dump.suffix(FASTAPI) == suffix
    assert FASTAPI.suffix(dump) != suffix


def test_what_depends_on_the_model_around_is_no_type_by_itself() -> None:
    class Row(TypedDict):
        data: bytes

    class Hex(BaseModel):
        model_config = ConfigDict(ser_json_bytes="hex")
        row: Row

    class Plain(BaseModel):
        row: Row

    result = export((Hex, None, None), (Plain, None, None), accepts=(Hex,))
    assert sorted(shapes(result)) == ["Hex", "HexInput", "Plain", "Row", "RowSerJsonBytesHex"]
    assert "RowSerJsonBytesHex" not in {one.definition for one in result.described}


class Meta(TypedDict):
    """Twice in each model, so that Pydantic makes a definition of it."""

    progress_token: int


def with_keys_by(generator: Callable[[str], str] | None, name: str) -> type[BaseModel]:
    config = ConfigDict(alias_generator=generator)
    return create_model(name, __config__=config, first=(Meta, ...), second=(Meta, ...))


def test_a_typed_dictionary_has_the_keys_that_the_model_around_gives_it() -> None:
    models = [
        with_keys_by(to_camel, "Camel"),
        with_keys_by(None, "Plain"),
        with_keys_by(lambda key: f"x_{key}", "X"),
    ]
    camel, plain, other = models
    around = create_model("Around", camel=(camel, ...), plain=(plain, ...), other=(other, ...))
    for roots in ([around], [Meta, *models], [around, Meta, *reversed(models)]):
        result = export(*((root, None, None) for root in roots))
        assert not result.diagnostics
        found = result.document["$defs"]
        assert {
            model: next(
                iter(found[each["properties"][key]["$ref"].rpartition("/")[2]]["properties"])
            )
            for model, each in found.items()
            for key in each["properties"]
            if key.endswith(("irst", "econd"))
        } == {"Camel": "progressToken", "Plain": "progress_token", "X": "x_progress_token"}


def test_two_alias_generators_of_one_name_are_not_mixed_up() -> None:
    one = with_keys_by(lambda key: f"x_{key}", "One")
    other = with_keys_by(lambda key: f"y_{key}", "Other")
    result = export((one, None, None), (other, None, None))
    assert {each.code for each in result.diagnostics} == {"name-clash"}
    assert {each.where.partition(":")[2] for each in result.diagnostics} == {
        "Other.first",
        "Other.second",
    }
    assert list(result.document["$defs"]) == ["Meta", "One"]
