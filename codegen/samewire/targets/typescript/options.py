"""What a user can choose about the TypeScript output."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TypeScriptOptions:
    """
    ``zod_import`` is the module specifier of zod: ``zod``, ``zod/v4``, ``zod/mini`` or anything that resolves to one of them.
    ``mini`` says which of the two interfaces that module has; left out, it is ``zod/mini``'s if the specifier ends in ``/mini``.
    ``zod_version`` is the oldest version, as (major, minor), that the output has to be exact with.
    ``import_extension`` ends the relative imports: ``.js``, ``.ts`` or nothing.
    ``type_test`` adds ``schemas.proof.ts``; ``ui_stream`` the files of a UI stream, where the contract has one.

    ``schema_path``, ``origin``, what is to be changed instead, and ``command`` only stand in the header of each file.
    """

    zod_import: str = "zod"
    mini: bool | None = None
    zod_version: tuple[int, int] = (4, 5)
    import_extension: str = ".js"
    type_test: bool = False
    ui_stream: bool = True
    schema_path: str = "schema"
    origin: str = "the models"
    command: str = "samewire generate"
