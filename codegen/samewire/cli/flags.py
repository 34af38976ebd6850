# ruff: noqa: PLC0415  # a command imports what it needs when it runs, so that --help is instant
"""The flags that every command has, before its name or after it, and how a command ends."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from samewire.cli.codes import CRASH, ERROR, FINDINGS
from samewire.errors import SamewireError
from samewire.pydantic_version import require_pydantic
from samewire.settings import FORMATS, Settings

if TYPE_CHECKING:
    from samewire.artifacts import Plan


def exit_code(plan: Plan, *, findings: bool = False) -> int:
    """How a command ends that did what it could: a crash weighs more than a mistake in models, and that more than findings."""
    if plan.crashes:
        return CRASH
    return ERROR if plan.findings else FINDINGS if findings else 0


def shared_flags(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the shared flags to a command or to the group. They default to ``None``: not given here."""
    decorators = (
        click.option(
            "--config",
            type=click.Path(path_type=Path),
            help="The configuration file. [default: search this folder and its parents]",
        ),
        click.option("-q", "--quiet", is_flag=True, default=None, help="Print errors only."),
        click.option(
            "-v",
            "--verbose",
            is_flag=True,
            default=None,
            help="Print full diffs, and everything that was skipped.",
        ),
        click.option(
            "--format",
            type=click.Choice(FORMATS),
            default=None,
            help="The output format. [default: text]",
        ),
    )
    for decorator in reversed(decorators):
        function = decorator(function)
    return function


def cache_flag(function: Callable[..., Any]) -> Callable[..., Any]:
    """
    Add ``--cache`` and ``--no-cache`` to a command whose answer may be on record.

    :mod:`samewire.record.answer` reads them before click does.
    """
    return click.option(
        "--cache/--no-cache",
        default=None,
        expose_value=False,
        help="Do nothing if nothing changed since the last run. [default: --cache, in CI --no-cache]",
    )(function)


def command(name: str) -> Callable[[Callable[..., int]], click.Command]:
    """A command: a function of :class:`Settings` and its own options that returns the exit code."""

    def decorate(function: Callable[..., int]) -> click.Command:
        @functools.wraps(function)
        def run(**options: Any) -> int:
            require_pydantic()
            ctx = click.get_current_context()
            settings = _settings(name, ctx.obj or {}, options)
            try:
                return function(settings, **options)
            except SamewireError as error:
                from samewire.report import failure

                failure(error.diagnostics, settings)
                return ERROR

        return click.command(name)(shared_flags(run))

    return decorate


def _settings(name: str, group_flags: dict[str, Any], options: dict[str, Any]) -> Settings:
    """The flags after the command's name win over those before it."""
    values = {}
    for flag in ("config", "quiet", "verbose", "format"):
        after = options.pop(flag)
        values[flag] = group_flags.get(flag) if after is None else after
    if values["quiet"] and values["verbose"]:
        raise click.UsageError("--quiet and --verbose exclude each other")
    verbosity = -1 if values["quiet"] else 1 if values["verbose"] else 0
    return Settings(name, values["config"], verbosity, values["format"] or "text")
