"""Generics: one definition for each set of arguments, with names a person would give."""

from __future__ import annotations

from .case import Case, Json, both, emits, refused

_INHERITED: dict[str, Json] = {
    "a": {"value": [1], "own": 2},
    "b": {"value": [["x"]], "own": "y"},
    "c": {"value": [[1]], "own": 2, "more": ["z", "z"]},
    "d": {"value": [None]},
}

PAGE = """
T = TypeVar('T')
class Item(BaseModel):
    x: int
class Page(BaseModel, Generic[T]):
    items: list[T]
    total: int
"""

CASES: tuple[Case, ...] = (
    both(
        "arguments-that-differ-in-their-letters",
        """
        T = TypeVar('T')
        class Box(BaseModel, Generic[T]):
            x: T
        VALUES = {'a': 'a-b', 'b': 'a_b', 'c': 'A_B', 'd': 1, 'e': '1', 'f': -1, 'g': 'b', 'h': '', 'i': "'", 'j': ':1'}
        VALUES |= {'k': 'a', 'l': 'ab', 'm': (1,), 'n': (1, 2)}
        class Root(BaseModel):
            a: Box[Literal['a-b']]
            b: Box[Literal['a_b']]
            c: Box[Literal['A_B']]
            d: Box[Literal[1]]
            e: Box[Literal['1']]
            f: Box[Literal[-1]]
            g: Box[Literal['a', 'b']]
            h: Box[Literal['']]
            i: Box[Literal["'"]]
            j: Box[Literal[':1']]
            k: Box[Annotated[str, Field(max_length=1)]]
            l: Box[Annotated[str, Field(max_length=2)]]
            m: Box[tuple[int]]
            n: Box[tuple[int, ...]]
        """,
        [
            "Root(**{name: {'x': value} for name, value in VALUES.items()})",
        ],
        [{"a": {"x": "a_b"}}],
    ),
    both(
        "arguments-that-are-written-twice",
        """
        T = TypeVar('T')
        class Box(BaseModel, Generic[T]):
            x: T
        Many = TypeAliasType('Many', list[T], type_params=(T,))
        Tree = TypeAliasType('Tree', 'dict[str, T | Tree[T]]', type_params=(T,))
        class Item(BaseModel):
            y: int
        class Root(BaseModel):
            a: Box[int | None]
            b: Box[int | None]
            c: Many[int | None]
            d: Many[int | None]
            e: Many[Box[Item | None]]
            f: Many[Box[Item | None]]
            g: Tree[int | None]
            h: Tree[int | None] = {}
        """,
        [
            "Root(a=Box[int | None](x=1), b=Box[int | None](x=None), c=[None], d=[1], e=[Box[Item | None](x=None)], f=[], g={'x': {}})",
        ],
        [
            {"a": {"x": "x"}, "b": {"x": 1}, "c": [], "d": [], "e": [], "f": [], "g": {}, "h": {}},
            {"a": {"x": 1}, "b": {"x": 1}, "c": ["x"], "d": [], "e": [], "f": [], "g": {}, "h": {}},
            {"a": {"x": 1}, "b": {"x": 1}, "c": [], "d": ["x"], "e": [], "f": [], "g": {}, "h": {}},
            {
                "a": {"x": 1},
                "b": {"x": 1},
                "c": [],
                "d": [],
                "e": [],
                "f": [{"x": {}}],
                "g": {},
                "h": {},
            },
            {
                "a": {"x": 1},
                "b": {"x": 1},
                "c": [],
                "d": [],
                "e": [],
                "f": [],
                "g": {"x": "x"},
                "h": {},
            },
        ],
    ),
    both(
        "alias-statements-that-are-written-twice",
        """
        type Box[T] = list[T]
        type Tree[T] = dict[str, T | Tree[T]]
        class Root(BaseModel):
            a: Box[int | None]
            b: Box[int | None]
            c: Tree[str | None] = {}
            d: Tree[str | None] = {}
        """,
        ["Root(a=[1], b=[None], c={'x': {'y': None}})"],
        [{"a": ["x"], "b": [], "c": {}, "d": {}}, {"a": [], "b": ["x"], "c": {}, "d": {}}],
        python=(3, 12),
    ),
    both(
        "generic-as-root",
        PAGE + "Root = Page[Item]\n",
        ["Page[Item](items=[Item(x=1)], total=1)"],
        [{"items": [1], "total": 1}, {"items": [], "total": "x"}, {"items": [{}], "total": 1}],
    ),
    both(
        "generic-twice",
        PAGE
        + """
class Root(BaseModel):
    a: Page[int]
    b: Page[str]
    c: Page[int] | None = None
""",
        ["Root(a=Page[int](items=[1], total=1), b=Page[str](items=['x'], total=1))"],
        [
            {"a": {"items": ["x"], "total": 1}, "b": {"items": [], "total": 0}, "c": None},
            {"a": {"items": [], "total": 1}, "b": {"items": [1], "total": 0}, "c": None},
        ],
    ),
    both(
        "generic-nested",
        PAGE
        + """
class Root(BaseModel):
    a: Page[Page[Item | None]]
""",
        ["Root(a={'items': [{'items': [{'x': 1}, None], 'total': 2}], 'total': 1})"],
        [
            {"a": {"items": [{"items": [1], "total": 1}], "total": 1}},
            {"a": {"items": [None], "total": 1}},
        ],
    ),
    both(
        "generic-of-containers",
        PAGE
        + """
class Root(BaseModel):
    a: Page[dict[str, list[int]]]
    b: Page[Literal['x', 'y']]
    c: Page[tuple[int, str]]
""",
        [
            "Root(a={'items': [{'k': [1]}], 'total': 1}, b={'items': ['x'], 'total': 1}, c={'items': [(1, 'x')], 'total': 1})"
        ],
        [
            {
                "a": {"items": [{"k": ["x"]}], "total": 1},
                "b": {"items": [], "total": 1},
                "c": {"items": [], "total": 1},
            },
            {
                "a": {"items": [], "total": 1},
                "b": {"items": ["z"], "total": 1},
                "c": {"items": [], "total": 1},
            },
            {
                "a": {"items": [], "total": 1},
                "b": {"items": [], "total": 1},
                "c": {"items": [[1]], "total": 1},
            },
        ],
    ),
    both(
        "generic-of-two",
        """
        K = TypeVar('K')
        V = TypeVar('V')
        class Pair(BaseModel, Generic[K, V]):
            key: K
            value: V
        class Root(BaseModel):
            a: Pair[str, int]
            b: Pair[int, Pair[str, bool]]
        """,
        ["Root(a={'key': 'x', 'value': 1}, b={'key': 1, 'value': {'key': 'y', 'value': True}})"],
        [
            {"a": {"key": 1, "value": 1}, "b": {"key": 1, "value": {"key": "y", "value": True}}},
            {"a": {"key": "x", "value": 1}, "b": {"key": 1, "value": {"key": 2, "value": True}}},
        ],
    ),
    both(
        "generic-default-and-bound",
        """
        class Animal(BaseModel):
            name: str
        A = TypeVar('A', bound=Animal)
        D = TypeVar('D', default=int)
        class Box(BaseModel, Generic[A]):
            animal: A
        class Crate(BaseModel, Generic[D]):
            value: D
        class Root(BaseModel):
            box: Box[Animal]
            crate: Crate
            other: Crate[str]
        """,
        [
            "Root(box=Box[Animal](animal=Animal(name='x')), crate=Crate(value=1), other=Crate[str](value='x'))"
        ],
        [
            {"box": {"animal": {}}, "crate": {"value": 1}, "other": {"value": "x"}},
            {"box": {"animal": {"name": "x"}}, "crate": {"value": "x"}, "other": {"value": "x"}},
            {"box": {"animal": {"name": "x"}}, "crate": {"value": 1}, "other": {"value": 1}},
        ],
    ),
    emits(
        "generic-serializers-that-return-type-variables",
        """
        T = TypeVar('T')
        K = TypeVar('K')
        class Box(BaseModel, Generic[T, K]):
            value: T
            tags: set[T] = set()
            last: T | None = None
            @field_serializer('value')
            def _value(self, value: T) -> T:
                return value
            @field_serializer('tags')
            def _tags(self, value: set[T]) -> list[T]:
                return sorted(value)
            @field_serializer('last', mode='wrap')
            def _last(self, value: T | None, handler) -> dict[K, tuple[T, int]] | None:
                return None if value is None else {'a': (value, 1)}
        class Root(Box[int, Literal['a']]):
            pass
        """,
        ["Root(value=1)", "Root(value=1, tags={2}, last=3)"],
        [
            {"value": "x", "tags": [], "last": None},
            {"value": 1, "tags": ["x"], "last": None},
            {"value": 1, "tags": [], "last": {"b": [1, 1]}},
            {"value": 1, "tags": [], "last": {"a": ["x", 1]}},
        ],
    ),
    emits(
        "generic-model-serializer-that-returns-type-variables",
        """
        T = TypeVar('T')
        class Box(BaseModel, Generic[T]):
            value: T
            @model_serializer(mode='wrap')
            def _all(self, handler) -> dict[str, T]:
                return handler(self)
        Root = Box[int]
        """,
        ["Root(value=1)"],
        [{"value": "x"}, 1],
    ),
    emits(
        "generic-serializers-inherited-through-generics",
        """
        T = TypeVar('T')
        K = TypeVar('K')
        class Box(BaseModel, Generic[T]):
            value: T
            @field_serializer('value')
            def _value(self, value: T) -> list[T]:
                return [value]
        class Same(Box[T], Generic[T]):
            own: T
        class Other(Box[list[K]], Generic[K]):
            own: K
        class Both(Other[int], Generic[T]):
            more: T
            @field_serializer('more')
            def _more(self, value: T) -> tuple[T, T]:
                return (value, value)
        class Bare(Box):
            pass
        class Root(BaseModel):
            a: Same[int]
            b: Other[str]
            c: Both[str]
            d: Bare
        """,
        [
            "Root(a={'value': 1, 'own': 2}, b={'value': ['x'], 'own': 'y'}, c={'value': [1], 'own': 2, 'more': 'z'}, d={'value': None})"
        ],
        [
            {**_INHERITED, "a": {"value": ["x"], "own": 2}},
            {**_INHERITED, "b": {"value": ["x"], "own": "y"}},
            {**_INHERITED, "c": {"value": [["x"]], "own": 2, "more": ["z", "z"]}},
            {**_INHERITED, "c": {"value": [[1]], "own": 2, "more": [1, 1]}},
            {**_INHERITED, "d": {"value": 1}},
        ],
    ),
    refused(
        "generic-serializers-that-return-models-of-any-class",
        """
        T = TypeVar('T')
        class User(BaseModel):
            id: int
        class Box(BaseModel, Generic[T]):
            value: T
            @field_serializer('value')
            def _value(self, value: T) -> T:
                return value
        Root = Box[User]
        """,
        "opaque-serializer",
        "Box.value",
    ),
    both(
        "generic-unparametrized",
        PAGE
        + """
class Root(BaseModel):
    a: Page
""",
        ["Root(a=Page(items=[1, 'x', None], total=1))"],
        [{"a": {"items": 1, "total": 1}}, {"a": {"items": []}}],
    ),
    both(
        "generic-inherited",
        PAGE
        + """
class Ints(Page[int]):
    pass
class Cursor(Page[T], Generic[T]):
    next: str | None = None
class Root(BaseModel):
    a: Ints
    b: Cursor[Item]
""",
        ["Root(a=Ints(items=[1], total=1), b=Cursor[Item](items=[Item(x=1)], total=1))"],
        [
            {"a": {"items": ["x"], "total": 1}, "b": {"items": [], "total": 1, "next": None}},
            {"a": {"items": [], "total": 1}, "b": {"items": [1], "total": 1, "next": None}},
        ],
    ),
    both(
        "generic-dataclass",
        """
        T = TypeVar('T')
        @pydantic_dataclasses.dataclass
        class Box(Generic[T]):
            value: T
        class Root(BaseModel):
            a: Box[int]
            b: Box[str]
        """,
        ["Root(a={'value': 1}, b={'value': 'x'})"],
        [{"a": {"value": "x"}, "b": {"value": "x"}}, {"a": {"value": 1}, "b": {"value": 1}}],
    ),
    both(
        "generic-typed-dict",
        """
        T = TypeVar('T')
        class Box(TypedDict, Generic[T]):
            value: T
        class Root(BaseModel):
            a: Box[int]
            b: Box[list[str]]
        """,
        ["Root(a={'value': 1}, b={'value': ['x']})"],
        [{"a": {"value": "x"}, "b": {"value": []}}, {"a": {"value": 1}, "b": {"value": [1]}}],
    ),
    both(
        "generic-alias",
        """
        T = TypeVar('T')
        Pair = TypeAliasType('Pair', tuple[T, T], type_params=(T,))
        class Root(BaseModel):
            a: Pair[int]
            b: Pair[str]
        """,
        ["Root(a=(1, 2), b=('x', 'y'))"],
        [{"a": [1], "b": ["x", "y"]}, {"a": [1, 2], "b": ["x", 1]}],
    ),
    both(
        "generic-root-model",
        """
        T = TypeVar('T')
        class Many(RootModel[list[T]], Generic[T]):
            pass
        class Root(BaseModel):
            a: Many[int]
            b: Many[str]
        """,
        ["Root(a=Many[int]([1]), b=Many[str](['x']))"],
        [{"a": ["x"], "b": []}, {"a": [], "b": [1]}, {"a": {"root": []}, "b": []}],
    ),
    both(
        "generic-statement",
        """
        class Page[T](BaseModel):
            items: list[T]
        class Root(BaseModel):
            a: Page[int]
        """,
        ["Root(a=Page[int](items=[1]))"],
        [{"a": {"items": ["x"]}}],
        python=(3, 12),
    ),
    both(
        "generic-arguments-of-one-name",
        """
        T = TypeVar('T')
        class Outer:
            class Item(BaseModel):
                x: int
        class Other:
            class Item(BaseModel):
                y: str
        class Page(BaseModel, Generic[T]):
            items: list[T]
        class Root(BaseModel):
            a: Page[Outer.Item]
            b: Page[Other.Item]
        """,
        ["Root(a={'items': [{'x': 1}]}, b={'items': [{'y': ''}]})"],
        [
            {"a": {"items": [{"y": ""}]}, "b": {"items": []}},
            {"a": {"items": []}, "b": {"items": [{"x": 1}]}},
        ],
        options={"names": {"Outer.Item": "OuterItem", "Other.Item": "OtherItem"}},
    ),
    both(
        "generic-concrete-subclass",
        PAGE
        + """
class ItemPage(Page):
    items: list[Item]
class Root(ItemPage):
    next: int = 1
""",
        ["Root(items=[Item(x=1)], total=1)"],
        [{"items": [{}], "total": 1, "next": 1}, {"items": ["x"], "total": 1, "next": 1}],
    ),
    both(
        "generic-constraints-left-open",
        """
        N = TypeVar('N', int, str)
        class Box(BaseModel, Generic[N]):
            item: N
        class Root(Box):
            pass
        """,
        ["Root(item=1)", "Root(item='x')"],
        [{"item": 1.5}, {"item": None}],
    ),
    refused(
        # Pydantic serializes what stands for a type variable as whatever class it has.
        "generic-bound-left-open",
        """
        class Animal(BaseModel):
            name: str
        A = TypeVar('A', bound=Animal)
        class Box(BaseModel, Generic[A]):
            animal: A
        class Root(BaseModel):
            box: Box
        """,
        "opaque-serializer",
        "Box.animal",
    ),
    both(
        "generic-bound-left-open-and-trusted",
        """
        class Animal(BaseModel):
            name: str
        A = TypeVar('A', bound=Animal)
        class Box(BaseModel, Generic[A]):
            animal: A
        class Root(BaseModel):
            box: Box
        """,
        ["Root(box=Box(animal=Animal(name='x')))"],
        [{"box": {"animal": {}}}, {"box": {"animal": {"name": 1}}}],
        options={"opaque": {"Box.animal": "fields"}},
    ),
)
