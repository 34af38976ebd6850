# ruff: noqa: PLC0415  # a mistake in the configuration is reported before anything heavy is imported
"""The project a command works on."""

from __future__ import annotations

import sys
from pathlib import Path

from samewire.artifacts import Plan
from samewire.config import Config, find, load
from samewire.errors import Diagnostic, ModelError
from samewire.settings import Settings


def config_of(settings: Settings) -> Config:
    """The configuration that the flags name, or the nearest one."""
    return load(settings.config if settings.config is not None else find(Path.cwd()))


def plan_of(settings: Settings) -> tuple[Config, Plan]:
    """
    The configuration, and what it and the models say should be on disk.

    Raises:
        SamewireError: there is none, or Python has dropped the docstrings of the models, which the files hold.

    """
    config = config_of(settings)
    if sys.flags.optimize > 1:
        message = "Python runs without docstrings (-OO), so the descriptions of the models are lost"
        hint = "run samewire without PYTHONOPTIMIZE=2"
        raise ModelError(Diagnostic("no-docstrings", "PYTHONOPTIMIZE", message, hint))
    from samewire.pipeline import build_plan

    return config, build_plan(config)
