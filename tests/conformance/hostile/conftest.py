from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conformance.hostile.reader import Reader, reader


@pytest.fixture(scope="module")
def read(
    tmp_path_factory: pytest.TempPathFactory, node: Path, node_modules: Path
) -> Iterator[Reader]:
    with reader(tmp_path_factory.mktemp("hostile"), node, node_modules) as opened:
        yield opened
