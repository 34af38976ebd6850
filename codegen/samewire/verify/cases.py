# ruff: noqa: PLC0415  # Hypothesis is an extra, and is imported when values are drawn
"""Where values come from: the edges of a type, Hypothesis, near misses, and what the user brings."""

from __future__ import annotations

import contextlib
import functools
import json
import warnings
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from samewire import ir
from samewire.errors import Diagnostic, VerifyError
from samewire.values import NoValueError, edges, near_misses, strategy
from samewire.verify.judge import Case
from samewire.verify.oracle import sent
from samewire.verify.subjects import Subject, Terms
from samewire.verify.time_limits import MOST_SLOW_VALUES

if TYPE_CHECKING:
    from samewire.values.instances import Inputs

EDGES = 400  # of one type
ALIKE = 2  # mutations of one kind at one place
MOST_REFUSED = 40  # inputs in a row that no instance can be built from


def edge_values(subject: Subject) -> list[ir.Json]:
    type_, definitions = subject.definition.type, subject.terms.definitions
    found: list[ir.Json] = []
    # For some pattern no text may be found; what was found till then is used.
    with contextlib.suppress(NoValueError):
        found.extend(islice(edges(type_, definitions), EDGES))
    return found


def drawn_values(subject: Subject, seed: int, examples: int) -> list[ir.Json]:
    """Valid values, drawn by Hypothesis."""
    found: list[ir.Json] = []
    try:
        values = strategy(subject.definition.type, subject.terms.definitions)
    except NoValueError:
        return found
    drive(values, found.append, seed_of(subject, seed), examples)
    return found


def built_instances(
    subject: Subject,
    seed: int,
    examples: int,
    take: Callable[[object], None],
    *,
    shrink: bool = False,
) -> None:
    """
    Gives ``take`` instances that Hypothesis makes up, the same ones each time.

    What ``take`` raises ends the search; with ``shrink`` only after the smallest instance that makes it raise has been found,
    which is then the last one given.
    """
    refused = 0

    def attempt(given: object) -> None:
        nonlocal refused
        if subject.oracle.time_limit.spent > MOST_SLOW_VALUES:
            return
        read = subject.oracle.build(given)
        if read.ok:
            refused = 0
            take(read.value)
        else:
            refused += 1
            if refused < MOST_REFUSED:
                from hypothesis import reject

                reject()

    made = _inputs(subject.terms).of(subject.oracle.adapter, subject.model)
    drive(made, attempt, seed_of(subject, seed), examples, shrink=shrink)


@functools.lru_cache(maxsize=1)
def _inputs(terms: Terms) -> Inputs:
    from samewire.values.instances import Inputs

    return Inputs(terms.flat)


def near(
    values: Iterable[ir.Json], subject: Subject, limit: int, alone: Collection[str]
) -> Iterator[Case]:
    """
    Mutations of the values, each kind at each place a few times; but a few of those inside of definitions that are verified
    ``alone``.
    """
    seen: dict[tuple[object, ...], int] = {}
    texts: set[str] = set()

    def wanted(pointer: tuple[str | int, ...], what: str) -> bool:
        return seen.get(_sort(pointer, what), 0) < ALIKE

    type_, definitions = subject.definition.type, subject.terms.definitions
    for value in values:
        for mutation in near_misses(type_, definitions, value, alone, wanted):
            changed, text = sent(mutation.value)
            if text not in texts:
                texts.add(text)
                kind = _sort(mutation.pointer, mutation.what)
                seen[kind] = seen.get(kind, 0) + 1
                yield Case(changed, text, (), mutation.pointer, mutation.what)
        if len(texts) >= limit:
            break


def _sort(pointer: tuple[str | int, ...], what: str) -> tuple[object, ...]:
    """What mutations are alike in: any item of an array will do."""
    return (what, *("*" if isinstance(step, int) else step for step in pointer))


def covering(values: Iterable[ir.Json]) -> list[ir.Json]:
    """Of the values, in order, those that have a kind of value at a place where none before them has one."""
    chosen: list[ir.Json] = []
    seen: set[tuple[object, ...]] = set()
    for value in values:
        features = set(_features(value, ()))
        if not features <= seen:
            seen |= features
            chosen.append(value)
    return chosen


def _features(value: ir.Json, path: tuple[object, ...]) -> Iterator[tuple[object, ...]]:
    yield (*path, type(value), bool(value))
    match value:
        case dict():
            for key, each in value.items():
                yield from _features(each, (*path, key))
        case list():
            for each in value:
                yield from _features(each, (*path, None))
        case _:
            return


# --- Hypothesis -------------------------------------------------------------------------------------------------------


def drive(
    values: Any, take: Callable[[Any], None], seed: int, examples: int, *, shrink: bool = False
) -> None:
    import hypothesis
    from hypothesis import HealthCheck, Phase, Verbosity
    from hypothesis.errors import HypothesisWarning, Unsatisfiable

    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=examples,
        database=None,
        deadline=None,
        phases=(Phase.generate, Phase.shrink) if shrink else (Phase.generate,),
        suppress_health_check=list(HealthCheck),
        print_blob=False,
        report_multiple_bugs=False,
        verbosity=Verbosity.quiet,
    )
    @hypothesis.given(values)
    def run(value: Any) -> None:
        take(value)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", HypothesisWarning)
        try:
            run()
        except Unsatisfiable:
            return


def seed_of(subject: Subject, seed: int) -> int:
    """Of its own for each subject, so that one more model changes nothing for the others."""
    key = f"{seed} {subject.terms.name} {subject.model} {subject.direction}"
    return zlib.crc32(key.encode())


# --- What the user brings ---------------------------------------------------------------------------------------------


def payload_lines(text: str, where: str) -> Iterator[str]:
    """
    JSON texts, one a line; empty lines are left out.

    Raises:
        VerifyError: a line is not JSON.

    """
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            json.loads(line)
        except ValueError as error:
            message = f"not JSON: {error}"
            hint = "one JSON value a line"
            raise VerifyError(
                Diagnostic("verify-payload", f"{where}:{number}", message, hint)
            ) from error
        yield line
