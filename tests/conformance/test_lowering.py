"""
What Pydantic's models give is lowered by the plain descent alone, and means what the general engine of JSON Schema says it means.

The engine knows nothing of the exporter, so it is the measure: for every document that the repository has from models, both must
give the same contract.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from samewire.jsonschema import Engine
from samewire.lower import lower
from samewire.lower.scope import Scope, Site
from samewire.schema import load

from .features.contracts import document_of
from .features.corpus import GROUPS
from .features.outcomes import readable

ROOT = Path(__file__).parents[2]
CASES = [
    (group, case.name)
    for group, cases in GROUPS.items()
    for case in cases
    if case.refused is None and readable(case)
]
FILES = sorted(
    [
        *ROOT.glob("schema/*.json"),
        *ROOT.glob("examples/*/schema/*.json"),
        *ROOT.glob("tests/golden/*/expected/*.json"),
    ]
)


class Plain:
    """The plain descent without a way out."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def type_of(self, site: Site) -> Any:
        return self.scope.type_of(site)

    def check(self, types: object) -> None:
        pass


def check_both_ways(document: dict[str, Any]) -> None:
    plain = lower(document, where="case.json", lowering=Plain)
    general = lower(document, where="case.json", lowering=Engine)
    assert plain == general
    # To == True is 1, and 1 is 1.0.
    assert repr(plain) == repr(general)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("group", "name"), CASES, ids=map("/".join, CASES))
def test_a_feature_is_lowered_the_same_both_ways(group: str, name: str) -> None:
    exported = document_of(group, name)
    assert exported is not None
    check_both_ways(exported[1])


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_a_committed_document_is_lowered_the_same_both_ways(file: Path) -> None:
    check_both_ways(load(file.read_text("utf-8"), file.name))


def test_there_are_committed_documents() -> None:
    assert len(FILES) > 20


def test_generating_from_models_never_loads_the_engine(tmp_path: Path) -> None:
    (tmp_path / "shop.py").write_text(
        "from typing import Annotated, Literal\nfrom pydantic import BaseModel, Field\n\n"
        "class Card(BaseModel):\n    kind: Literal['card']\n    digits: Annotated[str, Field(pattern='^[0-9]+$')]\n\n"
        "class Cash(BaseModel):\n    kind: Literal['cash']\n    by: dict[str, 'Pay | None'] = {}\n\n"
        "class Pay(BaseModel):\n    how: Annotated[Card | Cash, Field(discriminator='kind')]\n    pair: tuple[int, float]\n",
        "utf-8",
    )
    (tmp_path / "samewire.toml").write_text(
        '[contracts.shop]\nemits = ["shop:Pay"]\naccepts = ["shop:Pay"]\n', "utf-8"
    )
    loaded = _loaded_by_generate(tmp_path)
    assert "samewire.lower.types" in loaded
    assert not [name for name in loaded if name.startswith("samewire.jsonschema")]


def test_a_schema_that_an_author_wrote_loads_the_engine(tmp_path: Path) -> None:
    (tmp_path / "shop.py").write_text(
        "from typing import Annotated, Any\nfrom pydantic import BaseModel, WithJsonSchema\n\n"
        "class Pay(BaseModel):\n"
        "    how: Annotated[Any, WithJsonSchema({'type': ['string', 'null'], 'minLength': 2})]\n",
        "utf-8",
    )
    (tmp_path / "samewire.toml").write_text('[contracts.shop]\nemits = ["shop:Pay"]\n', "utf-8")
    assert "samewire.jsonschema.types" in _loaded_by_generate(tmp_path)
    (types,) = tmp_path.rglob("types.ts")
    assert "how: string | null;" in types.read_text("utf-8")


def _loaded_by_generate(folder: Path) -> list[str]:
    """The modules that a process has loaded when it has generated."""
    script = (
        "import json, sys; from samewire.cli import main\n"
        "assert main(['--config', 'samewire.toml', '-q', 'generate']) == 0\n"
        "print(json.dumps(sorted(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    loaded: list[str] = json.loads(done.stdout)
    return loaded
