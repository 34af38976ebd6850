from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.targets.harness import Project


@pytest.fixture
def project(tmp_path: Path, node: Path, node_modules: Path) -> Project:
    return Project(tmp_path / "generated", node, node_modules)
