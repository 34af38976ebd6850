"""Names, directions, unions, aliases, serializers and refusals."""

from __future__ import annotations

import enum
from collections.abc import Callable
from typing import Annotated, Any, Generic, Literal, TypeVar

import pytest
from pydantic import (
    AliasChoices,
    AliasPath,
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    PlainSerializer,
    RootModel,
    Tag,
    field_serializer,
    model_serializer,
)
from pydantic_core import CoreSchema, core_schema
from samewire.config.emits import PRESETS
from samewire.export import naming

from tests.documents import roots_of
from tests.unit.export.support import definitions, emitted, export

T = TypeVar("T")


class Same(BaseModel):
    x: int
    child: Same | None = None
    y: Annotated[str, Field(min_length=1)]


class Split(BaseModel):
    same: list[Plain]
    n: int = 1


class Plain(BaseModel):
    a: int


class Holder(BaseModel):
    split: Split


def test_a_recursive_type_that_agrees_is_one_definition() -> None:
    class Loop(BaseModel):
        x: int
        children: list[Loop]

    Loop.model_rebuild(_types_namespace={"Loop": Loop})
    assert list(definitions(export(emits=(Loop,), accepts=(Loop,)))) == ["Loop"]


class Shade(enum.Enum):
    dark = "dark"


class Rank(enum.IntEnum):
    low = 1


class Word(enum.StrEnum):
    yes = "yes"


class Seconds(BaseModel):
    model_config = ConfigDict(populate_by_name=True)

    in_seconds: int = Field(alias="inSeconds")
    level: Rank
    word: Word

    @field_serializer("in_seconds", when_used="json")
    def text(self, value: int) -> str:
        return f"{value} s"


class Shaded(BaseModel):
    shade: Shade


def test_django_ninja_dumps_by_name_to_python_objects() -> None:
    """Measured with django-ninja 1.7.1: a plain enum is written as str(member), and a serializer for JSON does not run."""
    result = export(emits=(Seconds,), dump=PRESETS["ninja"])
    properties = definitions(result)["Seconds"]["properties"]
    assert list(properties) == ["in_seconds", "level", "word"]
    assert properties["in_seconds"]["type"] == "integer"
    [refused] = export(emits=(Shaded,), dump=PRESETS["ninja"]).diagnostics
    assert (refused.code, "'Shade.dark', and not its value" in refused.message) == (
        "no-json-form",
        True,
    )
    assert not export(accepts=(Shaded,), dump=PRESETS["ninja"]).diagnostics


def test_litestar_dumps_by_name() -> None:
    result = export(emits=(Seconds, Shaded), dump=PRESETS["litestar"])
    assert definitions(result)["Seconds"]["properties"]["in_seconds"]["type"] == "string"
    assert result.diagnostics == ()


def test_only_what_differs_and_its_users_are_split() -> None:
    result = export(emits=(Holder,), accepts=(Holder,))
    assert list(definitions(result)) == ["Holder", "HolderInput", "Plain", "Split", "SplitInput"]
    assert roots_of(result.document, "accepts") == ["HolderInput"]
    assert definitions(result)["SplitInput"]["properties"]["same"]["items"] == {
        "$ref": "#/$defs/Plain"
    }


def test_accepted_alone_keeps_the_plain_name() -> None:
    assert list(definitions(export(accepts=(Split,)))) == ["Plain", "Split"]


class Page(BaseModel, Generic[T]):
    items: list[T]


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (Page[Plain], "PagePlain"),
        (Page[list[int]], "PageListInt"),
        (Page[Page[Plain]], "PagePagePlain"),
        (Page, "Page"),
    ],
)
def test_names_of_generics(kind: type[BaseModel], name: str) -> None:
    assert name in definitions(export(emits=(kind,)))


def test_classes_of_one_name_are_told_apart_by_what_is_around_them() -> None:
    candidates = [
        naming.candidate("1", "shop.chat", "Message"),
        naming.candidate("2", "shop.audio", "Message"),
        naming.candidate("3", "shop.audio", "Outer.Part"),
        naming.candidate("4", "shop.audio", "Part"),
        naming.candidate("5", "shop", "Lonely"),
    ]
    names, clashes = naming.choose(candidates, {})
    assert names == {
        "1": "ChatMessage",
        "2": "AudioMessage",
        "3": "OuterPart",
        "4": "AudioPart",
        "5": "Lonely",
    }
    assert not clashes
    assert naming.choose(reversed(candidates), {})[0] == names


def test_a_clash_that_only_the_user_can_decide_says_how() -> None:
    candidates = [naming.candidate("1", "a", "X"), naming.candidate("2", "a", "X")]
    _, clashes = naming.choose(candidates, {})
    assert {one.code for one in clashes} == {"name-clash"}
    assert 'names = { "a:X" = "..." }' in str(clashes[0])


class Cat(BaseModel):
    kind: Literal["cat"] = "cat"


class Dog(BaseModel):
    kind: Literal["dog", "wolf"] = Field("dog", alias="type")


class Fish(BaseModel):
    kind: Literal["fish"] = Field("fish", alias="type")


def test_a_discriminator_is_required_although_it_has_a_default() -> None:
    class Tank(BaseModel):
        pet: Dog | Fish = Field(discriminator="kind")

    found = definitions(export(emits=(Tank,), accepts=(Tank,)))
    assert found["Tank"]["properties"]["pet"]["discriminator"] == {"propertyName": "type"}
    assert found["Dog"]["required"] == ["type"]
    assert "DogInput" not in found


def test_a_callable_discriminator_stays_in_python() -> None:
    kind = Annotated[
        Annotated[Cat, Tag("c")] | Annotated[Plain, Tag("p")], Discriminator(lambda value: "c")
    ]
    assert emitted(kind) == {"anyOf": [{"$ref": "#/$defs/Cat"}, {"$ref": "#/$defs/Plain"}]}


def test_names_stand_beside_one_shape() -> None:
    class Aliased(BaseModel):
        a: int = Field(validation_alias=AliasChoices(AliasPath("y", -1), "x", "z"))
        b: int = Field(validation_alias=AliasPath("p", 1))

    shape = definitions(export(accepts=(Aliased,)))["Aliased"]
    assert shape["x-samewire-names"] == [[["y", -1], "x", "z"], [["p", 1]]]
    assert shape["required"] == ["x", "p"]
    assert shape["properties"] == {
        "x": {"type": "integer"},
        "p": {
            "type": "array",
            "prefixItems": [{}, {"type": "integer"}],
            "items": {},
            "minItems": 2,
        },
    }


def test_a_path_from_the_end_alone_is_refused() -> None:
    class Last(BaseModel):
        a: int = Field(validation_alias=AliasPath("y", -1))

    class Root(BaseModel):
        last: Last | None = None

    (diagnostic,) = export(accepts=(Root,)).diagnostics
    assert diagnostic.code == "alias-path"
    assert diagnostic.where.endswith("Last.a")


@pytest.mark.parametrize(
    ("extra", "policy", "want"),
    [
        ("ignore", "model", None),
        ("forbid", "model", False),
        ("allow", "model", True),
        ("forbid", "strip", None),
        ("ignore", "reject", False),
        ("ignore", "keep", True),
        ("allow", "reject", True),
    ],
)
def test_unknown_keys(extra: Any, policy: Any, want: bool | None) -> None:
    class Loose(BaseModel):
        model_config = ConfigDict(extra=extra)
        a: int

    schema = definitions(export(emits=(Loose,), unknown_keys_emits=policy))["Loose"]
    assert schema.get("additionalProperties") is want


class Level(enum.Enum):
    """How loud."""

    LOW = 1
    "Hardly heard."
    HIGH = "high"


def test_enums_carry_names_and_descriptions() -> None:
    assert definitions(export(emits=(Level,)))["Level"] == {
        "description": "How loud.",
        "enum": [1, "high"],
        "x-enum-varnames": ["LOW", "HIGH"],
        "x-enum-descriptions": ["Hardly heard.", None],
        "title": "Level",
        "x-samewire-root": ["emits"],
        "x-samewire-source": f"{__name__}:Level",
    }


@pytest.mark.parametrize(
    ("key", "want"),
    [
        (int, {"type": "string", "pattern": "^(?:0|-?[1-9][0-9]*)$"}),
        (Annotated[int, Field(ge=0, le=12)], {"type": "string", "pattern": "^(?:[0-9]|1[0-2])$"}),
        (bool, {"type": "string", "enum": ["true", "false"]}),
        (Literal["a", "b"], {"type": "string", "enum": ["a", "b"]}),
    ],
)
def test_keys_of_dictionaries(key: Any, want: dict[str, Any]) -> None:
    assert emitted(dict[key, int])["propertyNames"] == want  # type: ignore[valid-type]  # the key type is the parameter


# --- Refusals ---------------------------------------------------------------------------------------------------------


class Opaque(BaseModel):
    a: Plain
    b: int = 1

    @field_serializer("a")
    def dump_a(self, value):  # type: ignore[no-untyped-def]  # the missing annotation is the case
        return value


class Wide(BaseModel):
    a: int

    @model_serializer
    def dump(self) -> dict[str, Any]:
        return {"b": self.a}


class Callback(BaseModel):
    done: Callable[[int], None]


class Uses(BaseModel):
    callback: list[Callback]


@pytest.mark.parametrize(
    ("kind", "code", "place"),
    [
        (Opaque, "opaque-serializer", "Opaque.a"),
        (Callback, "no-json-form", "Callback.done"),
    ],
)
def test_refusals_name_the_place_and_the_way_out(
    kind: type[BaseModel], code: str, place: str
) -> None:
    result = export(emits=(kind, Plain))
    (diagnostic,) = result.diagnostics
    assert (diagnostic.code, diagnostic.where) == (code, f"{__name__}:{place}")
    assert diagnostic.hint
    assert list(definitions(result)) == ["Plain"]


def test_a_dict_of_anything_is_warned_of_unless_the_user_has_decided() -> None:
    result = export(emits=(Wide,))
    assert not result.diagnostics
    assert [(one.code, one.where) for one in result.warnings] == [
        ("wide-serializer", f"{__name__}:Wide")
    ]
    assert f'opaque = {{ "{__name__}:Wide" = "fields" }}' in (result.warnings[0].hint or "")
    assert not export(emits=(Wide,), opaque={f"{__name__}:Wide": "fields"}).warnings


def test_what_depends_on_a_refused_type_goes_with_it() -> None:
    result = export(emits=(Uses, Plain))
    assert roots_of(result.document, "emits") == ["Plain"]
    assert f"left out with it: {__name__}:Uses" in result.diagnostics[0].message


def test_the_user_decides_on_an_opaque_serializer() -> None:
    fields = export(
        emits=(Wide, Opaque),
        opaque={f"{__name__}:Wide": "fields", f"{__name__}:Opaque.a": "unknown"},
    )
    assert not fields.diagnostics
    assert definitions(fields)["Wide"]["properties"] == {"a": {"type": "integer"}}
    assert definitions(fields)["Opaque"]["properties"]["a"] == {}


def test_a_serializer_with_a_return_type_says_what_it_writes() -> None:
    assert emitted(Annotated[int, PlainSerializer(str, return_type=str)]) == {"type": "string"}


class Unfinished(BaseModel):
    x: Nowhere  # type: ignore[name-defined]  # noqa: F821  # the undefined name is the case


def test_an_undefined_reference_leaves_the_others_alone() -> None:
    result = export(emits=(Unfinished, Plain))
    [found] = result.diagnostics
    assert found.code == "unusable-type"
    assert found.message == "an annotation in it mentions Nowhere, which is not defined there"
    assert list(definitions(result)) == ["Plain"]


def test_json_schema_extra_cannot_change_the_type() -> None:
    class Extra(BaseModel):
        model_config = ConfigDict(json_schema_extra={"required": [], "examples": [{"a": 1}]})
        a: str = Field(json_schema_extra={"format": "date", "examples": ["x"]})

    schema = definitions(export(emits=(Extra,)))["Extra"]
    assert schema["required"] == ["a"]
    assert schema["examples"] == [{"a": 1}]
    assert schema["properties"]["a"] == {"type": "string", "examples": ["x"]}


class Names(RootModel[list[str]]):
    """A list of names."""


def test_root_models_are_what_they_hold() -> None:
    assert definitions(export(emits=(Names,)))["Names"] == {
        "description": "A list of names.",
        "type": "array",
        "items": {"type": "string"},
        "x-samewire-root": ["emits"],
        "x-samewire-source": f"{__name__}:Names",
    }


def test_a_field_can_be_left_out() -> None:
    class Strict(BaseModel):
        model_config = ConfigDict(extra="forbid")
        a: int
        b: int

    key = f"{Strict.__module__}:{Strict.__qualname__}.b"
    schema = definitions(export(emits=(Strict,), exclude_fields=frozenset({key})))["Strict"]
    assert list(schema["properties"]) == ["a"]
    assert "additionalProperties" not in schema, "b is still sent, so its key can't be refused"


def test_a_generic_is_called_by_the_alias_it_is_exported_under() -> None:
    from samewire.discover import Root
    from samewire.export import export_contract

    root = Root(name="People", type=Page[Plain], source="app.lists:People", explicit=True)
    document = export_contract("test", [root], []).document
    assert roots_of(document, "emits") == ["People"]
    assert document["$defs"]["People"]["x-samewire-source"] == "app.lists:People"


class Base(BaseModel):
    a: int

    @model_serializer
    def dump(self):  # the missing annotation is the case
        return {"b": self.a}


class Left(Base):
    b: int


class Right(Base):
    c: int


def test_an_inherited_serializer_is_refused_and_decided_once() -> None:
    (diagnostic,) = export(emits=(Left, Right, Plain)).diagnostics
    assert diagnostic.where == f"{__name__}:Base"
    decided = export(emits=(Left, Right), opaque={f"{__name__}:Base": "fields"})
    assert not decided.diagnostics
    assert list(definitions(decided)) == ["Left", "Right"]


def test_a_long_chain_of_models_is_no_trouble() -> None:
    from pydantic import create_model

    last: Any = int
    for index in range(300):
        last = create_model(f"Link{index}", next=(last, ...))
    result = export(emits=(last,))
    assert not result.diagnostics
    assert len(definitions(result)) == 300


def test_a_reference_of_two_types_is_refused() -> None:
    def keyed(*values: str) -> type:
        class Keyed:
            @classmethod
            def __get_pydantic_core_schema__(cls, source: object, handler: object) -> CoreSchema:
                key = core_schema.literal_schema(list(values), ref="app.Key:1")
                ref = core_schema.definition_reference_schema("app.Key:1")
                dictionary = core_schema.dict_schema(ref, core_schema.int_schema())
                return core_schema.definitions_schema(dictionary, [key])

        return Keyed

    class One(BaseModel):
        x: keyed("a")  # type: ignore[valid-type]  # made for this test

    class Two(BaseModel):
        x: keyed("b", "c")  # type: ignore[valid-type]  # made for this test

    result = export(accepts=(One, Two))
    assert [(each.code, each.where.rpartition(".")[2]) for each in result.diagnostics] == [
        ("name-clash", "x")
    ]
    assert "One" in definitions(result)
