"""Where values come from: the edges of a type, random choices, near misses, and what the user brings."""

from __future__ import annotations

import contextlib
import functools
import json
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import islice

from samewire import ir
from samewire.errors import Diagnostic, VerifyError
from samewire.values import (
    Mutation,
    NearMisses,
    NoValueError,
    Pointer,
    RejectedError,
    draw_values,
    edges,
    replaced,
    shrunk,
    values,
)
from samewire.values.instances import Inputs
from samewire.verify.javascript import sent
from samewire.verify.judge import Case
from samewire.verify.subjects import Subject, Terms
from samewire.verify.time_limits import MOST_SLOW_VALUES

EDGES = 400  # of one type
MOST_REFUSED = 40  # inputs in a row that no instance can be built from
_MARK = "\ufdd0samewire"  # no text: U+FDD0 is not a character


def edge_values(subject: Subject) -> list[ir.Json]:
    type_, definitions = subject.definition.type, subject.terms.definitions
    found: list[ir.Json] = []
    # For some pattern no text may be found; what was found till then is used.
    with contextlib.suppress(NoValueError):
        found.extend(islice(edges(type_, definitions), EDGES))
    return found


def random_values(subject: Subject, seed: int, examples: int) -> list[ir.Json]:
    """Valid values at random."""
    found: list[ir.Json] = []
    with contextlib.suppress(NoValueError):
        make = values(subject.definition.type, subject.terms.definitions)
        if make is not None:
            seed = seed_of(subject, seed)
            draw_values(make, lambda value, _: found.append(value), seed, examples)
    return found


class Instances:
    """
    Instances of one subject, built from random inputs: the same ones each time.

    Raises:
        NoValueError: no input can be made.

    """

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self._make = _inputs(subject.terms).of(subject.oracle.adapter, subject.model)

    def draw(self, seed: int, examples: int, take: Callable[[object, Sequence[int]], None]) -> None:
        """Gives ``take`` so many instances, each with the choices that made it."""
        refused = 0

        def build(value: object, choices: Sequence[int]) -> None:
            nonlocal refused
            if self._subject.oracle.time_limit.spent > MOST_SLOW_VALUES:
                return
            read = self._subject.oracle.build(value)
            if read.ok:
                refused = 0
                take(read.value, choices)
            else:
                refused += 1
                if refused < MOST_REFUSED:
                    raise RejectedError

        if self._make is not None:
            draw_values(self._make, build, seed_of(self._subject, seed), examples)

    def shrink(self, choices: Sequence[int], holds: Callable[[object], bool]) -> None:
        """Asks whether something holds of ever smaller instances, as long as it does."""

        def built(value: object) -> bool:
            read = self._subject.oracle.build(value)
            return read.ok and holds(read.value)

        if self._make is not None:
            shrunk(self._make, choices, built)


@functools.lru_cache(maxsize=1)
def _inputs(terms: Terms) -> Inputs:
    return Inputs(terms.flat)


def near(
    bases: Iterable[ir.Json], subject: Subject, limit: int, alone: Collection[str]
) -> Iterator[Case]:
    """
    Mutations of valid values, each kind at each place once or twice; but a few of those inside of definitions that are verified
    ``alone``.
    """
    texts: set[str] = set()
    parts: dict[str, str] = {}
    misses = NearMisses(subject.definition.type, subject.terms.definitions, alone)
    for value in bases:
        around: dict[Pointer, tuple[str, str]] = {}
        for mutation in misses.of(value):
            text = _text(mutation, around, parts)
            if text not in texts:
                texts.add(text)
                yield Case(text, changed=mutation.pointer, what=mutation.what)
        if len(texts) >= limit:
            break


def _text(mutation: Mutation, around: dict[Pointer, tuple[str, str]], parts: dict[str, str]) -> str:
    """
    What a frontend sends for the value; only what changes is written anew.

    ``around`` and ``parts`` hold the texts around places in this value, and those of parts by how Python shows them.
    """
    if mutation.part is ...:
        return sent(mutation.value)
    pointer = mutation.pointer
    if (frame := around.get(pointer)) is None:
        frame = around[pointer] = _around(mutation.original, pointer)
    if (part := parts.get(mutation.shown)) is None:
        part = parts[mutation.shown] = sent(mutation.part)
    return f"{frame[0]}{part}{frame[1]}"


def _around(value: ir.Json, pointer: Pointer) -> tuple[str, str]:
    """The text of a value before and behind a place in it."""
    before, _, after = sent(replaced(value, pointer, _MARK)).partition(f'"{_MARK}"')
    return before, after


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
