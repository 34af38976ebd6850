"""A file of many schemas: functions make them, so that the time of the compiler grows with their number and not its square."""

from __future__ import annotations

import pytest
from samewire import ir
from samewire.targets.typescript import schemas

from .harness import Project, definition, rendered

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
    # What a function would be called.
    definition("makeCat", ir.Object((_ID,))),
    definition("Limited", ir.String(min_length=1)),
)


@pytest.mark.parametrize("package", ["zod", "zod/mini", "valibot"])
def test_functions_make_the_schemas(
    project: Project, monkeypatch: pytest.MonkeyPatch, package: str
) -> None:
    monkeypatch.setattr(schemas, "MANY", 2)
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
            ("Pet", '{"kind":"cow"}'),
            ("Dog", '{"kind":"dog","friend":{"kind":"dog"}}'),
            ("Tree", '{"trees":[{}]}'),
            ("Limited", '""'),
        ]
    )
    assert [each.ok for each in answers] == [True] * 5 + [False] * 4


def test_a_proof_of_many_fails_for_a_wrong_type(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(schemas, "MANY", 2)
    files = project.render(_CONTRACT)
    project.write({"types.ts": files["types.ts"].replace("id: number;", "id: string;", 1)})
    assert "schemas.proof.ts" in project.type_check()


def test_how_many_are_many() -> None:
    types = [definition(f"T{number}", ir.Integer()) for number in range(schemas.MANY + 1)]
    assert "function make" in rendered(types)["schemas.ts"]
    assert "function make" not in rendered(types[1:])["schemas.ts"]
