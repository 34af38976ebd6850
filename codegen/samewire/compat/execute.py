"""
The witnesses, run: through the validators of both versions in Node, and through the backend's own classes.

Where Pydantic does not write one, another value of the same place is looked for, among what instances at random are written as.

The old validators are rendered from the old document, for the zod that the frontend has now.
"""

from __future__ import annotations

import json
import posixpath
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import Final, TypeAlias

from samewire.compat.backend import Backend, BackendType
from samewire.compat.findings import Finding
from samewire.compat.rules import Verdict
from samewire.config import ContractConfig
from samewire.errors import SamewireError, VerifyError
from samewire.export import Described
from samewire.targets import validators
from samewire.targets.typescript.names import assign_identifiers, assign_validators
from samewire.verify.answers import Accepted, Answer, Refused
from samewire.verify.node import find_node
from samewire.verify.runner import Generated, Runner
from samewire.verify.time_limits import ticking

NOT_EXECUTED: Final = "not executed"


@dataclass(frozen=True, slots=True)
class Version:
    """A contract: its files before and now, by their paths, ``schema`` among them, and the Python types of its definitions."""

    config: ContractConfig
    root: Path
    schema: str
    before: Mapping[str, str]
    after: Mapping[str, str]
    described: Sequence[Described]


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two versions, as Node runs it: ``names`` are the validators of its definitions."""

    generated: Generated
    names: Mapping[str, str]


def executed(findings: Sequence[Finding], versions: Mapping[str, Version]) -> list[Finding]:
    """The findings with what became of their witnesses. Without Node, or a target with validators, Pydantic alone is asked."""
    asked = {each.contract for each in findings if each.witness and each.direction is not None}
    sides = {
        f"{when}-{name}": side
        for name in sorted(asked & versions.keys())
        for when, side in _sides(versions[name])
    }
    backends = {name: Backend(each.described) for name, each in versions.items()}
    with tempfile.TemporaryDirectory(prefix="samewire-") as folder, ticking():
        try:
            if not sides:
                return [_executed(each, backends, lambda *_: None) for each in findings]
            contracts = {key: side.generated for key, side in sides.items()}
            with Runner(find_node(), contracts, Path(folder)) as runner:
                ask = partial(_answer, runner, sides)
                return [_executed(each, backends, ask) for each in findings]
        except VerifyError as error:
            why = f"{NOT_EXECUTED}: {error.diagnostics[0].message}"
            return [replace(each, executed=why) if each.witness else each for each in findings]


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


Ask: TypeAlias = Callable[[str, str, str], Answer | None]
"""Asks the validator of a definition in one version for its answer to a JSON text, if there is one."""


def _executed(found: Finding, backends: Mapping[str, Backend], ask: Ask) -> Finding:
    if not found.witness or found.direction is None or found.contract not in backends:
        return found
    asked = backends[found.contract].of(found.type, found.direction)
    old = partial(ask, f"old-{found.contract}", found.old)
    if found.direction == "emits":
        return _of_emitted(found, asked, old, partial(ask, f"new-{found.contract}", found.type))
    return _of_accepted(found, asked, old(found.witness))


def _answer(
    runner: Runner, sides: Mapping[str, _Side], key: str, definition: str, text: str
) -> Answer | None:
    if key not in sides or definition not in sides[key].names:
        return None
    try:
        return runner.ask(key, sides[key].names[definition], [text])[0]
    except SamewireError:
        return None


# --- Emitted: the new Pydantic writes it, the old schema refuses it, the new one takes it -----------------------------

Asking: TypeAlias = Callable[[str], Answer | None]


def _of_emitted(
    found: Finding, writer: BackendType | None, ask_old: Asking, ask_new: Asking
) -> Finding:
    old, why = (
        ask_old(found.witness),
        "Pydantic was not asked (the type depends on the model around it)",
    )
    if writer is not None:
        text, why = writer.written(found.witness)
        if why and isinstance(old, Refused):
            other = _another(_Place(found, old), writer, text, ask_old)
            if other is not None:
                found = replace(found, witness=other)
                old, why = ask_old(other), ""
            elif writer.instances:
                why += f", and {len(writer.instances)} other values that it writes do not show it"
    new = ask_new(found.witness)
    said = [why or "Pydantic writes it"]
    said += [] if old is None else [f"the old schema {_said(old)}"]
    said += [] if new is None else [f"the new one {_said(new)}"]
    agree = (old is None or isinstance(old, Refused)) and (new is None or isinstance(new, Accepted))
    is_forbidden = bool(why) and writer is not None and writer.has_code
    if found.verdict is Verdict.BREAKING and (is_forbidden or not agree):
        said[0] = f"not confirmed: {said[0]}"
        return replace(found, executed=", ".join(said), verdict=Verdict.UNKNOWN)
    return replace(found, executed=", ".join(said))


class _Place:
    """Where and for what a schema refuses a value, by which it is known whether it refuses another for the same."""

    def __init__(self, found: Finding, refused: Refused) -> None:
        self._path = found.path
        self._issues = self._of(refused)

    def _of(self, refused: Refused) -> set[tuple[object, ...]]:
        return {(each.code, *map(self._step, count(), each.path)) for each in refused.issues}

    def _step(self, at: int, step: str | int) -> str | int:
        """Any item or key is the same place where the path of the finding says so."""
        is_any = at < len(self._path) and self._path[at].startswith("[")
        return "[]" if is_any or isinstance(step, int) else step

    def is_of(self, answer: Answer | None) -> bool:
        return isinstance(answer, Refused) and (
            not self._issues or not self._issues.isdisjoint(self._of(answer))
        )


def _another(place: _Place, writer: BackendType, text: str | None, ask: Asking) -> str | None:
    """Another value that Pydantic writes and the old schema refuses for the same."""
    if text is not None and place.is_of(ask(text)):
        return text
    for instance in writer.instances:
        if place.is_of(ask(instance.text)):
            return writer.smaller(instance, lambda text: place.is_of(ask(text)))
    return None


# --- Accepted: the old schema takes it, and what the new Pydantic does ------------------------------------------------


def _of_accepted(found: Finding, reader: BackendType | None, old: Answer | None) -> Finding:
    said = [] if old is None else [f"the old schema {_said(old)}"]
    if reader is None:
        return replace(found, executed=", ".join(said) or NOT_EXECUTED)
    read = reader.read(found.witness)
    if not read.ok and not reader.is_elsewhere(read, found.path):
        said.append(f"Pydantic refuses it ({read.message})")
        return replace(found, executed=", ".join(said))
    if not read.ok:
        said.append(f"Pydantic takes what stands here, and refuses another part ({read.message})")
    elif reader.loses(read.value, found.witness):
        said.append("Pydantic takes it, and loses something of it")
    else:
        said.append("Pydantic takes it")
    milder = Verdict.LENIENT if found.verdict is Verdict.BREAKING else found.verdict
    return replace(found, executed=", ".join(said), verdict=milder)


def _said(answer: Answer) -> str:
    if isinstance(answer, Accepted):
        return "takes it"
    if isinstance(answer, Refused):
        return f"refuses it ({answer})"
    return "gives no verdict"
