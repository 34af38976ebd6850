"""The target ``guards``: types, and a function for each that checks whether a value has it."""

from __future__ import annotations

from samewire import ir
from samewire.targets import Settings, Target, Validators
from samewire.targets.guards.render import render_contract
from samewire.targets.typescript.options import TypeScriptOptions, typescript_options


def _render(contract: ir.Contract, settings: Settings) -> dict[str, str]:
    return render_contract(contract, TypeScriptOptions(**typescript_options(settings)))


TARGET = Target("guards", _render, validators=Validators("guards.ts", "", kind="guards"))
