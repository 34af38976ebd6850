"""
The models against the document they were written from, by what they accept.

The models go through the exporter, both documents to the intermediate representation, and the inclusion relation is asked in both
directions. A type that has no exact form on one side is not compared, and counts as a loss of its own.
"""

from __future__ import annotations

import importlib
import json
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from samewire import ir
from samewire.compat.mismatch import Kind, Mismatch, Pair
from samewire.compat.relation import Relation
from samewire.discover import discover, import_path
from samewire.errors import Diagnostic, SamewireError
from samewire.export import export_contract
from samewire.importing.alike import Side
from samewire.importing.losses import Loss, shortened
from samewire.importing.relaxed import lowered

_MODULE: Final = "samewire_imported_models"


def compared(ours: Mapping[str, ir.Definition], names: Mapping[str, str], text: str) -> list[Loss]:
    """
    What the models of ``text`` accept more or less than ``ours``. ``names`` has the class or alias of each definition.

    Raises:
        SamewireError: the models can't be imported.

    """
    aliases = [name for name in ours if not _is_class(ours[name].type, names[name])]
    probes = {names[name]: f"Alias_{at}" for at, name in enumerate(aliases)}
    document, found = _exported(text, [names[each] for each in ours if each not in aliases], probes)
    after, left_out = lowered(document)
    found += left_out
    theirs = {each.name: each for each in after.definitions}
    classes = {each.name: (each.source or "").partition(":")[2] for each in after.definitions}
    by_class = {class_: name for name, class_ in classes.items()}
    before, behind = Side(ours, names), Side(theirs, classes)
    less, more = Relation(ours, theirs), Relation(theirs, ours)
    for name in ours:
        other = by_class.get(probes.get(names[name], names[name]))
        if other is None:
            found.append(Loss("not-compared", name))
            continue
        if name in aliases:
            other = _of_probe(theirs, other)
        if before.of(name) != behind.of(other):
            found += _compared(less, (name, other), name, "refuses")
            found += _compared(more, (other, name), name, "accepts")
    return found


def _is_class(type_: ir.Type, name: str) -> bool:
    """Whether a module has a class of the name. An instance of a generic class has none of its own."""
    return isinstance(type_, ir.Object | ir.EnumType) and name.isidentifier()


def _of_probe(definitions: dict[str, ir.Definition], probe: str) -> str:
    """The definition of the alias that a probe has as its field."""
    definition = definitions[probe]
    if isinstance(definition.type, ir.Object):
        definitions[f"{probe}."] = replace(definition, type=definition.type.properties[0].type)
    return f"{probe}."


def _compared(relation: Relation, pair: Pair, name: str, verb: str) -> list[Loss]:
    """The reasons against a pair; empty if the relation cannot compare a type."""
    try:
        relation.compare([pair])
    except Exception as error:  # noqa: BLE001  # one type that can't be compared stops no other
        return [Loss("not-compared", name, f"{type(error).__name__}: {error}")]
    return list(_listed(name, relation.reasons.get(pair, ()), verb))


def _listed(name: str, mismatches: Iterable[Mismatch], verb: str) -> Iterator[Loss]:
    for each in mismatches:
        if each.via is not None or each.kind is Kind.KEY_IGNORED:
            continue
        place = name + "".join(step if step.startswith("[") else f".{step}" for step in each.path)
        if each.kind is Kind.UNPROVEN:
            yield Loss("unproven", place, shortened(each.detail))
            continue
        witness = json.dumps(each.value, ensure_ascii=False)
        yield Loss(f"{verb}-{each.kind.value}", place, shortened(each.detail), witness)


# --- The two documents ------------------------------------------------------------------------------------------------


def _exported(
    text: str, classes: Iterable[str], probes: Mapping[str, str]
) -> tuple[dict[str, Any], list[Loss]]:
    """The schema document of what the models accept. ``probes``: classes with a field of an alias each, by the alias."""
    more = "".join(
        f"\n\nclass {probe}(Alias_Model):\n    value: {alias}\n" for alias, probe in probes.items()
    )
    whole = f"{text}\n\nfrom pydantic import BaseModel as Alias_Model\n{more}"
    with tempfile.TemporaryDirectory(prefix="samewire-import-") as folder:
        (Path(folder) / f"{_MODULE}.py").write_text(whole, encoding="utf-8")
        sys.modules.pop(_MODULE, None)
        try:
            with import_path([Path(folder)]):
                importlib.import_module(_MODULE)
                specs = [f"{_MODULE}:{name}" for name in (*classes, *probes.values())]
                roots = discover(specs, "import", direction="accepts").roots
                export = export_contract("import", (), roots)
        except SamewireError:
            raise
        except Exception as error:  # whatever Pydantic raises for a class that it can't build
            message = f"the written models can't be imported: {type(error).__name__}: {error}"
            hint = "report it with the smallest schema that shows it"
            raise SamewireError(Diagnostic("import-broken", "import", message, hint)) from error
        finally:
            sys.modules.pop(_MODULE, None)
    found = [
        Loss("not-compared", each.where.partition(":")[2] or each.where, each.message)
        for each in export.diagnostics
    ]
    return export.document, found
