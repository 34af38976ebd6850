"""What the proposed contract is made from: applications, models of routes, or modules with models."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from samewire.config import shown
from samewire.errors import ConfigError, Diagnostic, first_names
from samewire.init.routes import Routes, find_routes, other_applications
from samewire.init.sources import Name, Project

MOST_MODULES = 8  # in a list; more of one package are written as `package:**`
ALL_SENT = (
    "init assumes that the backend sends all models; name those that it receives in `accepts`"
)


@dataclass(frozen=True, slots=True)
class Roots:
    """
    ``emits`` and ``accepts`` as the configuration has them, the ``pythonpath`` they need, what is to be said about them, and who
    dumps them, if not FastAPI.

    ``applications`` are those among them that are applications, which only importing can prove to be right; ``routed`` if their
    routes can be written as such. ``found`` is what they are, for people.
    """

    emits: tuple[str, ...]
    accepts: tuple[str, ...] = ()
    pythonpath: tuple[str, ...] = ()
    applications: tuple[str, ...] = ()
    routed: bool = False
    advice: tuple[str, ...] = ()
    dump: str | None = None
    found: str = ""


def find_roots(
    folder: Path,
    project: Project,
    emits: Sequence[str],
    accepts: Sequence[str],
    unusable: Collection[str] = (),
) -> Roots:
    """
    What was named; else the applications of the ``project`` in ``folder``, ``unusable`` ones aside, whose routes have models, be
    they of another package; else what their routes send and are sent; else every module that has models.

    An application knows the options of each of its routes, which models named one by one do not.

    Raises:
        ConfigError: there is neither.

    """
    dump = _dump(project)
    found = None if emits or accepts else _other(folder, project, dump, unusable)
    return replace(found or _roots(folder, project, emits, accepts, unusable), dump=dump)


def _dump(project: Project) -> str | None:
    """The framework that the models are dumped by, as the configuration calls it; ``None`` for FastAPI, the default."""
    frameworks = [name for name in ("litestar", "ninja") if project.imports(name)]
    return frameworks[0] if len(frameworks) == 1 and not project.imports("fastapi") else None


def _other(
    folder: Path, project: Project, framework: str | None, unusable: Collection[str]
) -> Roots | None:
    """The applications of a framework that is not FastAPI."""
    if framework is None:
        return None
    names, takes = other_applications(project, framework)
    named = tuple(spec for spec in _specs(names) if spec not in unusable)
    if not named:
        return None
    path = _import_path(folder, project, named)
    what = {"litestar": "Litestar", "ninja": "Django Ninja"}[framework]
    return Roots(named, named if takes else (), path, named, found=_found(what, named))


def _roots(
    folder: Path,
    project: Project,
    emits: Sequence[str],
    accepts: Sequence[str],
    unusable: Collection[str],
) -> Roots:
    if emits or accepts:
        return Roots(tuple(emits), tuple(accepts), _import_path(folder, project, emits, accepts))
    routes = find_routes(project)
    own = bool(routes.emits or routes.accepts)
    sends, takes = (
        (bool(routes.emits), bool(routes.accepts))
        if own
        else (routes.others_emitted, routes.others_accepted)
    )
    worth = sends or takes or not project.models
    for group in routes.applications if worth else ():
        named = tuple(spec for spec in _specs(group) if spec not in unusable)
        if not named:
            continue
        sent, taken = (named if sends or not takes else ()), (named if takes else ())
        # A router that stands for an application has paths that may lack a prefix.
        stands = group is routes.routers and group is not routes.applications[0]
        found = _found("FastAPI", named, "router" if group is routes.routers else "application")
        path = _import_path(folder, project, named)
        return Roots(sent, taken, path, named, not stands, found=found)
    if not own:
        return _modules(folder, project, routes)
    sent, taken = _specs(routes.emits), _specs(routes.accepts)
    path = _import_path(folder, project, sent, taken)
    found = f"models of FastAPI routes: {_listed((*sent, *taken))}"
    return Roots(sent, taken, path, advice=tuple(_about_generics(routes)), found=found)


def _found(framework: str, specs: Sequence[str], what: str = "application") -> str:
    return f"{framework} {what if len(specs) == 1 else f'{what}s'} {_listed(specs)}"


def _listed(names: Iterable[str]) -> str:
    return first_names(list(dict.fromkeys(names)), MOST_MODULES)


def _about_generics(routes: Routes) -> Iterable[str]:
    for name in sorted(routes.unnamed):
        yield f"{name} is generic: give it arguments in an alias (UserPage = {name}[User]) and add that to the configuration"


def _modules(folder: Path, project: Project, routes: Routes) -> Roots:
    modules = sorted({module for module, name in project.models - project.generic})
    if not modules:
        message = "no Pydantic model was found here"
        hint = "name what the backend sends: samewire init --emits app.models:Message"
        raise ConfigError(Diagnostic("no-models", shown(folder), message, hint))
    tops = {module.partition(".")[0] for module in modules}
    found = f"modules with models: {_listed(modules)}; {_no_application(project, routes)}"
    if len(modules) > MOST_MODULES and len(tops) == 1:
        whole = (f"{tops.pop()}:**",)
        return Roots(whole, pythonpath=_import_path(folder, project, whole), found=found)
    path = _import_path(folder, project, modules)
    return Roots(tuple(modules), pythonpath=path, advice=(ALL_SENT,), found=found)


def _no_application(project: Project, routes: Routes) -> str:
    """Why no application is proposed, where modules are."""
    if not project.imports("fastapi"):
        return "no FastAPI application, since nothing imports fastapi"
    if not routes.applications:
        return "no FastAPI application that has its routes when its module is imported"
    specs = _specs(name for group in routes.applications[:1] for name in group)
    return f"no route of {_listed(specs)} returns or takes one of them"


def _specs(names: Iterable[Name]) -> tuple[str, ...]:
    return tuple(sorted(f"{module}:{name}" for module, name in names))


def _import_path(folder: Path, project: Project, *specs: Sequence[str]) -> tuple[str, ...]:
    """The folders that the named modules are imported from, unless the default covers them."""
    names = [spec.partition(":")[0] for group in specs for spec in group]
    used = {
        Path(os.path.relpath(module.folder, folder)).as_posix()
        for module in project.modules.values()
        if any(f"{module.name}.".startswith(f"{name}.") for name in names)
    }
    return tuple(sorted(used)) if used - {".", "src"} else ()
