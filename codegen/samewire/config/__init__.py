"""
The configuration: ``[tool.samewire]`` of pyproject.toml, or ``samewire.toml``, as one frozen value.

``find`` locates the file, ``load`` reads it. Nothing here imports Pydantic: a command that fails on its configuration fails
at once, and ``--help`` does not pay for it.
"""

from samewire.config.load import find, load, shown
from samewire.config.model import Config, ContractConfig, EmittedAs, Frontend, Options, UnknownKeys

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
