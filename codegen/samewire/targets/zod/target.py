"""The target ``zod``: types and zod schemas."""

from __future__ import annotations

from samewire import ir
from samewire.targets import Settings, Target, Validators
from samewire.targets.zod.options import zod_options
from samewire.targets.zod.render import render_contract


def _render(contract: ir.Contract, settings: Settings) -> dict[str, str]:
    return render_contract(contract, zod_options(settings))


TARGET = Target("zod", _render, validators=Validators("schemas.ts", "zod"))
