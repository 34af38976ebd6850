"""In a large contract, schemas that can be named are made once."""

from __future__ import annotations

import pytest
from samewire import ir, scalars
from samewire.targets.zod import validate

from .harness import Project, definition, rendered


def _object(*types: ir.Type, **rest: ir.Type) -> ir.Object:
    named = {**{f"p{index}": type_ for index, type_ in enumerate(types)}, **rest}
    return ir.Object(tuple(ir.Property(key, type_, key != "left") for key, type_ in named.items()))


_TEXT = ir.String(min_length=1, max_length=80)
_CONTRACT = (
    definition(
        "A",
        _object(
            _TEXT,
            ir.Array(_TEXT, max_items=3),
            ir.Array(ir.Array(ir.String())),
            ir.Record(ir.String(), ir.Integer(ge=-5)),
            ir.Nullable(ir.Number(ge=0.5)),
            ir.String(format=scalars.Date()),
            ir.Null(),
            ir.Literal(("a",)),
            ir.Array(ir.Ref("B")),
            ir.String(patterns=(ir.Regex.parse("^a$"),)),
            left=ir.Boolean(),
        ),
    ),
    definition("B", _object(ir.Array(_TEXT), ir.Tuple((ir.String(), ir.Boolean()), None, 2))),
    definition("Flags", ir.Array(ir.Boolean())),
    definition("C", _object(ir.Nullable(ir.Ref("C")), ir.Union((ir.Boolean(), ir.String())))),
)
_CLASSIC = (
    "boolean = /* @__PURE__ */ z.boolean();",
    "stringMin1Max80 = /* @__PURE__ */ z.string().min(1).max(80);",
    "stringMin1Max80Array = /* @__PURE__ */ z.array(stringMin1Max80);",
    "stringMin1Max80ArrayMax3 = /* @__PURE__ */ z .array(stringMin1Max80) .max(3);",
    "integerMinMinus5 = /* @__PURE__ */ integer.min(-5);",
    "numberMin0_5Nullable = /* @__PURE__ */ z.number().min(0.5).nullable();",
    "booleanExactOptional = /* @__PURE__ */ z.boolean().exactOptional();",
)


@pytest.mark.parametrize(
    ("package", "version"),
    [("zod", (4, 6)), ("zod/mini", (4, 6)), ("zod40", (4, 0)), ("zod43/mini", (4, 3))],
)
def test_a_large_contract(
    project: Project, monkeypatch: pytest.MonkeyPatch, package: str, version: tuple[int, int]
) -> None:
    monkeypatch.setattr(validate, "MANY", 1)
    files = project.render(_CONTRACT, zod_import=package, zod_version=version)
    if package == "zod":
        flat = " ".join(files["schemas.ts"].split())
        for declaration in _CLASSIC:
            assert f"const {declaration}" in flat
        assert "const null" not in flat
    assert project.type_check() == ""
    assert project.unformatted() == ""
    good = '{"p0":"a","p1":["b"],"p2":[["c"]],"p3":{"k":-5},"p4":0.5,"p5":"2024-01-01","p6":null,"p7":"a","p8":[],"p9":"a"}'
    values = [
        ("A", good),
        ("Flags", "[true]"),
        ("C", '{"p0":{"p0":null,"p1":true},"p1":"a"}'),
        ("A", good.replace('"p0":"a"', '"p0":""')),
        ("A", good.replace('["b"]', '["b","b","b","b"]')),
        ("A", good.replace("-5", "-6")),
        ("A", good.replace("0.5", "0.4")),
        ("A", good.replace('"p6":null,', '"p6":1,')),
        ("B", '{"p0":[""],"p1":["a",true]}'),
        ("Flags", '["a"]'),
    ]
    assert [each.ok for each in project.parse(values)] == [True] * 3 + [False] * 7


def test_little_is_inferred_in_a_large_contract(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(validate, "MANY", 1)
    large = " ".join(project.render(_CONTRACT)["schemas.ts"].split())
    assert "z.object<z.core.$ZodLooseShape>({ p0: stringMin1Max80," in large
    assert 'p7: z.literal<z.core.util.Literal>("a"),' in large
    assert "p8: z.array<z.core.SomeType>(B)," in large
    # The type of a getter is written out.
    assert "get p0(): z.ZodNullable<Schema<t.C>> { return CSchema.nullable(); }" in large
    assert "/* @__PURE__ */ schema(Flags) as Schema<t.Flags>;" in large


def test_what_large_schemas_infer_is_proved(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(validate, "MANY", 1)
    proof = project.render(_CONTRACT)["schemas.proof.ts"]
    assert "z.core" not in proof
    assert "z.array(BSchema)," in proof
    assert project.type_check() == ""
    wrong = proof.replace('p7: z.literal("a")', 'p7: z.literal("b")')
    assert wrong != proof
    (project.folder / "schemas.proof.ts").write_text(wrong, encoding="utf-8")
    assert "schemas.proof.ts" in project.type_check()


@pytest.mark.parametrize("open_types", [False, True])
def test_open_schemas_are_inferred(monkeypatch: pytest.MonkeyPatch, *, open_types: bool) -> None:
    monkeypatch.setattr(validate, "MANY", 1)
    schemas = rendered(_CONTRACT, open_types=open_types)["schemas.ts"]
    assert ("z.core" in schemas) is not open_types


def test_how_many_are_many() -> None:
    types = [definition(f"T{number}", ir.Array(ir.String())) for number in range(validate.MANY + 1)]
    assert "const stringArray = " in rendered(types)["schemas.ts"]
    assert "const string" not in rendered(types[1:])["schemas.ts"]
