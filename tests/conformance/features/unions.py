"""Unions: no member's keys are lost to another, and a tag decides wherever there is one."""

from __future__ import annotations

from .case import Case, accepts, both, emits, refused

# A fallback for texts that no literal takes: lenient alone, and thought never to be read strictly. Strictly, null is.
_FALLBACK = """
    from pydantic_core import core_schema
    class Other(str):
        @classmethod
        def __get_pydantic_core_schema__(cls, source, handler):
            def read(value: Any) -> str:
                return cls(value)
            return core_schema.lax_or_strict_schema(
                core_schema.chain_schema([core_schema.str_schema(), core_schema.no_info_plain_validator_function(read)]),
                {strict},
            )
"""
_NULL = _FALLBACK.format(strict="core_schema.none_schema()")
_BY_INPUT = _FALLBACK.format(
    strict="core_schema.json_or_python_schema(core_schema.int_schema(), core_schema.is_instance_schema(cls))"
)
_OBJECT = _FALLBACK.format(strict="core_schema.is_instance_schema(cls)")

PLAIN: tuple[Case, ...] = (
    both(
        "union-reads-the-strict-branch",
        _NULL
        + """
    class Root(BaseModel):
        a: Literal['x'] | Other
        b: int | list[Other]
    """,
        [
            "Root(a='x', b=['y'])",
            'Root.model_validate_json(\'{"a": null, "b": [null]}\')',
        ],
        [{"a": 1, "b": 1}, {"a": "x", "b": None}, {"a": "x", "b": "y"}, {"a": "x", "b": [1]}],
        dump={"warnings": False},
    ),
    both(
        "union-reads-the-strict-branch-by-input",
        _BY_INPUT
        + """
    class Root(BaseModel):
        a: bool | Other
    """,
        ["Root(a=True)", "Root(a='y')", "Root.model_validate_json('{\"a\": 7}')"],
        [{"a": None}, {"a": 1.5}, {"a": []}],
        dump={"warnings": False},
    ),
    both(
        "union-from-left-to-right-reads-the-lax-branch",
        _NULL
        + """
    class Root(BaseModel):
        a: Annotated[int | Other, Field(union_mode='left_to_right')]
        b: Other
    """,
        ["Root(a='x', b='y')", "Root(a=1, b='')"],
        [{"a": None, "b": "y"}, {"a": 1, "b": None}],
        dump={"warnings": False},
    ),
    both(
        "union-with-a-strict-branch-of-objects",
        _OBJECT
        + """
    class Root(BaseModel):
        a: int | Other
    """,
        ["Root(a='x')", "Root(a=1)"],
        [{"a": None}, {"a": []}],
        dump={"warnings": False},
    ),
    emits(
        "union-strict-branch-is-left-out-as-none",
        _NULL
        + """
    class Root(BaseModel):
        a: Literal['x'] | Other
        b: Other
    """,
        ["Root(a='x', b='y')", 'Root.model_validate_json(\'{"a": null, "b": "y"}\')'],
        [{"a": None, "b": "y"}, {"a": "x"}],
        dump={"exclude_none": True, "warnings": False},
    ),
    accepts(
        "strict-model-reads-the-strict-branch",
        _NULL
        + """
    class Root(BaseModel):
        model_config = ConfigDict(strict=True)
        a: Literal['x'] | Other
        b: Other
    """,
        [{"a": "x", "b": None}, {"a": None, "b": None}],
        [{"a": "x", "b": 1}, {"a": 1, "b": None}],
    ),
    accepts(
        "strict-field-reads-the-strict-branch",
        _NULL
        + """
    class Root(BaseModel):
        a: Annotated[Other, Field(strict=True)]
    """,
        [{"a": None}],
        [{"a": "x"}, {}],
    ),
    refused(
        "iterable-before-text",
        """
        class Root(BaseModel):
            a: Iterable[int] | str
        """,
        "lazy-items",
        "Root.a",
    ),
    emits(
        "iterable-after-text",
        """
        class Root(BaseModel):
            a: str | Iterable[int]
            b: None | Iterable[int] = None
        """,
        ["Root(a='ab', b=[1])", "Root(a=[1, 2])", "Root(a=[])"],
        [{"a": ["x"], "b": None}, {"a": 1, "b": None}, {"a": "", "b": "x"}],
    ),
    both(
        "union-of-scalars",
        """
        class Root(BaseModel):
            a: int | str | bool | None
        """,
        ["Root(a=1)", "Root(a='1')", "Root(a=True)", "Root(a=None)", "Root(a='')"],
        [{"a": 1.5}, {"a": []}, {"a": {}}, {}],
    ),
    both(
        "union-bool-or-int",
        """
        class Root(BaseModel):
            a: bool | int
            b: bool | float
        """,
        ["Root(a=True, b=1.5)", "Root(a=1, b=False)"],
        [{"a": 1.5, "b": 1}, {"a": "x", "b": True}],
    ),
    both(
        "union-of-a-string-and-a-format",
        """
        class Root(BaseModel):
            a: UUID | str
            b: datetime | Literal['never']
        """,
        ["Root(a=UUID(int=1), b='never')", "Root(a='x', b=datetime(2024, 1, 2))"],
        [{"a": 1, "b": "never"}, {"a": "", "b": "always"}],
    ),
    both(
        "union-with-constraints",
        """
        class Root(BaseModel):
            a: Annotated[int, Field(ge=10)] | Annotated[str, Field(max_length=2)]
        """,
        ["Root(a=10)", "Root(a='xy')"],
        [{"a": 9}, {"a": "xyz"}, {"a": None}],
    ),
    both(
        "union-of-lists",
        """
        class Root(BaseModel):
            a: list[int] | list[str]
            b: list[int | str]
        """,
        ["Root(a=[1], b=[1, 'x'])", "Root(a=['x'], b=[])", "Root(a=[], b=[])"],
        [{"a": [1.5], "b": []}, {"a": ["x", None], "b": []}, {"a": [], "b": [None]}],
        never_emits=[{"a": [1, "x"], "b": []}],
    ),
    both(
        "union-optional",
        """
        class A(BaseModel):
            x: int
        class Root(BaseModel):
            a: Optional[Union[A, str]] = None
            b: list[A | None]
        """,
        ["Root(b=[None])", "Root(a='x', b=[A(x=1)])", "Root(a=A(x=1), b=[])"],
        [{"a": 1, "b": []}, {"a": {}, "b": []}, {"a": None, "b": [1]}],
    ),
    both(
        "union-left-to-right",
        """
        class Root(BaseModel):
            a: int | str = Field(union_mode='left_to_right')
        """,
        ["Root(a=1)", "Root(a='x')"],
        [{"a": None}, {"a": 1.5}, {"a": []}],
    ),
    both(
        "union-of-tuples",
        """
        class Root(BaseModel):
            a: tuple[Literal['add'], int] | tuple[Literal['clear']]
        """,
        ["Root(a=('add', 1))", "Root(a=('clear',))"],
        [{"a": ["add"]}, {"a": ["clear", 1]}, {"a": []}],
    ),
    both(
        "union-nested-flattens",
        """
        Inner = int | None
        class Root(BaseModel):
            a: Union[Inner, Union[str, None]]
        """,
        ["Root(a=None)", "Root(a=1)", "Root(a='x')"],
        [{"a": 1.5}, {"a": []}],
    ),
    both(
        "union-as-root",
        """
        class A(BaseModel):
            x: int
        Root = A | list[A] | None
        """,
        ["A(x=1)", "[A(x=1)]", "None", "[]"],
        [{}, [{}], 1, "x"],
    ),
    both(
        "union-with-any",
        """
        class Small(BaseModel):
            x: int
        class Root(BaseModel):
            a: Small | Any
            b: int | dict[str, Any] | list[Any]
        """,
        [
            "Root(a=Small(x=1), b={'x': 1, 'y': [2]})",
            "Root(a={'x': 1, 'y': 2}, b=[{'z': None}])",
            "Root(a=None, b=1)",
        ],
        [{"a": 1}, {"a": 1, "b": "x"}, {"a": 1, "b": None}],
    ),
    both(
        "union-of-enums",
        """
        class A(StrEnum):
            X = 'x'
        class B(StrEnum):
            Y = 'y'
        class Root(BaseModel):
            a: A | B
            b: A | Literal['z'] | None
        """,
        ["Root(a=A.X, b='z')", "Root(a=B.Y, b=None)"],
        [{"a": "z", "b": None}, {"a": "x", "b": "y"}],
    ),
)

MODELS: tuple[Case, ...] = (
    both(
        # The first member that fits would drop the keys of the second.
        "union-of-overlapping-models",
        """
        class Small(BaseModel):
            x: int
        class Large(BaseModel):
            x: int
            y: str
        class Root(BaseModel):
            a: Small | Large
        """,
        ["Root(a=Small(x=1))", "Root(a=Large(x=1, y='z'))"],
        [{"a": {}}, {"a": {"y": "z"}}, {"a": {"x": "q"}}],
    ),
    both(
        "union-of-models-with-optional-keys",
        """
        class A(BaseModel):
            x: int = 0
            y: int = 0
        class B(BaseModel):
            x: int = 0
            z: str = ''
        class Root(BaseModel):
            a: A | B
        """,
        ["Root(a=A(x=1, y=2))", "Root(a=B(x=1, z='q'))"],
        [{"a": {"x": "no"}}, {"a": 1}],
        also_accepts=[{"a": {}}, {"a": {"z": "q"}}],
        never_emits=[{"a": {}}, {"a": {"x": 1}}],
    ),
    both(
        "union-of-models-by-extra",
        """
        class Open(BaseModel):
            model_config = ConfigDict(extra='allow')
            x: int
        class Closed(BaseModel):
            model_config = ConfigDict(extra='forbid')
            y: int
        class Root(BaseModel):
            a: Open | Closed
        """,
        ["Root(a=Open(x=1, q=[1]))", "Root(a=Closed(y=1))"],
        [{"a": {"y": 1, "z": 1}}, {"a": {}}],
    ),
    both(
        "union-of-a-model-and-a-dict",
        """
        class Item(BaseModel):
            x: int
        class Root(BaseModel):
            a: Item | dict[str, int]
            b: dict[str, Any] | Item
        """,
        [
            "Root(a=Item(x=1), b=Item(x=1))",
            "Root(a={'x': 1, 'y': 2}, b={'x': 1, 'q': []})",
            "Root(a={}, b={})",
        ],
        [{"a": {"y": "z"}, "b": {}}, {"a": [], "b": {}}, {"a": {}, "b": 1}],
    ),
    both(
        "union-of-three-nested-overlaps",
        """
        class A(BaseModel):
            p: int
        class B(BaseModel):
            p: int
            q: A
        class C(BaseModel):
            p: int
            q: B
            r: str = ''
        class Root(BaseModel):
            a: list[A | B | C]
        """,
        ["Root(a=[A(p=1), B(p=1, q=A(p=2)), C(p=1, q=B(p=2, q=A(p=3)), r='x')])"],
        [{"a": [{}]}, {"a": [{"q": {"p": 1}}]}],
    ),
    both(
        "union-of-models-in-unions-of-containers",
        """
        class A(BaseModel):
            x: int
        class B(BaseModel):
            x: int
            y: int
        class Root(BaseModel):
            a: list[A] | dict[str, A | B] | B
        """,
        ["Root(a=[A(x=1)])", "Root(a={'k': B(x=1, y=2)})", "Root(a=B(x=1, y=2))"],
        [{"a": [{}]}, {"a": {"k": {}}}, {"a": 1}],
    ),
    both(
        "union-of-typed-dicts",
        """
        class A(TypedDict):
            kind: str
        class B(TypedDict):
            kind: str
            more: NotRequired[int]
        class Root(BaseModel):
            a: A | B
        """,
        ["Root(a={'kind': 'x'})", "Root(a={'kind': 'x', 'more': 1})"],
        [{"a": {}}, {"a": {"kind": 1}}],
    ),
    both(
        "union-tagged-without-saying-so",
        """
        class Cat(BaseModel):
            kind: Literal['cat']
            name: str
        class Dog(BaseModel):
            kind: Literal['dog']
            name: str
            age: int
        class Root(BaseModel):
            pet: Cat | Dog
        """,
        ["Root(pet=Cat(kind='cat', name='x'))", "Root(pet=Dog(kind='dog', name='x', age=1))"],
        [
            {"pet": {"kind": "dog", "name": "x"}},
            {"pet": {"kind": "cow", "name": "x"}},
            {"pet": {"name": "x"}},
        ],
    ),
    both(
        "union-of-lists-of-overlapping-models",
        """
        class Small(BaseModel):
            x: int
        class Large(BaseModel):
            x: int
            y: str
        class Root(BaseModel):
            a: list[Small] | list[Large]
            b: dict[str, Small] | dict[str, Large]
            c: tuple[Small] | tuple[Large]
        """,
        [
            "Root(a=[Small(x=1)], b={'k': Large(x=1, y='z')}, c=(Large(x=1, y='z'),))",
            "Root(a=[Large(x=1, y='z')], b={'k': Small(x=1)}, c=(Small(x=1),))",
        ],
        [
            {"a": [{}], "b": {}, "c": [{"x": 1}]},
            {"a": [], "b": {"k": {}}, "c": [{"x": 1}]},
            {"a": [], "b": {}, "c": []},
        ],
    ),
    both(
        "union-left-to-right-of-overlapping-models",
        """
        class Small(BaseModel):
            x: int
        class Large(Small):
            y: str
        class Root(BaseModel):
            a: Small | Large = Field(union_mode='left_to_right')
        """,
        ["Root(a=Small(x=1))", "Root.model_construct(a=Large(x=1, y='z'))"],
        [{"a": {}}, {"a": {"y": "z"}}],
    ),
    both(
        "union-where-a-nested-key-tells",
        """
        class P(BaseModel):
            q: int
        class Q(BaseModel):
            q: int
            r: int = 0
        class A(BaseModel):
            inner: P
        class B(BaseModel):
            inner: Q
        class Root(BaseModel):
            v: A | B
        """,
        ["Root(v=A(inner=P(q=1)))", "Root(v=B(inner=Q(q=1, r=2)))"],
        [{"v": {"inner": {}}}, {"v": {"inner": {"r": 1}}}],
    ),
    both(
        "union-of-a-subclass-and-its-base",
        """
        class Base(BaseModel):
            x: int
        class Sub(Base):
            y: int | None = None
        class Root(BaseModel):
            a: Base | Sub | None
            b: list[Sub | Base]
        """,
        ["Root(a=Sub(x=1, y=2), b=[Base(x=1), Sub(x=1)])", "Root(a=None, b=[])"],
        [{"a": {"y": 1}, "b": []}, {"a": None, "b": [{"y": None}]}],
    ),
    both(
        "union-of-models-with-hostile-keys",
        """
        class A(BaseModel):
            x: int = Field(alias='constructor')
        class B(BaseModel):
            x: int = Field(alias='constructor')
            y: str = Field(alias='__proto__')
        class Root(BaseModel):
            v: A | B
        """,
        [
            "Root.model_validate({'v': {'constructor': 1}})",
            "Root.model_validate({'v': {'constructor': 1, '__proto__': 'x'}})",
        ],
        [{"v": {}}, {"v": {"__proto__": "x"}}],
    ),
)

PETS = """
class Cat(BaseModel):
    kind: Literal['cat']
    lives: int
class Dog(BaseModel):
    kind: Literal['dog', 'wolf']
    name: str
"""

TAGGED: tuple[Case, ...] = (
    both(
        "one-member-with-a-discriminator",
        """
        class Track(BaseModel):
            kind: Literal['track'] = 'track'
            n: int = 0
        class Root(BaseModel):
            a: Annotated[Union[Track], Field(discriminator='kind')] | None = None
            b: Track = Track()
        """,
        ["Root()", "Root(a=Track(n=1))"],
        [{"a": {"kind": "x", "n": 1}, "b": {"kind": "track", "n": 0}}],
        never_accepts=[{"a": {"n": 1}}, {"a": {}}],
        also_accepts=[{"a": {"kind": "track"}}, {"b": {}}, {"b": {"n": 1}}],
    ),
    both(
        "tagged",
        PETS
        + """
class Root(BaseModel):
    pet: Cat | Dog = Field(discriminator='kind')
""",
        [
            "Root(pet=Cat(kind='cat', lives=9))",
            "Root(pet=Dog(kind='wolf', name='x'))",
            "Root(pet=Dog(kind='dog', name=''))",
        ],
        [
            {"pet": {"kind": "cat", "name": "x"}},
            {"pet": {"kind": "cow", "name": "x"}},
            {"pet": {"lives": 9}},
            {"pet": {"kind": None, "lives": 9}},
            {"pet": None},
        ],
    ),
    both(
        "tagged-with-default-tags",
        """
        class A(BaseModel):
            type: Literal['a'] = 'a'
            x: int
        class B(BaseModel):
            type: Literal['b'] = 'b'
            x: int
            y: int = 0
        class Root(BaseModel):
            items: list[Annotated[A | B, Field(discriminator='type')]]
        """,
        ["Root(items=[A(x=1), B(x=2)])", "Root(items=[])"],
        [{"items": [{"x": 1}]}, {"items": [{"type": "c", "x": 1}]}, {"items": [{"type": "a"}]}],
        also_accepts=[{"items": [{"type": "b", "x": 1}]}],
        never_emits=[{"items": [{"type": "b", "x": 1}]}],
    ),
    both(
        "tagged-by-enum",
        """
        class Kind(StrEnum):
            CAT = 'cat'
            DOG = 'dog'
        class Cat(BaseModel):
            kind: Literal[Kind.CAT]
        class Dog(BaseModel):
            kind: Literal[Kind.DOG]
            name: str
        class Root(BaseModel):
            pet: Annotated[Cat | Dog, Field(discriminator='kind')]
        """,
        ["Root(pet=Cat(kind=Kind.CAT))", "Root(pet=Dog(kind='dog', name='x'))"],
        [{"pet": {"kind": "CAT"}}, {"pet": {"kind": "dog"}}, {"pet": {}}],
    ),
    both(
        "tagged-by-int-and-bool",
        """
        class One(BaseModel):
            v: Literal[1]
        class Two(BaseModel):
            v: Literal[2]
            x: str
        class Yes(BaseModel):
            ok: Literal[True]
        class No(BaseModel):
            ok: Literal[False]
            why: str
        class Root(BaseModel):
            a: One | Two = Field(discriminator='v')
            b: Yes | No
        """,
        ["Root(a=One(v=1), b=Yes(ok=True))", "Root(a=Two(v=2, x=''), b=No(ok=False, why=''))"],
        [
            {"a": {"v": 2}, "b": {"ok": True}},
            {"a": {"v": 3}, "b": {"ok": True}},
            {"a": {"v": 1}, "b": {"ok": False}},
        ],
        never_emits=[{"a": {"v": "1"}, "b": {"ok": True}}],
    ),
    both(
        "tagged-by-alias",
        """
        class A(BaseModel):
            kind: Literal['a'] = Field(alias='@type')
        class B(BaseModel):
            kind: Literal['b'] = Field(alias='@type')
            x: int
        class Root(BaseModel):
            a: A | B = Field(discriminator='kind')
        """,
        [
            "Root.model_validate({'a': {'@type': 'a'}})",
            "Root.model_validate({'a': {'@type': 'b', 'x': 1}})",
        ],
        [{"a": {"kind": "a"}}, {"a": {"@type": "b"}}, {"a": {}}],
    ),
    both(
        "tagged-nested",
        """
        class Cat(BaseModel):
            kind: Literal['cat']
            color: Literal['black']
        class White(BaseModel):
            kind: Literal['cat']
            color: Literal['white']
            deaf: bool
        class Dog(BaseModel):
            kind: Literal['dog']
        AnyCat = Annotated[Cat | White, Field(discriminator='color')]
        class Root(BaseModel):
            pet: Annotated[AnyCat | Dog, Field(discriminator='kind')]
        """,
        [
            "Root(pet=Cat(kind='cat', color='black'))",
            "Root(pet=White(kind='cat', color='white', deaf=True))",
            "Root(pet=Dog(kind='dog'))",
        ],
        [
            {"pet": {"kind": "cat", "color": "white"}},
            {"pet": {"kind": "cat", "color": "red"}},
            {"pet": {"kind": "cow"}},
            {"pet": {"kind": "cat"}},
        ],
    ),
    both(
        "tagged-unions-of-one-tag-joined",
        """
        class A(BaseModel):
            t: Literal['a']
        class B(BaseModel):
            t: Literal['b']
            x: int
        class C(BaseModel):
            t: Literal['c']
            x: str
        AB = Annotated[A | B, Field(discriminator='t')]
        class Root(BaseModel):
            v: Annotated[AB | C, Field(discriminator='t')]
        """,
        ["Root(v=A(t='a'))", "Root(v=B(t='b', x=1))", "Root(v=C(t='c', x='y'))"],
        [{"v": {"t": "b", "x": "y"}}, {"v": {"t": "c", "x": 1}}, {"v": {"t": "d"}}, {"v": {}}],
    ),
    both(
        "tagged-nullable",
        PETS
        + """
class Root(BaseModel):
    pet: Annotated[Cat | Dog, Field(discriminator='kind')] | None = None
    pets: dict[str, Annotated[Cat | Dog, Field(discriminator='kind')] | None]
""",
        [
            "Root(pets={'a': None, 'b': Cat(kind='cat', lives=1)})",
            "Root(pet=Dog(kind='dog', name='x'), pets={})",
        ],
        [{"pet": {"kind": "cat"}, "pets": {}}, {"pet": None, "pets": {"a": {}}}],
    ),
    both(
        "tagged-by-callable",
        """
        def kind(value):
            return value.get('t', 'old') if isinstance(value, dict) else getattr(value, 't', 'old')
        class Old(BaseModel):
            x: int
        class New(BaseModel):
            t: Literal['new']
            x: int
            y: str
        class Root(BaseModel):
            a: Annotated[Annotated[Old, Tag('old')] | Annotated[New, Tag('new')], Discriminator(kind)]
        """,
        ["Root(a=Old(x=1))", "Root(a=New(t='new', x=1, y='z'))"],
        [{"a": {}}, {"a": {"t": "new", "x": "q", "y": "z"}}, {"a": 1}],
    ),
    both(
        "tagged-by-type-of-value",
        """
        def kind(value):
            return 'text' if isinstance(value, str) else 'item'
        class Item(BaseModel):
            x: int
        class Root(BaseModel):
            a: Annotated[Annotated[str, Tag('text')] | Annotated[Item, Tag('item')], Discriminator(kind)]
        """,
        ["Root(a='x')", "Root(a=Item(x=1))"],
        [{"a": 1}, {"a": {}}, {"a": None}],
    ),
    both(
        "tagged-typed-dicts",
        """
        class A(TypedDict):
            t: Literal['a']
        class B(TypedDict):
            t: Literal['b']
            x: NotRequired[int]
        class Root(BaseModel):
            v: Annotated[A | B, Field(discriminator='t')]
        """,
        ["Root(v={'t': 'a'})", "Root(v={'t': 'b'})", "Root(v={'t': 'b', 'x': 1})"],
        [{"v": {"t": "c"}}, {"v": {"t": "b", "x": "y"}}, {"v": {}}],
    ),
    both(
        "tagged-dataclasses",
        """
        @pydantic_dataclasses.dataclass
        class A:
            t: Literal['a'] = 'a'
        @pydantic_dataclasses.dataclass
        class B:
            x: int
            t: Literal['b'] = 'b'
        class Root(BaseModel):
            v: A | B = Field(discriminator='t')
        """,
        ["Root(v=A())", "Root(v=B(x=1))"],
        [{"v": {"t": "b"}}, {"v": {"t": "z"}}, {"v": {}}],
    ),
    both(
        "tagged-root-models",
        PETS
        + """
class Root(RootModel[Annotated[Cat | Dog, Field(discriminator='kind')]]):
    pass
""",
        ["Root(Cat(kind='cat', lives=1))", "Root(Dog(kind='dog', name='x'))"],
        [{"kind": "cat"}, {}, {"root": {"kind": "cat", "lives": 1}}],
    ),
    both(
        "tagged-with-generic-members",
        """
        T = TypeVar('T')
        class Ok(BaseModel, Generic[T]):
            status: Literal['ok'] = 'ok'
            value: T
        class Err(BaseModel):
            status: Literal['error'] = 'error'
            message: str
        class Root(BaseModel):
            result: Annotated[Ok[int] | Err, Field(discriminator='status')]
        """,
        ["Root(result=Ok[int](value=1))", "Root(result=Err(message='x'))"],
        [
            {"result": {"status": "ok", "value": "x"}},
            {"result": {"status": "error"}},
            {"result": {"value": 1}},
        ],
    ),
    emits(
        "tagged-with-an-excluded-member-key",
        """
        class A(BaseModel):
            t: Literal['a'] = 'a'
            secret: int = Field(default=0, exclude=True)
        class B(BaseModel):
            t: Literal['b'] = 'b'
            x: int | None = None
        class Root(BaseModel):
            v: A | B = Field(discriminator='t')
        """,
        ["Root(v=A())", "Root(v=B())", "Root(v=B(x=1))"],
        [{"v": {"t": "b", "x": "y"}}, {"v": {}}, {"v": {"t": "c"}}],
        dump={"exclude_none": True},
    ),
    emits(
        # With exclude_defaults the tag itself may be left out, so no member can be told by it.
        "tagged-under-exclude-defaults",
        """
        class A(BaseModel):
            t: Literal['a'] = 'a'
            x: int
        class B(BaseModel):
            t: Literal['b'] = 'b'
            y: str
        class Root(BaseModel):
            v: A | B = Field(discriminator='t')
        """,
        ["Root(v=A(x=1))", "Root(v=B(y='z'))"],
        [{"v": {}}, {"v": {"x": "q"}}, {"v": {"t": "b", "x": 1}}],
        dump={"exclude_defaults": True},
    ),
    accepts(
        "tagged-with-hostile-tags",
        """
        class A(BaseModel):
            model_config = ConfigDict(extra='forbid')
            t: Literal['__proto__']
        class B(BaseModel):
            t: Literal["'\\\\\\n`${x}"]
            x: int
        class Root(BaseModel):
            v: A | B = Field(discriminator='t')
        """,
        [{"v": {"t": "__proto__"}}, {"v": {"t": "'\\\n`${x}", "x": 1}}],
        [{"v": {"t": "constructor"}}, {"v": {"t": "__proto__", "x": 1}}, {"v": {"t": "'"}}],
    ),
    both(
        "tagged-by-a-function-with-root-models",
        """
        class A(BaseModel):
            kind: Literal['a']
        class Wrapped(RootModel[A]): pass
        class B(BaseModel):
            kind: Literal['b']
        def kind(value):
            if isinstance(value, dict):
                return value.get('kind')
            return 'b' if isinstance(value, B) else 'a'
        class Root(BaseModel):
            a: Annotated[Annotated[Wrapped, Tag('a')] | Annotated[B, Tag('b')], Discriminator(kind)]
        """,
        ["Root(a=Wrapped(A(kind='a')))", "Root(a=B(kind='b'))"],
        [{"a": {"kind": "c"}}, {"a": {}}],
    ),
    accepts(
        "tag-with-a-default-of-a-member-used-alone",
        """
        class Cat(BaseModel):
            kind: Literal['cat'] = 'cat'
            name: str

        class Dog(BaseModel):
            kind: Literal['dog'] = 'dog'
            puppies: list['Dog'] = []

        class Root(BaseModel):
            pet: Annotated[Cat | Dog, Field(discriminator='kind')]
            cat: Cat
            dogs: dict[str, Dog] = {}
            other: Cat | int = 0
        """,
        [
            {"pet": {"kind": "cat", "name": "x"}, "cat": {"name": "x"}},
            {
                "pet": {"kind": "dog", "puppies": [{}]},
                "cat": {"name": "x", "kind": "cat"},
                "dogs": {"a": {}},
            },
            {"pet": {"kind": "dog"}, "cat": {"name": "x"}, "other": {"name": "y"}},
        ],
        [
            {"pet": {"name": "x"}, "cat": {"name": "x"}},
            {"pet": {}, "cat": {"name": "x"}},
            {"pet": {"kind": "dog"}, "cat": {"kind": "dog", "name": "x"}},
            {"pet": {"kind": "dog"}, "cat": {"name": "x"}, "dogs": {"a": {"kind": "cat"}}},
        ],
    ),
    accepts(
        "tag-with-a-default-in-a-union-of-unions",
        """
        class A(BaseModel):
            kind: Literal['a'] = 'a'

        class B(BaseModel):
            kind: Literal['b'] = 'b'
            next: Annotated[Union['A', 'B'], Field(discriminator='kind')] = A()

        class C(BaseModel):
            kind: Literal['c'] = 'c'

        AB = TypeAliasType('AB', A | B)

        class Root(BaseModel):
            one: Annotated[AB | C, Field(discriminator='kind')]
            two: AB = A()
            b: B = B()
        """,
        [
            {"one": {"kind": "a"}},
            {"one": {"kind": "c"}, "two": {}, "b": {}},
            {"one": {"kind": "b", "next": {"kind": "b"}}, "b": {"next": {"kind": "a"}}},
        ],
        [
            {"one": {}},
            {"one": {"kind": "a"}, "b": {"next": {}}},
            {"one": {"kind": "b", "next": {}}},
        ],
    ),
    accepts(
        "tag-under-its-alias-or-its-name",
        """
        class Cat(BaseModel):
            model_config = ConfigDict(validate_by_name=True)
            kind: Literal['cat'] = Field('cat', alias='k')

        class Dog(BaseModel):
            model_config = ConfigDict(validate_by_name=True)
            kind: Literal['dog'] = Field('dog', alias='k')

        class Root(BaseModel):
            pet: Annotated[Cat | Dog, Field(discriminator='kind')]
            cat: Cat = Cat()
        """,
        [
            {"pet": {"k": "cat"}},
            {"pet": {"k": "dog"}, "cat": {}},
            {"pet": {"k": "cat"}, "cat": {"kind": "cat"}},
        ],
        [{"pet": {}}, {"pet": {"k": "dog"}, "cat": {"kind": "dog"}}, {"pet": {"k": "x"}}],
        pydantic=(2, 11),
    ),
)

CASES = (*PLAIN, *MODELS, *TAGGED)
