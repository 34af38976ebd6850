"""Defaults that Pydantic sends without having validated them."""

from __future__ import annotations

from .case import Case, Json, emits, refused

# What is sent where nobody has set a field, of the three cases below.
_KINDS: dict[str, Json] = {
    "a": {},
    "b": "5",
    "c": 1,
    "d": 0.5,
    "e": [0],
    "f": "[]",
    "g": "c",
    "h": [{}],
    "i": {"a": None},
    "j": [],
    "k": "none",
}
_TEXTS: dict[str, Json] = {
    "a": "",
    "b": "localhost",
    "c": "",
    "d": "",
    "e": "now",
    "f": "red",
    "g": "green",
    "h": "http://example.com:99999/",
    "i": "abc",
    "j": "a@example..com",
    "k": None,
    "l": "",
}
_MADE: dict[str, Json] = {
    "a": [],
    "b": None,
    "c": "2020-01-01T05:00:00",
    "d": {},
    "e": "12345678-1234-4678-9234-567812345678",
    "f": [1, 2],
}
_INSIDE: dict[str, Json] = {
    "a": {"n": None, "tags": []},
    "b": {"n": None, "cells": []},
    "c": {"n": 0},
    "d": [1, None],
    "e": {"n": "x"},
    "f": {"value": None, "next": None, "children": []},
    "g": [],
}


def _but(sent: dict[str, Json], *wrong: dict[str, Json]) -> list[Json]:
    """Near misses: what is sent with something wrong in it."""
    return [{**sent, **each} for each in wrong]


CASES: tuple[Case, ...] = (
    emits(
        "default-of-another-kind",
        """
        class Options(BaseModel):
            level: int

        class Root(BaseModel):
            a: Options = {}
            b: int = '5'
            c: bool = 1
            d: Decimal = 0.5
            e: list[Decimal] = [0]
            f: Json[list[int]] = '[]'
            g: Literal['a', 'b'] = 'c'
            h: list[Options] = [{}]
            i: dict[str, int] = {'a': None}
            j: tuple[int, str] = ()
            k: Options | None = 'none'
        """,
        [
            "Root()",
            "Root(a={'level': 1}, b=1, c=True, d='1', e=['1'], f='[1]', h=[], i={}, j=(1, 'x'), k=None)",
        ],
        _but(
            _KINDS,
            {"a": {"level": None}},
            {"a": {"x": 1}},
            {"a": None},
            {"b": "6"},
            {"c": 0},
            {"d": 1},
            {"d": 0},
            {"e": [1]},
            {"e": [0, 0]},
            {"f": ""},
            {"f": "[1]"},
            {"g": "d"},
            {"h": [{}, {}]},
            {"i": {"b": None}},
            {"j": [1]},
            {"k": "x"},
            {"k": {}},
        ),
        dump={"warnings": False},
    ),
    emits(
        "default-of-another-text",
        """
        class Color(Enum):
            RED = 'red'

        class Root(BaseModel):
            a: EmailStr = ''
            b: IPv4Address = 'localhost'
            c: AnyUrl = ''
            d: UUID = ''
            e: datetime = 'now'
            f: Color = 'red'
            g: Color = 'green'
            h: HttpUrl = 'http://example.com:99999/'
            i: Annotated[str, StringConstraints(to_upper=True)] = 'abc'
            j: EmailStr = 'a@example..com'
            k: Annotated[datetime, PlainSerializer(str, return_type=str, when_used='unless-none')] = None
            l: str = Field('', min_length=1)
        """,
        [
            "Root()",
            (
                "Root(a='a@b.co', b='127.0.0.1', c='http://a/', d='12345678-1234-4678-9234-567812345678', e='2020-01-01T00:00', "
                "f=Color.RED, g=Color.RED, h='http://a/', i='x', j='a@b.co', k='2020-01-01T00:00', l='x')"
            ),
        ],
        _but(
            _TEXTS,
            {"a": "x"},
            {"b": ""},
            {"c": "x"},
            {"d": "x"},
            {"e": ""},
            {"f": "green"},
            {"g": "blue"},
            {"h": "x"},
            {"i": "abcd"},
            {"j": ""},
            {"k": 1},
            {"l": None},
        ),
        dump={"warnings": False},
    ),
    emits(
        "default-of-a-factory",
        """
        class Root(BaseModel):
            a: list[str] = Field(default_factory=list, min_length=1)
            b: int = Field(default_factory=lambda: None)
            c: date = Field(default_factory=lambda: datetime(2020, 1, 1, 5))
            d: dict[str, int] = Field(default_factory=dict, min_length=1)
            e: UUID = Field(default_factory=uuid.uuid4)
            f: Annotated[list[int], Field(max_length=1)] = Field(default_factory=lambda: [1, 2])
        """,
        ["Root()", "Root(a=['x'], b=1, c='2020-01-01', d={'a': 1}, f=[1])"],
        _but(
            _MADE,
            {"a": None},
            {"a": [1]},
            {"b": "x"},
            {"c": "2020-01-01T05:00:01"},
            {"c": None},
            {"d": {"a": "x"}},
            {"e": ""},
            {"f": [2, 1]},
            {"f": [1, 2, 3]},
        ),
        dump={"warnings": False},
    ),
    emits(
        "default-inside-a-default",
        """
        class Inner(BaseModel):
            n: int = None
            tags: list[str] = Field(default_factory=list, min_length=1)

        class Node(BaseModel):
            value: int = None
            next: Optional['Node'] = None
            children: list['Node'] = Field(default_factory=list, min_length=1)

        @pydantic_dataclasses.dataclass
        class Row:
            n: int = None
            cells: Annotated[list[int], Field(min_length=1)] = dataclasses.field(default_factory=list)

        @dataclasses.dataclass
        class Plain:
            n: Annotated[int, Field(gt=0)] = 0

        class Pair(NamedTuple):
            x: int
            y: int = None

        class Part(TypedDict):
            n: Annotated[int, Field(default='x')]

        class Root(BaseModel):
            a: Inner = Inner()
            b: Row = Field(default_factory=Row)
            c: Plain = Field(default_factory=Plain)
            d: Pair = Pair(1)
            e: Part = Field({}, validate_default=True)
            f: Node = Node()
            g: RootModel[Annotated[list[int], Field(min_length=1)]] = RootModel[Any]([])
        """,
        ["Root()"],
        _but(
            _INSIDE,
            {"a": {"n": None}},
            {"a": {"n": "x", "tags": []}},
            {"b": {"n": None, "cells": ["x"]}},
            {"c": {"n": -1}},
            {"d": [1]},
            {"d": [None, None]},
            {"e": {"n": "y"}},
            {"f": {"value": 1, "next": None}},
            {"f": None},
            {"g": ["x"]},
            {"g": None},
        ),
        dump={"warnings": False},
    ),
    emits(
        "default-that-is-left-out",
        """
        class Root(BaseModel):
            a: list[str] = Field(default_factory=list, min_length=1)
            b: int = '5'
            c: int = Field(None, exclude_if=lambda value: value is None)
        """,
        ["Root()", "Root(a=['x'], b=5, c=1)"],
        [{"a": []}, {"b": "5"}, {"c": None}],
        dump={"warnings": False, "exclude_defaults": True},
    ),
    emits(
        "default-without-a-key-to-leave-out",
        """
        class Pair(NamedTuple):
            x: int
            y: int = None

        class Names(RootModel[Annotated[list[str], Field(min_length=1)]]):
            root: Annotated[list[str], Field(min_length=1)] = []

        class Root(BaseModel):
            pair: Pair
            names: Names
            list: list[Names]
        """,
        ["Root(pair=(1,), names=Names(), list=[Names(), Names(['x'])])"],
        [
            {"pair": [1], "names": [], "list": []},
            {"pair": [1, "x"], "names": [], "list": []},
            {"pair": [1, 2], "names": [1], "list": []},
            {"pair": [1, 2], "list": []},
        ],
        dump={
            "warnings": False,
            "exclude_defaults": True,
            "exclude_none": True,
            "exclude_unset": True,
        },
    ),
    emits(
        "null-default-of-a-factory-left-out",
        """
        class Root(BaseModel):
            a: int = Field(default_factory=lambda: None)
            b: int = 1
        """,
        ["Root()", "Root(a=1)"],
        [{"a": None, "b": 1}, {"a": "x", "b": 1}, {}],
        dump={"exclude_none": True},
    ),
    emits(
        "default-of-a-type-that-is-unset-in-a-dataclass",
        """
        @pydantic_dataclasses.dataclass
        class Row:
            n: int = None

        class Root(BaseModel):
            row: Row
            n: int = None
        """,
        ["Root(row=Row())", "Root(row=Row(n=1), n=1)"],
        [{"row": {}}, {"row": {"n": None}, "n": None}, {"row": {"n": "x"}}],
        dump={"exclude_unset": True},
    ),
    emits(
        "default-that-is-validated",
        """
        class Root(BaseModel):
            model_config = ConfigDict(validate_default=True)
            a: int = '5'
            b: date = datetime(2020, 1, 1)
        """,
        ["Root()"],
        [{"a": "5", "b": "2020-01-01"}, {"a": 5, "b": "2020-01-01T00:00:00"}],
    ),
    refused(
        "default-of-another-kind-each-time",
        """
        class Root(BaseModel):
            day: date = Field(default_factory=datetime.now)
        """,
        "invalid-default",
        "Root.day",
    ),
    refused(
        "default-of-a-set-without-order",
        """
        class Root(BaseModel):
            tags: set[int] = {'a', 'b'}
        """,
        "invalid-default",
        "Root.tags",
    ),
)
