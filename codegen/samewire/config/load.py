"""Finding the configuration file and reading it into a :class:`Config`."""

from __future__ import annotations

import contextlib
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path

from samewire.config.emits import NO_ROOTS, emits
from samewire.config.frontend import frontend_of
from samewire.config.model import Config, ContractConfig, Formats, Options
from samewire.config.options import (
    ELSEWHERE,
    FORMATS,
    NONE,
    contract_name,
    read_options,
    refuse_model_keys,
    spec,
)
from samewire.config.paths import fence, inside, schema_file
from samewire.config.table import MismatchError, Problems, Table, bad, list_of, string, table
from samewire.errors import ConfigError, Diagnostic

PYPROJECT = "pyproject.toml"
OWN_FILE = "samewire.toml"
EXAMPLE = '[tool.samewire.contracts.api] with emits = ["app.models"]'


def find(start: Path) -> Path:
    """
    The configuration file that governs the folder ``start``: the nearest one, upwards.

    Raises:
        ConfigError: there is none, there are two in one folder, or one on the way is not TOML.

    """
    for folder in (start, *start.parents):
        own = folder / OWN_FILE
        pyproject = folder / PYPROJECT
        in_pyproject = pyproject.is_file() and _section(_parse(pyproject)) is not None
        if own.is_file() and in_pyproject:
            message = f"both {OWN_FILE} and [tool.samewire] of {PYPROJECT} configure this folder"
            hint = f"{OWN_FILE} takes precedence: delete [tool.samewire] from {PYPROJECT}, or delete {OWN_FILE}"
            raise ConfigError(Diagnostic("config-twice", shown(own), message, hint))
        if own.is_file():
            return own
        if in_pyproject:
            return pyproject
    message = f"no [tool.samewire] in a {PYPROJECT} and no {OWN_FILE}, here or in a folder above"
    below = _below(start)
    hint = "run `samewire init` to write one, or name one with --config"
    if below is not None:
        hint = f"there is one in {below.parent.name}: samewire --config {shown(below)}"
    raise ConfigError(Diagnostic("config-not-found", shown(start), message, hint))


def _below(folder: Path) -> Path | None:
    """The configuration of a project one level down, as in a repository with a backend and a frontend."""
    for file in sorted(folder.glob(f"*/{OWN_FILE}")) + sorted(folder.glob(f"*/{PYPROJECT}")):
        with contextlib.suppress(ConfigError):
            if file.name == OWN_FILE or _section(_parse(file)) is not None:
                return file
    return None


def load(file: Path, text: str | None = None) -> Config:
    """
    Read one configuration file, check it, and fill in every default; ``text`` stands in for what is in the file.

    Raises:
        ConfigError: with one diagnostic for each mistake, all of them at once.

    """
    file = file.absolute()
    problems = Problems(shown(file))
    values, prefix = _values(file, text)
    top = Table(values, prefix, problems)
    config = _read(file, top)
    if problems.found:
        raise ConfigError(*problems.found)
    return config


def shown(path: Path) -> str:
    """A path as a message shows it: relative to where the user is when that is shorter."""
    try:
        relative = os.path.relpath(path)
    except ValueError:  # another drive on Windows
        return str(path)
    return Path(relative).as_posix() if len(relative) < len(str(path)) else str(path)


# --- The file ---------------------------------------------------------------------------------------------------------


def _parse(file: Path, text: str | None = None) -> dict[str, object]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig") if text is None else text)
    except OSError as error:
        message = f"cannot be read: {error.strerror or error}"
        raise ConfigError(Diagnostic("config-not-found", shown(file), message)) from error
    except UnicodeDecodeError as error:
        raise ConfigError(Diagnostic("config-syntax", shown(file), "is not UTF-8 text")) from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(
            Diagnostic("config-syntax", shown(file), f"is not TOML: {error}")
        ) from error


def _section(document: Mapping[str, object]) -> object | None:
    tool = document.get("tool")
    return tool.get("samewire") if isinstance(tool, dict) else None


def _values(file: Path, text: str | None) -> tuple[dict[str, object], tuple[str, ...]]:
    """The keys of a configuration file, and the path under which they stand in it."""
    document = _parse(file, text)
    section = _section(document)
    if file.name != PYPROJECT:
        if section is None:
            return document, ()
        message = f"the keys of {file.name} stand at its top level"
        hint = "write [contracts.api] for [tool.samewire.contracts.api]"
        raise ConfigError(
            Diagnostic("config-unknown-key", f"{shown(file)}: tool.samewire", message, hint)
        )
    if section is None:
        message = "has no [tool.samewire]"
        hint = f"run `samewire init` to write one, or add {EXAMPLE}"
        raise ConfigError(Diagnostic("config-not-found", shown(file), message, hint))
    if not isinstance(section, dict):
        message = "expected a table"
        raise ConfigError(
            Diagnostic("config-type", f"{shown(file)}: tool.samewire", message, f"add {EXAMPLE}")
        )
    return section, ("tool", "samewire")


# --- Its keys ---------------------------------------------------------------------------------------------------------


def _read(file: Path, top: Table) -> Config:
    folder = file.parent
    root = top.take(
        "root", lambda value: fence(folder, string(value)), Path(os.path.realpath(folder))
    )
    schema = top.take(
        "schema", lambda value: inside(root, folder, string(value)), inside(root, folder, "schema")
    )
    pythonpath = top.take(
        "pythonpath", list_of(lambda value: _import_folder(folder, value)), _default_path(folder)
    )
    defaults = read_options(top, Options())
    none: dict[str, object] = {}
    contracts = top.take("contracts", table, none)
    top.close(ELSEWHERE.project)

    read = []
    for name in sorted(contracts):
        path = (*top.path, "contracts", name)
        try:
            keys = Table(table(contracts[contract_name(name)]), path, top.problems)
        except MismatchError as mismatch:
            top.problems.add_all(mismatch, path)
        else:
            read.append(_contract(name, keys, folder, root, defaults))
    if not top.values.get("contracts"):
        top.problems.add("config-no-contract", top.path, "no contract", f"add {EXAMPLE}")
    _one_folder_each([contract for contract, _ in read], top)
    warnings = tuple(dict.fromkeys(warning for _, found in read for warning in found))
    return Config(file, root, schema, pythonpath, tuple(contract for contract, _ in read), warnings)


def _contract(
    name: str, keys: Table, folder: Path, root: Path, defaults: Options
) -> tuple[ContractConfig, tuple[Diagnostic, ...]]:
    """One contract, and what is doubtful about it."""
    source = keys.take("source", lambda value: schema_file(folder, value), None)
    formats: Formats = keys.take("formats", FORMATS, "annotate")
    root_name = spec if "source" not in keys else string
    plain, emits_as = keys.take("emits", lambda value: emits(value, keys, root_name), NO_ROOTS)
    accepts = keys.take("accepts", list_of(root_name), NONE)
    output = keys.take(
        "output",
        lambda value: inside(root, folder, string(value)),
        inside(root, folder, f"generated/{name}"),
    )
    options = read_options(keys, defaults, of_file="source" in keys)
    keys.close(ELSEWHERE.contract)
    if "source" in keys:
        refuse_model_keys(keys)
        for own in emits_as:
            message = "dump options are about models, and this contract comes from a schema file"
            keys.problems.found.append(Diagnostic("config-value", own.key, message))
    elif "formats" in keys:
        message = "is about a schema file, and this contract comes from models"
        keys.problems.add("config-value", (*keys.path, "formats"), message)
    elif not keys.values.get("emits") and not keys.values.get("accepts"):
        message = (
            "a contract needs roots: emits (backend to frontend) or accepts (frontend to backend)"
        )
        keys.problems.add(
            "config-no-contract", keys.path, message, 'for example emits = ["app.models"]'
        )

    frontend, warnings = frontend_of(root, output, options, keys.problems, keys.path)
    where = keys.problems.at(keys.path)
    return ContractConfig(
        name, plain, accepts, output, options, frontend, where, source, formats, emits_as
    ), warnings


def _one_folder_each(contracts: list[ContractConfig], top: Table) -> None:
    """Two contracts in one folder would overwrite each other, on some systems even if only the case differs."""
    taken: dict[str, str] = {}
    for contract in contracts:
        owner = taken.setdefault(contract.output.casefold(), contract.name)
        if owner != contract.name:
            path = (*top.path, "contracts", contract.name, "output")
            message = f"contract {owner!r} already writes to {contract.output!r}"
            top.problems.add("config-path", path, message, "give each contract a folder of its own")


def _default_path(folder: Path) -> tuple[Path, ...]:
    return tuple(path for path in (folder, folder / "src") if path.is_dir())


def _import_folder(folder: Path, value: object) -> Path:
    path = folder / string(value)
    if not path.is_dir():
        raise bad(f"there is no folder {shown(path)}", code="config-path")
    return Path(os.path.normpath(path))
