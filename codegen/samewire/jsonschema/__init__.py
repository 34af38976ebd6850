"""
JSON Schema beyond what the exporter writes: several schemas that apply to one value.

Loaded for contracts that come from a schema file, and for definitions of which a type's author wrote the schema. What several
schemas say together is one conjunction (``conjunction``), with what is left out (``complement``), what holds only of some values
(``conditions``) and what no schema describes (``evaluated``). TypeScript's types say what they can; checks say the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from samewire import ir
from samewire.jsonschema.definitions import definitions
from samewire.jsonschema.disjoint import check_exclusives
from samewire.jsonschema.scope import Scope
from samewire.jsonschema.types import lower_all
from samewire.lower import lower as lower_document
from samewire.lower import scope as plain
from samewire.lower.scope import Site

__all__ = ["Engine", "lower"]


def lower(document: dict[str, Any], *, where: str) -> ir.Contract:
    """The contract that any schema document describes, as ``samewire.lower.lower`` has it for a document of Samewire's own."""
    return lower_document(document, where=where, names=definitions(document))


class Engine:
    """Lowers definitions of any form, in a run over a document."""

    def __init__(self, run: plain.Scope) -> None:
        self.scope = Scope(
            run.document,
            run.where,
            run.names,
            run.lower,
            run.diagnostics,
            run.discriminators,
            run.keys,
            run.checked,
            run.failed,
            implied=run.implied,
            lower_all=lower_all,
        )

    def type_of(self, site: Site) -> ir.Type:
        return self.scope.type_of(site)

    def check(self, types: Mapping[str, ir.Type]) -> None:
        check_exclusives(types, self.scope)
