"""
jsoncompat as a second opinion on the pairs of ``tests/unit/compat/pairs.py``: ``make compat-oracle``.

It reads JSON Schema, without formats and what only Samewire writes, so the two differ. Values decide each difference: where
Samewire alone says that it breaks, its value has to be one of the producer and not of the acceptor; where jsoncompat alone says so,
no value of the producer may be one that the acceptor refuses. Exits with 1 if a difference is decided against Samewire.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

import jsoncompat
from pydantic import create_model
from samewire import ir
from samewire.compat.changes import compare
from samewire.compat.findings import Finding
from samewire.compat.rules import Verdict
from samewire.discover import Root
from samewire.export import ExportOptions, export_contract
from samewire.lower import lower
from samewire.schema import dumps, load
from samewire.values import edges, is_valid, values
from samewire.walk import as_written

from tests.unit.compat.pairs import ROWS
from tests.unit.values.drawing import drawn

ROLES = {"emits": "serializer", "accepts": "deserializer"}


def main() -> int:
    counts: Counter[str] = Counter()
    for old, new, *_ in ROWS:
        for answer, shown in _answers(_document(old), _document(new)):
            counts[answer] += 1
            if answer == "against Samewire":
                print(f"{answer}: {old} to {new}, {shown}")
    print(", ".join(f"{answer}: {count}" for answer, count in sorted(counts.items())))
    return 1 if counts["against Samewire"] else 0


def _document(annotation: Any) -> dict[str, Any]:
    model = create_model("Holder", field=(annotation, ...))
    root = Root("Holder", model, "app:Holder", True)
    document: dict[str, Any] = json.loads(
        dumps(export_contract("case", (root,), (root,), ExportOptions()).document)
    )
    return document


def _answers(old: dict[str, Any], new: dict[str, Any]) -> Iterator[tuple[str, str]]:
    before, after = (lower(load(dumps(each), "case"), where="case") for each in (old, new))
    found = compare(before, after)
    for direction, role in ROLES.items():
        try:
            theirs = jsoncompat.check_compat(_rooted(old, direction), _rooted(new, direction), role)
        except ValueError:
            yield "jsoncompat has no answer", direction
            continue
        broken = [e for e in found if e.direction == direction and e.verdict >= Verdict.UNKNOWN]
        made, asked = (after, before) if direction == "emits" else (before, after)
        if theirs == (not broken):
            yield "agree", direction
        elif broken:
            right = all(_is_shown(each, made, asked) for each in broken)
            yield "Samewire's value shows a break" if right else "against Samewire", direction
        else:
            right = _holds(made, asked, direction)
            yield "no value shows a break" if right else "against Samewire", direction


def _rooted(document: dict[str, Any], direction: str) -> str:
    definitions = document["$defs"].items()
    name = next(n for n, each in definitions if direction in each.get("x-samewire-root", ()))
    return json.dumps({**document, "$ref": f"#/$defs/{name}"})


def _is_shown(found: Finding, made: ir.Contract, asked: ir.Contract) -> bool:
    if found.verdict is not Verdict.BREAKING:
        return False
    names = (found.type, found.old) if found.direction == "emits" else (found.old, found.type)
    producer, acceptor = (
        {each.name: each for each in contract.definitions} for contract in (made, asked)
    )
    value = json.loads(found.witness)
    return is_valid(producer[names[0]].type, producer, value) and not is_valid(
        acceptor[names[1]].type, acceptor, value
    )


def _holds(made: ir.Contract, asked: ir.Contract, direction: str) -> bool:
    producer = as_written({each.name: each for each in made.definitions})
    acceptor = {each.name: each for each in asked.definitions}
    (name,), (other,) = getattr(made, direction), getattr(asked, direction)
    type_ = producer[name].type
    make = values(type_, producer)
    tried = [*edges(type_, producer), *(drawn(make, 60, 1) if make is not None else ())]
    return all(is_valid(acceptor[other].type, acceptor, value) for value in tried)


if __name__ == "__main__":
    sys.exit(main())
