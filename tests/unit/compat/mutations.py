"""
Changes of one small model, and what is said of each: the rules by direction, with the verdict where it is not the rule's own.

``test_mutations.py`` runs both validators on the values that show them, and on many others where nothing is said.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum, IntEnum
from typing import Annotated, Any, Generic, Literal, NamedTuple, NewType, NotRequired, TypeVar
from uuid import UUID

from pydantic import (
    UUID4,
    VERSION,
    AfterValidator,
    AliasChoices,
    AliasPath,
    AnyUrl,
    AwareDatetime,
    Base64Bytes,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    EmailStr,
    Field,
    FutureDate,
    HttpUrl,
    Json,
    JsonValue,
    NaiveDatetime,
    PlainSerializer,
    RootModel,
    SecretStr,
    StringConstraints,
    Tag,
    WrapSerializer,
    computed_field,
    create_model,
    model_serializer,
)
from pydantic.alias_generators import to_camel
from samewire.dump import DumpOptions
from typing_extensions import TypeAliasType, TypedDict

USUAL = DumpOptions()
NO_NONE = DumpOptions(exclude_none=True)
NO_DEFAULTS = DumpOptions(exclude_defaults=True)
NO_UNSET = DumpOptions(exclude_unset=True)
BY_NAME = DumpOptions(by_alias=False)
NO_COMPUTED = DumpOptions(exclude_computed_fields=True)


@dataclass(frozen=True)
class Row:
    """
    ``emits`` and ``accepts`` are rules with a space between them. ``refuses``: Python code of the new version refuses more than its
    type says, which no contract shows. ``since``: the first version of Pydantic that knows this.
    """

    what: str
    old: Any
    new: Any
    emits: str = ""
    accepts: str = ""
    dump: DumpOptions = USUAL
    refuses: bool = False
    since: tuple[int, ...] = ()


def order(*bases: type[BaseModel], **fields: Any) -> Any:
    """The model: an order with a number, and further fields; ``config`` is its configuration."""
    config = fields.pop("config", None)
    listed = {key: each if isinstance(each, tuple) else (each, ...) for key, each in fields.items()}
    if config is not None:
        return made("Order", __config__=config, number=(int, ...), **listed)
    return made("Order", __base__=bases or None, number=(int, ...), **listed)


def made(name: str, **fields: Any) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", DeprecationWarning
        )  # of json_encoders, which are still used
        return create_model(name, **fields)


def size(annotation: Any, **limits: Any) -> Any:
    """An order whose size is of that type."""
    return order(size=Annotated[annotation, Field(**limits)] if limits else annotation)


def many(item: Any) -> Any:
    return list[item]


def keyed(value: Any) -> Any:
    return dict[str, value]


def alias(name: str) -> Any:
    return order(my_size=(int, Field(alias=name)))


class Small(Enum):
    A = "a"
    B = "b"


class Renamed(Enum):
    FIRST = "a"
    SECOND = "b"


class Large(Enum):
    A = "a"
    B = "b"
    C = "c"


class Level(IntEnum):
    LOW = 1
    HIGH = 2


class Tag1(BaseModel):
    kind: Literal["one"] = "one"
    a: int = 0


class Tag2(BaseModel):
    kind: Literal["two"] = "two"
    b: str = ""


class Tag3(BaseModel):
    kind: Literal["three"] = "three"


class Point(NamedTuple):
    x: int
    y: int


class Point3(NamedTuple):
    x: int
    y: int
    z: int = 0


def named(name: str, made: Any) -> Any:
    """The class under the name that its other version has."""
    made.__name__ = made.__qualname__ = name
    return made


def tagged(*members: Any) -> Any:
    union = members[0]
    for member in members[1:]:
        union |= member
    return order(part=(union, Field(discriminator="kind")))


def tree(value: Any, **fields: Any) -> Any:
    made = create_model("Tree", value=(value, ...), **fields)
    made.model_rebuild(_types_namespace={"Tree": made})
    return made


CHILDREN: Any = (list["Tree"], [])  # type: ignore[name-defined]  # noqa: F821  # of the class that has it


T = TypeVar("T")


class Page(BaseModel, Generic[T]):
    items: list[T]


def bounded(**limits: Any) -> Any:
    return size(Decimal, **limits)


def days(**limits: Any) -> Any:
    return size(date, **limits)


def spans(**limits: Any) -> Any:
    return size(timedelta, **limits)


def no_c(value: str) -> str:
    if value == "c":
        raise ValueError("not yet")
    return value


def as_text(value: object) -> str:
    return str(value)


def first_only(value: list[int]) -> list[int]:
    return value[:1]


class Shouting(BaseModel):
    @computed_field
    def loud(self) -> Literal["a"]:
        return "a"


class StrictShouting(Shouting):
    model_config = ConfigDict(extra="forbid")


class Changing(BaseModel):
    number: int

    @computed_field
    def loud(self) -> Literal["a", "b"]:
        return "b" if self.number > 1 else "a"


def stamp(value: datetime) -> float:
    return value.timestamp()


def which(value: Any) -> str:
    kind = value.get("kind") if isinstance(value, dict) else value.kind
    return "two" if kind == "two" else "one"


class Writing(BaseModel):
    @model_serializer
    def _written(self) -> dict[str, int]:
        return {"number": 1, "size": 2}


class Extras(BaseModel):
    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, int]


class ExtraTexts(BaseModel):
    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, str]


@dataclass
class Data:
    x: int


@dataclass
class DataWithSize:
    x: int
    size: int = 0


class Typed(TypedDict):
    x: int


class TypedTotal(TypedDict):
    x: int
    y: int


class TypedOptional(TypedDict):
    x: int
    y: NotRequired[int]


class TypedRelaxed(TypedDict):
    x: int
    y: NotRequired[int]


Count = NewType("Count", int)
Alias = TypeAliasType("Alias", int)


Number: Any = size(int)
Strict = order(config={"extra": "forbid"})
Loose = order(config={"extra": "allow"})
StrictSized = order(config={"extra": "forbid"}, size=(int, 0))

KEYS: Sequence[Row] = (
    Row("an optional key is added", order(), order(size=(int, 0))),
    Row("a required key is added", order(), Number, accepts="accepted-key-required"),
    Row("an optional key is gone", order(size=(int, 0)), order(), emits="emitted-key-missing", accepts="accepted-key-ignored"),
    Row("a required key is gone", Number, order(), emits="emitted-key-missing", accepts="accepted-key-ignored"),
    Row("a default is gone", order(size=(int, 0)), Number, accepts="accepted-key-required"),
    Row("a default is added", Number, order(size=(int, 0))),
    Row("a default changes", order(size=(int, 0)), order(size=(int, 1))),
    Row("a default becomes null, not the type", order(size=(int, 0)), order(size=(int, None)), emits="emitted-null-added"),
    Row("a default factory", order(size=(list[int], [])), order(size=(list[int], Field(default_factory=list)))),
    Row("a default is added, unset keys left out", Number, order(size=(int, 0)), dump=NO_UNSET, emits="emitted-key-optional"),
    Row("a default is added, defaults left out", Number, order(size=(int, 0)), dump=NO_DEFAULTS, emits="emitted-key-optional"),
    Row("a default changes, defaults left out", order(size=(int, 0)), order(size=(int, 1)), dump=NO_DEFAULTS),
    Row("null is added, null left out", Number, order(size=(int | None, None)), dump=NO_NONE, emits="emitted-key-optional"),
    Row("null is gone, null left out", order(size=(int | None, None)), Number, dump=NO_NONE, accepts="accepted-key-required accepted-null-removed"),
    Row("a key is renamed", order(size=int), order(length=int), emits="emitted-key-missing", accepts="accepted-key-required"),
    Row("an optional key is renamed", order(size=(int, 0)), order(length=(int, 0)), emits="emitted-key-missing", accepts="accepted-key-ignored"),
    Row("an alias is renamed", alias("one"), alias("two"), emits="emitted-key-missing", accepts="accepted-key-required"),
    Row("an alias is renamed, names are written", alias("one"), alias("two"), dump=BY_NAME, accepts="accepted-key-required"),
    Row("the field behind an alias is renamed", order(a=(int, Field(alias="x"))), order(b=(int, Field(alias="x")))),
    Row("the old key is read as well", order(one=int), order(two=(int, Field(validation_alias=AliasChoices("two", "one")))), emits="emitted-key-missing"),
    Row("the old key is no longer read", order(two=(int, Field(validation_alias=AliasChoices("two", "one")))), order(two=int), accepts="accepted-name-removed"),
    Row("another key is written", Number, order(size=(int, Field(serialization_alias="length"))), emits="emitted-key-missing"),
    Row("another key is read", Number, order(size=(int, Field(validation_alias="length"))), accepts="accepted-key-required"),
    Row("a path is read", Number, order(size=(int, Field(validation_alias=AliasPath("box", "size")))), accepts="accepted-key-ignored accepted-key-required"),
    Row("names are read beside aliases", alias("one"), order(config={"populate_by_name": True}, my_size=(int, Field(alias="one")))),
    Row("an alias generator", order(my_size=int), order(config={"alias_generator": to_camel}, my_size=int), emits="emitted-key-missing", accepts="accepted-key-required"),
    Row("an alias generator that changes no key", Number, order(config={"alias_generator": to_camel}, size=int)),
    Row("a field is no longer written", order(size=(int, 0)), order(size=(int, Field(0, exclude=True))), emits="emitted-key-missing"),
    Row("a field is written again", order(size=(int, Field(0, exclude=True))), order(size=(int, 0))),
    Row("unknown keys are refused now", order(), Strict),
    Row("unknown keys are ignored now", Strict, order()),
    Row("unknown keys are kept now, were refused", Strict, Loose, emits="emitted-extra-keys"),
    Row("unknown keys are kept now, were ignored", order(), Loose),
    Row("unknown keys are no longer kept", Loose, order()),
    Row("kept keys are refused now", Loose, Strict, accepts="accepted-extra-keys"),
    Row("a key is added where others are refused", Strict, StrictSized, emits="emitted-key-added"),
    Row("a key is gone where others are refused", StrictSized, Strict, emits="emitted-key-missing", accepts="accepted-key-removed"),
    Row("a key is declared that was kept", Loose, order(config={"extra": "allow"}, size=(int, 0)), accepts="accepted-key-possible"),
    Row("a computed field is added", order(), order(Shouting)),
    Row("a computed field is added where others are refused", Strict, made("Order", __base__=StrictShouting, number=(int, ...)), emits="emitted-key-added"),
    Row("a computed field is gone", order(Shouting), order(), emits="emitted-key-missing"),
    Row("a computed field is gone that was not written", order(Shouting), order(), dump=NO_COMPUTED, since=(2, 12)),
    Row("a computed field has another value", order(Shouting), order(Changing), emits="emitted-value-added"),
    Row("the order of the fields", order(a=int, b=int), order(b=int, a=int)),
    Row("words about a field", Number, order(size=(int, Field(title="Size", description="of it", examples=[1], deprecated=True)))),
    Row("frozen", order(), order(config={"frozen": True})),
    Row("fields of a base class", order(loud=int), order(made("Base", loud=(int, ...)))),
)  # fmt: skip

SCALARS: Sequence[Row] = (
    Row("null is added", Number, size(int | None), emits="emitted-null-added"),
    Row("null is gone", size(int | None), Number, accepts="accepted-null-removed"),
    Row("an integer becomes a number", Number, size(float), emits="emitted-null-added emitted-type-changed"),
    Row("an integer becomes a finite number", Number, size(float, allow_inf_nan=False), emits="emitted-type-changed"),
    Row("a number becomes an integer", size(float), Number, accepts="accepted-type-narrowed"),
    Row("infinity is gone", size(float), size(float, allow_inf_nan=False)),
    Row("infinity is written as text", size(float), order(config={"ser_json_inf_nan": "strings"}, size=float), emits="emitted-type-changed"),
    Row("an integer becomes a decimal", Number, size(Decimal), emits="emitted-type-changed"),
    Row("a decimal becomes an integer", size(Decimal), Number, emits="emitted-type-changed", accepts="accepted-member-removed"),
    Row("a decimal becomes a number", size(Decimal), size(float, allow_inf_nan=False), emits="emitted-type-changed", accepts="accepted-member-removed=lenient"),
    Row("a number becomes a decimal", size(float, allow_inf_nan=False), size(Decimal), emits="emitted-type-changed"),
    Row("an integer becomes a text", Number, size(str), emits="emitted-type-changed", accepts="accepted-type-narrowed"),
    Row("an integer becomes a text that is read from numbers", Number, order(config={"coerce_numbers_to_str": True}, size=str), emits="emitted-type-changed", accepts="accepted-type-narrowed=lenient"),
    Row("a text becomes an integer", size(str), Number, emits="emitted-type-changed", accepts="accepted-type-narrowed"),
    Row("a bool becomes an integer", size(bool), Number, emits="emitted-type-changed", accepts="accepted-type-narrowed=lenient"),
    Row("an integer becomes a bool", Number, size(bool), emits="emitted-type-changed", accepts="accepted-type-narrowed"),
    Row("strict", Number, order(config={"strict": True}, size=int)),
    Row("strict dates", size(date), order(config={"strict": True}, size=date)),
    Row("strict sets", size(set[int]), order(config={"strict": True}, size=set[int])),
    Row("a NewType", Number, size(Count)),
    Row("an alias", Number, size(Alias)),
    Row("anything", Number, size(Any), emits="emitted-type-changed"),
    Row("anything no more", size(Any), Number, accepts="accepted-type-narrowed"),
    Row("JSON becomes anything", size(JsonValue), size(Any)),
    Row("a lower bound", Number, size(int, ge=0), accepts="accepted-range-narrowed"),
    Row("a lower bound is gone", size(int, ge=0), Number, emits="emitted-range-widened"),
    Row("a bound is written otherwise", size(int, gt=0), size(int, ge=1)),
    Row("an upper bound of a number grows", size(float, le=1.5, ge=0), size(float, le=2, ge=0), emits="emitted-range-widened"),
    Row("an open end is closed", size(float, gt=0, lt=1), size(float, ge=0, le=1), emits="emitted-range-widened"),
    Row("a multiple", size(int, multiple_of=2), size(int, multiple_of=4), accepts="accepted-multiple-changed"),
    Row("a range becomes a list", size(int, ge=1, le=3), size(Literal[1, 2, 3])),
    Row("a text gets shorter", size(str, max_length=9), size(str, max_length=8), accepts="accepted-length-narrowed"),
    Row("a text gets longer", size(str, max_length=8), size(str, max_length=9), emits="emitted-length-widened"),
    Row("a text is not empty", size(str), size(str, min_length=1), accepts="accepted-length-narrowed"),
    Row("white space is stripped", size(str), size(Annotated[str, StringConstraints(strip_whitespace=True)])),
    Row("white space is stripped from what is not empty", size(str, min_length=1), size(Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]), accepts="accepted-pattern-narrowed"),
    Row("letters become lower case", size(str), size(Annotated[str, StringConstraints(to_lower=True)])),
    Row("a pattern gets wider", size(str, pattern="^[a-z]+$"), size(str, pattern="^[a-z0-9]+$"), emits="emitted-pattern-widened"),
    Row("a pattern gets narrower", size(str, pattern="^[a-z0-9]+$"), size(str, pattern="^[a-z]+$"), accepts="accepted-pattern-narrowed"),
    Row("a pattern is written otherwise", size(str, pattern="^[ab]+$"), size(str, pattern="^(?:a|b)(?:a|b)*$")),
    Row("a pattern becomes a list", size(str, pattern="^(?:a|b)$"), size(Literal["a", "b"])),
    Row("a text becomes a UUID", size(str), size(UUID), accepts="accepted-format-changed"),
    Row("a UUID of any version becomes one of version 4", size(UUID), size(UUID4), accepts="accepted-format-changed"),
    Row("a text becomes an address", size(str), size(EmailStr), accepts="accepted-format-changed"),
    Row("a URL of any scheme becomes one of http", size(AnyUrl), size(HttpUrl), accepts="accepted-format-changed"),
    Row("a text becomes a secret", size(str), size(SecretStr)),
    Row("a secret becomes a text", size(SecretStr), size(str), emits="emitted-type-changed"),
    Row("a text becomes bytes", size(str), size(bytes)),
    Row("bytes are written in base64", size(bytes), order(config={"ser_json_bytes": "base64"}, size=bytes)),
    Row("bytes are written as text", order(config={"ser_json_bytes": "base64"}, size=bytes), size(bytes), emits="emitted-format-changed"),
    Row("bytes are read in hex", size(bytes), order(config={"val_json_bytes": "hex"}, size=bytes), accepts="accepted-pattern-narrowed"),
    Row("bytes become a text of base64", size(bytes), size(Base64Bytes), accepts="accepted-format-changed"),
    Row("a value of a literal is added", size(Literal["a", "b"]), size(Literal["a", "b", "c"]), emits="emitted-value-added"),
    Row("a value of a literal is gone", size(Literal["a", "b", "c"]), size(Literal["a", "b"]), accepts="accepted-value-removed"),
    Row("the values of a literal in another order", size(Literal["a", "b"]), size(Literal["b", "a"])),
    Row("a member is added", size(Small), size(named("Small", Large)), emits="emitted-value-added"),
    Row("a member is gone", size(Large), size(named("Large", Enum("Large", {"A": "a", "B": "b"}))), accepts="accepted-value-removed"),
    Row("members have other names", size(Small), size(named("Small", Renamed))),
    Row("an enumeration becomes a literal", size(Small), size(Literal["a", "b"])),
    Row("an enumeration becomes a text", size(Small), size(str), emits="emitted-type-changed"),
    Row("a text becomes an enumeration", size(str), size(Small), accepts="accepted-type-narrowed"),
    Row("an enumeration of integers becomes integers", size(Level), Number, emits="emitted-type-changed"),
    Row("values of members are kept", size(Small), order(config={"use_enum_values": True}, size=Small)),
    Row("a default that is a literal", order(size=(Literal["a"], "a")), order(size=(Literal["a", "b"], "a")), emits="emitted-value-added"),
)  # fmt: skip

TIMES: Sequence[Row] = (
    Row("a date becomes a time", size(date), size(datetime), emits="emitted-format-changed", accepts="accepted-format-changed=lenient"),
    Row("a time becomes a date", size(datetime), size(date), emits="emitted-format-changed", accepts="accepted-format-changed"),
    Row("times have a zone", size(datetime), size(AwareDatetime), accepts="accepted-format-changed"),
    Row("times have no zone", size(datetime), size(NaiveDatetime), accepts="accepted-format-changed"),
    Row("a date has a bound", size(date), days(ge=date(2020, 1, 1)), accepts="accepted-format-changed"),
    Row("the bound of a date is lower", days(ge=date(2020, 1, 1)), days(ge=date(2019, 1, 1)), emits="emitted-format-changed"),
    Row("the bound of a date is written otherwise", days(gt=date(2019, 12, 31)), days(ge=date(2020, 1, 1))),
    Row("a date in the future", size(date), size(FutureDate), refuses=True),
    Row("a date and time has a bound", size(datetime), size(datetime, ge=datetime(2020, 1, 1)), accepts="accepted-format-changed"),  # noqa: DTZ001
    Row("a time of day has a bound", size(time, le=time(12)), size(time, le=time(13)), emits="emitted-format-changed"),
    Row("a duration has a longer bound", spans(le=timedelta(hours=1)), spans(le=timedelta(days=1)), emits="emitted-format-changed"),
    Row("the bound of a duration in other units", spans(le=timedelta(hours=24)), spans(le=timedelta(days=1))),
    Row("a duration is written as a number", size(timedelta), order(config={"ser_json_timedelta": "float"}, size=timedelta), emits="emitted-type-changed"),
    Row("a decimal has more digits", bounded(max_digits=4, decimal_places=2), bounded(max_digits=5, decimal_places=2), emits="emitted-format-changed"),
    Row("a decimal has fewer places", bounded(decimal_places=2), bounded(decimal_places=1), accepts="accepted-format-changed accepted-range-narrowed"),
    Row("a decimal has a bound", bounded(), bounded(ge=0), accepts="accepted-format-changed accepted-range-narrowed"),
    Row("the bound of a decimal is lower", bounded(ge=1), bounded(ge=0), emits="emitted-format-changed"),
    Row("the bound of a decimal is written otherwise", bounded(ge=Decimal("1.0")), bounded(ge=Decimal("1.00"))),
)  # fmt: skip

CONTAINERS: Sequence[Row] = (
    Row("an item may be null", size(list[int]), size(list[int | None]), emits="emitted-null-added"),
    Row("one becomes many", Number, size(list[int]), emits="emitted-type-changed", accepts="accepted-type-narrowed"),
    Row("one or many", Number, size(int | list[int]), emits="emitted-member-added"),
    Row("a list gets shorter", size(list[int], max_length=3), size(list[int], max_length=2), accepts="accepted-items-narrowed"),
    Row("a list is not empty", size(list[int]), size(list[int], min_length=1), accepts="accepted-items-narrowed"),
    Row("a list becomes a set", size(list[int]), size(set[int])),
    Row("a set becomes a list", size(set[int]), size(list[int]), emits="emitted-unique-lost"),
    Row("a set becomes a frozen one", size(set[int]), size(frozenset[int])),
    Row("a list becomes a tuple of any length", size(list[int]), size(tuple[int, ...])),
    Row("a list becomes a pair", size(list[int]), size(tuple[int, int]), accepts="accepted-items-narrowed"),
    Row("a pair becomes a list", size(tuple[int, int]), size(list[int]), emits="emitted-items-widened"),
    Row("a pair becomes a triple", size(tuple[int, int]), size(tuple[int, int, int]), emits="emitted-items-widened", accepts="accepted-items-narrowed"),
    Row("a pair gets names", size(tuple[int, int]), size(Point)),
    Row("a named tuple gets a default", size(Point), size(named("Point", Point3)), emits="emitted-items-widened"),
    Row("keys become integers", size(dict[str, int]), size(dict[int, int]), accepts="accepted-keys-narrowed"),
    Row("keys become texts", size(dict[int, int]), size(dict[str, int]), emits="emitted-keys-widened"),
    Row("keys become UUIDs", size(dict[str, int]), size(dict[UUID, int]), accepts="accepted-keys-narrowed"),
    Row("keys become a literal", size(dict[str, int]), size(dict[Literal["a", "b"], int]), accepts="accepted-keys-narrowed"),
    Row("keys become an enumeration", size(dict[Literal["a", "b"], int]), size(dict[Small, int])),
    Row("values of a dictionary may be null", size(dict[str, int]), size(dict[str, int | None]), emits="emitted-null-added"),
    Row("a dictionary is not empty", size(dict[str, int]), size(dict[str, int], min_length=1), accepts="accepted-items-narrowed"),
    Row("a model becomes a dictionary", size(Tag1), size(dict[str, int]), emits="emitted-key-missing", accepts="accepted-type-narrowed"),
    Row("a typed dictionary gets a key", size(Typed), size(named("Typed", TypedTotal)), accepts="accepted-key-required"),
    Row("a typed dictionary gets an optional key", size(Typed), size(named("Typed", TypedOptional))),
    Row("a key of a typed dictionary becomes optional", size(TypedTotal), size(named("TypedTotal", TypedRelaxed)), emits="emitted-key-optional"),
    Row("JSON in a text of more values", size(Json[list[int]]), size(Json[list[int | None]]), emits="emitted-null-added"),
    Row("JSON in a text or null, of more values", size(Json[list[int]] | None), size(Json[list[int | str]] | None), emits="emitted-member-added"),
    Row("a member beside JSON in a text", size(Json[list[int]] | int), size(Json[list[int]] | int | None), emits="emitted-null-added"),
    Row("JSON in a text of fewer values", size(Json[list[float]]), size(Json[list[int]]), accepts="accepted-check-added"),
    Row("JSON in a text becomes a value", size(Json[list[int]]), size(list[int]), accepts="accepted-type-narrowed"),
    Row("another argument of a generic", size(Page[int]), size(Page[str]), emits="emitted-type-changed", accepts="accepted-type-narrowed"),
    Row("a root model of what it was", size(list[int]), size(RootModel[list[int]])),
    Row("the root of a root model", size(RootModel[int]), size(RootModel[str]), emits="emitted-type-changed", accepts="accepted-type-narrowed"),
    Row("a root that is a list of the model", many(order()), many(Number), accepts="accepted-key-required"),
    Row("a root that is a list of models or null", many(order()), many(order() | None), emits="emitted-null-added"),
    Row("a root that is a dictionary", keyed(Number), keyed(size(int, ge=0)), accepts="accepted-range-narrowed"),
    Row("the value in a tree may be null", tree(int, children=CHILDREN), tree(int | None, children=CHILDREN), emits="emitted-null-added"),
    Row("a tree has no children", tree(int, children=CHILDREN), tree(int), emits="emitted-key-missing", accepts="accepted-key-ignored"),
    Row("a tree gets children", tree(int), tree(int, children=CHILDREN)),
)  # fmt: skip

UNIONS: Sequence[Row] = (
    Row("a member of a union is added", size(int | str), size(int | str | bool), emits="emitted-member-added"),
    Row("a member of a union is gone", size(int | str | bool), size(int | str), accepts="accepted-member-removed=lenient"),
    Row("the members in another order", size(int | str), size(str | int)),
    Row("left to right", size(int | str), order(size=(int | str, Field(union_mode="left_to_right")))),
    Row("a discriminator", order(part=Tag1 | Tag2), tagged(Tag1, Tag2), accepts="accepted-key-required"),
    Row("a discriminator is gone", tagged(Tag1, Tag2), order(part=Tag1 | Tag2)),
    Row("a tagged member is added", tagged(Tag1, Tag2), tagged(Tag1, Tag2, Tag3), emits="emitted-member-added"),
    Row("a tagged member is gone", tagged(Tag1, Tag2, Tag3), tagged(Tag1, Tag2), accepts="accepted-member-removed"),
    Row("one becomes a tagged union", order(part=Tag1), tagged(Tag1, Tag2), emits="emitted-member-added", accepts="accepted-key-required"),
    Row("a tag has another value", tagged(Tag1, Tag2), tagged(named("Tag1", made("Tag1", kind=(Literal["uno"], "uno"), a=(int, 0))), Tag2), emits="emitted-value-added", accepts="accepted-value-removed"),
    Row("a tag has two values", tagged(Tag1, Tag2), tagged(named("Tag1", made("Tag1", kind=(Literal["one", "uno"], "one"), a=(int, 0))), Tag2), emits="emitted-value-added"),
    Row("a key of a tagged member is gone", tagged(Tag1, Tag2), tagged(made("Tag1", kind=(Literal["one"], "one")), Tag2), emits="emitted-key-missing", accepts="accepted-key-ignored"),
    Row("a key of a tagged member is required", tagged(Tag1, Tag2), tagged(made("Tag1", kind=(Literal["one"], "one"), a=(int, ...)), Tag2), accepts="accepted-key-required"),
    Row("a class is renamed", order(part=Tag1), order(part=made("Label", kind=(Literal["one"], "one"), a=(int, 0)))),
    Row("a class moves to another module", order(part=made("Part", __module__="one", a=(int, ...))), order(part=made("Part", __module__="two", a=(int, ...)))),
    Row("integers and numbers", size(int | float), size(float)),
    Row("integers of two ranges", size(Annotated[int, Field(le=0)] | Annotated[int, Field(ge=1)]), Number),
)  # fmt: skip

CODE: Sequence[Row] = (
    Row("an encoder for a class", size(datetime), order(config={"json_encoders": {datetime: stamp}}, size=datetime), emits="emitted-null-added=unknown emitted-type-changed"),
    Row("an encoder for a class is gone", order(config={"json_encoders": {datetime: stamp}}, size=datetime), size(datetime), emits="emitted-type-changed"),
    Row("the model writes itself", Number, order(Writing, size=int), emits="emitted-key-missing=unknown"),
    Row("a serializer for what is not null", size(int | None), size(Annotated[int | None, PlainSerializer(as_text, when_used="json-unless-none")]), emits="emitted-type-changed"),
    Row("undeclared keys have a type", Loose, order(Extras), accepts="accepted-type-narrowed"),
    Row("undeclared keys of another type", order(Extras), order(ExtraTexts), emits="emitted-type-changed", accepts="accepted-type-narrowed"),
    Row("a dataclass gets a key", size(Data), size(named("Data", DataWithSize))),
    Row("a function tells the members", order(part=Tag1 | Tag2), order(part=Annotated[Annotated[Tag1, Tag("one")] | Annotated[Tag2, Tag("two")], Discriminator(which)])),
    Row("a sequence", size(list[int]), size(Sequence[int])),
    Row("a deep list", size(list[list[int]]), size(list[list[int | None]]), emits="emitted-null-added"),
    Row("a text of few bytes", size(bytes, max_length=3), size(bytes, max_length=2), accepts="accepted-length-narrowed"),
    Row("names are written", order(config={"serialize_by_alias": True}, my_size=(int, Field(alias="x"))), order(config={"serialize_by_alias": False}, my_size=(int, Field(alias="x"))), dump=DumpOptions(by_alias=None), emits="emitted-key-missing", since=(2, 11)),
    Row("dates are written as numbers", size(datetime), order(config={"ser_json_temporal": "seconds"}, size=datetime), emits="emitted-type-changed", since=(2, 12)),
    Row("a default that is validated", order(size=(int, "1")), order(config={"validate_default": True}, size=(int, "1"))),
    Row("a value is coerced that was not", order(config={"strict": True}, size=float), size(float)),
    Row("several changes at one place", size(Literal["a"]), size(Literal["b"] | None), emits="emitted-null-added emitted-value-added", accepts="accepted-type-narrowed"),
    Row("a value in a list in a dictionary", size(dict[str, list[Literal["a"]]]), size(dict[str, list[Literal["a", "b"]]]), emits="emitted-value-added"),
    Row("an integer in a set", size(set[int]), size(set[int | str]), emits="emitted-member-added"),
    Row("either of two lists", size(list[int] | list[str]), size(list[int | str]), emits="emitted-member-added"),
    Row("a list of either", size(list[int | str]), size(list[int] | list[str]), accepts="accepted-member-removed"),
    Row("a value is added that a validator forbids", size(Literal["a", "b"]), size(Annotated[Literal["a", "b", "c"], AfterValidator(no_c)]), emits="emitted-value-added=unknown"),
    Row("a validator that changes nothing of the type", Number, size(Annotated[int, AfterValidator(abs)])),
    Row("a validator mends what is gone", size(int | None), size(Annotated[int, BeforeValidator(lambda value: value or 0)]), accepts="accepted-null-removed=lenient"),
    Row("a validator keeps a part of a list", size(list[int]), size(Annotated[list[int], BeforeValidator(first_only), Field(max_length=1)]), accepts="accepted-items-narrowed=lenient"),
    Row("a serializer writes a text", Number, size(Annotated[int, PlainSerializer(as_text)]), emits="emitted-type-changed"),
    Row("a serializer is gone", size(Annotated[int, PlainSerializer(as_text)]), Number, emits="emitted-type-changed"),
    Row("a serializer writes what was written", size(str), size(Annotated[int, PlainSerializer(as_text)]), accepts="accepted-type-narrowed"),
    Row("a serializer never writes what it may", size(Literal["a"]), size(Annotated[Literal["a", "b"], PlainSerializer(lambda _: "a", return_type=Literal["a", "b"])]), emits="emitted-value-added=unknown"),
    Row("a wrap serializer", Number, size(Annotated[int, WrapSerializer(lambda value, handler: str(handler(value)), return_type=str)]), emits="emitted-type-changed"),
)  # fmt: skip

INSTALLED = tuple(map(int, VERSION.split(".")[:2]))
ALL: Sequence[Row] = (*KEYS, *SCALARS, *TIMES, *CONTAINERS, *UNIONS, *CODE)
ROWS = [row for row in ALL if row.since <= INSTALLED]
