"""The models of a protocol of its own."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="session")
def log(repo_root: Path) -> ModuleType:
    """The models of the golden case ``event-order``."""
    path = repo_root / "tests" / "golden" / "event-order" / "models.py"
    spec = importlib.util.spec_from_file_location("event_order_models", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
