"""The configuration as the commands use it: every path resolved, every default filled in, the frontend found."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from samewire.config.model import Formats, Imports, Options
from samewire.dump import DumpOptions
from samewire.errors import Diagnostic
from samewire.zod_versions import NEWEST_FEATURES


@dataclass(frozen=True, slots=True)
class Frontend:
    """
    What the output must fit: the lowest zod it runs on as (major, minor), and the ending of relative imports.

    Taken from the options, and otherwise from the package.json and tsconfig.json around the output folder.
    """

    zod_version: tuple[int, int] = NEWEST_FEATURES
    imports: Imports = ".js"


@dataclass(frozen=True, slots=True)
class EmittedAs:
    """
    Roots that are not dumped as the contract says: a specification, the dump options in full, what the names of types get
    that are written otherwise elsewhere. ``key`` is where that is configured.
    """

    spec: str
    dump: DumpOptions
    suffix: str | None
    key: str


@dataclass(frozen=True, slots=True)
class ContractConfig:
    """
    One contract. ``emits``, ``accepts`` and ``options.exclude`` are specifications that ``discover`` resolves, or with a
    ``source``, the absolute path of a schema file, names of types in that file. ``emits_as`` are roots with dump options of their
    own. ``routes`` are specifications of the applications whose routes are written.

    ``output`` is a folder, as a POSIX path relative to the project root. ``key`` is where the contract is configured, for
    messages: ``pyproject.toml: tool.samewire.contracts.api``.
    """

    name: str
    emits: tuple[str, ...]
    accepts: tuple[str, ...]
    output: str
    options: Options
    frontend: Frontend
    key: str
    source: Path | None = None
    formats: Formats = "annotate"
    emits_as: tuple[EmittedAs, ...] = ()
    routes: tuple[str, ...] = ()

    @property
    def runtime(self) -> str:
        """The folder of the runtime library, as ``output`` is one."""
        own = "runtime" if self.output == "." else f"{self.output}/runtime"
        return self.options.runtime or own


@dataclass(frozen=True, slots=True)
class Config:
    """
    A whole configuration.

    ``root`` is the absolute folder outside of which nothing is ever written; ``schema`` is a POSIX path relative to it.
    ``pythonpath`` holds absolute folders. Contracts are sorted by name.
    """

    file: Path
    root: Path
    schema: str
    pythonpath: tuple[Path, ...]
    contracts: tuple[ContractConfig, ...]
    warnings: tuple[Diagnostic, ...] = ()
