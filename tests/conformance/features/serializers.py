"""Serializers: what they are annotated to return is what is on the wire; without an annotation the type is refused by name."""

from __future__ import annotations

from .case import Case, both, emits, refused

FIELDS: tuple[Case, ...] = (
    emits(
        "field-serializer",
        """
        class Root(BaseModel):
            a: int
            @field_serializer('a')
            def as_text(self, value: int) -> str:
                return str(value)
        """,
        ["Root(a=1)"],
        [{"a": 1}, {"a": None}, {}],
    ),
    emits(
        "field-serializer-of-two-fields",
        """
        class Root(BaseModel):
            a: date
            b: date | None = None
            c: int
            @field_serializer('a', 'b')
            def year(self, value: date | None) -> int | None:
                return value and value.year
        """,
        ["Root(a=date(2024, 1, 2), c=1)", "Root(a=date(2024, 1, 2), b=date(2020, 1, 1), c=1)"],
        [{"a": "2024-01-02", "b": None, "c": 1}, {"a": 1, "c": 1}],
    ),
    emits(
        "field-serializer-of-all-fields",
        """
        class Root(BaseModel):
            a: int
            b: float
            @field_serializer('*')
            def as_text(self, value: object) -> str:
                return str(value)
        """,
        ["Root(a=1, b=2)"],
        [{"a": 1, "b": 2}, {"a": "1"}],
    ),
    emits(
        # The annotation says float, and None goes through the serializer like any other value.
        "field-serializer-of-a-nullable",
        """
        class Root(BaseModel):
            a: float | None = None
            @field_serializer('a')
            def rounded(self, value: float | None) -> float | None:
                return value if value is None else round(value, 1)
        """,
        ["Root()", "Root(a=1.25)"],
        [{"a": "1"}, {}],
    ),
    emits(
        "field-serializer-unless-none",
        """
        class Root(BaseModel):
            a: int | None = None
            @field_serializer('a', when_used='unless-none')
            def as_text(self, value: int) -> str:
                return str(value)
        """,
        ["Root()", "Root(a=1)"],
        [{"a": 1}, {}, {"a": []}],
    ),
    emits(
        "field-serializer-json-unless-none",
        """
        class Root(BaseModel):
            a: date | None
            @field_serializer('a', when_used='json-unless-none')
            def year(self, value: date) -> int:
                return value.year
        """,
        ["Root(a=None)", "Root(a=date(2024, 1, 2))"],
        [{"a": "2024-01-02"}, {}],
    ),
    emits(
        "field-serializer-for-json-only",
        """
        class Root(BaseModel):
            a: int
            @field_serializer('a', when_used='json')
            def as_list(self, value: int) -> list[int]:
                return [value]
        """,
        ["Root(a=1)"],
        [{"a": 1}, {"a": ["x"]}],
    ),
    emits(
        "field-serializer-wrap",
        """
        class Root(BaseModel):
            a: int
            @field_serializer('a', mode='wrap')
            def doubled(self, value: int, handler: SerializerFunctionWrapHandler) -> dict[str, int]:
                return {'value': handler(value)}
        """,
        ["Root(a=1)"],
        [{"a": 1}, {"a": {"value": "x"}}],
    ),
    emits(
        "field-serializer-to-a-model",
        """
        class Summary(BaseModel):
            count: int
        class Root(BaseModel):
            a: list[str]
            @field_serializer('a')
            def summary(self, value: list[str]) -> Summary:
                return Summary(count=len(value))
        """,
        ["Root(a=['x'])"],
        [{"a": ["x"]}, {"a": {}}],
    ),
    emits(
        "plain-serializer",
        """
        Text = Annotated[int, PlainSerializer(lambda value: str(value), return_type=str)]
        class Root(BaseModel):
            a: Text
            b: list[Text]
            c: dict[str, Text | None]
        """,
        ["Root(a=1, b=[2], c={'x': 3, 'y': None})"],
        [
            {"a": 1, "b": [], "c": {}},
            {"a": "1", "b": [2], "c": {}},
            {"a": "1", "b": [], "c": {"x": 3}},
        ],
    ),
    emits(
        "wrap-serializer",
        """
        def stamped(value: Any, handler: Any) -> str:
            return 'at ' + handler(value)
        class Root(BaseModel):
            a: Annotated[datetime, WrapSerializer(stamped)]
        """,
        ["Root(a=datetime(2024, 1, 2))"],
        [{"a": 1}, {"a": None}],
    ),
    emits(
        "serializer-of-a-default",
        """
        class Root(BaseModel):
            a: Annotated[Decimal, PlainSerializer(float, return_type=float)] = Decimal('1.5')
        """,
        ["Root()", "Root(a=Decimal(2))"],
        [{"a": "1.5"}, {}],
    ),
    emits(
        "serializer-of-keys",
        """
        Key = Annotated[int, PlainSerializer(lambda key: f'k{key}', return_type=str)]
        class Root(BaseModel):
            a: dict[Key, int]
        """,
        ["Root(a={1: 2})"],
        [{"a": {"k1": "x"}}, {"a": []}],
    ),
    emits(
        "serializer-under-exclude-none",
        """
        class Root(BaseModel):
            a: int | None = None
            @field_serializer('a')
            def maybe(self, value: int | None) -> int | None:
                return None if value == 1 else value
        """,
        ["Root()", "Root(a=1)", "Root(a=2)"],
        [{"a": "x"}, []],
        dump={"exclude_none": True},
    ),
    emits(
        "field-serializer-with-return-type",
        """
        class Root(BaseModel):
            a: int
            b: int
            @field_serializer('a', return_type=str)
            def as_text(self, value):
                return str(value)
            @field_serializer('b')
            def later(self, value) -> 'Later':
                return Later(x=value)
        class Later(BaseModel):
            x: int
        Root.model_rebuild(force=True)
        """,
        ["Root(a=1, b=2)"],
        [{"a": 1, "b": {"x": 1}}, {"a": "1", "b": 2}, {"a": "1", "b": {}}],
    ),
    emits(
        "serializer-inherited-and-replaced",
        """
        class Base(BaseModel):
            a: int
            b: int
            @field_serializer('a')
            def written(self, value: int) -> str:
                return str(value)
            @field_serializer('b')
            def as_text(self, value: int) -> str:
                return str(value)
        class Root(Base):
            b: int
            c: int = 0
            @field_serializer('a')
            def written(self, value: int) -> list[int]:
                return [value]
        """,
        ["Root(a=1, b=2)"],
        [{"a": "1", "b": "2", "c": 0}, {"a": [1], "b": "2"}],
    ),
    emits(
        "serializer-in-a-typed-dict-and-a-dataclass",
        """
        Text = Annotated[int, PlainSerializer(lambda value: str(value), return_type=str)]
        class Row(TypedDict):
            a: Text
        @pydantic_dataclasses.dataclass
        class Root:
            row: Row
            b: Text
            pair: tuple[Text, int]
            @computed_field
            @property
            def c(self) -> Text:
                return self.b
        """,
        ["Root(row={'a': 1}, b=2, pair=(3, 4))"],
        [
            {"row": {"a": 1}, "b": "2", "pair": ["3", 4], "c": "2"},
            {"row": {"a": "1"}, "b": "2", "pair": ["3", 4]},
        ],
    ),
    emits(
        "serializer-of-a-union-member",
        """
        Text = Annotated[int, PlainSerializer(lambda value: str(value), return_type=str)]
        class Root(BaseModel):
            a: Text | None
            b: Text | list[int]
        """,
        ["Root(a=1, b=[2])", "Root(a=None, b=3)"],
        [{"a": 1, "b": "3"}, {"a": "1", "b": 3}, {"a": "1", "b": ["x"]}],
    ),
    emits(
        "over-types-that-pydantic-writes-itself",
        """
        class Root(BaseModel):
            address: IPv4Address
            url: HttpUrl
            email: EmailStr
            pattern: re.Pattern
            secret: SecretStr
            encoded: Base64Bytes
            @field_serializer('address', 'url', 'email', 'pattern')
            def length(self, value) -> int:
                return len(str(value))
            @field_serializer('secret', when_used='json')
            def reveal(self, value: SecretStr) -> str:
                return value.get_secret_value()
            @field_serializer('encoded')
            def plain(self, value) -> list[int]:
                return list(value)
        """,
        [
            "Root(address='1.2.3.4', url='http://x', email='a@b.co', pattern='a+', secret='s', encoded=b'aGk=')"
        ],
        [
            {"address": "1.2.3.4", "url": 1, "email": 1, "pattern": 1, "secret": "", "encoded": []},
            {
                "address": 1,
                "url": "http://x/",
                "email": 1,
                "pattern": 1,
                "secret": "",
                "encoded": [],
            },
            {"address": 1, "url": 1, "email": 1, "pattern": 1, "secret": 1, "encoded": []},
            {"address": 1, "url": 1, "email": 1, "pattern": 1, "secret": "", "encoded": "aGk="},
        ],
    ),
    emits(
        "in-containers-over-types-that-pydantic-writes-itself",
        """
        Length = Annotated[IPv4Address, PlainSerializer(lambda value: len(str(value)), return_type=int)]
        class Root(BaseModel):
            a: list[Length]
            b: dict[str, Annotated[SecretStr, WrapSerializer(lambda value, handler: 1, return_type=int)]]
            c: Length | None = None
        """,
        ["Root(a=['1.2.3.4'], b={'x': 'y'})", "Root(a=[], b={}, c='1.2.3.4')"],
        [{"a": ["1.2.3.4"], "b": {}, "c": None}, {"a": [], "b": {"x": "**********"}, "c": None}],
    ),
    emits(
        "functions-written-in-c",
        """
        class Root(BaseModel):
            a: Annotated[str, PlainSerializer(str.upper)]
            b: Annotated[timedelta, PlainSerializer(timedelta.total_seconds)]
            c: Annotated[float, PlainSerializer(math.floor)]
            d: Annotated[list[str], PlainSerializer(','.join)]
            e: Annotated[Decimal, PlainSerializer(float)]
        """,
        ["Root(a='x', b=timedelta(seconds=1.5), c=2.5, d=['x', 'y'], e='1.5')"],
        [
            {"a": 1, "b": 1.5, "c": 2, "d": "x,y", "e": 1.5},
            {"a": "X", "b": "PT1.5S", "c": 2, "d": "x,y", "e": 1.5},
            {"a": "X", "b": 1.5, "c": 2.5, "d": "x,y", "e": 1.5},
            {"a": "X", "b": 1.5, "c": 2, "d": ["x", "y"], "e": 1.5},
            {"a": "X", "b": 1.5, "c": 2, "d": "x,y", "e": "1.5"},
        ],
    ),
    emits(
        "functions-that-list-what-they-are-given",
        """
        import json
        class Root(BaseModel):
            model_config = ConfigDict(json_encoders={set: list, date: lambda value: 1})
            a: Annotated[frozenset[str], PlainSerializer(sorted)]
            b: Annotated[tuple[int | None, ...], PlainSerializer(list)] = ()
            c: set[Literal['x', 'y']] = set()
            d: Annotated[list[UUID] | None, PlainSerializer(tuple, when_used='unless-none')] = None
            e: Annotated[Path, PlainSerializer(Path.as_posix)] = Path('x')
            f: Annotated[dict[str, int], PlainSerializer(json.dumps)] = {}
            g: Annotated[tuple[int, str], PlainSerializer(list)] = (1, 'x')
            h: Annotated[list[datetime], PlainSerializer(list)] = []
        """,
        [
            "Root(a={'x', 'y'})",
            "Root(a=[], b=(1, None), c={'x'}, d=[UUID(int=1)], f={'x': 1}, h=[datetime(2024, 1, 1)])",
        ],
        [
            {"a": [1], "b": [], "c": [], "d": None, "e": "x", "f": "{}", "g": [], "h": []},
            {"a": [], "b": ["x"], "c": [], "d": None, "e": "x", "f": "{}", "g": [], "h": []},
            {"a": [], "b": [], "c": ["z"], "d": None, "e": "x", "f": "{}", "g": [], "h": []},
            {"a": [], "b": [], "c": [], "d": ["x"], "e": "x", "f": "{}", "g": [], "h": []},
            {"a": [], "b": [], "c": [], "d": None, "e": 1, "f": "{}", "g": [], "h": []},
            {"a": [], "b": [], "c": [], "d": None, "e": "x", "f": {}, "g": [], "h": []},
            {"a": [], "b": [], "c": [], "d": None, "e": "x", "f": "{}", "g": 1, "h": []},
            {"a": [], "b": [], "c": [], "d": None, "e": "x", "f": "{}", "g": [], "h": {}},
        ],
    ),
    emits(
        "json-encoders-that-convert",
        """
        class Inner(BaseModel):
            at: datetime
        class Root(BaseModel):
            model_config = ConfigDict(json_encoders={Decimal: float, UUID: str, datetime: str})
            a: Decimal
            b: UUID
            c: datetime
            d: list[Decimal] = []
            e: Inner | None = None
        """,
        [
            "Root(a='1.5', b=UUID(int=1), c=datetime(2024, 1, 1))",
            "Root(a='1.5', b=UUID(int=1), c=datetime(2024, 1, 1), d=['2'], e=Inner(at=datetime(2024, 1, 1)))",
        ],
        [
            {"a": "1.5", "b": "00000000-0000-0000-0000-000000000001", "c": "", "d": [], "e": None},
            {"a": 1.5, "b": "x", "c": "2024-01-01 00:00:00", "d": [], "e": None},
            {"a": 1.5, "b": "00000000-0000-0000-0000-000000000001", "c": "", "d": ["2"], "e": None},
        ],
    ),
)

MODELS: tuple[Case, ...] = (
    emits(
        "model-serializer-to-a-typed-dict",
        """
        class Wire(TypedDict):
            x: str
            y: NotRequired[int]
        class Root(BaseModel):
            a: int
            @model_serializer
            def wire(self) -> Wire:
                return {'x': str(self.a)}
        """,
        ["Root(a=1)"],
        [{"a": 1}, {"x": 1}, {}],
    ),
    emits(
        "model-serializer-to-a-string",
        """
        class Point(BaseModel):
            x: int
            y: int
            @model_serializer
            def text(self) -> str:
                return f'{self.x},{self.y}'
        class Root(BaseModel):
            a: Point
            b: list[Point] = []
        """,
        ["Root(a=Point(x=1, y=2), b=[Point(x=0, y=0)])"],
        [{"a": {"x": 1, "y": 2}, "b": []}, {"a": "1,2", "b": [{}]}, {"a": "1,2"}],
    ),
    emits(
        "model-serializer-to-a-dict-of-ints",
        """
        class Root(BaseModel):
            a: int
            @model_serializer
            def wire(self) -> dict[str, int]:
                return {'a': self.a, 'twice': 2 * self.a}
        """,
        ["Root(a=1)"],
        [{"a": "x"}, []],
    ),
    emits(
        "model-serializer-wrap",
        """
        class Wire(TypedDict):
            data: dict[str, int]
        class Root(BaseModel):
            a: int
            @model_serializer(mode='wrap')
            def wire(self, handler: SerializerFunctionWrapHandler) -> Wire:
                return {'data': handler(self)}
        """,
        ["Root(a=1)"],
        [{"a": 1}, {"data": {"a": "x"}}],
    ),
    both(
        "serializer-that-keeps-the-type",
        """
        class Root(BaseModel):
            a: float = Field(allow_inf_nan=False)
            @field_serializer('a')
            def rounded(self, value: float) -> float:
                return round(value, 2)
        """,
        ["Root(a=1.234)"],
        [{"a": "x"}, {}],
    ),
)

OPAQUE: tuple[Case, ...] = (
    refused(
        "field-serializer-without-annotation",
        """
        class Root(BaseModel):
            a: int
            @field_serializer('a')
            def secret(self, value):
                return str(value)
        """,
        "opaque-serializer",
        "Root.a",
    ),
    refused(
        "field-serializer-to-any",
        """
        class Root(BaseModel):
            a: int
            @field_serializer('a')
            def secret(self, value: int) -> Any:
                return str(value)
        """,
        "opaque-serializer",
        "Root.a",
    ),
    refused(
        "plain-serializer-without-a-type",
        """
        class Root(BaseModel):
            a: list[Annotated[int, PlainSerializer(lambda value: str(value))]]
        """,
        "opaque-serializer",
        "Root.a",
    ),
    emits(
        # As Pydantic's documentation writes it.
        "model-serializer-wrap-to-a-dict-of-objects",
        """
        class Item(BaseModel):
            kind: Literal['item'] = 'item'
            x: str
            @model_serializer(mode='wrap')
            def wire(self, handler: SerializerFunctionWrapHandler) -> dict[str, object]:
                serialized = handler(self)
                serialized['fields'] = list(serialized)
                return serialized
        class Special(Item):
            y: int
        class Other(BaseModel):
            kind: Literal['other'] = 'other'
        class Root(BaseModel):
            a: Item
            b: list[Special | None] = []
            c: Annotated[Item | Other, Field(discriminator='kind')] = Other()
            d: int | None = None
            e: tuple[int, ...] = ()
            @field_serializer('d', when_used='unless-none')
            def wide(self, value: int) -> Mapping[str, Any]:
                return {'value': value}
            @field_serializer('e')
            def listed(self, value: tuple[int, ...]) -> list | None:
                return list(value) or None
        """,
        [
            "Root(a=Item(x='x'), b=[None, Special(x='x', y=1)])",
            "Root(a=Item(x='x'), c=Item(x='x'), d=1, e=(1,))",
        ],
        [
            {"a": [], "b": [], "c": {"kind": "other"}, "d": None, "e": None},
            {"a": {}, "b": [1], "c": {"kind": "other"}, "d": None, "e": None},
            {"a": {}, "b": [], "c": 1, "d": None, "e": None},
            {"a": {}, "b": [], "c": {}, "d": 1, "e": None},
            {"a": {}, "b": [], "c": {}, "d": None, "e": {}},
            {"a": {}, "b": [], "c": {}, "d": None},
        ],
    ),
    emits(
        "model-serializer-to-a-wide-dict",
        """
        class Root(BaseModel):
            a: int
            @model_serializer
            def wire(self) -> dict[str, Any]:
                return {'a': self.a}
        """,
        ["Root(a=1)"],
        [[], "x", None],
    ),
    emits(
        "model-serializer-to-an-ordered-dict",
        """
        class Root(BaseModel):
            a: int
            @model_serializer(mode='wrap')
            def wire(self, handler) -> OrderedDict:
                return OrderedDict(handler(self))
        """,
        ["Root(a=1)"],
        [[], "x", None],
    ),
    emits(
        "field-serializer-to-a-tuple-of-anything",
        """
        class Root(BaseModel):
            a: list[int]
            @field_serializer('a')
            def wire(self, value: list[int]) -> tuple:
                return (len(value), *value)
        """,
        ["Root(a=[1])"],
        [{"a": {}}, {"a": 1}, {}],
    ),
    refused(
        "model-serializer-without-annotation-inside",
        """
        class Inner(BaseModel):
            x: int
            @model_serializer(mode='wrap')
            def wire(self, handler):
                return handler(self)
        class Root(BaseModel):
            inner: list[Inner]
        """,
        "opaque-serializer",
        "Inner",
    ),
    refused(
        # A subclass writes its own keys too.
        "serialize-as-any",
        """
        class Base(BaseModel):
            x: int
        class Root(BaseModel):
            a: list[SerializeAsAny[Base]]
        """,
        "opaque-serializer",
        "Root.a",
    ),
    emits(
        "serialize-as-any-trusted",
        """
        class Base(BaseModel):
            x: int
        class Root(BaseModel):
            a: SerializeAsAny[Base]
        """,
        ["Root(a=Base(x=1))"],
        [{"a": {}}, {"a": {"x": "y"}}, {"a": 1}],
        options={"opaque": {"Root.a": "fields"}},
    ),
    emits(
        "opaque-serializer-trusted",
        """
        class Root(BaseModel):
            a: int
            b: str
            @model_serializer(mode='wrap')
            def wire(self, handler):
                return handler(self)
        """,
        ["Root(a=1, b='x')"],
        [{"a": "x", "b": "x"}, {"a": 1}],
        options={"opaque": {"Root": "fields"}},
    ),
    emits(
        "opaque-serializer-given-up",
        """
        class Root(BaseModel):
            a: int
            @field_serializer('a')
            def secret(self, value):
                return [value]
        """,
        ["Root(a=1)"],
        [{}],
        options={"opaque": {"Root.a": "unknown"}},
    ),
    refused(
        "attribute-of-a-value",
        """
        import operator
        class Point(BaseModel):
            x: int
        class Root(BaseModel):
            a: Annotated[Point, PlainSerializer(operator.attrgetter('x'))]
        """,
        "opaque-serializer",
        "Root.a",
        pydantic=(2, 11),
    ),
    emits(
        "dumped-by-hand",
        """
        class Point(BaseModel):
            x: int
        class Root(BaseModel):
            a: Annotated[Point, PlainSerializer(Point.model_dump)]
        """,
        ["Root(a=Point(x=1))"],
        [{"a": []}, {"a": 1}, {}],
    ),
    emits(
        "tuple-of-anything",
        """
        class Root(BaseModel):
            a: Annotated[list[int], PlainSerializer(tuple)]
        """,
        ["Root(a=[1])"],
        [{"a": {}}, {"a": 1}, {}],
    ),
)

CASES = (*FIELDS, *MODELS, *OPAQUE)
