"""The verification of a plan in this process: its models one after another, then the frontend's compiler."""

from __future__ import annotations

import contextlib
import gc
import json
import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from pathlib import Path

from samewire import ir
from samewire.artifacts import Plan
from samewire.config import Config, shown
from samewire.errors import Diagnostic, VerifyError
from samewire.lower import lower
from samewire.pipeline import Built
from samewire.schema import load
from samewire.selection import Selected
from samewire.targets import validators
from samewire.targets.python.module import exported, reserved_names
from samewire.targets.python.names import class_names
from samewire.targets.typescript.changes import changes
from samewire.targets.typescript.names import assign_identifiers, guard_names
from samewire.verify.findings import Disagreement, Result, Tally
from samewire.verify.judge import Judge
from samewire.verify.node import find_compiler
from samewire.verify.run import Run, State
from samewire.verify.runner import Generated, Guard, PythonRunner, Runner
from samewire.verify.subjects import (
    Subject,
    Terms,
    contract_of,
    in_python,
    subjects_of,
    terms_of,
)
from samewire.verify.time_limits import ticking
from samewire.verify.typescript import misfits
from samewire.verify.user_samples import SampleSources, user_samples

EXAMPLES = 100
TIME_LIMIT = 60.0
BETWEEN_COLLECTIONS = 20_000
"""So many objects more are there before the collector looks for those that refer to each other."""


@dataclass(frozen=True, slots=True)
class VerifyOptions:
    """
    What the user asks for. ``models`` limits what is verified, by name, and ``before`` to the definitions that are not what they
    were in these documents, by contract; ``examples`` is how many values are drawn of each;
    ``time_limit`` is in seconds, for one model in one direction and for the calls of one factory.
    """

    seed: int = 0
    examples: int = EXAMPLES
    models: tuple[str, ...] = ()
    types: bool = True
    sources: SampleSources = field(default_factory=SampleSources)
    time_limit: float | None = TIME_LIMIT
    before: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """What begins now: a model, by its index among so many, or something else, which has none."""

    what: str
    index: int | None = None
    count: int = 0
    direction: ir.Direction = "emits"


@dataclass(frozen=True, slots=True)
class Session:
    """
    ``share`` is the direction that is verified here, ``None`` for both. ``done`` are the results that there are already.
    ``folder`` is an empty one for the files that Node runs.
    """

    config: Config
    built: Built
    options: VerifyOptions
    node: Path
    folder: Path
    share: ir.Direction | None = None
    done: Sequence[Result] = ()

    def results(self, begin: Callable[[Step], None]) -> Iterator[Result]:
        """
        One result a model, and at last one of what is said of all of them. ``begin`` is called with each step before it.

        Raises:
            VerifyError: the validators' package, or a model or factory that was named, is not there or can't be used.

        """
        everything = list(_subjects(self.config, self.built))
        contracts = {
            each.config.name: found
            for each, _ in self.built.contracts
            if (found := _generated(self.config, self.built.plan, each, everything)) is not None
        }
        modules = dict(_modules(self.config, self.built))
        everything = [
            *(each for each in everything if each.terms.name in contracts),
            *_in_python(everything, modules),
        ]
        subjects = _selected(everything, self.options.models)
        if self.options.before is not None:
            moved = _moved(self.built, self.options.before)
            subjects = [
                each for each in subjects if each.definition.name in moved[each.terms.contract]
            ]
        begin(Step("samples of yours"))
        samples = user_samples(
            subjects,
            self._sources(),
            self.options.examples,
            lambda spec: begin(Step(spec)),
            self.options.time_limit,
        )
        states = self._states(subjects, everything)
        mine = [
            (index, subject)
            for index, subject in enumerate(subjects)
            if self.share in (None, subject.direction)
        ]
        done = {each.index: each for each in self.done}
        with (
            Runner(self.node, contracts, self.folder) as runner,
            PythonRunner(self.node, modules, self.folder / "python") as python,
            ticking(),
            _few_collections(),
        ):
            begin(Step("loading the validators"))
            runner.load()
            python.load()
            for index, subject in mine:
                if index not in done:
                    begin(Step(subject.model, index, len(mine), subject.direction))
                    asked = python if subject.terms.name in modules else runner
                    judge = Judge(subject, asked)
                    state = states[subject.terms.name]
                    run = Run(subject, judge, self.options.seed, self.options.examples, state)
                    done[index] = run.result(index, samples[index], self.options.time_limit)
                    yield done[index]
            begin(Step("the frontend's compiler"))
            verified = {subject: done[index] for index, subject in mine}
            judged = {*contracts, *(contract for contract in map(contract_of, modules))}
            yield Result(len(subjects), "", *self._of_all(runner, verified, judged))

    def _sources(self) -> SampleSources:
        """Factories make instances, which only what is emitted needs."""
        sources = self.options.sources
        return replace(sources, factories=()) if self.share == "accepts" else sources

    def _states(
        self, subjects: Sequence[Subject], everything: Sequence[Subject]
    ) -> dict[str, State]:
        states = {subject.terms.name: State() for subject in everything}
        asked_for = set(subjects)
        for subject in everything:
            if subject not in asked_for:
                states[subject.terms.name].not_asked_for.add(subject.key)
        for result in self.done:
            if result.verified:
                subject = subjects[result.index]
                states[result.contract].verified[subject.direction].add(subject.definition.name)
                states[result.contract].reported.update(result.reported)
        return states

    def _of_all(
        self,
        runner: Runner,
        verified: Mapping[Subject, Result],
        contracts: AbstractSet[str],
    ) -> tuple[Tally, bool, tuple[Disagreement, ...]]:
        """What there is to say of contracts, not of models."""
        tally = Tally()
        tally.unjudged += [
            f"{each.config.name}: what its validators say: its targets have none"
            for each, _ in self.built.contracts
            if each.config.name not in contracts
        ]
        samples = {subject: each.samples for subject, each in verified.items() if each.samples}
        found: list[Disagreement] = []
        if self.options.types:
            for terms in dict.fromkeys(each.terms for each in samples if not each.in_python):
                ours = {each: texts for each, texts in samples.items() if each.terms is terms}
                found += _typed(self.node, runner, terms, ours, tally)
        return tally, False, tuple(found)


@contextlib.contextmanager
def _few_collections() -> Iterator[None]:
    """What values are made of is soon gone without them: at Python's own rate, they take a tenth of the time."""
    before = gc.get_threshold()
    gc.freeze()  # the models and the plan stay
    gc.set_threshold(BETWEEN_COLLECTIONS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _typed(
    node: Path,
    runner: Runner,
    terms: Terms,
    samples: Mapping[Subject, Sequence[str]],
    tally: Tally,
) -> Iterator[Disagreement]:
    """What the frontend's own compiler says to a few values of each type."""
    compiler = find_compiler(terms.output)
    if compiler is None:
        where = f"no TypeScript was found from {shown(terms.output)} upwards"
        tally.unjudged.append(f"{terms.name}: whether values are of their TypeScript type: {where}")
        return
    tally.typed += sum(map(len, samples.values()))
    for misfit in misfits(node, compiler, runner.home(terms.name), samples):
        yield misfit.disagreement()


# --- What there is ----------------------------------------------------------------------------------------------------


def _generated(
    config: Config, plan: Plan, selected: Selected, subjects: Iterable[Subject]
) -> Generated | None:
    """The files of a contract that has anything to verify, and its guards by the validator of the same type."""
    names = selected.config.options.targets
    schemas, guards = validators(names), validators(names, "guards")
    found = schemas or guards
    if found is None:
        return None
    output, runtime = selected.config.output, selected.config.runtime
    files = {
        posixpath.relpath(file.path, output): file.text
        for file in plan.files
        if file.path.endswith(".ts")
        and (file.contract == selected.config.name or posixpath.dirname(file.path) == runtime)
    }
    own = [each for each in subjects if each.terms.name == selected.config.name]
    return Generated(files, config.root / output, found, _guards(own) if guards else {})


def _modules(config: Config, built: Built) -> Iterator[tuple[str, Generated]]:
    """The Python modules, by what their contracts are called here."""
    for selected, _ in built.contracts:
        name = selected.config.name
        found = validators(selected.config.options.targets, "python")
        texts = [
            file.text
            for file in built.plan.files
            if file.contract == name and file.path.endswith(".py")
        ]
        if found is not None and texts:
            yield in_python(name), Generated({"contract.py": texts[0]}, config.root, found)


def _in_python(subjects: Sequence[Subject], modules: Mapping[str, Generated]) -> Iterator[Subject]:
    """The same for the Python modules of the contracts, as far as these have the types."""
    classes: dict[Terms, Mapping[str, str]] = {}
    for terms in dict.fromkeys(each.terms for each in subjects):
        if (module := modules.get(in_python(terms.name))) is not None:
            there = exported(module.files["contract.py"])
            names = class_names(terms.definitions, reserved_names())
            classes[terms] = {key: name for key, name in names.items() if name in there}
    for each in subjects:
        name = classes.get(each.terms, {}).get(each.definition.name)
        if name is not None:
            yield replace(each, terms=each.terms.in_python, schema=name, typescript=name)


def _guards(subjects: Sequence[Subject]) -> Mapping[str, Guard]:
    if not subjects:
        return {}
    definitions = subjects[0].terms.definitions
    called = guard_names(assign_identifiers(definitions))
    renaming = changes(definitions).renaming
    return {
        each.schema: Guard(called[each.definition.name], each.definition.name in renaming)
        for each in subjects
    }


def _subjects(config: Config, built: Built) -> Iterator[Subject]:
    texts = {file.path: file.text for file in built.plan.files}
    for selected, export in built.contracts:
        path = built.plan.schema_path(selected.config.name)
        contract = lower(json.loads(texts[path]), where=path)
        terms = terms_of(selected.config, config.root / selected.config.output, contract)
        yield from subjects_of(terms, export.described)


def _moved(built: Built, before: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """By contract, the definitions that are not what they were; all of a contract that was not there."""
    moved: dict[str, frozenset[str]] = {}
    texts = {file.path: file.text for file in built.plan.files}
    for selected, _ in built.contracts:
        name, path = selected.config.name, built.plan.schema_path(selected.config.name)
        old = load(before[name], f"{path}, as it was")["$defs"] if name in before else {}
        new = load(texts[path], path)["$defs"]
        moved[name] = frozenset(key for key, each in new.items() if old.get(key) != each)
    return moved


def _selected(subjects: Sequence[Subject], models: Sequence[str]) -> list[Subject]:
    if not models:
        return list(subjects)
    for name in models:
        if not any(subject.matches(name) for subject in subjects):
            known = ", ".join(sorted({subject.model for subject in subjects})[:20])
            message = "no contract has a model of this name"
            raise VerifyError(Diagnostic("verify-model", name, message, f"there are {known}"))
    return [subject for subject in subjects if any(subject.matches(name) for name in models)]
