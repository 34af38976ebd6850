"""Functions make the schemas: a bundler drops those that are not used, and the time of the compiler grows with their number."""

from __future__ import annotations

import pytest
from samewire import ir

from .harness import Project, definition

_ID = ir.Property("id", ir.Integer(), required=True)


def _tagged(name: str, *properties: ir.Property) -> ir.Definition:
    kind = ir.Property("kind", ir.Literal((name.lower(),)), required=True)
    return definition(name, ir.Object((kind, *properties)))


_CONTRACT = (
    _tagged("Cat", _ID),
    _tagged("Dog", ir.Property("friend", ir.Nullable(ir.Ref("Pet")), required=True)),
    definition("Pet", ir.Union((ir.Ref("Cat"), ir.Ref("Dog")), tag="kind")),
    definition("Tree", ir.Object((ir.Property("trees", ir.Array(ir.Ref("Tree")), required=True),))),
    definition("Colour", ir.EnumType((ir.EnumMember("RED", "red"),))),
    definition("Many", ir.Array(ir.Ref("Pet"))),
    definition("Limited", ir.String(min_length=1)),
    # What functions would be called.
    definition("makeCat", ir.Object((_ID,))),
    definition("Integer", ir.Integer(ge=1)),
)


@pytest.mark.parametrize("package", ["zod", "zod/mini", "valibot"])
def test_functions_make_the_schemas(project: Project, package: str) -> None:
    option = "valibot_import" if package == "valibot" else "zod_import"
    files = project.render(_CONTRACT, **{option: package})
    assert "function makeCat_() {" in files["schemas.ts"]
    assert project.type_check() == ""
    assert project.unformatted() == ""
    cat, dog = '{"kind":"cat","id":1}', '{"kind":"dog","friend":null}'
    answers = project.parse(
        [
            ("Pet", cat),
            ("Pet", f'{{"kind":"dog","friend":{cat}}}'),
            ("Many", f"[{cat},{dog}]"),
            ("Tree", '{"trees":[{"trees":[]}]}'),
            ("Colour", '"red"'),
            ("Integer", "9007199254740993"),
            ("Pet", '{"kind":"cow"}'),
            ("Dog", '{"kind":"dog","friend":{"kind":"dog"}}'),
            ("Tree", '{"trees":[{}]}'),
            ("Limited", '""'),
            ("Integer", "0"),
        ]
    )
    assert [each.ok for each in answers] == [True] * 6 + [False] * 5


def test_the_proof_fails_for_a_wrong_type(project: Project) -> None:
    files = project.render(_CONTRACT)
    project.write({"types.ts": files["types.ts"].replace("id: number;", "id: string;", 1)})
    assert "schemas.proof.ts" in project.type_check()
