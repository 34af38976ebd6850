"""Instants, each at a place of its own, for ``dates = "date"``: what is decoded has to be encoded as it was."""

from __future__ import annotations

from .case import Case, accepts, both, emits

AWARE = {"datetimes": "aware"}
UTC = {"datetimes": "utc"}
NAIVE_TIMES = {"datetimes": "aware", "times": "naive"}

CASES: tuple[Case, ...] = (
    both(
        "dates-spellings",
        """
        class Root(BaseModel):
            a: datetime
        """,
        [
            "Root(a=datetime(2024, 1, 2, 3, 4, 5, tzinfo=timezone.utc))",
            "Root(a=datetime(2024, 1, 2, 3, 4, 5, 123000, timezone.utc))",
            "Root(a=datetime(2024, 1, 2, 3, 4, 5, 123456, timezone.utc))",
            "Root(a=datetime(2024, 1, 2, 3, 4, 5, 999999, timezone(timedelta(hours=5, minutes=45))))",
            "Root(a=datetime(1969, 12, 31, 23, 59, 59, 999999, timezone(-timedelta(hours=8))))",
            "Root(a=datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=23, minutes=59))))",
            "Root(a=datetime(9999, 12, 31, 23, 59, 59, 999999, timezone(-timedelta(hours=23))))",
            "Root(a=datetime(99, 1, 1, tzinfo=timezone.utc))",
            "Root(a=datetime(2024, 3, 31, 1, 30, tzinfo=zoneinfo.ZoneInfo('Europe/Berlin')))",
        ],
        [{"a": "2024-02-30T00:00:00Z"}, {"a": "today"}, {"a": None}, {"a": {}}, {"a": True}],
        also_accepts=[
            {"a": "2024-01-02 03:04:05Z"},
            {"a": "2024-01-02t03:04z"},
            {"a": "2024-01-02_03:04:05.1+05:30"},
            {"a": "2024-01-02T03:04:05,1234567-0800"},
            {"a": "2024-01-02T03:04:05.000-00:00"},
            {"a": "2024-01-02T03:04:05\u221201:30"},
        ],
        options=AWARE,
    ),
    both(
        "dates-marked",
        """
        class Inner(BaseModel):
            a: Annotated[datetime, Decode('date')]
            b: datetime
        class Root(BaseModel):
            a: Annotated[AwareDatetime, Decode('string')]
            b: Annotated[list[AwareDatetime] | None, Decode('string')] = None
            c: Annotated[dict[str, Inner | AwareDatetime], Decode('string')] = {}
            d: Annotated[list[Annotated[AwareDatetime, Decode('date')] | int], Decode('string')] = []
            e: Annotated[bytes, Decode('Uint8Array')] = b''
            f: Annotated[set[int], Decode('Set')] = set()
            g: Annotated[AnyUrl, Decode('URL')] | None = None
        """,
        [
            "Root(a=datetime(2024, 1, 2, tzinfo=timezone.utc))",
            "Root(a=WHEN, b=[WHEN], c={'x': Inner(a=WHEN, b=WHEN), 'y': WHEN}, d=[WHEN, 1], e=b'x', f={1, 2}, g='HTTP://a.b')".replace(
                "WHEN", "datetime(2024, 1, 2, 3, 4, 5, 678, timezone(timedelta(hours=2)))"
            ),
        ],
        [
            {"a": "x", "b": None, "c": {}, "d": [], "e": "", "f": [], "g": None},
            {
                "a": "2024-01-02T00:00:00Z",
                "b": ["x"],
                "c": {},
                "d": [],
                "e": "",
                "f": [],
                "g": None,
            },
            {
                "a": "2024-01-02T00:00:00Z",
                "b": None,
                "c": {},
                "d": ["x"],
                "e": "",
                "f": [],
                "g": None,
            },
            {"a": "2024-01-02T00:00:00Z", "b": None, "c": {}, "d": [], "e": 1, "f": [], "g": None},
        ],
        options=AWARE,
    ),
    both(
        "dates-without-an-offset",
        """
        class Root(BaseModel):
            a: datetime
            b: NaiveDatetime
            c: AwareDatetime
        """,
        [
            "Root(a=datetime(2024, 1, 2, 3, 4, 5), b=datetime(2024, 1, 2, 3, 4, 5, 6), c=datetime(2024, 1, 2, tzinfo=timezone.utc))",
            "Root(a=datetime.min, b=datetime.max, c=datetime(2024, 1, 2, tzinfo=timezone(timedelta(hours=1))))",
        ],
        [
            {"a": "2024-01-02T03:04:05", "b": "2024-01-02T03:04:05Z", "c": "2024-01-02T03:04:05Z"},
            {"a": "2024-01-02T03:04:05", "b": "2024-01-02T03:04:05", "c": "2024-01-02T03:04:05"},
        ],
        also_accepts=[
            {"a": "2024-01-02 03:04", "b": "2024-01-02T03:04:05.1", "c": "2024-01-02T03:04-0130"}
        ],
        options=UTC,
    ),
    both(
        "dates-of-both-kinds-in-a-member",
        """
        class Both(BaseModel):
            a: AwareDatetime
            b: NaiveDatetime
        class Root(BaseModel):
            a: Both | int | None
        """,
        [
            "Root(a=Both(a=datetime(2024, 1, 2, tzinfo=timezone.utc), b=datetime(2024, 1, 2)))",
            "Root(a=1)",
        ],
        [{"a": {"a": "2024-01-02T00:00:00Z", "b": "2024-01-02T00:00:00Z"}}, {"a": "x"}],
        options=UTC,
    ),
    both(
        "dates-beside-texts",
        """
        class Root(BaseModel):
            a: AwareDatetime
            b: NaiveDatetime
            c: date
            d: time
            e: timedelta
        """,
        [
            "Root(a=datetime(2024, 1, 2, tzinfo=timezone.utc), b=datetime(2024, 1, 2), c=date(2024, 1, 2), d=time(3, 4), e=timedelta(1))"
        ],
        [
            {
                "a": "2024-01-02",
                "b": "2024-01-02T00:00:00",
                "c": "2024-01-02",
                "d": "03:04:00",
                "e": "P1D",
            }
        ],
    ),
    both(
        "dates-in-containers",
        """
        class Root(BaseModel):
            a: list[AwareDatetime] = Field(min_length=1, max_length=2)
            b: tuple[AwareDatetime, int]
            c: tuple[AwareDatetime, ...]
            d: dict[str, AwareDatetime | None]
            e: dict[AwareDatetime, AwareDatetime]
            f: list[list[AwareDatetime]] = []
            g: AwareDatetime | None = None
        """,
        [
            "Root(a=[T], b=(T, 1), c=(), d={}, e={})".replace(
                "T", "datetime(2024, 1, 2, tzinfo=timezone.utc)"
            ),
            "Root(a=[T, T], b=(T, 1), c=(T,), d={'__proto__': T, 'x': None}, e={T: T}, f=[[T], []], g=T)".replace(
                "T", "datetime(2024, 1, 2, 3, 4, 5, 678, timezone(timedelta(hours=2)))"
            ),
        ],
        [
            {
                "a": [],
                "b": ["2024-01-02T00:00:00Z", 1],
                "c": [],
                "d": {},
                "e": {},
                "f": [],
                "g": None,
            },
            {
                "a": ["x"],
                "b": ["2024-01-02T00:00:00Z", 1],
                "c": [],
                "d": {},
                "e": {},
                "f": [],
                "g": None,
            },
        ],
    ),
    emits(
        "dates-in-sets",
        """
        class Item(BaseModel):
            model_config = ConfigDict(frozen=True)
            at: AwareDatetime
            name: str
        class Root(BaseModel):
            a: set[AwareDatetime]
            b: frozenset[Item]
        """,
        [
            "Root(a={datetime(2024, 1, 2, 0, 0, 0, 1, timezone.utc), datetime(2024, 1, 2, 0, 0, 0, 2, timezone.utc)}, b=[])",
            "Root(a=[], b=[Item(at=datetime(2024, 1, 2, tzinfo=timezone.utc), name='a'), Item(at=datetime(2024, 1, 2, tzinfo=timezone.utc), name='b')])",
        ],
        [
            {"a": ["2024-01-02T00:00:00Z", "2024-01-02T00:00:00Z"], "b": []},
            {"a": ["2024-01-02T00:00:00"], "b": []},
        ],
    ),
    both(
        "dates-in-unions",
        """
        class A(BaseModel):
            at: AwareDatetime
        class B(BaseModel):
            at: AwareDatetime
            until: AwareDatetime
        class C(BaseModel):
            at: int
        class Root(BaseModel):
            a: AwareDatetime | int | None
            b: list[AwareDatetime | date | bool]
            c: A | B | C
            d: list[AwareDatetime] | AwareDatetime | dict[str, AwareDatetime]
        """,
        [
            "Root(a=datetime(2024, 1, 2, tzinfo=timezone.utc), b=[], c=A(at=datetime(2024, 1, 2, tzinfo=timezone.utc)), d=[])",
            "Root(a=1, b=[datetime(2024, 1, 2, tzinfo=timezone.utc), date(2024, 1, 2), False], c=B(at=T, until=T), d=T)".replace(
                "T", "datetime(2024, 1, 2, 3, 4, 5, 678, timezone(timedelta(hours=2)))"
            ),
            "Root(a=None, b=[], c=C(at=1), d={'2024-01-02T00:00:00Z': datetime(2024, 1, 2, tzinfo=timezone.utc)})",
        ],
        [
            {"a": "x", "b": [], "c": {"at": 1}, "d": []},
            {"a": 1, "b": ["x"], "c": {"at": 1}, "d": []},
            {"a": 1, "b": [], "c": {"at": "x"}, "d": []},
        ],
    ),
    both(
        "dates-or-objects-without-required-keys",
        """
        class Tree(BaseModel):
            kids: 'dict[str, list[Tree | AwareDatetime]]' = {}
        class Root(BaseModel):
            a: Tree | AwareDatetime
            b: list[Tree] | list[AwareDatetime]
            c: Tree | Annotated[AwareDatetime, Field(ge=datetime(2024, 1, 1, tzinfo=timezone.utc))] | None = None
        """,
        [
            "Root(a=Tree(), b=[Tree()], c=Tree(kids={'x': [Tree()]}))",
            "Root(a=@, b=[@, @], c=@)".replace("@", "datetime(2024, 1, 2, tzinfo=timezone.utc)"),
            "Root(a=Tree(kids={'x': [@, Tree()], '__proto__': [@]}), b=[], c=None)".replace(
                "@", "datetime(2024, 1, 2, 3, 4, 5, 678, timezone(timedelta(hours=2)))"
            ),
        ],
        [
            {"a": "x", "b": [], "c": None},
            {"a": {"kids": {"x": ["x"]}}, "b": [], "c": None},
            {"a": {"kids": {}}, "b": [], "c": "2023-12-31T00:00:00Z"},
        ],
    ),
    both(
        "dates-or-text",
        """
        class Root(BaseModel):
            a: AwareDatetime | str
            b: str | AwareDatetime
        """,
        [
            "Root(a='x', b='2024-01-02T00:00:00Z')",
            "Root(a=datetime(2024, 1, 2, tzinfo=timezone.utc), b=datetime(2024, 1, 2, tzinfo=timezone.utc))",
            "Root(a='2024-01-02T00:00:00+00:00', b='')",
        ],
        [{"a": [], "b": "x"}, {"a": "x", "b": None}],
    ),
    both(
        "dates-in-tagged-unions",
        """
        class A(BaseModel):
            kind: Literal['a']
            at: AwareDatetime
        class B(BaseModel):
            kind: Literal['b']
            at: str
        class C(BaseModel):
            kind: Literal['c']
            inner: 'Root | None' = None
        class Root(BaseModel):
            a: Annotated[A | B | C, Field(discriminator='kind')]
        """,
        [
            "Root(a=A(kind='a', at=datetime(2024, 1, 2, 3, 4, 5, 678, timezone(timedelta(hours=2)))))",
            "Root(a=B(kind='b', at='2024-01-02T00:00:00Z'))",
            "Root(a=C(kind='c', inner=Root(a=A(kind='a', at=datetime(2024, 1, 2, tzinfo=timezone.utc)))))",
        ],
        [{"a": {"kind": "a", "at": "x"}}, {"a": {"kind": "d", "at": "2024-01-02T00:00:00Z"}}],
    ),
    both(
        "dates-in-recursion",
        """
        class Node(BaseModel):
            at: AwareDatetime | None = None
            next: 'Node | None' = None
            more: 'list[Node]' = []
            by: 'dict[str, Node]' = {}
            pair: 'tuple[Node, Node] | None' = None
        Root = Node
        """,
        [
            "Root(at=T, next=Root(at=T), more=[Root(), Root(at=T)], by={'x': Root(at=T)}, pair=(Root(at=T), Root()))".replace(
                "T", "datetime(2024, 1, 2, 3, 4, 5, 678, timezone(timedelta(hours=2)))"
            )
        ],
        [{"at": None, "next": {"at": "x"}, "more": [], "by": {}, "pair": None}],
    ),
    both(
        "dates-as-a-root",
        "Root = list[AwareDatetime]",
        ["[]", "[datetime(2024, 1, 2, tzinfo=timezone.utc)]"],
        [["x"], [None]],
    ),
    both(
        "dates-in-aliases-and-keys",
        """
        Stamp = TypeAliasType('Stamp', AwareDatetime)
        class Root(BaseModel):
            a: Stamp
            b: dict[Stamp, Stamp]
            c: dict[Stamp, int]
            d: Stamp | None = None
        """,
        [
            "Root(a=T, b={T: T}, c={T: 1}, d=T)".replace(
                "T", "datetime(2024, 1, 2, 3, 4, 5, 678, timezone(timedelta(hours=2)))"
            )
        ],
        [
            {"a": "2024-01-02T00:00:00Z", "b": {"x": "2024-01-02T00:00:00Z"}, "c": {}, "d": None},
            {"a": "2024-01-02T00:00:00Z", "b": {}, "c": {"2024-01-02T00:00:00": 1}, "d": None},
        ],
    ),
    both(
        "dates-in-further-keys",
        """
        class Root(BaseModel):
            model_config = ConfigDict(extra='allow')
            __pydantic_extra__: dict[str, AwareDatetime]
            a: int
        """,
        ["Root(a=1)", "Root(a=1, b=datetime(2024, 1, 2, tzinfo=timezone.utc))"],
        [{"a": 1, "b": "x"}, {"a": 1, "b": []}],
    ),
    both(
        "dates-in-dictionaries-with-types",
        """
        class Item(TypedDict, total=False):
            at: Required[AwareDatetime]
            until: AwareDatetime
        class Root(BaseModel):
            model_config = ConfigDict(extra='forbid')
            a: Item
            b: list[Item] = []
        """,
        [
            "Root(a={'at': T}, b=[{'at': T, 'until': T}])".replace(
                "T", "datetime(2024, 1, 2, 3, 4, 5, 678, timezone(timedelta(hours=2)))"
            )
        ],
        [{"a": {"until": "2024-01-02T00:00:00Z"}, "b": []}, {"a": {"at": None}, "b": []}],
    ),
    both(
        "dates-bounds",
        """
        class Root(BaseModel):
            a: datetime = Field(ge=datetime(2024, 1, 1, tzinfo=timezone.utc))
            b: Annotated[AwareDatetime, Field(lt=datetime(2024, 1, 1, 0, 0, 0, 500, timezone.utc))]
        """,
        [
            "Root(a=T, b=datetime(2024, 1, 1, 0, 0, 0, 499, timezone.utc))".replace(
                "T", "datetime(2024, 1, 1, 1, tzinfo=timezone(timedelta(hours=1)))"
            )
        ],
        [
            {"a": "2023-12-31T23:59:59.999999Z", "b": "2020-01-01T00:00:00Z"},
            {"a": "2024-01-01T00:00:00Z", "b": "2024-01-01T00:00:00.000500Z"},
        ],
        options=AWARE,
    ),
    accepts(
        "dates-under-several-names",
        """
        class Root(BaseModel):
            model_config = ConfigDict(extra='forbid')
            at: AwareDatetime = Field(validation_alias=AliasChoices('at', 'on'))
            until: AwareDatetime | None = None
        """,
        [
            {"at": "2024-01-02 03:04Z"},
            {"on": "2024-01-02T03:04:05.678Z", "until": "2024-01-02T03:04:05.678901+01:00"},
        ],
        [{"on": "x"}, {"until": "2024-01-02T03:04:05Z"}],
    ),
    emits(
        "dates-left-out",
        """
        class Root(BaseModel):
            at: AwareDatetime | None = None
            until: AwareDatetime | None = None
        """,
        ["Root()", "Root(at=datetime(2024, 1, 2, tzinfo=timezone.utc))"],
        [{"at": "x"}, {"at": None}],
        dump={"exclude_none": True},
    ),
    both(
        "dates-and-times-of-temporal",
        """
        class Root(BaseModel):
            a: AwareDatetime
            b: NaiveDatetime
            c: date
            d: time
            e: timedelta
            f: 'list[Root]' = []
            g: dict[date, time] = {}
            h: Annotated[timedelta, Field(ge=timedelta(0), lt=timedelta(days=500))] = timedelta(0)
            i: Annotated[date, Field(gt=date(2020, 1, 1))] | None = None
        """,
        [
            "Root(a=datetime(2024, 1, 2, tzinfo=timezone.utc), b=datetime(2024, 1, 2), c=date(2024, 2, 29), d=time(1, 2), e=timedelta())",
            "Root(a=T, b=datetime.max, c=date.max, d=time.max, e=timedelta.max, h=timedelta(days=400))".replace(
                "T",
                "datetime(2024, 1, 2, 3, 4, 5, 678, timezone(timedelta(hours=-5, minutes=-30)))",
            ),
            "Root(a=datetime(99, 1, 1, tzinfo=timezone.utc), b=datetime.min, c=date.min, d=time.min, e=timedelta.min, i=date(2020, 1, 2))",
            "Root(a=T, b=datetime(1, 1, 1), c=date(1, 1, 1), d=time(0, 0, 0, 1), e=-timedelta(microseconds=1), g={date.max: time.max})".replace(
                "T",
                "datetime(1969, 12, 31, 23, 59, 59, 999999, timezone(timedelta(hours=23, minutes=59)))",
            ),
            "Root(a=T, b=T.replace(tzinfo=None), c=T.date(), d=T.time(), e=-timedelta(days=366, hours=1, seconds=1.5), f=[])".replace(
                "T", "datetime(2024, 12, 31, 12, tzinfo=timezone.utc)"
            ),
        ],
        [
            {
                "a": "2024-01-02T03:04:05",
                "b": "2024-01-02T03:04:05",
                "c": "2024-01-02",
                "d": "03:04:05",
                "e": "PT0S",
                "f": [],
                "g": {},
                "h": "PT0S",
                "i": None,
            },
            {
                "a": "2024-01-02T03:04:05Z",
                "b": "2024-01-02T03:04:05Z",
                "c": "2024-01-02",
                "d": "03:04:05",
                "e": "PT0S",
                "f": [],
                "g": {},
                "h": "PT0S",
                "i": None,
            },
            {
                "a": "2024-01-02T03:04:05Z",
                "b": "2024-01-02T03:04:05",
                "c": "2023-02-29",
                "d": "03:04:05",
                "e": "PT0S",
                "f": [],
                "g": {},
                "h": "PT0S",
                "i": None,
            },
            {
                "a": "2024-01-02T03:04:05Z",
                "b": "2024-01-02T03:04:05",
                "c": "2024-01-02",
                "d": "03:04:05",
                "e": "P",
                "f": [],
                "g": {},
                "h": "PT0S",
                "i": None,
            },
            {
                "a": "2024-01-02T03:04:05Z",
                "b": "2024-01-02T03:04:05",
                "c": "2024-01-02",
                "d": "03:04:05",
                "e": "PT0S",
                "f": [],
                "g": {},
                "h": "-PT10M",
                "i": None,
            },
        ],
        also_accepts=[
            {
                "a": "2024-01-02 03:04z",
                "b": "2024-01-02_03:04:05,1234567",
                "c": "2024-01-02",
                "d": "03:04",
                "e": "1 day, 02:03:04.5",
            },
            {
                "a": "2024-01-02t03:04:05.1+0530",
                "b": "2024-01-02 03:04",
                "c": "2024-01-02",
                "d": "03:04:05.1",
                "e": "-P1Y2M3W",
                "h": "+P1D",
            },
        ],
        options=NAIVE_TIMES,
    ),
    both(
        "dates-of-temporal-in-unions",
        """
        class A(BaseModel):
            at: date
            until: timedelta = timedelta(0)
        class Root(BaseModel):
            a: AwareDatetime | date | time | int | None
            b: list[timedelta | date | bool]
            c: A | timedelta | None = None
            d: timedelta | str = ''
        """,
        [
            "Root(a=None, b=[timedelta(1), date(2024, 1, 2), True], c=A(at=date(2024, 1, 2)), d='PT1.50S')",
            "Root(a=datetime(2024, 1, 2, tzinfo=timezone.utc), b=[], c=timedelta(microseconds=-1), d=timedelta(3))",
            "Root(a=time(1, 2, 3, 4), b=[timedelta(days=-700)])",
            "Root(a=date(2024, 1, 2), b=[], d='x')",
            "Root(a=7, b=[])",
        ],
        [
            {"a": "x", "b": [], "c": None, "d": ""},
            {"a": None, "b": ["x"], "c": None, "d": ""},
            {"a": None, "b": [], "c": {"at": "x"}, "d": ""},
        ],
        options=NAIVE_TIMES,
    ),
)
