"""Finds templates, and sets up the environment that prints only code."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment


def templates(target: str) -> Path:
    """
    The folder of a target's templates: beside the package in a wheel, otherwise at the top of the repository. Never searched by
    name among the installed packages, where an old copy may exist.
    """
    package = Path(__file__).parent
    for folder in (package / "_templates", package.parent.parent / "templates"):
        if (folder / target).is_dir():
            return folder / target
    raise FileNotFoundError(f"no templates for {target} beside {package} or above it")


@cache
def environment(target: str) -> Environment:
    """A Jinja environment that prints only code (objects with ``__html__``): a plain string in a template is an error."""
    from jinja2 import (  # noqa: PLC0415  # only a run that renders pays for it
        Environment,
        FileSystemLoader,
        StrictUndefined,
    )

    return Environment(
        loader=FileSystemLoader(templates(target), encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_only_code,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        newline_sequence="\n",
        auto_reload=False,
    )


def _only_code(value: object) -> object:
    if hasattr(value, "__html__"):
        return value
    raise TypeError(f"a template printed {value!r}, which is not code")
