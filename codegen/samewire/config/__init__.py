"""
The configuration: ``[tool.samewire]`` of pyproject.toml, or ``samewire.toml``.

``find`` locates the file and ``load`` reads it. :mod:`.model` declares every key, as Pydantic models; :mod:`.resolved` is what the
commands use; :mod:`.frontend` finds what the frontend around an output folder needs.
"""

from samewire.config.load import find, load
from samewire.config.model import Options, UnknownKeys
from samewire.config.paths import shown
from samewire.config.resolved import Config, ContractConfig, EmittedAs, Frontend

__all__ = [
    "Config",
    "ContractConfig",
    "EmittedAs",
    "Frontend",
    "Options",
    "UnknownKeys",
    "find",
    "load",
    "shown",
]
