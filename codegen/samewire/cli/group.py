# ruff: noqa: ARG002  # the methods' parameters are those of the class they override
"""The group of all commands, which imports the one that is asked for."""

from __future__ import annotations

import contextlib
import importlib
import keyword
import os
import sys
from collections.abc import Iterator, Sequence
from typing import Any, cast

import click

from samewire import __version__
from samewire.cli.codes import BY_SIGNAL, ERROR, INTERRUPTED, nobody_reads
from samewire.cli.commands import COMMANDS
from samewire.cli.flags import shared_flags
from samewire.pydantic_version import PydanticVersionError


class Commands(click.Group):
    """A group that knows its commands by name and imports one when it runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(COMMANDS[cmd_name][0])
        name = f"{cmd_name}_" if keyword.iskeyword(cmd_name) else cmd_name
        return cast("click.Command", getattr(module, name))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            import difflib  # noqa: PLC0415  # only here

            close = difflib.get_close_matches(args[0], COMMANDS, n=1)
            meant = (
                f" Did you mean {close[0]!r}?" if close else f" There are {', '.join(COMMANDS)}."
            )
            ctx.fail(f"No such command {args[0]!r}.{meant}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        with _unread():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: click.Context) -> object:
        with _unread():
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result


@contextlib.contextmanager
def _unread() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:  # click would end with 1, which means findings
        raise click.exceptions.Exit(nobody_reads()) from None


def _version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        click.echo(f"samewire {__version__}")
        ctx.exit()


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@shared_flags
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help="Print the version.",
)
@click.pass_context
def samewire(ctx: click.Context, /, **flags: object) -> None:
    """Generates TypeScript types and exact zod validators from Pydantic models."""
    ctx.obj = flags
    if os.environ.get("NO_COLOR"):
        ctx.color = False


def run(arguments: Sequence[str]) -> int:
    """Run a command by its arguments and return its exit code."""
    try:
        code = samewire.main(arguments, prog_name="samewire", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return ERROR
    except PydanticVersionError as error:
        click.echo(f"error: {error}", err=True)
        return ERROR
    except click.Abort:
        click.echo("Interrupted.", err=True)
        return INTERRUPTED
    except SystemExit as error:
        if isinstance(error.code, int) and error.code > BY_SIGNAL:
            raise
        click.echo(
            f"error: code of the models or of a target ended the process: sys.exit({error.code!r})",
            err=True,
        )
        return ERROR
    return code if isinstance(code, int) else 0
