# ruff: noqa: PLC0415  # a mistake in the configuration is reported before anything heavy is imported
"""The project a command works on."""

from __future__ import annotations

from pathlib import Path

from samewire.artifacts import Plan
from samewire.config import Config, find, load
from samewire.settings import Settings


def config_of(settings: Settings) -> Config:
    """The configuration that the flags name, or the nearest one."""
    return load(settings.config if settings.config is not None else find(Path.cwd()))


def plan_of(settings: Settings) -> tuple[Config, Plan]:
    """The configuration, and what it and the models say should be on disk."""
    config = config_of(settings)
    from samewire.pipeline import build_plan

    return config, build_plan(config)
