"""How zod is imported."""

from __future__ import annotations

import re
from typing import Final

ZOD_CORE: Final = "zod/v4/core"
_ENTRY: Final = re.compile(r"(?:/v4)?(?:[/-]mini)?$")


def zod_core(zod: str) -> str:
    """
    The specifier of zod's core where zod is imported as ``zod``: ``zod/v4/core`` for ``zod``, ``zod/v4`` and ``zod/mini``.

    A module of the project's own that stands for zod has no such subpath, so its core is that of the package.
    """
    if zod.startswith((".", "/", "#", "~", "@/")):
        return ZOD_CORE
    return f"{_ENTRY.sub('', zod)}/v4/core"
