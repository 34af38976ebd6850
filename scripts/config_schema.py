"""Write the JSON Schemas of the configuration, which are part of the package, from its models."""

from __future__ import annotations

from pathlib import Path

from samewire import config
from samewire.config.schema import documents

FOLDER = Path(config.__file__).parent


def main() -> None:
    for name, text in documents().items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
