"""Random contracts are formatted, type-check with both compilers, and load."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.targets.harness import Project
from tests.unit.targets.random_types import random_contract

DIALECTS: list[dict[str, Any]] = [
    {"zod_import": "zod"},
    {"zod_import": "zod/mini"},
    {"zod_import": "zod40", "zod_version": (4, 0)},
    {"zod_import": "zod43/mini", "zod_version": (4, 3)},
    {"valibot_import": "valibot"},
]


@pytest.mark.parametrize("seed", range(10))
def test_prettier_changes_nothing(project: Project, seed: int) -> None:
    project.render(random_contract(seed), **DIALECTS[seed % len(DIALECTS)])
    assert project.unformatted() == ""


@pytest.mark.parametrize("seed", range(100, 105))
def test_types_hold_and_modules_load(project: Project, seed: int) -> None:
    project.render(random_contract(seed), **DIALECTS[seed % len(DIALECTS)])
    assert project.type_check() == ""
    assert project.parse([]) == []


def test_modules_load_with_the_oldest_valibot(project: Project) -> None:
    """Its types say less of objects with an empty key, so they are not compared."""
    project.render(random_contract(105), valibot_import="valibot10")
    assert project.parse([]) == []
