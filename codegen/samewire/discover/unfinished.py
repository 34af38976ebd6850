"""
Models that Pydantic could not finish when they were defined, as a name in one of their annotations was not there yet.

Pydantic tries again when such a model is first used, with the names of its module. Those that the module imports for type checkers
alone, under ``if TYPE_CHECKING:``, are still missing then, and an application hands them to ``model_rebuild``. Here all modules
of the contract are imported, so what these names stand for is known.
"""

from __future__ import annotations

import ast
import importlib
import importlib.util
import inspect
import sys
from collections.abc import Iterable, Iterator
from types import ModuleType

from pydantic import BaseModel, PydanticUserError
from pydantic_core import SchemaError
from typing_extensions import TypeIs


def finish(types: Iterable[object]) -> None:
    """Rebuilds the models among ``types``, as far as that can be done; the export says of the others what is missing."""
    unfinished = list(filter(_is_unfinished, types))
    modules = {model.__module__ for model in unfinished}
    names = {name: for_type_checkers(sys.modules[name]) for name in modules if name in sys.modules}
    before = len(unfinished) + 1
    while 0 < len(unfinished) < before:
        before = len(unfinished)
        for model in unfinished:
            _rebuild(model, names.get(model.__module__) or None)
        unfinished = list(filter(_is_unfinished, unfinished))


def for_type_checkers(module: ModuleType) -> dict[str, object]:
    """What a module imports under ``if TYPE_CHECKING:``, by the names that it gets there; without what can't be imported."""
    try:
        tree = ast.parse(inspect.getsource(module))
    except (OSError, TypeError, SyntaxError):
        return {}
    names: dict[str, object] = {}
    for statement in _guarded(tree.body):
        names |= _names_of(statement, module.__package__ or "")
    return names


def _is_unfinished(type_: object) -> TypeIs[type[BaseModel]]:
    model = isinstance(type_, type) and issubclass(type_, BaseModel)
    return model and not getattr(type_, "__pydantic_complete__", True)


def _rebuild(model: type[BaseModel], names: dict[str, object] | None) -> None:
    try:
        model.model_rebuild(raise_errors=False, _types_namespace=names)
    except (PydanticUserError, SchemaError, NameError, TypeError, AttributeError, AssertionError):
        return  # the export tries again, and says what is wrong


def _guarded(statements: Iterable[ast.stmt]) -> Iterator[ast.stmt]:
    for statement in statements:
        match statement:
            case ast.If(test=ast.Name(id="TYPE_CHECKING") | ast.Attribute(attr="TYPE_CHECKING")):
                yield from statement.body
            case _:
                pass


def _names_of(statement: ast.stmt, package: str) -> dict[str, object]:
    """The names that an import statement gives, with what they stand for."""
    bound: dict[str, object] = {}
    match statement:
        case ast.Import(names):
            for alias in names:
                whole = _module(alias.name, package)
                top = _module(alias.name.partition(".")[0], package)
                bound[alias.asname or alias.name.partition(".")[0]] = whole if alias.asname else top
        case ast.ImportFrom(module, names, level):
            source = f"{'.' * level}{module or ''}"
            home = _module(source, package)
            for alias in names:
                bound[alias.asname or alias.name] = _attribute(home, alias.name)
        case _:
            pass
    return {name: value for name, value in bound.items() if value is not None}


def _module(name: str, package: str) -> ModuleType | None:
    try:
        return importlib.import_module(name, package or None)
    except Exception:  # noqa: BLE001  # a module for type checkers may not exist, or not run
        return None


def _attribute(home: ModuleType | None, name: str) -> object:
    """As ``from home import name`` finds it."""
    if home is None:
        return None
    try:
        return getattr(home, name)
    except AttributeError:
        return _module(f"{home.__name__}.{name}", "")
