"""
Runs the configured formatter: a command that reads a generated file on stdin and prints it, formatted, on stdout.

It runs while the plan is made, so that what ``check`` compares is what ``generate`` writes.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from samewire.errors import Diagnostic, FormatterError

TIMEOUT = 60.0  # seconds for one file
AT_ONCE = 4
SHOWN_LINES = 20


def formatted(texts: Mapping[str, str], command: Sequence[str], root: Path) -> dict[str, str]:
    """
    Every text through ``command``, in which ``{path}`` stands for the file's absolute path.

    The command runs in the folder of the nearest package.json above the file, where ``npx`` finds what the project installed.

    Raises:
        FormatterError: the command is missing, fails, takes too long, or returns nothing.

    """
    with ThreadPoolExecutor(AT_ONCE) as pool:
        results = pool.map(lambda item: _format(item[0], item[1], command, root), texts.items())
        return dict(zip(texts, results, strict=True))


def _format(path: str, text: str, command: Sequence[str], root: Path) -> str:
    arguments = [word.replace("{path}", str(root / path)) for word in command]
    arguments[0] = shutil.which(arguments[0]) or arguments[0]  # finds npx.cmd on Windows
    try:
        process = subprocess.run(  # noqa: S603  # the user's own command, without a shell
            arguments,
            input=text.encode(),
            cwd=_working_folder(root / path, root),
            capture_output=True,
            timeout=TIMEOUT,
            check=False,
        )
        result = process.stdout.decode().replace("\r\n", "\n")
    except FileNotFoundError as error:
        raise _failed(path, command, "there is no such command") from error
    except subprocess.TimeoutExpired as error:
        raise _failed(path, command, f"not done after {TIMEOUT:.0f} seconds") from error
    except (OSError, UnicodeDecodeError) as error:
        raise _failed(path, command, str(error)) from error
    if process.returncode != 0:
        stderr = process.stderr.decode(errors="replace").strip().splitlines()[:SHOWN_LINES]
        raise _failed(path, command, "\n".join([f"exit code {process.returncode}", *stderr]))
    if not result.strip():
        raise _failed(path, command, "it printed nothing on stdout")
    return result


def _working_folder(file: Path, root: Path) -> Path:
    for folder in file.parents:
        if folder == root or (folder / "package.json").is_file():
            return folder
    return root


def _failed(path: str, command: Sequence[str], reason: str) -> FormatterError:
    message = f"the formatter `{' '.join(command)}` failed: {reason}"
    hint = "it must read the file on stdin and print it on stdout; correct `format`, or remove it"
    return FormatterError(Diagnostic("formatter-failed", path, message, hint))
