"""
Confirms a finding by its witness, or by another value that shows the same break.

Emitted: Pydantic writes it, the old schema refuses it, and the new one takes it. Accepted: the old schema takes it, and Pydantic
refuses it. A type that means something only inside of another is looked for in the roots that it is sent in.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Final, TypeAlias

from samewire import ir
from samewire.compat.backend import Backend, BackendType
from samewire.compat.findings import Finding
from samewire.compat.rules import UNIQUE_LOST, Verdict
from samewire.values import part_at
from samewire.values.membership import is_number
from samewire.verify.answers import Accepted, Answer, Refused
from samewire.verify.javascript import same

NOT_EXECUTED: Final = "not executed"

Ask: TypeAlias = Callable[[str, str], Answer | None]
"""Asks the validator of a definition for its answer to a JSON text, if there is one."""


@dataclass(frozen=True, slots=True)
class Parties:
    """
    What witnesses run through: the schemas of both versions, and the new backend. ``sent`` are values of an old definition that
    a deployed frontend may send, the smallest first.
    """

    old: Ask
    new: Ask
    backend: Backend
    sent: Callable[[str], Sequence[str]]


def confirmed(found: Finding, by: Parties) -> Finding:
    """Runs a finding's witness, or a replacement, and returns the finding with the result and its verdict."""
    return _emitted(found, by) if found.direction == "emits" else _accepted(found, by)


_Issue: TypeAlias = tuple[str, tuple[str, ...], str]
"""For what, where, and whether there is nothing, null or something else."""


class _Place:
    """Where and for what a schema refuses a value, by which it is known whether it refuses another for the same."""

    def __init__(self, path: Sequence[str], text: str, refused: Refused) -> None:
        self._path = path
        issues = self._of(text, refused)
        wanted = tuple(map(self._step, count(), path))
        self._issues = {each for each in issues if each[1] == wanted} or issues

    def _of(self, text: str, refused: Refused, depth: int = 0) -> set[_Issue]:
        """The steps are those below ``depth``."""
        value = json.loads(text)
        return {
            (
                each.code,
                tuple(map(self._step, count(), each.path[depth:])),
                "" if each.code == "unrecognized_keys" else _what(value, each.path),
            )
            for each in refused.issues
        }

    def _step(self, at: int, step: str | int) -> str:
        """An item or a key that the finding does not name is like any other."""
        named = at < len(self._path) and not self._path[at].startswith("[")
        return step if named and isinstance(step, str) else "[]"

    def is_of(self, text: str, answer: Answer | None) -> bool:
        """Whether a value is refused for this, perhaps among others."""
        return isinstance(answer, Refused) and (
            not self._issues or not self._issues.isdisjoint(self._of(text, answer))
        )

    def is_all_of(self, text: str, answer: Answer | None) -> bool:
        """Whether a value is refused for nothing else."""
        return isinstance(answer, Refused) and self._of(text, answer) <= self._issues

    def is_inside_of(self, text: str, answer: Answer | None) -> bool:
        """Whether a value is refused for nothing but this in some part of it; a tag is refused with another code there."""
        if not isinstance(answer, Refused):
            return False
        places = {each[1] for each in self._issues}
        deepest = max((len(each.path) for each in answer.issues), default=0)
        return any(
            {each[1] for each in self._of(text, answer, depth)} <= places
            for depth in range(deepest + 1)
        )


def _what(value: ir.Json, path: Sequence[str | int]) -> str:
    match part_at(value, tuple(path)):
        case None:
            return "null"
        case part:
            return "nothing" if part is ... else "value"


# --- Emitted ----------------------------------------------------------------------------------------------------------


def _emitted(found: Finding, by: Parties) -> Finding:
    old = by.old(found.old, found.witness)
    writer = by.backend.of(found.type, "emits")
    if writer is None:
        wrote, is_forbidden = _written_inside(found, old, by), False
    else:
        found, why = _written(found, old, writer, by)
        if why and _makes_a_set(found, writer):
            return replace(found, executed="Pydantic makes a set of it", verdict=Verdict.COMPATIBLE)
        old = by.old(found.old, found.witness)
        wrote, is_forbidden = why or "Pydantic writes it", bool(why) and writer.has_code
    new = by.new(found.type, found.witness)
    said = [wrote]
    said += [] if old is None else [f"the old schema {_verdict(old)}"]
    said += [] if new is None else [f"the new one {_verdict(new)}"]
    agree = (old is None or isinstance(old, Refused)) and (new is None or isinstance(new, Accepted))
    if found.verdict is Verdict.BREAKING and (is_forbidden or not agree):
        said[0] = f"not confirmed: {said[0]}"
        return replace(found, executed=", ".join(said), verdict=Verdict.UNKNOWN)
    return replace(found, executed=", ".join(said))


def _written(
    found: Finding, old: Answer | None, writer: BackendType, by: Parties
) -> tuple[Finding, str]:
    """The finding with a value that Pydantic writes, or the reason why there is none."""
    text, why = writer.written(found.witness)
    if not why or not isinstance(old, Refused):
        return found, why
    place = _Place(found.path, found.witness, old)

    alone = found.rule is UNIQUE_LOST
    refuses = place.is_all_of if alone else place.is_of

    def shows(text: str) -> bool:
        return refuses(text, by.old(found.old, text))

    if text is not None and shows(text):
        return replace(found, witness=text), ""
    for instance in writer.instances:
        if shows(instance.text):
            return replace(found, witness=writer.smaller(instance, shows)), ""
    if not writer.instances:
        return found, why
    return found, f"{why}, and none of {len(writer.instances)} values that it writes shows it"


def _makes_a_set(found: Finding, writer: BackendType) -> bool:
    """Whether Pydantic writes a number once that comes twice. Of texts, several that are written alike may be in a set."""
    written, _ = writer.written(found.witness)
    return (
        found.rule is UNIQUE_LOST
        and written is not None
        and same(written, json.dumps(_each_number_once(json.loads(found.witness))))
    )


def _each_number_once(value: ir.Json) -> ir.Json:
    match value:
        case list():
            numbers = [each for each in value if is_number(each)]
            return (
                [*dict.fromkeys(numbers)] if numbers == value else [*map(_each_number_once, value)]
            )
        case dict():
            return {key: _each_number_once(each) for key, each in value.items()}
        case _:
            return value


def _written_inside(found: Finding, old: Answer | None, by: Parties) -> str:
    asked = ""
    for root in found.roots if isinstance(old, Refused) else ():
        writer = by.backend.of(root, "emits")
        if writer is not None and isinstance(old, Refused):
            place = _Place(found.path, found.witness, old)
            texts = (each.text for each in writer.instances)
            if any(place.is_inside_of(text, by.old(root, text)) for text in texts):
                return f"Pydantic writes such a value in {root}"
            asked = asked or f", and no value that it writes of {root} shows it"
    return f"Pydantic was not asked about the type alone, which is another inside of models{asked}"


# --- Accepted ---------------------------------------------------------------------------------------------------------


def _accepted(found: Finding, by: Parties) -> Finding:
    old = by.old(found.old, found.witness)
    reader = by.backend.of(found.type, "accepts")
    if reader is None:
        verdict, said = _read_inside(found, by)
    else:
        verdict, said = _read(found, reader)
        if verdict is Verdict.LENIENT and (worse := _refused(found, reader, by)) is not None:
            found = replace(found, witness=worse)
            old = by.old(found.old, worse)
            verdict, said = found.verdict, f"Pydantic refuses it ({reader.read(worse).message})"
    words = [] if old is None else [f"the old schema {_verdict(old)}"]
    words += [said] if said else []
    milder = min(verdict, found.verdict)
    return replace(found, executed=", ".join(words) or NOT_EXECUTED, verdict=milder)


def _read(found: Finding, reader: BackendType) -> tuple[Verdict, str]:
    read = reader.read(found.witness)
    if read.ok:
        loses = reader.loses(read.value, found.witness)
        return Verdict.LENIENT, "Pydantic takes it" + (", and loses something of it" * loses)
    if reader.is_elsewhere(read, found.path, found.witness):
        said = f"Pydantic takes what stands here, and refuses another part ({read.message})"
        return Verdict.LENIENT, said
    return Verdict.BREAKING, f"Pydantic refuses it ({read.message})"


def _refused(found: Finding, reader: BackendType, by: Parties) -> str | None:
    """Finds a value that the new schema refuses for the same reason, and that Pydantic also refuses."""
    new = by.new(found.type, found.witness)
    if found.verdict is not Verdict.BREAKING or not isinstance(new, Refused):
        return None
    place = _Place(found.path, found.witness, new)
    for text in by.sent(found.old):
        read = reader.read(text)
        if read.ok or reader.is_elsewhere(read, found.path, text):
            continue
        if place.is_all_of(text, by.new(found.type, text)):
            return text
    return None


def _read_inside(found: Finding, by: Parties) -> tuple[Verdict, str]:
    """How Pydantic reads roots that contain such a value."""
    new = by.new(found.type, found.witness)
    if not isinstance(new, Refused):
        return found.verdict, ""
    taken = ""
    for root, reader, text in _inside(found, _Place(found.path, found.witness, new), by):
        read = reader.read(text)
        if not read.ok:
            return found.verdict, f"Pydantic refuses such a value in {root} ({read.message})"
        taken = root
    if taken:
        return Verdict.LENIENT, f"Pydantic takes such values in {taken}"
    return found.verdict, ""


def _inside(found: Finding, place: _Place, by: Parties) -> Iterator[tuple[str, BackendType, str]]:
    for root in found.roots:
        reader = by.backend.of(root, "accepts")
        for text in by.sent(root) if reader is not None else ():
            if reader is not None and place.is_inside_of(text, by.new(root, text)):
                yield root, reader, text


def _verdict(answer: Answer) -> str:
    if isinstance(answer, Accepted):
        return "takes it"
    if isinstance(answer, Refused):
        return f"refuses it ({answer})"
    return "gives no verdict"
