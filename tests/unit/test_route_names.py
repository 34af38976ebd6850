from __future__ import annotations

from samewire.discover.route_names import TAKEN, camel
from samewire.extensions.routes.typescript import READERS, WRITERS


def test_no_route_is_called_like_what_its_file_imports() -> None:
    assert {*READERS.values(), *WRITERS.values(), "encoderOf", "problem"} <= TAKEN
    assert camel("read_anything") == "readAnything_"
