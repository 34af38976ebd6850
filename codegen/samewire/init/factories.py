"""Functions that make an application, read from their source: what they say that they return, or what they do return."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from samewire.init.sources import Module, Name, Project

FRAMEWORKS = {
    "APIRouter": frozenset({"fastapi", "fastapi.routing"}),
    "FastAPI": frozenset({"fastapi", "fastapi.applications"}),
    "Litestar": frozenset({"litestar", "litestar.app"}),
    "NinjaAPI": frozenset({"ninja", "ninja.main"}),
}
"""The classes of applications, each with the modules that have it."""
DEEPEST = 8  # calls of functions in one another


def factories(project: Project, cls: str = "FastAPI") -> tuple[Name, ...]:
    """
    Functions at the top level of modules that make an application and need no arguments, as ``create_app()``.

    Those that another one calls are not among them: what they make is a part of what that makes.
    """
    made: dict[Name, ast.FunctionDef] = {}
    for module in project.modules.values():
        for statement in module.tree.body:
            match statement:
                case ast.FunctionDef(name=name) if not _required(statement) and _returns(
                    statement, cls, module, project, 0
                ):
                    made[module.name, name] = statement
                case _:
                    pass
    parts = {
        project.resolve(name[0], call.func)
        for name, function in made.items()
        for call in ast.walk(function)
        if isinstance(call, ast.Call)
    }
    return tuple(sorted((module, f"{name}()") for module, name in made.keys() - parts))


def makes(expression: ast.expr, cls: str, module: Module, project: Project, depth: int = 0) -> bool:
    """Whether an expression is a call of a class of applications, of a function that makes one, or of middleware around either."""
    if not isinstance(expression, ast.Call) or depth > DEEPEST:
        return False
    if is_class(expression.func, cls, module, project):
        return True
    function = project.resolve(module.name, expression.func)
    home = project.modules.get(function[0]) if function else None
    for statement in home.tree.body if home else ():
        if isinstance(statement, ast.FunctionDef) and function and statement.name == function[1]:
            return home is not None and _returns(statement, cls, home, project, depth + 1)
    inner = [
        *expression.args[:1],
        *(word.value for word in expression.keywords if word.arg == "app"),
    ]
    return any(makes(argument, cls, module, project, depth + 1) for argument in inner)


def is_class(expression: ast.expr, cls: str, module: Module, project: Project) -> bool:
    """Whether an expression names a class of applications."""
    definition = project.resolve(module.name, unquoted(expression))
    return definition is not None and definition[0] in FRAMEWORKS[cls] and definition[1] == cls


def unquoted(expression: ast.expr) -> ast.expr:
    """The expression that an annotation in quotes stands for."""
    if isinstance(expression, ast.Constant) and isinstance(expression.value, str):
        try:
            return ast.parse(expression.value, mode="eval").body
        except (SyntaxError, ValueError):
            return expression
    return expression


def _returns(
    function: ast.FunctionDef, cls: str, module: Module, project: Project, depth: int
) -> bool:
    if function.returns is not None and is_class(function.returns, cls, module, project):
        return True
    made = {
        target.id
        for statement in _own(function)
        if isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value is not None
        if makes(statement.value, cls, module, project, depth)
        for target in _targets(statement)
        if isinstance(target, ast.Name)
    }
    returned = [node.value for node in _own(function) if isinstance(node, ast.Return)]
    return any(
        value is not None
        and (makes(value, cls, module, project, depth) or not made.isdisjoint(_handed_on(value)))
        for value in returned
    )


def _handed_on(value: ast.expr) -> Iterator[str]:
    """The name that is returned, or that is what a call wraps: ``CORSMiddleware(app, ...)``."""
    match value:
        case ast.Name(id=name):
            yield name
        case ast.Call(args=[first, *_]):
            yield from _handed_on(first)
        case ast.Call(keywords=keywords):
            for word in keywords:
                if word.arg == "app":
                    yield from _handed_on(word.value)
        case _:
            pass


def _own(function: ast.FunctionDef) -> Iterator[ast.AST]:
    """The statements of a function, without those of functions inside it."""
    waiting: list[ast.AST] = [*function.body]
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            waiting += ast.iter_child_nodes(node)


def _targets(statement: ast.Assign | ast.AnnAssign) -> list[ast.expr]:
    return statement.targets if isinstance(statement, ast.Assign) else [statement.target]


def _required(function: ast.FunctionDef) -> bool:
    """Whether a function has a parameter without a default."""
    arguments = function.args
    positional = len(arguments.posonlyargs) + len(arguments.args)
    return positional > len(arguments.defaults) or None in arguments.kw_defaults
