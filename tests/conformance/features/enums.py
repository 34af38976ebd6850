"""Enums and literals: values of every scalar kind, members by name, and values that look alike."""

from __future__ import annotations

from .case import Case, both, emits, refused

ENUMS: tuple[Case, ...] = (
    both(
        "enum-of-strings",
        """
        class Color(Enum):
            RED = 'red'
            GREEN = 'green'
        class Root(BaseModel):
            a: Color
        """,
        ["Root(a=Color.RED)", "Root(a='green')"],
        [{"a": "RED"}, {"a": "blue"}, {"a": ""}, {"a": None}, {"a": 0}],
    ),
    both(
        "enum-str-enum",
        """
        class Color(StrEnum):
            '''A colour.'''
            RED = enum.auto()
            OTHER = ''
        class Root(BaseModel):
            a: Color
            b: list[Color] = []
        """,
        ["Root(a=Color.RED)", "Root(a='', b=['red', ''])"],
        [{"a": "RED", "b": []}, {"a": "red", "b": ["x"]}, {"a": "red", "b": None}],
    ),
    both(
        # Pydantic gives the constrained one a reference of its own, though nothing in it differs.
        "enum-beside-itself-with-a-constraint",
        """
        class Currency(StrEnum):
            USD = 'usd'
            EUR = 'eur'
        class Size(IntEnum):
            S = 1
            L = 2
        class Root(BaseModel):
            a: Currency
            b: Annotated[Currency, Field(min_length=3)]
            c: Annotated[Size, Field(ge=2)]
            d: list[Size] = []
        """,
        ["Root(a='usd', b='eur', c=2)", "Root(a='eur', b='usd', c=Size.L, d=[1, 2])"],
        [
            {"a": "usd", "b": "x", "c": 2, "d": []},
            {"a": "usd", "b": "eur", "c": 1, "d": []},
            {"a": "usd", "b": "eur", "c": 2, "d": [3]},
        ],
    ),
    both(
        "enum-made-twice-by-a-function",
        """
        def sort_of():
            return StrEnum('Sort', ['asc', 'desc'])
        A, B = sort_of(), sort_of()
        class Root(BaseModel):
            a: A
            b: list[B]
            c: B | None = None
        """,
        ["Root(a='asc', b=['desc'])", "Root(a='desc', b=[], c='asc')"],
        [{"a": "up", "b": [], "c": None}, {"a": "asc", "b": ["up"], "c": None}],
    ),
    both(
        "enum-of-ints",
        """
        class Size(Enum):
            S = 1
            L = -2
        class Root(BaseModel):
            a: Size
        """,
        ["Root(a=Size.S)", "Root(a=Size.L)"],
        [{"a": 2}, {"a": "S"}, {"a": 1.5}],
        never_emits=[{"a": "1"}, {"a": True}],
    ),
    both(
        "enum-of-floats",
        """
        class Rate(float, Enum):
            LOW = 0.5
            HIGH = 2.0
        class Root(BaseModel):
            a: Rate
        """,
        ["Root(a=Rate.LOW)", "Root(a=Rate.HIGH)"],
        [{"a": 1}, {"a": 0.51}, {"a": None}],
        never_emits=[{"a": "0.5"}],
    ),
    both(
        "enum-of-mixed-values",
        """
        class Odd(Enum):
            TEXT = 'x'
            NUMBER = 1
            YES = 'true'
        class Root(BaseModel):
            a: Odd
        """,
        ["Root(a=Odd.TEXT)", "Root(a=Odd.NUMBER)", "Root(a=Odd.YES)"],
        [{"a": 2}, {"a": "y"}, {"a": None}],
        never_emits=[{"a": "1"}, {"a": True}],
    ),
    both(
        "enum-with-none",
        """
        class Maybe(Enum):
            NO = None
            YES = 'yes'
        class Root(BaseModel):
            a: Maybe
        """,
        ["Root(a=Maybe.NO)", "Root(a=Maybe.YES)"],
        [{"a": "NO"}, {"a": "no"}, {}],
        pydantic=(2, 14),
    ),
    both(
        "enum-of-one",
        """
        class Only(Enum):
            ONE = 'one'
        class Root(BaseModel):
            a: Only
            b: Only | None = None
        """,
        ["Root(a=Only.ONE)", "Root(a='one', b='one')"],
        [{"a": "ONE", "b": None}, {"a": "one", "b": "two"}],
    ),
    both(
        "enum-with-aliases",
        """
        class Color(Enum):
            RED = 'red'
            CRIMSON = 'red'
            BLUE = 'blue'
        class Root(BaseModel):
            a: Color
        """,
        ["Root(a=Color.CRIMSON)", "Root(a='blue')"],
        [{"a": "CRIMSON"}, {"a": "crimson"}],
    ),
    both(
        "enum-used-by-value",
        """
        class Color(Enum):
            RED = 'red'
        class Root(BaseModel):
            model_config = ConfigDict(use_enum_values=True)
            a: Color
        """,
        ["Root(a=Color.RED)"],
        [{"a": "RED"}, {"a": None}],
    ),
    both(
        "enum-with-hostile-values",
        """
        class Odd(Enum):
            QUOTE = "'\\"`"
            LINES = 'a\\n\\r\\u2028b'
            CLOSE = '*/ </script> ${x} \\\\'
            PROTO = '__proto__'
        class Root(BaseModel):
            a: Odd
        """,
        ["Root(a=Odd.QUOTE)", "Root(a=Odd.LINES)", "Root(a=Odd.CLOSE)", "Root(a=Odd.PROTO)"],
        [{"a": "'"}, {"a": "a\nb"}, {"a": "toString"}],
    ),
    both(
        "enum-with-hostile-names",
        """
        Odd = Enum('Odd', {'class': 'a', 'with space': 'b', '1st': 'c', 'é': 'd', 'constructor': 'e'})
        class Root(BaseModel):
            a: Odd
        """,
        ["Root(a='a')", "Root(a='b')", "Root(a='c')", "Root(a='d')", "Root(a='e')"],
        [{"a": "class"}, {"a": "f"}],
    ),
    both(
        "enum-names-that-differ-by-case",
        """
        class Odd(Enum):
            Red = 1
            RED = 2
            red = 3
        class Root(BaseModel):
            a: Odd
        """,
        ["Root(a=Odd.Red)", "Root(a=Odd.red)"],
        [{"a": 4}, {"a": "red"}],
    ),
    both(
        "int-flag",
        """
        class Mode(IntFlag):
            READ = 1
            WRITE = 2
        class Root(BaseModel):
            a: Mode
        """,
        [
            "Root(a=Mode.READ)",
            "Root(a=Mode.READ | Mode.WRITE)",
            "Root(a=Mode(0))",
            "Root(a=Mode(12))",
        ],
        [{"a": "READ"}, {"a": None}, {"a": 0.5}],
        never_emits=[{"a": -1}],
    ),
    both(
        "flag-boundaries",
        """
        from enum import CONFORM, EJECT, KEEP, STRICT
        class Strict(IntFlag, boundary=STRICT):
            READ = 1
            WRITE = 2
        class Conform(Flag, boundary=CONFORM):
            READ = 1
            WRITE = 2
        class Eject(IntFlag, boundary=EJECT):
            READ = 1
        class Keep(Flag, boundary=KEEP):
            READ = 1
        class Root(BaseModel):
            s: Strict
            c: Conform
            e: Eject
            k: Keep
        """,
        ["Root(s=3, c=3, e=1, k=1)", "Root(s=0, c=0, e=0, k=8)"],
        [{"s": 4, "c": 1, "e": 1, "k": 1}, {"s": 1, "c": 1, "e": 1, "k": "1"}],
        never_emits=[{"s": 1, "c": 4, "e": 1, "k": 1}],
    ),
    both(
        "flag-with-a-gap",
        """
        class Mode(Flag):
            READ = 1
            LATE = 1 << 20
            MANY = 6
        class Root(BaseModel):
            a: Mode
        """,
        ["Root(a=Mode.READ | Mode.LATE)", "Root(a=Mode.MANY)", "Root(a=Mode(0))"],
        [{"a": 3}, {"a": 8}, {"a": (1 << 20) - 1}, {"a": 1 << 21}],
    ),
    refused(
        "flags-with-many-gaps",
        """
        Mode = Flag('Mode', {f'M{bit}': 1 << bit for bit in range(0, 24, 2)})
        class Root(BaseModel):
            a: Mode
        """,
        "no-json-form",
        "Root.a",
    ),
    both(
        "enum-open-to-any-text",
        """
        class Color(str, Enum):
            RED = 'red'
            @classmethod
            def _missing_(cls, value):
                if not isinstance(value, str):
                    return None
                made = str.__new__(cls, value)
                made._name_ = made._value_ = value
                return made
        class Root(BaseModel):
            a: Color
        """,
        ["Root(a=Color.RED)", "Root(a=Color('mauve'))"],
        [{"a": 1}, {"a": None}],
    ),
    both(
        "enum-open-to-any-number",
        """
        class Code(IntEnum):
            OK = 200
            @classmethod
            def _missing_(cls, value):
                if type(value) is not int:
                    return None
                made = int.__new__(cls, value)
                made._name_, made._value_ = f'CODE_{value}', value
                return made
        class Root(BaseModel):
            a: Code
        """,
        ["Root(a=Code.OK)", "Root(a=Code(404))"],
        [{"a": "x"}, {"a": 0.5}],
    ),
    emits(
        "enum-that-reads-more-than-its-values",
        """
        class Color(str, Enum):
            RED = 'red'
            OTHER = 'other'
            @classmethod
            def _missing_(cls, value):
                return cls.OTHER
        class Root(BaseModel):
            a: Color
        """,
        ["Root(a=Color.RED)", "Root(a='mauve')"],
        [{"a": "mauve"}, {"a": 1}],
    ),
    both(
        "flag",
        """
        class Mode(Flag):
            READ = 1
            WRITE = 4
        class Root(BaseModel):
            a: Mode
        """,
        ["Root(a=Mode.READ)", "Root(a=Mode.READ | Mode.WRITE)"],
        [{"a": "READ"}, {"a": None}, {"a": 2}],
    ),
    both(
        "enum-root",
        """
        class Root(str, Enum):
            A = 'a'
            B = 'b'
        """,
        ["Root.A", "Root.B"],
        ["A", None, 1],
    ),
    emits(
        "enum-serialized-by-name",
        """
        class Color(Enum):
            RED = 1
            BLUE = 2
        class Root(BaseModel):
            a: Annotated[Color, PlainSerializer(lambda c: c.name, return_type=Literal['RED', 'BLUE'])]
        """,
        ["Root(a=Color.RED)", "Root(a=Color.BLUE)"],
        [{"a": 1}, {"a": "red"}],
    ),
    both(
        "enum-with-missing-hook",
        """
        class Color(Enum):
            RED = 'red'
            UNKNOWN = 'unknown'
            @classmethod
            def _missing_(cls, value):
                return cls.UNKNOWN
        class Root(BaseModel):
            a: Color
        """,
        ["Root(a='red')", "Root(a='mauve')"],
        [{}],
        never_emits=[{"a": "mauve"}, {"a": "RED"}],
    ),
    emits(
        "enum-of-tuples",
        """
        class Pair(Enum):
            A = (1, 2)
            B = ('x', None, True)
        class Root(BaseModel):
            a: Pair
        """,
        ["Root(a=Pair.A)", "Root(a=Pair.B)"],
        [{"a": [1, "x"]}, {"a": [1]}, {"a": "A"}, {"a": ["x", None, 1]}, {"a": [1, 2, 3]}],
    ),
)

LITERALS: tuple[Case, ...] = (
    both(
        "literal-of-strings",
        """
        class Root(BaseModel):
            a: Literal['x', 'y', '']
        """,
        ["Root(a='x')", "Root(a='')"],
        [{"a": "z"}, {"a": "X"}, {"a": None}],
    ),
    both(
        "literal-of-one",
        """
        class Root(BaseModel):
            a: Literal['only']
            b: Literal[7] = 7
        """,
        ["Root(a='only')"],
        [{"a": "Only", "b": 7}, {"b": 7}, {"a": "only", "b": 8}],
        never_emits=[{"a": "only"}],
    ),
    both(
        "literal-of-mixed-values",
        """
        class Root(BaseModel):
            a: Literal['a', 1, True, None]
        """,
        ["Root(a='a')", "Root(a=1)", "Root(a=True)", "Root(a=None)"],
        [{"a": "1"}, {"a": False}, {"a": 0}, {"a": "true"}, {"a": "null"}, {}],
    ),
    both(
        "literal-const-bool",
        """
        class Root(BaseModel):
            a: Literal[True]
            b: Literal[False]
        """,
        ["Root(a=True, b=False)"],
        [{"a": False, "b": False}, {"a": True, "b": True}, {"a": "true", "b": False}],
        never_emits=[{"a": 1, "b": False}, {"a": True, "b": 0}],
    ),
    both(
        "literal-bool-is-no-int",
        """
        class Root(BaseModel):
            a: Literal[1, 0]
        """,
        ["Root(a=1)", "Root(a=0)"],
        [{"a": 2}, {"a": "1"}],
        never_emits=[{"a": True}, {"a": False}],
    ),
    both(
        "literal-of-enum-member",
        """
        class Color(StrEnum):
            RED = 'red'
            BLUE = 'blue'
            GREEN = 'green'
        class Root(BaseModel):
            a: Literal[Color.RED, Color.BLUE]
        """,
        ["Root(a=Color.RED)", "Root(a='blue')"],
        [{"a": "green"}, {"a": "RED"}],
    ),
    both(
        # Pydantic writes the value of such a member, and does not read it back from JSON.
        "literal-of-plain-enum-member",
        """
        class Color(Enum):
            RED = 'red'
            BLUE = 'blue'
        class Root(BaseModel):
            a: Literal[Color.RED] | None
        """,
        ["Root(a=None)"],
        [{"a": "blue"}, {"a": "RED"}, {}],
        never_accepts=[{"a": "red"}],
    ),
    emits(
        "literal-of-plain-enum-member-emitted",
        """
        class Color(Enum):
            RED = 'red'
            BLUE = 'blue'
        class Root(BaseModel):
            a: Literal[Color.RED]
        """,
        ["Root(a=Color.RED)"],
        [{"a": "blue"}, {"a": "RED"}, {}],
    ),
    both(
        "literal-of-int-enum-member",
        """
        class Level(IntEnum):
            LOW = 1
            HIGH = 2
        class Root(BaseModel):
            a: Literal[Level.LOW]
        """,
        ["Root(a=Level.LOW)"],
        [{"a": 2}, {"a": "LOW"}],
    ),
    both(
        "literal-nested",
        """
        Warm = Literal['red', 'orange']
        class Root(BaseModel):
            a: Literal[Warm, 'blue']
        """,
        ["Root(a='orange')", "Root(a='blue')"],
        [{"a": "green"}],
    ),
    both(
        "literal-with-hostile-values",
        """
        class Root(BaseModel):
            a: Literal["'", '"', '`${x}`', '\\\\', '*/', '\\u2028', '</script>', '__proto__', 'a\\r\\nb', '"),(']
        """,
        [
            "Root(a='`${x}`')",
            "Root(a='\\\\')",
            "Root(a='\\u2028')",
            "Root(a='a\\r\\nb')",
            "Root(a='\"),(')",
        ],
        [{"a": "x"}, {"a": "\n"}, {"a": "\\\\"}],
    ),
    both(
        "literal-of-negative-and-big-ints",
        """
        class Root(BaseModel):
            a: Literal[-1, 9007199254740991, 1152921504606846976]
        """,
        ["Root(a=-1)", "Root(a=2**53 - 1)", "Root(a=2**60)"],
        [{"a": 1}, {"a": "-1"}],
    ),
    both(
        "literal-or-string",
        """
        class Root(BaseModel):
            a: Literal['auto'] | str
            b: Literal['auto'] | int
        """,
        ["Root(a='auto', b=3)", "Root(a='other', b='auto')"],
        [{"a": 1, "b": 1}, {"a": "x", "b": "x"}],
    ),
    both(
        "literal-alias-as-root",
        """
        Root = Literal['a', 'b']
        """,
        ["'a'", "'b'"],
        ["c", None, 1],
    ),
)

CASES = (*ENUMS, *LITERALS)
