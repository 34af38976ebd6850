"""What a generated validator says to a JSON text."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

Path_: TypeAlias = tuple[str | int, ...]
Change: TypeAlias = Literal["lost", "added", "changed"]


@dataclass(frozen=True, slots=True)
class Accepted:
    """``changes`` say what came out otherwise than it went in, and ``out`` is the JSON text of that."""

    changes: tuple[tuple[Path_, Change], ...] = ()
    out: str | None = None


@dataclass(frozen=True, slots=True)
class Issue:
    path: Path_
    message: str
    code: str


class Refused:
    """The validator refuses the text. It is asked for its issues when somebody reads them, which few refusals need."""

    def __init__(self, explain: Callable[[str], tuple[Issue, ...]], text: str) -> None:
        self._explain = explain
        self._text = text

    @functools.cached_property
    def issues(self) -> tuple[Issue, ...]:
        return self._explain(self._text)

    def __str__(self) -> str:
        return "; ".join(
            f"{pointer(each.path) or 'the value'}: {each.message}" for each in self.issues[:3]
        )


@dataclass(frozen=True, slots=True)
class Failed:
    """The validator gave no verdict: it threw, or did not end."""

    message: str


@dataclass(frozen=True, slots=True)
class Unasked:
    """The validator was not asked, as it did not end on other values."""


Answer: TypeAlias = Accepted | Refused | Failed | Unasked
UNCHANGED = Accepted()


def answers_of(
    verdicts: str,
    details: Sequence[Any],
    texts: Sequence[str],
    explain: Callable[[str], tuple[Issue, ...]],
) -> Iterator[Answer]:
    """The answers of ``runner.mjs``: a letter for each text, and what there is to say of those that ask for it."""
    rest = iter(details)
    for verdict, text in zip(verdicts, texts, strict=True):
        match verdict:
            case "a":
                yield UNCHANGED
            case "c":
                changes, out = next(rest)
                yield Accepted(tuple((tuple(path), what) for path, what in changes), out)
            case "r":
                yield Refused(explain, text)
            case _:
                yield Failed(f"the validator threw: {next(rest)}")


def issues_of(found: Sequence[Any]) -> tuple[Issue, ...]:
    return tuple(Issue(tuple(path), message, code) for path, message, code in found)


def pointer(path: Sequence[str | int]) -> str:
    """A JSON pointer (RFC 6901)."""
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in path)
