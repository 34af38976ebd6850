"""Names and text that would break out of generated code, or clash with what TypeScript and zod call their own."""

from __future__ import annotations

from .case import Case, Json, both, emits, refused

# Each of these ends a comment, a string, a template or a line in some place of a TypeScript file.
TEXT = (
    "'\" ` ${globalThis.hit = 1} */ // \\ \r\n \r \u2028 \u0085 </script> \\u002a/ @ts-nocheck \\"
)


def named(*names: str) -> Case:
    """Models that have the names of globals."""
    models = "".join(
        f"class {name}(BaseModel):\n    x: int\n    y: list[str] = []\n    z: dict[str, int] = {{}}\n"
        for name in names
    )
    fields = "".join(f"    f{index}: {name}\n" for index, name in enumerate(names))
    values = ", ".join(f"f{index}={name}(x={index})" for index, name in enumerate(names))
    wrong: dict[str, Json] = {
        f"f{index}": {"x": "no", "y": [], "z": {}} for index in range(len(names))
    }
    return both(
        f"class-named-{names[0]}",
        models + "class Root(BaseModel):\n" + fields,
        [f"Root({values})"],
        [{}, wrong],
    )


NAMES: tuple[Case, ...] = (
    named("Array", "Record", "Object", "Promise"),
    named("Date", "Map", "Set", "Symbol", "Function", "JSON", "Error"),
    named("String", "Number", "Boolean", "BigInt", "RegExp"),
    named("Partial", "Readonly", "Required_", "Exclude", "Awaited", "NonNullable"),
    named("Infer", "ZodType", "Z", "Schema", "Output", "Input"),
    named("Type_", "Interface", "Enum_", "Default", "Class", "Undefined", "NaN", "Infinity"),
    named("keyof", "infer", "unique", "readonly", "intrinsic"),
    named("schemas", "proof", "schema", "t", "v", "asserts", "is_", "abstract", "satisfies", "out"),
    named(
        "Same", "Fits", "Claims", "Equal", "Identical", "Mutual", "integer", "checked", "jsonValue"
    ),
    named("ǰabc", "ßx", "ʼna", "नमस्ते", "ᢀx", "𐐀b", "Ωmega", "_ǰ"),
    both(
        "aliases-of-classes-that-typescript-reads-otherwise",
        """
        class infer(BaseModel):
            x: int
        class unique(BaseModel):
            x: list['unique'] = []
        class keyof(RootModel[infer | None]): ...
        class readonly(RootModel[list[unique]]): ...
        class Root(BaseModel):
            a: infer | None
            b: list[unique]
            c: keyof
            d: dict[str, readonly]
            e: tuple[infer, keyof]
        """,
        ["Root(a={'x': 1}, b=[{'x': []}], c=None, d={'k': [{'x': []}]}, e=({'x': 1}, None))"],
        [{"a": {"x": "x"}, "b": [], "c": None, "d": {}, "e": [{"x": 1}, None]}],
    ),
    both(
        "class-of-a-lower-case-name",
        """
        class z(BaseModel):
            x: int
        class string(BaseModel):
            x: int
        class Root(BaseModel):
            a: z
            b: string
        """,
        ["Root(a=z(x=1), b=string(x=2))"],
        [{"a": {}, "b": {"x": 1}}, {"a": {"x": 1}, "b": {}}],
    ),
    both(
        "class-with-underscores-and-digits",
        """
        class _Private(BaseModel):
            x: int
        class HTTPResponse2xx(BaseModel):
            x: int
        class Ärger(BaseModel):
            x: int
        class Root(BaseModel):
            a: _Private
            b: HTTPResponse2xx
            c: Ärger
        """,
        ["Root(a=_Private(x=1), b=HTTPResponse2xx(x=2), c=Ärger(x=3))"],
        [{"a": {}, "b": {"x": 1}, "c": {"x": 1}}],
    ),
    both(
        "class-whose-schema-name-is-taken",
        """
        class User(BaseModel):
            x: int
        class UserSchema(BaseModel):
            y: int
        class UserInput(BaseModel):
            z: int = 1
        class Root(BaseModel):
            a: User
            b: UserSchema
            c: UserInput
        """,
        ["Root(a=User(x=1), b=UserSchema(y=2), c=UserInput(z=3))"],
        [{"a": {"y": 2}, "b": {"y": 2}, "c": {"z": 3}}],
        also_accepts=[{"a": {"x": 1}, "b": {"y": 2}, "c": {}}],
        options={"names": {"UserSchema": "UserForm"}},
    ),
    both(
        "class-whose-schema-name-is-taken-undecided",
        """
        class User(BaseModel):
            x: int
        class UserSchema(BaseModel):
            y: int
        class RootSchema(BaseModel):
            a: User
            b: list[UserSchema]
        class Root(BaseModel):
            user: User
            schema_: RootSchema
            root: 'Root | None'
        """,
        [
            "Root(user=User(x=1), schema_=RootSchema(a=User(x=2), b=[UserSchema(y=3)]), root=None)",
            "Root(user=User(x=1), schema_=(r := RootSchema(a=User(x=2), b=[])), root=Root(user=r.a, schema_=r, root=None))",
        ],
        [
            {"user": {"y": 1}, "schema_": {"a": {"x": 1}, "b": []}, "root": None},
            {"user": {"x": 1}, "schema_": {"a": {"y": 1}, "b": []}, "root": None},
            {"user": {"x": 1}, "schema_": {"a": {"x": 1}, "b": [{"x": 1}]}, "root": None},
            {"user": {"x": 1}, "schema_": {"a": {"x": 1}, "b": []}, "root": {"a": 1, "b": []}},
        ],
    ),
    both(
        "two-classes-of-one-name",
        """
        class A:
            class Item(BaseModel):
                x: int
        class B:
            class Item(BaseModel):
                y: str
        class Root(BaseModel):
            a: A.Item
            b: B.Item
        """,
        ["Root(a=A.Item(x=1), b=B.Item(y='z'))"],
        [{"a": {"y": "z"}, "b": {"x": 1}}],
        options={"names": {"A.Item": "FirstItem", "B.Item": "SecondItem"}},
    ),
    refused(
        "two-classes-of-one-name-undecided",
        """
        def make(kind):
            class Item(BaseModel):
                x: kind
            Item.__qualname__ = 'Item'
            return Item
        class Root(BaseModel):
            a: make(int)
            b: make(str)
        """,
        "name-clash",
        "Item",
    ),
    both(
        "two-classes-that-differ-by-case",
        """
        class Item(BaseModel):
            x: int
        class ITEM(BaseModel):
            y: str
        class Root(BaseModel):
            a: Item
            b: ITEM
        """,
        ["Root(a=Item(x=1), b=ITEM(y='z'))"],
        [{"a": {"y": "z"}, "b": {"x": 1}}],
        options={"names": {"ITEM": "LoudItem"}},
    ),
    both(
        "title-is-no-name",
        """
        class Inner(BaseModel):
            model_config = ConfigDict(title='}; globalThis.hit = 1; type X = {')
            x: int = Field(title='*/ hit')
        class Root(BaseModel):
            a: Inner
        """,
        ["Root(a=Inner(x=1))"],
        [{"a": {}}],
    ),
    both(
        "class-named-as-what-the-output-declares",
        """
        def model(name):
            return create_model(name, x=(int, ...), y=(set[str], ...), z=(dict[Literal['a'], JsonValue], ...))
        schema, t, integer, record, isUnique, jsonValue = map(
            model, ('schema', 't', 'integer', 'record', 'isUnique', 'jsonValue')
        )
        class Root(BaseModel):
            a: schema
            b: t
            c: integer
            d: record
            e: isUnique
            f: jsonValue
        """,
        ["Root(**{key: {'x': 2**60, 'y': {'z'}, 'z': {'a': [1]}} for key in 'abcdef'})"],
        [{key: {"x": 1, "y": [], "z": {"b": 1}} for key in "abcdef"}],
    ),
)

TEXTS: tuple[Case, ...] = (
    both(
        "hostile-docs",
        f"""
        class Root(BaseModel):
            __doc__ = {TEXT!r}
            a: int = Field(description={TEXT!r}, title={TEXT!r}, examples=[{TEXT!r}])
        """,
        ["Root(a=1)"],
        [{"a": "x"}],
    ),
    both(
        "hostile-defaults",
        f"""
        class Root(BaseModel):
            a: str = {TEXT!r}
            b: dict[str, str] = {{{TEXT!r}: {TEXT!r}}}
        """,
        ["Root()"],
        [{"a": 1, "b": {}}],
        never_emits=[{}],
        also_accepts=[{}],
    ),
    both(
        "hostile-deprecation",
        f"""
        class Root(BaseModel):
            a: int = Field(deprecated={TEXT!r})
            b: int = Field(1, deprecated=True)
        """,
        ["Root(a=1)"],
        [{"a": "x", "b": 1}],
        also_accepts=[{"a": 1}],
    ),
    both(
        "hostile-schema-extra",
        f"""
        class Root(BaseModel):
            model_config = ConfigDict(json_schema_extra={{"x-note": {TEXT!r}, "description": {TEXT!r}}})
            a: int = Field(json_schema_extra={{"description": {TEXT!r}, "x-samewire-type": "json", "enum": ["x"]}})
        """,
        ["Root(a=1)"],
        [{"a": "x"}, {"a": 1.5}],
    ),
    both(
        "hostile-enum-docs",
        f"""
        class Color(Enum):
            {TEXT!r}
            RED = {TEXT!r}
            BLUE = 'x'
        class Root(BaseModel):
            a: Color
        """,
        ["Root(a=Color.RED)", "Root(a='x')"],
        [{"a": "RED"}, {"a": "'"}],
    ),
    both(
        "docs-of-every-kind",
        """
        class Inner(TypedDict):
            '''A typed dictionary.'''
            x: Annotated[int, Field(description='X.')]
        @pydantic_dataclasses.dataclass
        class Other:
            '''A dataclass.

            With two paragraphs.
            '''
            y: int
        class Root(BaseModel):
            '''Say "hello".

                indented code
            '''
            model_config = ConfigDict(use_attribute_docstrings=True)
            a: Inner
            b: Other
        """,
        ["Root(a={'x': 1}, b=Other(y=2))"],
        [{"a": {}, "b": {"y": 2}}, {"a": {"x": 1}, "b": {}}],
        pydantic=(2, 14),
    ),
    emits(
        "json-schema-hooks-do-not-change-the-wire",
        """
        class Inner(BaseModel):
            x: int
            @classmethod
            def __get_pydantic_json_schema__(cls, core_schema, handler):
                schema = handler(core_schema)
                return handler.resolve_ref_schema(schema) | {'description': 'Hooked.'}
        class Root(BaseModel):
            a: Inner
        """,
        ["Root(a=Inner(x=1))"],
        [{"a": {}}, {"a": {"x": "y"}}],
    ),
)

CASES = (*NAMES, *TEXTS)
