"""What a user can choose about TypeScript output, whatever validates it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from samewire.targets import Settings


@dataclass(frozen=True, slots=True)
class TypeScriptOptions:
    """
    ``import_extension`` ends the relative imports: ``.js``, ``.ts`` or nothing.
    ``type_test`` adds a file that proves that types and schemas agree; ``without`` names extensions whose files are left out.
    ``schema_path``, ``origin`` and ``command`` only stand in the header of each file: see :class:`Settings`.
    """

    import_extension: str = ".js"
    type_test: bool = False
    without: frozenset[str] = frozenset()
    schema_path: str = "schema"
    origin: str = "the models"
    command: str = "samewire generate"


def typescript_options(settings: Settings) -> dict[str, Any]:
    """The arguments of :class:`TypeScriptOptions` that a configuration gives."""
    options, imports = settings.config.options, settings.config.frontend.imports
    return {
        "import_extension": "" if imports == "none" else imports,
        "type_test": options.type_tests,
        "without": frozenset(name for name, on in options.extensions.items() if not on),
        "schema_path": settings.schema_path,
        "origin": settings.origin,
        "command": settings.command,
    }
