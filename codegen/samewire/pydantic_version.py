"""Checks the version of Pydantic before importing anything that an older one lacks."""

from __future__ import annotations

import re
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
    from pydantic import VERSION  # noqa: PLC0415  # --help does without

    if tuple(map(int, re.findall(r"\d+", VERSION)[:3])) < LOWEST:
        lowest = ".".join(map(str, LOWEST))
        message = (
            f"Samewire needs Pydantic {lowest} or later, and this environment has {VERSION}: "
            f"pip install 'pydantic>={lowest}'"
        )
        raise PydanticVersionError(message)
