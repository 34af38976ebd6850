"""What a FastAPI application sends and is sent, read from the signatures of its routes."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

from samewire.init.sources import Module, Name, Project

METHODS = frozenset({"api_route", "delete", "get", "patch", "post", "put"})
INJECTED = frozenset(
    {"Cookie", "Depends", "Form", "Header", "Path", "Query", "Security"}
)  # not a JSON body


@dataclass(slots=True)
class Routes:
    """Models that routes return and take, and generic models that need an alias before they can be named."""

    emits: set[Name] = field(default_factory=set)
    accepts: set[Name] = field(default_factory=set)
    unnamed: set[str] = field(default_factory=set)


def find_routes(project: Project) -> Routes:
    """All models in all routes."""
    routes = Routes()
    for module in project.modules.values():
        if any(source.partition(".")[0] == "fastapi" for source, _ in module.imports.values()):
            for node in ast.walk(module.tree):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    _read(node, module, project, routes)
    return routes


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
    for annotation in _bodies(function):
        routes.accepts |= set(_models(annotation, module, project, routes))


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
    expression = _unquoted(expression)
    found = project.resolve(module.name, expression)
    if found is not None and found in project.generic:
        routes.unnamed.add(found[1])
    elif found is not None and found in project.models:
        yield found
    for child in ast.iter_child_nodes(expression):
        if isinstance(child, ast.expr):
            yield from _models(child, module, project, routes)


def _unquoted(expression: ast.expr) -> ast.expr:
    """The expression that an annotation in quotes stands for."""
    if isinstance(expression, ast.Constant) and isinstance(expression.value, str):
        try:
            return ast.parse(expression.value, mode="eval").body
        except (SyntaxError, ValueError):
            return expression
    return expression
