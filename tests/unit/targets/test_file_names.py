"""The files of a contract that is split: their names are safe in every file system, and no validator waits for itself."""

from __future__ import annotations

import random

import pytest
from samewire import ir
from samewire.graph import components
from samewire.pipeline.files import FILE_NAME
from samewire.targets.typescript.file_names import stems, without_circles

SOURCES = (
    "app.models:User",
    "app.models.User:User",
    "App.Models:User",
    "../../etc/passwd:User",
    "/etc/passwd:User",
    "C:\\Windows:User",
    "aux:User",
    "NUL:User",
    "app/../x:User",
    "app\0x:User",
    "app\nimport 1:User",
    'a"; evil(); ":User',
    ".models:User",
    "-rf:User",
    "__main__:User",
    "_:User",
    ":User",
    "",
    None,
    "openapi.json#/components/schemas/User",
    "straße.größe:User",
    "模型:User",
    f"{'x' * 300}:User",
    f"{'日' * 300}:User",
)


def definition(key: str, source: str | None = None, *uses: str) -> ir.Definition:
    properties = tuple(ir.Property(use, ir.Ref(use), required=True) for use in uses)
    return ir.Definition(key, ir.Object(properties), f"#/$defs/{key}", source)


def of(*definitions: ir.Definition) -> dict[str, ir.Definition]:
    return {each.name: each for each in definitions}


@pytest.mark.parametrize("source", SOURCES)
def test_a_module_is_a_safe_name(source: str | None) -> None:
    (stem,) = stems(of(definition("User", source)), {"User": "User"}, "modules", "chat").values()
    assert FILE_NAME.fullmatch(f"types/{stem}.ts")
    assert len(stem) <= 110
    assert stem.lower() not in ("aux", "nul")


@pytest.mark.parametrize("name", ["_", "__", "$", "Con", "lpt1", "constructor", "x" * 400, "ǅ"])
def test_a_type_is_a_safe_name(name: str) -> None:
    (stem,) = stems(of(definition("key")), {"key": name}, "models", "chat").values()
    assert FILE_NAME.fullmatch(f"schemas/{stem}.ts")
    assert len(stem) <= 110
    assert stem.lower() not in ("con", "lpt1")


def test_names_that_differ_in_case_alone_share_a_file() -> None:
    keys = ["Voice", "voice", "VOICE", "Voices"]
    found = stems(of(*map(definition, keys)), {key: key for key in keys}, "models", "chat")
    assert found == dict.fromkeys(keys[:3], "Voice") | {"Voices": "Voices"}


@pytest.mark.parametrize("seed", range(40))
def test_no_file_of_validators_needs_itself(seed: int) -> None:
    chance = random.Random(seed)
    keys = [f"T{number}" for number in range(20)]
    made = of(
        *(
            definition(key, None, *chance.sample(keys, chance.choice((0, 0, 1, 1, 2))))
            for key in keys
        )
    )
    own = {key: f"file{chance.randrange(8)}" for key in keys}
    homes = without_circles(own, made)
    assert set(homes.values()) <= set(own.values())
    needs: dict[str, set[str]] = {stem: set() for stem in own.values()}
    for key, each in made.items():
        assert isinstance(each.type, ir.Object)
        needs[homes[key]] |= {homes[one.key] for one in each.type.properties} - {homes[key]}
        needs[own[key]] |= {homes[key]} - {own[key]}
    edges = {stem: tuple(of) for stem, of in needs.items()}
    assert all(len(circle) == 1 for circle in components(edges, edges))
