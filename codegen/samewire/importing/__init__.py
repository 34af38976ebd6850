"""
``samewire import``: writes models from an OpenAPI document, a JSON Schema or zod schemas.

The file is brought into one dialect and lowered; what plain annotations do not say is set aside as a loss; the target ``python``
writes the rest, with datamodel-code-generator; and the models are compared with what they were written from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from samewire.export.deep_stack import with_deep_stack
from samewire.importing.families import Families, families
from samewire.importing.losses import Loss
from samewire.importing.owned import Written, written
from samewire.importing.package import package
from samewire.importing.plain import Plain, plain
from samewire.importing.reading import read
from samewire.importing.relaxed import lowered
from samewire.importing.round_trip import compared
from samewire.importing.safety import check_harmless
from samewire.jsonschema.source import Source, read_document

__all__ = ["Imported", "Loss", "import_document", "import_file"]


@dataclass(frozen=True, slots=True)
class Imported:
    """
    The result. ``text`` is the module, with this number of ``types``; ``renamed`` are those with another name than in the file.
    ``modules`` are their modules in a package.
    """

    text: str
    types: int
    renamed: tuple[str, ...]
    losses: tuple[Loss, ...]
    modules: Mapping[str, str] = field(default_factory=dict)

    def package(self) -> dict[str, str]:
        """The files of a package that says what the module says."""
        return package(self.text, self.modules)


def import_file(path: Path, where: str) -> Imported:
    """
    Returns the models of a schema file.

    Raises:
        SamewireError: it can't be read, or written as models.

    """
    return import_document(read(path, where), path, where)


def import_document(document: dict[str, Any], path: Path, where: str) -> Imported:
    """Like :func:`import_file`, for a loaded document."""
    return with_deep_stack(lambda: _imported(document, path, where))


def _imported(document: dict[str, Any], path: Path, where: str) -> Imported:
    whole = read_document(document, Source(path, where, formats="assert"), "import")
    contract, losses = lowered(whole)
    given = plain(contract)
    made, shared, found = _proven(given, families(given.contract, whole), path.name, where)
    definitions = {each.name: each for each in given.contract.definitions}
    losses += shared.reported_once(given.losses, definitions)
    losses += found
    ordered = sorted(dict.fromkeys(losses), key=lambda each: (each.kind, each.place, each.detail))
    own = sorted(each.name for each in contract.definitions)
    renamed = [f"{name} is {made.names[name]}" for name in own if made.names[name] != name]
    return Imported(made.text, len(made.definitions), tuple(renamed), tuple(ordered), made.modules)


def _proven(
    given: Plain, shared: Families, file: str, where: str
) -> tuple[Written, Families, list[Loss]]:
    """The models and their losses. A base or generic type that the round trip does not prove is omitted."""
    made = written(given, shared, file)
    check_harmless(made.text, where)
    doubtful = {*shared.bases, *shared.instances}
    whole = {each.name: each for each in given.contract.definitions if each.name in doubtful}
    found = compared({**made.definitions, **whole}, made.names, made.text)
    doubted = shared.without({each for loss in found for each in _about(loss, shared)})
    return (made, shared, found) if doubted == shared else _proven(given, doubted, file, where)


def _about(loss: Loss, shared: Families) -> Iterator[str]:
    """The class that a difference is about, if it has a base or is an instance."""
    return (each for each in (*shared.bases, *shared.instances) if loss.place.startswith(each))
