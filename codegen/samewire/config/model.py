"""What a configuration says, once it has been checked and every default has been filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias

from samewire.dump import FASTAPI, DumpOptions
from samewire.errors import Diagnostic

ExtraKeys: TypeAlias = Literal["model", "strip", "keep", "reject"]
Integers: TypeAlias = Literal["any", "safe"]
Floats: TypeAlias = Literal["nullable", "finite"]
Imports: TypeAlias = Literal[".js", ".ts", "none"]
Formats: TypeAlias = Literal["annotate", "assert"]

NEWEST_FEATURES = (4, 5)
"""The zod version assumed when no package.json says which one the frontend has."""


@dataclass(frozen=True, slots=True)
class UnknownKeys:
    """What a validator does with keys the model does not name; ``model`` follows ``extra`` of the model's own config."""

    emits: ExtraKeys = "model"
    accepts: ExtraKeys = "model"


@dataclass(frozen=True, slots=True)
class Options:
    """
    What may be set for the whole project and again for a contract.

    ``exclude``, ``names`` and ``opaque`` speak about models, so those of a contract are added to those of the project. Any
    other key of a contract replaces the project's. A value of ``opaque`` is ``fields``, ``unknown`` or the name of a type.
    ``None`` for ``zod_version`` and ``imports`` means: see :class:`Frontend`.
    """

    exclude: tuple[str, ...] = ()
    unknown_keys: UnknownKeys = UnknownKeys()
    dump: DumpOptions = FASTAPI
    names: Mapping[str, str] = field(default_factory=dict)
    opaque: Mapping[str, str] = field(default_factory=dict)
    integers: Integers = "any"
    floats: Floats = "nullable"
    zod: str = "zod"
    zod_version: tuple[int, int] | None = None
    imports: Imports | None = None
    type_tests: bool = False
    ui_stream: bool = True
    format: tuple[str, ...] = ()


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
    own.

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
