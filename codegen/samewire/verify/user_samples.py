"""What the user brings: factories of instances, and recorded payloads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import cast

from samewire.config import shown
from samewire.discover.imports import load_module
from samewire.discover.objects import lookup
from samewire.errors import Diagnostic, DiscoverError, VerifyError
from samewire.verify.cases import payload_lines
from samewire.verify.run import UserSamples
from samewire.verify.subjects import Subject
from samewire.verify.time_limits import OutOfTimeError, TimeLimit, ends_after

MOST_INSTANCES = 5_000  # of one factory


@dataclass(frozen=True, slots=True)
class SampleSources:
    """``factories`` are ``module:callable``; ``payloads`` maps the name of a model to files of JSON lines."""

    factories: tuple[str, ...] = ()
    payloads: Mapping[str, tuple[Path, ...]] = field(default_factory=dict)


def user_samples(
    subjects: Sequence[Subject],
    sources: SampleSources,
    count: int,
    begin: Callable[[str], None],
    seconds: float | None,
) -> list[UserSamples]:
    """
    What there is for each subject. Each factory is called after ``begin``, and for at most so many seconds.

    Raises:
        VerifyError: a factory can't be imported, fails, or makes what no contract emits; payloads can't be read.

    """
    found = [UserSamples() for _ in subjects]
    for spec in sources.factories:
        begin(spec)
        for instance in _made(spec, count, seconds):
            index = _emitting(subjects, instance, spec)
            found[index] = replace(found[index], instances=(*found[index].instances, instance))
    for name, files in sources.payloads.items():
        index = _named(subjects, name)
        for file in files:
            texts = tuple(_lines(file))
            found[index] = replace(found[index], texts=(*found[index].texts, *texts))
    return found


def _made(spec: str, count: int, seconds: float | None) -> Iterable[object]:
    """A factory is called again and again, or once if what it returns is a list or an iterator of instances."""
    module, _, name = spec.partition(":")
    if not name:
        raise _fault(spec, "names no function: write module:function")
    try:
        factory = lookup(load_module(module, "--factory"), name, "--factory")
    except DiscoverError as error:
        raise VerifyError(*error.diagnostics) from error
    if not callable(factory):
        raise _fault(spec, f"is a {type(factory).__name__}, not something to call")
    call = cast("Callable[[], object]", factory)
    try:
        with TimeLimit(), ends_after(seconds):
            first = call()
            if isinstance(first, list | tuple) or hasattr(first, "__next__"):
                return list(islice(cast("Iterable[object]", first), MOST_INSTANCES))
            return [first, *(call() for _ in range(count - 1))]
    except OutOfTimeError:
        raise _fault(spec, f"did not return within {seconds:g} s (--time-limit)") from None
    except (Exception, SystemExit) as error:
        raise _fault(spec, f"raised {type(error).__name__}: {error}") from error


def _emitting(subjects: Sequence[Subject], instance: object, spec: str) -> int:
    """The subject that an instance belongs to: of its own class, else of a class that it is derived from."""
    for cls in type(instance).__mro__:
        for index, subject in enumerate(subjects):
            if subject.direction == "emits" and subject.annotation is cls:
                return index
    message = f"returns a {type(instance).__qualname__}, which no contract emits"
    raise _fault(spec, message)


def _named(subjects: Sequence[Subject], name: str) -> int:
    """What is emitted counts first: a recording is of what was sent."""
    for index, subject in enumerate(subjects):
        if subject.matches(name):
            return index
    message = "payloads were given for this model, which no contract has"
    raise VerifyError(Diagnostic("verify-model", name, message))


def _lines(file: Path) -> Iterable[str]:
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        message = f"cannot be read: {error}"
        raise VerifyError(Diagnostic("verify-payload", shown(file), message)) from error
    return payload_lines(text, shown(file))


def _fault(spec: str, message: str) -> VerifyError:
    return VerifyError(Diagnostic("verify-factory", spec, message))
