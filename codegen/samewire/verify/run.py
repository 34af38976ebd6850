"""One subject, from values to the smallest disagreements."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from samewire import ir
from samewire.values import NoValueError
from samewire.values.equality import text_of, value_of
from samewire.verify.cases import Instances, edge_values, near, random_values
from samewire.verify.causes import cause_of
from samewire.verify.findings import Disagreement, Key, Kind, PythonOnly, Result, Tally
from samewire.verify.judge import Aside, Case, Finding, Judge, Verdict, case_of
from samewire.verify.shrink import smallest
from samewire.verify.subjects import Subject
from samewire.verify.time_limits import SECONDS, OutOfTimeError, ends_after

LEAST_MISSES, MISSES = 2000, 20  # near misses of a subject, and for each example asked for, at most
SAMPLES = 4  # values of each type that TypeScript is given

T = TypeVar("T")
Direct = tuple[str, ir.Direction]  # a definition in a direction
Judging = Callable[[Iterable[Case]], Iterator[Verdict]]


@dataclass(frozen=True, slots=True)
class UserSamples:
    """What the user brings for one subject: instances from a factory, and recorded JSON texts."""

    instances: tuple[object, ...] = ()
    texts: tuple[str, ...] = ()


@dataclass(slots=True)
class State:
    """
    How far the verification of one contract is.

    ``reported`` are the disagreements that are reported already, each place once. ``verified`` are the definitions that have been
    verified by themselves, by direction.
    """

    reported: set[Key] = field(default_factory=set)
    verified: dict[ir.Direction, set[str]] = field(
        default_factory=lambda: {"emits": set(), "accepts": set()}
    )
    not_asked_for: set[Direct] = field(default_factory=set)


@dataclass(slots=True)
class Run:
    """The verification of one subject, which adds to what is known of its contract."""

    subject: Subject
    judge: Judge
    seed: int
    examples: int
    state: State
    tally: Tally = field(default_factory=Tally)
    disagreements: list[Disagreement] = field(default_factory=list)
    refused_by_python: list[Case] = field(default_factory=list)
    samples: list[str] = field(default_factory=list)

    def result(self, index: int, samples: UserSamples, seconds: float | None) -> Result:
        """What there is to report after at most so many seconds."""
        before, asked = self.state.reported.copy(), self.judge.runner.asked
        try:
            with ends_after(seconds):
                self._go(samples)
        except OutOfTimeError:
            self._leave_out(
                f"stopped after {seconds:g} s; the findings so far are reported (raise "
                "--time-limit to verify the rest)"
            )
        if spent := self.subject.oracle.time_limit.spent:
            self._leave_out(
                f"with {spent} of the values its own code takes longer than {SECONDS:.0f} s"
            )
        self.tally.models = 1
        self.tally.values = self.judge.runner.asked - asked
        self.state.verified[self.subject.direction].add(self.subject.definition.name)
        return Result(
            index,
            self.subject.terms.name,
            self.tally,
            True,
            tuple(self.disagreements),
            frozenset(self.state.reported - before),
            self._python_only(),
            tuple(self.samples),
        )

    def _go(self, samples: UserSamples) -> None:
        if self.subject.direction == "emits":
            self._emits(samples)
        else:
            self._accepts(samples)

    def _leave_out(self, why: str) -> None:
        self.tally.unjudged.append(f"{self.subject.model} ({self.subject.direction}): {why}")

    def _python_only(self) -> PythonOnly | None:
        found = sorted(
            {case.text for case in self.refused_by_python}, key=lambda text: (len(text), text)
        )
        code = self.subject.oracle.code or (("the factory of a default",) if found else ())
        if not code:
            return None
        return PythonOnly(self.subject.model, code, len(found), found[0] if found else None)

    # --- Emitting -----------------------------------------------------------------------------------------------------

    def _emits(self, samples: UserSamples) -> None:
        edges = edge_values(self.subject)
        read = [self.subject.oracle.read(text_of(each)) for each in edges]
        cases = _distinct(
            case
            for instance in (*samples.instances, *(each.value for each in read if each.ok))
            if (case := self._written(instance)) is not None
        )
        self._settle(cases, self.judge.emitted, self._again)
        built = self._built()
        self._settle(built, self.judge.emitted, None)
        recorded = _distinct(Case(text) for text in samples.texts)
        self._settle(recorded, self.judge.emitted, None)
        everything = _distinct((*cases, *built, *recorded))
        # Alone, or with one key more or less: the schema allows it, so it must be possible.
        allowed = _distinct((*everything, *map(case_of, edges)))[len(everything) :]
        self._settle(allowed, self.judge.changed, _plain)
        if not everything:
            self.tally.uninstantiated.append(self.subject.model)
        everything.sort(key=lambda case: (len(case.text), case.text))
        self._misses([*everything, *allowed], self.judge.changed)
        self._sample(everything)
        self.tally.instances += len(everything)

    def _built(self) -> list[Case]:
        """Random instances. One on which the sides differ is shrunk by simpler choices."""
        cases: list[Case] = []
        choices: list[Sequence[int]] = []

        def take(instance: object, made_by: Sequence[int]) -> None:
            if (case := self._written(instance)) is not None:
                cases.append(case)
                choices.append(made_by)

        try:
            instances = Instances(self.subject)
            instances.draw(self.seed, self.examples, take)
        except NoValueError as error:
            self._leave_out(f"could not generate instances: {error}")
            return []
        for verdict, made_by in zip(self.judge.emitted(cases), choices, strict=True):
            self._note(verdict)
            if isinstance(verdict, Finding) and self._key(verdict) not in self.state.reported:
                self._report(self._smallest_instance(verdict, instances, made_by))
        return _distinct(cases)

    def _smallest_instance(
        self, finding: Finding, instances: Instances, choices: Sequence[int]
    ) -> Finding:
        """The same disagreement on the smallest instance that is found."""
        key, best = self._key(finding), finding

        def holds(instance: object) -> bool:
            nonlocal best
            case = self._written(instance)
            if case is None:
                return False
            (verdict,) = self.judge.emitted([case])
            if not isinstance(verdict, Finding) or self._key(verdict) != key:
                return False
            best = verdict
            return True

        instances.shrink(choices, holds)
        return best

    def _written(self, instance: object) -> Case | None:
        oracle = self.subject.oracle
        written = oracle.written(instance)
        if written is None or (self.subject.terms.finite_floats and oracle.non_finite(instance)):
            return None
        case = Case(written.text, (instance,))
        case.value = written.value
        return case

    def _again(self, value: ir.Json) -> Case | None:
        """What is written for the instance that is read from a value."""
        read = self.subject.oracle.read(text_of(value))
        return self._written(read.value) if read.ok else None

    # --- Accepting ----------------------------------------------------------------------------------------------------

    def _accepts(self, samples: UserSamples) -> None:
        edges = edge_values(self.subject)
        drawn = random_values(self.subject, self.seed, self.examples)
        cases = _distinct(map(case_of, (*edges, *drawn, *map(value_of, samples.texts))))
        self._settle(cases, self.judge.accepted, _plain)
        self._misses(cases, self.judge.accepted)
        self._sample(cases)

    # --- Both ---------------------------------------------------------------------------------------------------------

    def _misses(self, cases: Sequence[Case], judging: Judging) -> None:
        """Near misses of the values of the cases: first of the plainest, then of the one with the most in it."""
        bases = sorted(cases, key=lambda case: len(case.text))
        if bases:
            bases.insert(1, max(bases, key=lambda case: _keys(case.value)))
        limit = LEAST_MISSES + MISSES * self.examples
        # Inside of the definitions that were verified by themselves, and of the one that is, less is tried.
        alone = self.state.verified[self.subject.direction] | {self.subject.definition.name}
        misses = near((case.value for case in bases), self.subject, limit, alone)
        try:
            self._settle(misses, judging, _plain)
        except NoValueError as error:
            self._leave_out(f"could not generate more near misses: {error}")

    def _settle(
        self,
        cases: Iterable[Case],
        judging: Judging,
        again: Callable[[ir.Json], Case | None] | None,
    ) -> None:
        """Judges the cases and reports what they disagree on, each shrunk by way of ``again``."""
        for verdict in judging(cases):
            self._note(verdict)
            if isinstance(verdict, Finding) and self._key(verdict) not in self.state.reported:
                found = verdict if again is None else self._shrunk(verdict, judging, again)
                self._report(found)

    def _shrunk(
        self, finding: Finding, judging: Judging, again: Callable[[ir.Json], Case | None]
    ) -> Finding:
        key, changed = self._key(finding), finding.case.changed
        last: dict[str, Finding] = {text_of(finding.case.value): finding}

        def fails(values: Sequence[ir.Json]) -> list[bool]:
            made = [again(value) for value in values]
            cases = [
                replace(case, changed=changed, what=finding.case.what)
                for case in made
                if case is not None
            ]
            verdicts = judging(cases)
            failing: list[bool] = []
            for value, case in zip(values, made, strict=True):
                verdict = next(verdicts) if case is not None else None
                same = isinstance(verdict, Finding) and self._key(verdict) == key
                if same and isinstance(verdict, Finding):
                    last[text_of(value)] = verdict
                failing.append(same)
            return failing

        value = smallest(finding.case.value, fails, keep=changed or ())
        return last[text_of(value)]

    def _note(self, verdict: Verdict) -> None:
        if isinstance(verdict, Aside):
            if verdict.kind == "python":
                self.refused_by_python.append(verdict.case)
            else:
                self.tally.policy += 1

    def _key(self, finding: Finding) -> Key:
        """
        The place that a finding is told of, which is that of the innermost definition around it.

        One that was verified by itself and has nothing wrong at this place is not at fault, but the one that uses it.
        """
        chain = finding.place(self.subject).chain
        family = Kind.REFUSED if finding.kind is Kind.NARROW else finding.kind
        for index in range(len(chain) - 1, -1, -1):
            name, steps = chain[index]
            key = (family, name, steps)
            own = name == self.subject.definition.name
            if key in self.state.reported or index == 0 or (own and steps):
                return key
            if not own and not self._is_settled(name):
                return key
        raise ValueError("a place without a definition")

    def _is_settled(self, name: str) -> bool:
        direction = self.subject.direction
        return (
            name in self.state.verified[direction] or (name, direction) in self.state.not_asked_for
        )

    def _report(self, finding: Finding) -> None:
        key = self._key(finding)
        if key in self.state.reported:
            return
        _, definition, steps = key
        self.disagreements.append(
            Disagreement(
                finding.kind,
                self.subject.terms.name,
                self.subject.direction,
                self.subject.terms.model(definition),
                steps,
                finding.case.text,
                finding.path,
                finding.python,
                finding.schema,
                cause_of(finding, self.subject),
            )
        )
        self.state.reported.add(key)

    def _sample(self, cases: Sequence[Case]) -> None:
        """
        A few values for TypeScript; ``__proto__`` in a literal is not a key, and there is no literal of a tag that is not listed.
        """
        kept = [
            case
            for case in cases
            if case.text in self.judge.kept
            and "__proto__" not in case.text
            and self.judge.is_written(case.value)
        ]
        self.samples += [case.text for case in _spread(kept, SAMPLES)]


def _plain(value: ir.Json) -> Case:
    return case_of(value)


def _keys(value: ir.Json) -> int:
    """How many keys the objects in a value have."""
    match value:
        case dict():
            return len(value) + sum(map(_keys, value.values()))
        case list():
            return sum(map(_keys, value))
        case _:
            return 0


def _distinct(cases: Iterator[Case] | Sequence[Case] | map[Case]) -> list[Case]:
    return list({case.text: case for case in cases}.values())


def _spread(values: Sequence[T], count: int) -> list[T]:
    """The first and last ones and some between, in order."""
    if len(values) <= count:
        return list(values)
    return [values[index * (len(values) - 1) // (count - 1)] for index in range(count)]
