"""The types of each contract, as a table on stdout and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict

import click

from samewire.errors import first_names
from samewire.listing import ListedContract, ListedType
from samewire.report.harmless import one_line

SHOWN = 3


def as_text(contracts: Sequence[ListedContract]) -> None:
    for contract in contracts:
        count = "1 type" if len(contract.types) == 1 else f"{len(contract.types)} types"
        head = click.style(contract.name, bold=True)
        click.echo(f"{head}: {count}, {contract.schema}, {contract.output}/")
        rows = [_row(one) for one in contract.types]
        widths = [max(len(row[column]) for row in rows) for column in range(3)]
        for *cells, last in rows:
            padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
            click.echo(f"  {'  '.join([*padded, last])}".rstrip())


def _row(one: ListedType) -> tuple[str, str, str, str]:
    marks = [
        f"[{code}]" for code in dict.fromkeys(diagnostic.code for diagnostic in one.diagnostics)
    ]
    return (
        one_line(one.name),
        ", ".join(one.directions),
        one_line(one.source or ""),
        one_line(" ".join([_origin(one), *marks]).strip()),
    )


def _origin(one: ListedType) -> str:
    """Its routes, or that the contract names it, or the roots that use it."""
    if one.routes:
        return first_names([route for _, route in one.routes], SHOWN)
    return "root" if one.is_root else f"in {first_names(one.roots, SHOWN)}"


def as_json(contracts: Iterable[ListedContract]) -> list[Mapping[str, object]]:
    return [
        {
            "name": contract.name,
            "schema": contract.schema,
            "output": contract.output,
            "types": [_type(one) for one in contract.types],
        }
        for contract in contracts
    ]


def _type(one: ListedType) -> dict[str, object]:
    return {
        "name": one.name,
        "source": one.source,
        "directions": list(one.directions),
        "root": one.is_root,
        "roots": list(one.roots),
        "routes": [{"direction": direction, "route": route} for direction, route in one.routes],
        "diagnostics": [asdict(diagnostic) for diagnostic in one.diagnostics],
    }
