"""Code whose types are not declared: what its annotations say, what the user decides on it, and what is refused."""

from __future__ import annotations

from .case import Case, accepts, both, emits, refused

ENCODERS: tuple[Case, ...] = (
    emits(
        "json-encoders-with-annotations",
        """
        def iso(value: datetime) -> str:
            return value.isoformat()
        class Root(BaseModel):
            model_config = ConfigDict(json_encoders={
                datetime: iso, Decimal: float, timedelta: lambda value: value.total_seconds(), UUID: str,
            })
            a: datetime
            b: datetime | None = None
            c: dict[str, list[datetime]]
            d: Decimal
            f: UUID
        """,
        [
            "Root(a=datetime(2024, 1, 2), c={}, d=1, f=UUID(int=0))",
            "Root(a=datetime(2024, 1, 2), b=datetime(2024, 1, 2), c={'x': [datetime(2024, 1, 2)]}, d='1.5', f=UUID(int=1))",
        ],
        [
            {"a": 1, "b": None, "c": {}, "d": 1.0, "f": "00000000-0000-0000-0000-000000000000"},
            {"a": "", "b": None, "c": {}, "d": "1", "f": "00000000-0000-0000-0000-000000000000"},
            {"a": "", "b": 1, "c": {"x": [1]}, "d": 1, "f": "00000000-0000-0000-0000-000000000000"},
        ],
    ),
    emits(
        "json-encoders-of-kinds-of-callables",
        """
        from functools import partial
        class Seconds:
            def __call__(self, value: timedelta) -> int:
                return int(value.total_seconds())
        class Texts:
            @classmethod
            def upper(cls, value: Enum) -> 'str | None':
                return value.value.upper() or None
        def joined(separator: str, value: tuple) -> str:
            return separator.join(map(str, value))
        class Kind(str, Enum):
            a = 'a'
        class Point:
            def __init__(self, x): self.x = x
            @classmethod
            def __get_pydantic_core_schema__(cls, source, handler):
                return handler(dict[str, int])
        class Root(BaseModel):
            model_config = ConfigDict(json_encoders={timedelta: Seconds(), Kind: Texts.upper, date: partial(joined, '-')})
            a: timedelta
            b: Kind
            c: list[Kind] = []
        """,
        ["Root(a=timedelta(seconds=3), b='a')", "Root(a=timedelta(days=3), b='a', c=['a'])"],
        [
            {"a": "PT3S", "b": "A", "c": []},
            {"a": 1.5, "b": "A", "c": []},
            {"a": 1, "b": 2, "c": []},
            {"a": 1, "b": "A", "c": "A"},
        ],
    ),
    emits(
        "json-encoders-inherited",
        """
        def year(value: date) -> int:
            return value.year
        class Base(BaseModel):
            model_config = ConfigDict(json_encoders={date: year})
            a: date
        class Inner(BaseModel):
            a: date
        class Root(Base):
            b: list[date]
            c: Inner
        """,
        ["Root(a=date(2024, 1, 2), b=[date(2024, 1, 2)], c=Inner(a=date(2024, 1, 2)))"],
        [
            {"a": "2024-01-02", "b": [], "c": {"a": "2024-01-02"}},
            {"a": 1, "b": ["2024-01-02"], "c": {"a": "2024-01-02"}},
            {"a": 1, "b": [], "c": {"a": 2024}},
        ],
    ),
    refused(
        "json-encoder-without-annotation",
        """
        class Root(BaseModel):
            model_config = ConfigDict(json_encoders={datetime: lambda value: value.isoformat()})
            a: datetime
            b: list[datetime]
        """,
        "opaque-serializer",
        "Root.a",
    ),
    refused(
        # Pydantic is not told what the function returns, so of a subclass it writes all keys.
        "json-encoder-to-a-class",
        """
        class Day(BaseModel):
            year: int
        def day(value: date) -> Day:
            return Day(year=value.year)
        class Root(BaseModel):
            model_config = ConfigDict(json_encoders={date: day})
            a: date
        """,
        "opaque-serializer",
        "Root.a",
    ),
    emits(
        "json-encoder-decided-by-its-name",
        """
        def iso(value):
            return value.isoformat()
        class Root(BaseModel):
            model_config = ConfigDict(json_encoders={datetime: iso})
            a: datetime
            b: list[datetime | None] = []
        """,
        ["Root(a=datetime(2024, 1, 2), b=[None])", "Root(a=datetime(2024, 1, 2, 3, 4, 5, 6))"],
        [{"a": "x", "b": []}, {"a": 1, "b": []}, {"a": "2024-01-02T00:00:00", "b": [1]}],
        options={"opaque": {"iso": "fields"}},
    ),
    emits(
        "json-encoder-decided-by-the-class",
        """
        class Root(BaseModel):
            model_config = ConfigDict(json_encoders={datetime: lambda value: value.timestamp()})
            a: datetime
            b: list[datetime | None] = []
        """,
        ["Root(a=datetime(2024, 1, 2), b=[None])", "Root(a=datetime(2024, 1, 2, 3, 4, 5, 6))"],
        [{"a": "2024-01-02T00:00:00", "b": []}, {"a": 1, "b": ["x"]}],
        options={"opaque": {"datetime:datetime": "builtins:float"}},
    ),
)

OBJECT_ID = """
from pydantic_core import core_schema
class ObjectId:
    def __init__(self, text): self.text = text
    @classmethod
    def __get_pydantic_core_schema__(cls, source, handler):
        return core_schema.no_info_plain_validator_function(
            cls.validate,
            serialization=core_schema.plain_serializer_function_ser_schema(lambda value: value.text),
        )
    @classmethod
    def validate(cls, value):
        if not isinstance(value, str): raise ValueError
        return cls(value)
"""

VALIDATORS: tuple[Case, ...] = (
    both(
        "scalar-class-decided",
        f"""{OBJECT_ID}
class UserId(ObjectId): ...
class Base(BaseModel):
    id: ObjectId
class Root(Base):
    a: UserId | None = None
    b: list[ObjectId] = []
""",
        ["Root(id='x')", "Root(id='x', a='y', b=['z'])"],
        [
            {"id": 1, "a": None, "b": []},
            {"id": "x", "a": 1, "b": []},
            {"id": "x", "a": None, "b": [1]},
        ],
        options={"opaque": {"ObjectId": "builtins:str"}},
    ),
    both(
        "class-of-anything-that-is-unknown",
        """
        from pydantic_core import core_schema
        class Odd:
            @classmethod
            def __get_pydantic_core_schema__(cls, source, handler):
                return core_schema.any_schema()
        class Root(BaseModel):
            a: Odd
            b: list[Odd] = []
        """,
        ["Root(a=1)", "Root(a={'x': [None]}, b=['x', 1])"],
        [{"b": []}, {"a": 1, "b": {}}],
        options={"opaque": {"Odd": "unknown"}},
    ),
    both(
        "field-of-a-base-class-decided",
        f"""{OBJECT_ID}
class Base(BaseModel):
    id: ObjectId
class Root(Base):
    a: int
""",
        ["Root(id='x', a=1)"],
        [{"id": 1, "a": 1}, {"id": "x", "a": "y"}],
        options={"opaque": {"Base.id": "builtins:str"}},
    ),
    refused(
        "scalar-class-emitted",
        f"""{OBJECT_ID}
class Root(BaseModel):
    id: ObjectId
""",
        "opaque-serializer",
        "Root.id",
    ),
    refused(
        "scalar-class-accepted",
        f"""{OBJECT_ID}
class Root(BaseModel):
    id: ObjectId
""",
        "opaque-validator",
        "Root.id",
        accepted=True,
    ),
    both(
        "plain-validator-with-annotations",
        """
        from pydantic_core import core_schema
        class Level(int):
            @classmethod
            def __get_pydantic_core_schema__(cls, source, handler):
                return core_schema.no_info_plain_validator_function(cls.read)
            @classmethod
            def read(cls, value: int) -> int:
                if not isinstance(value, int): raise ValueError
                return value
        def number(value: 'int | str') -> int:
            if not isinstance(value, (int, str)): raise ValueError
            return int(value)
        class Root(BaseModel):
            a: Level
            b: list[Level | None] = []
            c: Annotated[int, PlainValidator(number)]
        """,
        ["Root(a=1, c='2')", "Root(a=1, b=[2, None], c=2)"],
        [{"a": "x", "b": [], "c": 1}, {"a": 1, "b": ["x"], "c": 1}, {"a": 1, "b": [], "c": []}],
        also_accepts=[{"a": 1, "c": "2"}],
    ),
    both(
        "wrap-validator-of-anything-with-annotations",
        """
        from pydantic_core import core_schema
        class Code:
            @classmethod
            def __get_pydantic_core_schema__(cls, source, handler):
                return core_schema.no_info_wrap_validator_function(cls.read, core_schema.any_schema())
            @classmethod
            def read(cls, value: str, handler) -> str:
                if not isinstance(value, str): raise ValueError
                return handler(value)
        class Root(BaseModel):
            a: Code
            b: dict[str, Code] = {}
        """,
        ["Root(a='x')", "Root(a='x', b={'y': 'z'})"],
        [{"a": 1, "b": {}}, {"a": "x", "b": {"y": None}}],
    ),
    refused(
        "wrap-validator-of-anything",
        """
        from pydantic_core import core_schema
        class Code:
            @classmethod
            def __get_pydantic_core_schema__(cls, source, handler):
                return core_schema.no_info_wrap_validator_function(cls.read, core_schema.any_schema())
            @classmethod
            def read(cls, value, handler):
                return handler(value)
        class Root(BaseModel):
            a: list[Code]
        """,
        "opaque-validator",
        "Root.a",
        accepted=True,
    ),
    refused(
        "after-validator-of-anything",
        """
        from pydantic_core import core_schema
        class Code:
            @classmethod
            def __get_pydantic_core_schema__(cls, source, handler):
                return core_schema.no_info_after_validator_function(cls, core_schema.any_schema())
            def __init__(self, value): self.value = value
        class Root(BaseModel):
            a: Code | None = None
        """,
        "opaque-validator",
        "Root.a",
    ),
    refused(
        "class-that-says-any",
        """
        from pydantic_core import core_schema
        class Code:
            @classmethod
            def __get_pydantic_core_schema__(cls, source, handler):
                return core_schema.any_schema()
        class Root(BaseModel):
            a: Code
        """,
        "opaque-validator",
        "Root.a",
    ),
    refused(
        "plain-validator-that-states-no-input",
        """
        class Root(BaseModel):
            a: Annotated[int, PlainValidator(lambda value: int(value))]
        """,
        "opaque-validator",
        "Root.a",
        accepted=True,
    ),
    both(
        # Here the model says Any itself.
        "validators-of-any",
        """
        class Root(BaseModel):
            a: Annotated[Any, WrapValidator(lambda value, handler: handler(value))]
            b: Annotated[object, AfterValidator(lambda value: value)]
            c: list[Annotated[Any, PlainValidator(lambda value: value)]]
            d: Any = None
            @field_validator('d')
            @classmethod
            def same(cls, value): return value
        """,
        ["Root(a=1, b='x', c=[None])"],
        [{"a": 1, "b": 1, "c": 1}, []],
    ),
    accepts(
        "plain-validator-trusted",
        """
        def number(value):
            if not isinstance(value, int): raise ValueError
            return value
        class Root(BaseModel):
            a: Annotated[int, PlainValidator(number)]
        """,
        [{"a": 1}],
        [{"a": "x"}, {}],
        options={"opaque": {"number": "fields"}},
    ),
    emits(
        "plain-validator-that-gives-no-none",
        """
        from pydantic_core import core_schema
        class Level:
            @classmethod
            def __get_pydantic_core_schema__(cls, source, handler):
                return core_schema.no_info_plain_validator_function(cls.read)
            @classmethod
            def read(cls, value) -> int: return value
        def number(value): return value
        class Root(BaseModel):
            a: Level
            b: Annotated[int, PlainValidator(number)]
        """,
        ["Root(a=1, b=2)"],
        [{"a": 1}, {"b": 1}, {}, {"a": None, "b": 1}],
        dump={"exclude_none": True},
        options={"opaque": {"number": "fields"}},
    ),
    emits(
        "plain-validator-that-may-give-none",
        """
        def number(value) -> 'int | None': return value or None
        class Root(BaseModel):
            a: Annotated[int | None, PlainValidator(number)]
            b: Annotated[int, PlainValidator(lambda value: value or None)]
        """,
        ["Root(a=1, b=2)", "Root(a=0, b=2)"],
        [{"a": "x", "b": 1}],
        dump={"exclude_none": True},
    ),
    emits(
        "instances-decided",
        """
        class Money:
            def __init__(self, cents): self.cents = cents
        class Root(BaseModel):
            model_config = ConfigDict(arbitrary_types_allowed=True, json_encoders={Money: lambda value: value.cents})
            a: Money
            b: list[Money] = []
        """,
        ["Root(a=Money(1))", "Root(a=Money(1), b=[Money(2)])"],
        [{"a": "x", "b": []}, {"a": 1, "b": [None]}],
        options={"opaque": {"Money": "builtins:int"}},
    ),
)

OWN_REFERENCES: tuple[Case, ...] = (
    both(
        "references-that-name-no-module",
        """
        from pydantic_core import core_schema
        class Colour(str):
            @classmethod
            def __get_pydantic_core_schema__(cls, source, handler):
                return core_schema.str_schema(pattern='^#', ref='colour')
        class Shade(str):
            @classmethod
            def __get_pydantic_core_schema__(cls, source, handler):
                inner = core_schema.str_schema(min_length=2, ref='shade of grey')
                return core_schema.definitions_schema(core_schema.definition_reference_schema('shade of grey'), [inner])
        class Tree:
            @classmethod
            def __get_pydantic_core_schema__(cls, source, handler):
                return core_schema.list_schema(core_schema.definition_reference_schema('a-tree'), ref='a-tree')
        class Root(BaseModel):
            a: Colour
            b: list[Colour]
            c: Shade
            d: Shade | None = None
            e: Tree
            f: Tree | None = None
        """,
        [
            "Root(a='#a', b=['#b'], c='grey', e=[[], [[]]])",
            "Root(a='#a', b=[], c='grey', d='light', e=[], f=[])",
        ],
        [
            {"a": "a", "b": [], "c": "grey", "d": None, "e": [], "f": None},
            {"a": "#", "b": ["b"], "c": "grey", "d": None, "e": [], "f": None},
            {"a": "#", "b": [], "c": "x", "d": None, "e": [], "f": None},
            {"a": "#", "b": [], "c": "grey", "d": "x", "e": [], "f": None},
            {"a": "#", "b": [], "c": "grey", "d": None, "e": [1], "f": None},
        ],
    ),
)

CASES = (*ENCODERS, *VALIDATORS, *OWN_REFERENCES)
