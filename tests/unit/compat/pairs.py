"""
Two versions of a field, and what is said of it in each direction: the rule, or None if nothing is.

A row is (old, new, emitted, accepted). Emitted: the new backend, old frontends. Accepted: old frontends, the new backend.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from ipaddress import IPv4Address
from typing import Annotated, Any, Literal, NamedTuple
from uuid import UUID

import samewire
from pydantic import (
    AnyUrl,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    EmailStr,
    Field,
    FtpUrl,
    HttpUrl,
    IPvAnyAddress,
    Json,
    NaiveDatetime,
    UrlConstraints,
    create_model,
)


class Two(Enum):
    A = "a"
    B = "b"


class Three(Enum):
    A = "a"
    B = "b"
    C = "c"


class P1(NamedTuple):
    x: int
    y: int


class Cat(BaseModel):
    kind: Literal["cat"]
    lives: int


class CatWithName(BaseModel):
    kind: Literal["cat"]
    lives: int
    name: str


class Dog(BaseModel):
    kind: Literal["dog"]
    loud: bool


class Bird(BaseModel):
    kind: Literal["bird"]


class CatWithoutLives(BaseModel):
    kind: Literal["cat"]


class DogOrWolf(BaseModel):
    kind: Literal["dog", "wolf"]
    loud: bool


class Open(BaseModel):
    model_config = ConfigDict(extra="allow")
    a: int


class Closed(BaseModel):
    model_config = ConfigDict(extra="forbid")
    a: int


class ClosedWithB(BaseModel):
    model_config = ConfigDict(extra="forbid")
    a: int
    b: int = 0


class Plain(BaseModel):
    a: int


class PlainWithB(BaseModel):
    a: int
    b: int = 0


class Wide(BaseModel):
    """Takes every object, and drops its keys."""

    w: int | None = None


class AroundWide(BaseModel):
    p: Wide


class AroundPlain(BaseModel):
    p: Plain


class PlainWithRequiredB(BaseModel):
    a: int
    b: int


class PlainWithNull(BaseModel):
    a: int | None


def text(**limits: Any) -> Any:
    return Annotated[str, Field(**limits)]


def whole(**limits: Any) -> Any:
    return Annotated[int, Field(**limits)]


def real(**limits: Any) -> Any:
    return Annotated[float, Field(allow_inf_nan=False, **limits)]


def digits(most: int | None, places: int | None) -> Any:
    return Annotated[Decimal, Field(max_digits=most, decimal_places=places)]


def steps(of: str) -> Any:
    limits: dict[str, Any] = {"multiple_of": Decimal(of)}
    return Annotated[Decimal, Field(**limits)]


def many(item: Any, **limits: Any) -> Any:
    return Annotated[list[item], Field(**limits)]


def tagged(*members: Any) -> Any:
    union: Any = members[0]
    for member in members[1:]:
        union |= member
    return Annotated[union, Field(discriminator="kind")]


WebsocketOrHttp = Annotated[AnyUrl, UrlConstraints(allowed_schemes=["https", "http", "wss"])]
Row = tuple[Any, Any, str | None, str | None]


def by(key: Any) -> Any:
    return dict[key, int]


def under(value: Any) -> Any:
    return create_model("Under", k=(value, ...))


def grows(*values: Any) -> Any:
    return Annotated[Literal[values], samewire.Open]


def some(*models: Any) -> Any:
    return Annotated[tagged(*models), samewire.Open]


SAME: Sequence[Any] = (
    *(str, int, float, bool, bytes, Decimal, datetime, date, time, timedelta, UUID, EmailStr, AnyUrl, IPvAnyAddress),
    *(list[int], set[str], dict[str, int], tuple[int, str], tuple[int, ...], P1, Two, Literal["a", 1, None], Any),
    *(grows("a", 1), some(Cat, Dog), many(some(Cat, Bird)), Annotated[Two | None, samewire.Open]),
    *(Cat, Open, Closed, tagged(Cat, Dog), Cat | Dog | None, Wide | Plain | PlainWithB, AroundWide | AroundPlain, text(pattern="^[a-z]+$", max_length=9), Json[list[int]]),
    *(whole(ge=0, multiple_of=5), real(gt=0, lt=1), Annotated[Decimal, Field(max_digits=5, decimal_places=2)]),
    *(Annotated[date, Field(ge=date(2020, 1, 1))], AwareDatetime, NaiveDatetime),
)  # fmt: skip

SCALARS: Sequence[Row] = (
    (int, int | None, "emitted-null-added", None),
    (str | None, str, None, "accepted-null-removed"),
    (int, str, "emitted-type-changed", "accepted-type-narrowed"),
    (int, real(), "emitted-type-changed", None),
    (real(), int, None, "accepted-type-narrowed"),
    (bool, int, "emitted-type-changed", "accepted-type-narrowed"),
    (str, bool, "emitted-type-changed", "accepted-type-narrowed"),
    (bool, Literal[True], None, "accepted-value-removed"),
    (Literal[True], bool, "emitted-value-added", None),
    (int, Any, "emitted-type-changed", None),
    (Any, int, None, "accepted-type-narrowed"),
    (str, list[str], "emitted-type-changed", "accepted-type-narrowed"),
    (whole(ge=0), int, "emitted-range-widened", None),
    (int, whole(ge=0), None, "accepted-range-narrowed"),
    (whole(ge=0, le=10), whole(ge=1, le=10), None, "accepted-range-narrowed"),
    (whole(gt=0), whole(ge=1), None, None),
    (whole(lt=10), whole(le=9), None, None),
    (whole(le=1000), whole(le=500), None, "accepted-range-narrowed"),
    (whole(le=1000), whole(lt=1001), None, None),
    (whole(multiple_of=10), whole(multiple_of=5), "emitted-multiple-changed", None),
    (
        whole(multiple_of=3),
        whole(multiple_of=5),
        "emitted-multiple-changed",
        "accepted-multiple-changed",
    ),
    (whole(ge=1, le=3), Literal[1, 2, 3], None, None),
    (Literal[1, 2], whole(ge=1, le=3), "emitted-value-added", None),
    (real(ge=0), real(gt=0), None, "accepted-range-narrowed"),
    (real(gt=0, lt=1), real(ge=0, le=1), "emitted-range-widened", None),
    (real(le=1.5), real(le=2.5), "emitted-range-widened", None),
    (real(multiple_of=0.5), real(multiple_of=0.25), "emitted-multiple-changed", None),
    (real(multiple_of=0.1), real(multiple_of=0.2), None, "accepted-multiple-changed"),
    (whole(ge=0), real(ge=-1), "emitted-range-widened", None),
    (real(), float, "emitted-null-added", None),
)

TEXTS: Sequence[Row] = (
    (text(max_length=10), str, "emitted-length-widened", None),
    (str, text(max_length=10), None, "accepted-length-narrowed"),
    (text(max_length=10), text(max_length=20), "emitted-length-widened", None),
    (text(min_length=2), text(min_length=1), "emitted-length-widened", None),
    (text(min_length=1, max_length=5), text(min_length=2, max_length=5), None, "accepted-length-narrowed"),
    (text(pattern="^[a-z]+$"), text(pattern="^[a-z0-9]+$"), "emitted-pattern-widened", None),
    (text(pattern="^[a-z0-9]+$"), text(pattern="^[a-z]+$"), None, "accepted-pattern-narrowed"),
    (text(pattern="^a|b$"), text(pattern="^(?:a|b)$"), None, "accepted-pattern-narrowed"),
    (text(pattern="^[ab]$"), text(pattern="^(?:a|b)$"), None, None),
    (text(pattern="^[0-9]{2,4}$"), text(pattern=r"^\d{2,4}$"), "emitted-pattern-widened", None),
    (text(pattern="^[0-9]{2,4}$"), text(pattern="^[0-9]{2,4}$", max_length=4), None, None),
    (text(pattern="^[0-9]+$"), text(pattern="^[0-9]+$", max_length=4), None, "accepted-length-narrowed"),
    (text(pattern="^abc"), text(pattern="^ab"), "emitted-pattern-widened", None),
    (text(pattern="b"), text(pattern="abc"), None, "accepted-pattern-narrowed"),
    (text(pattern="^x*$"), text(pattern="^(?:xx)*x?$"), None, None),
    (text(max_length=3), text(pattern=r"^[\s\S]{0,3}$"), None, None),
    (text(pattern=r"^\w+$", max_length=5), text(pattern=r"^\w{1,5}$"), None, None),
    (text(pattern=r"^[\w-]+$"), text(pattern=r"^[\w.-]+$"), "emitted-pattern-widened", None),
    (text(pattern=r"^\d$"), text(pattern=r"^\w$"), "emitted-pattern-widened", None),
    (text(pattern=r"^\W$"), text(pattern=r"^[^\w]$"), None, None),
    (text(pattern="^(ab|c[.]d)$"), Literal["ab", "c.d"], None, None),
    (text(pattern="^(ab|cd)$"), Literal["ab", "ce"], "emitted-value-added", "accepted-type-narrowed"),
    (by(text(pattern="^[ab]$")), by(Literal["a", "b"]), None, None),
    (Literal["a", "b"], Literal["a", "b", "c"], "emitted-value-added", None),
    (Literal["a", "b", "c"], Literal["a", "b"], None, "accepted-value-removed"),
    (Literal["a"], Literal["b"], "emitted-value-added", "accepted-value-removed"),
    (Two, Three, "emitted-value-added", None),
    (Three, Two, None, "accepted-value-removed"),
    (Two, Literal["a", "b"], None, None),
    (Two, str, "emitted-type-changed", None),
    (str, Two, None, "accepted-type-narrowed"),
    (UUID, str, "emitted-format-changed", None),
    (str, UUID, None, "accepted-format-changed"),
    (datetime, date, "emitted-format-changed", "accepted-format-changed"),
    (AwareDatetime, datetime, "emitted-format-changed", None),
    (datetime, NaiveDatetime, None, "accepted-format-changed"),
    (Annotated[date, Field(ge=date(2020, 1, 1))], date, "emitted-format-changed", None),
    (Annotated[date, Field(ge=date(2020, 1, 1))], Annotated[date, Field(ge=date(2021, 1, 1))], None, "accepted-format-changed"),
    (Annotated[date, Field(gt=date(2020, 1, 1))], Annotated[date, Field(ge=date(2020, 1, 1))], "emitted-format-changed", None),
    (Annotated[Decimal, Field(ge=2)], Annotated[Decimal, Field(ge=1)], "emitted-format-changed", None),
    (digits(4, 2), digits(5, 2), "emitted-format-changed", None),
    (digits(5, 2), digits(None, 2), "emitted-format-changed", None),
    (digits(5, 2), digits(5, None), "emitted-format-changed", None),
    (steps("0.5"), steps("0.25"), "emitted-format-changed", None),
    (Annotated[timedelta, Field(le=timedelta(hours=1))], timedelta, "emitted-format-changed", None),
    (Annotated[date, Field(le=date(2020, 1, 1))], Annotated[date, Field(lt=date(2020, 1, 2))], None, None),
    (Annotated[date, Field(gt=date(2019, 12, 31))], Annotated[date, Field(ge=date(2020, 1, 1))], None, None),
    (IPvAnyAddress, IPv4Address, None, "accepted-format-changed"),
    (HttpUrl, FtpUrl, "emitted-format-changed", "accepted-format-changed"),
    (HttpUrl, WebsocketOrHttp, "emitted-format-changed", None),
    (EmailStr, str, "emitted-format-changed", None),
    (AnyUrl, str, "emitted-format-changed", None),
)  # fmt: skip

CONTAINERS: Sequence[Row] = (
    (list[int], list[int | None], "emitted-null-added", None),
    (list[str], list[int], "emitted-type-changed", "accepted-type-narrowed"),
    (many(int, max_length=3), list[int], "emitted-items-widened", None),
    (list[int], many(int, max_length=3), None, "accepted-items-narrowed"),
    (list[int], many(int, min_length=1), None, "accepted-items-narrowed"),
    (many(int, min_length=2), many(int, min_length=1), "emitted-items-widened", None),
    (set[int], list[int], "emitted-unique-lost", None),
    (list[int], set[int], None, None),  # Pydantic reads a set from a list that has an item twice
    (tuple[int, str], tuple[int, str, bool], "emitted-items-widened", "accepted-items-narrowed"),
    (tuple[int, int], list[int], "emitted-items-widened", None),
    (list[int], tuple[int, int], None, "accepted-items-narrowed"),
    (tuple[int, str], tuple[int, int], "emitted-type-changed", "accepted-type-narrowed"),
    (tuple[int, int], P1, None, None),
    (dict[str, int], dict[str, str], "emitted-type-changed", "accepted-type-narrowed"),
    (dict[str, int], dict[str, int | None], "emitted-null-added", None),
    (dict[Literal["a", "b"], int], dict[str, int], "emitted-keys-widened", None),
    (dict[str, int], dict[Literal["a", "b"], int], None, "accepted-keys-narrowed"),
    (dict[str, int], Annotated[dict[str, int], Field(max_length=2)], None, "accepted-items-narrowed"),
    (dict[str, int], Annotated[dict[str, int], Field(min_length=1)], None, "accepted-items-narrowed"),
    (list[list[int]], list[list[str]], "emitted-type-changed", "accepted-type-narrowed"),
)  # fmt: skip

OBJECTS: Sequence[Row] = (
    (Plain, PlainWithB, None, None),
    (PlainWithB, Plain, "emitted-key-missing", "accepted-key-ignored"),
    (Plain, PlainWithRequiredB, None, "accepted-key-required"),
    (PlainWithB, PlainWithRequiredB, None, "accepted-key-required"),
    (PlainWithRequiredB, PlainWithB, None, None),
    (Plain, PlainWithNull, "emitted-null-added", None),
    (PlainWithNull, Plain, None, "accepted-null-removed"),
    (Closed, ClosedWithB, "emitted-key-added", None),
    (ClosedWithB, Closed, "emitted-key-missing", "accepted-key-removed"),
    (Closed, Open, "emitted-extra-keys", None),
    (Open, Closed, None, "accepted-extra-keys"),
    (Plain, Open, None, None),
    (Open, PlainWithB, None, "accepted-key-possible"),
    (Plain, dict[str, int], "emitted-key-missing", None),
    (dict[str, int], Plain, None, "accepted-key-required"),
)

UNIONS: Sequence[Row] = (
    (int | str, int | str | bool, "emitted-member-added", None),
    (int | str | bool, int | str, None, "accepted-member-removed"),
    (int | str, str | int, None, None),
    (tagged(Cat, Dog), tagged(Cat, Dog, Bird), "emitted-member-added", None),
    (tagged(Cat, Dog, Bird), tagged(Cat, Dog), None, "accepted-member-removed"),
    (tagged(Cat, Dog), Cat | Dog, None, None),
    (tagged(Cat, Dog), tagged(CatWithName, Dog), None, "accepted-key-required"),
    (tagged(CatWithName, Dog), tagged(Cat, Dog), "emitted-key-missing", "accepted-key-ignored"),
    (Cat, tagged(Cat, Dog), "emitted-member-added", None),
    (int | None, int | str | None, "emitted-member-added", None),
    (whole(le=0) | whole(ge=1), int, None, None),
    (whole(le=0) | whole(ge=2), int, "emitted-range-widened", None),
    (text(max_length=3) | text(min_length=4), str, None, None),
    (list[int] | list[str], list[int | str], "emitted-member-added", None),
    (list[int | str], list[int] | list[str], None, "accepted-member-removed"),
)

OPENED: Sequence[Row] = (
    (grows("a", "b"), grows("a", "b", "c"), None, None),
    (grows("a", "b"), grows("a"), None, "accepted-value-removed"),
    (grows("a", "b"), grows("a", 1), "emitted-value-added", "accepted-value-removed"),
    (grows("a", "b"), Literal["a", "b", "c"], "emitted-closed", None),
    (Literal["a", "b"], grows("a", "b"), None, None),
    (Literal["a", "b"], grows("a", "b", "c"), "emitted-value-added", None),
    (grows("a") | None, Literal["a"] | None, "emitted-closed", None),
    (many(grows("a")), list[Literal["a"]], "emitted-closed", None),
    (under(grows("a")), under(grows("a", "b")), None, None),
    (under(grows("a")), under(Literal["a"]), "emitted-closed", None),
    (by(grows("a")), by(grows("a", "b")), None, None),
    (by(grows("a")), by(Literal["a"]), "emitted-closed", None),
    (Annotated[Two, samewire.Open], Annotated[Three, samewire.Open], None, None),
    (Annotated[Two, samewire.Open], Three, "emitted-closed", None),
    (grows("a"), str, None, None),
    (str, grows("a"), None, "accepted-type-narrowed"),
    (grows(1, 2), grows(1, 2, 3), None, None),
    (grows(1, 2), grows(1, 2, 2.5), "emitted-value-added", None),
    (some(Cat, Dog), some(Cat, Dog, Bird), None, None),
    (some(Cat, Dog), tagged(Cat, Dog, Bird), "emitted-closed", None),
    (tagged(Cat, Dog), some(Cat, Dog), None, None),
    (tagged(Cat, Dog), some(Cat, Dog, Bird), "emitted-member-added", None),
    (some(Cat, Dog, Bird), some(Cat, Dog), None, "accepted-member-removed"),
    (some(Cat, Dog), some(CatWithoutLives, Dog), "emitted-key-missing", "accepted-key-ignored"),
    (some(Cat, Dog), some(Cat, DogOrWolf), None, None),
    (some(Cat, Dog), some(Cat, Dog) | None, "emitted-null-added", None),
    (many(some(Cat, Dog)), many(tagged(Cat, Dog)), "emitted-closed", None),
)

ROWS: Sequence[Row] = (*OPENED, *SCALARS, *TEXTS, *CONTAINERS, *OBJECTS, *UNIONS)
