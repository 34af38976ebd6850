"""
Real values through both sides: Pydantic, and the generated validators in Node.

What is verified is the plan, not what is on disk. Layers: ``subjects`` (what there is to verify), ``cases`` (values),
``oracle`` and ``without_code`` (Pydantic's side), ``runner`` (the frontend's), ``judge`` (whether they agree), ``shrink``,
``run`` (one subject from values to disagreements).
"""

from __future__ import annotations

import contextlib
import importlib.util
import posixpath
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from samewire.artifacts import Plan
from samewire.config import Config, shown
from samewire.discover import import_path
from samewire.errors import Diagnostic, VerifyError
from samewire.lower import lower
from samewire.pipeline import Built, Selected, build
from samewire.schema import load
from samewire.targets import Validators
from samewire.targets import load as load_target
from samewire.verify.findings import Disagreement, Kind, Outcome, PythonOnly, Tally
from samewire.verify.judge import Judge
from samewire.verify.node import find_compiler, find_node
from samewire.verify.run import Run, State
from samewire.verify.runner import Generated, Runner
from samewire.verify.subjects import Subject, subjects_of, terms_of
from samewire.verify.typescript import misfits
from samewire.verify.user_samples import SampleSources, user_samples

__all__ = [
    "Disagreement",
    "Kind",
    "Outcome",
    "PythonOnly",
    "SampleSources",
    "Tally",
    "VerifyOptions",
    "verify",
]

EXAMPLES = 100

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class VerifyOptions:
    """
    What the user asks for. ``models`` limits what is verified, by name; ``examples`` is how many values are drawn of each.
    """

    seed: int = 0
    examples: int = EXAMPLES
    models: tuple[str, ...] = ()
    types: bool = True
    sources: SampleSources = field(default_factory=SampleSources)


def verify(
    config: Config, options: VerifyOptions, progress: Progress | None = None
) -> tuple[Outcome, Plan]:
    """
    All disagreements, and the plan that was verified.

    Raises:
        SamewireError: the configuration or a model is wrong as for ``generate``.
        VerifyError: Node, the validators' package, a package of the extra, or a model or factory that was named is not there.

    """
    for package in ("hypothesis", "regress"):
        if importlib.util.find_spec(package) is None:
            message = f"verify makes its values with {package}, which is not installed"
            hint = "pip install 'samewire[verify]'"
            raise VerifyError(Diagnostic("verify-extra", package, message, hint))
    node = find_node()
    started = time.perf_counter()
    with _quietly(), import_path(config.pythonpath):
        built = build(config)
        outcome = verify_built(config, built, options, node, progress)
    outcome.tally.seconds = time.perf_counter() - started
    return outcome, built.plan


def verify_built(
    config: Config,
    built: Built,
    options: VerifyOptions,
    node: Path,
    progress: Progress | None = None,
) -> Outcome:
    """As :func:`verify`, of a plan that is there already."""
    validated = [(each, found) for each, _ in built.contracts if (found := _validators(each))]
    contracts = {
        selected.config.name: _generated(config, built.plan, selected, validators)
        for selected, validators in validated
    }
    known_subjects = [each for each in _subjects(config, built) if each.terms.name in contracts]
    subjects = _selected(known_subjects, options.models)
    samples = user_samples(subjects, options.sources, options.examples)
    tally = Tally()
    tally.unjudged += [
        f"{each.config.name}: what its validators say: its targets have none"
        for each, _ in built.contracts
        if each.config.name not in contracts
    ]
    runs: list[Run] = []
    states = {name: State() for name in contracts}
    for each in known_subjects:
        if each not in subjects:
            states[each.terms.name].not_asked_for.add(each.key)
    with Runner(node, contracts) as runner:
        for index, subject in enumerate(subjects):
            if progress is not None:
                progress(index, len(subjects), subject.model)
            state = states[subject.terms.name]
            run = Run(subject, Judge(subject, runner), options.seed, options.examples, tally, state)
            run.go(samples[index])
            state.verified.add(subject.key)
            runs.append(run)
        disagreements = [each for run in runs for each in run.disagreements]
        if options.types:
            disagreements += _typed(node, runner, runs, tally)
        tally.values = runner.asked
    return Outcome(tuple(disagreements), _python_only(runs), tally, options.seed, options.examples)


# --- What there is ----------------------------------------------------------------------------------------------------


def _validators(selected: Selected) -> Validators | None:
    """Those of the first target of a contract that has any."""
    targets = map(load_target, selected.config.options.targets)
    return next((each.validators for each in targets if each.validators is not None), None)


def _generated(config: Config, plan: Plan, selected: Selected, validators: Validators) -> Generated:
    output, runtime = selected.config.output, selected.config.runtime
    files = {
        posixpath.relpath(file.path, output): file.text
        for file in plan.files
        if file.path.endswith(".ts")
        and (file.contract == selected.config.name or posixpath.dirname(file.path) == runtime)
    }
    return Generated(files, config.root / output, validators)


def _subjects(config: Config, built: Built) -> Iterator[Subject]:
    texts = {file.path: file.text for file in built.plan.files}
    for selected, export in built.contracts:
        path = built.plan.schema_path(selected.config.name)
        found = lower(load(texts[path], path), where=path)
        terms = terms_of(selected.config, config.root / selected.config.output, found)
        yield from subjects_of(terms, export.described)


def _selected(subjects: Sequence[Subject], models: Sequence[str]) -> list[Subject]:
    if not models:
        return list(subjects)
    for name in models:
        if not any(subject.matches(name) for subject in subjects):
            known = ", ".join(sorted({subject.model for subject in subjects})[:20])
            message = "no contract has a model of this name"
            raise VerifyError(Diagnostic("verify-model", name, message, f"there are {known}"))
    return [subject for subject in subjects if any(subject.matches(name) for name in models)]


@contextlib.contextmanager
def _quietly() -> Iterator[None]:
    """Stdout is for the report; what models print or warn of while they are tried goes elsewhere."""
    with contextlib.redirect_stdout(sys.stderr), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


# --- TypeScript, and what only Python knows ---------------------------------------------------------------------------


def _typed(node: Path, runner: Runner, runs: Sequence[Run], tally: Tally) -> Iterator[Disagreement]:
    """What the frontend's own compiler says to a few values of each type."""
    for terms in dict.fromkeys(run.subject.terms for run in runs if run.samples):
        samples = {run.subject: run.samples for run in runs if run.subject.terms is terms}
        compiler = find_compiler(terms.output)
        if compiler is None:
            where = f"no TypeScript was found from {shown(terms.output)} upwards"
            tally.unjudged.append(
                f"{terms.name}: whether values are of their TypeScript type: {where}"
            )
            continue
        tally.typed += sum(map(len, samples.values()))
        for misfit in misfits(node, compiler, runner.home(terms.name), samples):
            yield misfit.disagreement()


def _python_only(runs: Sequence[Run]) -> tuple[PythonOnly, ...]:
    """Models with validators in Python, each once; those without a value that only these refuse are named all the same."""
    found: dict[str, PythonOnly] = {}
    for run in runs:
        one = run.python_only()
        if one is not None and (one.model not in found or one.refused > found[one.model].refused):
            found[one.model] = one
    return tuple(found[model] for model in sorted(found))
