"""Runs streams through the checkers of both versions in Node, and through the guard of the backend's own classes."""

from __future__ import annotations

import json
import posixpath
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from pydantic import TypeAdapter

from samewire.compat.confirm import NOT_EXECUTED
from samewire.compat.execute import Version
from samewire.compat.findings import Finding
from samewire.compat.rules import Verdict
from samewire.errors import VerifyError
from samewire.streams import Block, Continued, Known, check_order, order_of
from samewire.streams.events import event_classes
from samewire.verify.node import find_node
from samewire.verify.time_limits import SlowError, TimeLimit, ticking

SCRIPT: Final = Path(__file__).with_name("checker.mjs")
_FILE: Final = "order.ts"
_SECONDS: Final = 60


def executed(findings: Sequence[Finding], versions: Mapping[str, Version]) -> list[Finding]:
    """Findings whose witnesses are streams, with what became of these."""
    said = _checked(findings, versions) if findings else []
    with ticking():
        return [_executed(each, *both, versions) for each, both in zip(findings, said, strict=True)]


_Answer = str | None
"""Why a stream is refused; empty if it is taken, and ``None`` if nobody was asked."""


def _executed(
    found: Finding, old: _Answer, new: _Answer, versions: Mapping[str, Version]
) -> Finding:
    emits = found.direction == "emits"
    version = versions.get(found.contract)
    guard = (
        None if version is None else _Guard(version, emits=emits).answer(json.loads(found.witness))
    )
    answers = [
        f"{who} {'takes it' if not answer else f'refuses it ({answer})'}"
        for who, answer in (("the old checker", old), ("the new one", new), ("the guard", guard))
        if answer is not None
    ]
    if not answers:
        return replace(found, executed=NOT_EXECUTED)
    sent = [each for each in ((new, guard) if emits else (old,)) if each is not None]
    read = [each for each in ((old,) if emits else (new, guard)) if each is not None]
    confirmed = not any(sent) and all(read)
    text = ", ".join(answers)
    if confirmed:
        return replace(found, executed=text)
    return replace(found, executed=f"not confirmed: {text}", verdict=Verdict.UNKNOWN)


# --- Node -------------------------------------------------------------------------------------------------------------


def _checked(
    findings: Sequence[Finding], versions: Mapping[str, Version]
) -> list[tuple[_Answer, _Answer]]:
    """What the checkers of both versions say of each witness."""
    with tempfile.TemporaryDirectory(prefix="samewire-") as folder:
        jobs: list[dict[str, Any]] = []
        for each in findings:
            for when in ("before", "after"):
                file = _written(versions.get(each.contract), when, Path(folder))
                jobs.append({"file": file, "stream": json.loads(each.witness)})
        answers = _asked(jobs, Path(folder))
    return list(zip(answers[::2], answers[1::2], strict=True))


def _written(version: Version | None, when: str, folder: Path) -> str | None:
    """The checker of a version, whose files stand in a folder that is as deep as what they import is above them."""
    if version is None:
        return None
    files: Mapping[str, str] = version.before if when == "before" else version.after
    near = {
        posixpath.relpath(path, version.config.output): text
        for path, text in files.items()
        if path.endswith(".ts")
    }
    if _FILE not in near:
        return None
    depth = max(path.count("../") for path in near)
    home = folder.joinpath(f"{when}-{version.config.name}", *["output"] * depth)
    for name, text in near.items():
        path = (home / name).resolve()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return (home / _FILE).resolve().as_uri()


def _asked(jobs: Sequence[Mapping[str, Any]], folder: Path) -> list[_Answer]:
    path = folder / "jobs.json"
    path.write_text(json.dumps(jobs), encoding="utf-8")
    (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    try:
        done = subprocess.run(  # noqa: S603 - the Node of the user, with files of ours
            [find_node(), "--disable-warning=ExperimentalWarning", SCRIPT, path],
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=_SECONDS,
        )
        answers: list[_Answer] = json.loads(done.stdout)
    except (VerifyError, OSError, subprocess.TimeoutExpired, ValueError):
        return [None for _ in jobs]
    return answers


# --- Python -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Guard:
    """The guard of the classes that a contract emits or accepts."""

    version: Version
    emits: bool

    @cached_property
    def _limit(self) -> TimeLimit:
        return TimeLimit()

    @cached_property
    def _classes(self) -> Sequence[type[Any]]:
        """Those with an order come first."""
        direction = "emits" if self.emits else "accepts"
        found = [each for each in self.version.described if each.direction == direction]
        classes = dict.fromkeys(cls for each in found for cls in _classes_in(each.type))
        return sorted(classes, key=lambda cls: order_of(cls) is None)

    def answer(self, witness: Any) -> _Answer:
        """``None`` where the classes have no order, or do not make such events."""
        ordered = [cls for cls in self._classes if order_of(cls) is not None]
        stream = witness["events"] if isinstance(witness, dict) else witness
        known = witness["continued"] if isinstance(witness, dict) else None
        events = [self._instance(chunk) for chunk in stream]
        if not ordered or any(event is None for event in events):
            return None
        continued = None if known is None else Continued(dict(_known(known, ordered)))
        found = check_order(events, ordered, continued=continued)
        return found[0].message if found else ""

    def _instance(self, chunk: Any) -> Any:
        """An event that is read from the chunk; one that is emitted is written as it is."""
        for cls in self._classes:
            adapter: TypeAdapter[Any] = TypeAdapter(cls)
            names = {wire: _read_as(cls, name) for name, wire in _wire(cls)}
            renamed = {names.get(key, key): value for key, value in chunk.items()}
            for given in (chunk, renamed):
                try:
                    with self._limit:
                        event = adapter.validate_json(json.dumps(given))
                        written = json.loads(adapter.dump_json(event, by_alias=True))
                except (Exception, SystemExit, SlowError):  # noqa: BLE001, S112  # code of the user's
                    continue
                if not self.emits or all(written.get(key) == value for key, value in chunk.items()):
                    return event
        return None


def _classes_in(type_: object) -> tuple[type[Any], ...]:
    """Those of a union of events; none of a type that is no such union."""
    try:
        return event_classes(type_)
    except TypeError:
        return ()


def _known(
    continued: Mapping[str, Sequence[Mapping[str, Any]]], classes: Sequence[type[Any]]
) -> Iterator[tuple[Block, dict[Any, Known]]]:
    orders = [order for cls in classes if (order := order_of(cls)) is not None]
    names = {wire: name for cls in classes for name, wire in _wire(cls)}
    for block in {block for order in orders for block in order.named()}:
        if block.name in continued:
            yield (
                block,
                {
                    one["key"]: Known(
                        one["state"],
                        {names.get(key, key): value for key, value in one.get("same", {}).items()},
                        one.get("alias"),
                    )
                    for one in continued[block.name]
                },
            )


def _read_as(cls: type[Any], name: str) -> str:
    alias = cls.model_fields[name].validation_alias
    return alias if isinstance(alias, str) else name


def _wire(cls: type[Any]) -> Iterator[tuple[str, str]]:
    """The fields of a class, with what they are called where they are sent."""
    for name, info in getattr(cls, "model_fields", {}).items():
        yield name, info.serialization_alias or info.alias or name
