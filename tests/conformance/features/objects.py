"""Objects: inheritance, unknown keys, aliases in all their forms, and keys that JavaScript has other uses for."""

from __future__ import annotations

from .case import Case, accepts, both, emits, refused

INHERITANCE: tuple[Case, ...] = (
    both(
        "inheritance",
        """
        class Base(BaseModel):
            id: int
            name: str = ''
        class Middle(Base):
            name: str | None = None
        class Root(Middle):
            extra: bool
        """,
        ["Root(id=1, extra=True)", "Root(id=1, name='x', extra=False)"],
        [{"id": 1, "name": ""}, {"name": "", "extra": True}, {"id": "x", "extra": True}],
        also_accepts=[{"id": 1, "extra": True}],
        never_emits=[{"id": 1, "extra": True}],
    ),
    both(
        "inheritance-from-two",
        """
        class Named(BaseModel):
            name: str
        class Dated(BaseModel):
            day: date
        class Root(Named, Dated):
            pass
        """,
        ["Root(name='x', day=date(2024, 1, 2))"],
        [{"name": "x"}, {"day": "2024-01-02"}, {"name": "x", "day": "x"}],
    ),
    both(
        "inheritance-narrows",
        """
        class Base(BaseModel):
            kind: str
            size: float
        class Root(Base):
            kind: Literal['a', 'b']
            size: int
        """,
        ["Root(kind='a', size=1)"],
        [{"kind": "c", "size": 1}, {"kind": "a", "size": 1.5}],
    ),
    emits(
        # A field serializes what it declares, whatever subclass stands there.
        "subclass-in-a-field-of-the-base",
        """
        class Base(BaseModel):
            model_config = ConfigDict(extra='forbid')
            x: int
        class Sub(Base):
            y: int
        class Root(BaseModel):
            a: Base
        """,
        ["Root(a=Sub(x=1, y=2))", "Root(a=Base(x=1))"],
        [{"a": {"x": 1, "y": 2}}, {"a": {}}],
    ),
    both(
        "nested-model",
        """
        class Root(BaseModel):
            class Inner(BaseModel):
                x: int
            inner: Inner
            more: list[Inner] | None = None
        """,
        ["Root(inner=Root.Inner(x=1))", "Root(inner={'x': 1}, more=[{'x': 2}])"],
        [{"inner": {}, "more": None}, {"inner": None}, {"inner": {"x": 1}, "more": [{}]}],
    ),
    both(
        "no-fields",
        """
        class Root(BaseModel):
            pass
        """,
        ["Root()"],
        [[], "x", None, 1],
    ),
    both(
        "no-fields-forbid",
        """
        class Root(BaseModel):
            model_config = ConfigDict(extra='forbid')
        """,
        ["Root()"],
        [[], {"x": 1}, {"__proto__": 1}, None],
    ),
    emits(
        # What a config says of serialization, the outermost model decides or each its own: Pydantic's choice.
        "config-of-serialization-nested",
        """
        class Seconds(BaseModel):
            model_config = ConfigDict(ser_json_timedelta='float', ser_json_bytes='base64', ser_json_inf_nan='strings')
            t: timedelta
            b: bytes
            f: float
        class Plain(BaseModel):
            t: timedelta
            b: bytes
            f: float
            inner: Seconds | None
        class Root(BaseModel):
            model_config = ConfigDict(ser_json_timedelta='float', ser_json_bytes='hex')
            plain: Plain
            seconds: Seconds
            t: timedelta
            b: bytes
        """,
        [
            "Root(plain=Plain(t=1.5, b=b'?>', f=math.inf, inner=None), seconds=Seconds(t=1, b=b'?>', f=1), t=1, b=b'?')",
            "Root(plain=Plain(t=1, b=b'', f=1, inner=Seconds(t=1, b=b'?>', f=math.inf)), seconds=Seconds(t=1, b=b'', f=1), t=1, b=b'')",
        ],
        [{}],
    ),
    emits(
        "config-of-serialization-and-typed-dicts",
        """
        class Row(TypedDict):
            t: timedelta
            f: float
        @dataclasses.dataclass
        class Record:
            t: timedelta
            b: bytes
        class Root(BaseModel):
            model_config = ConfigDict(ser_json_timedelta='float', ser_json_bytes='base64', ser_json_inf_nan='strings')
            row: Row
            record: Record
            rows: list[Row]
        """,
        [
            "Root(row={'t': 1, 'f': math.inf}, record=Record(t=timedelta(1), b=b'?>'), rows=[{'t': 2, 'f': 1}])"
        ],
        [{}],
    ),
    both(
        "config-of-validation-nested",
        """
        class Row(TypedDict):
            s: str
        class Plain(BaseModel):
            s: str
        class Root(BaseModel):
            model_config = ConfigDict(str_max_length=2, extra='forbid')
            plain: Plain
            row: Row
            s: str
        """,
        ["Root(plain=Plain(s='xyz'), row={'s': 'x'}, s='xy')"],
        [
            {"plain": {"s": "x"}, "row": {"s": "x"}, "s": "xyz"},
            {"plain": {"s": "x"}, "row": {"s": "xyz"}, "s": "x"},
            {"plain": {"s": "x"}, "row": {"s": "x"}, "s": "x", "more": 1},
        ],
    ),
    both(
        "class-and-another-of-the-name-of-its-input",
        """
        class Item(BaseModel):
            x: int = 0
        class ItemInput(BaseModel):
            y: str
        class Root(BaseModel):
            a: Item
            b: ItemInput
        """,
        ["Root(a=Item(), b=ItemInput(y=''))"],
        [{"a": {"x": "no"}, "b": {"y": ""}}, {"a": {"x": 1}, "b": {}}],
        never_emits=[{"a": {}, "b": {"y": ""}}],
        also_accepts=[{"a": {}, "b": {"y": ""}}],
    ),
)

EXTRA: tuple[Case, ...] = (
    both(
        "extra-forbid",
        """
        class Root(BaseModel):
            model_config = ConfigDict(extra='forbid')
            a: int
        """,
        ["Root(a=1)"],
        [{"a": 1, "b": 2}, {"a": 1, "__proto__": 2}, {"a": 1, "constructor": 2}, {}, {"A": 1}],
    ),
    both(
        "extra-allow",
        """
        class Root(BaseModel):
            model_config = ConfigDict(extra='allow')
            a: int
        """,
        ["Root(a=1)", "Root(a=1, b=[None], c={'x': 1})"],
        [{"b": 1}, {"a": "x", "b": 1}],
    ),
    both(
        "extra-typed",
        """
        class Root(BaseModel):
            model_config = ConfigDict(extra='allow')
            __pydantic_extra__: dict[str, int]
            a: str
        """,
        ["Root(a='x')", "Root(a='x', b=1, c=2)"],
        [{"a": "x", "b": "y"}, {"a": "x", "b": None}, {"b": 1}],
    ),
    both(
        "extra-typed-with-models",
        """
        class Item(BaseModel):
            n: int
        class Root(BaseModel):
            model_config = ConfigDict(extra='allow')
            __pydantic_extra__: dict[str, Item | None]
        """,
        ["Root()", "Root(b={'n': 1}, c=None)"],
        [{"b": 1}, {"b": {}}, {"b": {"n": "x"}}],
    ),
    both(
        "extra-allow-with-hostile-keys",
        """
        class Root(BaseModel):
            model_config = ConfigDict(extra='allow')
            a: int
        """,
        [
            "Root.model_validate({'a': 1, '__proto__': {'x': 1}, 'constructor': 2, 'toString': 3, '': 4})"
        ],
        [{"__proto__": {"a": 1}}],
    ),
    accepts(
        "extra-ignored",
        """
        class Root(BaseModel):
            a: int
        """,
        [{"a": 1}, {"a": 1, "b": 2}],
        [{"b": 2}],
    ),
    both(
        "extra-modes-nested",
        """
        class Closed(BaseModel):
            model_config = ConfigDict(extra='forbid')
            x: int
        class Open(BaseModel):
            model_config = ConfigDict(extra='allow')
        class Root(BaseModel):
            closed: Closed
            open: Open
        """,
        ["Root(closed=Closed(x=1), open=Open(y=1))"],
        [{"closed": {"x": 1, "y": 1}, "open": {}}, {"closed": {"x": 1}, "open": []}],
    ),
)

ALIASES: tuple[Case, ...] = (
    both(
        "alias",
        """
        class Root(BaseModel):
            first_name: str = Field(alias='firstName')
            b: int = Field(1, alias='Bee')
        """,
        ["Root(firstName='x')"],
        [{"first_name": "x"}, {"firstName": 1}, {}],
        never_emits=[{"firstName": "x"}],
        also_accepts=[{"firstName": "x"}],
    ),
    emits(
        "alias-for-serialization",
        """
        class Root(BaseModel):
            a: int = Field(serialization_alias='A')
        """,
        ["Root(a=1)"],
        [{"a": 1}, {}],
    ),
    accepts(
        "alias-for-validation",
        """
        class Root(BaseModel):
            a: int = Field(validation_alias='A')
        """,
        [{"A": 1}],
        [{"a": 1}, {}],
    ),
    emits(
        "alias-for-validation-is-not-emitted",
        """
        class Root(BaseModel):
            a: int = Field(validation_alias='A')
        """,
        ["Root(A=1)"],
        [{"A": 1}],
    ),
    emits(
        "alias-for-each-direction",
        """
        class Root(BaseModel):
            model_config = ConfigDict(validate_by_name=True)
            a: int = Field(validation_alias='in', serialization_alias='out')
        """,
        ["Root(a=1)"],
        [{"in": 1}, {"a": 1}, {}],
        pydantic=(2, 11),
    ),
    accepts(
        "alias-or-name",
        """
        class Root(BaseModel):
            model_config = ConfigDict(validate_by_name=True)
            a: int = Field(alias='A')
        """,
        [{"A": 1}, {"a": 1}, {"A": 1, "a": 2}, {"A": 1, "a": "x"}],
        [{}, {"b": 1}, {"a": "x"}, {"A": "x", "a": 1}, {"A": None, "a": 1}],
        pydantic=(2, 11),
    ),
    accepts(
        "alias-or-name-by-the-old-word",
        """
        class Root(BaseModel):
            model_config = ConfigDict(populate_by_name=True)
            a_b: int = Field(alias='aB')
            c: str = ''
        """,
        [{"aB": 1}, {"aB": 1, "c": "x"}, {"a_b": 1, "c": "x"}],
        [{}, {"c": ""}, {"aB": None}, {"a_b": None}],
    ),
    accepts(
        "alias-or-name-with-a-default",
        """
        class Page(BaseModel):
            model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)
            page_size: int = 10
            sort_by: list[str] | None = None

        class Root(BaseModel):
            page: Page
            pages: dict[str, Page] = {}
        """,
        [
            {"page": {"page_size": 50}},
            {"page": {"pageSize": 50, "sort_by": ["x"]}},
            {"page": {}, "pages": {"a": {"sort_by": None, "page_size": 1}}},
        ],
        [
            {"page": {"page_size": "x"}},
            {"page": {"sort_by": [1]}},
            {"page": {}, "pages": {"a": {"page_size": None}}},
        ],
    ),
    accepts(
        "alias-or-name-without-other-keys",
        """
        class Root(BaseModel):
            model_config = ConfigDict(validate_by_name=True, extra='forbid')
            a: int = Field(alias='A')
            b: int = Field(1, validation_alias=AliasChoices(AliasPath('c', 0), 'B'))
        """,
        [{"A": 1}, {"a": 1}, {"a": 1, "b": 2}, {"a": 1, "B": 2}, {"A": 1, "c": [2]}],
        [{"A": 1, "a": 1}, {"A": 1, "c": [1], "B": 2}, {"A": 1, "c": []}, {"a": 1, "B": 1, "b": 2}],
        pydantic=(2, 14),
    ),
    accepts(
        "alias-or-name-with-other-keys",
        """
        class Root(BaseModel):
            model_config = ConfigDict(validate_by_name=True, extra='allow')
            a: int = Field(alias='A')
        """,
        [{"A": 1, "b": "x"}, {"a": 1}, {"A": 1, "a": "x"}],
        [{"a": "x"}, {"b": 1}],
        pydantic=(2, 11),
    ),
    accepts(
        "names-that-are-swapped",
        """
        class Root(BaseModel):
            model_config = ConfigDict(validate_by_name=True)
            a: int = Field(alias='b')
            b: int = Field(alias='a')
        """,
        [{"a": 1, "b": 2}, {"a": 1}, {"b": 2}],
        [{}, {"a": "x"}, {"a": 1, "b": "x"}],
        pydantic=(2, 11),
    ),
    both(
        "alias-or-name-in-both-directions",
        """
        class Root(BaseModel):
            model_config = ConfigDict(validate_by_name=True)
            a: int = Field(alias='A')
        """,
        ["Root(a=1)"],
        [{}, {"A": "x"}],
        never_emits=[{"a": 1}],
        also_accepts=[{"a": 1}],
        pydantic=(2, 11),
    ),
    both(
        "models-called-as-scalars",
        """
        class Url(BaseModel):
            a: AnyUrl
        class Integer(BaseModel):
            a: int
        class AwareDateTime(BaseModel):
            a: AwareDatetime
        class Uuid(BaseModel):
            a: UUID
        class Root(BaseModel):
            a: Url | None = None
            b: Integer | None = None
            c: AwareDateTime | None = None
            d: Uuid | None = None
        """,
        [
            "Root(a=Url(a='http://a.b/'), b=Integer(a=1))",
            "Root(c=AwareDateTime(a=datetime(2024, 1, 2, tzinfo=timezone.utc)), d=Uuid(a=UUID(int=1)))",
        ],
        [{"a": {"a": 1}}, {"b": {"a": "x"}}, {"c": {"a": "today"}}, {"d": {"a": "x"}}],
    ),
    accepts(
        "names-of-fields-for-code",
        """
        class Root(BaseModel):
            model_config = ConfigDict(validate_by_name=True, json_schema_extra={'x-samewire-by-name': False})
            a: int = Field(alias='A')
        """,
        [{"A": 1}, {"A": 1, "a": "x"}],
        [{}, {"A": "x"}],
    ),
    accepts(
        "name-only",
        """
        class Root(BaseModel):
            model_config = ConfigDict(validate_by_name=True, validate_by_alias=False)
            a: int = Field(alias='A')
        """,
        [{"a": 1}],
        [{"A": 1}, {}],
        pydantic=(2, 11),
    ),
    accepts(
        "alias-choices",
        """
        class Root(BaseModel):
            a: int = Field(validation_alias=AliasChoices('x', 'y'))
            b: str
        """,
        [{"x": 1, "b": ""}, {"y": 1, "b": ""}],
        [{"a": 1, "b": ""}, {"b": ""}, {"x": "no", "b": ""}, {"x": 1}],
    ),
    accepts(
        "alias-path",
        """
        class Root(BaseModel):
            a: int = Field(validation_alias=AliasPath('point', 0))
            b: str = Field(validation_alias=AliasPath('meta', 'name'))
        """,
        [
            {"point": [1, 2], "meta": {"name": "x"}},
            {"point": [1], "meta": {"name": "x", "more": 1}},
        ],
        [{"point": [], "meta": {"name": "x"}}, {"point": [1], "meta": {}}, {"a": 1, "b": "x"}],
    ),
    accepts(
        "alias-choices-of-many-fields",
        """
        class Root(BaseModel):
            a: int = Field(validation_alias=AliasChoices('a1', 'a2', 'a3', 'a4'))
            b: int = Field(2, validation_alias=AliasChoices('b1', 'b2', 'b3', 'b4'))
            c: int = Field(3, validation_alias=AliasChoices('c1', 'c2', 'c3', 'c4'))
        """,
        [{"a1": 1}, {"a4": 1, "b3": 2, "c2": 3}, {"a2": 1, "a3": "x", "c4": 1}],
        [{}, {"a": 1}, {"a4": "x"}, {"a1": "x", "a2": 1}, {"a1": 1, "c4": "x"}],
    ),
    accepts(
        "alias-path-from-the-end",
        """
        class Root(BaseModel):
            a: int = Field(validation_alias=AliasChoices('a', AliasPath('list', -1), AliasPath('list', -2, 'x')))
        """,
        [{"a": 1}, {"list": ["x", 1]}, {"a": 1, "list": ["x"]}, {"list": [1]}],
        [{}, {"list": []}, {"list": [1, "x"]}, {"list": "x"}, {"list": {"-1": 1}}],
    ),
    accepts(
        "alias-paths-alone",
        """
        class Root(BaseModel):
            a: int = Field(validation_alias=AliasChoices(AliasPath('p', 'q'), AliasPath('r', 1)))
            b: str = Field('', validation_alias=AliasPath('p', 's'))
            c: int = Field(0, validation_alias=AliasPath('t', 0))
        """,
        [
            {"p": {"q": 1, "s": "x"}},
            {"r": [None, 1]},
            {"p": {"s": "x"}, "r": ["x", 1]},
            {"p": "x", "r": [0, 1], "t": "x"},
        ],
        [
            {},
            {"p": {}},
            {"r": [1]},
            {"p": {"q": "x"}, "r": [0, 1]},
            {"p": {"q": 1, "s": 1}},
            {"r": [0, 1], "t": ["x"]},
        ],
    ),
    accepts(
        "alias-choices-with-a-path",
        """
        class Root(BaseModel):
            a: int = Field(validation_alias=AliasChoices('a', AliasPath('nested', 'a')))
        """,
        [{"a": 1}, {"nested": {"a": 1}}],
        [{}, {"nested": {}}, {"nested": {"a": "x"}}],
    ),
    both(
        "alias-generator",
        """
        class Inner(BaseModel):
            model_config = ConfigDict(alias_generator=to_pascal)
            deep_value: int
        class Root(BaseModel):
            model_config = ConfigDict(alias_generator=to_camel, extra='forbid')
            first_name: str
            inner_one: Inner
        """,
        ["Root(firstName='x', innerOne=Inner(DeepValue=1))"],
        [
            {"first_name": "x", "innerOne": {"DeepValue": 1}},
            {"firstName": "x", "innerOne": {"deep_value": 1}},
        ],
    ),
    both(
        "alias-generator-around-a-typed-dict",
        """
        class Meta(TypedDict):
            progress_token: int
        @dataclasses.dataclass
        class Pair:
            left_one: int
        class Inner(BaseModel):
            model_config = ConfigDict(alias_generator=to_camel)
            own_meta: Meta
            own_pair: Pair
        class Other(BaseModel):
            own_meta: Meta
        class Root(BaseModel):
            model_config = ConfigDict(extra='forbid')
            inner: Inner
            pair: Pair
            meta: Other
        """,
        [
            "Root(inner=Inner(ownMeta={'progressToken': 1}, ownPair=Pair(2)), pair=Pair(3), meta=Other(own_meta={'progress_token': 4}))"
        ],
        [
            {
                "inner": {"ownMeta": {"progress_token": 1}, "ownPair": {"leftOne": 1}},
                "pair": {"left_one": 1},
                "meta": {"own_meta": {"progress_token": 1}},
            },
            {
                "inner": {"ownMeta": {"progressToken": 1}, "ownPair": {"left_one": 1}},
                "pair": {"left_one": 1},
                "meta": {"own_meta": {"progress_token": 1}},
            },
            {
                "inner": {"ownMeta": {"progressToken": 1}, "ownPair": {"leftOne": 1}},
                "pair": {"leftOne": 1},
                "meta": {"own_meta": {"progress_token": 1}},
            },
            {
                "inner": {"ownMeta": {"progressToken": 1}, "ownPair": {"leftOne": 1}},
                "pair": {"left_one": 1},
                "meta": {"own_meta": {"progressToken": 1}},
            },
        ],
    ),
    emits(
        "alias-generator-for-each-direction",
        """
        class Root(BaseModel):
            model_config = ConfigDict(
                alias_generator=AliasGenerator(validation_alias=to_camel, serialization_alias=str.upper)
            )
            first_name: str
        """,
        ["Root(firstName='x')"],
        [{"first_name": "x"}, {"firstName": "x"}],
    ),
    both(
        "alias-that-is-another-fields-name",
        """
        class Root(BaseModel):
            a: int = Field(alias='b')
            b: str = Field(alias='a')
        """,
        ["Root(a='x', b=1)"],
        [{"a": 1, "b": "x"}, {"a": "x"}],
    ),
    accepts(
        "alias-choices-with-a-default",
        """
        class Root(BaseModel):
            a: int = Field(3, validation_alias=AliasChoices('x', 'y'))
            b: int = Field(4, validation_alias=AliasChoices('b', AliasPath('c', 0)))
        """,
        [{}, {"x": 1}, {"y": 1}, {"b": 1}, {"c": [1]}, {"y": 1, "c": [1, "x"]}, {"c": []}],
        [{"x": "q"}, {"y": "q"}, {"x": "q", "y": 1}, {"b": None}, {"c": ["q"]}],
    ),
)

KEYS: tuple[Case, ...] = (
    both(
        "keys-that-need-quotes",
        """
        class Root(BaseModel):
            a: int = Field(alias='with-dash')
            b: int = Field(alias='with space')
            c: int = Field(alias='1st')
            d: int = Field(alias='$ref')
            e: int = Field(alias='é')
            f: int = Field(alias='😀')
        """,
        [
            "Root.model_validate({'with-dash': 1, 'with space': 2, '1st': 3, '$ref': 4, 'é': 5, '😀': 6})"
        ],
        [{"with-dash": 1, "with space": 2, "1st": 3, "$ref": 4, "é": 5}, {}],
    ),
    both(
        "keys-that-are-hostile",
        """
        class Root(BaseModel):
            a: int = Field(alias="'")
            b: int = Field(alias='"')
            c: int = Field(alias='`${x}`')
            d: int = Field(alias='\\\\')
            e: int = Field(alias='*/')
            f: int = Field(alias='a\\r\\n\\u2028b')
            g: int = Field(alias=']: 1, [')
        """,
        ["Root.model_validate({f.alias: 1 for f in Root.model_fields.values()})"],
        [{}, {"'": 1, '"': 1, "`${x}`": 1, "\\": 1, "*/": 1, "a\r\n\u2028b": "x", "]: 1, [": 1}],
    ),
    both(
        "keys-empty-and-blank",
        """
        class Root(BaseModel):
            a: int = Field(alias='')
            b: int = Field(alias=' ')
        """,
        ["Root.model_validate({'': 1, ' ': 2})"],
        [{"": 1}, {" ": 1}, {"": "x", " ": 1}],
    ),
    both(
        "keys-that-are-numbers",
        """
        class Root(BaseModel):
            a: int = Field(alias='0')
            b: str = Field(alias='-1')
            c: str = Field(alias='01')
        """,
        ["Root.model_validate({'0': 1, '-1': 'x', '01': 'y'})"],
        [{"0": "x", "-1": "x", "01": "y"}, {"0": 1, "-1": "x", "1": "y"}],
    ),
    both(
        "keys-that-are-reserved-words",
        """
        Root = create_model('Root', **{
            name + '_': (int, Field(alias=name))
            for name in ('class', 'default', 'function', 'new', 'null', 'true', 'await', 'enum', 'delete', 'arguments')
        })
        """,
        ["Root.model_validate({f.alias: 1 for f in Root.model_fields.values()})"],
        [{"class": 1}],
    ),
    both(
        "keys-that-objects-have",
        """
        class Root(BaseModel):
            a: int = Field(alias='constructor')
            b: int = Field(alias='toString')
            c: int = Field(alias='hasOwnProperty')
            d: int = Field(alias='valueOf')
        """,
        [
            "Root.model_validate({'constructor': 1, 'toString': 2, 'hasOwnProperty': 3, 'valueOf': 4})"
        ],
        [
            {},
            {"toString": 2, "hasOwnProperty": 3, "valueOf": 4},
            {"constructor": 1, "hasOwnProperty": 3, "valueOf": 4},
        ],
    ),
    both(
        "key-proto",
        """
        class Root(BaseModel):
            a: int = Field(alias='__proto__')
            b: int
        """,
        ["Root.model_validate({'__proto__': 1, 'b': 2})"],
        [{"b": 2}, {"__proto__": "x", "b": 2}, {"__proto__": {}, "b": 2}],
    ),
    accepts(
        "key-proto-optional",
        """
        class Root(BaseModel):
            a: int = Field(1, alias='__proto__')
        """,
        [{}, {"__proto__": 2}],
        [{"__proto__": "x"}, {"__proto__": None}],
    ),
    accepts(
        "keys-that-objects-have-optional",
        """
        class Root(BaseModel):
            a: int = Field(1, alias='constructor')
            b: str | None = Field(None, alias='toString')
        """,
        [{}, {"constructor": 2, "toString": "x"}, {"toString": None}],
        [{"constructor": "x"}, {"toString": 1}],
    ),
    both(
        "keys-that-differ-by-case",
        """
        class Root(BaseModel):
            name: int
            Name: str
            NAME: bool
        """,
        ["Root(name=1, Name='x', NAME=True)"],
        [{"name": 1, "Name": "x"}, {"name": "x", "Name": "x", "NAME": True}],
    ),
    both(
        "keys-that-zod-uses",
        """
        class Root(BaseModel):
            parse: int
            shape: str
            then: str | None
            zod_: int = Field(alias='_zod')
            length: int
        """,
        ["Root.model_validate({'parse': 1, 'shape': 'x', 'then': None, '_zod': 2, 'length': 3})"],
        [{"parse": 1, "shape": "x", "_zod": 2, "length": 3}],
    ),
    refused(
        "two-fields-of-one-alias",
        """
        class Root(BaseModel):
            a: int = Field(serialization_alias='x')
            b: str = Field(serialization_alias='x')
        """,
        "duplicate-key",
        "Root.b",
    ),
)

CASES = (*INHERITANCE, *EXTRA, *ALIASES, *KEYS)
