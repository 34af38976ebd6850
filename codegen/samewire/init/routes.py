"""FastAPI applications, and what they send and are sent, read from their source and the signatures of their routes."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field

from samewire.init.factories import factories, is_class, makes, unquoted
from samewire.init.sources import Module, Name, Project, statements

METHODS = frozenset({"api_route", "delete", "get", "patch", "post", "put"})
WITHOUT_MODELS = frozenset(
    {"annotated_types", "fastapi", "pydantic", "starlette", "typing_extensions"}
)
INJECTED = frozenset(
    {"Cookie", "Depends", "Form", "Header", "Path", "Query", "Security"}
)  # not a JSON body


@dataclass(slots=True)
class Routes:
    """
    Models that routes return and take, whether there are types of other packages among these, and generic models that need an
    alias before they can be named.

    ``applications`` have all of these routes once their own module is imported, in groups of which the first that can be used is
    the best: module-level instances of ``FastAPI``, functions that make one, instances of ``APIRouter``, which are also the
    ``routers``. Where a module adds routes to an application of another one, which does not import it, it is not among them.
    Neither is what another one includes.
    """

    emits: set[Name] = field(default_factory=set)
    accepts: set[Name] = field(default_factory=set)
    others_emitted: bool = False
    others_accepted: bool = False
    unnamed: set[str] = field(default_factory=set)
    applications: tuple[tuple[Name, ...], ...] = ()
    routers: tuple[Name, ...] = ()


def find_routes(project: Project) -> Routes:
    """All models in all routes, and the applications that have them."""
    routes = Routes()
    adding: set[str] = set()
    for module in project.modules.values():
        if any(source.partition(".")[0] == "fastapi" for source, _ in module.imports.values()):
            for node in statements(module.tree):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    _read(node, module, project, routes)
                    adding |= {module.name} if _is_added_elsewhere(node, module, project) else set()
    routers = _instances(project, "APIRouter")
    routes.routers = _with_all(
        _outermost(project, routers, "include_router", routers), adding, project
    )
    instances = _outermost(project, _instances(project, "FastAPI"), "mount")
    groups = (
        _with_all(instances, adding, project),
        _with_all(factories(project), adding, project),
        routes.routers,
    )
    routes.applications = tuple(group for group in groups if group)
    return routes


def _with_all(names: tuple[Name, ...], adding: set[str], project: Project) -> tuple[Name, ...]:
    """Those whose modules, by all that they import, have the modules that add routes to applications of other ones."""
    return tuple(name for name in names if not adding or adding <= _imported(name[0], project))


def _imported(start: str, project: Project) -> set[str]:
    """The modules of the project that importing one brings with it, those that its functions import included."""
    reached: set[str] = set()
    pending = [start]
    while pending:
        name = pending.pop()
        if name in reached:
            continue
        package = name.rpartition(".")[0]
        pending += [package] if package else []
        if (module := project.modules.get(name)) is None:
            continue
        reached.add(name)
        pending += module.stars
        for source, attribute in module.imports.values():
            pending += [source, f"{source}.{attribute}"]
    return reached


def other_applications(project: Project, framework: str) -> tuple[tuple[Name, ...], bool]:
    """The applications of ``litestar`` or ``ninja``, and whether a route of theirs may take a body."""
    cls = {"litestar": "Litestar", "ninja": "NinjaAPI"}[framework]
    takes = any(
        _takes_body(decorator)
        for module in project.modules.values()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for decorator in node.decorator_list
    )
    return _instances(project, cls) or factories(project, cls), takes


def _takes_body(decorator: ast.expr) -> bool:
    """``@post("/")``, ``@api.put("/")``."""
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
    return name in METHODS - {"get"}


# --- Applications -----------------------------------------------------------------------------------------------------


def _instances(project: Project, cls: str) -> tuple[Name, ...]:
    """Module-level names of instances of a class of FastAPI's."""
    return tuple(
        sorted(
            (module.name, name)
            for module in project.modules.values()
            for statement in module.tree.body
            for name in _assigned(statement)
            if _is_instance(statement, cls, module, project)
        )
    )


def _assigned(statement: ast.stmt) -> list[str]:
    match statement:
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return [name]
        case _:
            return []


def _is_instance(statement: ast.stmt, cls: str, module: Module, project: Project) -> bool:
    """``FastAPI(...)``, middleware around it, a call of a function that makes one, or what is annotated as one."""
    match statement:
        case ast.AnnAssign(annotation=annotation) if is_class(annotation, cls, module, project):
            return True
        case ast.Assign(value=ast.expr() as value) | ast.AnnAssign(value=ast.expr() as value):
            return makes(value, cls, module, project)
        case _:
            return False


def _outermost(
    project: Project, names: tuple[Name, ...], method: str, owners: tuple[Name, ...] | None = None
) -> tuple[Name, ...]:
    """Those that are no argument of a call of ``method``: of another one's among ``owners``, or of anything's."""
    inside = {
        inner
        for module in project.modules.values()
        for statement in statements(module.tree)
        if isinstance(statement, ast.Expr) and isinstance(call := statement.value, ast.Call)
        if isinstance(call.func, ast.Attribute) and call.func.attr == method
        if owners is None or project.resolve(module.name, call.func.value) in owners
        for given in (*call.args, *(word.value for word in call.keywords))
        if (inner := project.resolve(module.name, given)) is not None
    }
    return tuple(name for name in names if name not in inside)


def _is_added_elsewhere(
    function: ast.FunctionDef | ast.AsyncFunctionDef, module: Module, project: Project
) -> bool:
    """Whether a route is added to an application of another module, which has it only once this one is imported as well."""
    for call in function.decorator_list:
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and _is_route(call):
            owner = project.resolve(module.name, call.func.value)
            if owner is not None and owner[0] in project.modules and owner[0] != module.name:
                return True
    return False


# --- Models -----------------------------------------------------------------------------------------------------------


def _read(
    function: ast.FunctionDef | ast.AsyncFunctionDef,
    module: Module,
    project: Project,
    routes: Routes,
) -> None:
    calls = [
        call for call in function.decorator_list if isinstance(call, ast.Call) and _is_route(call)
    ]
    if not calls:
        return
    keywords = [keyword for call in calls for keyword in call.keywords]
    declared = [keyword.value for keyword in keywords if keyword.arg == "response_model"]
    returned = declared or ([function.returns] if function.returns is not None else [])
    extra = [keyword.value for keyword in keywords if keyword.arg == "responses"]
    for expression in (*returned, *extra):
        routes.emits |= set(_models(expression, module, project, routes))
        routes.others_emitted |= _mentions_another_package(expression, module, project)
    for annotation in _bodies(function):
        routes.accepts |= set(_models(annotation, module, project, routes))
        routes.others_accepted |= _mentions_another_package(annotation, module, project)


def _is_route(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and call.func.attr in METHODS


def _bodies(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[ast.expr]:
    """The annotations of parameters that may be read from the body."""
    arguments = [*function.args.posonlyargs, *function.args.args]
    padding: list[ast.expr | None] = [None] * (len(arguments) - len(function.args.defaults))
    pairs = zip(arguments, [*padding, *function.args.defaults], strict=True)
    keyword_only = zip(function.args.kwonlyargs, function.args.kw_defaults, strict=True)
    for argument, default in (*pairs, *keyword_only):
        if (
            argument.annotation is not None
            and not _injected(argument.annotation)
            and not _injected(default)
        ):
            yield argument.annotation


def _injected(expression: ast.expr | None) -> bool:
    """Whether FastAPI takes a parameter from elsewhere than the body."""
    for node in ast.walk(expression) if expression is not None else ():
        if isinstance(node, ast.Call):
            name = (
                node.func.attr
                if isinstance(node.func, ast.Attribute)
                else getattr(node.func, "id", None)
            )
            if name in INJECTED:
                return True
    return False


def _models(
    expression: ast.expr, module: Module, project: Project, routes: Routes
) -> Iterator[Name]:
    """The models that an annotation mentions; of ``Page[User]`` that is ``User``, and ``Page`` goes without a name."""
    expression = unquoted(expression)
    definition = project.resolve(module.name, expression)
    if definition is not None and definition in project.generic:
        routes.unnamed.add(definition[1])
    elif definition is not None and definition in project.models:
        yield definition
    for child in ast.iter_child_nodes(expression):
        if isinstance(child, ast.expr):
            yield from _models(child, module, project, routes)


def _mentions_another_package(expression: ast.expr, module: Module, project: Project) -> bool:
    """Whether an annotation names something that was imported from a package which may have models of its own."""
    for node in ast.walk(unquoted(expression)):
        name = project.resolve(module.name, node) if isinstance(node, ast.expr) else None
        package = name[0].partition(".")[0] if name is not None and name[1] else ""
        known = package in sys.stdlib_module_names | WITHOUT_MODELS
        if package and name is not None and name[0] not in project.modules and not known:
            return True
    return False
