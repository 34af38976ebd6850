"""Finds the configuration file and reads it into a :class:`Config`."""

from __future__ import annotations

import contextlib
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from samewire.config.diagnostics import diagnostics, dotted
from samewire.config.frontend import frontend_of
from samewire.config.mistakes import Path as KeyPath
from samewire.config.model import EXAMPLE, Contract, Project
from samewire.config.paths import Place, inside, shown
from samewire.config.resolved import Config, ContractConfig, EmittedAs
from samewire.errors import ConfigError, Diagnostic
from samewire.zod_versions import CODECS

PYPROJECT = "pyproject.toml"
OWN_FILE = "samewire.toml"


def find(start: Path) -> Path:
    """
    Finds the configuration file for the folder ``start``: the nearest one, upwards.

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
    Reads one configuration file, checks it, and fills in every default; ``text`` replaces the file's content.

    Raises:
        ConfigError: with one diagnostic for each mistake, all of them at once.

    """
    file = file.absolute()
    values, prefix = _values(file, text)

    def at(path: KeyPath) -> str:
        whole = (*prefix, *path)
        return f"{shown(file)}: {dotted(whole)}" if whole else shown(file)

    place = Place.of(file.parent, values.get("root", "."))
    try:
        project = Project.model_validate(values, context=place)
    except ValidationError as error:
        raise ConfigError(*diagnostics(error, Project, at)) from error
    return _resolved(file, project, place, at)


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
        message = f"{file.name} has its keys at the top level"
        hint = "write [contracts.api] instead of [tool.samewire.contracts.api]"
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


_WITHOUT_SCHEMAS: Final = frozenset({"fixtures", "guards", "types"})
"""Targets beside which there are no routes."""

# --- What it means ----------------------------------------------------------------------------------------------------


def _resolved(file: Path, project: Project, place: Place, at: Callable[[KeyPath], str]) -> Config:
    """The configuration with the defaults that depend on the folders around it."""
    problems: list[Diagnostic] = []
    warnings: list[Diagnostic] = []
    contracts = []
    for name, contract in sorted(project.contracts.items()):
        resolved, doubts = _contract(name, contract, project, place, at, problems)
        contracts.append(resolved)
        warnings += doubts
    problems += _shared_folders(contracts)
    if problems:
        raise ConfigError(*problems)
    pythonpath = project.pythonpath
    if pythonpath is None:
        pythonpath = tuple(path for path in (place.folder, place.folder / "src") if path.is_dir())
    unique = tuple(dict.fromkeys(warnings))
    return Config(file, place.root, project.schema_folder, pythonpath, tuple(contracts), unique)


def _contract(  # noqa: PLR0913, PLR0917  # what surrounds a contract
    name: str,
    contract: Contract,
    project: Project,
    place: Place,
    at: Callable[[KeyPath], str],
    problems: list[Diagnostic],
) -> tuple[ContractConfig, tuple[Diagnostic, ...]]:
    """One contract, and what is doubtful about it."""
    key = ("contracts", name)
    options = contract.options(project)
    output = contract.output
    if output is None:
        output = inside(place, f"generated/{name}")
    frontend, warnings = frontend_of(place.root, output, options, at(key), problems)
    emits_as = tuple(
        EmittedAs(root.type, root.dump, root.suffix, at((*key, "emits", index)))
        for index, root in enumerate(contract.emits)
        if root.dump is not None
    )
    if contract.routes and _WITHOUT_SCHEMAS.issuperset(options.targets):
        message = f"routes.ts needs schemas, but no target ({', '.join(options.targets)}) has any"
        hint = 'add "zod" or "valibot" to targets'
        problems.append(Diagnostic("config-value", at((*key, "routes")), message, hint))
    decoded = options.decoded
    if decoded.emits or decoded.accepts:
        dates = {"date", "temporal"} & (decoded.emits.words | decoded.accepts.words)
        where = at((*key, "dates" if dates else "decode"))
        problems += _without_codecs(options.targets, frontend.zod_version, where)
    resolved = ContractConfig(
        name,
        emits=tuple(root.type for root in contract.emits if root.dump is None),
        accepts=contract.accepts,
        output=output,
        options=options,
        frontend=frontend,
        key=at(key),
        source=contract.source,
        formats=contract.formats,
        emits_as=emits_as,
        routes=contract.routes,
    )
    return resolved, warnings


def _without_codecs(
    targets: Iterable[str], zod: tuple[int, int], where: str
) -> Iterator[Diagnostic]:
    """Why a frontend cannot have decoded values."""
    if "zod" not in targets:
        message = "only the target zod decodes these values, and it is not among the targets"
        yield Diagnostic("config-value", where, message, 'add "zod" to targets')
    elif "valibot" in targets:
        message = "the target valibot cannot decode and encode these values; only zod can"
        hint = "give the target valibot its own contract, without decoded values"
        yield Diagnostic("config-value", where, message, hint)
    elif zod < CODECS:
        found = ".".join(map(str, zod))
        message = f"these values need z.codec, which zod {found} does not have"
        yield Diagnostic("config-zod-version", where, message, "raise zod to 4.1 or newer")


def _shared_folders(contracts: Sequence[ContractConfig]) -> Iterator[Diagnostic]:
    """Two contracts in one folder would overwrite each other, on some systems even if only the case differs."""
    owners: dict[str, str] = {}
    for contract in contracts:
        owner = owners.setdefault(contract.output.casefold(), contract.name)
        if owner != contract.name:
            message = f"contract {owner!r} already writes to {contract.output!r}"
            hint = "give each contract its own folder"
            yield Diagnostic("config-path", f"{contract.key}.output", message, hint)
    for contract in contracts:
        writer = owners.get(contract.runtime.casefold())
        if writer is not None:
            message = f"contract {writer!r} writes to {contract.runtime!r}"
            hint = "give the runtime library its own folder"
            yield Diagnostic("config-path", f"{contract.key}.runtime", message, hint)
