"""Changes to files, as values, so that they can be shown before they are made."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from samewire.artifacts.disk import unwritable
from samewire.config import shown
from samewire.errors import ArtifactError, Diagnostic


@dataclass(frozen=True, slots=True)
class Edit:
    """What a file holds and what it should hold; ``before`` is ``None`` for a file that is not there."""

    file: Path
    before: str | None
    after: str

    def apply(self) -> None:
        """
        Write the file.

        Raises:
            ArtifactError: the system refuses.

        """
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            with self.file.open("w", encoding="utf-8", newline="") as file:
                file.write(self.after)
        except OSError as error:
            raise unwritable(shown(self.file), "written", error) from error


def read(file: Path) -> str | None:
    """
    The text of a file with its line endings as they are, or ``None`` where there is none.

    Raises:
        ArtifactError: it can't be read, or is not UTF-8.

    """
    try:
        return file.read_bytes().decode()
    except FileNotFoundError:
        return None
    except UnicodeDecodeError as error:
        message = f"is not UTF-8: {error.reason} at byte {error.start}"
        hint = "save it as UTF-8"
    except OSError as error:
        message = f"cannot be read: {error.strerror or error}"
        hint = "make it readable"
    raise ArtifactError(Diagnostic("file-unreadable", shown(file), message, hint))


def appended(text: str | None, addition: str) -> str:
    """``addition`` after ``text`` and a blank line, with the line endings that ``text`` has."""
    if not text or not text.strip():
        return addition
    ending = "\r\n" if "\r\n" in text else "\n"
    gap = "" if text.endswith(ending * 2) else ending if text.endswith(ending) else ending * 2
    return text + gap + addition.replace("\n", ending)


# --- Makefiles --------------------------------------------------------------------------------------------------------

MAKEFILES = ("GNUmakefile", "makefile", "Makefile")  # in the order in which GNU make looks for them
TARGET = re.compile(r"^([^\s:#=][^:#=]*?)\s*::?(?![:=])", re.MULTILINE)


def makefile_in(folder: Path) -> Path:
    """The file that ``make`` reads in a folder, or the one to create there."""
    names = {entry.name for entry in folder.iterdir()} if folder.is_dir() else set()
    return folder / next((name for name in MAKEFILES if name in names), "Makefile")


def targets(makefile: str) -> set[str]:
    """The targets that a makefile defines, pattern rules and variables aside."""
    return {
        name
        for match in TARGET.finditer(makefile)
        for name in match[1].split()
        if not name.startswith(".")
    }
