"""The user's options of the target ``zod``."""

from __future__ import annotations

from dataclasses import dataclass

from samewire.targets import Settings
from samewire.targets.typescript.options import TypeScriptOptions, typescript_options


@dataclass(frozen=True, slots=True)
class ZodOptions(TypeScriptOptions):
    """
    ``zod_import`` is the module specifier of zod: ``zod``, ``zod/v4``, ``zod/mini`` or anything that resolves to one of them.
    ``mini`` says which of the two interfaces that module has; left out, it is ``zod/mini``'s if the specifier ends in ``/mini``.
    ``zod_version`` is the oldest version, as (major, minor), that the output has to be exact with. ``open_types``: object schemas
    are exported under their inferred types.
    """

    zod_import: str = "zod"
    mini: bool | None = None
    zod_version: tuple[int, int] = (4, 5)
    open_types: bool = False


def zod_options(settings: Settings) -> ZodOptions:
    return ZodOptions(
        **typescript_options(settings),
        zod_import=settings.config.options.zod,
        zod_version=settings.config.frontend.zod_version,
        open_types=settings.config.options.schema_types == "open",
    )
