"""The contract of a case, for what needs no TypeScript."""

from __future__ import annotations

from functools import cache

from pydantic import TypeAdapter
from samewire import ir
from samewire.discover import discover
from samewire.export import export_contract
from samewire.lower import lower
from samewire.schema import dumps, load

from .case import Case
from .corpus import GROUPS
from .outcomes import readable
from .pipeline import export_options
from .truth import load as define


@cache
def contract_of(group: str, name: str) -> tuple[TypeAdapter[object], ir.Contract] | None:
    """The type of a case and its contract; ``None`` where Samewire refuses it, or Python can't read it."""
    case = next(case for case in GROUPS[group] if case.name == name)
    if case.refused is not None or not readable(case):
        return None
    module = f"values_{group}_{case.name.replace('-', '_')}"
    _, adapter = define(case, module)
    return adapter, _contract(case, module)


def _contract(case: Case, module: str) -> ir.Contract:
    found = discover([f"{module}:Root"], "case").roots
    exported = export_contract(
        case.name,
        found if case.instances is not None else (),
        found if case.accepts is not None else (),
        export_options(case, module),
    )
    where = f"{case.name}.json"
    return lower(load(dumps(exported.document), where), where=where)
