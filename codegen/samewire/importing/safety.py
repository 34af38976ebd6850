"""
What a written module may hold: imports of names for models, classes, aliases and literals, and nothing that runs otherwise.

The generator escapes the texts of a document. This holds it to that: a module with anything else is not written to disk, nor
imported.
"""

from __future__ import annotations

import ast
from typing import Final

from samewire.errors import Diagnostic, SamewireError

_MODULES: Final = frozenset(
    (
        *("__future__", "datetime", "decimal", "enum", "ipaddress", "typing", "uuid"),
        *("pydantic", "typing_extensions", "collections.abc"),
    )
)
_CALLS: Final = frozenset(
    (
        *("Field", "ConfigDict", "TypeAliasType", "StringConstraints", "model_rebuild", "Decimal"),
        *("Discriminator", "Tag", "timedelta", "UUID", "date", "model_validate", "AwareDatetime"),
        *("conint", "constr", "confloat", "validate_python", "TypeAdapter", "TypeVar"),
    )
)
_STATEMENTS: Final = (
    *(ast.ImportFrom, ast.ClassDef, ast.AnnAssign, ast.Assign, ast.Expr, ast.Pass),
)
_FORBIDDEN: Final = (
    *(ast.Await, ast.Yield, ast.YieldFrom, ast.NamedExpr, ast.JoinedStr, ast.comprehension),
)


def check_harmless(text: str, file: str) -> None:
    """
    Raises:
        SamewireError: ``text`` would do more than declare models.

    """
    try:
        tree = ast.parse(text)
    except SyntaxError as error:
        raise _refused(file, f"line {error.lineno} is no Python") from error
    for node in ast.walk(tree):
        line = getattr(node, "lineno", 0)
        if isinstance(node, ast.stmt) and not isinstance(node, _STATEMENTS):
            raise _refused(file, f"line {line} has a statement {type(node).__name__}")
        if isinstance(node, _FORBIDDEN):
            raise _refused(file, f"line {line} has {type(node).__name__}")
        if isinstance(node, ast.ImportFrom) and (node.level or node.module not in _MODULES):
            raise _refused(file, f"line {line} imports {node.module}")
        if isinstance(node, ast.Call) and _called(node.func) not in _CALLS:
            raise _refused(file, f"line {line} calls {ast.unparse(node.func)}")
        if isinstance(node, ast.ClassDef) and (node.decorator_list or node.keywords):
            raise _refused(file, f"line {line} decorates {node.name}")
        if isinstance(node, ast.Lambda) and not _makes_a_default(node):
            raise _refused(file, f"line {line} has a function")


def _called(function: ast.expr) -> str:
    match function:
        case ast.Name(name):
            return name
        case ast.Attribute(ast.Name(), name) | ast.Attribute(ast.Call(), name):
            return name
        case _:
            return ""


def _makes_a_default(function: ast.Lambda) -> bool:
    """A factory of a default takes nothing; what it calls is checked with the rest."""
    return not ast.unparse(function.args)


def _refused(file: str, what: str) -> SamewireError:
    message = f"the written models would do more than declare types: {what}"
    hint = "report it with the smallest schema that shows it"
    return SamewireError(Diagnostic("import-unsafe", file, message, hint))
