"""
Runs the witnesses through the validators of both versions in Node, and through the backend's own classes.

The old validators are rendered from the old document, for the zod that the frontend has now.
"""

from __future__ import annotations

import contextlib
import json
import posixpath
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import islice
from pathlib import Path
from typing import Final, TypeAlias

from samewire import ir
from samewire.compat.backend import Backend
from samewire.compat.confirm import NOT_EXECUTED, Parties, confirmed
from samewire.compat.findings import Finding
from samewire.config import ContractConfig
from samewire.errors import SamewireError, VerifyError
from samewire.export import Described
from samewire.targets import validators
from samewire.targets.typescript.names import assign_identifiers, assign_validators
from samewire.values import NoValueError, draw_values, edges, values
from samewire.verify.answers import Answer
from samewire.verify.node import find_node
from samewire.verify.runner import Generated, Runner
from samewire.verify.time_limits import ticking

_EDGES: Final = 200
_DRAWN: Final = 200

_Ask: TypeAlias = Callable[[str, str, str], Answer | None]
"""Asks the validator of a definition in one version for its answer to a JSON text, if there is one."""


@dataclass(frozen=True, slots=True)
class Version:
    """
    A contract: as it was, its files before and now by their paths, ``schema`` among them, and the Python types of its definitions.
    """

    config: ContractConfig
    root: Path
    schema: str
    old: ir.Contract
    before: Mapping[str, str]
    after: Mapping[str, str]
    described: Sequence[Described]


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two versions, as Node runs it: ``names`` are the validators of its definitions."""

    generated: Generated
    names: Mapping[str, str]


def executed(findings: Sequence[Finding], versions: Mapping[str, Version]) -> list[Finding]:
    """Runs the witnesses of findings. Without Node, or without a target that validates, only Pydantic runs them."""
    shown = {each.contract for each in findings if each.witness and each.direction is not None}
    try:
        with asking([versions[name] for name in sorted(shown & versions.keys())]) as parties:
            return [
                confirmed(each, parties[each.contract])
                if each.witness and each.direction is not None and each.contract in parties
                else each
                for each in findings
            ]
    except VerifyError as error:
        why = f"{NOT_EXECUTED}: {error.diagnostics[0].message}"
        return [replace(each, executed=why) if each.witness else each for each in findings]


@contextlib.contextmanager
def asking(versions: Sequence[Version]) -> Iterator[dict[str, Parties]]:
    """
    Who can be asked, by contract.

    Raises:
        VerifyError: there is no Node, or the validators can't be run.

    """
    sides = {
        f"{when}-{version.config.name}": side
        for version in versions
        for when, side in _sides(version)
    }
    ask: _Ask = _nobody
    with contextlib.ExitStack() as stack:
        stack.enter_context(ticking())
        if sides:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="samewire-"))
            contracts = {key: side.generated for key, side in sides.items()}
            runner = stack.enter_context(Runner(find_node(), contracts, Path(folder)))
            ask = partial(_answer, runner, sides)
        yield {version.config.name: _parties(version, ask) for version in versions}


def _sides(version: Version) -> list[tuple[str, _Side]]:
    """Both, or neither where one can't be run."""
    found = validators(version.config.options.targets)
    if found is None or not version.before or not version.after:
        return []
    output = version.config.output
    sides = []
    for when, files in (("old", version.before), ("new", version.after)):
        near = {
            posixpath.relpath(path, output): text
            for path, text in files.items()
            if path.endswith(".ts")
        }
        names = assign_validators(assign_identifiers(json.loads(files[version.schema])["$defs"]))
        sides.append((when, _Side(Generated(near, version.root / output, found), names)))
    return sides


def _parties(version: Version, ask: _Ask) -> Parties:
    name = version.config.name

    @cache
    def old(definition: str, text: str) -> Answer | None:
        return ask(f"old-{name}", definition, text)

    @cache
    def new(definition: str, text: str) -> Answer | None:
        return ask(f"new-{name}", definition, text)

    return Parties(old, new, Backend(version.described), cache(partial(_sent, version.old)))


def _nobody(_key: str, _definition: str, _text: str) -> Answer | None:
    return None


def _answer(
    runner: Runner, sides: Mapping[str, _Side], key: str, definition: str, text: str
) -> Answer | None:
    if key not in sides or definition not in sides[key].names:
        return None
    try:
        return runner.ask(key, sides[key].names[definition], [text])[0]
    except SamewireError:
        return None


def _sent(contract: ir.Contract, definition: str) -> Sequence[str]:
    """Values that a deployed frontend may send for a definition: its edges, and random ones."""
    definitions = {each.name: each for each in contract.definitions}
    found: dict[str, None] = {}

    def take(value: ir.Json, _: object = None) -> None:
        found[json.dumps(value, ensure_ascii=False)] = None

    if definition in definitions:
        type_ = definitions[definition].type
        with contextlib.suppress(NoValueError):
            for value in islice(edges(type_, definitions), _EDGES):
                take(value)
            if (make := values(type_, definitions)) is not None:
                draw_values(make, take, 0, _DRAWN)
    return sorted(found, key=lambda text: (len(text), text))
