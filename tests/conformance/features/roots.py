"""Roots of every kind: dataclasses, typed dictionaries, named tuples, root models and plain aliases."""

from __future__ import annotations

from .case import Case, Json, accepts, both, emits

_AROUND = """
    from pydantic_core import core_schema
    class Around:
        @classmethod
        def __get_pydantic_core_schema__(cls, source, handler):
            return core_schema.union_schema([handler(source), core_schema.int_schema()])
"""

AROUND: tuple[Case, ...] = (
    both(
        "class-with-a-union-around-it",
        _AROUND
        + """
    class Root(Around, BaseModel):
        a: str = 'x'
    """,
        ["Root(a='y')", "TypeAdapter(Root).validate_python(3)"],
        ["x", None, {"a": 1}],
        never_emits=[{}],
        also_accepts=[{}],
    ),
    both(
        "dataclass-with-a-union-around-it",
        _AROUND
        + """
    @dataclasses.dataclass
    class Root(Around):
        a: str
    """,
        ["Root(a='y')", "TypeAdapter(Root).validate_python(3)"],
        ["x", None, {"a": 1}, {}],
    ),
    both(
        "coordinate-as-a-root",
        """
        from pydantic_extra_types.coordinate import Coordinate
        Root = Coordinate
        """,
        ["Root(1.5, -2.0)"],
        [{"latitude": 91.0, "longitude": 0.0}, {"latitude": 1.0}, [1.0, 2.0], 1, None],
        never_emits=["1,2"],
        also_accepts=["1,2", " -90.0 , +180", "1.5,-0.25"],
        never_accepts=["", "1", "1,2,3", "91,0", "0,181", "x,y"],
    ),
    both(
        "coordinate-in-a-field",
        """
        from pydantic_extra_types.coordinate import Coordinate
        class Root(BaseModel):
            a: Coordinate
        """,
        ["Root(a=(1.5, -2.0))"],
        [{"a": {"latitude": 91.0, "longitude": 0.0}}, {"a": [1.0, 2.0]}, {"a": None}],
        never_emits=[{"a": "1,2"}],
        also_accepts=[{"a": "1,2"}],
        never_accepts=[{"a": "91,2"}, {"a": ""}],
    ),
)

DATACLASSES: tuple[Case, ...] = (
    both(
        "dataclass-pydantic",
        """
        @pydantic_dataclasses.dataclass
        class Root:
            a: int
            b: str = 'x'
            c: list[int] = Field(default_factory=list, max_length=1)
        """,
        ["Root(a=1)", "Root(a=1, b='', c=[1])"],
        [{"a": "x", "b": "", "c": []}, {"b": "", "c": []}, {"a": 1, "b": "", "c": [1, 2]}],
        never_emits=[{"a": 1}],
        also_accepts=[{"a": 1}],
    ),
    both(
        "dataclass-of-the-standard-library",
        """
        @dataclasses.dataclass
        class Root:
            a: int
            b: Annotated[str, Field(min_length=1)] = 'x'
            c: list[int] = dataclasses.field(default_factory=list)
        """,
        ["Root(1)", "Root(1, 'y', [1])"],
        [{"a": 1, "b": "", "c": []}, {"b": "x", "c": []}],
        never_emits=[{"a": 1}],
        also_accepts=[{"a": 1}],
    ),
    both(
        "dataclass-slots-and-keywords",
        """
        @dataclasses.dataclass(slots=True, kw_only=True, frozen=True)
        class Inner:
            x: int
        @pydantic_dataclasses.dataclass(kw_only=True, slots=True)
        class Root:
            b: Inner | None = None
            a: Inner
        """,
        ["Root(a=Inner(x=1))", "Root(a=Inner(x=1), b=Inner(x=2))"],
        [{"a": {}, "b": None}, {"b": None}, {"a": {"x": 1}, "b": 1}],
    ),
    both(
        "dataclass-forbid",
        """
        @pydantic_dataclasses.dataclass(config=ConfigDict(extra='forbid'))
        class Root:
            a: int
        """,
        ["Root(a=1)"],
        [{"a": 1, "b": 2}, {}],
    ),
    both(
        "dataclass-inherited",
        """
        @pydantic_dataclasses.dataclass
        class Base:
            a: int
        @pydantic_dataclasses.dataclass
        class Root(Base):
            b: str
        """,
        ["Root(a=1, b='x')"],
        [{"a": 1}, {"b": "x"}],
    ),
    both(
        "dataclass-with-alias",
        """
        @pydantic_dataclasses.dataclass
        class Root:
            first_name: str = Field(alias='firstName')
        """,
        ["Root(firstName='x')"],
        [{"first_name": "x"}, {}],
    ),
)

DICTS: tuple[Case, ...] = (
    both(
        "typed-dict",
        """
        class Root(TypedDict):
            a: int
            b: NotRequired[str]
            c: str | None
        """,
        ["{'a': 1, 'c': None}", "{'a': 1, 'b': 'x', 'c': 'y'}"],
        [{"a": 1}, {"a": 1, "b": None, "c": None}, {"c": None}, {"a": "x", "c": None}],
    ),
    both(
        "typed-dict-not-total",
        """
        class Root(TypedDict, total=False):
            a: int
            b: Required[str]
            c: ReadOnly[NotRequired[int]]
        """,
        ["{'b': 'x'}", "{'a': 1, 'b': 'x', 'c': 2}"],
        [{"a": 1}, {"a": None, "b": "x"}, {"b": "x", "c": "y"}],
        pydantic=(2, 11),
    ),
    both(
        "typed-dict-defaults",
        """
        class Row(TypedDict):
            a: Annotated[int, Field(default=3)]
            b: NotRequired[Annotated[list[int], Field(default_factory=list)]]
            c: NotRequired[int]
        class Root(BaseModel):
            row: Row
        """,
        ["Root(row={})", "Root(row={'a': 1, 'c': 2})"],
        [{"row": {"a": "x", "b": []}}, {"row": {"a": 3, "b": 1}}],
        also_accepts=[{"row": {}}],
        never_emits=[{"row": {}}, {"row": {"a": 3}}, {"row": {"b": []}}],
    ),
    emits(
        "typed-dict-defaults-left-out",
        """
        class Row(TypedDict):
            a: Annotated[int, Field(default=3)]
        class Root(BaseModel):
            row: Row
        """,
        ["Root(row={})", "Root(row={'a': 1})"],
        [{"row": {"a": "x"}}],
        dump={"exclude_defaults": True},
    ),
    emits(
        "typed-dict-defaults-are-never-unset",
        """
        class Row(TypedDict):
            a: Annotated[int, Field(default=3)]
        class Root(BaseModel):
            row: Row
        """,
        ["Root(row={})", "Root(row={'a': 1})"],
        [{"row": {}}],
        dump={"exclude_unset": True},
    ),
    both(
        "typed-dict-inherited",
        """
        class Base(TypedDict):
            a: int
        class Root(Base, total=False):
            b: int
        """,
        ["{'a': 1}", "{'a': 1, 'b': 2}"],
        [{"b": 2}, {"a": 1, "b": "x"}],
    ),
    both(
        "typed-dict-forbid",
        """
        @with_config(ConfigDict(extra='forbid'))
        class Root(TypedDict):
            a: int
        """,
        ["{'a': 1}"],
        [{"a": 1, "b": 2}, {}],
    ),
    both(
        "typed-dict-closed",
        """
        class Root(TypedDict, closed=True):
            a: int
        """,
        ["{'a': 1}"],
        [{"a": 1, "b": 2}, {}],
        pydantic=(2, 12),
    ),
    both(
        "typed-dict-extra-items",
        """
        class Root(TypedDict, extra_items=int):
            a: str
        """,
        ["{'a': 'x'}", "{'a': 'x', 'b': 1}"],
        [{"a": "x", "b": "y"}, {"b": 1}],
        pydantic=(2, 12),
    ),
    both(
        "typed-dict-with-hostile-keys",
        """
        Root = TypedDict('Root', {'with-dash': int, 'class': str, '': NotRequired[int], 'é"\\'': bool})
        """,
        [
            "{'with-dash': 1, 'class': 'x', 'é\"\\'': True}",
            "{'with-dash': 1, 'class': 'x', '': 2, 'é\"\\'': True}",
        ],
        [{"with-dash": 1, "class": "x"}, {"with-dash": 1, "class": "x", "": "y", "é\"'": True}],
    ),
    emits(
        "typed-dict-under-exclude-none",
        """
        class Root(TypedDict):
            a: int | None
            b: int
        """,
        ["{'a': None, 'b': 1}", "{'a': 2, 'b': 1}"],
        [{}, {"a": "x", "b": 1}],
        dump={"exclude_none": True},
    ),
)

TUPLES: tuple[Case, ...] = (
    both(
        "named-tuple",
        """
        class Root(NamedTuple):
            a: int
            b: str
        """,
        ["Root(1, 'x')"],
        [[1], [1, "x", 2], ["x", "x"], {}],
        never_emits=[{"a": 1, "b": "x"}],
    ),
    both(
        "named-tuple-with-defaults",
        """
        class Point(NamedTuple):
            x: int
            y: int = 0
            label: str | None = None
        class Root(BaseModel):
            points: list[Point]
        """,
        ["Root(points=[Point(1), Point(1, 2, 'x')])", "Root(points=[])"],
        [
            {"points": [[]]},
            {"points": [[1, "x", None]]},
            {"points": [[1, 2, None, 3]]},
            {"points": [1]},
        ],
        never_emits=[{"points": [[1]]}, {"points": [[1, 2]]}],
        also_accepts=[{"points": [[1]]}, {"points": [[1, 2]]}],
    ),
    accepts(
        "named-tuple-read",
        """
        class Root(NamedTuple):
            a: int
            b: str = ''
        """,
        [[1], [1, "x"]],
        [[], ["x"], [1, "x", 1], 1],
    ),
    both(
        "named-tuple-with-constraints",
        """
        class Pair(NamedTuple):
            a: Annotated[int, Field(ge=0)]
            b: Annotated[str, Field(max_length=1)] = ''
        class Root(BaseModel):
            pair: Pair | None
            more: dict[str, Pair]
        """,
        ["Root(pair=Pair(1), more={'x': Pair(0, 'y')})"],
        [
            {"pair": [-1, ""], "more": {}},
            {"pair": None, "more": {"x": [1, "yy"]}},
            {"pair": [], "more": {}},
        ],
    ),
)


def root_model(name: str, inner: str, instances: list[str], never: list[Json]) -> Case:
    code = f"class Root(RootModel[{inner}]):\n    pass\n"
    return both(f"root-model-of-{name}", code, instances, never)


ROOT_MODELS: tuple[Case, ...] = (
    root_model("int", "int", ["Root(1)", "Root(2**60)"], ["x", None, {"root": 1}]),
    root_model("list", "list[int]", ["Root([])", "Root([1])"], [["x"], {}, None]),
    root_model("dict", "dict[str, int]", ["Root({})", "Root({'root': 1})"], [{"a": "x"}, []]),
    root_model("nullable", "int | None", ["Root(None)", "Root(1)"], ["x", []]),
    root_model("tuple", "tuple[int, str]", ["Root((1, 'x'))"], [[1], ["x", 1]]),
    root_model("date", "date", ["Root(date(2024, 1, 2))"], ["x", None]),
    root_model("literal", "Literal['x', 1]", ["Root('x')", "Root(1)"], ["y", 2]),
    root_model("string", "Annotated[str, Field(min_length=1)]", ["Root('x')"], ["", None]),
    both(
        "root-model-with-default",
        """
        class Inner(RootModel[list[int]]):
            root: list[int] = [1]
        class Root(BaseModel):
            a: Inner = Inner()
            b: Inner
        """,
        ["Root(b=Inner())", "Root(a=Inner([]), b=Inner([2]))"],
        [{"a": ["x"], "b": []}, {"a": {"root": []}, "b": []}],
        never_emits=[{"b": []}],
        also_accepts=[{"b": []}],
    ),
    both(
        "root-model-inside",
        """
        class Name(RootModel[str]):
            '''A name.'''
        class Names(RootModel[dict[str, Name]]):
            pass
        class Root(BaseModel):
            a: Name
            b: Names
            c: list[Name | None]
        """,
        ["Root(a='x', b={'k': 'y'}, c=['z', None])"],
        [
            {"a": 1, "b": {}, "c": []},
            {"a": "x", "b": {"k": 1}, "c": []},
            {"a": "x", "b": {}, "c": [1]},
        ],
    ),
)

PLAIN: tuple[Case, ...] = (
    both("root-list", "Root = list[int]\n", ["[]", "[1]"], [["x"], None, {}]),
    both("root-dict", "Root = dict[str, list[int]]\n", ["{}", "{'a': [1]}"], [{"a": 1}, []]),
    both("root-optional", "Root = Optional[int]\n", ["None", "1"], ["x", []]),
    both("root-annotated", "Root = Annotated[int, Field(ge=1)]\n", ["1"], [0, "x", None]),
    both("root-string", "Root = str\n", ["'x'"], [1, None]),
    both(
        "root-named-alias",
        "Root = TypeAliasType('Root', dict[str, int])\n",
        ["{'a': 1}"],
        [{"a": "x"}],
    ),
    both(
        "root-alias-statement",
        """
        type Root = list[int] | None
        """,
        ["None", "[1]"],
        ["x", ["x"]],
        python=(3, 12),
    ),
    both("root-new-type", "Root = NewType('Root', int)\n", ["Root(1)"], ["x", None]),
)

CASES = (*AROUND, *DATACLASSES, *DICTS, *TUPLES, *ROOT_MODELS, *PLAIN)
