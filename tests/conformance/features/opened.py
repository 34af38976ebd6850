"""Open enumerations and unions: readers keep members that the backend does not have yet, and the backend reads its own alone."""

from __future__ import annotations

from .case import Case, accepts, both, emits, refused

_MODELS = """
class A(BaseModel):
    type: Literal['a']
    x: int
class B(BaseModel):
    type: Literal['b', 'c'] = 'b'
    y: str | None = None
"""

ENUMERATIONS: tuple[Case, ...] = (
    both(
        "open-enum",
        """
        @Open
        class Status(StrEnum):
            '''How far it is.'''
            SENT = 'sent'
            READ = 'read'
        class Root(BaseModel):
            a: Status
            b: list[Status] = []
            c: Status | None = None
        """,
        ["Root(a='sent')", "Root(a='read', b=['sent'], c='read')"],
        [{"a": None, "b": [], "c": None}, {"a": 1, "b": [], "c": None}, {"b": [], "c": None}],
        kept=[
            {"a": "failed", "b": ["", "sent", "SENT"], "c": "x"},
            {"a": "__proto__", "b": [], "c": None},
        ],
        never_emits=[{"a": "sent", "b": [None], "c": None}, {"a": ["sent"], "b": [], "c": None}],
        never_accepts=[{"a": "failed"}, {"a": "sent", "b": ["x"]}, {"a": "sent", "c": "x"}],
    ),
    emits(
        "open-enum-as-root",
        """
        @Open
        class Root(Enum):
            A = 'a'
            B = 'b'
        """,
        ["Root.A", "Root.B"],
        [1, None, ["a"]],
        kept=["c", ""],
    ),
    accepts(
        "open-enum-accepted",
        """
        @Open
        class Root(Enum):
            A = 'a'
            B = 'b'
        """,
        ["a", "b"],
        ["c", "", None],
    ),
    emits(
        "open-enum-of-ints",
        """
        @Open
        class Size(IntEnum):
            S = 1
            L = 2
        class Root(BaseModel):
            a: Size
        """,
        ["Root(a=1)", "Root(a=Size.L)"],
        [{"a": "1"}, {"a": 1.5}, {"a": None}, {"a": True}],
        kept=[{"a": 3}, {"a": -1}],
    ),
    emits(
        "open-enum-of-floats",
        """
        @Open
        class Rate(float, Enum):
            LOW = 0.5
            HIGH = 2.5
        class Root(BaseModel):
            a: Rate
        """,
        ["Root(a=Rate.LOW)"],
        [{"a": "0.5"}, {"a": None}],
        kept=[{"a": 0.75}, {"a": 3}],
    ),
    both(
        "open-where-it-is-used",
        """
        class Status(StrEnum):
            SENT = 'sent'
            READ = 'read'
        class Root(BaseModel):
            a: Annotated[Status, Open]
            b: Status
            c: Annotated[Status | None, Open] = None
        """,
        ["Root(a='sent', b='read')", "Root(a='read', b='sent', c='sent')"],
        [{"a": "sent", "b": "x", "c": None}, {"a": 1, "b": "sent", "c": None}, {}],
        kept=[{"a": "x", "b": "sent", "c": "y"}],
        never_accepts=[{"a": "x", "b": "sent"}],
    ),
    emits(
        "open-literal",
        """
        Level = Annotated[Literal['info', 'error'], Open]
        class Root(BaseModel):
            a: Level
            b: dict[str, Level] = {}
            c: Annotated[Literal['x'], Open] = 'x'
            d: Level | int = 1
        """,
        ["Root(a='info')", "Root(a='error', b={'k': 'info'}, c='x', d='info')"],
        [
            {"a": 1, "b": {}, "c": "x", "d": 1},
            {"a": "info", "b": {"k": 1}, "c": "x", "d": 1},
            {"a": "info", "b": {}, "c": None, "d": 1},
            {"a": "info", "b": {}, "c": "x", "d": 1.5},
        ],
        kept=[{"a": "debug", "b": {"k": ""}, "c": "y", "d": "z"}],
    ),
    emits(
        "open-literal-of-texts-and-numbers",
        """
        class Root(BaseModel):
            a: Annotated[Literal['auto', 1, 2], Open]
            b: Annotated[Literal['auto'] | Literal['off'], Open]
        """,
        ["Root(a='auto', b='off')", "Root(a=1, b='auto')"],
        [
            {"a": 1.5, "b": "off"},
            {"a": None, "b": "off"},
            {"a": 1, "b": 1},
            {"a": True, "b": "off"},
        ],
        kept=[{"a": 3, "b": "on"}, {"a": "x", "b": "off"}],
    ),
    emits(
        "open-by-keyword",
        """
        class Root(BaseModel):
            a: Literal['x', 'y'] = Field(json_schema_extra={'x-samewire-open': True})
            b: Annotated[Literal['x', 'y'], WithJsonSchema({'type': 'string', 'x-samewire-open': True})]
            c: Literal['x', 'y'] = Field('x', json_schema_extra={'x-samewire-open': False})
        """,
        ["Root(a='x', b='y')"],
        [{"a": "x", "b": "y", "c": "z"}, {"a": 1, "b": "y", "c": "x"}],
        kept=[{"a": "z", "b": "w", "c": "x"}],
    ),
    emits(
        "open-literal-as-alias",
        """
        Level = TypeAliasType('Level', Annotated[Literal['info', 'error'], Open])
        class Root(BaseModel):
            a: Level
            b: list[Level]
        """,
        ["Root(a='info', b=['error'])"],
        [{"a": 1, "b": []}, {"a": "info", "b": [1]}],
        kept=[{"a": "x", "b": ["y"]}],
    ),
    both(
        "open-keys",
        """
        @Open
        class Status(StrEnum):
            A = 'a'
        @Open
        class Number(IntEnum):
            ONE = 1
        class Root(BaseModel):
            a: dict[Status, int]
            b: dict[Annotated[Literal['x', 'y'], Open], int] = {}
            c: dict[Number, int] = {}
        """,
        ["Root(a={'a': 1})", "Root(a={}, b={'x': 1}, c={1: 2})"],
        [{"a": {"a": "x"}, "b": {}, "c": {}}, {"a": [], "b": {}, "c": {}}],
        kept=[{"a": {"z": 1}, "b": {"z": 1}, "c": {"2": 1}}],
        never_accepts=[{"a": {"z": 1}}, {"a": {}, "b": {"z": 1}}, {"a": {}, "c": {"2": 1}}],
    ),
    emits(
        "open-without-none",
        """
        @Open
        class Status(StrEnum):
            A = 'a'
        class Root(BaseModel):
            a: Status | None = None
            b: Annotated[Status | None, Open] = None
            c: Annotated[Literal['x'] | None, Open] = None
        """,
        ["Root()", "Root(a='a', b='a', c='x')"],
        [{"a": None}, {"b": None}, {"c": None}, {"a": 1}, {"c": 1}],
        kept=[{"a": "z", "b": "z", "c": "z"}],
        dump={"exclude_none": True},
    ),
    refused(
        "open-text",
        """
        class Root(BaseModel):
            a: Annotated[str, Open]
        """,
        "invalid-open",
        "Root.a",
    ),
    refused(
        "open-list",
        """
        class Status(StrEnum):
            A = 'a'
        class Root(BaseModel):
            a: Annotated[list[Status], Open]
        """,
        "invalid-open",
        "Root.a",
    ),
    refused(
        "open-literal-with-a-boolean",
        """
        class Root(BaseModel):
            a: Annotated[Literal['a', True], Open]
        """,
        "invalid-open",
        "Root.a",
    ),
    emits(
        "open-enum-that-takes-any-text",
        """
        @Open
        class Status(StrEnum):
            A = 'a'
            @classmethod
            def _missing_(cls, value):
                if not isinstance(value, str):
                    return None
                made = str.__new__(cls, value)
                made._name_ = made._value_ = value
                return made
        class Root(BaseModel):
            a: Status
        """,
        ["Root(a='a')", "Root(a='b')"],
        [{"a": 1}, {"a": None}],
    ),
)

UNIONS: tuple[Case, ...] = (
    both(
        "open-union",
        f"""{_MODELS}
Event = Annotated[A | B, Field(discriminator='type'), Open]
class Root(BaseModel):
    e: Event
    f: list[Event] = []
    g: Event | None = None
""",
        [
            "Root(e=A(type='a', x=1))",
            "Root(e=B(type='c', y='t'), f=[B(), A(type='a', x=2)], g=B())",
        ],
        [
            {"e": {"type": "a"}, "f": [], "g": None},
            {"e": {"type": 1}, "f": [], "g": None},
            {"e": {}, "f": [], "g": None},
            {"e": {"type": None, "x": 1}, "f": [], "g": None},
            {"e": None, "f": [], "g": None},
            {"e": ["a"], "f": [], "g": None},
            {"e": "a", "f": [], "g": None},
            {"e": {"type": "c", "y": 1}, "f": [], "g": None},
            {"e": {"type": "a", "x": 1}, "f": [{"type": "b", "y": 2}], "g": None},
        ],
        kept=[
            {"e": {"type": "z"}, "f": [], "g": None},
            {
                "e": {"type": "", "x": [1, {"k": None}], "": 0},
                "f": [{"type": "A"}],
                "g": {"type": "d"},
            },
            {"e": {"type": "toString", "constructor": 1, "__proto__": 2}, "f": [], "g": None},
        ],
        never_emits=[{"e": {"type": "a", "x": "1"}, "f": [], "g": None}],
        never_accepts=[{"e": {"type": "z"}}, {"e": {"type": "a", "x": 1}, "g": {"type": "z"}}],
    ),
    emits(
        "open-union-marked-after-none",
        f"""{_MODELS}
class Root(BaseModel):
    e: Annotated[A | B | None, Field(discriminator='type'), Open] = None
    f: Annotated[A | B, Open] = Field(B(), discriminator='type')
""",
        ["Root()", "Root(e=A(type='a', x=1), f=A(type='a', x=1))"],
        [
            {"e": {"type": "a"}, "f": {"type": "b", "y": None}},
            {"e": 1, "f": {"type": "b", "y": None}},
            {"e": None, "f": None},
        ],
        kept=[{"e": {"type": "z"}, "f": {"type": "z", "y": 1}}],
    ),
    emits(
        "open-union-as-root",
        f"""{_MODELS}
Root = Annotated[A | B, Field(discriminator='type'), Open]
""",
        ["A(type='a', x=1)", "B()"],
        [{"type": "a"}, {"x": 1}, {"type": "b", "y": 1}, None, []],
        kept=[{"type": "z", "x": "1"}],
    ),
    both(
        "open-union-recursive",
        """
        class Leaf(BaseModel):
            kind: Literal['leaf'] = 'leaf'
        class Node(BaseModel):
            kind: Literal['node'] = 'node'
            children: 'list[Tree]' = []
        Tree = Annotated[Leaf | Node, Field(discriminator='kind'), Open]
        class Root(BaseModel):
            tree: Tree
        """,
        ["Root(tree=Leaf())", "Root(tree=Node(children=[Node(children=[Leaf()])]))"],
        [
            {"tree": {"kind": "node", "children": [{"kind": "node", "children": [{}]}]}},
            {"tree": {"kind": "node", "children": 1}},
        ],
        kept=[{"tree": {"kind": "node", "children": [{"kind": "twig", "children": 1}]}}],
        never_accepts=[{"tree": {"kind": "twig"}}],
    ),
    emits(
        "open-union-by-an-enum",
        """
        class Kind(StrEnum):
            A = 'a'
            B = 'b'
        class A(BaseModel):
            kind: Literal[Kind.A] = Kind.A
        class B(BaseModel):
            model_config = ConfigDict(extra='allow')
            kind: Literal[Kind.B] = Kind.B
            n: int = 0
        class Root(BaseModel):
            e: Annotated[A | B, Field(discriminator='kind'), Open]
        """,
        ["Root(e=A())", "Root(e=B(n=1, z=2))"],
        [{"e": {"kind": "b"}}, {"e": {"kind": "b", "n": "x"}}, {"e": {}}],
        kept=[{"e": {"kind": "c", "n": "x"}}],
    ),
    emits(
        "open-union-as-alias",
        f"""{_MODELS}
Event = TypeAliasType('Event', Annotated[A | B, Field(discriminator='type'), Open])
class Root(BaseModel):
    e: Event
    f: dict[str, Event] = {{}}
""",
        ["Root(e=A(type='a', x=1), f={'k': B()})"],
        [{"e": {"type": "a"}, "f": {}}, {"e": {"type": "a", "x": 1}, "f": {"k": {"type": "a"}}}],
        kept=[{"e": {"type": "z"}, "f": {"k": {"type": "y", "x": None}}}],
    ),
    emits(
        "open-union-beside-others",
        f"""{_MODELS}
class C(BaseModel):
    type: Literal['d'] = 'd'
    z: int = 0
class Root(BaseModel):
    e: Annotated[A | B, Field(discriminator='type'), Open] | C | int
""",
        ["Root(e=1)", "Root(e=C(z=1))", "Root(e=B(y='1'))"],
        [{"e": {"type": "d", "z": "x"}}, {"e": {"type": "a"}}, {"e": "x"}, {"e": {}}],
        kept=[{"e": {"type": "z", "z": "x"}}],
    ),
    emits(
        "open-union-of-aliases",
        """
        class A(BaseModel):
            model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)
            event_type: Literal['a'] = 'a'
            long_name: int = 1
        class B(BaseModel):
            model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)
            event_type: Literal['b'] = 'b'
        class Root(BaseModel):
            e: Annotated[A | B, Field(discriminator='event_type'), Open]
        """,
        ["Root(e=A())", "Root(e=B())"],
        [{"e": {"event_type": "z"}}, {"e": {"eventType": "a"}}],
        kept=[{"e": {"eventType": "z", "longName": "x"}}],
    ),
    refused(
        "open-union-of-a-name-beside-its-tag",
        f"""{_MODELS}
class C(BaseModel):
    type: Literal['d'] = 'd'
Event = TypeAliasType('Event', Annotated[A | B, Field(discriminator='type'), Open])
class Root(BaseModel):
    e: Event | C
""",
        "invalid-open",
        "Root.e",
    ),
    emits(
        "open-unions-beside-each-other",
        f"""{_MODELS}
class C(BaseModel):
    type: Literal['d'] = 'd'
    z: int = 0
class D(BaseModel):
    type: Literal['e'] = 'e'
class Root(BaseModel):
    e: (
        Annotated[A | B, Field(discriminator='type'), Open]
        | Annotated[C | D, Field(discriminator='type'), Open]
    )
""",
        ["Root(e=D())", "Root(e=C(z=1))", "Root(e=B(y='1'))"],
        [{"e": {"type": "d", "z": "x"}}, {"e": {"type": "a"}}, {"e": "x"}, {"e": {}}],
        kept=[{"e": {"type": "z", "z": "x"}}],
    ),
    refused(
        "open-union-without-discriminator",
        f"""{_MODELS}
class Root(BaseModel):
    e: Annotated[A | B, Open]
""",
        "invalid-open",
        "Root.e",
    ),
    refused(
        "open-model",
        f"""{_MODELS}
class Root(BaseModel):
    e: Annotated[A, Open]
""",
        "invalid-open",
        "Root.e",
    ),
    refused(
        "open-union-by-numbers",
        """
        class A(BaseModel):
            v: Literal[1] = 1
        class B(BaseModel):
            v: Literal[2] = 2
        class Root(BaseModel):
            e: Annotated[A | B, Field(discriminator='v'), Open]
        """,
        "invalid-open",
        "Root.e",
    ),
    refused(
        "open-union-in-a-closed-one",
        f"""{_MODELS}
class C(BaseModel):
    type: Literal['d'] = 'd'
Event = TypeAliasType('Event', Annotated[A | B, Field(discriminator='type'), Open])
class Root(BaseModel):
    e: Annotated[Event | C, Field(discriminator='type')]
""",
        "invalid-open",
        "Root.e",
        pydantic=(2, 11),  # which before that puts the members of an alias in its place
    ),
)

CASES = (*ENUMERATIONS, *UNIONS)
