"""Puts the tables that ``make bench`` has recorded into README.md: those that were measured anew, in place of the same before."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Final

from measure import RECORD, written

README: Final = Path(__file__).with_name("README.md")
BEGIN: Final = "<!-- tables.py writes what follows -->\n"
_SECTION: Final = re.compile(r"^### (.+)$", re.MULTILINE)


def main() -> None:
    text = README.read_text("utf-8")
    head, begin, tail = text.partition(BEGIN)
    assert begin, f"README.md has no line {BEGIN!r}"
    parts = _SECTION.split(tail)
    sections = {
        _name(title): (title, body.strip())
        for title, body in zip(parts[1::2], parts[2::2], strict=True)
    }
    for line in Path(os.environ[RECORD]).read_text("utf-8").splitlines():
        title, cells = json.loads(line)
        sections[_name(title)] = title, written(cells)
    body = "\n\n".join(f"### {title}\n\n{table}" for title, table in sections.values())
    README.write_text(f"{head}{begin}\n{body}\n", encoding="utf-8")


def _name(title: str) -> str:
    """What a table is of, without the versions in parentheses."""
    return title.partition(" (")[0]


if __name__ == "__main__":
    main()
