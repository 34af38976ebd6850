"""The target ``valibot``: types and valibot schemas."""

from __future__ import annotations

from samewire import ir
from samewire.targets import Settings, Target, Validators
from samewire.targets.typescript.options import typescript_options
from samewire.targets.valibot.render import PACKAGE, ValibotOptions, render_contract


def _render(contract: ir.Contract, settings: Settings) -> dict[str, str]:
    return render_contract(contract, ValibotOptions(**typescript_options(settings)))


TARGET = Target("valibot", _render, validators=Validators("schemas.ts", PACKAGE))
