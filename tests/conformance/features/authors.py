"""What authors say of a type, in serializers and schemas of their own, against what is on the wire."""

from __future__ import annotations

from .case import Case, both, emits, refused

CASES: tuple[Case, ...] = (
    emits(
        "model-serializer-wrapped-with-a-type",
        """
        class Root(BaseModel):
            a: int
            b: str = ''
            @model_serializer(mode='wrap')
            def ser(self, handler) -> dict[str, int | str]:
                d = handler(self); d['extra'] = 1; return d
        """,
        ["Root(a=1)"],
        [{"a": []}, []],
    ),
    emits(
        "field-plain-none-return",
        """
        class Root(BaseModel):
            a: int
            @field_serializer('a')
            def s(self, v) -> None: return None
        """,
        ["Root(a=1)"],
        [{"a": 1}, {}],
    ),
    emits(
        "when-used-always-vs-json",
        """
        class Root(BaseModel):
            a: int
            b: Annotated[int, PlainSerializer(lambda v: str(v), return_type=str, when_used='json')]
            c: Annotated[int | None, PlainSerializer(lambda v: str(v), return_type=str, when_used='unless-none')]
            d: Annotated[int | None, PlainSerializer(lambda v: str(v), return_type=str, when_used='json-unless-none')] = None
            e: list[Annotated[int | None, PlainSerializer(lambda v: str(v), return_type=str, when_used='unless-none')]] = []
            f: Annotated[Literal[1, None], PlainSerializer(lambda v: str(v), return_type=str, when_used='unless-none')] = None
            g: Annotated[int | str | None, PlainSerializer(lambda v: [v], return_type=list[int|str], when_used='unless-none')] = None
            h: Annotated[Any, PlainSerializer(lambda v: str(v), return_type=str, when_used='unless-none')] = None
            i: Annotated[Optional[int], Field(gt=0), PlainSerializer(lambda v: str(v), return_type=str, when_used='unless-none')] = None
            j: Annotated[Optional[int], AfterValidator(lambda v: v), PlainSerializer(lambda v: str(v), return_type=str, when_used='unless-none')] = None
        """,
        [
            "Root(a=1, b=1, c=None)",
            "Root(a=1, b=2, c=3, d=4, e=[None, 1], f=1, g=2, h=3, i=4, j=5)",
        ],
        [{"a": 1, "b": 1, "c": None, "d": None, "e": []}],
    ),
    emits(
        "when-used-union-none",
        """
        Maybe = int | None
        class Root(BaseModel):
            a: Annotated[Maybe | str, PlainSerializer(lambda v: str(v), return_type=str, when_used='unless-none')]
            b: Annotated[None, PlainSerializer(lambda v: str(v), return_type=str, when_used='unless-none')] = None
            c: Annotated[RootModel[int | None], PlainSerializer(lambda v: 'x', return_type=str, when_used='unless-none')] = RootModel[int | None](None)
        """,
        ["Root(a=None)", "Root(a=1)"],
        [{"a": 1, "b": None, "c": "x"}],
    ),
    refused(
        "wrap-no-type",
        """
        class Root(BaseModel):
            a: Annotated[int, WrapSerializer(lambda v, h: h(v))]
        """,
        "opaque-serializer",
        "Root.a",
    ),
    emits(
        "serializer-returns-model-with-config",
        """
        class In(BaseModel):
            model_config = ConfigDict(ser_json_bytes='hex')
            x: bytes
        class Root(BaseModel):
            a: int
            b: bytes
            @field_serializer('a')
            def s(self, v) -> In: return In(x=b'zz')
            @field_serializer('b')
            def t(self, v) -> bytes: return v
        """,
        ["Root(a=1, b=b'zz')"],
        [{"a": {"x": "zz"}, "b": "zz"}],
    ),
    emits(
        "serializer-returns-float-inf",
        """
        class Root(BaseModel):
            a: int
            b: int
            @field_serializer('a')
            def s(self, v) -> float: return math.inf
            @field_serializer('b')
            def t(self, v) -> Decimal: return Decimal(v)
        """,
        ["Root(a=1, b=2)"],
        [{"a": "x", "b": "2"}, {"a": 1, "b": 2}],
    ),
    emits(
        "serializer-returns-union",
        """
        class Root(BaseModel):
            a: int
            @field_serializer('a')
            def s(self, v) -> 'int | str | None': return {1: 1, 2: 'x', 3: None}[v]
        """,
        ["Root(a=1)", "Root(a=2)", "Root(a=3)"],
        [{"a": []}, {}],
    ),
    emits(
        "serializer-with-constraint-behind",
        """
        class Root(BaseModel):
            a: Annotated[int, Field(ge=0, le=5), PlainSerializer(lambda v: v * 100, return_type=int)]
            b: Annotated[str, Field(max_length=2), PlainSerializer(lambda v: v * 9, return_type=str)]
            c: Annotated[str, StringConstraints(pattern='^a$'), WrapSerializer(lambda v, h: h(v) + 'z', return_type=str)]
            d: Annotated[list[int], Field(max_length=1), PlainSerializer(lambda v: v * 5, return_type=list[int])]
            e: int = Field(le=3)
            @field_serializer('e')
            def s(self, v) -> int: return v + 100
        """,
        ["Root(a=5, b='xy', c='a', d=[1], e=1)"],
        [{"a": "x", "b": "", "c": "", "d": [], "e": 1}],
    ),
    emits(
        "serializer-on-alias-type",
        """
        T1 = TypeAliasType('T1', Annotated[int, PlainSerializer(str, return_type=str)])
        class Root(BaseModel):
            a: T1
            b: list[T1] | None = None
        """,
        ["Root(a=1, b=[2])"],
        [{"a": 1, "b": None}],
    ),
    refused(
        "opaque-str-builtin",
        """
        class Root(BaseModel):
            a: Annotated[int, PlainSerializer(lambda v: v)]
        """,
        "opaque-serializer",
        "Root.a",
    ),
    emits(
        "builtin-serializer-functions",
        """
        class Root(BaseModel):
            a: Annotated[int, PlainSerializer(str)]
            b: Annotated[int, PlainSerializer(float)]
            c: Annotated[str, PlainSerializer(len)]
            d: Annotated[set[int], PlainSerializer(sorted, return_type=list[int])]
            e: Annotated[int, PlainSerializer(bool)]
            f: Annotated[int, PlainSerializer(hex)]
            g: Annotated[datetime, PlainSerializer(datetime.isoformat)]
        """,
        ["Root(a=1, b=2, c='xyz', d={2,1}, e=1, f=3, g=datetime(2024,1,1))"],
        [{"a": 1}],
    ),
    emits(
        "model-serializer-returning-self-type",
        """
        class Root(BaseModel):
            a: int
            @model_serializer
            def s(self) -> 'Other': return Other(z=self.a)
        class Other(BaseModel):
            z: int
        Root.model_rebuild(force=True)
        """,
        ["Root(a=1)"],
        [{"a": 1}, {"z": "x"}],
    ),
    emits(
        "model-serializer-inherited",
        """
        class Base(BaseModel):
            a: int
            @model_serializer
            def s(self) -> str: return str(self.a)
        class Root(Base):
            b: int
        """,
        ["Root(a=1, b=2)"],
        [{"a": 1, "b": 2}, 1],
    ),
    emits(
        "model-serializer-when-used",
        """
        class In(BaseModel):
            a: int
            @model_serializer(when_used='unless-none')
            def s(self) -> str: return str(self.a)
        class Root(BaseModel):
            a: In | None
            b: list[In | None]
        """,
        ["Root(a=None, b=[None])", "Root(a=In(a=1), b=[In(a=1)])"],
        [{"a": {"a": 1}, "b": []}],
    ),
    emits(
        "json-schema-contradictions",
        """
        class Strange(int):
            @classmethod
            def __get_pydantic_core_schema__(cls, source, handler):
                return core_schema_int(handler)
            @classmethod
            def __get_pydantic_json_schema__(cls, core, handler):
                return {'type': 'string', 'description': 'd'}
        def core_schema_int(handler):
            return handler(int)
        class Root(BaseModel):
            a: Annotated[int, WithJsonSchema({'type': 'string'})]
            b: int = Field(json_schema_extra={'type': 'string', 'minimum': 5, 'examples': [1]})
            c: int = Field(json_schema_extra=lambda s: s.update(type='string'))
            d: Annotated[list[int], WithJsonSchema({'type': 'array', 'items': {'type': 'string'}})]
            e: Annotated[int | None, WithJsonSchema({'type': 'integer'})]
            f: Strange
        """,
        ["Root(a=1, b=1, c=1, d=[1], e=None, f=1)"],
        [
            {"a": "x", "b": 1, "c": 1, "d": [], "e": 1, "f": 1},
            {"a": 1, "b": "x", "c": 1, "d": [], "e": 1, "f": 1},
            {"a": 1, "b": 1, "c": 1, "d": ["x"], "e": 1, "f": 1},
            {"a": 1, "b": 1, "c": 1, "d": [], "e": 1, "f": "x"},
        ],
    ),
    both(
        "class-json-schema-extra",
        """
        class Root(BaseModel):
            model_config = ConfigDict(json_schema_extra={'properties': {'zzz': {'type': 'string'}}, 'required': ['zzz'], 'additionalProperties': False, 'title': 'T', 'examples': [{'a': 1}]})
            a: int
        class Unused(BaseModel):
            @staticmethod
            def f(schema, cls): schema.pop('properties')
            model_config = ConfigDict(json_schema_extra=f)
        """,
        ["Root(a=1)"],
        [{"a": "x"}, {}],
    ),
    both(
        "class-get-json-schema",
        """
        class In(BaseModel):
            a: int
            @classmethod
            def __get_pydantic_json_schema__(cls, core, handler):
                s = handler(core); s = handler.resolve_ref_schema(s); s.pop('properties', None); s['required'] = ['q']; return s
        class Root(BaseModel):
            x: In
            y: list[In]
        """,
        ["Root(x=In(a=1), y=[In(a=2)])"],
        [{"x": {"a": "x"}, "y": []}, {"x": {}, "y": []}, {"x": {"a": 1}, "y": [{}]}],
    ),
    both(
        "custom-type-with-hooks",
        """
        from pydantic_core import core_schema
        class Colour:
            def __init__(self, v): self.v = v
            @classmethod
            def __get_pydantic_core_schema__(cls, source, handler):
                return core_schema.no_info_after_validator_function(cls, core_schema.str_schema(pattern='^#[0-9a-f]{6}$'), serialization=core_schema.plain_serializer_function_ser_schema(lambda c: c.v, return_schema=core_schema.str_schema()))
        class Root(BaseModel):
            a: Colour
            b: dict[str, Colour]
        """,
        ["Root(a='#aabbcc', b={'x': '#000000'})"],
        [{"a": 1, "b": {}}],
        never_accepts=[{"a": "red", "b": {}}],
    ),
    both(
        "custom-json-or-python",
        """
        from pydantic_core import core_schema
        class Third:
            def __init__(self, v): self.v = v
            @classmethod
            def __get_pydantic_core_schema__(cls, source, handler):
                from_int = core_schema.chain_schema([core_schema.int_schema(ge=0), core_schema.no_info_plain_validator_function(cls)])
                return core_schema.json_or_python_schema(json_schema=from_int, python_schema=core_schema.union_schema([core_schema.is_instance_schema(cls), from_int]), serialization=core_schema.plain_serializer_function_ser_schema(lambda i: i.v, return_schema=core_schema.int_schema()))
            @classmethod
            def __get_pydantic_json_schema__(cls, core, handler):
                return handler(core_schema.int_schema())
        class Root(BaseModel):
            a: Third
        """,
        ["Root(a=3)"],
        [{"a": "x"}, {"a": 1.5}, {}],
    ),
    both(
        "custom-json-or-python-whose-function-returns-a-type-variable",
        """
        import datetime as dt
        from typing import TypeVar
        from pydantic_core import core_schema
        AnyAware = TypeVar("AnyAware", bound="Elsewhere")
        class Aware(dt.datetime):
            @classmethod
            def __get_pydantic_core_schema__(cls, source, handler):
                made = core_schema.chain_schema([core_schema.datetime_schema(), core_schema.no_info_plain_validator_function(cls.made)])
                return core_schema.json_or_python_schema(json_schema=made, python_schema=core_schema.union_schema([core_schema.is_instance_schema(cls), made]))
            @classmethod
            def __get_pydantic_json_schema__(cls, core, handler):
                return handler(core_schema.datetime_schema())
            @classmethod
            def made(cls: type[AnyAware], value: dt.datetime) -> AnyAware:
                return cls(value.year, value.month, value.day, tzinfo=value.tzinfo or dt.timezone.utc)
        class Root(BaseModel):
            a: Aware
            b: list[Aware] = []
        """,
        [
            "Root(a='2024-02-29T12:00:00Z')",
            "Root(a='2024-02-29T00:00:00', b=['2024-02-29T00:00:00+02:00'])",
        ],
        [{"a": "2024-02-30T00:00:00Z"}, {"a": "never"}, {}],
    ),
    both(
        "documentation-that-is-no-json",
        """
        class Lazy:
            def __str__(self): return 'translated'
        class Inner(BaseModel):
            model_config = ConfigDict(json_schema_extra={'title': Lazy(), 'examples': [Lazy()], 'widget': str})
            a: int = Field(json_schema_extra={'widget': str, 'x-set': {1, 2}, 'title': Lazy()})
        class Root(BaseModel):
            model_config = ConfigDict(model_title_generator=lambda cls: Lazy())
            a: Inner
            b: int = Field(description=Lazy())
            c: Annotated[int, WithJsonSchema({'type': int, 'title': Lazy()})]
        """,
        ["Root(a=Inner(a=1), b=1, c=1)"],
        [
            {"a": {"a": "x"}, "b": 1, "c": 1},
            {"a": {"a": 1}, "b": "x", "c": 1},
            {"a": {"a": 1}, "b": 1, "c": "x"},
        ],
    ),
    both(
        "documentation-that-raises",
        """
        def fail(*_, **__): raise RuntimeError('no request here')
        class Inner(BaseModel):
            a: int
            @classmethod
            def __get_pydantic_json_schema__(cls, core, handler): fail()
        class Exits(BaseModel):
            a: int
            @classmethod
            def __get_pydantic_json_schema__(cls, core, handler): raise SystemExit(3)
        class Nothing(BaseModel):
            a: int
            @classmethod
            def __get_pydantic_json_schema__(cls, core, handler): return None
        class Root(BaseModel):
            model_config = ConfigDict(model_title_generator=fail, json_schema_extra=fail)
            a: Inner
            b: Exits
            c: list[Nothing]
            d: int = Field(json_schema_extra=fail)
        """,
        ["Root(a=Inner(a=1), b=Exits(a=1), c=[Nothing(a=1)], d=1)"],
        [
            {"a": {"a": "x"}, "b": {"a": 1}, "c": [], "d": 1},
            {"a": {"a": 1}, "b": {}, "c": [], "d": 1},
            {"a": {"a": 1}, "b": {"a": 1}, "c": [{}], "d": 1},
            {"a": {"a": 1}, "b": {"a": 1}, "c": [], "d": "x"},
        ],
    ),
    emits(
        "predicate-that-raises",
        """
        class Root(BaseModel):
            a: int = Field(exclude_if=lambda value: 1 / value == 1)
            b: int | None = Field(None, exclude_if=lambda value: value > 3)
        """,
        ["Root(a=1, b=1)", "Root(a=2, b=4)"],
        [{"a": "x"}, {"b": "x"}],
        pydantic=(2, 12),
    ),
    refused(
        "schema-of-an-author-that-is-no-json",
        """
        class Root(BaseModel):
            a: Annotated[Any, WithJsonSchema({'type': str})]
        """,
        "unusable-type",
        "Root.a",
    ),
    emits(
        "serialize-as-any-field",
        """
        class B(BaseModel):
            x: int
        class C(B):
            y: int
        class Root(BaseModel):
            a: B
            b: list[B]
            c: B | None = None
        """,
        ["Root(a=C(x=1,y=2), b=[C(x=1,y=2)], c=C(x=1,y=2))"],
        [{"a": {}, "b": [], "c": None}],
    ),
    refused(
        "serialize-as-any-refused",
        """
        class B(BaseModel):
            x: int
        class Root(BaseModel):
            a: SerializeAsAny[list[B]]
        """,
        "opaque-serializer",
        "Root.a",
    ),
    refused(
        "serialize-as-any-nested",
        """
        class B(BaseModel):
            x: int
        class Root(BaseModel):
            a: list[SerializeAsAny[B]]
        """,
        "opaque-serializer",
        "Root.a",
    ),
    emits(
        "serialize-as-any-of-scalar",
        """
        class Root(BaseModel):
            a: SerializeAsAny[int]
            b: SerializeAsAny[str | None] = None
        """,
        ["Root(a=1)"],
        [{"a": "x", "b": None}],
    ),
    refused(
        "polymorphic",
        """
        class B(BaseModel):
            model_config = ConfigDict(polymorphic_serialization=True)
            x: int
        class Root(BaseModel):
            a: B
        """,
        "opaque-serializer",
        "B",
        pydantic=(2, 13),
    ),
)
