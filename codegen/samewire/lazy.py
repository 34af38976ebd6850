"""Packages that import their modules on first use of a name (PEP 562)."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any


def lazy(package: str, names: str) -> Callable[[str], Any]:
    """
    The ``__getattr__`` of a package. ``names`` has each module, with a colon behind it, before the names that are found there.

    Type checkers are shown the imports, and no ``__getattr__``, with which a package would have every name.
    """
    modules: dict[str, str] = {}
    module = ""
    for word in names.split():
        if word.endswith(":"):
            module = f"{package}.{word[:-1]}"
        else:
            modules[word] = module

    def attribute(name: str) -> Any:
        if name not in modules:
            message = f"module {package!r} has no attribute {name!r}"
            raise AttributeError(message, name=name, obj=sys.modules[package])
        value = getattr(import_module(modules[name]), name)
        setattr(sys.modules[package], name, value)
        return value

    return attribute
