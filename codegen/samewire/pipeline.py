"""
From a configuration to a plan: select, export, lower, render, format.

A pure function of the models and the configuration; nothing is written here. A type without an exact form is left out and
reported with the plan, so that the rest can still be generated. A contract that can't be generated is left out as a whole, and
its files stay as they are.
"""

from __future__ import annotations

import contextlib
import gc
import os
import re
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from samewire import ir
from samewire.artifacts import Crash, Plan, PlannedFile, clashes, misplaced, shared
from samewire.artifacts.ownership import INNER
from samewire.artifacts.plan import beside
from samewire.config import Config, ContractConfig, shown
from samewire.config.words import OBJECT
from samewire.crashes import crashed, crashing
from samewire.discover import import_path
from samewire.errors import (
    ArtifactError,
    Diagnostic,
    ModelError,
    NameClashError,
    SamewireError,
    SchemaError,
)
from samewire.export import Export, export_contract
from samewire.export.subset import only, without
from samewire.export.walk import refs
from samewire.extensions import keywords
from samewire.formatter import formatted
from samewire.lower import lower
from samewire.notice import source_of
from samewire.schema import dumps, load, parse, python_source
from samewire.selection import Selected, select
from samewire.targets import Settings, Target
from samewire.targets import load as load_target

FILE_NAME: Final = re.compile(rf"(?:(?:{'|'.join(INNER)})/_*)?[A-Za-z0-9][A-Za-z0-9._-]*")
_END: Final = re.compile("[. ]")  # what may follow a source in the place of a diagnostic
NOTHING_EXPORTED: Final = "has no type that could be exported, so there is nothing to generate"


@dataclass(frozen=True, slots=True)
class Built:
    """A plan, what each contract in it was made from, and what is refused in each."""

    plan: Plan
    contracts: tuple[tuple[Selected, Export], ...]
    refused: Mapping[str, Sequence[Diagnostic]]


@dataclass(slots=True)
class _Contract:
    """One contract on its way to its files, with all that is wrong. ``failure`` is why it has no files."""

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


def build_plan(config: Config) -> Plan:
    """The plan of all contracts whose files have a place."""
    return build(config, placed=True).plan


def build(config: Config, *, placed: bool = False) -> Built:
    """
    As :func:`build_plan`, with the models behind the plan. ``placed``: without the contracts whose files have no place on disk.

    Raises:
        SamewireError: no contract has a plan; with everything that is wrong, for all contracts together.

    """
    with import_path(config.pythonpath), _without_collections():
        contracts = [_contract(config, contract) for contract in config.contracts]
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
        rendered=lambda name, text: _again(config, configs[name], text),
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


def _warnings(config: Config, contracts: Sequence[_Contract]) -> Iterator[Diagnostic]:
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
        message = f"{key} decides on nothing: no code whose type is unknown goes by this name"
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


# --- One contract -----------------------------------------------------------------------------------------------------


def _contract(config: Config, contract: ContractConfig) -> _Contract:
    """A contract with its files, or with what is wrong with it as a whole; nothing in it stops another one."""
    made = _Contract(contract)
    try:
        made.files = _isolated(config, made, _document(config, made))
    except SamewireError as error:
        made.failure = tuple(dict.fromkeys((*error.diagnostics, *made.diagnostics)))
    except Exception as error:  # noqa: BLE001  # reported as a crash of this contract
        made.failure = (made.crash(contract.key, error), *made.diagnostics)
    return made


def _document(config: Config, made: _Contract) -> dict[str, Any]:
    file = made.config.source
    if file is None:
        return _exported(config, made)
    from samewire.jsonschema.risks import risky_patterns  # noqa: PLC0415  # few contracts need it

    document = _from_file(config, made.config, file)
    path = beside(config.schema, f"{made.config.name}.json")
    found = risky_patterns(document, path)
    made.warnings += [_with_source(each, document["$defs"]) for each in found]
    return document


def _exported(config: Config, made: _Contract) -> dict[str, Any]:
    """
    The document of a contract that comes from models.

    Raises:
        SamewireError: its roots can't be had, or no type of them can be exported.

    """
    made.selected = select(made.config, config)
    made.export = _export(made, made.selected)
    made.diagnostics += map(_with_way_out, made.export.diagnostics)
    document = made.export.document
    if not document["$defs"] and keywords().isdisjoint(document):
        raise ModelError(*made.diagnostics, _empty(made, made.selected.notes))
    return document


def _empty(made: _Contract, left_out: Sequence[Diagnostic]) -> Diagnostic:
    """Why there is nothing to generate: what is wrong with its types, or what was left out before they were looked at."""
    hint = "see the messages about its types"
    if left_out and not made.diagnostics:
        first, *more = left_out
        others = f", and so on ({len(left_out)} are left out)" if more else ""
        hint = f"{first.where} {first.message}{others}; {first.hint or 'name other roots'}"
    return Diagnostic("contract-empty", made.config.key, NOTHING_EXPORTED, hint)


def _export(made: _Contract, selected: Selected) -> Export:
    """The export of all roots, or of those on which it does not crash."""

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
            replace(_with_way_out(made.crash(source, error)), takes=(source,)) for source in broken
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


def beside_config(config: Config, file: Path) -> str:
    """A file relative to the folder of the configuration: one text on every machine."""
    return Path(os.path.relpath(file, config.file.parent)).as_posix()


# --- Files ------------------------------------------------------------------------------------------------------------


def rendered(
    document: dict[str, Any],
    contract: ContractConfig,
    path: str,
    origin: str = "the models",
    refused: Callable[[Diagnostic], object] | None = None,
) -> tuple[str, Mapping[str, str]]:
    """
    The text of the schema document, which goes to ``path``, and of every file of the contract's targets by its path.

    ``refused`` is told of the types that one target alone leaves out.
    """
    definitions = lowered(document, contract, path)
    files: dict[str, str] = {}
    for name, options in contract.options.targets.items():
        settings = Settings(contract, options, schema_path=path, origin=origin)
        target = load_target(name)
        if target.apart:
            texts = _apart(target, document, settings, refused or (lambda _: None))
        else:
            texts = target.render(definitions, settings)
        _refuse_unmarked(texts, name, contract)
        added = {_place(target, settings, file): text for file, text in texts.items()}
        if twice := [file for file in sorted(files) if files[file] != added.get(file, files[file])]:
            message = f"two targets of this contract write {', '.join(twice)}, one of them {name!r}"
            hint = "give each target a contract of its own"
            raise ArtifactError(Diagnostic("file-clash", f"{contract.key}.targets", message, hint))
        files |= added
    return dumps(_placed(document, contract)), files


def _apart(
    target: Target,
    document: dict[str, Any],
    settings: Settings,
    refused: Callable[[Diagnostic], object],
) -> Mapping[str, str]:
    """
    The files of a target without the types that it alone has no exact form of.

    Raises:
        SamewireError: it is not a type's fault, or no type is left.

    """
    while True:
        definitions = lowered(document, settings.config, settings.schema_path)
        try:
            return target.render(definitions, settings)
        except ModelError as error:
            found = [_with_source(each, document["$defs"]) for each in error.diagnostics]
            rest = without(document, set(_names(error.diagnostics, document["$defs"])))
            if not rest["$defs"] or len(rest["$defs"]) == len(document["$defs"]):
                raise
            for each in found:
                refused(each)
            document = rest


def _placed(document: Mapping[str, Any], contract: ContractConfig) -> dict[str, Any]:
    """A document that names the folders of its contract: orphans are looked for there."""
    places = {"x-samewire-output": contract.output}
    if contract.options.runtime:
        places["x-samewire-runtime"] = contract.options.runtime
    for name, options in contract.options.targets.items():
        target = load_target(name)
        for place in filter(None, (target.file, target.folder)):
            if path := place(options):
                places[f"x-samewire-{name}"] = path
    return {**document, **places}


def _refuse_unmarked(files: Mapping[str, str], target: str, contract: ContractConfig) -> None:
    """A file that does not say that it is generated could not be told from one of the user's."""
    for name, text in files.items():
        if source_of(text) is None:
            message = f"the target {target!r} writes {name} without settings.notice at its top"
            hint = "the package of the target has to write it, in a comment of the first lines"
            raise ArtifactError(
                Diagnostic("target-unmarked", f"{contract.key}.targets", message, hint)
            )


def lowered(document: dict[str, Any], contract: ContractConfig, path: str) -> ir.Contract:
    """The intermediate representation of a schema document, which ``path`` is the name of in messages."""
    if contract.source is None:
        return lower(document, where=path)
    from samewire import jsonschema  # noqa: PLC0415  # few contracts need it

    return jsonschema.lower(document, where=path)


def _isolated(config: Config, made: _Contract, document: dict[str, Any]) -> list[PlannedFile]:
    """
    The files of a contract without the types that have no exact form or bring out a crash, which are reported.

    Raises:
        SamewireError: it is not a type's fault, or no type is left.

    """
    while True:
        definitions = document["$defs"]
        try:
            own: list[Diagnostic] = []
            files = _planned(config, made.config, document, own.append)
        except (SchemaError, ModelError, NameClashError) as error:
            refused = [
                replace(_with_source(each, definitions), takes=_takes(each, document))
                for each in error.diagnostics
            ]
            broken = set(_names(error.diagnostics, definitions))
            rest = without(document, broken)
            if not broken or not rest["$defs"]:
                raise SamewireError(*refused) from error
            made.diagnostics += map(_with_way_out, refused)
        except SamewireError:
            raise
        except Exception as error:
            broken = _crashing(config, made.config, document)
            rest = without(document, broken)
            if not broken or not rest["$defs"]:
                raise
            for name in sorted(broken):
                where = python_source(definitions[name]) or name
                crash = _with_way_out(made.crash(where, error))
                takes = _takes(replace(crash, where=name), document)
                made.diagnostics.append(replace(crash, takes=takes))
        else:
            made.diagnostics += map(_with_way_out, own)
            return files
        document = rest


def _crashing(config: Config, contract: ContractConfig, document: dict[str, Any]) -> set[str]:
    """The definitions that crash by themselves, and not for the sake of one that they use."""
    path = beside(config.schema, f"{contract.name}.json")

    def attempt(names: Iterable[str]) -> object:
        return rendered(only(document, names), contract, path)

    definitions = document["$defs"]
    broken = set(crashing(sorted(definitions), attempt))
    causes = {name for name in broken if broken.isdisjoint({*refs(definitions[name])} - {name})}
    return causes or broken


def _takes(diagnostic: Diagnostic, document: Mapping[str, Any]) -> tuple[str, ...]:
    definitions = document["$defs"]
    left = without(document, _names([diagnostic], definitions))["$defs"]
    gone = definitions.keys() - left.keys()
    return tuple(sorted({python_source(definitions[name]) or name for name in gone}))


def _names(
    diagnostics: Sequence[Diagnostic], definitions: Mapping[str, dict[str, Any]]
) -> Iterator[str]:
    """The definitions that diagnostics are about: the one at a pointer or of a name, or those of a Python object or its owner."""
    by_source: dict[str, list[str]] = {}
    for name, definition in definitions.items():
        if source := python_source(definition):
            by_source.setdefault(source, []).append(name)
    for diagnostic in diagnostics:
        where = diagnostic.where
        if where in definitions:
            yield where
            continue
        pointer = parse(f"#{where.partition('#')[2]}") or ()
        if len(pointer) > 1:
            if pointer[1] in definitions:
                yield pointer[1]
            continue
        for end in (len(where), *(match.start() for match in _END.finditer(where))):
            yield from by_source.get(where[:end], ())


def _planned(
    config: Config,
    contract: ContractConfig,
    document: dict[str, Any],
    refused: Callable[[Diagnostic], object] | None = None,
) -> list[PlannedFile]:
    """The schema document of a contract and all that is rendered from it."""
    path = beside(config.schema, f"{contract.name}.json")
    origin = beside_config(config, contract.source) if contract.source is not None else "the models"
    schema, texts = rendered(document, contract, path, origin, refused)
    files = {path: schema, **texts}
    if contract.options.format:
        others = (".py", ".html")  # what a formatter changed of a page would not run: see docs.html
        typescript = {name: text for name, text in texts.items() if not name.endswith(others)}
        files |= formatted(typescript, contract.options.format, config.root)
    return [PlannedFile(name, text, contract.name) for name, text in files.items()]


def _again(config: Config, contract: ContractConfig, text: str) -> Mapping[str, str] | None:
    """The files of a contract for another text of its schema document, which an earlier version or a person wrote."""
    try:
        document = load(text, beside(config.schema, f"{contract.name}.json"))
        return {file.path: file.text for file in _planned(config, contract, document)}
    except Exception:  # noqa: BLE001  # whatever stands there, it gives nothing
        return None


def _place(target: Target, settings: Settings, name: str) -> str:
    """Where a file of a target goes: to a place of its own, the contract's output folder, or that of the runtime library."""
    if not FILE_NAME.fullmatch(name):
        raise ValueError(f"a template may not write to {name!r}")
    contract = settings.config
    if target.file and (path := target.file(settings.options)):
        return path
    if target.folder and (folder := target.folder(settings.options)):
        return beside(folder, name)
    if name.startswith("runtime/"):
        return beside(contract.runtime, name.removeprefix("runtime/"))
    return beside(contract.output, name)


def _with_way_out(diagnostic: Diagnostic) -> Diagnostic:
    """A type or field that has no exact form, with the line of configuration that leaves it out."""
    if diagnostic.places > 1 or not OBJECT.fullmatch(diagnostic.where):
        return diagnostic
    way_out = f'to do without it: exclude = ["{diagnostic.where}"]'
    return replace(diagnostic, hint=f"{diagnostic.hint}; {way_out}" if diagnostic.hint else way_out)


def _with_source(diagnostic: Diagnostic, definitions: Mapping[str, dict[str, Any]]) -> Diagnostic:
    """What is wrong at a pointer into a schema document, under the name of the type that the place comes from."""
    pointer = parse(f"#{diagnostic.where.partition('#')[2]}") or ()
    name = pointer[1] if len(pointer) > 1 else diagnostic.where
    source = python_source(definitions.get(name, {}))
    return replace(diagnostic, where=f"{source} ({diagnostic.where})") if source else diagnostic
