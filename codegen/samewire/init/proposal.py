"""The whole of what ``init`` would do to a project."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pydantic_core import PydanticCustomError

from samewire.config import find, load
from samewire.config.words import contract_name
from samewire.errors import ConfigError, Diagnostic
from samewire.init import templates
from samewire.init.edits import Edit, appended, makefile_in, read, targets
from samewire.init.frontends import Validators, find_frontend, validators_for
from samewire.init.repository import default_branch, find_repository
from samewire.init.roots import Roots, find_roots
from samewire.init.sources import Project
from samewire.init.tooling import Tooling, tooling

ABOUT = {
    "generate": "regenerate the schema documents and the TypeScript from the models",
    "check": "fail if generated files do not match the models",
}


@dataclass(frozen=True, slots=True)
class Choices:
    """
    What the user said; what is left out is proposed.

    ``unusable`` are applications that were proposed and tried in vain.
    """

    name: str = "api"
    emits: tuple[str, ...] = ()
    accepts: tuple[str, ...] = ()
    output: str | None = None
    ci: bool = False
    unusable: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """
    Edits to make, and advice on what was left to the user.

    ``config`` is the configuration file as it will be; ``run`` goes before ``samewire`` on a command line of this project, and
    ``add`` is the command that has to come first where the project does not list Samewire yet. ``applications`` are the roots
    among the proposed ones that are applications, which only importing can prove to be right. ``found`` says what the
    configuration was made from.
    """

    edits: tuple[Edit, ...]
    advice: tuple[str, ...]
    config: Path
    run: str
    add: str | None = None
    applications: tuple[str, ...] = ()
    found: tuple[str, ...] = ()


def propose(folder: Path, project: Callable[[], Project], choices: Choices) -> Proposal:
    """
    What is missing in ``folder`` for Samewire. ``project`` reads its Python, which a configuration that is there makes needless.

    Raises:
        ConfigError: there is no configuration, and no model to write one for; or the one that is there can't be read.

    """
    try:
        contract_name(choices.name)
    except PydanticCustomError as error:
        where = f"--name {choices.name!r}"
        raise ConfigError(Diagnostic("config-value", where, error.message())) from error
    repository = find_repository(folder)
    tools = tooling(folder, repository)
    advice: list[str] = []
    config, written = _configured(folder)
    edits: list[Edit] = []
    applications: tuple[str, ...] = ()
    found: list[str] = []
    if config is None:
        roots = find_roots(folder, project(), choices.emits, choices.accepts, choices.unusable)
        applications = roots.applications
        advice += roots.advice
        found += [roots.found] if roots.found else []
        output = _output(folder, repository, choices, advice, found)
        validators = validators_for(output, repository or folder)
        found += [f"{validators.found}, which validates"] if validators.found else []
        advice += _about_routes(roots, validators)
        values = {
            "name": choices.name,
            "output": _relative(output, folder),
            "root": _root(folder, repository, output),
            **_contract(roots, validators),
        }
        edit = _configuration(folder, values, advice)
        edits.append(edit)
        config, written = edit.file, Written(folder / "schema", (output,))
    elif choices.emits or choices.accepts or choices.output is not None:
        advice.append(f"{config.name} already has contracts, and init does not change it")
    edits += _makefile(folder, tools, advice)
    edits += _workflow(folder, repository, tools, choices, advice)
    edits += _attributes(repository, written)
    if not tools.listed and tools.command is None:
        advice.append(
            f"pin samewire in the project's development dependencies, so that everybody generates the same{tools.otherwise}"
        )
    add = None if tools.listed else tools.command
    return Proposal(tuple(edits), tuple(advice), config, tools.run, add, applications, tuple(found))


# --- The configuration ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Written:
    """The folders that a configuration has Samewire write to: of schema documents, and of code."""

    schema: Path
    outputs: tuple[Path, ...]


def _configured(folder: Path) -> tuple[Path | None, Written]:
    """The configuration that ``folder`` has already, and the folders of it."""
    nothing = Written(folder, ())
    try:
        file = find(folder)
    except ConfigError as error:
        if error.diagnostics[0].code != "config-not-found":
            raise
        return None, nothing
    if file.parent != folder:
        return None, nothing
    config = load(file)
    outputs = tuple(config.root / contract.output for contract in config.contracts)
    return file, Written(config.root / config.schema, outputs)


def _contract(roots: Roots, validators: Validators) -> dict[str, object]:
    """What a contract is made from, and how it validates."""
    routed = roots.routed and validators.why is None
    return {
        "routes": roots.applications if routed else (),
        "emits": () if routed else roots.emits,
        "accepts": () if routed else roots.accepts,
        "pythonpath": roots.pythonpath,
        "dump": roots.dump,
        "targets": validators.targets,
        "zod": validators.zod,
    }


def _configuration(folder: Path, values: Mapping[str, object], advice: list[str]) -> Edit:
    """A configuration with one contract, at the end of pyproject.toml or in a file of its own."""
    pyproject = folder / "pyproject.toml"
    before = read(pyproject)
    if before is not None:
        after = appended(
            before, templates.render("config.toml.jinja", prefix="tool.samewire", **values)
        )
        if _is_toml(after):
            return Edit(pyproject, before, after)
        advice.append("pyproject.toml cannot be extended, so the configuration is in samewire.toml")
    text = templates.render("config.toml.jinja", prefix="", **values)
    return Edit(folder / "samewire.toml", None, text)


def _about_routes(roots: Roots, validators: Validators) -> Iterator[str]:
    """Why there are no validators, or no routes."""
    routes = f"routes = [{', '.join(map(templates.quoted, roots.applications))}]"
    if validators.why is not None:
        why = f"the frontend {validators.why}, so types alone are generated"
        if roots.routed:
            instead = f"write {routes} in place of `emits`, `accepts` and `targets`"
            yield f"{why}, and no routes.ts; for both, {validators.remedy} there, and {instead}"
        else:
            yield f"{why}; for validators, {validators.remedy} there and delete the line `targets`"
    if roots.applications and not roots.routed and roots.dump is None:
        yield (
            "no routes.ts is written, because a router may lack the prefix of its paths; if "
            f"it has none, add {routes}"
        )
    if roots.routed and len(roots.applications) > 1:
        yield (
            "all applications are in one contract; if they are served separately, give "
            "each its own contract with another `output` folder"
        )


def _output(
    folder: Path,
    repository: Path | None,
    choices: Choices,
    advice: list[str],
    found: list[str],
) -> Path:
    if choices.output is not None:
        if Path(choices.output).is_absolute():
            message = f"expected a path relative to this folder, found {choices.output!r}"
            raise ConfigError(Diagnostic("config-path", "--output", message))
        return Path(os.path.normpath(folder / choices.output))
    frontend = find_frontend(folder, repository)
    if frontend is None:
        where = "this folder" if repository is None else "the repository"
        why = f"no package.json of {where} lists a frontend's packages, such as react, vite or zod"
        if repository is None:
            why += "; without a git repository, init does not search parent folders"
        advice.append(f"no frontend was found ({why}): set `output` to a folder in it")
        return folder / "generated" / choices.name
    found.append(f"frontend {_relative(frontend, folder)}")
    source = frontend / "src"
    return (source if source.is_dir() else frontend) / "generated" / choices.name


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
        f"{file.name} already has a target {name}; add to its recipe: {tools.run}samewire {name}"
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


def _attributes(repository: Path | None, written: Written) -> list[Edit]:
    """
    Git is told to leave line endings alone in what is generated, and GitHub to fold the code in a diff: the schema documents are
    there to be reviewed.
    """
    if repository is None:
        return []
    file = repository / ".gitattributes"
    before = read(file)
    present = {line.split()[0] for line in (before or "").splitlines() if line.strip()}
    folders = [
        (written.schema, ""),
        *((output, " linguist-generated=true") for output in written.outputs),
    ]
    attributes = {
        f"/{_relative(folder, repository)}/**": f"text eol=lf{folded}"
        for folder, folded in folders
        if folder.is_relative_to(repository)
    }
    lines = [
        f"{pattern} {attribute}\n"
        for pattern, attribute in attributes.items()
        if pattern not in present and " " not in pattern
    ]
    return [Edit(file, before, appended(before, "".join(lines)))] if lines else []
