"""A throw-away project to run commands in, as a user would, and what they answered."""

from __future__ import annotations

import contextlib
import io
import os
import sys
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from samewire.cli import main

CONFIG = """
    [tool.samewire.contracts.api]
    emits = ["app.models"]
"""

MODELS = """
    from pydantic import BaseModel

    class Team(BaseModel):
        name: str

    class User(BaseModel):
        name: str
        team: Team | None = None
"""
DECIMALS = """
    export class Decimal {
      readonly text: string;
      constructor(text: string) {
        this.text = text;
      }
    }
    export const decode = (text: string): Decimal => new Decimal(text);
    export const encode = (value: Decimal): string => value.text;
"""
"""A module of a frontend that decodes decimals, and keeps all digits."""


@dataclass(frozen=True)
class Result:
    """How a command ended, and what it wrote where."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Project:
    root: Path

    def write(self, path: str, text: str) -> Path:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(textwrap.dedent(text).lstrip("\n").encode())
        return file

    def edit(self, path: str, old: str, new: str) -> None:
        file = self.root / path
        text = file.read_bytes().decode()
        assert old in text, f"{old!r} is not in {path}"
        file.write_bytes(text.replace(old, new).encode())

    def run(self, *arguments: str) -> Result:
        """A command in this process; the project's modules are imported afresh."""
        self.forget()
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = main(arguments)
        return Result(code, out.getvalue(), err.getvalue())

    def forget(self) -> None:
        """Drop what was imported from here, namespace packages included."""
        for name, module in list(sys.modules.items()):
            if (spec := getattr(module, "__spec__", None)) is not None:
                places = [spec.origin or "", *(spec.submodule_search_locations or ())]
                if any(place.startswith(str(self.root)) for place in places):
                    del sys.modules[name]

    def tree(self) -> dict[str, bytes]:
        """Everything but Python's sources and git's own files."""
        files = (file for file in self.root.rglob("*") if file.is_file())
        return {
            path: (self.root / path).read_bytes()
            for path in sorted(file.relative_to(self.root).as_posix() for file in files)
            if not path.endswith((".py", ".pyc")) and not path.startswith(".git/")
        }

    def generated(self) -> list[str]:
        """The generated files."""
        return [path for path in self.tree() if path.startswith(("schema/", "generated/"))]


@contextlib.contextmanager
def project_in(folder: Path, *, empty: bool = False) -> Iterator[Project]:
    """A project in ``folder``, which is the working folder meanwhile; with two models and a contract unless ``empty``."""
    project = Project(folder)
    if not empty:
        project.write("pyproject.toml", CONFIG)
        project.write("app/__init__.py", "")
        project.write("app/models.py", MODELS)
    folder.mkdir(parents=True, exist_ok=True)
    before, bytecode = Path.cwd(), sys.dont_write_bytecode
    os.chdir(folder)
    # A source that changes twice in a second may keep its size, and its bytecode would then be taken for current.
    sys.dont_write_bytecode = True
    try:
        yield project
    finally:
        os.chdir(before)
        sys.dont_write_bytecode = bytecode
        project.forget()


@contextlib.contextmanager
def frontend_in(folder: Path, node_modules: Path, files: Mapping[str, str]) -> Iterator[Project]:
    """A project in ``folder`` of these files, whose TypeScript Node runs and ``tsc`` compiles."""
    with project_in(folder, empty=True) as project:
        project.write("package.json", '{"type": "module"}')
        (folder / "node_modules").symlink_to(node_modules)
        for name, text in files.items():
            project.write(name, text)
        yield project
