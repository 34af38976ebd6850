"""
From a configuration to a plan: discover, export, lower, render, format.

A pure function of the models and the configuration; nothing is written here. A type without an exact form is left out and
reported with the plan, so that the rest can still be generated. Anything else that is wrong leaves no plan at all.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from samewire import ir
from samewire.artifacts import Plan, PlannedFile, clashes, shared
from samewire.artifacts.plan import beside
from samewire.config import Config, ContractConfig, EmittedAs, Options, shown
from samewire.config.words import OBJECT
from samewire.discover import (
    Discovered,
    Exclusions,
    Root,
    canonical,
    discover,
    exclusions,
    import_path,
    named_types,
)
from samewire.errors import (
    ArtifactError,
    Diagnostic,
    DiscoverError,
    ModelError,
    SamewireError,
    SchemaError,
)
from samewire.export import Export, ExportOptions, export_contract
from samewire.export.options import Declared, Opaque
from samewire.export.subset import without
from samewire.formatter import formatted
from samewire.lower import lower
from samewire.schema import dumps, parse
from samewire.targets import Settings, load

T = TypeVar("T")

FILE_NAME = re.compile(r"(?:runtime/)?[A-Za-z0-9][A-Za-z0-9._-]*")
NOTHING_EXPORTED = "has no type that could be exported, so there is nothing to generate"


@dataclass(frozen=True, slots=True)
class Selected:
    """A contract with its roots, and the options under which they are exported."""

    config: ContractConfig
    emits: tuple[Root, ...]
    accepts: tuple[Root, ...]
    options: ExportOptions
    notes: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Built:
    """A plan, and what each contract in it was made from."""

    plan: Plan
    contracts: tuple[tuple[Selected, Export], ...]


def build_plan(config: Config) -> Plan:
    """
    The plan of all contracts.

    Raises:
        SamewireError: with everything that is wrong, for all contracts together.

    """
    return build(config).plan


def build(config: Config) -> Built:
    """As :func:`build_plan`, with the models behind the plan."""
    files: list[PlannedFile] = []
    diagnostics: list[Diagnostic] = []
    problems: list[Diagnostic] = []
    warnings = list(config.warnings)
    documents: list[tuple[ContractConfig, dict[str, Any]]] = []
    with import_path(config.pythonpath):
        selected = _select(config)
        exports = [
            export_contract(each.config.name, each.emits, each.accepts, each.options)
            for each in selected
        ]
    for exported in exports:
        diagnostics += map(_with_way_out, exported.diagnostics)
        warnings += exported.warnings
    warnings += _unused_decisions(config, selected, exports)
    _refuse_empty(selected, exports, diagnostics)
    documents += [
        (each.config, exported.document) for each, exported in zip(selected, exports, strict=True)
    ]
    documents += _from_files(config, problems)
    for contract, document in documents:
        try:
            files += _isolated(config, contract, document, diagnostics)
        except SamewireError as error:
            problems += error.diagnostics
    if problems:
        raise SamewireError(*dict.fromkeys(problems))
    files = shared(files)
    if clash := clashes(files):
        raise ArtifactError(*clash)
    plan = Plan(
        files=tuple(sorted(files, key=lambda file: file.path)),
        schema=config.schema,
        diagnostics=tuple(dict.fromkeys(diagnostics)),
        warnings=tuple(dict.fromkeys(warnings)),
        notes=tuple(dict.fromkeys(note for each in selected for note in each.notes)),
    )
    return Built(plan, tuple(zip(selected, exports, strict=True)))


# --- Models -----------------------------------------------------------------------------------------------------------


def _select(config: Config) -> list[Selected]:
    """The roots of every contract, or all that is wrong with what the configuration names."""
    problems: list[Diagnostic] = []
    selected = [
        _selected(contract, config, problems)
        for contract in config.contracts
        if contract.source is None
    ]
    if problems:
        raise DiscoverError(*_once(problems))
    return selected


def _once(problems: Sequence[Diagnostic]) -> list[Diagnostic]:
    """A module that can't be imported is said at the first of the places that name it."""
    kept: dict[tuple[str, ...], Diagnostic] = {}
    for each in problems:
        place = () if each.code == "import-failed" else (each.where,)
        kept.setdefault((each.code, each.message, *place), each)
    return list(kept.values())


def _selected(contract: ContractConfig, config: Config, problems: list[Diagnostic]) -> Selected:
    def attempt(step: Callable[[], T], otherwise: T) -> T:
        try:
            return step()
        except DiscoverError as error:
            problems.extend(error.diagnostics)
            return otherwise

    options, file = contract.options, shown(config.file)
    nothing = Discovered((), ())
    unnamed: dict[str, str] = {}
    untold: dict[str, str] = {}
    unknown: dict[str, object] = {}
    exclude = attempt(lambda: exclusions(options.exclude, f"{file}: exclude"), Exclusions())
    names = attempt(lambda: canonical(options.names, f"{file}: names"), unnamed)
    opaque = attempt(lambda: canonical(options.opaque, f"{file}: opaque"), untold)
    specs = [each for each in opaque.values() if ":" in each]
    types = attempt(lambda: named_types(specs, f"{file}: opaque"), unknown)
    emits = attempt(lambda: discover(contract.emits, f"{contract.key}.emits", exclude), nothing)
    for own in contract.emits_as:
        more = attempt(partial(discover, [own.spec], own.key, exclude), nothing)
        emits = _dumped_as(emits, more, own)
    accepts = attempt(
        lambda: discover(contract.accepts, f"{contract.key}.accepts", exclude, "accepts"), nothing
    )
    export_options = _export_options(options, exclude.fields, names, dict(_decided(opaque, types)))
    return Selected(
        contract, emits.roots, accepts.roots, export_options, emits.skipped + accepts.skipped
    )


def _dumped_as(emits: Discovered, more: Discovered, own: EmittedAs) -> Discovered:
    """``more`` with dump options of their own; a type of a whole module that is also named by itself is dumped as said there."""
    named = {root.source for root in more.roots if root.explicit}
    kept = [root for root in emits.roots if root.explicit or root.source not in named]
    added = [replace(root, dump=own.dump, suffix=own.suffix) for root in more.roots]
    return Discovered((*kept, *added), emits.skipped + more.skipped)


def _decided(
    opaque: Mapping[str, str], types: Mapping[str, object]
) -> Iterator[tuple[str, Opaque]]:
    for place, choice in opaque.items():
        match choice:
            case "fields" | "unknown":
                yield place, choice
            case _ if choice in types:
                yield place, Declared(choice, types[choice])


def _unused_decisions(
    config: Config, selected: Sequence[Selected], exports: Sequence[Export]
) -> Iterator[Diagnostic]:
    """The entries under ``opaque`` that decide on nothing in any contract."""
    given = {key for each in selected for key in each.options.opaque}
    for key in sorted(given.difference(*(each.decided for each in exports))):
        message = f"{key} decides on nothing: no code whose type is unknown goes by this name"
        hint = "delete the entry, or name the field, function or class that the refusal names"
        yield Diagnostic("opaque-unused", f"{shown(config.file)}: opaque", message, hint)


def _export_options(
    options: Options,
    exclude_fields: frozenset[str],
    names: Mapping[str, str],
    opaque: Mapping[str, Opaque],
) -> ExportOptions:
    return ExportOptions(
        dump=options.dump,
        unknown_keys_emits=options.unknown_keys.emits,
        unknown_keys_accepts=options.unknown_keys.accepts,
        names=names,
        opaque=opaque,
        exclude_fields=exclude_fields,
        integers=options.integers,
        floats=options.floats,
    )


def _refuse_empty(
    selected: Sequence[Selected], exports: Sequence[Export], diagnostics: Sequence[Diagnostic]
) -> None:
    """A contract with nothing in it would replace what works by empty files."""
    empty = [
        Diagnostic(
            "contract-empty", each.config.key, NOTHING_EXPORTED, "see the messages about its types"
        )
        for each, exported in zip(selected, exports, strict=True)
        if not exported.document["$defs"]
    ]
    if empty:
        raise ModelError(*dict.fromkeys(diagnostics), *empty)


def _from_files(
    config: Config, problems: list[Diagnostic]
) -> Iterator[tuple[ContractConfig, dict[str, Any]]]:
    """The document of every contract that comes from a schema file."""
    for contract in config.contracts:
        if contract.source is None:
            continue
        from samewire.jsonschema.source import Source, read  # noqa: PLC0415  # few contracts need it

        where = beside_config(config, contract.source)
        source = Source(
            contract.source,
            where,
            contract.emits,
            contract.accepts,
            contract.formats,
            contract.options.names,
        )
        try:
            yield contract, read(source, contract.name)
        except SchemaError as error:
            problems += error.diagnostics


def beside_config(config: Config, file: Path) -> str:
    """A file relative to the folder of the configuration: one text on every machine."""
    return Path(os.path.relpath(file, config.file.parent)).as_posix()


# --- Files ------------------------------------------------------------------------------------------------------------


def rendered(
    document: dict[str, Any], contract: ContractConfig, path: str, origin: str = "the models"
) -> tuple[str, Mapping[str, str]]:
    """The text of the schema document, which goes to ``path``, and of every file of the contract's targets by its name."""
    lowered = _lowered(document, contract, path)
    files: dict[str, str] = {}
    for name, options in contract.options.targets.items():
        settings = Settings(contract, options, schema_path=path, origin=origin)
        added = load(name).render(lowered, settings)
        if twice := [file for file in sorted(files) if files[file] != added.get(file, files[file])]:
            message = f"two targets of this contract write {', '.join(twice)}, one of them {name!r}"
            hint = "give each target a contract of its own"
            raise ArtifactError(Diagnostic("file-clash", f"{contract.key}.targets", message, hint))
        files |= added
    return dumps(document), files


def _lowered(document: dict[str, Any], contract: ContractConfig, path: str) -> ir.Contract:
    if contract.source is None:
        return lower(document, where=path)
    from samewire import jsonschema  # noqa: PLC0415  # few contracts need it

    return jsonschema.lower(document, where=path)


def _isolated(
    config: Config, contract: ContractConfig, document: dict[str, Any], refused: list[Diagnostic]
) -> list[PlannedFile]:
    """
    The files of a contract without the types that have no exact form, what is wrong with which goes to ``refused``.

    Raises:
        SamewireError: it is not a type's fault, or no type is left.

    """
    while True:
        try:
            return _planned(config, contract, document)
        except (SchemaError, ModelError) as error:
            definitions = document["$defs"]
            found = [_with_source(each, definitions) for each in error.diagnostics]
            broken = {name for each in error.diagnostics for name in _names(each, definitions)}
            document = without(document, broken)
            if not broken or not document["$defs"]:
                raise SamewireError(*found) from error
            refused += map(_with_way_out, found)


def _names(diagnostic: Diagnostic, definitions: Mapping[str, dict[str, Any]]) -> Iterator[str]:
    """The definitions that a diagnostic is about: the one at its pointer, or those of its Python object."""
    where = diagnostic.where
    pointer = parse(f"#{where.partition('#')[2]}") or ()
    if len(pointer) > 1:
        if pointer[1] in definitions:
            yield pointer[1]
        return
    for name, definition in definitions.items():
        source = _source(definition)
        if source is not None and (
            where == source or where.startswith((f"{source}.", f"{source} "))
        ):
            yield name


def _planned(
    config: Config, contract: ContractConfig, document: dict[str, Any]
) -> list[PlannedFile]:
    """The schema document of a contract and all that is rendered from it."""
    path = beside(config.schema, f"{contract.name}.json")
    origin = beside_config(config, contract.source) if contract.source is not None else "the models"
    schema, texts = rendered(document, contract, path, origin)
    for name in texts:
        if not FILE_NAME.fullmatch(name):
            raise ValueError(f"a template may not write to {name!r}")
    typescript = {_place(contract, name): text for name, text in texts.items()}
    if contract.options.format:
        typescript = formatted(typescript, contract.options.format, config.root)
    files = {path: schema, **typescript}
    return [PlannedFile(name, text, contract.name) for name, text in files.items()]


def _place(contract: ContractConfig, name: str) -> str:
    """Where a file of a contract goes: to its output folder, or to that of the runtime library."""
    library, _, file = name.rpartition("/")
    return beside(contract.runtime if library else contract.output, file)


def _with_way_out(diagnostic: Diagnostic) -> Diagnostic:
    """A type or field that has no exact form, with the line of configuration that leaves it out."""
    if diagnostic.places > 1 or not OBJECT.fullmatch(diagnostic.where):
        return diagnostic
    way_out = f'to do without it: exclude = ["{diagnostic.where}"]'
    return replace(diagnostic, hint=f"{diagnostic.hint}; {way_out}" if diagnostic.hint else way_out)


def _with_source(diagnostic: Diagnostic, definitions: Mapping[str, dict[str, Any]]) -> Diagnostic:
    """What is wrong at a pointer into a schema document, under the name of the type that the place comes from."""
    pointer = parse(f"#{diagnostic.where.partition('#')[2]}") or ()
    source = _source(definitions.get(pointer[1], {})) if len(pointer) > 1 else None
    return replace(diagnostic, where=f"{source} ({diagnostic.where})") if source else diagnostic


def _source(definition: dict[str, Any]) -> str | None:
    source = definition.get("x-samewire-source")
    return source if isinstance(source, str) else None
