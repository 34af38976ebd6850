"""What a backend pays to import ``samewire.ui_stream``, beside Pydantic with one model."""

from __future__ import annotations

import sys
from pathlib import Path

from measure import interleaved, table, versions

_COMMANDS = {
    "python": "pass",
    "pydantic": "import pydantic; pydantic.create_model('M', x=(int, ...))",
    "samewire.ui_stream": "import samewire.ui_stream; import pydantic; pydantic.create_model('M', x=(int, ...))",
    "its chunks": "from samewire.ui_stream import TextDeltaChunk",
    "its encoder": "from samewire.ui_stream import Encoder",
    "all of its names": "from samewire.ui_stream import *",
}


def main() -> None:
    commands = {name: [sys.executable, "-c", code] for name, code in _COMMANDS.items()}
    times = interleaved(commands, cwd=Path.cwd(), rounds=15)
    base = times["pydantic"]
    rows = [
        (name, f"{1000 * seconds:.0f}", f"{seconds / base:.2f}") for name, seconds in times.items()
    ]
    title = f"Import ({versions('pydantic')})"
    table(title, rows, ("import", "ms of the processor", "ratio to pydantic"))


if __name__ == "__main__":
    main()
