# ruff: noqa: PLC0415  # a command imports what it needs when it runs, so that --help is instant
"""The flags that every command has, before its name or after it, and how a command ends."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias

import click

from samewire.errors import SamewireError

FORMATS = ("text", "json", "github")
OutputFormat: TypeAlias = Literal["text", "json", "github"]

ERROR = 2


@dataclass(frozen=True, slots=True)
class Settings:
    """The shared flags as given. ``verbosity`` is -1 for ``-q``, 1 for ``-v``, else 0."""

    command: str
    config: Path | None = None
    verbosity: int = 0
    format: OutputFormat = "text"

    @property
    def suffix(self) -> str:
        """What a command that is recommended must say to mean the same configuration."""
        return f" --config {self.config.as_posix()}" if self.config else ""


def shared_flags(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the shared flags to a command or to the group. They default to ``None``: not given here."""
    decorators = (
        click.option(
            "--config",
            type=click.Path(path_type=Path),
            help="The configuration file. [default: found upwards]",
        ),
        click.option("-q", "--quiet", is_flag=True, default=None, help="Print errors only."),
        click.option(
            "-v",
            "--verbose",
            is_flag=True,
            default=None,
            help="Print whole diffs, and what was left out.",
        ),
        click.option(
            "--format",
            type=click.Choice(FORMATS),
            default=None,
            help="How to report. [default: text]",
        ),
    )
    for decorator in reversed(decorators):
        function = decorator(function)
    return function


def command(name: str) -> Callable[[Callable[..., int]], click.Command]:
    """A command: a function of :class:`Settings` and its own options that returns the exit code."""

    def decorate(function: Callable[..., int]) -> click.Command:
        @functools.wraps(function)
        def run(**given: Any) -> int:
            ctx = click.get_current_context()
            settings = _settings(name, ctx.obj or {}, given)
            try:
                return function(settings, **given)
            except SamewireError as error:
                from samewire.report import failure

                failure(error.diagnostics, settings)
                return ERROR

        return click.command(name)(shared_flags(run))

    return decorate


def _settings(name: str, before: dict[str, Any], given: dict[str, Any]) -> Settings:
    """The flags after the command's name win over those before it."""
    values = {}
    for flag in ("config", "quiet", "verbose", "format"):
        after = given.pop(flag)
        values[flag] = before.get(flag) if after is None else after
    if values["quiet"] and values["verbose"]:
        raise click.UsageError("--quiet and --verbose exclude each other")
    verbosity = -1 if values["quiet"] else 1 if values["verbose"] else 0
    return Settings(name, values["config"], verbosity, values["format"] or "text")
