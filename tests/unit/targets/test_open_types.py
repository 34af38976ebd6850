"""Object schemas under the types that zod infers: what is made of one is as exact as the one itself."""

from __future__ import annotations

import pytest
from samewire import ir

from .harness import Project, definition

_TEXT, _INTEGER = ir.String(min_length=1), ir.Integer()


def _property(key: str, type_: ir.Type, *, required: bool = True) -> ir.Property:
    return ir.Property(key, type_, required)


def _person(extra: ir.Extra, name: str = "Person") -> ir.Definition:
    properties = (
        _property("name", _TEXT),
        _property("constructor", _INTEGER),
        _property("anything", ir.Unknown()),
        _property("note", _TEXT, required=False),
        _property("friends", ir.Array(ir.Ref("Node"))),
    )
    return definition(name, ir.Object(properties, extra))


_CONTRACT = (
    _person(ir.STRIP),
    _person(ir.REJECT, "Strict"),
    _person(ir.Keep(ir.Unknown()), "Loose"),
    definition("Node", ir.Object((_property("parent", ir.Nullable(ir.Ref("Node"))),))),
    definition("Colour", ir.EnumType((ir.EnumMember("RED", "red"),))),
    definition(
        "Row",
        ir.Object((_property("name", _TEXT), _property("people", ir.Array(ir.Ref("Person"))))),
    ),
    # What zod infers is not its type, and what is no object has no shape.
    definition("Typed", ir.Object((_property("a", _TEXT),), ir.Keep(_INTEGER))),
    definition("Either", ir.Union((ir.Ref("Person"), ir.Null()))),
)

_CLASSIC = """
const made = (schema) => ({
  pick: schema.pick({ name: true, constructor: true, anything: true }),
  omit: schema.omit({ friends: true }),
  extend: schema.extend({ name: z.number(), toString: z.string() }),
  partial: schema.partial(),
});
"""
_MINI = """
const made = (schema) => ({
  pick: z.pick(schema, { name: true, constructor: true, anything: true }),
  omit: z.omit(schema, { friends: true }),
  extend: z.extend(schema, { name: z.number(), toString: z.string() }),
  partial: z.partial(schema),
});
"""
_RUN = """
import { readFileSync } from "node:fs";
import * as z from "PACKAGE";
const schemas = await import("./schemas.ts");
MADE
const answers = JSON.parse(readFileSync(0, "utf8")).map(([name, method, text]) => {
  const schema = made(schemas[name + "Schema"])[method];
  const result = schema["~standard"].validate(JSON.parse(text));
  return result.issues ? "refused" : JSON.stringify(result.value);
});
console.log(JSON.stringify(answers));
"""
_ZODS = pytest.mark.parametrize(
    ("package", "version"),
    [
        ("zod", (4, 6)),
        ("zod/mini", (4, 6)),
        ("zod43", (4, 3)),
        ("zod43/mini", (4, 3)),
        ("zod40", (4, 0)),
        ("zod40/mini", (4, 0)),
    ],
)

_PICKED = '"name":"a","constructor":1,"anything":null'
_EXTENDED = '"name":1,"constructor":1,"anything":null,"friends":[],"toString":"x"'


def _asked(method: str, *inner: str) -> list[tuple[str, str, str]]:
    names = ("Person", "Strict", "Loose")
    return [(name, method, f"{{{text}}}") for text in inner for name in names]


@_ZODS
def test_what_is_made_of_an_object_is_exact(
    project: Project, package: str, version: tuple[int, int]
) -> None:
    project.render(
        _CONTRACT, zod_import=package, zod_version=version, open_types=True, type_test=False
    )
    script = _RUN.replace("PACKAGE", package)
    script = script.replace("MADE", _MINI if package.endswith("/mini") else _CLASSIC)

    def answers(method: str, *inner: str) -> list[str]:
        return [str(each) for each in project.ask(script, _asked(method, *inner))]

    kept = f"{{{_PICKED}}}"
    unknown = f'{_PICKED},"__proto__":1'
    assert answers("pick", _PICKED) == [kept] * 3
    # A key that is unknown, the one that the prototype has, and one whose type says nothing.
    assert answers("pick", unknown) == [kept, "refused", f"{{{unknown}}}"]
    without_own = ('"name":"a","anything":1', '"name":"a","constructor":1')
    assert answers("pick", *without_own) == ["refused"] * 6
    assert answers("omit", _PICKED) == [kept] * 3
    assert answers("omit", f'{_PICKED},"note":""', *without_own) == ["refused"] * 9
    assert answers("extend", _EXTENDED) == [f"{{{_EXTENDED}}}"] * 3
    assert answers("extend", _EXTENDED.replace(',"toString":"x"', "")) == ["refused"] * 3
    assert answers("extend", _EXTENDED.replace('"name":1', '"name":"a"')) == ["refused"] * 3
    assert answers("partial", "", '"name":"a"') == ["{}"] * 3 + ['{"name":"a"}'] * 3
    assert answers("partial", '"name":""', '"constructor":null') == ["refused"] * 6
    assert answers("partial", '"x":1') == ["{}", "refused", '{"x":1}']


_USE = """
import * as z from "zod";
import { EitherSchema, PersonSchema, RowSchema, TypedSchema, type Person, type Row } from "./index.ts";

const Form = RowSchema.pick({ name: true, people: true }).extend({ agrees: z.boolean() });
type Form = z.infer<typeof Form>;
export const form: Form = { name: "a", people: [], agrees: true };
export const name: z.ZodString = RowSchema.shape.name;
export const row: Row = RowSchema.parse(form);
export const schema: z.ZodType<Person, Person> = PersonSchema;
// @ts-expect-error people are what they were
export const wrong: Form = { name: "a", people: [{}], agrees: true };
// @ts-expect-error there is no such key
RowSchema.pick({ nothing: true });
// @ts-expect-error a union has no shape
EitherSchema.shape;
// @ts-expect-error nor has what zod infers otherwise
TypedSchema.shape;
"""


@pytest.mark.parametrize("package", ["zod", "zod/mini"])
def test_types(project: Project, package: str) -> None:
    files = project.render(_CONTRACT, zod_import=package, open_types=True)
    assert "export const PersonSchema: typeof Person = Person;\n" in files["schemas.ts"]
    assert project.unformatted() == ""
    used = ["index.ts", "schemas.proof.ts"]
    if package == "zod":
        project.write({"use.ts": _USE})
        used.append("use.ts")
    # A declaration file says what is inferred, which takes a compiler.
    assert project.type_check(files=used, isolatedDeclarations=False) == ""


@pytest.mark.parametrize(
    "definitions",
    [
        [definition("A", ir.Object((_property("b", ir.Boolean()),)))],
        [definition("A", ir.Object((_property("a", ir.Nullable(ir.Ref("A"))),)))],
        [definition("A", ir.Object((_property("j", ir.JsonValue()),)))],
    ],
)
def test_nothing_is_left_unused(project: Project, definitions: list[ir.Definition]) -> None:
    project.render(definitions, open_types=True)
    assert project.type_check(isolatedDeclarations=False) == ""


def test_a_long_chain_of_objects(project: Project) -> None:
    """TypeScript gives up on types that are instantiated inside one another too deeply."""
    chain = [
        definition(
            f"N{index}",
            ir.Object(
                (
                    _property("next", ir.Array(ir.Ref(f"N{max(index - 1, 0)}"))),
                    _property("self", ir.Nullable(ir.Ref(f"N{index}"))),
                )
            ),
        )
        for index in range(120)
    ]
    project.render(chain, open_types=True)
    assert project.type_check("typescript", isolatedDeclarations=False) == ""


def test_the_proof_still_compares(project: Project) -> None:
    files = project.render(_CONTRACT, open_types=True)
    project.write({"types.ts": files["types.ts"].replace("name: string", "name: number", 1)})
    assert "schemas.proof.ts" in project.type_check(isolatedDeclarations=False)
