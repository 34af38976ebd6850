# ruff: noqa: ARG002  # the methods' parameters are those of the class they override
"""
The command line: parse flags, call, print, exit code; nothing else.

Each command is a module of its own that is imported when it is asked for, and imports what it needs when it runs.

Exit codes: 0 fine, 1 findings, 2 usage, configuration or model error, 3 crash, 130 interrupted, 129 hung up, 143 terminated.
"""

from __future__ import annotations

import difflib
import importlib
import os
import signal
import sys
import threading
import traceback
from collections.abc import Sequence
from types import FrameType
from typing import NoReturn

import click

from samewire.cli.flags import CRASH, ERROR, shared_flags
from samewire.pydantic_version import PydanticVersionError
from samewire.settings import FORMATS

INTERRUPTED = 130
BY_SIGNAL = 128
"""What a shell adds to the number of the signal that ended a command."""

COMMANDS = {
    "generate": (
        "samewire.cli.generate",
        "Write schema documents, TypeScript types and zod validators.",
    ),
    "check": ("samewire.cli.check", "Compare what is on disk with what would be generated."),
    "diff": ("samewire.cli.diff", "Print what `generate` would change as a unified diff."),
    "verify": (
        "samewire.cli.verify",
        "Run real values through Pydantic and the generated validators.",
    ),
    "init": ("samewire.cli.init", "Set Samewire up in a project."),
}
"""Every command with its module, which has a function of the command's name, and its line of help; in order of use."""


class Commands(click.Group):
    """A group that knows its commands by name and imports one when it runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(COMMANDS[cmd_name][0])
        command: click.Command = getattr(module, cmd_name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            close = difflib.get_close_matches(args[0], COMMANDS, n=1)
            meant = (
                f" Did you mean {close[0]!r}?" if close else f" There are {', '.join(COMMANDS)}."
            )
            ctx.fail(f"No such command {args[0]!r}.{meant}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


def _version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from importlib.metadata import version  # noqa: PLC0415  # costs as much as all of --help

        click.echo(f"samewire {version('samewire')}")
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
    """Pydantic models to TypeScript types and zod validators, exactly."""
    ctx.obj = flags
    if os.environ.get("NO_COLOR"):
        ctx.color = False


def main(args: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    _clean_up_when_terminated()
    try:
        code = samewire.main(args, prog_name="samewire", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return ERROR
    except PydanticVersionError as error:
        click.echo(f"error: {error}", err=True)
        return ERROR
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrupted.", err=True)
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001  # whatever it is, it must not end with 1, which means drift
        traceback.print_exception(error, file=sys.stderr)
        click.echo(
            f"\nSamewire crashed ({type(error).__name__}). This is a bug: please report it with the above.",
            err=True,
        )
        return CRASH
    return code if isinstance(code, int) else 0


def _clean_up_when_terminated() -> None:
    """SIGTERM and SIGHUP end the process as an exception does, so that temporary files and other processes go, but once."""

    def stop(number: int, _frame: FrameType | None) -> NoReturn:
        for each in ours:
            signal.signal(each, signal.SIG_IGN)
        sys.exit(BY_SIGNAL + number)

    signals = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    # `nohup` has the second one ignored.
    ours = [number for number in signals if signal.getsignal(number) is signal.SIG_DFL]
    if threading.current_thread() is threading.main_thread():
        for number in ours:
            signal.signal(number, stop)


__all__ = ["COMMANDS", "FORMATS", "main", "samewire"]
