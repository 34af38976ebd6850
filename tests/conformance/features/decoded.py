"""Values that are others in TypeScript than in JSON, each kind at places of its own: what is decoded has to be encoded as it was."""

from __future__ import annotations

from .case import Case, accepts, both, emits

_BIG = r"""
Digits = Annotated[str, StringConstraints(pattern=r'^(?:0|-?[1-9][0-9]{0,99})$')]
BigInt = Annotated[
    int, BeforeValidator(lambda v: v, json_schema_input_type=Digits), PlainSerializer(str, return_type=Digits)
]
"""

CASES: tuple[Case, ...] = (
    both(
        "decoded-bytes-as-text",
        """
        class Root(BaseModel):
            a: bytes
            b: bytes | None = None
            c: list[Annotated[bytes, Field(min_length=1, max_length=4)]] = []
            d: dict[str, bytes] = {}
        """,
        [
            "Root(a=b'')",
            "Root(a='\\ufeffé\\U0001f600\\x00\\n'.encode(), b=b'x', c=[b'abcd', 'é'.encode()], d={'é': b'y'})",
        ],
        [{"a": 1, "b": None, "c": [], "d": {}}, {"a": "", "b": None, "c": ["ééé"], "d": {}}],
    ),
    both(
        "decoded-bytes-as-hex",
        """
        class Root(BaseModel):
            model_config = ConfigDict(ser_json_bytes='hex', val_json_bytes='hex')
            a: bytes
            b: tuple[bytes, ...] = ()
        """,
        ["Root(a=b'')", "Root(a=b'\\x00\\x7f\\x80\\xff', b=(b'\\xab', b''))"],
        [{"a": "0", "b": []}, {"a": "0g", "b": []}],
        also_accepts=[{"a": "AbCd"}],
    ),
    both(
        "decoded-bytes-as-base64",
        """
        class Root(BaseModel):
            model_config = ConfigDict(ser_json_bytes='base64', val_json_bytes='base64')
            a: bytes
            b: Annotated[bytes, Field(max_length=3)] = b''
        """,
        ["Root(a=b'')", "Root(a=bytes(range(256)), b=b'\\xfb\\xff\\xfe')", "Root(a=b'ab', b=b'a')"],
        [{"a": "Y", "b": ""}, {"a": "", "b": "AAAAAA=="}],
        also_accepts=[{"a": "-_8"}, {"a": "+/8="}, {"a": "YQ"}],
    ),
    both(
        "decoded-encoded-bytes",
        """
        class Root(BaseModel):
            a: Base64Bytes
            b: Base64UrlBytes
            c: Base64Str
            d: Base64Bytes | int | None = None
        """,
        [
            "Root(a=b'', b=b'', c='')",
            "Root(a=b'++//', b=b'--__', c='YQ==', d=b'YWI=')",
        ],
        [{"a": "Y", "b": "", "c": "", "d": None}, {"a": "", "b": "", "c": "/w==", "d": None}],
        also_accepts=[{"a": "YW\nJj", "b": "YW Jj", "c": ""}],
    ),
    both(
        "decoded-bytes-or-objects-without-required-keys",
        """
        class Tree(BaseModel):
            kids: 'dict[str, Tree | Base64Bytes]' = {}
        class Root(BaseModel):
            a: Tree | Base64Bytes | set[int]
        """,
        [
            "Root(a=Tree())",
            "Root(a=b'YWI=')",
            "Root(a={1, 2})",
            "Root(a=Tree(kids={'a': b'YWI=', 'b': Tree()}))",
        ],
        [{"a": "Y"}, {"a": ["x"]}, {"a": None}],
    ),
    both(
        "decoded-urls",
        """
        class Root(BaseModel):
            a: AnyUrl
            b: HttpUrl | None = None
            c: list[FtpUrl] = []
            d: dict[str, AnyUrl] = {}
            e: PostgresDsn | None = None
        """,
        [
            "Root(a='http://example.com')",
            "Root(a='https://münchen.de/ä ö?q=ü&r=%2f#ß', b='HTTP://EXAMPLE.COM:80/../a/./b', c=['ftp://u:p@h:21/'])",
            "Root(a='mailto:é@b.c', d={'x': 'data:text/plain,é', 'y': 'file:///etc/é'})",
            "Root(a='custom+x://A.b/é', e='postgres://u:p@a:1,b:2/db')",
            "Root(a='http://[::1]:81/%zz', b='http://127.1/', d={'p': 'http://a.b/x\\\\y'})",
        ],
        [{"a": "example.com"}, {"a": "http://", "b": None}, {"a": "x:y", "b": "ftp://a/"}],
        also_accepts=[{"a": "HTTP://Example.com"}, {"a": "http://münchen.de"}],
    ),
    both(
        "decoded-days",
        """
        class Root(BaseModel):
            a: date
            b: date | None = None
            c: list[Annotated[date, Field(ge=date(1900, 1, 1))]] = []
            d: dict[date, date] = {}
            e: Annotated[date, Decode('string')] = date(2024, 1, 2)
            f: date | int | bool = 1
            g: time | None = None
        """,
        [
            "Root(a=date(2024, 2, 29))",
            "Root(a=date(1, 1, 1), b=date(9999, 12, 31), c=[date(1900, 1, 1), date(2011, 12, 29)])",
            "Root(a=date(99, 12, 31), d={date(2024, 3, 31): date(2018, 11, 4)}, f=date(1970, 1, 1), g=time(1, 2))",
        ],
        [{"a": "2023-02-29"}, {"a": "2024-01-02T03:04:05"}, {"a": None}, {"a": {}}, {"a": True}],
    ),
    both(
        "decoded-integers",
        f"""{_BIG}
class Root(BaseModel):
    a: BigInt
    b: BigInt | None = None
    c: list[BigInt] = []
    d: dict[BigInt, BigInt] = {{}}
    e: list[BigInt | None] = []
    f: int = 1
""",
        [
            "Root(a=0)",
            "Root(a=2**53 + 1, b=-(2**64), c=[9007199254740993, 9007199254740992, -1], d={5: 10**40}, e=[None, 7])",
            "Root(a=-(10**99), f=7)",
        ],
        [
            {"a": "1.5", "b": None, "c": [], "d": {}, "e": [], "f": 1},
            {"a": "x", "b": None, "c": [], "d": {}, "e": [], "f": 1},
        ],
    ),
    both(
        "decoded-sets",
        """
        class Item(BaseModel):
            model_config = ConfigDict(frozen=True)
            name: str
            at: AwareDatetime | None = None
        class Root(BaseModel):
            a: set[int]
            b: frozenset[str] = Field(default=frozenset(), max_length=2)
            d: set[frozenset[bool]] = set()
            e: frozenset[Item] = frozenset()
            f: set[bytes] | None = None
            g: list[set[AwareDatetime]] = []
            h: set[tuple[int, str]] = set()
        """,
        [
            "Root(a=set())",
            "Root(a={3, 1}, b={'', 'é'}, d={frozenset(), frozenset({True})})",
            "Root(a={1}, e={Item(name='a'), Item(name='b', at=T)}, f={b'a', b''}, g=[set(), {T}], h={(1, 'a'), (1, 'b')})".replace(
                "T", "datetime(2024, 1, 2, 3, 4, 5, 678, timezone(timedelta(hours=2)))"
            ),
        ],
        [{"a": ["x"], "b": [], "d": [], "e": [], "f": None, "g": [], "h": []}],
        also_accepts=[{"a": [1, 1, 2]}, {"a": [], "h": [[1, "a"], [1, "a"]]}],
        never_emits=[{"a": [1, 1], "b": [], "d": [], "e": [], "f": None, "g": [], "h": []}],
    ),
    both(
        "decoded-sets-in-recursion",
        """
        class Node(BaseModel):
            model_config = ConfigDict(frozen=True)
            id: int
            kids: 'frozenset[Node]' = frozenset()
            by: 'tuple[frozenset[int], ...] | None' = None
        Root = Node
        """,
        [
            "Root(id=1)",
            "Root(id=1, kids={Root(id=2, kids={Root(id=3)}), Root(id=4)})",
            "Root(id=1, by=({2},))",
        ],
        [{"id": 1, "kids": [{"id": "x"}], "by": None}, {"id": 1, "kids": {}, "by": None}],
    ),
    both(
        "decoded-sets-of-several-kinds-of-objects",
        """
        class A(BaseModel):
            model_config = ConfigDict(frozen=True)
            x: int
        class B(BaseModel):
            model_config = ConfigDict(frozen=True)
            x: int
            y: int
        class Root(BaseModel):
            a: set[A] | set[B]
            b: list[int] | set[str]
        """,
        ["Root(a={B(x=1, y=2)}, b=[])", "Root(a={A(x=1)}, b={'a'})", "Root(a=set(), b=[1, 1])"],
        [{"a": [{"y": 1}], "b": []}, {"a": [], "b": [None]}],
    ),
    emits(
        "decoded-sets-with-several-nulls",
        """
        class Root(BaseModel):
            a: set[float]
            b: frozenset[SecretStr]
        """,
        [
            "Root(a={0.0, 1.5, float('inf'), float('-inf')}, b={'x', 'y', ''})",
            "Root(a=set(), b=set())",
        ],
        [{"a": ["x"], "b": []}],
    ),
    emits(
        "decoded-roots",
        "Root = dict[str, set[Base64Bytes]]",
        ["{}", "{'a': {b'YWI=', b''}}"],
        [{"a": ["Y"]}, {"a": {}}],
    ),
    accepts(
        "decoded-sets-that-are-counted",
        """
        class Root(BaseModel):
            a: set[bytes] = Field(min_length=2)
        """,
        [{"a": ["a", "b"]}],
        [{"a": ["a", "a"]}, {"a": ["a"]}],
    ),
)
