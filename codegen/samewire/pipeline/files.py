"""
The files of a contract, from its schema document: a pure function of the two.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from samewire import ir
from samewire.artifacts import PlannedFile
from samewire.artifacts.ownership import INNER
from samewire.artifacts.plan import beside
from samewire.config import Config, ContractConfig
from samewire.errors import ArtifactError, Diagnostic, ModelError
from samewire.export.subset import without
from samewire.formatter import formatted
from samewire.lower import lower
from samewire.notice import source_of
from samewire.pipeline.blame import blamed, with_source
from samewire.schema import dumps, load
from samewire.targets import Settings, Target
from samewire.targets import load as load_target
from samewire.zod_versions import CHANGES

FILE_NAME: Final = re.compile(rf"(?:(?:{'|'.join(INNER)})/_*)?[A-Za-z0-9][A-Za-z0-9._-]*")


def planned(
    config: Config,
    contract: ContractConfig,
    document: dict[str, Any],
    refused: Callable[[Diagnostic], object] | None = None,
) -> list[PlannedFile]:
    """The schema document of a contract and everything rendered from it."""
    path = beside(config.schema, f"{contract.name}.json")
    origin = beside_config(config, contract.source) if contract.source is not None else "the models"
    schema, texts = rendered(document, contract, path, origin, refused)
    files = {path: schema, **texts}
    if contract.options.format:
        others = (".py", ".html")  # what a formatter changed of a page would not run: see docs.html
        typescript = {name: text for name, text in texts.items() if not name.endswith(others)}
        files |= formatted(typescript, contract.options.format, config.root)
    return [PlannedFile(name, text, contract.name) for name, text in files.items()]


def files_again(config: Config, contract: ContractConfig, text: str) -> Mapping[str, str] | None:
    """The files of a contract for another text of its schema document, from an earlier version or edited by hand."""
    try:
        document = load(text, beside(config.schema, f"{contract.name}.json"))
        return {file.path: file.text for file in planned(config, contract, document)}
    except Exception:  # noqa: BLE001  # whatever stands there, it gives nothing
        return None


def for_other_zods(
    config: Config, contract: ContractConfig, text: str
) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The files of a contract for each other version of zod that changes them, and why they are out of date; not formatted."""
    if "zod" not in contract.options.targets:
        return
    asked = contract.frontend.zod_version
    now = max(version for version in CHANGES if version <= asked)
    unformatted = contract.options.model_copy(update={"format": None})
    for version in CHANGES:
        frontend = replace(contract.frontend, zod_version=version)
        other = replace(contract, frontend=frontend, options=unformatted)
        if version != now and (files := files_again(config, other, text)) is not None:
            yield (
                f"it is for zod {_dotted(version)}, and package.json or `zod-version` asks for {_dotted(asked)} now",
                files,
            )


def _dotted(version: tuple[int, int]) -> str:
    return f"{version[0]}.{version[1]}"


def rendered(
    document: dict[str, Any],
    contract: ContractConfig,
    path: str,
    origin: str = "the models",
    refused: Callable[[Diagnostic], object] | None = None,
) -> tuple[str, Mapping[str, str]]:
    """
    The text of the schema document, at ``path``, and of every file of the contract's targets, by path. ``refused`` receives the
    types that only one target omits.
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
            hint = "give each target its own contract"
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
    The files of a target without the types that only this target cannot represent exactly.

    Raises:
        SamewireError: it is not a type's fault, or no type is left.

    """
    while True:
        definitions = lowered(document, settings.config, settings.schema_path)
        try:
            return target.render(definitions, settings)
        except ModelError as error:
            found = [with_source(each, document["$defs"]) for each in error.diagnostics]
            rest = without(document, set(blamed(error.diagnostics, document["$defs"])))
            if not rest["$defs"] or len(rest["$defs"]) == len(document["$defs"]):
                raise
            for each in found:
                refused(each)
            document = rest


def lowered(document: dict[str, Any], contract: ContractConfig, path: str) -> ir.Contract:
    """The intermediate representation of a schema document; messages call the document ``path``."""
    if contract.source is None:
        return lower(document, where=path)
    from samewire import jsonschema  # noqa: PLC0415  # few contracts need it

    return jsonschema.lower(document, where=path)


def _place(target: Target, settings: Settings, name: str) -> str:
    """Where a target's file goes: to its own place, the contract's output folder, or that of the runtime library."""
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
    """Refuses a file without the notice, which Samewire could not distinguish from a user's file."""
    for name, text in files.items():
        if source_of(text) is None:
            message = f"the target {target!r} writes {name} without settings.notice at its top"
            hint = "the target's package must write it, in a comment in the first lines"
            raise ArtifactError(
                Diagnostic("target-unmarked", f"{contract.key}.targets", message, hint)
            )


def beside_config(config: Config, file: Path) -> str:
    """A file's path relative to the configuration's folder, the same on every machine."""
    return Path(os.path.relpath(file, config.file.parent)).as_posix()
