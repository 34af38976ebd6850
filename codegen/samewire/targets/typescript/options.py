"""The user's options for TypeScript output, independent of the validator."""

from __future__ import annotations

import posixpath
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from samewire.scalars.decoded import JSON, Choices
from samewire.targets import Layout, Settings
from samewire.zod_versions import CODECS, EXACT_OPTIONAL


@dataclass(frozen=True, slots=True)
class TypeScriptOptions:
    """
    ``import_extension`` ends the relative imports: ``.js``, ``.ts`` or nothing.
    ``runtime`` is the specifier of the folder of the runtime library. ``type_test`` adds a file that proves that types and
    schemas agree, ``streams`` one that reads streams of events and opens sockets, and ``open = "report"`` one that finds members of
    open types that are not listed; ``without`` names extensions whose files are left out. ``beside`` are the other targets of the
    contract, whose files stand in the same folder. ``exact_optional``: types tell a key that is not there from one that is
    ``undefined``, as the validators do. ``decode``: which values are others in TypeScript than in JSON, which validators decode
    and encode; ``codecs``: whether they can. ``layout``: how many files of one kind there are, ``index``: whether one exports what
    all others do.
    ``schema_path``, ``origin`` and ``command`` only stand in the header of each file: see
    :class:`Settings`.
    """

    import_extension: str = ".js"
    runtime: str = "./runtime"
    type_test: bool = False
    streams: bool = False
    open: str = "keep"
    without: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    exact_optional: bool = True
    decode: Choices = JSON
    codecs: bool = True
    layout: Layout = "file"
    index: bool = True
    schema_path: str = "schema"
    origin: str = "the models"
    command: str = "samewire generate"


def relative(folder: str, origin: str) -> str:
    """The specifier of a folder in the files of another."""
    path = posixpath.relpath(folder, origin)
    return path if path.startswith("../") else f"./{path}"


def can_decode(targets: Collection[str], zod: tuple[int, int]) -> bool:
    """Whether the schemas of a contract decode and encode."""
    return "zod" in targets and "valibot" not in targets and zod >= CODECS


def typescript_options(settings: Settings) -> dict[str, Any]:
    """The arguments of :class:`TypeScriptOptions` that a configuration gives."""
    config = settings.config
    options, imports = config.options, config.frontend.imports
    return {
        "import_extension": "" if imports == "none" else imports,
        "runtime": relative(config.runtime, config.output),
        "type_test": options.type_tests,
        "streams": options.streams,
        "open": options.open,
        "beside": frozenset(options.targets),
        "exact_optional": "zod" not in options.targets
        or config.frontend.zod_version >= EXACT_OPTIONAL,
        "decode": options.decoded.unsaid,
        "codecs": can_decode(options.targets, config.frontend.zod_version),
        "layout": options.layout,
        "index": options.index,
        "without": frozenset(name for name, on in options.extensions.items() if not on),
        "schema_path": settings.schema_path,
        "origin": settings.origin,
        "command": settings.command,
    }
