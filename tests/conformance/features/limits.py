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
    emits(
        "limits-of-secrets",
        """
        class Root(BaseModel):
            a: SecretStr = Field(min_length=2, max_length=3)
        """,
        ["Root(a='xyz')"],
        [{"a": "xyz"}, {"a": 1}],
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
