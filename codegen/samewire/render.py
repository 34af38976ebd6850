"""
From a contract to the text of its TypeScript files.

A pure function of the contract and the options: no clock, no environment, no order of hashing.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from samewire import ir
from samewire.targets.typescript import ui_stream
from samewire.targets.typescript.declare import types_view
from samewire.targets.typescript.index import index_view
from samewire.targets.typescript.options import TypeScriptOptions
from samewire.targets.typescript.output import output
from samewire.targets.typescript.runtime import load as load_runtime
from samewire.targets.typescript.stream_order import order_view
from samewire.targets.typescript.syntax import Code
from samewire.targets.zod.prelude import load
from samewire.targets.zod.validate import validators

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["render_contract", "templates"]


def render_contract(
    contract: ir.Contract, options: TypeScriptOptions | None = None
) -> dict[str, str]:
    """
    The files of a contract: their names, relative to its folder, and texts.

    ``types.ts`` has interfaces, aliases and enums; ``schemas.ts`` the validators; ``index.ts`` exports both by name.
    ``runtime.ts`` has functions that the validators need, and is there only if they need any; ``order.ts`` the checker of
    events that declare their order. With ``options.type_test`` there is ``schemas.proof.ts``, which compiles only if each schema
    infers the type that it is declared to have. A contract with a UI stream has the files of
    :data:`samewire.targets.typescript.ui_stream.FILES`. In ``runtime/`` are copies of the files of the runtime library that
    these import.

    Raises :class:`samewire.errors.ModelError` for types that have no exact form in TypeScript and zod, and
    :class:`samewire.errors.NameClashError`.
    """
    options = options or TypeScriptOptions()
    jinja = environment()
    prelude = load((templates("typescript") / "prelude.ts").read_text("utf-8"))
    shared = output(contract, options, prelude, load_runtime(templates("typescript") / "runtime"))
    types, validated = types_view(shared), validators(shared, prelude)
    shared.refuse()
    views: dict[str, object] = {
        "types": types,
        "schemas": validated.schemas,
        "index": index_view(shared),
    }
    if validated.runtime is not None:
        views["runtime"] = validated.runtime
    if contract.order is not None:
        views["order"] = order_view(shared, contract.order)
    if options.type_test:
        views["schemas.proof"] = validated.proof
    if options.ui_stream and contract.ui_stream is not None:
        views |= dict.fromkeys(
            ui_stream.FILES, ui_stream.ui_stream_view(contract.ui_stream, shared)
        )
    files = {
        f"{name}.ts": jinja.get_template(f"{name}.ts.jinja").render(file=view)
        for name, view in views.items()
    }
    return files | shared.runtime_copies()


def templates(target: str) -> Path:
    """
    The folder of a target's templates: beside the package in a wheel, at the top of the repository otherwise.

    Never looked up by name among the installed packages, where an old copy may lie.
    """
    package = Path(__file__).parent
    for folder in (package / "_templates", package.parent.parent / "templates"):
        if (folder / target).is_dir():
            return folder / target
    raise FileNotFoundError(f"no templates for {target} beside {package} or above it")


@cache
def environment() -> Environment:
    """Prints nothing but :class:`Code`: a plain string in a template, forgotten to be escaped, is an error."""
    from jinja2 import (  # noqa: PLC0415  # only a run that renders pays for it
        Environment,
        FileSystemLoader,
        StrictUndefined,
    )

    return Environment(
        loader=FileSystemLoader(templates("typescript"), encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_only_code,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        newline_sequence="\n",
    )


def _only_code(value: object) -> object:
    if isinstance(value, Code) or hasattr(value, "__html__"):
        return value
    raise TypeError(f"a template printed {value!r}, which is not code")
