"""The target ``types``: the types of a contract, and no code except enums and the checker of a declared order."""

from __future__ import annotations

from samewire import ir
from samewire.targets import Settings, Target
from samewire.targets.typescript.files import contract_views, rendered
from samewire.targets.typescript.options import TypeScriptOptions, typescript_options
from samewire.targets.typescript.output import output_without_schemas


def render_contract(
    contract: ir.Contract, options: TypeScriptOptions | None = None
) -> dict[str, str]:
    """
    The files of a contract: their names, relative to its folder, and texts.

    Raises :class:`samewire.errors.ModelError` for types that have no exact form in TypeScript and
    :class:`samewire.errors.NameClashError`.
    """
    shared = output_without_schemas(contract, options, "types")
    views = contract_views(shared, "types")
    shared.refuse()
    return rendered(shared, views, {})


def _render(contract: ir.Contract, settings: Settings) -> dict[str, str]:
    return render_contract(contract, TypeScriptOptions(**typescript_options(settings)))


TARGET = Target("types", _render)
