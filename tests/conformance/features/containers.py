"""Containers: lists, sets, tuples and dictionaries with every kind of key, and how long they may be."""

from __future__ import annotations

from .case import Case, accepts, both, emits, refused

LISTS: tuple[Case, ...] = (
    both(
        "list",
        """
        class Root(BaseModel):
            a: list[int]
            b: list
        """,
        ["Root(a=[], b=[])", "Root(a=[1, 2], b=[None, 'x', {}])"],
        [
            {"a": {}, "b": []},
            {"a": ["x"], "b": []},
            {"a": [None], "b": []},
            {"a": None, "b": []},
            {"a": [], "b": "x"},
        ],
    ),
    both(
        "list-lengths",
        """
        class Root(BaseModel):
            a: list[int] = Field(min_length=1, max_length=2)
            b: conlist(str, max_length=0)
        """,
        ["Root(a=[1], b=[])", "Root(a=[1, 2], b=[])"],
        [{"a": [], "b": []}, {"a": [1, 2, 3], "b": []}, {"a": [1], "b": ["x"]}],
    ),
    both(
        "list-of-lists",
        """
        class Root(BaseModel):
            a: list[list[Annotated[list[int], Field(max_length=1)]]]
        """,
        ["Root(a=[[[1], []], []])", "Root(a=[])"],
        [{"a": [1]}, {"a": [[1]]}, {"a": [[[1, 2]]]}, {"a": [[["x"]]]}],
    ),
    both(
        "set",
        """
        class Root(BaseModel):
            a: set[int]
            b: frozenset[str]
        """,
        ["Root(a={1, 2}, b={'x'})", "Root(a=set(), b=[])"],
        [{"a": ["x"], "b": []}, {"a": {}, "b": []}, {"a": [], "b": [1]}],
        never_emits=[{"a": [1, 1], "b": []}, {"a": [], "b": ["x", "x"]}],
    ),
    both(
        "set-lengths",
        """
        class Root(BaseModel):
            a: conset(int, min_length=1, max_length=2)
            b: frozenset[Literal['x', 'y']] = Field(min_length=1)
        """,
        ["Root(a={1}, b={'x', 'y'})"],
        [
            {"a": [], "b": ["x"]},
            {"a": [1, 2, 3], "b": ["x"]},
            {"a": [1], "b": []},
            {"a": [1], "b": ["z"]},
        ],
    ),
    emits(
        "set-of-models",
        """
        class Item(BaseModel):
            model_config = ConfigDict(frozen=True)
            x: int
        class Root(BaseModel):
            a: set[Item]
        """,
        ["Root(a={Item(x=1), Item(x=2)})", "Root(a=set())"],
        [{"a": [{}]}, {"a": [1]}, {"a": {}}],
    ),
    both(
        "sequences",
        """
        class Root(BaseModel):
            a: Sequence[int]
            b: deque[str]
            c: Annotated[deque[int], Field(max_length=2)]
        """,
        ["Root(a=[1], b=['x'], c=[])", "Root(a=(1, 2), b=[], c=[1, 2])"],
        [{"a": ["x"], "b": [], "c": []}, {"a": [], "b": [1], "c": []}, {"a": [], "b": {}, "c": []}],
    ),
    both(
        "iterable",
        """
        class Root(BaseModel):
            a: Iterable[int]
        """,
        ["Root(a=[1, 2])", "Root(a=iter([]))"],
        [{"a": 1}, {"a": None}],
        never_emits=[{"a": ["x"]}, {"a": {}}],
    ),
    both(
        "list-or-one",
        """
        class Root(BaseModel):
            a: list[int] | int
        """,
        ["Root(a=[1])", "Root(a=1)", "Root(a=[])"],
        [{"a": ["x"]}, {"a": "x"}, {"a": [[1]]}],
    ),
    emits(
        # Unequal in Python, and one value in JSON.
        "set-with-equal-items-on-the-wire",
        """
        class Item(BaseModel):
            model_config = ConfigDict(frozen=True)
            x: int
            y: int = Field(exclude=True)
        class Root(BaseModel):
            a: set[Item]
            b: set[SecretStr]
            c: set[Annotated[int, PlainSerializer(lambda value: value % 2, return_type=int)]]
        """,
        ["Root(a={Item(x=1, y=1), Item(x=1, y=2)}, b={'x', 'y'}, c={1, 3})"],
        [{"a": [{}], "b": [], "c": []}, {"a": [], "b": ["x"], "c": []}],
    ),
    emits(
        "set-with-serializers-inside-of-its-items",
        """
        Bit = Annotated[int, PlainSerializer(lambda value: value % 2, return_type=int)]
        type_ = TypeAliasType('type_', Bit)
        class Root(BaseModel):
            a: set[tuple[Bit, str]]
            b: set[tuple[type_, ...]]
            c: set[SecretStr | int]
            d: set[Literal['**********', 'x']]
        """,
        [
            "Root(a={(1, 'x'), (3, 'x')}, b={(1,), (3,)}, c={SecretStr('x'), SecretStr('y')}, d={'x', '**********'})"
        ],
        [
            {"a": [[1, "x"], [1, "x"]], "b": [[1], [1]], "c": ["x"], "d": []},
            {"a": [["x", "x"]], "b": [], "c": [], "d": []},
            {"a": [], "b": [["x"]], "c": [], "d": []},
            {"a": [], "b": [], "c": [], "d": ["x", "x"]},
        ],
    ),
    both(
        "set-of-what-has-no-hash",
        """
        class Keys(TypedDict):
            x: int
        class Pair(NamedTuple):
            x: list[int]
        class Root(BaseModel):
            a: set[list[int]] = set()
            b: frozenset[dict[str, int]] = frozenset()
            c: set[Keys] = set()
            d: set[Pair] = set()
            e: set[tuple[int, set[int]]] = set()
            f: set[deque[int]] = set()
            h: set[int | list[int]] = set()
            i: set[list[int] | None] = set()
        """,
        ["Root()", "Root(h={1}, i={None})"],
        [
            {"a": [[]]},
            {"b": [{}]},
            {"c": [{"x": 1}]},
            {"d": [[[]]]},
            {"e": [[1, []]]},
            {"f": [[]]},
            {"h": [[1]]},
            {"i": [[]]},
        ],
        also_accepts=[{}, {"h": [1, 2]}],
        never_emits=[{}],
    ),
    accepts(
        "set-of-models-without-a-hash",
        """
        class Soft(BaseModel):
            x: int
        class Hard(BaseModel):
            model_config = ConfigDict(frozen=True)
            x: list[int]
        class Own(Soft):
            def __hash__(self):
                return self.x
        @dataclasses.dataclass
        class Data:
            x: int
        @dataclasses.dataclass(frozen=True)
        class Fixed:
            x: int
        class Root(BaseModel):
            a: set[Soft] = set()
            b: set[Hard] = set()
            c: set[Own] = set()
            d: set[Data] = set()
            e: set[Fixed | Data] = set()
            f: set[RootModel[int]] = set()
        """,
        [{"a": [], "b": [], "d": [], "f": []}, {"c": [{"x": 1}]}],
        [{"a": [{"x": 1}]}, {"b": [{"x": []}]}, {"d": [{"x": 1}]}, {"f": [1]}, {"e": [1]}],
    ),
    emits(
        "set-of-models-whose-subclass-has-a-hash",
        """
        class Soft(BaseModel):
            x: int
        class Hard(Soft):
            model_config = ConfigDict(frozen=True)
        class Root(BaseModel):
            a: set[Soft] = set()
        """,
        ["Root()", "Root(a={Hard(x=1)})"],
        [{"a": [1]}, {"a": None}],
    ),
    both(
        "set-of-what-a-validator-gives-a-hash",
        """
        def as_tuple(value: list[int]) -> tuple[int, ...]:
            return tuple(value)
        class Root(BaseModel):
            a: set[Annotated[list[int], AfterValidator(as_tuple)]]
        """,
        ["Root(a=[])", "Root(a=[[1]])"],
        [{"a": [1]}, {"a": ["x"]}],
        dump={"warnings": False},
    ),
    accepts(
        "set-without-a-hash-and-never-empty",
        """
        class Inner(BaseModel):
            a: Annotated[set[list[int]], Field(min_length=1)]
        class Root(BaseModel):
            x: list[Inner]
            y: set[JsonValue]
            z: set[tuple[list[int], ...]] = set()
        """,
        [{"x": [], "y": []}, {"x": [], "y": [1, "x", None], "z": [[]]}],
        [
            {"x": [{"a": []}], "y": []},
            {"x": [{"a": [[]]}], "y": []},
            {"x": [], "y": [[]]},
            {"x": [], "y": [], "z": [[[]]]},
        ],
    ),
    both(
        "set-of-sets",
        """
        class Root(BaseModel):
            a: frozenset[frozenset[int]]
            b: set[tuple[int, str]]
        """,
        ["Root(a=[[1], []], b={(1, 'x'), (1, 'y')})"],
        [{"a": [1], "b": []}, {"a": [], "b": [[1]]}],
        never_emits=[{"a": [[1], [1]], "b": []}, {"a": [], "b": [[1, "x"], [1, "x"]]}],
    ),
    both(
        "string-is-no-sequence",
        """
        class Root(BaseModel):
            a: Sequence[str]
            b: list[str] | None
        """,
        ["Root(a=['x'], b=None)"],
        [{"a": "x", "b": None}, {"a": [], "b": "x"}],
    ),
)

TUPLES: tuple[Case, ...] = (
    both(
        "tuple-fixed",
        """
        class Root(BaseModel):
            a: tuple[int, str]
        """,
        ["Root(a=(1, 'x'))"],
        [{"a": [1]}, {"a": ["x", 1]}, {"a": [1, "x", 2]}, {"a": []}, {"a": {}}, {"a": [1, None]}],
    ),
    both(
        "tuple-variadic",
        """
        class Root(BaseModel):
            a: tuple[int, ...]
            b: Annotated[tuple[int, ...], Field(min_length=1, max_length=2)]
        """,
        ["Root(a=(), b=(1,))", "Root(a=(1, 2, 3), b=(1, 2))"],
        [{"a": ["x"], "b": [1]}, {"a": [], "b": []}, {"a": [], "b": [1, 2, 3]}],
    ),
    both(
        "tuple-empty",
        """
        class Root(BaseModel):
            a: tuple[()]
        """,
        ["Root(a=())"],
        [{"a": [1]}, {"a": [None]}, {"a": None}],
    ),
    both(
        "tuple-bare",
        """
        class Root(BaseModel):
            a: tuple
        """,
        ["Root(a=())", "Root(a=(1, 'x', None))"],
        [{"a": 1}, {"a": {}}, {"a": None}],
    ),
    both(
        "tuple-with-nullable-end",
        """
        class Root(BaseModel):
            a: tuple[int, str | None]
        """,
        ["Root(a=(1, None))", "Root(a=(1, ''))"],
        [{"a": [1]}, {"a": [None, ""]}],
    ),
    both(
        "tuple-of-tuples",
        """
        Point = tuple[float, float]
        class Root(BaseModel):
            model_config = ConfigDict(allow_inf_nan=False)
            a: list[Point]
            b: tuple[Point, Point | None]
        """,
        ["Root(a=[(1, 2)], b=((0, 0.5), None))"],
        [{"a": [[1]], "b": [[0, 0], None]}, {"a": [], "b": [[0, 0]]}, {"a": [], "b": [None, None]}],
    ),
)

DICTS: tuple[Case, ...] = (
    both(
        "keys-of-numbers-and-booleans",
        """
        class Root(BaseModel):
            a: dict[int | bool, str] = {}
            b: dict[bool | int, str] = {}
            c: dict[float | bool, str] = {}
        """,
        [
            "Root(a={True: 'x', 2: 'y'}, b={True: 'x', 2: 'y'}, c={False: 'x', 1.5: 'y'})",
            "Root(a={False: 'x', 3: 'y'})",
        ],
        [
            {"a": {"x": "x"}, "b": {}, "c": {}},
            {"a": {}, "b": {"1.5": "x"}, "c": {}},
            {"a": {}, "b": {}, "c": {"x": "x"}},
        ],
        never_emits=[
            {"a": {"true": "x"}, "b": {}, "c": {}},
            {"a": {}, "b": {"True": "x"}, "c": {}},
            {"a": {}, "b": {}, "c": {"false": "x"}},
        ],
        also_accepts=[{"a": {"true": "x"}, "b": {"false": "x"}, "c": {"true": "x"}}],
    ),
    both(
        "dict",
        """
        class Root(BaseModel):
            a: dict[str, int]
            b: dict
        """,
        ["Root(a={}, b={})", "Root(a={'': 1, 'é b': 2}, b={'x': [None]})"],
        [
            {"a": {"x": "y"}, "b": {}},
            {"a": [], "b": {}},
            {"a": {"x": None}, "b": {}},
            {"a": {}, "b": []},
        ],
    ),
    both(
        "dict-lengths",
        """
        class Root(BaseModel):
            a: dict[str, int] = Field(min_length=1, max_length=2)
        """,
        ["Root(a={'x': 1})", "Root(a={'x': 1, 'y': 2})"],
        [{"a": {}}, {"a": {"x": 1, "y": 2, "z": 3}}],
    ),
    both(
        "dict-keys-int",
        """
        class Root(BaseModel):
            a: dict[int, str]
        """,
        ["Root(a={1: 'x', -2: 'y', 2**60: 'z'})", "Root(a={})"],
        [{"a": {"x": "y"}}, {"a": {"1.5": "y"}}, {"a": {"": "y"}}, {"a": {"1": 2}}],
    ),
    both(
        "dict-keys-int-in-bounds",
        """
        class Root(BaseModel):
            a: dict[Annotated[int, Field(ge=0, le=150)], str]
        """,
        ["Root(a={0: 'x', 99: '', 150: 'y'})"],
        [{"a": {"-1": "y"}}, {"a": {"151": "y"}}, {"a": {"1000": "y"}}, {"a": {"x": "y"}}],
    ),
    both(
        "dict-keys-float",
        """
        class Root(BaseModel):
            a: dict[float, int]
        """,
        ["Root(a={1.0: 1, 0.5: 2, 1e30: 3, -1e-9: 4})"],
        [{"a": {"x": 1}}, {"a": {"": 1}}, {"a": {"1,5": 1}}],
    ),
    emits(
        "dict-keys-float-written",
        """
        class Root(BaseModel):
            a: dict[float, int]
            b: dict[Annotated[float, Field(ge=0)], int] = {}
            c: dict[float | None, int] = {}
        """,
        [
            "Root(a={1: 1, 1e16: 2, 1e-5: 3, 1.5e300: 4, -0.0: 5, math.inf: 6, -math.inf: 7, math.nan: 8})",
            "Root(a={}, b={math.inf: 1, 12: 2}, c={None: 1, 2: 3, math.inf: 4})",
        ],
        [
            {"a": {"1": 1}, "b": {}, "c": {}},
            {"a": {"1e16": 1}, "b": {}, "c": {}},
            {"a": {"1E+16": 1}, "b": {}, "c": {}},
            {"a": {"None": 1}, "b": {}, "c": {}},
            {"a": {"Infinity": 1}, "b": {}, "c": {}},
            {"a": {"NaN": 1}, "b": {}, "c": {}},
            {"a": {}, "b": {"12": 1}, "c": {}},
            {"a": {}, "b": {"nan": 1}, "c": {}},
            {"a": {}, "b": {}, "c": {"2": 1}},
        ],
    ),
    both(
        "dict-keys-bool",
        """
        class Root(BaseModel):
            a: dict[bool, int]
        """,
        ["Root(a={True: 1, False: 0})", "Root(a={True: 1})"],
        [{"a": {"maybe": 1}}, {"a": {"true": "x"}}],
        never_emits=[{"a": {"True": 1}}, {"a": {"1": 1}}],
    ),
    both(
        "dict-keys-uuid",
        """
        class Root(BaseModel):
            a: dict[UUID, int]
        """,
        ["Root(a={UUID(int=1): 1})", "Root(a={})"],
        [{"a": {"x": 1}}, {"a": {"00000000-0000-0000-0000-00000000000": 1}}],
    ),
    both(
        "dict-keys-date",
        """
        class Root(BaseModel):
            a: dict[date, int]
        """,
        ["Root(a={date(2024, 2, 29): 1})"],
        [{"a": {"2023-02-29": 1}}, {"a": {"x": 1}}],
    ),
    both(
        "dict-keys-enum",
        """
        class Color(Enum):
            RED = 'red'
            BLUE = 'blue'
        class Root(BaseModel):
            a: dict[Color, int]
        """,
        ["Root(a={Color.RED: 1})", "Root(a={})", "Root(a={Color.RED: 1, Color.BLUE: 2})"],
        [{"a": {"RED": 1}}, {"a": {"green": 1}}, {"a": {"red": None}}],
    ),
    both(
        "dict-keys-int-enum",
        """
        class Level(IntEnum):
            LOW = 1
            HIGH = 2
        class Root(BaseModel):
            a: dict[Level, str]
        """,
        ["Root(a={Level.LOW: 'x'})", "Root(a={})"],
        [{"a": {"LOW": "x"}}, {"a": {"3": "x"}}, {"a": {"1": 1}}],
    ),
    both(
        "dict-keys-literal",
        """
        class Root(BaseModel):
            a: dict[Literal['x', 'y'], int]
        """,
        ["Root(a={})", "Root(a={'x': 1})", "Root(a={'x': 1, 'y': 2})"],
        [{"a": {"z": 1}}, {"a": {"x": "1.5"}}, {"a": {"x": 1, "z": 1}}],
    ),
    both(
        "dict-keys-of-a-pattern",
        """
        class Root(BaseModel):
            a: dict[Annotated[str, Field(pattern='^x-', min_length=3)], int]
        """,
        ["Root(a={'x-a': 1})", "Root(a={})"],
        [{"a": {"a": 1}}, {"a": {"x-": 1}}, {"a": {"x-a": None}}],
    ),
    both(
        "dict-keys-union",
        """
        class Root(BaseModel):
            a: dict[Literal['all'] | int, str]
        """,
        ["Root(a={'all': 'x', 3: 'y'})"],
        [{"a": {"some": "x"}}, {"a": {"all": 1}}],
    ),
    both(
        "dict-keys-decimal-and-ip",
        """
        class Root(BaseModel):
            a: dict[Decimal, int]
            b: dict[IPv4Address, int]
        """,
        ["Root(a={Decimal('1.50'): 1}, b={IPv4Address('1.2.3.4'): 2})"],
        [{"a": {"x": 1}, "b": {}}, {"a": {}, "b": {"1.2.3": 1}}],
    ),
    both(
        "dict-keys-that-objects-have",
        """
        class Root(BaseModel):
            a: dict[str, int]
        """,
        [
            "Root(a={'__proto__': 1, 'constructor': 2, 'toString': 3, 'hasOwnProperty': 4, '0': 5, '-': 6})"
        ],
        [{"a": {"__proto__": "x"}}, {"a": {"constructor": "x"}}],
    ),
    both(
        "dict-nested",
        """
        class Item(BaseModel):
            x: int
        class Root(BaseModel):
            a: dict[str, dict[int, list[Item]]]
        """,
        ["Root(a={'k': {1: [Item(x=2)], 2: []}, 'l': {}})"],
        [{"a": {"k": []}}, {"a": {"k": {"x": []}}}, {"a": {"k": {"1": [{}]}}}],
    ),
    both(
        "mappings",
        """
        class Root(BaseModel):
            a: Mapping[str, int]
            b: collections.OrderedDict[str, int]
            c: collections.defaultdict[str, list[int]]
            d: collections.Counter[str]
        """,
        ["Root(a={'x': 1}, b={'y': 2}, c={'z': [3]}, d={'w': 4})"],
        [
            {"a": {"x": "y"}, "b": {}, "c": {}, "d": {}},
            {"a": {}, "b": {"x": "y"}, "c": {}, "d": {}},
            {"a": {}, "b": {}, "c": {"x": 1}, "d": {}},
            {"a": {}, "b": {}, "c": {}, "d": {"x": "y"}},
        ],
    ),
    both(
        "dict-of-nullable",
        """
        class Root(BaseModel):
            a: dict[str, int | None] | None
        """,
        ["Root(a=None)", "Root(a={'x': None})"],
        [{"a": {"x": "y"}}, {}],
    ),
    emits(
        "dict-keys-none",
        """
        class Root(BaseModel):
            a: dict[int | None, int]
        """,
        ["Root(a={None: 1, 2: 3})"],
        [{"a": {"null": 1}}, {"a": {"x": 1}}],
    ),
    refused(
        "dict-keys-tuple",
        """
        class Root(BaseModel):
            a: dict[tuple[int, str], int]
        """,
        "dict-key",
        "Root.a",
    ),
    emits(
        # Pydantic writes str(key), which is not what it reads.
        "keys-of-root-models-with-a-text",
        """
        class Key(RootModel[Annotated[str, Field(pattern='^[a-c]+$')]]):
            model_config = ConfigDict(frozen=True)
            def __str__(self) -> str:
                return f'<{self.root}>'
        class Written(RootModel[int]):
            model_config = ConfigDict(frozen=True)
            @model_serializer
            def text(self) -> Literal['a', 'b']:
                return 'a' if self.root else 'b'
        class Root(BaseModel):
            a: dict[Key, int]
            b: dict[Key | Literal['x'], int] = {}
            c: dict[Annotated[Key, PlainSerializer(lambda key: len(key.root), return_type=int)], int] = {}
            d: dict[Written, int] = {}
        """,
        ["Root(a={'a': 1})", "Root(a={}, b={'x': 1, 'a': 2}, c={'ab': 1}, d={0: 1})"],
        [
            {"a": {"<a>": "x"}, "b": {}, "c": {}, "d": {}},
            {"a": {}, "b": {}, "c": {"<a>": 1}, "d": {}},
            {"a": {}, "b": {}, "c": {}, "d": {"0": 1}},
        ],
    ),
    refused(
        "keys-of-root-models",
        """
        class Key(RootModel[str]):
            model_config = ConfigDict(frozen=True)
        class Root(BaseModel):
            a: dict[Key | None, int]
        """,
        "dict-key",
        "Root.a",
    ),
    accepts(
        "keys-of-root-models-that-are-read",
        """
        class Key(RootModel[Annotated[str, Field(pattern='^[a-c]+$')]]):
            model_config = ConfigDict(frozen=True)
        class Root(BaseModel):
            a: dict[Key, int]
        """,
        [{"a": {"a": 1}}],
        [{"a": {"d": 1}}, {"a": {"a": "x"}}],
    ),
    accepts(
        "keys-that-are-not-read-again",
        """
        class Level(Enum):
            LOW = 1
            HIGH = 'high'
        class Root(BaseModel):
            a: dict[Level, int]
            b: dict[Literal[1, 2], int] = {}
            c: dict[int | None, int] = {}
        """,
        [{"a": {}}, {"a": {"high": 1}, "b": {}, "c": {"3": 1}}],
        [{"a": {"1": 1}}, {"a": {}, "b": {"1": 1}}, {"a": {}, "c": {"None": 1}}],
    ),
    emits(
        "values-of-a-model-called-as-the-variable-of-mapped-types",
        """
        class K(IntEnum):
            A = 1
            B = 2
        class Root(BaseModel):
            a: dict[Literal['x', 'y'], K]
            b: dict[K, list[K]]
        """,
        ["Root(a={'x': K.A}, b={K.A: [K.B]})"],
        [{"a": {"x": 3}, "b": {}}, {"a": {}, "b": {"3": []}}],
    ),
)

CASES = (*LISTS, *TUPLES, *DICTS)
