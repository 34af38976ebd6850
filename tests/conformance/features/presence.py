"""Which keys are there, and which may be null: defaults, exclusion, dump options, computed fields and the missing sentinel."""

from __future__ import annotations

from .case import Case, accepts, both, emits

DEFAULTS: tuple[Case, ...] = (
    both(
        "required-nullable",
        """
        class Root(BaseModel):
            a: int | None
        """,
        ["Root(a=None)", "Root(a=1)"],
        [{}, {"a": "x"}, {"a": 1.5}],
    ),
    both(
        "default",
        """
        class Root(BaseModel):
            a: int = 1
            b: str = 'x'
        """,
        ["Root()", "Root(a=2, b='')"],
        [{"a": None, "b": ""}, {"a": 1, "b": None}],
        never_emits=[{}, {"a": 1}, {"b": "x"}],
        also_accepts=[{}, {"a": 2}],
    ),
    both(
        "nullable-with-default",
        """
        class Root(BaseModel):
            a: Optional[int] = None
            b: int | None = 3
        """,
        ["Root()", "Root(a=1, b=None)"],
        [{"a": "x", "b": 1}],
        never_emits=[{}, {"a": None}, {"b": 3}],
        also_accepts=[{}, {"a": 1}],
    ),
    both(
        "default-factory",
        """
        class Root(BaseModel):
            a: list[int] = Field(default_factory=list)
            b: dict[str, int] = {}
            c: UUID = Field(default_factory=uuid.uuid4)
        """,
        ["Root(a=[1], b={'x': 2}, c=UUID(int=5))"],
        [{"a": None, "b": {}, "c": "00000000-0000-0000-0000-000000000005"}],
        never_emits=[{"a": [], "b": {}}, {"b": {}, "c": "00000000-0000-0000-0000-000000000005"}],
        also_accepts=[{}],
    ),
    emits(
        "default-that-is-not-json",
        """
        class Inner(BaseModel):
            n: int = 0
        class Root(BaseModel):
            a: Inner = Inner(n=3)
            b: date = date(2024, 1, 2)
            c: Decimal = Decimal('1.5')
            d: set[int] = {1}
            e: bytes = b'x'
            f: float = math.inf
        """,
        ["Root()", "Root(f=1)"],
        [{}, {"a": {"n": 3}, "b": "2024-01-02", "c": "1.5", "d": [1], "e": "x"}],
    ),
    both(
        "default-by-annotation",
        """
        class Root(BaseModel):
            a: Annotated[int, Field(default=4, ge=0)]
            b: Annotated[list[int], Field(default_factory=list, max_length=1)]
        """,
        ["Root()", "Root(a=0, b=[1])"],
        [{"a": -1, "b": []}, {"a": 0, "b": [1, 2]}],
        never_emits=[{}, {"a": 0}],
        also_accepts=[{}],
    ),
    emits(
        "defaults-that-no-validation-lets-through",
        """
        class Root(BaseModel):
            a: int = None
            b: list[int] = None
            c: Annotated[int, AfterValidator(lambda value: value)] = None
            f: str = Field('', min_length=1)
            g: int = Field(0, ge=1)
            h: Annotated[int, Field(validate_default=True)] = 1
        """,
        ["Root()", "Root(a=1, b=[1], c=1, f='x', g=1)"],
        [
            {"a": "x", "b": None, "c": None, "f": "", "g": 0, "h": 1},
            {"a": None, "b": ["x"], "c": None, "f": "", "g": 0, "h": 1},
            {"a": None, "b": None, "c": None, "f": None, "g": 0, "h": 1},
            {"a": None, "b": None, "c": None, "f": "", "g": -1, "h": 1},
            {"a": None, "b": None, "c": None, "f": "", "g": 0, "h": None},
        ],
    ),
    accepts(
        "null-that-only-a-default-may-be",
        """
        class Root(BaseModel):
            a: int = None
        """,
        [{}, {"a": 1}],
        [{"a": None}],
    ),
)

LEFT_OUT: tuple[Case, ...] = (
    both(
        "excluded-field",
        """
        class Root(BaseModel):
            model_config = ConfigDict(extra='forbid')
            a: int
            b: Any = Field(default=None, exclude=True)
        """,
        ["Root(a=1)", "Root(a=1, b=2)"],
        [{}, {"a": "x"}],
        never_emits=[{"a": 1, "b": 2}],
        also_accepts=[{"a": 1, "b": {"x": 1}}],
    ),
    emits(
        "excluded-field-of-a-type-without-json",
        """
        class Root(BaseModel):
            a: int
            b: Callable[[], int] | None = Field(default=None, exclude=True)
        """,
        ["Root(a=1, b=lambda: 1)"],
        [{}, {"a": None}],
    ),
    emits(
        "exclude-if",
        """
        class Root(BaseModel):
            a: int = Field(default=0, exclude_if=lambda value: value == 0)
            b: str
        """,
        ["Root(a=0, b='')", "Root(a=1, b='x')"],
        [{"a": None, "b": ""}, {"a": 1}, {"a": "x", "b": ""}],
        pydantic=(2, 12),
    ),
    emits(
        "exclude-if-none",
        """
        class Root(BaseModel):
            a: int | None = Field(default=None, exclude_if=lambda value: value is None)
            b: int | None
        """,
        ["Root(b=None)", "Root(a=1, b=2)"],
        [{"a": None, "b": None}, {"a": 1}],
        pydantic=(2, 12),
    ),
    emits(
        "exclude-none",
        """
        class Inner(BaseModel):
            x: int | None
        class Root(BaseModel):
            a: int | None
            b: str | None = None
            c: Inner
            d: Any
        """,
        ["Root(a=None, c=Inner(x=None), d=None)", "Root(a=1, b='x', c=Inner(x=1), d={'k': 1})"],
        [{"a": None, "c": {}}, {"a": 1, "b": None, "c": {}}, {"c": {"x": None}}, {"a": 1}],
        dump={"exclude_none": True},
    ),
    emits(
        "exclude-none-inside-containers",
        """
        class Item(BaseModel):
            x: int | None
        class Root(BaseModel):
            a: list[int | None]
            c: tuple[int | None, int]
            d: list[Item]
        """,
        ["Root(a=[None, 1], c=(None, 2), d=[Item(x=None), Item(x=1)])"],
        [{"a": ["x"], "c": [1, 2], "d": []}, {"a": [], "c": [1, 2], "d": [{"x": None}]}],
        dump={"exclude_none": True},
    ),
    emits(
        "exclude-none-in-a-dict",
        """
        class Root(BaseModel):
            b: dict[str, int | None]
            c: dict[str, dict[str, int | None] | None]
        """,
        ["Root(b={'k': None, 'l': 1}, c={'m': {'n': None}, 'o': None})", "Root(b={}, c={})"],
        [{"b": {"k": "x"}, "c": {}}, {"c": {}}],
        dump={"exclude_none": True},
    ),
    emits(
        "exclude-none-of-none",
        """
        class Root(BaseModel):
            a: None = None
            b: Literal['x', None] = None
            c: int = 0
        """,
        ["Root()", "Root(b='x')"],
        [{"a": None, "c": 0}, {"b": None, "c": 0}, {}],
        dump={"exclude_none": True},
    ),
    emits(
        "exclude-defaults",
        """
        class Root(BaseModel):
            a: int = 1
            b: int | None = None
            c: int
            d: int | None
        """,
        ["Root(c=0, d=None)", "Root(a=2, b=3, c=0, d=1)"],
        [{"a": 2, "b": 3, "d": None}, {"c": 0}, {"c": None, "d": None}],
        dump={"exclude_defaults": True},
    ),
    emits(
        "exclude-unset",
        """
        class Root(BaseModel):
            a: int = 1
            b: int | None = None
            c: int
        """,
        ["Root(c=0)", "Root(a=1, b=None, c=0)"],
        [{"a": 1, "b": 1}, {"a": None, "c": 1}, {}],
        dump={"exclude_unset": True},
    ),
    emits(
        "exclude-unset-in-a-dataclass",
        """
        @pydantic_dataclasses.dataclass
        class Inner:
            x: int = 1
        class Root(BaseModel):
            a: Inner
            b: int = 1
        """,
        ["Root(a=Inner())", "Root(a=Inner(x=2), b=2)"],
        [{"a": {}, "b": "x"}, {"b": 1}],
        dump={"exclude_unset": True},
    ),
    emits(
        "exclude-computed-fields",
        """
        class Root(BaseModel):
            model_config = ConfigDict(extra='forbid')
            a: int
            @computed_field
            @property
            def b(self) -> int:
                return self.a + 1
        """,
        ["Root(a=1)"],
        [{"a": 1, "b": 2}, {}],
        dump={"exclude_computed_fields": True},
        pydantic=(2, 12),
    ),
    emits(
        "by-name",
        """
        class Root(BaseModel):
            first_name: str = Field(alias='firstName')
        """,
        ["Root(firstName='x')"],
        [{"firstName": "x"}, {}],
        dump={"by_alias": False},
    ),
    both(
        "missing-sentinel",
        """
        class Root(BaseModel):
            a: int | MISSING = MISSING
            b: int | None | MISSING = MISSING
        """,
        ["Root()", "Root(a=1)", "Root(b=None)", "Root(a=1, b=2)"],
        [{"a": None}, {"a": "x"}, {"b": "x"}],
        pydantic=(2, 12),
    ),
    both(
        "nothing-but-optional-keys",
        """
        class Root(BaseModel):
            a: int | MISSING = MISSING
        """,
        ["Root()", "Root(a=0)"],
        [{"a": None}, [], "x", None],
        pydantic=(2, 12),
    ),
    emits(
        # Not None in Python, and null all the same.
        "exclude-none-leaves-other-nulls",
        """
        class Maybe(RootModel[int | None]):
            pass
        class Answer(Enum):
            NONE = None
            YES = 'yes'
        class Root(BaseModel):
            a: Maybe
            b: Answer
            c: float
            d: Maybe | None = None
            e: float | None = None
        """,
        [
            "Root(a=Maybe(None), b=Answer.NONE, c=math.inf)",
            "Root(a=1, b='yes', c=1, d=Maybe(None), e=math.nan)",
        ],
        [{"b": None, "c": 1}, {"a": 1, "c": 1}, {"a": 1, "b": "yes"}],
        dump={"exclude_none": True},
    ),
    emits(
        "exclude-none-in-a-dataclass",
        """
        @pydantic_dataclasses.dataclass
        class Root:
            a: int | None
            b: list[int | None]
        """,
        ["Root(a=None, b=[None])", "Root(a=1, b=[])"],
        [{"a": None, "b": []}, {"a": 1}],
        dump={"exclude_none": True},
    ),
    emits(
        "exclude-none-of-a-shared-type",
        """
        class Inner(BaseModel):
            x: int
        MaybeInner = TypeAliasType('MaybeInner', Inner | None)
        class Root(BaseModel):
            a: MaybeInner
            b: list[MaybeInner]
        """,
        ["Root(a=None, b=[None])", "Root(a=Inner(x=1), b=[Inner(x=2)])"],
        [{"a": None, "b": []}, {"a": {"x": 1}}],
        dump={"exclude_none": True},
    ),
    emits(
        "exclude-defaults-of-factories",
        """
        class Root(BaseModel):
            a: list[int] = Field(default_factory=list)
            b: dict[str, int] = {}
            c: int | None = 1
        """,
        ["Root()", "Root(a=[1], b={'x': 1}, c=None)"],
        [{"a": None}, {"b": None}],
        dump={"exclude_defaults": True},
    ),
    emits(
        "by-name-with-a-tag",
        """
        class A(BaseModel):
            kind: Literal['a'] = Field('a', alias='@kind')
        class B(BaseModel):
            kind: Literal['b'] = Field('b', alias='@kind')
            x: int = Field(alias='X')
        class Root(BaseModel):
            v: A | B = Field(discriminator='kind')
        """,
        ["Root(v=A())", "Root(v=B(X=1))"],
        [{"v": {"@kind": "a"}}, {"v": {"kind": "b", "X": 1}}, {"v": {"kind": "c"}}],
        dump={"by_alias": False},
    ),
    emits(
        "schema-mode-of-the-model-does-not-change-the-wire",
        """
        class Root(BaseModel):
            model_config = ConfigDict(json_schema_mode_override='validation')
            a: int = 1
            b: Decimal
        """,
        ["Root(b=1)"],
        [{"b": "1"}, {"a": 1, "b": 1}],
    ),
    emits(
        "exclude-none-of-extra-keys",
        """
        class Root(BaseModel):
            model_config = ConfigDict(extra='allow')
            __pydantic_extra__: dict[str, int | None]
            a: int | None = None
        """,
        ["Root()", "Root(a=1, b=2, c=None)"],
        [{"a": None}, {"b": "x"}],
        dump={"exclude_none": True},
    ),
    emits(
        "exclude-unset-of-a-tag",
        """
        class A(BaseModel):
            t: Literal['a'] = 'a'
            x: int
        class B(BaseModel):
            t: Literal['b'] = 'b'
            x: int
            y: int = 0
        class Root(BaseModel):
            v: A | B = Field(discriminator='t')
        """,
        ["Root(v=A(x=1))", "Root(v=B(x=1, y=2))", "Root(v={'t': 'b', 'x': 1})"],
        [{"v": {}}, {"v": {"t": "c", "x": 1}}],
        dump={"exclude_unset": True},
    ),
    emits(
        "none-that-is-only-a-default-left-out",
        """
        class Root(BaseModel):
            a: int = None
            b: IPv4Address
            c: re.Pattern
        """,
        ["Root(b='1.2.3.4', c='x')", "Root(a=1, b='1.2.3.4', c='x')"],
        [{"a": None, "b": "1.2.3.4", "c": "x"}, {"a": 1, "c": "x"}, {"a": 1, "b": "1.2.3.4"}],
        dump={"exclude_none": True},
    ),
)

COMPUTED: tuple[Case, ...] = (
    both(
        "computed-field",
        """
        class Root(BaseModel):
            w: int
            @computed_field
            @property
            def area(self) -> int:
                "Square."
                return self.w * self.w
        """,
        ["Root(w=2)"],
        [{}, {"w": "x"}],
        never_emits=[{"w": 2}, {"w": 2, "area": None}, {"w": 2, "area": "4"}],
        also_accepts=[{"w": 3}],
    ),
    emits(
        "computed-field-with-alias",
        """
        class Root(BaseModel):
            model_config = ConfigDict(alias_generator=to_camel)
            full_width: int
            @computed_field
            @functools.cached_property
            def half_width(self) -> float | None:
                return self.full_width / 2
            @computed_field(alias='twice')
            def double(self) -> int:
                return self.full_width * 2
        """,
        ["Root(fullWidth=3)"],
        [
            {"fullWidth": 3, "half_width": 1.5, "twice": 6},
            {"fullWidth": 3, "halfWidth": 1.5, "double": 6},
        ],
    ),
    emits(
        "computed-field-left-out-when-none",
        """
        class Root(BaseModel):
            a: int
            @computed_field
            @property
            def b(self) -> str | None:
                return 'x' if self.a else None
        """,
        ["Root(a=0)", "Root(a=1)"],
        [{"a": 0, "b": None}, {"b": "x"}, {"a": 0, "b": 1}],
        dump={"exclude_none": True},
    ),
    emits(
        "computed-field-with-return-type",
        """
        class Inner(BaseModel):
            x: int
        class Root(BaseModel):
            @computed_field(return_type=list[Inner])
            def inners(self):
                return [Inner(x=1)]
        """,
        ["Root()"],
        [{}, {"inners": [{}]}, {"inners": None}],
    ),
    emits(
        "computed-field-excluded-if",
        """
        class Root(BaseModel):
            a: int
            @computed_field(exclude_if=lambda value: value == 1)
            @property
            def b(self) -> int:
                return self.a
        """,
        ["Root(a=1)", "Root(a=2)"],
        [{"b": 1}, {"a": 1, "b": "1"}],
        pydantic=(2, 13),
    ),
    emits(
        "computed-field-of-any-type",
        """
        class Root(BaseModel):
            a: int
            @computed_field
            @property
            def b(self) -> Any:
                return self.a
        """,
        ["Root(a=1)"],
        [{"a": 1}],
    ),
)

OTHERS: tuple[Case, ...] = (
    both(
        "frozen",
        """
        class Root(BaseModel):
            model_config = ConfigDict(frozen=True)
            a: int
            b: str = Field(frozen=True)
        """,
        ["Root(a=1, b='x')"],
        [{"a": 1}, {"b": "x"}],
    ),
    both(
        "private-attributes-and-class-variables",
        """
        class Root(BaseModel):
            model_config = ConfigDict(extra='forbid')
            kind: ClassVar[str] = 'x'
            a: int
            _hidden: int = PrivateAttr(default=1)
        """,
        ["Root(a=1)"],
        [{"a": 1, "kind": "x"}, {"a": 1, "_hidden": 1}, {}],
    ),
    emits(
        "dataclass-init-false",
        """
        @pydantic_dataclasses.dataclass
        class Root:
            a: int
            b: int = Field(default=2, init=False)
        """,
        ["Root(a=1)"],
        [{"a": 1}, {"b": 2}, {"a": 1, "b": None}],
    ),
    accepts(
        "dataclass-init-only",
        """
        @pydantic_dataclasses.dataclass(config=ConfigDict(extra='forbid'))
        class Root:
            a: int
            seed: dataclasses.InitVar[int]
            c: dataclasses.InitVar[int] = 1
        """,
        [{"a": 1, "seed": 2}, {"a": 1, "seed": 2, "c": 3}],
        [{"a": 1}, {"seed": 1}, {"a": 1, "seed": "x"}, {"a": 1, "seed": 1, "d": 1}],
    ),
    both(
        "hidden-null",
        """
        class Root(BaseModel):
            a: int | SkipJsonSchema[None] = None
        """,
        ["Root()", "Root(a=1)"],
        [{"a": "x"}],
        never_emits=[{}],
    ),
    both(
        "any-is-required",
        """
        class Root(BaseModel):
            a: Any
            b: object
        """,
        ["Root(a=None, b=1)", "Root(a={'x': [1]}, b='x')"],
        [{}, {"a": 1}, {"b": 1}],
    ),
)

CASES = (*DEFAULTS, *LEFT_OUT, *COMPUTED, *OTHERS)
