"""
A project of N models to measure with: eight fields a model, enums, literals, lists, optional fields, references to other
models, one discriminated union and one recursive model in ten. No chain of references is longer than 100: Pydantic takes time and
memory quadratic in its length to import it.
"""

from __future__ import annotations

from pathlib import Path

_HEAD = '''"""Synthetic models."""

from __future__ import annotations

import datetime as dt
from enum import Enum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field
'''


def write_project(folder: Path, count: int) -> None:
    """Writes ``models.py`` and ``samewire.toml`` into ``folder``; every model is emitted and accepted."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "models.py").write_text(
        _HEAD + "".join(_model(index) for index in range(count)), encoding="utf-8"
    )
    (folder / "samewire.toml").write_text(
        '[contracts.bench]\nemits = ["models"]\naccepts = ["models"]\noutput = "out"\n',
        encoding="utf-8",
    )


def _model(index: int) -> str:
    other = f"Model{index - 1}" if index % 100 else "str"
    lines = [
        f"\n\nclass Color{index}(str, Enum):\n    RED = 'red'\n    BLUE = 'blue {index}'",
        f"\n\n\nclass Model{index}(BaseModel):",
        f'    """Model number {index}."""\n',
        f"    kind: Literal['model-{index}'] = 'model-{index}'",
        "    id: UUID",
        "    name: str = Field(min_length=1, max_length=80, description='What it is called.')",
        "    count: int = Field(default=0, ge=0)",
        "    created: dt.datetime",
        f"    color: Color{index} | None = None",
        f"    others: list[{other}] = []",
    ]
    if index % 10 == 5:  # one in ten
        lines.append(f"    parent: Model{index} | None = None")
    elif index % 10 == 9:  # one in ten
        members = " | ".join(f"Model{index - step}" for step in range(1, 6))
        lines.append(f"    event: Annotated[{members}, Field(discriminator='kind')]")
    else:
        lines.append("    labels: dict[str, str] = {}")
    return "\n".join(lines) + "\n"
