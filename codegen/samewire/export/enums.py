"""Enumerations and literals, with the names and descriptions of their members."""

from __future__ import annotations

import ast
import enum as python_enum
import inspect
import itertools
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from types import ModuleType
from typing import Any

from pydantic_core import to_jsonable_python

from samewire.export.docstrings import clean
from samewire.export.scalars import JsonSchema

NEVER: JsonSchema = {"not": {}}


def literal(values: Sequence[object], *, accepted: bool) -> JsonSchema:
    """
    ``Literal[...]``; a member of an enumeration stands for its value. From JSON, Pydantic reads such a member only if the
    enumeration is of strings or integers, else never.
    """
    if accepted:
        values = [
            value
            for value in values
            if not isinstance(value, python_enum.Enum) or isinstance(value, (str, int))
        ]
    if not values:
        return NEVER
    plain = [to_jsonable_python(v.value if isinstance(v, python_enum.Enum) else v) for v in values]
    distinct = list({(type(v), repr(v)): v for v in plain}.values())
    result: JsonSchema = {"const": distinct[0]} if len(distinct) == 1 else {"enum": distinct}
    return {**_json_type(distinct), **result}


def enum(schema: Mapping[str, Any]) -> JsonSchema:
    """
    A Python enumeration. Member names travel as ``x-enum-varnames``, the attribute docstrings below them as
    ``x-enum-descriptions`` (both as OpenAPI generators spell them).
    """
    cls: type[python_enum.Enum] = schema["cls"]
    if issubclass(cls, python_enum.Flag):
        return _flag(cls)
    values = [to_jsonable_python(member.value) for member in schema["members"]]
    names = [member.name for member in schema["members"]]
    result: JsonSchema = {}
    if doc := _docstring(cls):
        result["description"] = doc
    result |= {**_json_type(values), "enum": values}
    if any(isinstance(value, (list, dict)) for value in values):
        return result  # names are for scalars: what is left is a union of fixed shapes
    result["x-enum-varnames"] = names
    described = _member_docs(cls)
    if described:
        result["x-enum-descriptions"] = [described.get(name) for name in names]
    return result


def _flag(cls: type[python_enum.Flag]) -> JsonSchema:
    """Flags combine by ``|``, so any number made of the members' bits is a value."""
    mask = 0
    for member in cls:
        mask |= int(member.value)
    values = [value for value in range(mask + 1) if value & ~mask == 0] if mask < 1 << 8 else None
    if values is not None and len(values) != mask + 1:
        return {"type": "integer", "enum": values}
    return {"type": "integer", "minimum": 0, "maximum": mask}


def _docstring(cls: type[python_enum.Enum]) -> str | None:
    doc = cls.__doc__
    # Python 3.11 and 3.12 give every enumeration without a docstring one of these.
    if doc is None or doc in (
        "An enumeration.",
        "Enum where members are also (and must be) strings",
    ):
        return None
    if any(doc is base.__doc__ for base in cls.__mro__[1:]):
        return None
    return clean(doc)


def _member_docs(cls: type[python_enum.Enum]) -> Mapping[str, str]:
    """String literals that stand below a member's assignment, as Sphinx and Pydantic (``use_attribute_docstrings``) read them."""
    module = sys.modules.get(cls.__module__)
    return {} if module is None else _docs_of_module(module).get(cls.__qualname__, {})


@cache
def _docs_of_module(module: ModuleType) -> Mapping[str, Mapping[str, str]]:
    """The attribute docstrings of all classes of a module, by qualified name. ``inspect.getsource`` would parse it for each."""
    try:
        tree = ast.parse(inspect.getsource(module))
    except (OSError, TypeError, SyntaxError):
        return {}
    found: dict[str, Mapping[str, str]] = {}
    waiting: list[tuple[str, ast.AST]] = [("", tree)]
    while waiting:
        prefix, node = waiting.pop()
        for child in ast.iter_child_nodes(node):
            match child:
                case ast.ClassDef(name=inner):
                    found[f"{prefix}{inner}"] = _attribute_docs(child)
                    waiting.append((f"{prefix}{inner}.", child))
                case ast.FunctionDef(name=inner) | ast.AsyncFunctionDef(name=inner):
                    waiting.append((f"{prefix}{inner}.<locals>.", child))
                case ast.If() | ast.Try() | ast.With() | ast.ExceptHandler():
                    waiting.append((prefix, child))
    return found


def _attribute_docs(cls: ast.ClassDef) -> Mapping[str, str]:
    docs: dict[str, str] = {}
    for before, after in itertools.pairwise(cls.body):
        match before, after:
            case (
                ast.Assign(targets=[ast.Name(id=name)]),
                ast.Expr(value=ast.Constant(value=str(text))),
            ):
                docs[name] = clean(text)
    return docs


def _json_type(values: Sequence[object]) -> JsonSchema:
    types = {type(value) for value in values}
    for python_type, name in (
        (str, "string"),
        (bool, "boolean"),
        (int, "integer"),
        (float, "number"),
    ):
        if types == {python_type}:
            return {"type": name}
    return {}
