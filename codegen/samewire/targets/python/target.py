"""The target ``python``: a standalone module of Pydantic models, for other Python services that read and call the backend."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from samewire import ir
from samewire.config.paths import ModuleFile
from samewire.targets import Settings, Target, Validators
from samewire.targets.python.dataclasses import render_dataclasses
from samewire.targets.python.models import Kind
from samewire.targets.python.render import render_module
from samewire.targets.python.routes import Form
from samewire.targets.python.typed_dicts import render_dicts


class Options(BaseModel):
    model_config = ConfigDict(extra="forbid")

    output: ModuleFile | None = Field(
        default=None,
        description="The file of the module; the contract's name with .py, in the contract's output folder, if not set.",
        examples=["services/worker/contract.py"],
    )
    models: Kind = Field(
        default="classes",
        description="What objects are: classes of Pydantic, frozen dataclasses, or TypedDicts.",
    )
    adapters: Form = Field(
        default="function",
        description="Where the JSON of routes is found: by the function adapter_for, or in the mapping ADAPTERS, which mypy reads "
        "faster where there are hundreds of routes.",
    )


_RENDERERS: Final[Mapping[Kind, Callable[[ir.Contract, str, Form], str]]] = {
    "classes": render_module,
    "dataclass": render_dataclasses,
    "typed-dict": render_dicts,
}


def _render(contract: ir.Contract, settings: Settings) -> dict[str, str]:
    path = _file(settings.options)
    name = PurePosixPath(path).name if path else f"{contract.name.replace('-', '_')}.py"
    options = settings.options or Options()
    return {name: _RENDERERS[options.models](contract, settings.notice, options.adapters)}


def _file(options: Options | None) -> str | None:
    return options.output if options else None


TARGET = Target(
    "python",
    _render,
    options=Options,
    validators=Validators("", "pydantic", kind="python"),
    file=_file,
    apart=True,
)
