"""Types that few models have."""

from __future__ import annotations

from .case import Case, accepts, both, emits, refused

CASES: tuple[Case, ...] = (
    both(
        "zone-info",
        """
        class Root(BaseModel):
            a: zoneinfo.ZoneInfo
        """,
        ["Root(a='Europe/Berlin')", "Root(a='UTC')"],
        [{"a": 1}, {}],
    ),
    both(
        "paths-2",
        """
        class Root(BaseModel):
            a: Path
            b: pathlib.PurePosixPath
            c: dict[Path, int]
            d: set[Path]
        """,
        ["Root(a='/x/y', b='a/b', c={Path('a'): 1}, d={Path('x')})"],
        [{"a": 1, "b": "", "c": {}, "d": []}],
    ),
    both(
        "deques",
        """
        class Root(BaseModel):
            a: deque[int]
            b: Annotated[deque[int], Field(max_length=2, min_length=1)]
            c: deque
            d: Deque[str]
            e: deque[int] = deque([1], maxlen=3)
        """,
        ["Root(a=[1], b=[1], c=[None], d=['x'])"],
        [
            {"a": ["x"], "b": [1], "c": [], "d": [], "e": []},
            {"a": [], "b": [], "c": [], "d": [], "e": []},
            {"a": [], "b": [1, 2, 3], "c": [], "d": [], "e": []},
        ],
        pydantic=(2, 14),
    ),
    both(
        "counters",
        """
        class Root(BaseModel):
            a: Counter[str]
            b: Counter[int]
            c: Counter[Literal['x','y']]
            d: defaultdict[str, list[int]]
            e: OrderedDict[str, int]
            f: defaultdict[int, int]
            g: Counter
        """,
        ["Root(a={'x': 1}, b={1: 2}, c={'x': -1}, d={'k': [1]}, e={'z': 1}, f={1: 2}, g={'q': 1})"],
        [
            {"a": {"x": "y"}, "b": {}, "c": {}, "d": {}, "e": {}, "f": {}, "g": {}},
            {"a": {}, "b": {"x": 1}, "c": {}, "d": {}, "e": {}, "f": {}, "g": {}},
            {"a": {}, "b": {}, "c": {"z": 1}, "d": {}, "e": {}, "f": {}, "g": {}},
            {"a": {"x": 1.5}, "b": {}, "c": {}, "d": {}, "e": {}, "f": {}, "g": {}},
        ],
    ),
    emits(
        "generators",
        """
        class Root(BaseModel):
            a: Iterable[int]
            b: Generator[str, None, None]
        """,
        ["Root(a=[1], b=['x'])"],
        [{"a": ["x"], "b": []}, {"a": [], "b": [1]}],
    ),
    both(
        "missing-2",
        """
        from pydantic.experimental.missing_sentinel import MISSING
        class Root(BaseModel):
            a: int | MISSING = MISSING
            b: int | None | MISSING = MISSING
            c: list[int] | MISSING = MISSING
        """,
        ["Root()", "Root(a=1, b=None, c=[])"],
        [{"a": None}, {"b": "x"}, {"c": None}],
        pydantic=(2, 12),
    ),
    both(
        "named-tuple-2",
        """
        class P(NamedTuple):
            x: int
            y: str = 'q'
            z: float | None = None
        class Root(BaseModel):
            a: P
            b: list[P] = []
            c: tuple[P, ...] = ()
            d: collections.namedtuple('Q', ['m', 'n']) = (1, 2)
        """,
        ["Root(a=P(1))", "Root(a=P(1,'x',1.5), b=[P(1)], c=[P(2)])"],
        [
            {"a": [], "b": [], "c": [], "d": [1, 2]},
            {"a": ["x", "q", None], "b": [], "c": [], "d": [1, 2]},
            {"a": [1, "x", 1.5, 4], "b": [], "c": [], "d": [1, 2]},
        ],
        never_emits=[{"a": [1], "b": [], "c": [], "d": [1, 2]}],
        also_accepts=[{"a": [1]}, {"a": [1, "x"]}],
    ),
    emits(
        "enum-unusual",
        """
        class A(Enum):
            T = (1, 'x')
            N = None
            D = date(2024, 1, 2)
            B = b'zz'
            F = 1.5
            L = 'l'
            O = True
        class Root(BaseModel):
            a: A
            b: list[A] = []
        """,
        ["Root(a=A.T)", "Root(a=A.N)", "Root(a=A.L, b=[A.F, A.O])"],
        [{"a": "q", "b": []}, {"a": [1, "y"], "b": []}, {"a": 1.25, "b": []}],
    ),
    emits(
        "enum-unusual-emitted",
        """
        class A(Enum):
            D = date(2024, 1, 2)
            B = b'zz'
            M = {'x': 1}
            C = decimal.Decimal('1.50')
            U = UUID(int=1)
            S = timedelta(1)
        class Root(BaseModel):
            a: list[A]
        """,
        ["Root(a=list(A))"],
        [{"a": ["q"]}, {"a": [1.5]}, {"a": [{"x": 2}]}],
    ),
    accepts(
        "enum-unusual-accepted",
        """
        class A(Enum):
            D = date(2024, 1, 2)
            S = 'x'
        class B(Enum):
            B = b'zz'
            S = 'x'
        class Root(BaseModel):
            a: A = A.S
            b: B = B.S
        """,
        [{"a": "x", "b": "x"}],
        [{"a": "2024-01-03"}, {"a": 1}, {"b": 1}],
    ),
    both(
        "int-enum-bool",
        """
        class A(IntEnum):
            X = 1
            Y = 2**60
        class F(IntFlag):
            R = 1
            W = 4
        class G(Flag):
            R = 1
            W = 2
        class Root(BaseModel):
            a: A
            f: F = F.R
            g: G = G.R
        """,
        ["Root(a=A.X)", "Root(a=A.Y, f=F.R|F.W, g=G.R|G.W)"],
        [{"a": 3, "f": 1, "g": 1}, {"a": 1, "f": "x", "g": 1}, {"a": 1, "f": 1, "g": 9}],
    ),
    both(
        "patterns-type",
        """
        class Root(BaseModel):
            a: re.Pattern[str]
            b: Pattern | None = None
        """,
        ["Root(a='a+')"],
        [{"a": 1}, {}],
    ),
    both(
        "type-adapter-ish",
        """
        class Root(BaseModel):
            a: Sequence[int]
            b: Mapping[str, Sequence[str]]
            c: collections.abc.Set[int]
            f: MutableMapping[str, int] = {}
        """,
        ["Root(a=[1], b={'k': ['v']}, c={1})"],
        [
            {"a": "x", "b": {}, "c": []},
            {"a": [], "b": {"k": "v"}, "c": []},
            {"a": [], "b": {}, "c": ["x"]},
        ],
    ),
    refused(
        "type-of",
        """
        class Root(BaseModel):
            a: type[int]
        """,
        "no-json-form",
        "Root.a",
    ),
    refused(
        "arbitrary",
        """
        class X: ...
        class Root(BaseModel):
            model_config = ConfigDict(arbitrary_types_allowed=True)
            a: dict[str, list[X]]
        """,
        "no-json-form",
        "Root.a",
    ),
    refused(
        "callable-nested",
        """
        class In(BaseModel):
            f: Callable[[int], int] | None = None
        class Root(BaseModel):
            a: In
        """,
        "no-json-form",
        "In.f",
    ),
    accepts(
        "objects-of-python-beside-what-is-read",
        """
        class Client: ...
        class Root(BaseModel):
            model_config = ConfigDict(arbitrary_types_allowed=True)
            x: int
            a: Callable[[int], int] | None = None
            b: Union[str, Callable] = 'x'
            c: Client | int | None = Field(None, exclude=True)
            d: list[Client | int] = []
            e: type[int] | None = None
        """,
        [{"x": 1}, {"x": 1, "a": None, "b": "q", "c": 3, "d": [1], "e": None}, {"x": 1, "c": None}],
        [
            {"x": 1, "a": "f"},
            {"x": 1, "a": {}},
            {"x": 1, "b": 3},
            {"x": 1, "c": "s"},
            {"x": 1, "d": [{}]},
            {"x": 1, "d": [None]},
            {"x": 1, "e": "int"},
        ],
    ),
    accepts(
        "objects-of-python-with-a-default",
        """
        class Client: ...
        class Root(BaseModel):
            model_config = ConfigDict(arbitrary_types_allowed=True)
            x: int
            a: Client = Field(default_factory=Client, exclude=True)
            b: Callable[..., Any] = print
        """,
        [{"x": 1}],
        [{"x": 1, "a": {}}, {"x": 1, "a": None}, {"x": 1, "b": "print"}],
    ),
    accepts(
        "instances-of-what-json-is-read-as",
        """
        from pydantic_core import core_schema
        class Text(str):
            @classmethod
            def __get_pydantic_core_schema__(cls, source, handler):
                made = core_schema.no_info_after_validator_function(cls, core_schema.str_schema(min_length=2))
                return core_schema.union_schema([core_schema.is_instance_schema(cls), made])
        class Root(BaseModel):
            a: Text
        """,
        [{"a": "xy"}],
        [{"a": "x"}, {"a": 1}],
    ),
    both(
        "self-and-private",
        """
        class Root(BaseModel):
            KIND: ClassVar[int] = 1
            _secret: int = PrivateAttr(2)
            a: Self | None = None
            b: 'list[Root]' = []
        """,
        ["Root()", "Root(a=Root(), b=[Root()])"],
        [{"a": 1, "b": []}, {"a": {"b": 1}, "b": []}],
    ),
    both(
        "initvar",
        """
        @pydantic_dataclasses.dataclass
        class D:
            x: dataclasses.InitVar[int]
            y: int = 0
            z: int = dataclasses.field(init=False, default=3)
            w: ClassVar[int] = 1
            def __post_init__(self, x): self.y = x
        class Root(BaseModel):
            a: list[D]
        """,
        ["Root(a=[])"],
        [{"a": [1]}],
        also_accepts=[{"a": [{"x": 1}]}, {"a": [{"x": 1, "y": 2}]}],
        never_accepts=[{"a": [{}]}, {"a": [{"y": 1}]}],
    ),
    both(
        "typevar-default",
        """
        T = TypeVar('T', default=int)
        class Box(BaseModel, Generic[T]):
            v: T
        class Root(BaseModel):
            a: Box[str]
            b: Box[int]
        """,
        ["Root(a={'v': 'x'}, b={'v': 1})"],
        [{"a": {"v": 1}, "b": {"v": 1}}, {"a": {"v": "x"}, "b": {"v": "x"}}],
    ),
    both(
        "typeddict-features",
        """
        class A(TypedDict, total=False):
            x: Required[int]
            y: ReadOnly[str]
            z: Annotated[int, Field(ge=1)]
        class B(A):
            w: NotRequired[int | None]
            v: str
        class Root(BaseModel):
            a: B
        """,
        ["Root(a={'x': 1, 'v': ''})", "Root(a={'x': 1, 'v': '', 'y': 's', 'z': 1, 'w': None})"],
        [
            {"a": {"x": 1}},
            {"a": {"v": ""}},
            {"a": {"x": 1, "v": "", "z": 0}},
            {"a": {"x": 1, "v": "", "y": None}},
        ],
        pydantic=(2, 11),
    ),
    both(
        "newtype-and-annotated-stack",
        """
        UserId = NewType('UserId', int)
        A = Annotated[int, Field(ge=1)]
        B = Annotated[A, Field(le=5), Field(multiple_of=2)]
        class Root(BaseModel):
            a: B
            b: Annotated[B, Field(ge=3)]
            c: UserId
            d: Annotated[list[A], Field(min_length=1)]
            e: Annotated[str, Field(min_length=1), Field(max_length=3), StringConstraints(pattern='^[a-c]+$')]
        """,
        ["Root(a=2, b=4, c=1, d=[1], e='abc')"],
        [
            {"a": 3, "b": 4, "c": 1, "d": [1], "e": "a"},
            {"a": 0, "b": 4, "c": 1, "d": [1], "e": "a"},
            {"a": 2, "b": 2, "c": 1, "d": [1], "e": "a"},
            {"a": 2, "b": 4, "c": "x", "d": [1], "e": "a"},
            {"a": 2, "b": 4, "c": 1, "d": [0], "e": "a"},
            {"a": 2, "b": 4, "c": 1, "d": [], "e": "a"},
            {"a": 2, "b": 4, "c": 1, "d": [1], "e": "abca"},
            {"a": 2, "b": 4, "c": 1, "d": [1], "e": "d"},
        ],
    ),
    accepts(
        "json-of-t",
        """
        class In(BaseModel):
            x: int
        class Root(BaseModel):
            a: Json[In]
            b: Json = '1'
            c: Json[list[int]] | None = None
        """,
        [{"a": '{"x": 1}'}, {"a": '{"x": 1}', "b": "null", "c": "[1]"}],
        [{"a": {"x": 1}}, {"a": 1}, {}],
    ),
    both(
        "secrets-2",
        """
        class Root(BaseModel):
            a: SecretStr
            b: SecretBytes
            c: Secret[int] | None = None
            d: list[SecretStr] = []
        """,
        ["Root(a='x', b=b'y')", "Root(a='', b=b'')"],
        [{"a": 1, "b": "", "c": None, "d": []}],
        never_emits=[{"a": "x", "b": "", "c": None, "d": []}],
    ),
    refused(
        "what-a-function-returns",
        """
        from pydantic_core import core_schema
        class Sum:
            @classmethod
            def __get_pydantic_core_schema__(cls, source, handler):
                parameter = core_schema.arguments_parameter('a', core_schema.int_schema())
                return core_schema.call_schema(core_schema.arguments_schema([parameter]), str)
        class Root(BaseModel):
            a: Sum
        """,
        "no-json-form",
        "Root.a",
    ),
    accepts(
        "hashable",
        """
        class Root(BaseModel):
            a: Hashable
            b: list[Hashable] = []
        """,
        [{"a": 1}, {"a": 1.5}, {"a": "x"}, {"a": None}, {"a": True, "b": [1, "x", None]}],
        [{"a": []}, {"a": {}}, {}, {"a": 1, "b": [[]]}],
    ),
    accepts(
        "sets-of-anything",
        """
        class Root(BaseModel):
            a: set
            b: frozenset[Any] = Field(frozenset(), min_length=1)
            c: set[Annotated[Any, AfterValidator(lambda value: value)] | None] = set()
        """,
        [{"a": [1, "x", None, True, 1.5]}, {"a": [], "b": ["x"]}, {"a": [], "c": [None, 1]}],
        [{"a": [[]]}, {"a": [{}]}, {"a": [], "b": []}, {"a": [], "b": [[1]]}, {"a": [], "c": [{}]}],
    ),
    refused(
        "hashable-emitted",
        """
        class Root(BaseModel):
            a: Hashable
        """,
        "no-json-form",
        "Root.a",
    ),
)
