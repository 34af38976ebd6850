"""
A project's Python, read without importing it: its modules, the names in them, and which of those are Pydantic models.

A guess made from source is good enough to propose a configuration, and asks nothing of the project: no dependency installed,
no database reachable.
"""

from __future__ import annotations

import ast
import functools
import os
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

SKIPPED_FOLDERS = frozenset(
    {
        "__pycache__",
        "alembic",
        "build",
        "dist",
        "docs",
        "env",
        "examples",
        "migrations",
        "node_modules",
        "scripts",
    }
    | {"site-packages", "test", "tests", "venv"}
)
PYDANTIC_BASES = frozenset({"BaseModel", "RootModel", "SQLModel"})
NINJA_BASES = frozenset({"Schema", "ModelSchema"})
PROJECT_FILES = ("pyproject.toml", "setup.py", "setup.cfg")
MOST_FILES = 5000

Name = tuple[str, str]
"""A module and a name in it."""


@dataclass(frozen=True, slots=True)
class Module:
    """
    One source file. ``folder`` is what has to be on the import path for ``name`` to be its name. ``imports`` maps a local name
    to what it stands for: a name in a module, or with an empty name the module itself.
    """

    name: str
    folder: Path
    tree: ast.Module
    imports: Mapping[str, Name] = field(default_factory=dict)
    stars: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Project:
    """All modules by name, and the models in them; ``generic`` are those that need arguments."""

    modules: Mapping[str, Module]
    models: frozenset[Name] = frozenset()
    generic: frozenset[Name] = frozenset()

    def imports(self, package: str) -> bool:
        """Whether a module of the project imports a package."""
        return any(
            source.partition(".")[0] == package
            for module in self.modules.values()
            for source, _ in module.imports.values()
        )

    def resolve(self, module: str, expression: ast.expr) -> Name | None:
        """The definition that a name or dotted name in ``module`` stands for, followed through re-exports."""
        if isinstance(expression, ast.Name):
            return self.follow(module, expression.id)
        if isinstance(expression, ast.Attribute):
            base = self.resolve(module, expression.value)
            return self.follow(_joined(base), expression.attr) if base is not None else None
        return None

    def follow(self, module: str, name: str, depth: int = 0) -> Name | None:
        """Where ``name``, as seen in ``module``, is defined; what is not of this project is taken as it is."""
        source_module = self.modules.get(module)
        if source_module is None:
            return (module, name)
        if depth > 10:  # modules that import each other in a circle
            return None
        if name in _defined(source_module.tree):
            return (module, name)
        if name in source_module.imports:
            source, attribute = source_module.imports[name]
            return self.follow(source, attribute, depth + 1) if attribute else (source, "")
        for star in source_module.stars:
            target = self.follow(star, name, depth + 1)
            if target is not None and target[0] in self.modules:
                return target
        return (f"{module}.{name}", "") if f"{module}.{name}" in self.modules else None


def read_project(folder: Path) -> Project:
    """Every module below ``folder`` that is not a test, generated, or somebody else's."""
    trees = {file: tree for file in _files(folder) if (tree := _parsed(file)) is not None}
    tops = {
        top
        for file, tree in trees.items()
        for top in _imported_tops(tree)
        if top != "src" or "src" in file.relative_to(folder).parts
    }
    modules: dict[str, Module] = {}
    for file, tree in trees.items():
        module = _module(folder, file, tree, tops)
        if module is not None:
            modules.setdefault(module.name, module)
    return _with_models(Project(modules))


# --- Files ------------------------------------------------------------------------------------------------------------


def _files(folder: Path) -> list[Path]:
    files: list[Path] = []
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if _is_searched(Path(place) / name))
        files += [
            Path(place) / name
            for name in sorted(names)
            if name.endswith(".py") and not _is_test(name)
        ]
        if len(files) > MOST_FILES:
            break
    return files


def _is_searched(folder: Path) -> bool:
    hidden = folder.name.startswith((".", "_")) or folder.name in SKIPPED_FOLDERS
    return not hidden and not (folder / "pyvenv.cfg").exists()


def _is_test(name: str) -> bool:
    return (
        name.startswith("test_")
        or name.endswith("_test.py")
        or name in ("conftest.py", "setup.py", "__main__.py")
    )


def _parsed(file: Path) -> ast.Module | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SyntaxWarning)  # of the project's own escapes
            return ast.parse(file.read_bytes())
    except (OSError, SyntaxError, ValueError):
        return None


@functools.cache
def statements(tree: ast.Module) -> tuple[ast.stmt, ...]:
    """All statements of a module, in whichever other they stand: a tenth of its nodes."""
    nodes: list[ast.AST] = [*tree.body]
    for node in nodes:  # which grows: outer statements come first
        for name in ("body", "orelse", "finalbody", "handlers", "cases"):
            inner = getattr(node, name, None)
            nodes += inner if isinstance(inner, list) else ()
    return tuple(node for node in nodes if isinstance(node, ast.stmt))


def _imported_tops(tree: ast.Module) -> Iterator[str]:
    """The first parts of all modules that are imported by their full name."""
    for node in statements(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def _module(folder: Path, file: Path, tree: ast.Module, tops: set[str]) -> Module | None:
    """The module a file is, under the name by which the project itself would import it."""
    parts = [*file.relative_to(folder).with_suffix("").parts]
    if parts[-1] == "__init__":
        parts.pop()
    start = _start(folder, parts, tops)
    name = ".".join(parts[start:])
    if not parts[start:] or not all(part.isidentifier() for part in parts[start:]):
        return None
    package = name if file.name == "__init__.py" else name.rpartition(".")[0]
    imports, stars = _imports(tree, package)
    return Module(name, folder.joinpath(*parts[:start]), tree, imports, stars)


def _start(folder: Path, parts: list[str], tops: set[str]) -> int:
    """At which part of a path the module's name begins: where the project's own imports begin, else where packages do."""
    first = _first_part(folder, parts, tops)
    for index, part in enumerate(parts[first:], start=first):
        if part in tops:
            return index
    start = len(parts) - 1
    while start > first and (folder.joinpath(*parts[:start]) / "__init__.py").exists():
        start -= 1
    return start


def _first_part(folder: Path, parts: list[str], tops: set[str]) -> int:
    """Below which folder a module's name can begin: that of the project that it is in, and its ``src`` if that is no package."""
    first = 0
    for index in range(len(parts) - 1):
        inner = folder.joinpath(*parts[: index + 1])
        is_package = (inner / "__init__.py").exists()
        is_project = any((inner / name).exists() for name in PROJECT_FILES)
        is_source = parts[index] == "src" and "src" not in tops
        if not is_package and (is_project or is_source):
            first = index + 1
    return first


def _imports(tree: ast.Module, package: str) -> tuple[dict[str, Name], tuple[str, ...]]:
    names: dict[str, Name] = {}
    stars: list[str] = []
    for node in statements(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                names[alias.asname or alias.name.partition(".")[0]] = (
                    alias.name if alias.asname else alias.name.partition(".")[0],
                    "",
                )
        elif isinstance(node, ast.ImportFrom):
            parents = (
                package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            )
            source = ".".join([*parents, *([node.module] if node.module else [])])
            for alias in node.names:
                if alias.name == "*":
                    stars.append(source)
                else:
                    names[alias.asname or alias.name] = (source, alias.name)
    return names, tuple(stars)


# --- Models -----------------------------------------------------------------------------------------------------------


def _with_models(project: Project) -> Project:
    """Mark classes that derive from a Pydantic base, over as many modules as it takes."""
    classes = {
        (module.name, node.name): node
        for module in project.modules.values()
        for node in module.tree.body
        if isinstance(node, ast.ClassDef)
    }
    models: set[Name] = set()
    while True:
        new = {
            name
            for name, node in classes.items()
            if name not in models and _is_model(project, name, node, models)
        }
        if not new:
            break
        models |= new
    generic = {name for name in models if _is_generic(classes[name])}
    return Project(project.modules, frozenset(models), frozenset(generic))


def _is_model(project: Project, name: Name, node: ast.ClassDef, models: set[Name]) -> bool:
    for base in node.bases:
        definition = project.resolve(
            name[0], base.value if isinstance(base, ast.Subscript) else base
        )
        if definition in models or (
            definition is not None
            and definition[0] not in project.modules
            and (definition[1] in PYDANTIC_BASES or _is_ninjas(definition))
        ):
            return True
    return False


def _is_ninjas(definition: Name) -> bool:
    """Whether a class is Django Ninja's own, which derives from ``BaseModel``."""
    return definition[0].partition(".")[0] == "ninja" and definition[1] in NINJA_BASES


def _is_generic(node: ast.ClassDef) -> bool:
    """Whether a class declares type variables of its own."""
    bases = [base.value for base in node.bases if isinstance(base, ast.Subscript)]
    named = any(isinstance(base, ast.Name) and base.id == "Generic" for base in bases)
    return named or bool(getattr(node, "type_params", ()))


@functools.cache
def _defined(tree: ast.Module) -> set[str]:
    names = {node.name for node in tree.body if isinstance(node, ast.ClassDef | ast.FunctionDef)}
    for node in tree.body:
        if isinstance(node, ast.Assign):
            names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names.add(node.target.id)
    return names


def _joined(name: Name) -> str:
    return f"{name[0]}.{name[1]}" if name[1] else name[0]
