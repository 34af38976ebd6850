"""The whole of what ``init`` would do to a project."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pydantic_core import PydanticCustomError

from samewire.config import find, load, shown
from samewire.config.words import contract_name
from samewire.errors import ConfigError, Diagnostic
from samewire.init import templates
from samewire.init.edits import Edit, appended, makefile_in, read, targets
from samewire.init.roots import Roots, find_roots
from samewire.init.surroundings import (
    Tooling,
    default_branch,
    find_frontend,
    find_repository,
    tooling,
)

ABOUT = {
    "generate": "regenerate the schema documents and the TypeScript from the models",
    "check": "fail if anything generated is not what the models say",
}


@dataclass(frozen=True, slots=True)
class Choices:
    """
    What the user said; what is left out is proposed.

    ``models`` has models named one by one where an application could stand for them.
    """

    name: str = "api"
    emits: tuple[str, ...] = ()
    accepts: tuple[str, ...] = ()
    output: str | None = None
    ci: bool = False
    models: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """
    Edits to make, and advice on what was left to the user.

    ``config`` is the configuration file as it will be; ``run`` goes before ``samewire`` on a command line of this project.
    ``applications`` are the FastAPI applications that it is proposed to take for roots, which takes importing them.
    """

    edits: tuple[Edit, ...]
    advice: tuple[str, ...]
    config: Path
    run: str
    applications: tuple[str, ...] = ()


def propose(folder: Path, choices: Choices) -> Proposal:
    """
    What is missing in ``folder`` for Samewire.

    Raises:
        ConfigError: there is no configuration, and no model to write one for; or the one that is there can't be read.

    """
    try:
        contract_name(choices.name)
    except PydanticCustomError as error:
        where = f"--name {choices.name!r}"
        raise ConfigError(Diagnostic("config-value", where, error.message())) from error
    repository = find_repository(folder)
    tools = tooling(folder)
    advice: list[str] = []
    config, written = _configured(folder)
    edits: list[Edit] = []
    applications: tuple[str, ...] = ()
    if config is None:
        roots = find_roots(folder, choices.emits, choices.accepts, applications=not choices.models)
        applications = roots.applications
        advice += roots.advice
        edit, written = _configuration(folder, repository, choices, roots, advice)
        edits.append(edit)
        config = edit.file
    elif choices.emits or choices.accepts or choices.output is not None:
        advice.append(f"{config.name} has its contracts already, and is kept as it is")
    edits += _makefile(folder, tools, advice)
    edits += _workflow(folder, repository, tools, choices, advice)
    edits += _attributes(repository, written)
    if not tools.listed:
        advice.append(
            f"add samewire to the project's development dependencies, so that everybody has it{tools.add}"
        )
    return Proposal(tuple(edits), tuple(advice), config, tools.run, applications)


# --- The configuration ------------------------------------------------------------------------------------------------


def _configured(folder: Path) -> tuple[Path | None, list[Path]]:
    """The configuration that ``folder`` has already, and the folders that it has Samewire write to."""
    try:
        file = find(folder)
    except ConfigError as error:
        if error.diagnostics[0].code != "config-not-found":
            raise
        return None, []
    if file.parent != folder:
        return None, []
    config = load(file)
    return file, [
        config.root / config.schema,
        *(config.root / contract.output for contract in config.contracts),
    ]


def _configuration(
    folder: Path, repository: Path | None, choices: Choices, roots: Roots, advice: list[str]
) -> tuple[Edit, list[Path]]:
    """A configuration with one contract, at the end of pyproject.toml or in a file of its own."""
    output = _output(folder, repository, choices, advice)
    values = {
        "name": choices.name,
        "emits": roots.emits,
        "accepts": roots.accepts,
        "output": Path(os.path.relpath(output, folder)).as_posix(),
        "root": _root(folder, repository, output),
        "pythonpath": roots.pythonpath,
    }
    pyproject = folder / "pyproject.toml"
    before = read(pyproject)
    if before is not None:
        after = appended(
            before, templates.render("config.toml.jinja", prefix="tool.samewire", **values)
        )
        if _is_toml(after):
            return Edit(pyproject, before, after), [folder / "schema", output]
        advice.append("pyproject.toml can't be extended, so the configuration is in samewire.toml")
    text = templates.render("config.toml.jinja", prefix="", **values)
    return Edit(folder / "samewire.toml", None, text), [folder / "schema", output]


def _output(folder: Path, repository: Path | None, choices: Choices, advice: list[str]) -> Path:
    if choices.output is not None:
        if Path(choices.output).is_absolute():
            message = f"expected a path relative to this folder, found {choices.output!r}"
            raise ConfigError(Diagnostic("config-path", "--output", message))
        return Path(os.path.normpath(folder / choices.output))
    frontend = find_frontend(folder, repository)
    if frontend is None:
        advice.append("no frontend was found; set `output` to a folder of it")
        return folder / "generated" / choices.name
    if not frontend.has_zod:
        advice.append(f"the validators need zod: run `npm install zod` in {shown(frontend.folder)}")
    source = frontend.folder / "src"
    return (source if source.is_dir() else frontend.folder) / "generated" / choices.name


def _root(folder: Path, repository: Path | None, output: Path) -> str | None:
    """The folder that has to be named for ``output`` to be inside, as long as that is the repository's."""
    if output.is_relative_to(folder) or repository is None or not output.is_relative_to(repository):
        return None
    return _relative(os.path.commonpath([output, folder]), folder)


def _relative(path: Path | str, folder: Path) -> str:
    return Path(os.path.relpath(path, folder)).as_posix()


def _is_toml(text: str) -> bool:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    return True


# --- What runs it -----------------------------------------------------------------------------------------------------


def _makefile(folder: Path, tools: Tooling, advice: list[str]) -> list[Edit]:
    """Targets ``generate`` and ``check``, where a makefile has none of that name."""
    file = makefile_in(folder)
    before = read(file)
    taken = targets(before or "") & ABOUT.keys()
    advice += [
        f"{file.name} has a target {name} already; add to its recipe: {tools.run}samewire {name}"
        for name in sorted(taken, reverse=True)
        if f"samewire {name}" not in (before or "")
    ]
    free = [name for name in ABOUT if name not in taken]
    if not free:
        return []
    addition = templates.render("Makefile.jinja", targets=free, about=ABOUT, run=tools.run)
    return [Edit(file, before, appended(before, addition))]


def _workflow(
    folder: Path, repository: Path | None, tools: Tooling, choices: Choices, advice: list[str]
) -> list[Edit]:
    """A workflow for GitHub Actions, if the project uses them or it was asked for."""
    top = repository or folder
    file = top / ".github" / "workflows" / "samewire.yml"
    if file.exists() or not (choices.ci or (top / ".github").is_dir()):
        return []
    existing = sorted((top / ".github" / "workflows").glob("*.y*ml"))
    if any("samewire check" in (read(other) or "") for other in existing):
        return []
    inner = _relative(folder, top)
    pyproject = "requires-python" in (read(folder / "pyproject.toml") or "")
    text = templates.render(
        "workflow.yml.jinja",
        branch=default_branch(top),
        folder=None if inner == "." else inner,
        python_file=str(PurePosixPath(inner) / "pyproject.toml") if pyproject else None,
        install=tools.install,
        run=tools.run,
    )
    advice.append(
        f"{_relative(file, folder)} installs with {tools.install[-1]!r}; change that if your CI does otherwise"
    )
    return [Edit(file, None, text)]


def _attributes(repository: Path | None, written: Sequence[Path]) -> list[Edit]:
    """Git is told to leave line endings alone in what is generated, and GitHub to fold it in a diff."""
    if repository is None:
        return []
    file = repository / ".gitattributes"
    before = read(file)
    present = {line.split()[0] for line in (before or "").splitlines() if line.strip()}
    patterns = [
        f"/{_relative(folder, repository)}/**"
        for folder in written
        if folder.is_relative_to(repository)
    ]
    lines = [
        f"{pattern} text eol=lf linguist-generated=true\n"
        for pattern in patterns
        if pattern not in present and " " not in pattern
    ]
    return [Edit(file, before, appended(before, "".join(lines)))] if lines else []
