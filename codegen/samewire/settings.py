"""What every command is told: the shared flags."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, TypeAlias

OutputFormat: TypeAlias = Literal["text", "json", "github"]
FORMATS: Final[tuple[OutputFormat, ...]] = ("text", "json", "github")


@dataclass(frozen=True, slots=True)
class Settings:
    """The shared flags. ``verbosity`` is -1 for ``-q``, 1 for ``-v``, else 0."""

    command: str
    config: Path | None = None
    verbosity: int = 0
    format: OutputFormat = "text"

    @property
    def suffix(self) -> str:
        """What a command that is recommended must say to mean the same configuration."""
        return f" --config {self.config.as_posix()}" if self.config else ""
