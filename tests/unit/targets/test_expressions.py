"""Given a type, the TypeScript and the zod that is written for it, in both interfaces."""

from __future__ import annotations

import re

import pytest
from samewire import ir, scalars
from samewire.scalars.spelling import Spelling
from samewire.targets.typescript.unions import may_lose_keys
from samewire.targets.zod.options import ZodOptions
from samewire.targets.zod.render import render_contract

from tests.unit.targets.harness import contract

S, INT, B = ir.String(), ir.Integer(), ir.Boolean()
OTHERS: dict[str, ir.Type] = {
    "Other": ir.Object((ir.Property("k", ir.Literal(("o",)), True),), ir.REJECT)
}
P = ir.Property
STANDARD = Spelling.STANDARD


def written(type_: ir.Type, file: str, zod: str = "zod", version: tuple[int, int] = (4, 5)) -> str:
    """What stands behind ``Given =``, in the interface ``Given``, or behind ``return`` in ``makeGiven``."""
    options = ZodOptions(zod_import=zod, zod_version=version)
    text = render_contract(contract({"Given": type_, **OTHERS}), options)[file]
    start = "export type Given =" if file == "types.ts" else "function makeGiven() {\n  return"
    if start not in text:
        start = "export interface Given "
        return text[text.index(start) + len(start) : text.index("\n}", text.index(start)) + 2]
    rest = text[text.index(start) + len(start) :]
    code = rest[: rest.index(";\n")].strip()
    return code if file == "types.ts" else code.replace("\n  ", "\n")


TYPES: list[tuple[ir.Type, str]] = [
    (ir.Unknown(), "unknown"),
    (ir.Nullable(ir.Unknown()), "unknown"),
    (ir.JsonValue(), "JsonValue"),
    (ir.Never(), "never"),
    (INT, "number"),
    (ir.String(format=scalars.Date()), "string"),
    (ir.Literal(("a", 1, None, True)), '"a" | 1 | null | true'),
    (ir.Array(ir.Nullable(S)), "(string | null)[]"),
    (ir.Array(ir.Array(S)), "string[][]"),
    (ir.Tuple((S, INT), ir.Boolean(), 1), "[string, number?, ...boolean[]]"),
    (ir.Tuple((ir.Nullable(S),)), "[(string | null)?]"),
    (ir.Tuple((), S), "string[]"),
    (ir.Tuple(()), "[]"),
    (ir.Record(S, INT), "Record<string, number>"),
    (ir.Record(ir.Literal(("a", "b")), INT), 'Partial<Record<"a" | "b", number>>'),
    (
        ir.Union((INT, ir.Number(), S, ir.Literal(("a",)), ir.Ref("Other"))),
        "number | string | Other",
    ),
    (ir.Union((ir.Unknown(), S)), "unknown"),
    (ir.Nullable(ir.Union((S, ir.Null()))), "string | null"),
    (ir.Ref("Other"), "Other"),
    (ir.Object((P("a", S, True), P("b", INT, False))), "{\n  a: string;\n  b?: number;\n}"),
    (ir.Object(()), "Record<string, never>"),
    (ir.Object((), ir.Keep(INT)), "Record<string, number>"),
    (
        ir.Object((P("a", S, True),), ir.Keep(ir.Unknown())),
        "{\n  a: string;\n  [key: string]: unknown;\n}",
    ),
    (
        ir.Object((P("a", S, True), P("b", B, False)), ir.Keep(INT)),
        "{\n  a: string;\n  b?: boolean;\n  [key: string]: number | string | boolean | undefined;\n}",
    ),
    (
        ir.Object((P("__proto__", S, True), P("a-b", S, False))),
        '{\n  __proto__: string;\n  "a-b"?: string;\n}',
    ),
]


def refined(predicate: str, message: str) -> str:
    return f'z.refine({predicate}, said("{message}"))'


def below_five(size: str, said: str) -> str:
    low = refined(
        f"(text) => hasMin{size}(text, 1)", f"Too small: expected string to have >=1 {said}"
    )
    high = refined(
        f"(text) => hasMax{size}(text, 5)", f"Too big: expected string to have <=5 {said}"
    )
    return f"z.string().check({low}, {high})"


BYTES = below_five("Bytes", "bytes")
MULTIPLE = f"integer.check({refined('(value) => isMultipleOf(value, 5)', 'Invalid number: must be a multiple of 5')})"
NEAR_MULTIPLE = f"z.number().check({refined('(value) => isNearMultipleOf(value, 0.5)', 'Invalid number: must be a multiple of 0.5')})"
BOUND = refined(
    '(text) => compareText(text, "2024-01-01") >= 0', "Too small: expected >=2024-01-01"
)
BOUND = f"date.check({BOUND})"
DIGITS = refined(
    "(text) => hasDigits(text, 5, 2)",
    "Too many digits: expected at most 5, at most 2 after the point",
)
DIGITS = f"decimal.check({DIGITS})"
PLACES = refined(
    "(text) => hasDigits(text, Infinity, 2)",
    "Too many digits: expected at most 2 after the point",
)
PLACES = f"decimal.check({PLACES})"
UNIQUE = refined("isUnique", "Invalid input: expected unique items")
PROPERTIES = refined(
    "(value) => hasMinProperties(value, 1)",
    "Too small: expected object to have >=1 properties",
)


def flat(code: str) -> str:
    """Code on one line: how it is laid out is prettier's business, which others hold it to."""
    code = re.sub(r"\s+", " ", code)
    code = re.sub(r",? ?(?=[)\]])|(?<=[(\[]) ", "", code)
    return re.sub(r" (?=\.)", "", code)


ZOD: list[tuple[ir.Type, str, str]] = [
    (ir.Unknown(), "z.unknown()", "z.unknown()"),
    (ir.JsonValue(), "jsonValue", "jsonValue"),
    (ir.Literal(("a",)), 'z.literal("a")', 'z.literal("a")'),
    (ir.Literal(("a", None, 2.5)), 'z.literal(["a", null, 2.5])', 'z.literal(["a", null, 2.5])'),
    (ir.Nullable(S), "z.string().nullable()", "z.nullable(z.string())"),
    (INT, "integer", "integer"),
    (ir.Integer(ge=0), "integer.min(0)", "integer.check(z.gte(0))"),
    (ir.Integer(gt=0, le=9), "z.int().min(1).max(9)", "z.int().check(z.gte(1), z.lte(9))"),
    (
        ir.String(min_bytes=1, max_bytes=5),
        BYTES,
        BYTES,
    ),
    (
        ir.Integer(ge=0, le=2**53),
        "integer.min(0).max(9007199254740992)",
        "integer.check(z.gte(0), z.lte(9007199254740992))",
    ),
    (ir.Integer(multiple_of=5), MULTIPLE, MULTIPLE),
    (ir.Integer(multiple_of=1), "integer", "integer"),
    (ir.Number(gt=0, lt=0.5), "z.number().gt(0).lt(0.5)", "z.number().check(z.gt(0), z.lt(0.5))"),
    (
        ir.String(min_length=1, max_length=5),
        "z.string().min(1).max(5)",
        "z.string().check(z.minLength(1), z.maxLength(5))",
    ),
    (
        ir.String(min_length=3, max_length=3),
        "z.string().length(3)",
        "z.string().check(z.length(3))",
    ),
    (ir.String(min_length=0), "z.string()", "z.string()"),
    (
        ir.String(patterns=(ir.Regex.parse("^a$"),)),
        "z.string().regex(/^a$/u)",
        "z.string().check(z.regex(/^a$/u))",
    ),
    (ir.String(format=scalars.DateTime(scalars.Zone.AWARE)), "awareDateTime", "awareDateTime"),
    (
        ir.String(format=scalars.Date(scalars.Bounds(ge="2024-01-01"))),
        BOUND,
        BOUND,
    ),
    (ir.String(format=scalars.Uuid()), "uuid", "uuid"),
    (ir.String(format=scalars.Uuid(spelling=STANDARD)), "z.guid()", "z.guid()"),
    (ir.String(format=scalars.Uuid(4, STANDARD)), "z.uuidv4()", "z.uuidv4()"),
    (
        ir.String(format=scalars.Uuid(1, STANDARD)),
        "z.uuid().regex(/^.{14}1/u)",
        "z.uuid().check(z.regex(/^.{14}1/u))",
    ),
    (
        ir.String(format=scalars.Url(("http", "https"))),
        "url.regex(/^(?:http|https):/iu)",
        "url.check(z.regex(/^(?:http|https):/iu))",
    ),
    (
        ir.String(format=scalars.Decimal(5, 2)),
        DIGITS,
        DIGITS,
    ),
    (
        ir.String(format=scalars.Decimal(decimal_places=2)),
        PLACES,
        PLACES,
    ),
    (
        ir.String(format=scalars.Ip(mask="network")),
        "ipNetwork",
        "ipNetwork",
    ),
    (
        ir.Array(INT, 1, unique=True),
        f"z.array(integer).min(1).check({UNIQUE})",
        f"z.array(integer).check(z.minLength(1), {UNIQUE})",
    ),
    (
        ir.Array(INT, max_items=0),
        "z.array(integer).max(0)",
        "z.array(integer).check(z.maxLength(0))",
    ),
    (
        ir.Tuple((S, INT), ir.Boolean(), 1, 3),
        "z\n  .tuple([z.string(), integer.exactOptional()], z.boolean())\n  .check(z.maxLength(3))",
        "z\n  .tuple([z.string(), z.exactOptional(integer)], z.boolean())\n  .check(z.maxLength(3))",
    ),
    (
        ir.Record(S, INT),
        "ownRecord(z.record(z.string(), integer))",
        "ownRecord(z.record(z.string(), integer))",
    ),
    (
        ir.Record(ir.Literal(("a", "b")), INT),
        'ownRecord(z.partialRecord(z.enum(["a", "b"]), integer))',
        'ownRecord(z.partialRecord(z.enum(["a", "b"]), integer))',
    ),
    (
        ir.Record(S, INT, 1),
        f"ownRecord(z.record(z.string(), integer)).check({PROPERTIES})",
        f"ownRecord(z.record(z.string(), integer)).check({PROPERTIES})",
    ),
    (
        ir.Object((P("a", S, False),)),
        "z.object({\n  a: z.string().exactOptional(),\n})",
        "z.object({\n  a: z.exactOptional(z.string()),\n})",
    ),
    (ir.Object((), ir.REJECT), "z.strictObject({})", "z.strictObject({})"),
    (
        ir.Object((), ir.Keep(ir.Unknown())),
        "ownObject(z.looseObject({}))",
        "ownObject(z.looseObject({}))",
    ),
    (
        ir.Object((), ir.Keep(S)),
        "ownObject(z.object({}).catchall(z.string()))",
        "ownObject(z.catchall(z.object({}), z.string()))",
    ),
    (
        ir.Object((P("toString", S, False), P("__proto__", S, True))),
        'ownObject(\n  z.object({\n    toString: z.string().exactOptional(),\n    ["__proto__"]: z.string(),\n  }),\n)',
        'ownObject(\n  z.object({\n    toString: z.exactOptional(z.string()),\n    ["__proto__"]: z.string(),\n  }),\n)',
    ),
    (
        ir.Object(
            (
                P("next", ir.Nullable(ir.Ref("Given")), False),
                P("all", ir.Array(ir.Ref("Given")), True),
            )
        ),
        (
            "z.object({\n"
            "  get next(): z.ZodExactOptional<z.ZodNullable<Schema<t.Given>>> {\n"
            "    return GivenSchema.nullable().exactOptional()"
        ),
        (
            "z.object({\n"
            "  get next(): z.ZodMiniExactOptional<z.ZodMiniNullable<Schema<t.Given>>> {\n"
            "    return z.exactOptional(z.nullable(GivenSchema))"
        ),
    ),
    (
        ir.Array(ir.Ref("Given")),
        "z.array(z.lazy((): Schema<t.Given> => GivenSchema))",
        "z.array(z.lazy((): Schema<t.Given> => GivenSchema))",
    ),
    (
        ir.Union((ir.Ref("Other"), ir.Object((P("k", ir.Literal(("g",)), True),))), "k"),
        'z.discriminatedUnion("k", [\n  Other,\n  z.object({\n    k: z.literal("g"),\n  }),\n])',
        'z.discriminatedUnion("k", [\n  Other,\n  z.object({\n    k: z.literal("g"),\n  }),\n])',
    ),
]


@pytest.mark.parametrize(("type_", "expected"), TYPES, ids=[expected for _, expected in TYPES])
def test_types(type_: ir.Type, expected: str) -> None:
    assert written(type_, "types.ts") == expected


@pytest.mark.parametrize(("type_", "classic", "mini"), ZOD, ids=[classic for _, classic, _ in ZOD])
def test_zod(type_: ir.Type, classic: str, mini: str) -> None:
    assert flat(written(type_, "schemas.ts")) == flat(classic)
    assert flat(written(type_, "schemas.ts", "zod/mini")) == flat(mini)


OLDER: list[tuple[ir.Type, tuple[int, int], str]] = [
    (
        ir.String(min_length=1, max_length=5),
        (4, 4),
        below_five("Characters", "characters"),
    ),
    (
        ir.Object((P("a", S, False),), ir.REJECT),
        (4, 4),
        "ownObject(\n  z.strictObject({\n    a: z.string().exactOptional(),\n  }),\n)",
    ),
    (ir.Object((P("a", S, False),)), (4, 2), "z.object({\n  a: z.string().optional(),\n})"),
    (
        ir.Object((P("a", ir.Unknown(), True),)),
        (4, 3),
        'requireKeys( z.object({ a: z.unknown(), }), "a", )',
    ),
    (ir.Tuple((S,), None, 1), (4, 3), "ownTuple(z.tuple([z.string()]), 1)"),
]


@pytest.mark.parametrize(
    ("type_", "version", "expected"), OLDER, ids=[expected for *_, expected in OLDER]
)
def test_older_zod_gets_what_it_lacks(
    type_: ir.Type, version: tuple[int, int], expected: str
) -> None:
    assert flat(written(type_, "schemas.ts", version=version)) == flat(expected)
    assert written(type_, "schemas.ts") != expected


def obj(*properties: ir.Property, extra: ir.Extra = ir.STRIP) -> ir.Object:
    return ir.Object(properties, extra)


LOSSY = {
    "other keys": (obj(P("a", S, False)), obj(P("b", S, False))),
    "more keys later": (obj(P("a", S, True)), obj(P("a", S, True), P("b", S, False))),
    "nested": (obj(P("x", obj(P("a", S, False)), True)), obj(P("x", obj(P("b", S, False)), True))),
    "in arrays": (ir.Array(obj(P("a", S, False))), ir.Array(obj(P("b", S, False)))),
    "a dictionary later": (obj(P("a", S, False)), ir.Record(S, S)),
    "keeping more later": (
        obj(P("a", S, False)),
        obj(P("a", S, False), extra=ir.Keep(ir.Unknown())),
    ),
    "anything later": (obj(P("a", S, False)), ir.Unknown()),
    "one literal in common": (
        obj(P("t", ir.Literal(("a", "b")), True), P("x", S, False)),
        obj(P("t", ir.Literal(("b", "c")), True), P("y", S, False)),
    ),
    "an optional literal": (
        obj(P("t", ir.Literal(("a",)), False), P("x", S, False)),
        obj(P("t", ir.Literal(("b",)), True), P("y", S, False)),
    ),
}
SAFE = {
    "scalars": (S, INT, B),
    "other kinds": (S, obj(P("a", S, True)), ir.Array(S)),
    "fewer keys later": (obj(P("a", S, False), P("b", S, False)), obj(P("a", S, False))),
    "different literals": (
        obj(P("t", ir.Literal(("a",)), True), P("x", S, False)),
        obj(P("t", ir.Literal(("b",)), True), P("y", S, False)),
    ),
    "an integer and the same in text": (
        obj(P("t", ir.Literal((1,)), True), P("x", S, False)),
        obj(P("t", ir.Literal((True,)), True), P("y", S, False)),
    ),
    "strict first": (obj(P("a", S, False), extra=ir.REJECT), obj(P("b", S, False))),
    "keeping first": (obj(P("a", S, False), extra=ir.Keep(ir.Unknown())), obj(P("b", S, False))),
    "a dictionary first": (ir.Record(S, S), obj(P("a", S, False))),
    "a reference to a strict one": (ir.Ref("Other"), obj(P("b", S, False))),
}


@pytest.mark.parametrize("members", LOSSY.values(), ids=LOSSY)
def test_unions_that_could_lose_keys_compare(members: tuple[ir.Type, ...]) -> None:
    assert written(ir.Union(members), "schemas.ts").startswith("keepAll(")


@pytest.mark.parametrize("members", SAFE.values(), ids=SAFE)
def test_unions_that_can_not_lose_keys_are_plain(members: tuple[ir.Type, ...]) -> None:
    assert written(ir.Union(members), "schemas.ts").startswith("z.union(")


def test_a_union_of_models_that_share_many_models_is_looked_at_once() -> None:
    def layer(number: int, extra: ir.Extra) -> ir.Definition:
        inner = ir.Ref(f"L{number + 1}") if number < 60 else ir.String()
        sides = tuple(ir.Property(key, inner, required=True) for key in ("left", "right"))
        return ir.Definition(f"L{number}", ir.Object(sides, extra), "")

    strict = {f"L{number}": layer(number, ir.REJECT) for number in range(61)}
    either = ir.Union((ir.Ref("L0"), ir.Record(S, ir.Unknown())))
    assert not may_lose_keys(either, strict)
    assert may_lose_keys(either, {**strict, "L60": layer(60, ir.STRIP)})
