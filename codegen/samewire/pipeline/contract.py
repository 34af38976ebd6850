"""One contract, from its models or schema file to its files, without types that have no exact form or cause a crash."""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from samewire.artifacts import Crash, PlannedFile
from samewire.artifacts.plan import beside
from samewire.config import Config, ContractConfig
from samewire.crashes import crashed, crashing
from samewire.errors import Diagnostic, ModelError, NameClashError, SamewireError, SchemaError
from samewire.export import Export, export_contract
from samewire.export.subset import only, without
from samewire.export.walk import refs
from samewire.extensions import keywords
from samewire.pipeline.blame import blamed, lost_with, with_source, with_way_out
from samewire.pipeline.files import beside_config, planned, rendered
from samewire.schema import python_source
from samewire.selection import Selected, select

NOTHING_EXPORTED: Final = "has no type that could be exported, so there is nothing to generate"


@dataclass(slots=True)
class Contract:
    """One contract while it is generated, with all its problems. ``failure`` says why it has no files."""

    config: ContractConfig
    selected: Selected | None = None
    export: Export | None = None
    files: list[PlannedFile] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    warnings: list[Diagnostic] = field(default_factory=list)
    crashes: list[Crash] = field(default_factory=list)
    failure: tuple[Diagnostic, ...] = ()

    def crash(self, where: str, error: Exception) -> Diagnostic:
        diagnostic = crashed(where, error)
        trace = "".join(traceback.format_exception(error)).rstrip()
        self.crashes.append(Crash(diagnostic, trace))
        return diagnostic


def contract_of(config: Config, contract: ContractConfig) -> Contract:
    """Generates a contract: its files, or the problem of the contract as a whole. Never stops other contracts."""
    made = Contract(contract)
    try:
        made.files = _isolated(config, made, _document(config, made))
    except SamewireError as error:
        made.failure = tuple(dict.fromkeys((*error.diagnostics, *made.diagnostics)))
    except Exception as error:  # noqa: BLE001  # reported as a crash of this contract
        made.failure = (made.crash(contract.key, error), *made.diagnostics)
    return made


def _document(config: Config, made: Contract) -> dict[str, Any]:
    file = made.config.source
    if file is None:
        return _exported(config, made)
    from samewire.jsonschema.risks import risky_patterns  # noqa: PLC0415  # few contracts need it

    document = _from_file(config, made.config, file)
    path = beside(config.schema, f"{made.config.name}.json")
    found = risky_patterns(document, path)
    made.warnings += [with_source(each, document["$defs"]) for each in found]
    return document


def _exported(config: Config, made: Contract) -> dict[str, Any]:
    """
    The document of a contract that comes from models.

    Raises:
        SamewireError: its roots can't be had, or no type of them can be exported.

    """
    made.selected = select(made.config, config)
    made.export = _export(made, made.selected)
    made.diagnostics += map(with_way_out, made.export.diagnostics)
    document = made.export.document
    if not document["$defs"] and keywords().isdisjoint(document):
        raise ModelError(*made.diagnostics, _empty(made, made.selected.notes))
    return document


def _empty(made: Contract, left_out: Sequence[Diagnostic]) -> Diagnostic:
    """Why there is nothing to generate: problems of its types, or types that were skipped earlier."""
    hint = "see the messages about its types"
    if left_out and not made.diagnostics:
        first, *more = left_out
        others = f", and so on ({len(left_out)} are left out)" if more else ""
        hint = f"{first.where} {first.message}{others}; {first.hint or 'name other roots'}"
    return Diagnostic("contract-empty", made.config.key, NOTHING_EXPORTED, hint)


def _export(made: Contract, selected: Selected) -> Export:
    """Exports all roots, or those on which the export does not crash."""

    def attempt(sources: Iterable[str]) -> Export:
        chosen = frozenset(sources)
        emits, accepts = (
            tuple(root for root in roots if root.source in chosen)
            for roots in (selected.emits, selected.accepts)
        )
        return export_contract(selected.config.name, emits, accepts, selected.options)

    sources = sorted({root.source for root in (*selected.emits, *selected.accepts)})
    try:
        return attempt(sources)
    except Exception as error:
        broken = crashing(sources, attempt)
        rest = [source for source in sources if source not in broken]
        if not broken or not rest:
            raise
        made.diagnostics += [
            replace(with_way_out(made.crash(source, error)), takes=(source,)) for source in broken
        ]
        return attempt(rest)


def _from_file(config: Config, contract: ContractConfig, file: Path) -> dict[str, Any]:
    """
    The document of a contract that comes from a schema file.

    Raises:
        SchemaError: the file can't be used.

    """
    from samewire.jsonschema.source import Source, read  # noqa: PLC0415  # few contracts need it

    source = Source(
        file,
        beside_config(config, file),
        contract.emits,
        contract.accepts,
        contract.formats,
        contract.options.names,
    )
    return read(source, contract.name)


def _isolated(config: Config, made: Contract, document: dict[str, Any]) -> list[PlannedFile]:
    """
    The files of a contract without types that have no exact form or cause a crash, which are reported.

    Raises:
        SamewireError: it is not a type's fault, or no type is left.

    """
    while True:
        definitions = document["$defs"]
        try:
            own: list[Diagnostic] = []
            files = planned(config, made.config, document, own.append)
        except (SchemaError, ModelError, NameClashError) as error:
            refused = [
                replace(with_source(each, definitions), takes=lost_with(each, document))
                for each in error.diagnostics
            ]
            broken = set(blamed(error.diagnostics, definitions))
            rest = without(document, broken)
            if not broken or not rest["$defs"]:
                raise SamewireError(*refused) from error
            made.diagnostics += map(with_way_out, refused)
        except SamewireError:
            raise
        except Exception as error:
            broken = _crashing(config, made.config, document)
            rest = without(document, broken)
            if not broken or not rest["$defs"]:
                raise
            for name in sorted(broken):
                where = python_source(definitions[name]) or name
                crash = with_way_out(made.crash(where, error))
                takes = lost_with(replace(crash, where=name), document)
                made.diagnostics.append(replace(crash, takes=takes))
        else:
            made.diagnostics += map(with_way_out, own)
            return files
        document = rest


def _crashing(config: Config, contract: ContractConfig, document: dict[str, Any]) -> set[str]:
    """The definitions that crash by themselves, not because of a definition that they use."""
    path = beside(config.schema, f"{contract.name}.json")

    def attempt(names: Iterable[str]) -> object:
        return rendered(only(document, names), contract, path)

    definitions = document["$defs"]
    broken = set(crashing(sorted(definitions), attempt))
    causes = {name for name in broken if broken.isdisjoint({*refs(definitions[name])} - {name})}
    return causes or broken
