"""
From a configuration to a plan: select, export, lower, render, format.

A pure function of the models and the configuration; nothing is written here. A type without an exact form is left out and
reported with the plan, so that the rest can still be generated. A contract that can't be generated is left out as a whole, and
its files stay as they are.
"""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from samewire.artifacts import Plan, clashes, misplaced, shared
from samewire.config import Config, shown
from samewire.discover import import_path
from samewire.errors import Diagnostic, SamewireError
from samewire.export import Export
from samewire.pipeline.contract import Contract, contract_of
from samewire.pipeline.files import files_again, for_other_zods
from samewire.selection import Selected


@dataclass(frozen=True, slots=True)
class Built:
    """A plan, with the inputs of each contract in it, and the refused types of each."""

    plan: Plan
    contracts: tuple[tuple[Selected, Export], ...]
    refused: Mapping[str, Sequence[Diagnostic]]


def build_plan(config: Config) -> Plan:
    """The plan of all contracts whose files can be placed."""
    return build(config, placed=True).plan


def build(config: Config, *, placed: bool = False) -> Built:
    """
    Like :func:`build_plan`, with the models behind the plan. ``placed``: omits contracts whose files cannot be placed on disk.

    Raises:
        SamewireError: no contract has a plan; with everything that is wrong, for all contracts together.

    """
    with import_path(config.pythonpath), _without_collections():
        contracts = [contract_of(config, contract) for contract in config.contracts]
    for name, problems in clashes([file for made in contracts for file in made.files]).items():
        (clashing,) = (made for made in contracts if made.config.name == name)
        clashing.failure, clashing.files = tuple(dict.fromkeys(problems)), []
    for made in contracts if placed else ():
        if found := misplaced(config.root, made.files):
            made.failure, made.files = found, []
    planned = [made for made in contracts if not made.failure]
    failed = {made.config.name: made.failure for made in contracts if made.failure}
    crashes = tuple(crash for made in contracts for crash in made.crashes)
    reported = dict.fromkeys(_once([problem for failure in failed.values() for problem in failure]))
    if not planned and not crashes:
        raise SamewireError(*reported)
    files = shared([file for made in planned for file in made.files])
    configs = {made.config.name: made.config for made in planned}
    plan = Plan(
        files=tuple(sorted(files, key=lambda file: file.path)),
        schema=config.schema,
        diagnostics=tuple(
            dict.fromkeys(diagnostic for made in planned for diagnostic in made.diagnostics)
        ),
        warnings=tuple(dict.fromkeys((*config.warnings, *_warnings(config, contracts)))),
        notes=tuple(
            dict.fromkeys(note for made in planned if made.selected for note in made.selected.notes)
        ),
        failed={
            name: tuple(problem for problem in failure if problem in reported)
            for name, failure in failed.items()
        },
        crashes=crashes,
        rendered=lambda name, text: files_again(config, configs[name], text),
        otherwise=lambda name, text: for_other_zods(config, configs[name], text),
    )
    built = [(made.selected, made.export) for made in planned]
    refused = {made.config.name: made.diagnostics for made in planned}
    return Built(plan, tuple((one, other) for one, other in built if one and other), refused)


@contextlib.contextmanager
def _without_collections() -> Iterator[None]:
    """Nearly everything that is made lives on: looking for garbage in it over and over takes a fifth of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            # What was made is now as if it had been looked through already.
            gc.freeze()
            gc.unfreeze()
            gc.enable()


def _warnings(config: Config, contracts: Sequence[Contract]) -> Iterator[Diagnostic]:
    """Those about types, and the entries under ``opaque`` that decide on nothing in any contract."""
    exported = [(made.selected, made.export) for made in contracts if made.selected and made.export]
    for _, export in exported:
        yield from export.warnings
    for made in contracts:
        yield from made.warnings
    if any(made.failure for made in contracts):
        return  # it may need what nothing else does
    entries = {key for selected, _ in exported for key in selected.options.opaque}
    for key in sorted(entries.difference(*(export.decided for _, export in exported))):
        message = f"{key} applies to nothing: no code of unknown type has this name"
        hint = "delete the entry, or name the field, function or class that the refusal names"
        yield Diagnostic("opaque-unused", f"{shown(config.file)}: opaque", message, hint)


def _once(problems: Sequence[Diagnostic]) -> list[Diagnostic]:
    """A module that can't be imported is reported at the first of the places that lead to it, whichever modules import it."""
    kept: dict[tuple[str, ...], Diagnostic] = {}
    for problem in problems:
        cause = problem.message.partition(" failed")[2]  # behind the name of the module
        same = (cause,) if problem.code == "import-failed" else (problem.message, problem.where)
        kept.setdefault((problem.code, *same), problem)
    return list(kept.values())
