"""Any value at all, and types that Python's validators narrow further than a schema can say."""

from __future__ import annotations

from .case import Case, accepts, both, emits

CASES: tuple[Case, ...] = (
    both(
        "any-as-root",
        "Root = Any\n",
        ["None", "{'x': [1, None]}", "'x'", "[]", "1.5", "True"],
        total=True,
    ),
    both(
        "any-in-containers",
        """
        class Root(BaseModel):
            a: list[Any]
            b: dict[str, object]
        """,
        ["Root(a=[None, {}, 'x'], b={'x': None, '__proto__': [1]})"],
        [{"a": {}, "b": {}}, {"a": [], "b": []}, {"a": []}],
    ),
    both(
        "any-keeps-all-keys",
        """
        class Root(BaseModel):
            a: Any
        """,
        [
            'Root.model_validate_json(\'{"a": {"__proto__": {"x": 1}, "constructor": 2, "": [[{}]]}}\')'
        ],
        [{}],
    ),
    both(
        "json-value",
        """
        class Root(BaseModel):
            a: JsonValue
            b: dict[str, JsonValue]
        """,
        [
            "Root(a={'x': [1, 'y', None, True, 1.5]}, b={})",
            "Root(a=None, b={'k': 'v', '__proto__': 1})",
        ],
        [{"b": {}}, {"a": 1, "b": []}, {"a": 1}],
    ),
    both("json-value-as-root", "Root = JsonValue\n", ["None", "[{'x': []}]", "'x'"], total=True),
    emits(
        "any-under-exclude-none",
        """
        class Root(BaseModel):
            a: Any
            b: JsonValue
            c: int
        """,
        ["Root(a=None, b=None, c=1)", "Root(a=1, b='x', c=1)"],
        [{"a": 1, "b": 1}, {"c": None}],
        dump={"exclude_none": True},
    ),
    both(
        "any-or-null",
        """
        class Root(BaseModel):
            a: Any | None = None
        """,
        ["Root()", "Root(a=[1])"],
        ["x", []],
        never_emits=[{}],
    ),
    both(
        "validators-in-python",
        """
        def positive(value: int) -> int:
            assert value >= 0
            return value
        class Root(BaseModel):
            a: Annotated[int, AfterValidator(positive)]
            b: Annotated[str, BeforeValidator(lambda value: value)]
        """,
        ["Root(a=1, b='x')"],
        [{"a": "x", "b": "x"}, {"a": 1, "b": 1}, {"a": 1.5, "b": ""}],
    ),
    both(
        "field-and-model-validators",
        """
        class Root(BaseModel):
            a: int
            b: int
            @field_validator('a')
            @classmethod
            def check(cls, value: int) -> int:
                return value
            @model_validator(mode='after')
            def order(self) -> Self:
                return self
        """,
        ["Root(a=1, b=2)"],
        [{"a": "x", "b": 1}, {"a": 1}],
    ),
    emits(
        "schema-by-hand-is-not-believed",
        """
        class Root(BaseModel):
            a: Annotated[int, WithJsonSchema({'type': 'integer', 'minimum': 0})]
        """,
        ["Root(a=1)", "Root(a=0)"],
        [{"a": "x"}, {"a": 1.5}],
    ),
    accepts(
        "on-error-omit",
        """
        class Root(BaseModel):
            a: list[OnErrorOmit[int]]
        """,
        [{"a": [1]}],
        [{"a": 1}, {}],
    ),
    emits(
        "on-error-omit-emitted",
        """
        class Root(BaseModel):
            a: list[OnErrorOmit[int]]
        """,
        ["Root(a=[1, 'x', 2])"],
        [{"a": ["x"]}, {"a": [None]}],
    ),
    both(
        "validate-as",
        """
        class Point:
            def __init__(self, x: int) -> None:
                self.x = x
        class PointModel(BaseModel):
            x: int
        class Root(BaseModel):
            a: Annotated[
                Point,
                ValidateAs(PointModel, instantiation_hook=lambda m: Point(m.x)),
                PlainSerializer(lambda p: PointModel(x=p.x), return_type=PointModel),
            ]
        """,
        ["Root(a=PointModel(x=1))"],
        [{"a": {}}, {"a": 1}, {"a": {"x": "q"}}],
        pydantic=(2, 12),
    ),
    both(
        "plain-validator-with-an-input-type",
        """
        class Root(BaseModel):
            a: Annotated[int, PlainValidator(lambda value: int(value), json_schema_input_type=int | str)]
        """,
        ["Root(a=1)"],
        [{}],
        never_emits=[{"a": "1"}],
        also_accepts=[{"a": "1"}],
    ),
    both(
        "before-validator-with-an-input-type",
        """
        class Root(BaseModel):
            a: Annotated[int, BeforeValidator(lambda value: value, json_schema_input_type=int | None)]
        """,
        ["Root(a=1)"],
        [{}],
        never_emits=[{"a": "1"}, {"a": None}],
        never_accepts=[{"a": "x"}],
    ),
    both(
        "strict-model",
        """
        class Color(StrEnum):
            RED = 'red'
        class Root(BaseModel):
            model_config = ConfigDict(strict=True, allow_inf_nan=False)
            a: int
            b: float
            c: bool
            d: str
            e: date
            f: list[int]
            g: UUID
            h: Color
            i: tuple[int, int]
            j: Decimal
            k: bytes
            l: set[int]
        """,
        [
            "Root(a=1, b=1.5, c=True, d='', e=date(2024, 1, 2), f=[1], g=UUID(int=1), h=Color.RED, i=(1, 2), j=Decimal(1), k=b'', l={1})"
        ],
        [{}, {"a": "1"}],
    ),
    both(
        "instance-of",
        """
        class Inner(BaseModel):
            x: int
        class Root(BaseModel):
            a: InstanceOf[Inner]
        """,
        ["Root(a=Inner(x=1))"],
        [{"a": {}}, {"a": 1}, {}],
    ),
    both(
        "deep-nesting",
        """
        Deep = int
        for _ in range(20):
            Deep = list[Deep] | None
        class Root(BaseModel):
            a: Deep
        """,
        ["Root(a=None)", "Root(a=[[[[None]]], []])"],
        [{"a": 1}, {"a": [[[1]]]}],
    ),
)
