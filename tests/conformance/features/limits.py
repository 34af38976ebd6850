"""Limits that Pydantic checks in a function of its own: around a union, behind a validator, with units."""

from __future__ import annotations

from .case import Case, accepts, both, emits, refused

CASES: tuple[Case, ...] = (
    both(
        "byte-size-units",
        """
        class Root(BaseModel):
            a: ByteSize
            b: ByteSize | None = None
            c: Annotated[ByteSize, Field(ge=10)] = ByteSize(20)
        """,
        ["Root(a=1)", "Root(a='1.5 KiB', b='2MB', c=10)"],
        [
            {"a": "x", "b": None, "c": 10},
            {"a": -1.5, "b": None, "c": 10},
            {"a": "1 XB", "b": None, "c": 10},
            {"a": "KB", "b": None, "c": 10},
            {"a": 1, "b": None, "c": 9},
            {"a": "-1", "b": None, "c": 10},
        ],
        never_emits=[{"a": "1", "b": None, "c": 10}],
        also_accepts=[
            {"a": "1kb"},
            {"a": "1 b"},
            {"a": "1.5 GiB"},
            {"a": "10"},
            {"a": 3},
            {"a": "1 KBIT"},
            {"a": ".5MB"},
            {"a": " 7 k"},
        ],
        never_accepts=[{"a": "1e3"}, {"a": 1.5}],
    ),
    both(
        "limits-of-unions",
        """
        class Color(StrEnum):
            RED = 'red'
            BLUE = 'blue'
        class Item(BaseModel):
            x: int
        class Root(BaseModel):
            a: Annotated[str | list[str], Field(max_length=2, min_length=1)] = 'x'
            b: Annotated[int | float, Field(ge=2, lt=5)] = 2
            c: Annotated[int | Decimal, Field(gt=0)] = 1
            d: Annotated[str | list[int] | dict[str, int], Field(min_length=1)] = 'x'
            e: Annotated[Literal['abc', 'x'] | list[int], Field(max_length=1)] = 'x'
            f: Annotated[Color | list[int], Field(max_length=3)] = Color.RED
            g: Annotated[int | str, Field(ge=1)] = 1
            h: Annotated[date | int, Field(ge=3)] = 3
        """,
        [
            "Root(a='xy')",
            "Root(a=['x', 'yyy'])",
            "Root(b=4.5, c=Decimal('0.5'), d=[1], e=[1], f=[1,2,3])",
            "Root(d={'k': 1})",
        ],
        [
            {"a": "xyz", "b": 2, "c": 1, "d": "x", "e": "x", "f": "red", "g": 1, "h": 3},
            {"a": ["x", "y", "z"], "b": 2, "c": 1, "d": "x", "e": "x", "f": "red", "g": 1, "h": 3},
            {"a": "", "b": 2, "c": 1, "d": "x", "e": "x", "f": "red", "g": 1, "h": 3},
            {"a": "x", "b": 1.5, "c": 1, "d": "x", "e": "x", "f": "red", "g": 1, "h": 3},
            {"a": "x", "b": 5, "c": 1, "d": "x", "e": "x", "f": "red", "g": 1, "h": 3},
            {"a": "x", "b": 2, "c": 0, "d": "x", "e": "x", "f": "red", "g": 1, "h": 3},
            {"a": "x", "b": 2, "c": "-0.5", "d": "x", "e": "x", "f": "red", "g": 1, "h": 3},
            {"a": "x", "b": 2, "c": 1, "d": {}, "e": "x", "f": "red", "g": 1, "h": 3},
            {"a": "x", "b": 2, "c": 1, "d": "x", "e": "abc", "f": "red", "g": 1, "h": 3},
            {"a": "x", "b": 2, "c": 1, "d": "x", "e": "x", "f": "blue", "g": 1, "h": 3},
            {"a": "x", "b": 2, "c": 1, "d": "x", "e": "x", "f": "red", "g": 0, "h": 3},
            {"a": "x", "b": 2, "c": 1, "d": "x", "e": "x", "f": "red", "g": 1, "h": 2},
        ],
    ),
    both(
        "limits-behind-validators",
        """
        class Root(BaseModel):
            a: Annotated[int, AfterValidator(lambda v: v), Field(ge=1)] = 1
            b: Annotated[list[int], AfterValidator(lambda v: v), Field(min_length=1)] = [1]
            c: Annotated[str, BeforeValidator(lambda v: v), Field(max_length=2), AfterValidator(lambda v: v), Field(min_length=1)] = 'x'
            d: Annotated[Annotated[int, Field(ge=3)], AfterValidator(lambda v: v), Field(ge=1)] = 3
        """,
        ["Root()", "Root(a=5, b=[1,2], c='xy', d=4)"],
        [
            {"a": 0, "b": [1], "c": "x", "d": 3},
            {"a": 1, "b": [], "c": "x", "d": 3},
            {"a": 1, "b": [1], "c": "xyz", "d": 3},
            {"a": 1, "b": [1], "c": "", "d": 3},
            {"a": 1, "b": [1], "c": "x", "d": 2},
        ],
    ),
    both(
        "multiples-behind-validators",
        """
        class Color(IntEnum):
            RED = 2
            BLUE = 3
        class Root(BaseModel):
            a: Annotated[int, AfterValidator(lambda v: v), Field(multiple_of=3)] = 0
            b: Annotated[int | float, Field(multiple_of=0.5)] = 0
            c: Annotated[float, AfterValidator(lambda v: v), Field(multiple_of=0.1)] = 0
            d: Annotated[Decimal, AfterValidator(lambda v: v), Field(multiple_of=Decimal('0.1'))] = Decimal(0)
            e: Annotated[Literal[1, 2, 6] | None, AfterValidator(lambda v: v), Field(multiple_of=2)] = 2
            f: Annotated[Color | bool, Field(multiple_of=2)] = Color.RED
            g: Annotated[timedelta, Field(multiple_of=timedelta(minutes=15))] = timedelta()
        """,
        [
            "Root()",
            "Root(a=-9, b=1.5, c=0.1, d=Decimal('0.3'), e=6, f=False, g=timedelta(hours=-2.25))",
        ],
        [
            {"a": 1, "b": 0, "c": 0, "d": "0", "e": 2, "f": 2, "g": "PT0S"},
            {"a": 0, "b": 0.25, "c": 0, "d": "0", "e": 2, "f": 2, "g": "PT0S"},
            {"a": 0, "b": 0, "c": 0.3, "d": "0", "e": 2, "f": 2, "g": "PT0S"},
            {"a": 0, "b": 0, "c": 0, "d": "0.25", "e": 2, "f": 2, "g": "PT0S"},
            {"a": 0, "b": 0, "c": 0, "d": "0", "e": 1, "f": 2, "g": "PT0S"},
            {"a": 0, "b": 0, "c": 0, "d": "0", "e": None, "f": 2, "g": "PT0S"},
            {"a": 0, "b": 0, "c": 0, "d": "0", "e": 2, "f": 3, "g": "PT0S"},
            {"a": 0, "b": 0, "c": 0, "d": "0", "e": 2, "f": True, "g": "PT0S"},
            {"a": 0, "b": 0, "c": 0, "d": "0", "e": 2, "f": 2, "g": "PT20M"},
        ],
        pydantic=(2, 14),
    ),
    both(
        "digits-behind-validators",
        """
        class Root(BaseModel):
            a: Annotated[Decimal, AfterValidator(lambda v: v), Field(max_digits=3, decimal_places=1)]
            b: Annotated[Decimal | str, Field(max_digits=2)]
            c: Decimal = Field(max_digits=3)
            d: Decimal = Field(decimal_places=2, multiple_of=Decimal('0.05'))
        """,
        ["Root(a=Decimal('99.9'), b=Decimal('12'), c=Decimal('1.25'), d=Decimal('0.15'))"],
        [
            {"a": "1.25", "b": "12", "c": "1", "d": "0"},
            {"a": "999.9", "b": "12", "c": "1", "d": "0"},
            {"a": "1", "b": "123", "c": "1", "d": "0"},
            {"a": "1", "b": "x", "c": "1", "d": "0"},
            {"a": "1", "b": "12", "c": "1234", "d": "0"},
            {"a": "1", "b": "12", "c": "1", "d": "0.001"},
            {"a": "1", "b": "12", "c": "1", "d": "0.12"},
        ],
        also_accepts=[{"a": 99.9, "b": 12, "c": 1.25, "d": 0.15}],
        never_accepts=[
            {"a": 1.25, "b": 12, "c": 1, "d": 0},
            {"a": 1, "b": 123, "c": 1, "d": 0},
            {"a": 1, "b": 12, "c": 12.34, "d": 0},
            {"a": 1, "b": 12, "c": 1, "d": 0.12},
        ],
        pydantic=(2, 11),
    ),
    both(
        "limits-that-no-value-keeps",
        """
        class Item(BaseModel):
            x: int
        class Root(BaseModel):
            a: Annotated[str | int, Field(multiple_of=2)] = 2
            b: Annotated[Path | list[int], Field(min_length=1)] = [1]
            c: Annotated[Item | int, Field(gt=1)] = 2
            d: Annotated[UUID | str, Field(pattern='^a')] = 'a'
            e: Annotated[bool | float, Field(gt=0, allow_inf_nan=False)] = True
        """,
        ["Root()", "Root(a=4, b=[1, 2], c=3, d='ab', e=0.5)"],
        [
            {"a": "2", "b": [1], "c": 2, "d": "a", "e": True},
            {"a": 3, "b": [1], "c": 2, "d": "a", "e": True},
            {"a": 2, "b": "x", "c": 2, "d": "a", "e": True},
            {"a": 2, "b": [], "c": 2, "d": "a", "e": True},
            {"a": 2, "b": [1], "c": {"x": 2}, "d": "a", "e": True},
            {"a": 2, "b": [1], "c": 2, "d": "12345678-1234-5678-1234-567812345678", "e": True},
            {"a": 2, "b": [1], "c": 2, "d": "b", "e": True},
            {"a": 2, "b": [1], "c": 2, "d": "a", "e": False},
            {"a": 2, "b": [1], "c": 2, "d": "a", "e": 0},
            {"a": 2, "b": [1], "c": 2, "d": "a", "e": None},
        ],
        pydantic=(2, 11),
    ),
    accepts(
        "limits-of-anything",
        """
        class Root(BaseModel):
            a: Annotated[Any, Field(gt=2)] = 3
            b: Annotated[Any, Field(min_length=2)] = 'ab'
            c: Annotated[Any, Field(pattern='^a')] = 'a'
        """,
        [{"a": 2.5}, {"b": [1, None]}, {"b": {"x": 1, "y": 2}}, {"b": "ab"}, {"c": "ab"}],
        [
            {"a": 2},
            {"a": "3"},
            {"a": None},
            {"b": [1]},
            {"b": 12},
            {"b": "a"},
            {"c": "b"},
            {"c": 1},
        ],
    ),
    emits(
        "email-in-another-case",
        """
        class Root(BaseModel):
            a: Annotated[EmailStr, StringConstraints(to_upper=True)]
            b: Annotated[EmailStr, StringConstraints(to_lower=True)]
        """,
        ["Root(a='a@b.co', b='A@B.CO')", "Root(a='x.y@sub.b.co', b='x@b.co')"],
        [{"a": "A@B", "b": "a@b.co"}, {"a": "A@B.CO", "b": "a"}, {"a": "A@B.CO", "b": "a@B.CO"}],
    ),
    emits(
        "limits-of-secrets",
        """
        class Root(BaseModel):
            a: SecretStr = Field(min_length=2, max_length=3)
            b: SecretStr = Field(max_length=3)
        """,
        ["Root(a='xyz', b='')", "Root(a='xyz', b='x')"],
        [
            {"a": "xyz", "b": ""},
            {"a": 1, "b": ""},
            {"a": "", "b": ""},
        ],
    ),
    accepts(
        "limits-of-secret-bytes",
        """
        class Root(BaseModel):
            a: SecretBytes = Field(min_length=3, max_length=4)
        """,
        [{"a": "éé"}, {"a": "abc"}],
        [{"a": "é"}, {"a": "ééa"}, {"a": "ab"}],
    ),
    both(
        "limits-of-base64",
        """
        class Root(BaseModel):
            a: Annotated[Base64Bytes, Field(min_length=2, max_length=4)]
            b: Annotated[Base64Str, Field(max_length=2)]
            c: Annotated[Base64UrlBytes, Field(min_length=1)]
        """,
        ["Root(a=b'YWI=', b='w6nDqQ==', c=b'-_8=')", "Root(a=b'YWJjZA==', b='', c=b'YQ==')"],
        [
            {"a": "YQ==", "b": "", "c": "YQ=="},
            {"a": "YWJjZGU=", "b": "", "c": "YQ=="},
            {"a": "YWI=", "b": "YWJj", "c": "YQ=="},
            {"a": "YWI=", "b": "w6k", "c": "YQ=="},
            {"a": "YWI=", "b": "/w==", "c": "YQ=="},
            {"a": "YWI=", "b": "", "c": ""},
        ],
    ),
    both(
        "limits-of-encoded-bytes",
        """
        class Root(BaseModel):
            model_config = ConfigDict(ser_json_bytes='base64', val_json_bytes='base64')
            a: bytes = Field(min_length=2, max_length=4)
        """,
        ["Root(a='YWI=')", "Root(a='YWJjZA==')"],
        [{"a": "YQ=="}, {"a": "YWJjZGU="}, {"a": ""}],
    ),
    refused(
        "patterns-of-what-base64-holds",
        """
        class Root(BaseModel):
            a: Annotated[Base64Str, Field(pattern='^a')]
        """,
        "no-json-form",
        "Root.a",
        accepted=True,
    ),
    refused(
        "limits-of-classes",
        """
        class Items(RootModel[list[int]]):
            def __len__(self):
                return len(self.root)
        class Root(BaseModel):
            a: Annotated[Items, Field(min_length=1)]
        """,
        "no-json-form",
        "Root.a",
        accepted=True,
    ),
    both(
        "limits-of-byte-sizes",
        """
        class Root(BaseModel):
            a: Annotated[ByteSize, Field(gt=1000, multiple_of=8)]
        """,
        ["Root(a='1KiB')", "Root(a=2000)"],
        [{"a": 1000}, {"a": 1001}, {"a": "1004"}, {"a": "1KB"}, {"a": "1 b"}],
        also_accepts=[{"a": "1.5 KiB"}, {"a": "1_600"}],
    ),
    both(
        "limits-of-keys",
        """
        class Root(BaseModel):
            a: dict[Annotated[int, Field(multiple_of=3)], int] = {}
            b: dict[Annotated[float, Field(gt=1.5)], int] = {}
            c: dict[Annotated[float, Field(ge=0, le=1)], int] = {}
            d: dict[Annotated[int, AfterValidator(lambda v: v), Field(gt=2)], int] = {}
            e: dict[Annotated[Literal['a', 'bc'], Field(pattern='^a')], int] = {}
        """,
        ["Root(a={-9: 1}, b={2.5: 1, math.inf: 1}, c={0.5: 1, 1.0: 1}, d={3: 1}, e={'a': 1})"],
        [
            {"a": {"4": 1}, "b": {}, "c": {}, "d": {}, "e": {}},
            {"a": {}, "b": {"1.5": 1}, "c": {}, "d": {}, "e": {}},
            {"a": {}, "b": {"-inf": 1}, "c": {}, "d": {}, "e": {}},
            {"a": {}, "b": {"nan": 1}, "c": {}, "d": {}, "e": {}},
            {"a": {}, "b": {}, "c": {"inf": 1}, "d": {}, "e": {}},
            {"a": {}, "b": {}, "c": {"1.01": 1}, "d": {}, "e": {}},
            {"a": {}, "b": {}, "c": {}, "d": {"2": 1}, "e": {}},
            {"a": {}, "b": {}, "c": {}, "d": {}, "e": {"bc": 1}},
        ],
    ),
    both(
        "limits-and-offsets",
        """
        class Root(BaseModel):
            a: Annotated[datetime, AfterValidator(lambda v: v), Field(gt=datetime(2024, 1, 1, tzinfo=timezone.utc))]
            b: Annotated[datetime, Field(gt=0)] = datetime(2024, 1, 1, tzinfo=timezone.utc)
        """,
        ["Root(a=datetime(2024, 1, 2, tzinfo=timezone.utc))"],
        [
            {"a": "2024-01-01T00:00:00Z", "b": "2024-01-01T00:00:00Z"},
            {"a": "2024-01-02T00:00:00", "b": "2024-01-01T00:00:00Z"},
            {"a": "2024-01-02T00:00:00Z", "b": "1969-01-01T00:00:00Z"},
        ],
    ),
    both(
        "limits-of-subclasses-of-str-and-int",
        """
        from pydantic_core import core_schema
        class Slug(str):
            @classmethod
            def __get_pydantic_core_schema__(cls, source, handler):
                return core_schema.no_info_after_validator_function(
                    cls, core_schema.str_schema(min_length=2, pattern='^[a-z]+$')
                )
        class Age(int):
            @classmethod
            def __get_pydantic_core_schema__(cls, source, handler):
                return core_schema.no_info_after_validator_function(cls, handler(Annotated[int, Field(ge=0)]))
        class Root(BaseModel):
            a: Slug
            b: Age = Age(3)
            c: dict[Slug, Age | None] = {}
        """,
        ["Root(a='ab')", "Root(a='ab', b=1, c={'xy': None})"],
        [
            {"a": "a", "b": 1, "c": {}},
            {"a": "AB", "b": 1, "c": {}},
            {"a": "ab", "b": -1, "c": {}},
            {"a": "ab", "b": 1, "c": {"x": None}},
        ],
    ),
    emits(
        "limits-of-subclasses-of-str-that-change-the-text",
        """
        from pydantic_core import core_schema
        class Upper(str):
            def __new__(cls, value):
                return super().__new__(cls, value.upper())
            @classmethod
            def __get_pydantic_core_schema__(cls, source, handler):
                return core_schema.no_info_after_validator_function(cls, core_schema.str_schema(pattern='^[a-z]+$'))
        class Root(BaseModel):
            a: Upper
        """,
        ["Root(a='ab')"],
        [{"a": 1}],
    ),
    both(
        "encoders-of-the-author",
        """
        class Backwards(EncoderProtocol):
            @classmethod
            def decode(cls, data: bytes) -> bytes:
                return data[::-1]
            @classmethod
            def encode(cls, value: bytes) -> bytes:
                return value[::-1]
            @classmethod
            def get_json_format(cls) -> str:
                return 'backwards'
        class Root(BaseModel):
            a: Annotated[bytes, EncodedBytes(encoder=Backwards)]
            b: Annotated[str, EncodedStr(encoder=Backwards), Field(max_length=2, pattern='^a')] = 'a'
            c: dict[str, list[Annotated[bytes, EncodedBytes(encoder=Backwards)]]] = {}
        """,
        ["Root(a=b'ab')", "Root(a=b'ab', b='aa', c={'q': [b'x']})"],
        [
            {"a": 1, "b": "x", "c": {}},
            {"a": "x", "b": None, "c": {}},
            {"a": "x", "b": "a", "c": {"q": [1]}},
        ],
        never_emits=[{"a": "x", "b": "x", "c": {}}],
        also_accepts=[{"a": "x", "b": "xa"}],
    ),
    emits(
        "limits-before-a-change",
        """
        def twice(value):
            return value * 2
        def checked(value):
            if value == 'zzz':
                raise ValueError('taken')
            return value
        class Root(BaseModel):
            a: Annotated[str, Field(pattern='^[a-z]+$'), AfterValidator(str.upper)] = 'A'
            b: Annotated[int, Field(le=5), AfterValidator(twice)] = 0
            c: Annotated[list[Annotated[str, Field(max_length=2)]], Field(max_length=2), AfterValidator(twice)] = []
            d: Annotated[str, Field(max_length=2), WrapValidator(lambda v, h: h(v) * 2), Field(min_length=3)] = 'abab'
            e: str = Field('x', min_length=2)
            f: Annotated[str, Field(max_length=3), AfterValidator(checked)] = 'x'
            @field_validator('e')
            @classmethod
            def strip(cls, value):
                return value.strip()
        """,
        [
            "Root(a='abc', b=5, c=['ab', 'c'], d='ab', e=' x', f='abc')",
            "Root(b=-1, c=['ab'], e='  ', f='a')",
        ],
        [
            {"a": "A", "b": 0.5, "c": [], "d": "abab", "e": "x", "f": "x"},
            {"a": "A", "b": 0, "c": [1], "d": "abab", "e": "x", "f": "x"},
            {"a": "A", "b": 0, "c": [], "d": "ab", "e": "x", "f": "x"},
            {"a": "A", "b": 0, "c": [], "d": "abab", "e": "x", "f": "xxxx"},
        ],
    ),
    accepts(
        "json-of-types-with-a-format",
        """
        class Root(BaseModel):
            a: Json[UUID4] = '"9e73facc-e651-41f1-b0dd-02fc00000001"'
            b: Annotated[Json[int], Field(ge=2)] = '2'
            c: Json[Base64Bytes] = '""'
        """,
        [{"a": '"9e73facc-e651-41f1-b0dd-02fc00000001"'}, {"b": "2"}, {"c": '"YQ=="'}],
        [{"a": "9e73facc-e651-41f1-b0dd-02fc00000001"}, {"b": "1"}, {"b": 2}, {"c": "YQ=="}],
    ),
    accepts(
        "limits-of-secrets-read",
        """
        class Root(BaseModel):
            a: SecretStr = Field(min_length=2, max_length=3)
        """,
        [{"a": "xy"}],
        [{"a": "x"}, {"a": "xyzz"}],
    ),
    refused(
        "limits-of-texts-by-order",
        """
        class Root(BaseModel):
            a: Annotated[str, Field(gt='a')]
        """,
        "no-json-form",
        "Root.a",
    ),
    refused(
        "limits-of-addresses-read",
        """
        class Root(BaseModel):
            a: Annotated[IPv4Address, Field(ge=IPv4Address('1.1.1.1'))]
        """,
        "no-json-form",
        "Root.a",
        accepted=True,
        pydantic=(2, 12),
    ),
    both(
        "limits-of-emails",
        """
        class Root(BaseModel):
            a: Annotated[EmailStr, Field(max_length=12)]
        """,
        ["Root(a='a@bc.example')", "Root(a='é@bc.example')"],
        [{"a": "ab@bc.example"}, {"a": "a"}, {"a": None}],
    ),
    emits(
        "limits-of-mac-addresses",
        """
        from pydantic_extra_types.mac_address import MacAddress
        class Root(BaseModel):
            a: Annotated[MacAddress, Field(max_length=17)]
            b: Annotated[MacAddress, Field(pattern='^00')]
        """,
        ["Root(a='0000.5e00.5301', b='00-00-5E-00-53-01')"],
        [
            {"a": "02:00:5e:10:00:00:00:01", "b": "00:00:5e:00:53:01"},
            {"a": "00:00:5e:00:53:01", "b": "02:00:5e:00:53:01"},
        ],
    ),
    refused(
        "limits-of-mac-addresses-read",
        """
        from pydantic_extra_types.mac_address import MacAddress
        class Root(BaseModel):
            a: Annotated[MacAddress, Field(max_length=17)]
        """,
        "no-json-form",
        "Root.a",
        accepted=True,
    ),
    refused(
        "limits-of-urls-read",
        """
        class Root(BaseModel):
            a: Annotated[AnyUrl, Field(max_length=17)]
        """,
        "no-json-form",
        "Root.a",
        accepted=True,
    ),
    accepts(
        "limits-of-json-texts",
        """
        class Root(BaseModel):
            a: Annotated[Json[list[int]], Field(max_length=2)]
        """,
        [{"a": "[1, 2]"}, {"a": "[]"}],
        [{"a": "[1, 2, 3]"}, {"a": "1"}, {"a": [1]}],
    ),
)
