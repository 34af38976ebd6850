"""Numbers: integers beyond 2**53, floats that become null, decimals in text, and booleans that are no numbers."""

from __future__ import annotations

from .case import Case, accepts, both, emits, refused

INTEGERS: tuple[Case, ...] = (
    both(
        "int",
        """
        class Root(BaseModel):
            a: int
        """,
        [
            "Root(a=0)",
            "Root(a=-7)",
            "Root(a=2**53 - 1)",
            "Root(a=2**60)",
            "Root(a=-(2**70))",
            "Root(a=10**30)",
        ],
        [{"a": 1.5}, {"a": None}, {"a": "x"}, {"a": [1]}, {}],
        never_emits=[{"a": "1"}, {"a": True}],
    ),
    both(
        "int-as-digits",
        """
        Digits = Annotated[str, StringConstraints(pattern=r"^(?:0|-?[1-9][0-9]{0,99})$")]
        BigInt = Annotated[
            int,
            BeforeValidator(lambda value: value, json_schema_input_type=Digits),
            PlainSerializer(str, return_type=Digits),
        ]
        class Root(BaseModel):
            a: BigInt
        """,
        ["Root(a=0)", "Root(a=-7)", "Root(a=2**53 + 1)", "Root(a=-(10**99))"],
        [{"a": ""}, {"a": "x"}, {"a": "1.5"}, {"a": None}, {}],
        never_emits=[{"a": 1}, {"a": "01"}, {"a": "-0"}, {"a": "1\n"}],
    ),
    both(
        "int-strict",
        """
        class Root(BaseModel):
            a: StrictInt
            b: int = Field(strict=True, ge=0)
        """,
        ["Root(a=-1, b=2**60)"],
        [{"a": "1", "b": 0}, {"a": True, "b": 0}, {"a": 0.5, "b": 0}, {"a": 0, "b": -1}],
    ),
    both(
        "int-bounds",
        """
        class Root(BaseModel):
            a: int = Field(ge=1, le=3)
            b: int = Field(gt=1, lt=4)
        """,
        ["Root(a=1, b=2)", "Root(a=3, b=3)"],
        [
            {"a": 0, "b": 2},
            {"a": 4, "b": 2},
            {"a": 1, "b": 1},
            {"a": 1, "b": 4},
            {"a": 2.5, "b": 2},
        ],
    ),
    both(
        "int-one-sided-bounds",
        """
        class Root(BaseModel):
            a: PositiveInt
            b: NonNegativeInt
            c: NegativeInt
            d: NonPositiveInt
        """,
        ["Root(a=1, b=0, c=-1, d=0)", "Root(a=2**60, b=2**60, c=-2**60, d=-2**60)"],
        [
            {"a": 0, "b": 0, "c": -1, "d": 0},
            {"a": 1, "b": -1, "c": -1, "d": 0},
            {"a": 1, "b": 0, "c": 0, "d": 0},
            {"a": 1, "b": 0, "c": -1, "d": 1},
        ],
    ),
    both(
        "int-bounds-beyond-2**53",
        """
        class Root(BaseModel):
            a: int = Field(ge=-(2**63), le=2**63 - 1)
        """,
        ["Root(a=2**62)", "Root(a=-(2**63))"],
        [{"a": 2**64}, {"a": -(2**64)}, {"a": 0.5}],
    ),
    both(
        "int-multiple-of",
        """
        class Root(BaseModel):
            a: int = Field(multiple_of=5)
            b: conint(multiple_of=3, ge=0)
        """,
        ["Root(a=0, b=0)", "Root(a=-10, b=9)"],
        [{"a": 1, "b": 0}, {"a": 0, "b": 4}, {"a": 0, "b": -3}],
    ),
    both(
        "int-or-null-in-a-list",
        """
        class Root(BaseModel):
            a: list[Annotated[int, Field(ge=0, le=255)] | None]
        """,
        ["Root(a=[0, None, 255])", "Root(a=[])"],
        [{"a": [256]}, {"a": [-1]}, {"a": [1.5]}],
    ),
    both(
        "int-safe-only",
        """
        class Root(BaseModel):
            a: int
        """,
        ["Root(a=2**53 - 1)", "Root(a=-(2**53) + 1)"],
        [{"a": 1.5}],
        options={"integers": "safe"},
    ),
    both(
        "int-enum",
        """
        class Level(IntEnum):
            LOW = 1
            HIGH = 2**60
        class Root(BaseModel):
            a: Level
        """,
        ["Root(a=Level.LOW)", "Root(a=Level.HIGH)"],
        [{"a": 2}, {"a": "LOW"}, {"a": None}],
        never_emits=[{"a": "1"}],
    ),
    both(
        "int-with-odd-bounds",
        """
        class Root(BaseModel):
            a: int = Field(gt=0.0, le=1e3)
            b: Annotated[int | None, Field(ge=1)]
        """,
        ["Root(a=1, b=None)", "Root(a=1000, b=1)"],
        [{"a": 0, "b": 1}, {"a": 1001, "b": 1}, {"a": 1, "b": 0}],
    ),
)

BOOLEANS: tuple[Case, ...] = (
    both(
        "bool",
        """
        class Root(BaseModel):
            a: bool
        """,
        ["Root(a=True)", "Root(a=False)"],
        [{"a": 2}, {"a": None}, {"a": "x"}, {"a": []}],
        never_emits=[{"a": 0}, {"a": 1}, {"a": "true"}],
    ),
    both(
        "bool-strict",
        """
        class Root(BaseModel):
            a: StrictBool
        """,
        ["Root(a=True)"],
        [{"a": 1}, {"a": 0}, {"a": "true"}],
    ),
    both(
        "bool-and-int-apart",
        """
        class Root(BaseModel):
            a: StrictBool | StrictInt
            b: Literal[True] | Literal[0]
        """,
        ["Root(a=True, b=True)", "Root(a=1, b=0)", "Root(a=0, b=True)"],
        [{"a": 1.5, "b": 0}, {"a": "1", "b": 0}, {"a": 1, "b": 2}],
        never_emits=[{"a": 1, "b": 1}, {"a": 1, "b": False}],
    ),
)

FLOATS: tuple[Case, ...] = (
    both(
        "float",
        """
        class Root(BaseModel):
            a: float
        """,
        [
            "Root(a=0.1)",
            "Root(a=1)",
            "Root(a=-1e300)",
            "Root(a=5e-324)",
            "Root(a=1.7976931348623157e308)",
        ],
        [{"a": "x"}, {"a": []}, {}],
        never_emits=[{"a": "1.5"}, {"a": True}],
        never_accepts=[{"a": None}],
    ),
    emits(
        "float-inf-is-null",
        """
        class Root(BaseModel):
            a: float
            b: list[float] = []
        """,
        ["Root(a=math.inf)", "Root(a=-math.inf, b=[math.nan])", "Root(a=math.nan)"],
        [{"a": "inf", "b": []}, {"a": "Infinity", "b": []}, {"b": []}],
    ),
    both(
        "float-finite",
        """
        class Root(BaseModel):
            a: FiniteFloat
            b: float = Field(allow_inf_nan=False)
        """,
        ["Root(a=1.5, b=-0.5)"],
        [{"a": None, "b": 1}, {"a": 1, "b": None}, {"a": "inf", "b": 1}],
    ),
    both(
        "float-finite-by-config",
        """
        class Root(BaseModel):
            model_config = ConfigDict(allow_inf_nan=False)
            a: float
            b: dict[str, float]
        """,
        ["Root(a=1.5, b={'x': 2})"],
        [{"a": None, "b": {}}, {"a": 1, "b": {"x": None}}],
    ),
    both(
        "decimal-special-by-config",
        """
        class Root(BaseModel):
            model_config = ConfigDict(allow_inf_nan=True)
            a: Decimal
            b: Annotated[Decimal, Field(allow_inf_nan=False)]
        """,
        [
            "Root(a=Decimal('NaN'), b=Decimal(1))",
            "Root(a=Decimal('-Infinity'), b=Decimal(1))",
            "Root(a=Decimal('1.5'), b=Decimal('-1.5'))",
        ],
        [{"a": "x", "b": "1"}, {"a": "1", "b": "NaN"}, {"a": None, "b": "1"}],
        never_emits=[{"a": "nan", "b": "1"}],
    ),
    emits(
        "float-inf-as-strings",
        """
        class Root(BaseModel):
            model_config = ConfigDict(ser_json_inf_nan='strings')
            a: float
        """,
        ["Root(a=math.inf)", "Root(a=-math.inf)", "Root(a=math.nan)", "Root(a=1.5)"],
        [{"a": None}, {"a": "inf"}, {"a": "+Infinity"}, {"a": "1.5"}],
    ),
    refused(
        "float-inf-as-constants",
        """
        class Root(BaseModel):
            model_config = ConfigDict(ser_json_inf_nan='constants')
            a: float
        """,
        "not-json",
        "Root.a",
    ),
    emits(
        "float-promised-finite",
        """
        class Root(BaseModel):
            a: float
            b: float | None
        """,
        ["Root(a=1.5, b=None)", "Root(a=1, b=2)"],
        [{"a": None, "b": 1}, {"a": "1", "b": 1}],
        options={"floats": "finite"},
    ),
    both(
        "float-bounds",
        """
        class Root(BaseModel):
            a: float = Field(ge=0, le=1)
            b: float = Field(gt=-0.5, lt=0.5)
        """,
        ["Root(a=0, b=0)", "Root(a=1, b=0.49)", "Root(a=0.5, b=-0.49)"],
        [
            {"a": -0.1, "b": 0},
            {"a": 1.1, "b": 0},
            {"a": 0, "b": 0.5},
            {"a": 0, "b": -0.5},
            {"a": None, "b": 0},
        ],
    ),
    emits(
        "float-open-bound-lets-inf-through",
        """
        class Root(BaseModel):
            a: float = Field(gt=0)
            b: NonPositiveFloat
        """,
        ["Root(a=math.inf, b=-math.inf)", "Root(a=0.1, b=0)"],
        [{"a": 0, "b": 0}, {"a": -1, "b": 0}, {"a": 1, "b": 0.1}],
    ),
    both(
        "float-multiple-of",
        """
        class Root(BaseModel):
            a: float = Field(multiple_of=0.5, allow_inf_nan=False)
        """,
        ["Root(a=1.5)", "Root(a=-2)", "Root(a=0)"],
        [{"a": 0.25}, {"a": 1.75}],
    ),
    both(
        "float-strict",
        """
        class Root(BaseModel):
            a: StrictFloat
        """,
        ["Root(a=1.5)", "Root(a=2.0)"],
        [{"a": "1.5"}, {"a": True}],
    ),
    both(
        "int-or-float",
        """
        class Root(BaseModel):
            a: int | Annotated[float, Field(allow_inf_nan=False)]
        """,
        ["Root(a=1)", "Root(a=1.5)", "Root(a=2**60)"],
        [{"a": None}, {"a": "x"}],
        never_emits=[{"a": "1"}],
    ),
    both(
        "complex",
        """
        class Root(BaseModel):
            a: complex
        """,
        ["Root(a=1+2j)", "Root(a=-0.5j)"],
        [{"a": None}, {"a": "x"}, {"a": {}}],
        never_emits=[{"a": 1}],
    ),
    both(
        "float-multiple-of-a-cent",
        """
        class Root(BaseModel):
            a: float = Field(multiple_of=0.01, allow_inf_nan=False)
        """,
        ["Root(a=4.35)", "Root(a=0.07)", "Root(a=-1.1)", "Root(a=1234567.89)"],
        [{"a": 0.005}, {"a": 4.351}],
    ),
    emits(
        "float-inf-in-containers",
        """
        class Root(BaseModel):
            a: dict[str, float]
            b: tuple[float, int]
            c: list[float] | None
            d: set[float]
        """,
        [
            "Root(a={'x': math.inf}, b=(math.nan, 1), c=[math.nan, 1.5], d={1.5})",
            # Two values that are one in JSON.
            "Root(a={}, b=(0, 1), c=None, d={math.inf, -math.inf})",
        ],
        [
            {"a": {}, "b": [1, None], "c": None, "d": []},
            {"a": {"x": "inf"}, "b": [1, 1], "c": None, "d": []},
        ],
    ),
    both(
        "infinity-as-text-both-ways",
        """
        class Root(BaseModel):
            model_config = ConfigDict(ser_json_inf_nan='strings')
            a: float
            b: Annotated[float, Field(ge=0)] = 0
            c: Annotated[float, Field(strict=True)] = 0
        """,
        ["Root(a=math.inf)", "Root(a=math.nan, b=math.inf)"],
        [
            {"a": "x", "b": 0, "c": 0},
            {"a": None, "b": 0, "c": 0},
            {"a": 1, "b": "-Infinity", "c": 0},
        ],
        never_accepts=[{"a": 1, "c": "NaN"}],
    ),
)

DECIMALS: tuple[Case, ...] = (
    both(
        "decimal",
        """
        class Root(BaseModel):
            a: Decimal
        """,
        [
            "Root(a=Decimal('1.50'))",
            "Root(a=Decimal('1E+2'))",
            "Root(a=Decimal('-0'))",
            "Root(a=Decimal('1E-30'))",
        ],
        [
            {"a": ""},
            {"a": "x"},
            {"a": None},
            {"a": "1,5"},
            {"a": "1.5.0"},
            {"a": "NaN"},
            {"a": "Infinity"},
        ],
        never_emits=[{"a": 1.5}, {"a": 1}],
        also_accepts=[{"a": 1}, {"a": 1.5}, {"a": "1e3"}],
    ),
    both(
        "decimal-digits",
        """
        class Root(BaseModel):
            a: Decimal = Field(max_digits=4, decimal_places=2)
        """,
        [
            "Root(a=Decimal('12.34'))",
            "Root(a=Decimal('-0.05'))",
            "Root(a=Decimal('99'))",
            "Root(a=Decimal('0'))",
        ],
        [{"a": "123.45"}, {"a": "1.234"}, {"a": "123"}, {"a": "12345"}, {"a": "-1.005"}],
    ),
    both(
        "decimal-max-digits",
        """
        class Root(BaseModel):
            a: Decimal = Field(max_digits=3)
        """,
        [
            "Root(a=Decimal('1.23'))",
            "Root(a=Decimal('123'))",
            "Root(a=Decimal('0.123'))",
            "Root(a=Decimal('-999'))",
        ],
        [{"a": "1234"}, {"a": "1.234"}, {"a": "12.34"}],
    ),
    both(
        "decimal-places",
        """
        class Root(BaseModel):
            a: condecimal(decimal_places=1)
        """,
        ["Root(a=Decimal('1234567890.1'))", "Root(a=Decimal('1E+3'))", "Root(a=Decimal('5'))"],
        [{"a": "1.25"}, {"a": "0.01"}, {"a": "1E-2"}],
    ),
    both(
        "decimal-bounds",
        """
        class Root(BaseModel):
            a: Decimal = Field(ge=Decimal('0.10'), lt=Decimal('10'))
        """,
        [
            "Root(a=Decimal('0.1'))",
            "Root(a=Decimal('9.999'))",
            "Root(a=Decimal('1E-1'))",
            "Root(a=Decimal('00.5'))",
        ],
        [{"a": "0.09"}, {"a": "10"}, {"a": "-1"}, {"a": "10.00"}, {"a": "1E+1"}, {"a": "100"}],
    ),
    both(
        "decimal-sign",
        """
        class Root(BaseModel):
            a: Decimal = Field(gt=0)
            b: Decimal = Field(le=0)
        """,
        [
            "Root(a=Decimal('1E-400'), b=Decimal('0'))",
            "Root(a=Decimal('123456789012345678901234567890'), b=Decimal('-5'))",
        ],
        [
            {"a": "0", "b": "0"},
            {"a": "-1", "b": "0"},
            {"a": "1", "b": "1E-400"},
            {"a": "0.00", "b": "0"},
        ],
    ),
    both(
        "decimal-multiple-of",
        """
        class Root(BaseModel):
            a: Decimal = Field(multiple_of=Decimal('0.05'))
        """,
        ["Root(a=Decimal('0.15'))", "Root(a=Decimal('1'))", "Root(a=Decimal('-0.05'))"],
        [{"a": "0.01"}, {"a": "0.12"}],
    ),
    both(
        "decimal-multiple-of-beyond-28-digits",
        """
        class Root(BaseModel):
            a: Decimal = Field(multiple_of=Decimal('0.05'))
            b: Decimal = Field(default=Decimal(3), multiple_of=3)
        """,
        [
            "Root(a=Decimal('0.9999999999999999999999999999999999999999'))",
            "Root(a=Decimal('4.9E+26'), b=Decimal('2999999999999999999999999999.9999999999999'))",
            "Root(a=Decimal('1E-1000040'), b=Decimal('3E+27'))",
            "Root(a=Decimal('0E+2000000'), b=Decimal('-3'))",
        ],
        [
            {"a": "9999999999999999999999999999999999999999", "b": "3"},
            {"a": "5E+26", "b": "3"},
            {"a": "1E-1000025", "b": "3"},
            {"a": "1", "b": "99999999999999999999999998"},
            {"a": "1", "b": "1E+27"},
            {"a": "1", "b": "2999999999999999999999999998.9999999999"},
            {"a": "1E+999999", "b": "3"},
        ],
    ),
    both(
        "decimal-with-infinity",
        """
        class Root(BaseModel):
            a: Decimal = Field(allow_inf_nan=True)
        """,
        ["Root(a=Decimal('NaN'))", "Root(a=Decimal('-Infinity'))", "Root(a=Decimal('1'))"],
        [{"a": "x"}, {"a": None}],
    ),
    accepts(
        "decimal-places-of-numbers",
        """
        class Root(BaseModel):
            a: Decimal = Field(decimal_places=2)
            b: Decimal = Field(max_digits=12, decimal_places=3, default=0)
        """,
        [
            {"a": 64696932.3},  # which divides to 6469693230.000001
            {"a": 90071992547409.97},
            {"a": 1e300},
            {"a": -0.07, "b": 999999999.999},
            {"a": 0, "b": -123456789.012},
            {"a": 1, "c": 0.0100000001},
        ],
        [
            {"a": 64696932.301},
            {"a": 0.0100000001},
            {"a": 1e-7},
            {"a": 0, "b": 1e9},
            {"a": 0, "b": 0.0001},
        ],
    ),
    accepts(
        "multiples-of-a-float",
        """
        class Root(BaseModel):
            a: float = Field(multiple_of=0.01)
        """,
        [{"a": 0.0100000001}, {"a": 0.07}, {"a": 0}],
        [{"a": 64696932.3}, {"a": 0.011}, {"a": "0.01x"}],  # it is the quotient that counts
        pydantic=(2, 11),
    ),
    accepts(
        "decimal-number-in-bounds",
        """
        class Root(BaseModel):
            a: Decimal = Field(ge=1, le=2)
        """,
        [{"a": 1}, {"a": 1.5}, {"a": "2.00"}],
        [{"a": 0}, {"a": 3}, {"a": "2.01"}, {"a": True}],
    ),
    both(
        "decimal-or-other-numbers",
        """
        class Root(BaseModel):
            a: Decimal | None
            b: Decimal | Literal['free']
            c: list[Decimal] | int
        """,
        ["Root(a=None, b='free', c=[Decimal('1.5')])", "Root(a=Decimal(1), b=Decimal('0.5'), c=3)"],
        [
            {"a": "x", "b": "free", "c": 1},
            {"a": None, "b": "paid", "c": 1},
            {"a": None, "b": "free", "c": ["x"]},
        ],
    ),
)

CASES = (*INTEGERS, *BOOLEANS, *FLOATS, *DECIMALS)
