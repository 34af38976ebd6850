"""Model configuration: what it changes on the wire, and what it reaches inside a model."""

from __future__ import annotations

from .case import Case, accepts, both, emits, refused

CASES: tuple[Case, ...] = (
    emits(
        "shared-typed-dict",
        """
        class Row(TypedDict):
            b: bytes
            y: Annotated[int, Field(alias='Y')]
        class Plain(BaseModel):
            a: Row
            b: list[Row]
        class Hex(BaseModel):
            model_config = ConfigDict(ser_json_bytes='hex')
            a: Row
            b: Row
        class Root(BaseModel):
            model_config = ConfigDict(ser_json_bytes='base64')
            a: Plain
            b: Hex
            c: Row
        """,
        [
            "Root(a=dict(a={'Y':1,'b':b'??'}, b=[{'Y':1,'b':b'zz'}]), b=dict(a={'Y':1,'b':b'zz'},b={'Y':1,'b':b'zz'}), c={'Y':1,'b':b'??'})"
        ],
        [
            {
                "a": {"a": {"Y": 1, "b": ""}, "b": []},
                "b": {"a": {"Y": 1, "b": "zz"}, "b": {"Y": 1, "b": ""}},
                "c": {"Y": 1, "b": ""},
            }
        ],
    ),
    emits(
        "shared-by-alias",
        """
        class Row(TypedDict):
            y: Annotated[int, Field(alias='Y')]
        @dataclasses.dataclass
        class D:
            y: Annotated[int, Field(alias='Y')]
        class Plain(BaseModel):
            a: Row
            b: list[D]
        class Al(BaseModel):
            model_config = ConfigDict(serialize_by_alias=True)
            a: Row
            b: D
        class Root(BaseModel):
            a: Plain
            b: Al
            c: Row
        """,
        ["Root(a=dict(a={'Y':1}, b=[{'Y':1}]), b=dict(a={'Y':1},b={'Y':1}), c={'Y':1})"],
        [
            {"a": {"a": {"Y": 1}, "b": []}, "b": {"a": {"Y": 1}, "b": {"Y": 1}}, "c": {"y": 1}},
            {"a": {"a": {"y": 1}, "b": []}, "b": {"a": {"y": 1}, "b": {"Y": 1}}, "c": {"y": 1}},
        ],
        dump={"by_alias": None},
    ),
    accepts(
        "shared-validation",
        """
        class Row(TypedDict):
            s: str
        class Own(TypedDict):
            __pydantic_config__ = ConfigDict(str_max_length=5)
            s: str
        @dataclasses.dataclass
        class D:
            s: str
        @pydantic_dataclasses.dataclass
        class P:
            s: str
        class Short(BaseModel):
            model_config = ConfigDict(str_max_length=2, extra='forbid')
            a: Row
            b: D
            c: Own
            d: P
        class Root(BaseModel):
            a: Short
            b: Row
            c: D
        """,
        [
            {
                "a": {
                    "a": {"s": "xy"},
                    "b": {"s": "xy"},
                    "c": {"s": "xyz", "z": 1},
                    "d": {"s": "xyzzz", "z": 1},
                },
                "b": {"s": "xyz", "z": 1},
                "c": {"s": "xyz", "z": 1},
            }
        ],
        [
            {
                "a": {"a": {"s": "xyz"}, "b": {"s": "xy"}, "c": {"s": "xyz"}, "d": {"s": ""}},
                "b": {"s": "xyz"},
                "c": {"s": "xyz"},
            },
            {
                "a": {"a": {"s": "xy"}, "b": {"s": "xyz"}, "c": {"s": "xyz"}, "d": {"s": ""}},
                "b": {"s": "xyz"},
                "c": {"s": "xyz"},
            },
            {
                "a": {
                    "a": {"s": "xy", "z": 1},
                    "b": {"s": "xy"},
                    "c": {"s": "xyz"},
                    "d": {"s": ""},
                },
                "b": {"s": "xyz"},
                "c": {"s": "xyz"},
            },
            {
                "a": {
                    "a": {"s": "xy"},
                    "b": {"s": "xy", "z": 1},
                    "c": {"s": "xyz"},
                    "d": {"s": ""},
                },
                "b": {"s": "xyz"},
                "c": {"s": "xyz"},
            },
            {
                "a": {"a": {"s": "xy"}, "b": {"s": "xy"}, "c": {"s": "xyzxyz"}, "d": {"s": ""}},
                "b": {"s": "xyz"},
                "c": {"s": "xyz"},
            },
        ],
        pydantic=(2, 11),
    ),
    accepts(
        "extras-of-a-shared-dataclass",
        """
        @dataclasses.dataclass
        class Point:
            x: int
        class Line(BaseModel):
            model_config = ConfigDict(extra='forbid')
            start: Point
            end: Point
        class Root(BaseModel):
            model_config = ConfigDict(extra='allow')
            line: Line
            at: Point
        """,
        [{"line": {"start": {"x": 1}, "end": {"x": 2}}, "at": {"x": 3}, "z": 1}],
        [
            {"line": {"start": {"x": 1}, "end": {"x": 2, "z": 1}}, "at": {"x": 3}},
            {"line": {"start": {"x": 1}, "end": {"x": 2}}, "at": {"x": 3, "z": 1}},
        ],
    ),
    emits(
        "extras-of-others",
        """
        class TDA(TypedDict):
            __pydantic_config__=ConfigDict(extra='allow')
            b: int
        class TDP(TypedDict):
            b: int
        @pydantic_dataclasses.dataclass(config=ConfigDict(extra='allow'))
        class PD:
            b: int
        @dataclasses.dataclass
        class SD:
            b: int
        class Root(BaseModel):
            model_config=ConfigDict(extra='allow')
            a: TDA
            b: TDP
            c: PD
            d: SD
        """,
        ["Root(**{k: {'b': 1, 'z': 2} for k in 'abcd'})"],
        [{"a": {"b": 1}, "b": {"b": 1}, "c": {"b": 1}, "d": {}}],
    ),
    emits(
        "enum-none-by-value",
        """
        class E(Enum):
            A = None
            B = 'b'
        class Root(BaseModel):
            model_config = ConfigDict(use_enum_values=True)
            a: E
            b: E = E.A
            c: list[E]
        """,
        ["Root(a=E.A,c=[E.A])", "Root(a=E.B, b=E.B, c=[])"],
        [{"a": "q"}],
        dump={"exclude_none": True},
    ),
    emits(
        "temporal-bounds-in-seconds",
        """
        class Root(BaseModel):
            model_config = ConfigDict(ser_json_temporal='seconds')
            a: Annotated[timedelta, Field(gt=timedelta(seconds=1))]
            b: Annotated[datetime, Field(ge=datetime(2024,1,1,tzinfo=timezone(timedelta(hours=2))))]
            c: Annotated[date, Field(gt=date(2024,1,1))]
            d: Annotated[time, Field(lt=time(12))]
            e: Annotated[datetime, Field(gt=datetime(9000,1,1))]
            f: dict[datetime, timedelta]
            g: Literal[1] | datetime
        """,
        [
            "Root(a=timedelta(seconds=1, microseconds=1), b=datetime(2024,1,1,tzinfo=timezone(timedelta(hours=2))), c=date(2024,1,2), d=time(11,59,59,999999), e=datetime(9000,1,1,0,0,0,1), f={datetime(2024,1,1): timedelta(1)}, g=datetime(1900,1,1))"
        ],
        [
            {
                "a": 1,
                "b": 1704066000,
                "c": 1704153600,
                "d": 1,
                "e": 99999999999999,
                "f": {},
                "g": 1,
            },
            {
                "a": 1.5,
                "b": 1704059999,
                "c": 1704153600,
                "d": 1,
                "e": 99999999999999,
                "f": {},
                "g": 1,
            },
            {
                "a": 1.5,
                "b": 1704066000,
                "c": 1704067200,
                "d": 1,
                "e": 99999999999999,
                "f": {},
                "g": 1,
            },
            {
                "a": 1.5,
                "b": 1704066000,
                "c": 1704153600,
                "d": 43200,
                "e": 99999999999999,
                "f": {},
                "g": 1,
            },
            {"a": 1.5, "b": 1704066000, "c": 1704153600, "d": 1, "e": 9999999, "f": {}, "g": 1},
        ],
    ),
    both(
        "fraction",
        """
        from fractions import Fraction
        class Root(BaseModel):
            a: Fraction
        """,
        ["Root(a=Fraction(1,3))", "Root(a=Fraction(2))", "Root(a=Fraction(-7, 2))", "Root(a=0)"],
        [
            {"a": "x"},
            {"a": []},
            {},
            {"a": "1/0"},
            {"a": "1/-3"},
            {"a": "1.5/2"},
            {"a": "0e8000"},
            {"a": "1__0"},
            {"a": "1/0_0"},
        ],
        never_emits=[{"a": "2/01"}, {"a": 1}, {"a": "-0"}],
        also_accepts=[
            {"a": 1},
            {"a": 1.5},
            {"a": "+1/3"},
            {"a": ".5e3"},
            {"a": "00/05"},
            {"a": " 1_0/2_0\n"},
        ],
        pydantic=(2, 14),
    ),
    refused(
        "fraction-bounds",
        """
        from fractions import Fraction
        class Root(BaseModel):
            a: Annotated[Fraction, Field(ge=1)]
        """,
        "no-json-form",
        "Root.a",
        pydantic=(2, 14),
    ),
    both(
        "complex",
        """
        class Root(BaseModel):
            a: complex
        """,
        [
            "Root(a=1+2j)",
            "Root(a=complex('inf'))",
            "Root(a=-1j)",
            "Root(a=complex('nan+infj'))",
            "Root(a=1e300+1e-300j)",
            "Root(a=complex(-0.0,-0.0))",
        ],
        [
            {"a": "x"},
            {"a": []},
            {},
            {"a": "1+"},
            {"a": "1+2"},
            {"a": "--1j"},
            {"a": "1+-2j"},
            {"a": ""},
            {"a": "."},
            {"a": "1e"},
            {"a": "_1"},
            {"a": "(1"},
            {"a": "((1))"},
        ],
        never_emits=[{"a": "1"}, {"a": 1}, {"a": "1e5j"}],
        also_accepts=[
            {"a": 1},
            {"a": 1.5},
            {"a": "J"},
            {"a": "iNfInItY-NaNj"},
            {"a": "1.e+5"},
            {"a": " (1_0+2J) "},
        ],
    ),
    emits(
        "enum-values-by-config",
        """
        class A(Enum):
            D = date(2024, 1, 2)
            B = b'z?'
            S = timedelta(1)
            I = math.inf
            N = math.nan
            T = (1, b'z?')
        class FE(float, Enum):
            I = math.inf
            X = 1.5
        class Hex(BaseModel):
            model_config = ConfigDict(ser_json_bytes='hex', ser_json_timedelta='float', ser_json_inf_nan='strings')
            a: A
            l: Literal[A.B]
            f: FE
            d: dict[A, int]
        class Root(BaseModel):
            a: list[A]
            f: list[FE]
            h: list[Hex]
            l: Literal[A.B]
        """,
        ["Root(a=list(A), f=list(FE), h=[Hex(a=a, l=A.B, f=FE.I, d={A.B: 1}) for a in A], l=A.B)"],
        [
            {"a": ["zz"], "f": [], "h": [], "l": "z?"},
            {"a": [], "f": [2.5], "h": [], "l": "z?"},
            {"a": [], "f": [], "h": [], "l": "7a3f"},
            {"a": [], "f": [], "h": [{"a": "z?", "l": "7a3f", "f": 1.5, "d": {}}], "l": "z?"},
        ],
    ),
    accepts(
        "enum-values-accepted",
        """
        class A(Enum):
            D = date(2024, 1, 2)
            B = b'zz'
            T = (1, 'x')
            S = 'x'
            N = None
            F = 1.5
            O = True
        class Root(BaseModel):
            a: A
            l: Literal[A.S, A.F] | None = None
        """,
        [{"a": "x"}, {"a": None}, {"a": 1.5}, {"a": True}],
        [{"a": "2024-01-02"}, {"a": "zz"}, {"a": [1, "x"]}, {"a": 2}, {"a": "x", "l": 1}],
        pydantic=(2, 14),
    ),
    accepts(
        "literals-accepted",
        """
        class A(Enum):
            S = 'x'
        class I(IntEnum):
            X = 1
        class Root(BaseModel):
            a: Literal[b'x', 'q', 1, None]
            b: Literal[I.X, 'z'] = 'z'
        """,
        [{"a": "q"}, {"a": 1}, {"a": None}, {"a": "q", "b": 1}],
        [{"a": 2}, {"a": "z"}, {"a": "q", "b": 2}],
    ),
    accepts(
        "str-config",
        """
        class Root(BaseModel):
            model_config = ConfigDict(str_min_length=1, str_max_length=3, str_strip_whitespace=True, str_to_lower=True)
            a: str
            b: Annotated[str, Field(max_length=1)] = 'x'
            c: list[str] = []
            d: dict[str, str] = {}
            e: Annotated[str, StringConstraints(strip_whitespace=False)] = ' '
            f: str | None = None
            g: Literal['AB', 'ab'] = 'ab'
        """,
        [
            {"a": " ABC "},
            {"a": "x", "b": " y ", "c": ["abc"], "d": {"k": "v"}, "e": " y ", "g": "AB"},
        ],
        [
            {"a": ""},
            {"a": "   "},
            {"a": "abcd"},
            {"a": "x", "b": "yy"},
            {"a": "x", "c": [""]},
            {"a": "x", "d": {"": "x"}},
            {"a": "x", "d": {"abcd": "x"}},
            {"a": "x", "e": "    "},
            {"a": "x", "f": "abcd"},
            {"a": "x", "g": "aB"},
        ],
    ),
    emits(
        "str-config-emitted",
        """
        class Root(BaseModel):
            model_config = ConfigDict(str_min_length=1, str_max_length=3, str_strip_whitespace=True, str_to_upper=True)
            a: str
            d: dict[str, str] = {}
        """,
        ["Root(a=' abc ', d={'k': ' x'})"],
        [
            {"a": "", "d": {}},
            {"a": "abc", "d": {}},
            {"a": "ABCD", "d": {}},
            {"a": "A", "d": {"k": "X"}},
            {"a": " A", "d": {}},
        ],
    ),
    accepts(
        "coerce-numbers",
        """
        class Root(BaseModel):
            model_config = ConfigDict(coerce_numbers_to_str=True)
            a: str
            b: Annotated[str, Field(max_length=2)] = ''
        """,
        [{"a": "x"}],
        [{"a": True}, {"a": None}, {"b": "x"}, {"a": "x", "b": "abc"}],
    ),
    emits(
        "allow-inf-nan-config",
        """
        class Root(BaseModel):
            model_config = ConfigDict(allow_inf_nan=False)
            a: float
            b: list[float]
            c: Decimal
            d: Annotated[float, AllowInfNan(True)] = 1.0
        """,
        ["Root(a=1, b=[2], c=3)", "Root(a=1, b=[2], c=3, d=math.inf)"],
        [
            {"a": None, "b": [], "c": "1", "d": 1},
            {"a": 1, "b": [None], "c": "1", "d": 1},
            {"a": 1, "b": [], "c": "NaN", "d": 1},
        ],
    ),
    refused(
        "extra-typed-keys",
        """
        class Root(BaseModel):
            model_config = ConfigDict(extra='allow')
            __pydantic_extra__: dict[Annotated[str, Field(pattern='^[a-z]+$')], int]
            a: int = 0
        """,
        "dict-key",
        "Root",
        pydantic=(2, 11),
    ),
    both(
        "validate-default-etc",
        """
        class Root(BaseModel):
            model_config = ConfigDict(validate_default=True, revalidate_instances='always', validate_assignment=True, from_attributes=True, frozen=True, strict=False, hide_input_in_errors=True, protected_namespaces=(), use_attribute_docstrings=True)
            a: int = '5'
            \"\"\"Doc of a.\"\"\"
            b: date = '2024-01-02'
        """,
        ["Root()", "Root(a=1)"],
        [{"a": "5x", "b": "2024-01-02"}, {"a": 1, "b": "x"}],
        # Older ones find no source of a module without a file on Python 3.13.
        pydantic=(2, 13),
    ),
    accepts(
        "ints-as-floats",
        """
        class Root(BaseModel):
            a: float
            b: int
            c: Annotated[int, Strict()]
            d: Annotated[float, Strict()]
            e: Decimal
        """,
        [
            {"a": 1, "b": 1, "c": 1, "d": 1, "e": 1},
            {"a": 1.5, "b": 2.0, "c": 1, "d": 1.5, "e": 1.5},
        ],
        [
            {"a": "x", "b": 1, "c": 1, "d": 1, "e": 1},
            {"a": 1, "b": 1.5, "c": 1, "d": 1, "e": 1},
            {"a": 1, "b": 1, "c": "1", "d": 1, "e": 1},
            {"a": 1, "b": 1, "c": 1, "d": "1", "e": 1},
        ],
    ),
    accepts(
        "date-from-datetime",
        """
        class Root(BaseModel):
            a: date
            b: datetime
            c: time
            d: timedelta
        """,
        [{"a": "2024-01-02", "b": "2024-01-02T00:00:00Z", "c": "01:02:03", "d": "PT1S"}],
        [
            {"a": "2024-01-02T01:00:00", "b": "x", "c": "01:02:03", "d": "PT1S"},
            {"a": "2024-01-02", "b": "2024-13-02T00:00:00Z", "c": "01:02:03", "d": "PT1S"},
            {"a": "2024-01-02", "b": "2024-01-02T00:00:00Z", "c": "25:02:03", "d": "PT1S"},
            {"a": "2024-01-02", "b": "2024-01-02T00:00:00Z", "c": "01:02:03", "d": "1 fortnight"},
        ],
    ),
    both(
        "dataclass-field-features",
        """
        @pydantic_dataclasses.dataclass
        class D:
            a: int = Field(alias='A')
            b: list[int] = Field(default_factory=list, repr=False, kw_only=True)
            c: int = Field(default=3, exclude=True)
            d: int | None = Field(default=None, exclude_if=lambda v: v is None)
        class Root(BaseModel):
            x: D
        """,
        ["Root(x={'A': 1})", "Root(x={'A': 1, 'b': [1], 'd': 2})"],
        [{"x": {"a": 1, "b": []}}, {"x": {"A": "x", "b": []}}],
        never_emits=[{"x": {"A": 1, "b": [], "d": None}}],
        pydantic=(2, 12),
    ),
    emits(
        "exclude-if-various",
        """
        class Root(BaseModel):
            a: int = Field(default=0, exclude_if=lambda v: v == 0)
            b: list[int] = Field(default=[], exclude_if=lambda v: not v)
            c: int | None = Field(default=None, exclude_if=lambda v: v is None)
            d: str | None = Field(default=None, exclude_if=lambda v: v == '')
            e: Any = Field(default=None, exclude_if=lambda v: v is None)
            f: Literal['x', None] = Field(default=None, exclude_if=lambda v: v is None)
        """,
        ["Root()", "Root(a=1, b=[1], c=1, d='', e=1, f='x')", "Root(d='x')"],
        [{"c": None, "d": None}, {"a": "x", "d": None}],
        pydantic=(2, 12),
    ),
    emits(
        "computed-typed-later",
        """
        class Root(BaseModel):
            a: int
            @computed_field(return_type=list['Root'])
            def b(self): return []
            @computed_field
            @functools.cached_property
            def c(self) -> 'dict[str, Root]': return {}
        """,
        ["Root(a=1)"],
        [{"a": 1}, {"a": 1, "b": [1], "c": {}}],
    ),
)
