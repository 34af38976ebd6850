"""The lowest version of Pydantic, asked for before anything is imported that a lower one lacks."""

from __future__ import annotations

import re
from importlib.metadata import version
from typing import Final

LOWEST: Final = (2, 10, 4)


class PydanticVersionError(ImportError):
    """The installed Pydantic is too old."""


def require_pydantic() -> None:
    """
    Check the version of the installed Pydantic.

    Raises:
        PydanticVersionError: it is lower than the lowest that Samewire works with.

    """
    installed = version(
        "pydantic"
    )  # the package itself takes long to import, and --help does without
    if tuple(map(int, re.findall(r"\d+", installed)[:3])) < LOWEST:
        lowest = ".".join(map(str, LOWEST))
        message = (
            f"Samewire needs Pydantic {lowest} or later, and this environment has {installed}: "
            f"pip install 'pydantic>={lowest}'"
        )
        raise PydanticVersionError(message)
