"""Dump options in every kind of container, alone and together."""

from __future__ import annotations

from .case import Case, accepts, both, emits

CASES: tuple[Case, ...] = (
    emits(
        "exclude-none-typed-dict-in-list",
        """
        class TD(TypedDict):
            x: int | None
            y: NotRequired[int | None]
        @dataclasses.dataclass
        class DC:
            p: int | None = None
            q: list[int | None] = dataclasses.field(default_factory=list)
        class Root(BaseModel):
            a: list[TD]
            b: dict[str, TD | None]
            c: tuple[DC, int | None]
            d: RootModel[int | None]
            e: RootModel[list[int | None]] | None = None
            f: dict[str, Any]
            g: list[Any]
            h: Any
        """,
        [
            "Root(a=[{'x': None}], b={'k': None, 'l': {'x': 1, 'y': None}}, c=(DC(), None), d=None, f={'k': None}, g=[None], h=None)",
            "Root(a=[], b={}, c=(DC(p=1,q=[None]), 1), d=1, e=[None], f={}, g=[], h=1)",
        ],
        [{"a": [{"x": None}], "b": {}, "c": [{"q": []}, None], "d": 1, "f": {}, "g": []}],
        dump={"exclude_none": True},
    ),
    emits(
        "exclude-none-root-model-none",
        """
        Inner = RootModel[int | None]
        class Root(BaseModel):
            a: Inner
            b: Inner | None
            c: list[Inner]
        """,
        ["Root(a=Inner(None), b=Inner(None), c=[Inner(None)])", "Root(a=Inner(1), b=None, c=[])"],
        [{"a": "x", "c": []}],
        dump={"exclude_none": True},
    ),
    emits(
        "exclude-none-computed",
        """
        class Root(BaseModel):
            a: int
            @computed_field
            @property
            def b(self) -> int | None: return self.a or None
            @computed_field
            @property
            def c(self) -> list[int | None]: return [None]
        """,
        ["Root(a=0)", "Root(a=1)"],
        [{"a": 0, "b": None, "c": []}, {"a": 0}],
        dump={"exclude_none": True},
    ),
    emits(
        "exclude-none-literal-enum-none",
        """
        class E(Enum):
            A = None
            B = 'b'
        class Root(BaseModel):
            a: E
            b: Literal[None, 'x']
            c: E | None
        """,
        ["Root(a=E.A, b=None, c=E.A)", "Root(a=E.B, b='x', c=None)"],
        [{"a": "q"}, {"a": None, "b": None}],
        dump={"exclude_none": True},
    ),
    emits(
        "exclude-none-use-enum-values",
        """
        class E(Enum):
            A = None
            B = 'b'
        class Root(BaseModel):
            model_config = ConfigDict(use_enum_values=True)
            a: E
            b: E = E.A
        """,
        ["Root(a=E.A)", "Root(a=E.B, b=E.B)"],
        [{"a": "q"}],
        dump={"exclude_none": True},
    ),
    emits(
        "exclude-none-union",
        """
        class M(BaseModel):
            kind: Literal['m']
            v: int | None
        class N(BaseModel):
            kind: Literal['n']
            v: str | None = None
        class Root(BaseModel):
            a: M | N | None
            b: Annotated[M | N, Field(discriminator='kind')]
            c: list[Annotated[M | N, Field(discriminator='kind')] | None]
        """,
        [
            "Root(a=None, b=M(kind='m', v=None), c=[None, N(kind='n')])",
            "Root(a=M(kind='m',v=1), b=N(kind='n', v='x'), c=[])",
        ],
        [{"b": {"kind": "m", "v": None}, "c": []}, {"a": None, "b": {"kind": "m"}, "c": []}],
        dump={"exclude_none": True},
    ),
    emits(
        "exclude-none-serializer-inside-a-validator",
        """
        def zero_as_null(value: int | None) -> int | None:
            return None if value == 0 else value

        Zero = Annotated[int | None, PlainSerializer(zero_as_null)]

        class Root(BaseModel):
            a: Annotated[Zero, AfterValidator(lambda value: value)] = 1
            b: Annotated[Zero, WrapValidator(lambda value, handler: handler(value))] = 1
        """,
        ["Root(a=0, b=0)", "Root(a=2, b=3)", "Root(a=None, b=None)"],
        [{"a": "0"}, {"a": True}, {"b": 0.5}],
        dump={"exclude_none": True},
    ),
    emits(
        "exclude-none-json-and-serializers",
        """
        class Root(BaseModel):
            a: Json[int | None]
            b: Annotated[int | None, PlainSerializer(lambda v: None if v == 1 else v, return_type=int | None)] = None
            c: Annotated[int | None, WrapSerializer(lambda v, h: h(v), return_type=int | None)] = None
            d: Annotated[int, PlainSerializer(lambda v: None if v == 1 else v, return_type=int | None)] = 1
            e: list[Annotated[int, PlainSerializer(lambda v: None, return_type=int | None)]] = [1]
        """,
        ["Root(a='null')", "Root(a='1', b=1, c=1)", "Root(a='1', b=2, c=2, d=2)"],
        [{"a": "1", "d": 1, "e": []}, {"a": 1, "d": "x", "e": []}],
        dump={"exclude_none": True},
    ),
    emits(
        "exclude-none-named-tuple",
        """
        class P(NamedTuple):
            x: int | None = None
            y: str | None = None
        class Root(BaseModel):
            a: P
            b: tuple[int | None, ...]
            c: set[int | None]
            d: frozenset[str | None]
            e: deque[int | None]
            f: defaultdict[str, int]
            g: Counter[str]
            h: Mapping[str, int | None]
            i: Sequence[int | None]
        """,
        [
            "Root(a=P(), b=(None,), c={None}, d={None}, e=[None], f={'x': 1}, g={'x': 1}, h={'x': None}, i=[None])"
        ],
        [{"a": [], "b": [], "c": [], "d": [], "e": [], "f": {}, "g": {}, "h": {}, "i": []}],
        dump={"exclude_none": True},
    ),
    emits(
        "exclude-none-extra",
        """
        class Root(BaseModel):
            model_config = ConfigDict(extra='allow')
            __pydantic_extra__: dict[str, int | None]
            a: int | None = None
        """,
        ["Root(x=None, y=1)", "Root(a=1)"],
        [{"a": None}, {"x": "s"}],
        dump={"exclude_none": True},
    ),
    emits(
        "exclude-defaults-nested",
        """
        class In(BaseModel):
            x: int = 1
            y: list[int] = []
        class Root(BaseModel):
            a: In = In()
            b: In = Field(default_factory=In)
            c: dict[str, In] = {}
            d: In
            e: int = Field(default_factory=lambda data: 3)
            f: Annotated[int, Field(default=2)]
            g: int | None = None
        """,
        ["Root(d=In())", "Root(a=In(x=2), b=In(y=[1]), c={'k': In()}, d=In(x=2), e=4, f=3, g=1)"],
        [{"d": {}}, {"d": {"x": "s"}, "e": 3}],
        dump={"exclude_defaults": True},
    ),
    emits(
        "exclude-defaults-typed-dict-dataclass",
        """
        @pydantic_dataclasses.dataclass
        class DC:
            x: int = 1
            y: list[int] = Field(default_factory=list)
        @dataclasses.dataclass
        class SD:
            x: int = 1
            y: list[int] = dataclasses.field(default_factory=list)
        class Root(BaseModel):
            a: DC
            b: SD
            c: SD = SD()
        """,
        ["Root(a=DC(), b=SD())", "Root(a=DC(x=2), b=SD(y=[1]), c=SD(x=3))"],
        [{"a": {"x": "s"}, "b": {}}, {"a": {}}],
        dump={"exclude_defaults": True},
    ),
    emits(
        "exclude-unset-nested",
        """
        class In(BaseModel):
            x: int = 1
            y: int
        @dataclasses.dataclass
        class SD:
            x: int = 1
        class TD(TypedDict):
            x: NotRequired[int]
        class Root(BaseModel):
            a: In = In(y=1)
            b: list[In] = []
            c: SD = SD()
            d: TD = {}
            e: Any = None
            f: int | None
            @computed_field
            @property
            def g(self) -> int: return 1
        """,
        ["Root(f=None)", "Root(a={'y': 2, 'x': 1}, b=[In(y=1)], c=SD(), d={'x': 1}, e=1, f=1)"],
        [{}, {"f": 1}, {"f": 1, "g": 1, "c": {}}],
        dump={"exclude_unset": True},
    ),
    emits(
        "exclude-all-that-can-be",
        """
        class Root(BaseModel):
            a: int
            b: int | None = 1
            c: int | None
            d: int = 1
        """,
        ["Root(a=1, c=None)", "Root(a=1, b=None, c=1, d=2)"],
        [{"a": 1, "b": None}, {}],
        dump={"exclude_unset": True, "exclude_defaults": True, "exclude_none": True},
    ),
    emits(
        "exclude-computed-fields-nested",
        """
        class In(BaseModel):
            @computed_field
            @property
            def g(self) -> int: return 1
        @pydantic_dataclasses.dataclass
        class D:
            a: int
            @computed_field
            @property
            def g(self) -> int: return 1
        class Root(BaseModel):
            a: In
            b: list[D]
        """,
        ["Root(a=In(), b=[D(1)])"],
        [{"a": {}, "b": [{}]}, {"a": {}}],
        dump={"exclude_computed_fields": True},
        pydantic=(2, 12),
    ),
    emits(
        "by-alias-false-nested",
        """
        @pydantic_dataclasses.dataclass
        class D:
            x: int = Field(alias='X')
        class TD(TypedDict):
            y: Annotated[int, Field(alias='Y')]
        class Root(BaseModel):
            a: D = Field(serialization_alias='A')
            b: TD = Field(alias='B')
            @computed_field(alias='C')
            @property
            def c(self) -> int: return 1
        """,
        ["Root(a=D(X=1), B={'Y': 1})"],
        [{"A": {"X": 1}, "B": {"Y": 1}, "C": 1}, {"a": {}, "b": {"y": 1}, "c": 1}],
        dump={"by_alias": False},
    ),
    emits(
        "by-alias-config",
        """
        class In(BaseModel):
            model_config = ConfigDict(serialize_by_alias=True)
            x: int = Field(alias='X')
        class Plain(BaseModel):
            x: int = Field(alias='X')
        class TD(TypedDict):
            __pydantic_config__ = ConfigDict(serialize_by_alias=True)
            y: Annotated[int, Field(alias='Y')]
        class Root(BaseModel):
            a: In = Field(alias='A')
            b: TD = Field(alias='B')
            c: Plain = Field(alias='C')
            d: list[In]
        """,
        ["Root(A=In(X=1), B={'Y': 1}, C=Plain(X=1), d=[])"],
        [{"A": {"X": 1}, "B": {"Y": 1}, "C": {"X": 1}, "d": []}],
        dump={"by_alias": None},
    ),
    emits(
        "by-alias-config-outer",
        """
        class Plain(BaseModel):
            x: int = Field(alias='X')
        class TD(TypedDict):
            y: Annotated[int, Field(alias='Y')]
        class Root(BaseModel):
            model_config = ConfigDict(serialize_by_alias=True)
            a: Plain = Field(alias='A')
            b: TD = Field(alias='B')
            @computed_field(alias='C')
            @property
            def c(self) -> int: return 1
        """,
        ["Root(A=Plain(X=1), B={'Y': 1})"],
        [{"A": {"X": 1}, "B": {"Y": 1}, "C": 1}],
        dump={"by_alias": None},
    ),
    emits(
        "round-trip",
        """
        class In(BaseModel):
            x: int
        class Root(BaseModel):
            a: Json[In]
            b: int = Field(exclude=True)
            @computed_field
            @property
            def c(self) -> int: return 1
        """,
        ["Root(a='{\"x\": 1}', b=1)"],
        [{"a": {"x": 1}}, {}],
        dump={"round_trip": True},
    ),
    emits(
        "temporal-seconds",
        """
        class Root(BaseModel):
            model_config = ConfigDict(ser_json_temporal='seconds')
            a: timedelta
            b: datetime
            c: date
            d: time
            e: dict[date, datetime]
            f: list[timedelta]
        """,
        [
            "Root(a=timedelta(seconds=1.5), b=datetime(2024,1,2), c=date(2024,1,2), d=time(1,2,3), e={date(2024,1,2): datetime(2024,1,2,3)}, f=[timedelta(days=-1)])"
        ],
        [{"a": "PT1S", "b": 1, "c": 1, "d": 1, "e": {}, "f": []}],
    ),
    emits(
        "temporal-ms",
        """
        class Root(BaseModel):
            model_config = ConfigDict(ser_json_temporal='milliseconds')
            a: Annotated[timedelta, Field(ge=timedelta(seconds=1))]
            b: Annotated[datetime, Field(ge=datetime(2024,1,1))]
            c: Annotated[date, Field(gt=date(2024,1,1))]
            d: Annotated[time, Field(lt=time(12))]
        """,
        [
            "Root(a=timedelta(seconds=1.5), b=datetime(2024,1,2), c=date(2024,1,2), d=time(1,2,3))",
            "Root(a=timedelta(seconds=1), b=datetime(2024,1,1), c=date(2024,1,2), d=time(11,59,59,999999))",
            "Root(a=timedelta(seconds=1), b=datetime(2024,1,1,tzinfo=timezone(timedelta(hours=23))), c=date(2024,1,2), d=time(1))",
        ],
        [
            {"a": 999, "b": 1704153600000, "c": 1704153600000, "d": 1},
            {"a": 1000, "b": 1, "c": 1704153600000, "d": 1},
            {"a": 1000, "b": 1704153600000, "c": 1, "d": 1},
            {"a": 1000, "b": 1704153600000, "c": 1704153600000, "d": 43200000},
        ],
    ),
    emits(
        "temporal-seconds-and-offsets",
        """
        class Root(BaseModel):
            model_config = ConfigDict(ser_json_temporal='seconds')
            naive: Annotated[NaiveDatetime, Field(ge=datetime(2024,1,1))]
            aware: Annotated[AwareDatetime, Field(lt=datetime(2024,1,1,tzinfo=timezone(timedelta(hours=2))))]
            mixed: Annotated[AwareDatetime, Field(gt=datetime(2024,1,1))]
            any: Annotated[datetime, Field(le=datetime(2024,1,1,tzinfo=timezone(timedelta(hours=2))))]
            clock: Annotated[time, Field(lt=time(12,tzinfo=timezone.utc))]
        """,
        [
            "Root(naive=datetime(2024,1,1), aware=datetime(2023,12,31,21,59,59,tzinfo=timezone.utc), mixed=datetime(2024,1,1,1,tzinfo=timezone(timedelta(hours=23,minutes=59))), any=datetime(2024,1,1), clock=time(15,tzinfo=timezone(timedelta(hours=5))))",
            "Root(naive=datetime(2024,1,1), aware=datetime(2000,1,1,tzinfo=timezone.utc), mixed=datetime(2024,1,2,tzinfo=timezone.utc), any=datetime(2023,12,31,22,tzinfo=timezone.utc), clock=time(1))",
        ],
        [
            {"naive": 1704067199, "aware": 0, "mixed": 1704153600, "any": 0, "clock": 1},
            {"naive": 1704067200, "aware": 1704060000, "mixed": 1704153600, "any": 0, "clock": 1},
            {"naive": 1704067200, "aware": 0, "mixed": 1703980801, "any": 0, "clock": 1},
            {"naive": 1704067200, "aware": 0, "mixed": 1704153600, "any": 1704067201, "clock": 1},
        ],
        pydantic=(2, 14),
    ),
    emits(
        "temporal-both",
        """
        class Root(BaseModel):
            model_config = ConfigDict(ser_json_timedelta='float', ser_json_temporal='iso8601')
            a: timedelta
            b: datetime
        """,
        ["Root(a=timedelta(seconds=1.5), b=datetime(2024,1,2))"],
        [{"a": [], "b": "2024-01-02T00:00:00"}],
    ),
    emits(
        "temporal-both2",
        """
        class Root(BaseModel):
            model_config = ConfigDict(ser_json_timedelta='iso8601', ser_json_temporal='seconds')
            a: timedelta
        """,
        ["Root(a=timedelta(seconds=1.5))"],
        [{"a": []}],
    ),
    accepts(
        "val-temporal",
        """
        class Root(BaseModel):
            model_config = ConfigDict(val_temporal_unit='milliseconds')
            a: datetime
            b: date
            c: timedelta
            d: time
        """,
        [{"a": "2024-01-02T00:00:00", "b": "2024-01-02", "c": "PT1S", "d": "01:02:03"}],
        [{"a": "x", "b": "2024-01-02", "c": "PT1S", "d": "01:02:03"}],
    ),
    both(
        "temporal-seconds-both-ways",
        """
        class Root(BaseModel):
            model_config = ConfigDict(ser_json_temporal='seconds', val_temporal_unit='seconds')
            a: datetime
            b: date = date(2020, 1, 1)
            c: dict[str, list[AwareDatetime | None]] = {}
            d: Annotated[AwareDatetime, Field(ge=datetime(2000, 1, 1, tzinfo=timezone.utc))] | None = None
        """,
        [
            "Root(a=datetime(2020,1,1))",
            "Root(a=datetime(2020,1,1,tzinfo=timezone.utc), c={'x': [None, datetime(2020,1,1,tzinfo=timezone.utc)]}, d=datetime(2020,1,1,tzinfo=timezone.utc))",
        ],
        never_emits=[
            {"a": "2020-01-01T00:00:00", "b": 0, "c": {}, "d": None},
            {"a": 0, "b": 1, "c": {}, "d": None},
        ],
        also_accepts=[
            {"a": "2020-01-01T00:00:00", "b": "2020-01-01"},
            {"a": -62135596800},
            {"a": 1.5},
        ],
        never_accepts=[{"a": []}, {"a": 1e15}, {"a": 1, "b": 3}, {"a": 1, "d": 5}],
        pydantic=(2, 12),
    ),
    both(
        "times-in-seconds-both-ways",
        """
        class Root(BaseModel):
            model_config = ConfigDict(ser_json_temporal='seconds')
            a: time
            b: Annotated[time, Field(ge=time(1), lt=time(2))] = time(1)
            c: list[time | None] = []
        """,
        [
            "Root(a=time(3, 4, 5, 6))",
            "Root(a=time(0), b=time(1, 59, 59, 999999), c=[None, time(23, 59)])",
        ],
        [
            {"a": -1, "b": 3600, "c": []},
            {"a": 86400, "b": 3600, "c": []},
            {"a": 1, "b": 7200, "c": []},
        ],
        never_emits=[{"a": "00:00:00", "b": 3600, "c": []}],
        also_accepts=[
            {"a": "03:04:05"},
            {"a": 86399.9999994},
            {"a": 1.5, "b": "01:30:00", "c": ["01:00:00+01:00", 0]},
        ],
        never_accepts=[
            {"a": 86399.9999996},
            {"a": "x"},
            {"a": 1, "b": 3599},
            {"a": 1, "b": 7199.9999998},
            {"a": 1, "b": "02:00:00"},
            {"a": 1, "c": [-0.5]},
        ],
        pydantic=(2, 12),
    ),
    accepts(
        "times-in-seconds-that-are-text",
        """
        class Strict(BaseModel):
            model_config = ConfigDict(ser_json_temporal='seconds', strict=True)
            a: time = time(0)
        class Root(BaseModel):
            model_config = ConfigDict(ser_json_temporal='milliseconds')
            a: time
            b: Strict = Strict()
        """,
        [{"a": "03:04:05", "b": {"a": "03:04:05"}}],
        [{"a": 86400000}, {"a": "x"}, {"a": "03:04:05", "b": {"a": []}}],
        pydantic=(2, 12),
    ),
    both(
        "temporal-ms-both-ways",
        """
        class Root(BaseModel):
            model_config = ConfigDict(ser_json_temporal='milliseconds', val_temporal_unit='milliseconds')
            a: datetime
            b: date = date(2020, 1, 1)
            c: datetime | int | None = None
        """,
        ["Root(a=datetime(2020,1,1))"],
        never_emits=[{"a": "x", "b": 1577836800000, "c": None}],
        never_accepts=[{"a": []}, {"a": 1, "b": 3}],
        pydantic=(2, 12),
    ),
    accepts(
        "temporal-numbers-that-are-read",
        """
        class Root(BaseModel):
            model_config = ConfigDict(val_temporal_unit='milliseconds')
            a: datetime
            b: dict[date, int] = {}
            c: NaiveDatetime | None = None
            d: Annotated[datetime, Field(strict=True)] | None = None
        """,
        [{"a": 1577836800000}, {"a": "2020-01-01T00:00:00", "b": {"2020-01-01": 1}}],
        [{"a": True}, {"a": 1, "c": 3}, {"a": 1, "d": 3}],
        pydantic=(2, 12),
    ),
    both(
        "temporal-seconds-of-which-the-unit-is-guessed",
        """
        class Root(BaseModel):
            model_config = ConfigDict(ser_json_temporal='seconds')
            a: datetime
            b: date = date(2020, 1, 1)
        """,
        ["Root(a=datetime(2020,1,1))"],
        never_emits=[{"a": "x", "b": 0}],
        never_accepts=[{"a": []}, {"a": 1, "b": 3}],
        pydantic=(2, 12),
    ),
    emits(
        "inf-nan-modes",
        """
        class Root(BaseModel):
            model_config = ConfigDict(ser_json_inf_nan='strings')
            a: float
            b: Any
            c: dict[float, float]
            d: list[float]
            e: Annotated[float, Field(gt=0)]
            f: Annotated[float, AllowInfNan(False)]
            g: complex
        """,
        [
            "Root(a=math.inf, b=math.nan, c={math.inf: math.nan, 1.5: -math.inf}, d=[math.nan], e=math.inf, f=1, g=1j)"
        ],
        [
            {"a": "inf", "b": 1, "c": {}, "d": [], "e": 1, "f": 1, "g": "1j"},
            {"a": 1, "b": 1, "c": {}, "d": [], "e": "NaN", "f": 1, "g": "1j"},
        ],
    ),
    emits(
        "inf-inherit",
        """
        class In(BaseModel):
            a: float
        class Root(BaseModel):
            model_config = ConfigDict(ser_json_inf_nan='strings')
            i: In
            j: list[In]
            a: float
        """,
        ["Root(i=In(a=math.inf), j=[In(a=math.nan)], a=math.inf)"],
        [{"i": {"a": "x"}, "j": [], "a": 1}],
    ),
    emits(
        "bytes-inherit",
        """
        class In(BaseModel):
            a: bytes
        @dataclasses.dataclass
        class D:
            a: bytes
        class Root(BaseModel):
            model_config = ConfigDict(ser_json_bytes='hex')
            i: In
            d: D
            b: bytes
            c: dict[bytes, bytes]
            e: bytes | int
        """,
        ["Root(i=In(a=b'ab'), d=D(a=b'ab'), b=b'ab', c={b'a': b'zz'}, e=b'zz')"],
        [{"i": {"a": "ab"}, "d": {"a": "ab"}, "b": "zz", "c": {}, "e": 1}],
    ),
)
