"""The whole of what ``init`` would do to a project."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from samewire.config import find, load, shown
from samewire.config.options import contract_name
from samewire.config.table import MismatchError
from samewire.errors import ConfigError, Diagnostic
from samewire.init import templates
from samewire.init.edits import Edit, appended, makefile_in, read, targets
from samewire.init.routes import find_routes
from samewire.init.sources import Name, Project, read_project
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


MOST_MODULES = 8  # in a list; more of one package are written as `package:**`


@dataclass(frozen=True, slots=True)
class Choices:
    """What the user said; what is left out is proposed."""

    name: str = "api"
    emits: tuple[str, ...] = ()
    accepts: tuple[str, ...] = ()
    output: str | None = None
    ci: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """
    Edits to make, and advice on what was left to the user.

    ``config`` is the configuration file as it will be; ``run`` goes before ``samewire`` on a command line of this project.
    """

    edits: tuple[Edit, ...]
    advice: tuple[str, ...]
    config: Path
    run: str


def propose(folder: Path, choices: Choices) -> Proposal:
    """
    What is missing in ``folder`` for Samewire.

    Raises:
        ConfigError: there is no configuration, and no model to write one for; or the one that is there can't be read.

    """
    try:
        contract_name(choices.name)
    except MismatchError as mismatch:
        raise ConfigError(
            Diagnostic("config-value", f"--name {choices.name!r}", str(mismatch))
        ) from mismatch
    repository = find_repository(folder)
    tools = tooling(folder)
    advice: list[str] = []
    config, written = _configured(folder)
    edits: list[Edit] = []
    if config is None:
        edit, written = _configuration(folder, repository, choices, advice)
        edits.append(edit)
        config = edit.file
    edits += _makefile(folder, tools, advice)
    edits += _workflow(folder, repository, tools, choices, advice)
    edits += _attributes(repository, written)
    if not tools.listed:
        advice.append(
            "add samewire to the project's development dependencies, so that everybody has it"
        )
    return Proposal(tuple(edits), tuple(advice), config, tools.run)


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
    folder: Path, repository: Path | None, choices: Choices, advice: list[str]
) -> tuple[Edit, list[Path]]:
    """A configuration with one contract, at the end of pyproject.toml or in a file of its own."""
    project = read_project(folder)
    emits, accepts = _roots(folder, project, choices, advice)
    output = _output(folder, repository, choices, advice)
    values = {
        "name": choices.name,
        "emits": emits,
        "accepts": accepts,
        "output": Path(os.path.relpath(output, folder)).as_posix(),
        "root": _root(folder, repository, output),
        "pythonpath": _import_path(folder, project, [*emits, *accepts]),
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


def _roots(
    folder: Path, project: Project, choices: Choices, advice: list[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What was chosen; else what the routes of an application send and are sent; else every module that has models."""
    if choices.emits or choices.accepts:
        return choices.emits, choices.accepts
    routes = find_routes(project)
    advice += [
        f"{name} is generic: give it arguments in an alias (UserPage = {name}[User]) and add that to the configuration"
        for name in sorted(routes.unnamed)
    ]
    if routes.emits or routes.accepts:
        return _specs(routes.emits), _specs(routes.accepts)
    modules = sorted({module for module, name in project.models - project.generic})
    if not modules:
        message = "no Pydantic model was found here"
        hint = "name what the backend sends: samewire init --emits app.models:Message"
        raise ConfigError(Diagnostic("no-models", shown(folder), message, hint))
    tops = {module.partition(".")[0] for module in modules}
    if len(modules) > MOST_MODULES and len(tops) == 1:
        return (f"{tops.pop()}:**",), ()
    advice.append(
        "all models are taken as sent by the backend; name those that it is sent in `accepts`"
    )
    return tuple(modules), ()


def _specs(names: Iterable[Name]) -> tuple[str, ...]:
    return tuple(sorted(f"{module}:{name}" for module, name in names))


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


def _import_path(folder: Path, project: Project, specs: Sequence[str]) -> list[str]:
    """The folders that the named modules are imported from, unless the default covers them."""
    names = [spec.partition(":")[0] for spec in specs]
    used = {
        _relative(module.folder, folder)
        for module in project.modules.values()
        if any(f"{module.name}.".startswith(f"{name}.") for name in names)
    }
    return sorted(used) if used - {".", "src"} else []


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
