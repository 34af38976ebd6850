"""
Two verdicts on one JSON text, and whether they agree.

Every rule here is meant to be sound: what it reports is wrong on one of the two sides, whatever the models are. What can't be
decided soundly is not judged (``docs/verify.md`` lists it).
"""

from __future__ import annotations

import functools
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeAlias

from pydantic import ValidationError

from samewire import ir
from samewire.values import is_valid
from samewire.values.equality import value_of
from samewire.verify.answers import UNCHANGED, Accepted, Answer, Failed, Refused, Unasked
from samewire.verify.exactness import reads_what_it_writes
from samewire.verify.findings import Kind
from samewire.verify.javascript import has_unsafe, sent
from samewire.verify.places import Path, Place, declared, place_of
from samewire.verify.policy import refused_on_purpose
from samewire.verify.runner import BATCH, Batch, Runner
from samewire.verify.subjects import Subject

NEVER_SENT = "no instance serializes to it"
AHEAD = 2  # batches that Node has while Python makes and judges others


@dataclass
class Case:
    """
    A JSON text and where it comes from. ``instance`` is what it was serialized from. ``changed`` is where it was made
    wrong, and ``what`` how, in words.
    """

    text: str
    instance: tuple[object, ...] = ()  # one or none
    changed: Path | None = None
    what: str = ""

    @functools.cached_property
    def value(self) -> ir.Json:
        """What the text says, which most cases are judged without."""
        return value_of(self.text)


@dataclass(frozen=True, slots=True)
class Finding:
    """A disagreement on a case, at a place in it."""

    kind: Kind
    case: Case
    path: Path
    python: str
    schema: str

    def place(self, subject: Subject) -> Place:
        return place_of(
            self.path, self.case.value, subject.definition.name, subject.terms.definitions
        )


@dataclass(frozen=True, slots=True)
class Aside:
    """Not a disagreement: what only a validator in Python refuses, or what was refused on purpose."""

    kind: str  # "python" or "policy"
    case: Case


Verdict: TypeAlias = Finding | Aside | None
Judging: TypeAlias = Callable[[Case, Answer], Verdict]


class Judge:
    """Asks both sides about the cases of one subject. ``kept`` are the texts that came out of the validator as they went in."""

    def __init__(self, subject: Subject, runner: Runner) -> None:
        self.subject = subject
        self.runner = runner
        self.kept: set[str] = set()

    @functools.cached_property
    def _exact(self) -> bool:
        subject = self.subject
        core = subject.oracle.adapter.core_schema
        return subject.direction == "emits" and reads_what_it_writes(
            core, subject.oracle.dump, subject.terms.flat
        )

    def emitted(self, cases: Iterable[Case]) -> Iterator[Verdict]:
        """Of texts that instances serialize to."""
        return self._judged(cases, self._emitted)

    def changed(self, cases: Iterable[Case]) -> Iterator[Verdict]:
        """Of emitted texts with one thing changed, and of texts that the schema allows."""
        return self._judged(cases, self._changed)

    def accepted(self, cases: Iterable[Case]) -> Iterator[Verdict]:
        """Of texts that a frontend may send."""
        return self._judged(cases, self._accepted)

    def _judged(self, cases: Iterable[Case], judge: Judging) -> Iterator[Verdict]:
        """The verdicts in order. While Node is at some batches, Python makes the next and judges the one before."""
        rest = iter(cases)
        sent: deque[tuple[list[Case], Batch]] = deque()
        while batch := list(islice(rest, BATCH)):
            texts = [each.text for each in batch]
            schema = self.subject.schema
            sent.append((batch, self.runner.send(self.subject.terms.name, schema, texts)))
            if len(sent) > AHEAD:
                yield from self._verdicts(*sent.popleft(), judge)
        while sent:
            yield from self._verdicts(*sent.popleft(), judge)

    def _verdicts(self, cases: Sequence[Case], batch: Batch, judge: Judging) -> Iterator[Verdict]:
        """None on a value with which the user's code took too long."""
        time_limit = self.subject.oracle.time_limit
        for case, answer in zip(cases, self.runner.answers(batch), strict=True):
            spent = time_limit.spent
            if answer is UNCHANGED and case.changed is None:
                self.kept.add(case.text)
            verdict = judge(case, answer)
            yield verdict if time_limit.spent == spent else None

    # --- Emitting -----------------------------------------------------------------------------------------------------

    def _emitted(self, case: Case, answer: Answer) -> Verdict:
        match answer:
            case Refused():
                if refused_on_purpose(case.value, answer, self.subject.terms):
                    return Aside("policy", case)
                return Finding(
                    Kind.REFUSED,
                    case,
                    self._first(case, answer),
                    "an instance serializes to it",
                    str(answer),
                )
            case Accepted():
                return self._altered(case, answer)
            case Failed(message):
                return Finding(Kind.BROKEN, case, (), "an instance serializes to it", message)
            case Unasked():
                return None

    def _changed(self, case: Case, answer: Answer) -> Verdict:
        path = case.changed or ()
        match answer:
            case Refused():
                if not self.subject.oracle.emits(case.text):
                    return self._narrow(case, answer)
                if refused_on_purpose(case.value, answer, self.subject.terms):
                    return Aside("policy", case)
                said = "an instance serializes to it: the one that Pydantic reads from it"
                place = self._first(case, answer) if self._is_valid(case.value) else path
                return Finding(Kind.REFUSED, case, place, said, str(answer))
            case Accepted():
                return self._wide(case, answer, path)
            case Failed(message):
                return Finding(Kind.BROKEN, case, path, "", message)
            case Unasked():
                return None

    def _narrow(self, case: Case, answer: Refused) -> Finding | None:
        """A refused text that was made after the schema: whatever instances there are, the validator is not what it says."""
        if case.changed is not None or has_unsafe(case.value):
            return None
        said = "the schema document allows it"
        return Finding(Kind.NARROW, case, self._first(case, answer), said, str(answer))

    def _wide(self, case: Case, answer: Accepted, path: Path) -> Verdict:
        """An accepted text that perhaps no instance serializes to. Of integers beyond 2^53, JavaScript sees others."""
        if has_unsafe(case.value):
            return None
        if not self._is_valid(case.value):
            if self.subject.oracle.emits(case.text):
                return None
            read = self.subject.oracle.read(case.text)
            said = f"Pydantic reads it only as something else, and {NEVER_SENT}"
            if not read.ok:
                said = f"{NEVER_SENT}; Pydantic refuses it: {read.message}"
            return Finding(Kind.TOO_WIDE, case, path, said, "accepts it")
        written = self.is_written(case.value)
        if (
            self._exact
            and written
            and (message := self.subject.oracle.unreadable(case.text)) is not None
        ):
            place, said = message
            return Finding(
                Kind.TOO_WIDE,
                case,
                self._of_error(case, place),
                f"{NEVER_SENT}; Pydantic refuses it: {said}",
                "accepts it",
            )
        kept = case.changed is None and not written
        if answer.changes and (kept or self.subject.oracle.emits(case.text)):
            return self._altered(case, answer)
        return None

    # --- Accepting ----------------------------------------------------------------------------------------------------

    def _accepted(self, case: Case, answer: Answer) -> Verdict:
        oracle, path = self.subject.oracle, case.changed
        match answer:
            case Failed(message):
                return Finding(Kind.BROKEN, case, path or (), "", message)
            case Unasked():
                return None
            case Accepted():
                read = oracle.read(case.text)
                if read.ok:
                    if answer.out is None or oracle.reads_alike(read.value, answer.out, case.text):
                        return None
                    # A value made wrong that Pydantic converts, perhaps to another member of a union, is nobody's data.
                    judged = path is None or oracle.is_canonical(case.text)
                    return self._altered(case, answer) if judged else None
                if has_unsafe(case.value):
                    return None
                valid = self._is_valid(case.value)
                # What Python raises itself ends the reading: nothing is known of the rest of the value.
                is_ended = not isinstance(read.error, ValidationError)
                if (valid or is_ended) and oracle.only_python_refuses(case.text):
                    return Aside("python", case)
                said = f"refuses it: {read.message}"
                place = path if path is not None and not valid else self._of_error(case, read.place)
                return Finding(Kind.UNREAD, case, place, said, "accepts it")
            case Refused():
                read = oracle.read(case.text)
                if not read.ok:
                    return None
                if refused_on_purpose(case.value, answer, self.subject.terms):
                    return Aside("policy", case)
                at: Path | None = None
                if not self._is_valid(case.value):
                    if self._is_tag(path) or self._is_imported(case, path):
                        return None
                    if not oracle.is_canonical(case.text):
                        return None
                    at = path
                elif oracle.only_python_reads(case.text) and not oracle.is_canonical(case.text):
                    return None
                place = self._first(case, answer) if at is None else at
                return Finding(Kind.UNSENT, case, place, "reads it", str(answer))

    def _first(self, case: Case, answer: Refused) -> Path:
        """The place of the first issue that is at a place which the schema knows."""
        name, definitions = self.subject.definition.name, self.subject.terms.definitions
        for issue in answer.issues:
            if place_of(issue.path, case.value, name, definitions).whole:
                return issue.path
        return answer.issues[0].path if answer.issues else ()

    def _of_error(self, case: Case, path: Path) -> Path:
        """Pydantic's place of an error as far as it leads in the value: it has steps for union members too."""
        found: list[str | int] = []
        value = case.value
        for step in path:
            match value:
                case dict() if step in value:
                    value = value[str(step)]
                case list() if isinstance(step, int) and step < len(value):
                    value = value[step]
                case _:
                    continue
            found.append(step)
        return tuple(found)

    # --- Both ---------------------------------------------------------------------------------------------------------

    def _altered(self, case: Case, answer: Accepted) -> Finding | None:
        for path, what in answer.changes:
            if what == "lost" and self._may_be_dropped(case, path):
                continue
            said = {"lost": "is lost", "added": "is added", "changed": "is changed"}[what]
            return Finding(
                Kind.ALTERED,
                case,
                path,
                "has this value",
                f"{said} in what comes out: {answer.out}",
            )
        return None

    def _may_be_dropped(self, case: Case, path: Path) -> bool:
        """Whether a key is unknown to every type that its object may have, and one of those drops such keys on purpose."""
        keys, drops = declared(
            path[:-1], case.value, self.subject.definition.name, self.subject.terms.definitions
        )
        unknown = str(path[-1]) not in keys and drops
        # Whatever an instance has is declared or kept, unless the configuration excludes a field.
        sent_on_purpose = self.subject.direction == "accepts" or case.changed is not None
        return unknown and (sent_on_purpose or self.subject.terms.excluded_fields)

    def _is_valid(self, value: ir.Json) -> bool:
        return is_valid(self.subject.definition.type, self.subject.terms.definitions, value)

    def is_written(self, value: ir.Json) -> bool:
        """Whether a valid value has nothing but what is listed: members that an open type does not know, readers keep."""
        terms = self.subject.terms
        type_ = terms.written[self.subject.definition.name].type
        return terms.written is terms.definitions or is_valid(type_, terms.written, value)

    def _is_imported(self, case: Case, path: Path | None) -> bool:
        """``ImportString`` takes whatever is no text for something that was imported already, as a frontend can't."""
        if path is None or "import_string" not in self.subject.oracle.code:
            return False
        name, definitions = self.subject.definition.name, self.subject.terms.definitions
        return ir.String() in place_of(path, case.value, name, definitions).types

    def _is_tag(self, path: Path | None) -> bool:
        """A tag must be there for a union to be read, although the member alone has a default for it."""
        return path is not None and bool(path) and path[-1] in self.subject.terms.tags


def case_of(value: ir.Json) -> Case:
    """A value as a frontend sends it."""
    return Case(sent(value))
