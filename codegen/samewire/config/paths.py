"""
Folders and files named in a configuration, restricted to the project.

A path is written relative to the configuration file, with forward slashes on every system. What is written to is relative to
the project root, so that the same configuration gives the same bytes on every machine.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Annotated

from pydantic import AfterValidator, ValidationInfo
from pydantic_core import PydanticCustomError

from samewire.config.mistakes import mistake
from samewire.config.words import Reads, Text

FORBIDDEN = frozenset({".git", "node_modules"})  # folders whose content belongs to another tool


@dataclass(frozen=True, slots=True)
class Place:
    """The context of validation: the folder of the configuration file, and the project root, both absolute."""

    folder: Path
    root: Path

    @classmethod
    def of(cls, folder: Path, root: object) -> Place:
        """``root`` as it is written; where that is wrong, which validation reports, the folder itself."""
        try:
            return cls(folder, project_root(folder, str(root)))
        except PydanticCustomError:
            return cls(folder, Path(os.path.realpath(folder)))


def shown(path: Path) -> str:
    """A path for messages: relative to the working folder if that is shorter."""
    try:
        relative = os.path.relpath(path)
    except ValueError:  # another drive on Windows
        return str(path)
    return Path(relative).as_posix() if len(relative) < len(str(path)) else str(path)


FILE_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*")


# --- Checks -----------------------------------------------------------------------------------------------------------


def project_root(folder: Path, text: str) -> Path:
    """``folder`` itself or a folder above it."""
    _posix(text)
    root = Path(os.path.realpath(folder / text))
    if not Path(os.path.realpath(folder)).is_relative_to(root):
        message = f'expected "." or a folder above ("..", "../.."), found {text!r}'
        raise mistake("config-path", message)
    return root


def inside(place: Place, text: str) -> str:
    """``text`` as a normal POSIX path relative to the project root; links on the way are followed."""
    _posix(text)
    path = Path(os.path.realpath(place.folder / text))
    if not path.is_relative_to(place.root):
        hint = f'set root = "{_way_up(place.folder, path)}" to let Samewire write there'
        raise mistake("config-path", f"{text!r} is outside the project root", hint)
    relative = PurePosixPath(path.relative_to(place.root).as_posix())
    owned = FORBIDDEN.intersection(part.lower() for part in relative.parts)
    if owned:
        message = f"{text!r} is in {min(owned)}, which belongs to another tool"
        raise mistake("config-path", message)
    return str(relative)


def _posix(text: str) -> None:
    if "\\" in text:
        raise mistake("config-path", f"write the path with forward slashes, not {text!r}")
    absolute = PurePosixPath(text).is_absolute() or Path(text).is_absolute()
    if absolute or text.startswith("~") or ":" in text:
        raise mistake("config-path", f"expected a path relative to this file, found {text!r}")


def _way_up(folder: Path, path: Path) -> str:
    """From ``folder`` up to the folder that holds both it and ``path``."""
    folder = Path(os.path.realpath(folder))
    return Path(os.path.relpath(os.path.commonpath([folder, path]), folder)).as_posix()


# --- Types of keys ----------------------------------------------------------------------------------------------------


def _place(info: ValidationInfo) -> Place:
    place = info.context
    if not isinstance(place, Place):
        raise TypeError("a configuration is validated with its Place as the context")
    return place


def _root_folder(text: str, info: ValidationInfo) -> str:
    project_root(_place(info).folder, text)
    return text


def _output_folder(text: str, info: ValidationInfo) -> str:
    return inside(_place(info), text)


def _module_file(text: str, info: ValidationInfo) -> str:
    file = inside(_place(info), text)
    name = PurePosixPath(file).name
    if not (name.endswith(".py") and FILE_NAME.fullmatch(name)):
        raise mistake("config-path", f"expected a path that ends in .py, found {text!r}")
    return file


def _import_folder(text: str, info: ValidationInfo) -> Path:
    path = _place(info).folder / text
    if not path.is_dir():
        raise mistake("config-path", f"there is no folder {shown(path)}")
    return Path(os.path.normpath(path))


def _schema_file(text: str, info: ValidationInfo) -> Path:
    """A file that is read and never written, so it may be outside the project root."""
    _posix(text)
    file = _place(info).folder / text
    if not file.is_file():
        raise mistake("config-path", f"there is no file {text!r}")
    return Path(os.path.normpath(file))


ProjectRoot = Annotated[Text, AfterValidator(_root_folder)]
OutputFolder = Annotated[Text, AfterValidator(_output_folder)]
ModuleFile = Annotated[Text, AfterValidator(_module_file)]
ImportFolder = Annotated[Path, Reads(Text, _import_folder)]
SchemaFile = Annotated[Path, Reads(Text, _schema_file)]
