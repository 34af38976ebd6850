"""The contract of a case, for what needs no TypeScript."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import TypeAdapter
from samewire import ir
from samewire.discover import discover
from samewire.export import export_contract
from samewire.lower import lower
from samewire.schema import dumps, load

from .corpus import GROUPS
from .outcomes import readable
from .pipeline import export_options
from .truth import load as define


@cache
def contract_of(group: str, name: str) -> tuple[TypeAdapter[object], ir.Contract] | None:
    """The type of a case and its contract; ``None`` where Samewire refuses it, or Python can't read it."""
    exported = document_of(group, name)
    if exported is None:
        return None
    adapter, document = exported
    return adapter, lower(document, where=f"{name}.json")


@cache
def document_of(group: str, name: str) -> tuple[TypeAdapter[object], dict[str, Any]] | None:
    """The type of a case and its schema document, where there is a contract."""
    case = next(case for case in GROUPS[group] if case.name == name)
    if case.refused is not None or not readable(case):
        return None
    module = f"values_{group}_{case.name.replace('-', '_')}"
    _, adapter = define(case, module)
    found = discover([f"{module}:Root"], "case").roots
    exported = export_contract(
        case.name,
        found if case.instances is not None else (),
        found if case.accepts is not None else (),
        export_options(case, module),
    )
    return adapter, load(dumps(exported.document), f"{case.name}.json")
