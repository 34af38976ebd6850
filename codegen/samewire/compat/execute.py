"""
The witnesses, run: through the validators of both versions in Node, and through the backend's own classes.

The old validators are rendered from the old document, for the zod that the frontend has now.
"""

from __future__ import annotations

import json
import posixpath
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeAlias, cast

from pydantic import TypeAdapter, ValidationError

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
    with tempfile.TemporaryDirectory(prefix="samewire-") as folder:
        try:
            if not sides:
                return [_executed(each, versions, lambda *_: None) for each in findings]
            contracts = {key: side.generated for key, side in sides.items()}
            with Runner(find_node(), contracts, Path(folder)) as runner:
                ask = partial(_answer, runner, sides)
                return [_executed(each, versions, ask) for each in findings]
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


def _executed(found: Finding, versions: Mapping[str, Version], ask: Ask) -> Finding:
    version = versions.get(found.contract)
    if not found.witness or found.direction is None or version is None:
        return found
    old = ask(f"old-{found.contract}", found.old, found.witness)
    if found.direction == "emits":
        return _of_emitted(found, old, ask(f"new-{found.contract}", found.type, found.witness))
    return _of_accepted(found, old, version)


def _answer(
    runner: Runner, sides: Mapping[str, _Side], key: str, definition: str, text: str
) -> Answer | None:
    if key not in sides or definition not in sides[key].names:
        return None
    try:
        return runner.ask(key, sides[key].names[definition], [text])[0]
    except SamewireError:
        return None


def _of_emitted(found: Finding, old: Answer | None, new: Answer | None) -> Finding:
    if old is None or new is None:
        return found
    refused = isinstance(old, Refused)
    said = f"the old schema {_said(old)}, the new one {_said(new)}"
    if found.verdict is not Verdict.BREAKING or (refused and isinstance(new, Accepted)):
        return replace(found, executed=said)
    return replace(found, executed=f"not confirmed: {said}", verdict=Verdict.UNKNOWN)


def _of_accepted(found: Finding, old: Answer | None, version: Version) -> Finding:
    said = [] if old is None else [f"the old schema {_said(old)}"]
    types = [
        each.type
        for each in version.described
        if each.definition == found.type and each.direction == "accepts"
    ]
    if not types:
        return replace(found, executed=", ".join(said) or NOT_EXECUTED)
    try:
        adapter: TypeAdapter[Any] = TypeAdapter(cast("Any", types[0]))
        value = adapter.validate_json(found.witness)
    except ValidationError as error:
        said.append(f"Pydantic refuses it: {error.errors(include_url=False)[0]['msg']}")
        return replace(found, executed=", ".join(said))
    except Exception as error:  # noqa: BLE001  # code of the user's
        said.append(f"Pydantic refuses it: {type(error).__name__}")
        return replace(found, executed=", ".join(said))
    loses = _loses(adapter, value, found.witness)
    said.append("Pydantic takes it" + (", and loses something of it" if loses else ""))
    milder = Verdict.LENIENT if found.verdict is Verdict.BREAKING else found.verdict
    return replace(found, executed=", ".join(said), verdict=milder)


def _loses(adapter: TypeAdapter[Any], value: object, text: str) -> bool:
    try:
        after = json.loads(adapter.dump_json(value, by_alias=True))
    except Exception:  # noqa: BLE001  # a serializer of the user's
        return False
    return _lacks(json.loads(text), after)


def _lacks(before: object, after: object) -> bool:
    if isinstance(before, dict) and isinstance(after, dict):
        return any(key not in after or _lacks(value, after[key]) for key, value in before.items())
    if isinstance(before, list) and isinstance(after, list):
        return len(after) < len(before) or any(map(_lacks, before, after))
    return False


def _said(answer: Answer) -> str:
    if isinstance(answer, Accepted):
        return "takes it"
    if isinstance(answer, Refused):
        return f"refuses it ({answer})"
    return "gives no verdict"
