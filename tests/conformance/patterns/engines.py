"""What Pydantic says to strings, engine by engine, and Node to the translation: all of a run's questions in one process."""

from __future__ import annotations

import json
import subprocess
import unicodedata
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Annotated

from pydantic import ConfigDict, Field, TypeAdapter
from samewire.patterns import Dialect, Translation, translate
from samewire.patterns.ast import Flags
from samewire.patterns.python import parse_python
from samewire.patterns.rust import parse_rust

from .samples import samples

_LONGEST = 10_000
_LONGEST_IF_SLOW = 8
"""Where Node and CPython may need exponential time."""

SCRIPT = Path(__file__).with_name("verdicts.mjs")


@dataclass(frozen=True, slots=True)
class Question:
    """A pattern, its translation, and strings with Pydantic's verdict on each."""

    pattern: str
    dialect: Dialect
    translated: Translation
    texts: tuple[str, ...]
    expected: str


def ask(pattern: str, dialect: Dialect, count: int = 12, extra: tuple[str, ...] = ()) -> Question:
    """Raises PatternError if it is refused, pydantic_core.SchemaError if the engine refuses it."""
    accepts = pydantic(pattern, dialect)
    translated = translate(pattern, dialect)
    parse = parse_rust if dialect == "rust-regex" else parse_python
    random = Random(f"{dialect} {pattern}")
    texts = [*extra, *samples(parse(pattern, Flags())[0], random, count)]
    longest = _LONGEST_IF_SLOW if translated.warnings else _LONGEST
    known = tuple(text for text in texts if len(text) <= longest and all(map(is_known, text)))
    expected = "".join("T" if accepts(text) else "F" for text in known)
    return Question(pattern, dialect, translated, known, expected)


def is_known(char: str) -> bool:
    """
    Whether the character is in a string at all (no surrogate), and assigned in this Python's Unicode version.

    Rust's regex and Node know more characters than Python does, and differ on those that only one of them knows: in ``\\w``,
    for instance, and in case.
    """
    return unicodedata.category(char) not in ("Cs", "Cn") or char == "\U0010ffff"


def pydantic(pattern: str, dialect: Dialect) -> Callable[[str], bool]:
    """Pydantic's own verdict."""
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", FutureWarning
        )  # re on [[ and &&, which it takes as plain characters
        adapter = TypeAdapter(
            Annotated[str, Field(pattern=pattern)], config=ConfigDict(regex_engine=dialect)
        )
    return adapter.validator.isinstance_python


def disagreements(questions: list[Question], node: Path) -> list[list[str]]:
    """For each question a line on each string that Node and Pydantic differ on, or on a translation that Node can't read."""
    jobs = [
        {"source": q.translated.source, "flags": q.translated.flags, "texts": q.texts}
        for q in questions
    ]
    done = subprocess.run(
        [str(node), str(SCRIPT)],
        input=json.dumps(jobs),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [
        _differences(question, answer)
        for question, answer in zip(questions, json.loads(done.stdout), strict=True)
    ]


def _differences(question: Question, answer: str) -> list[str]:
    js = question.translated
    name = f"{question.dialect} {question.pattern!r} -> /{js.source}/{js.flags}"
    if answer.startswith("error"):
        return [f"{name}: {answer}"]
    return [
        f"{name} on {text[:200]!r}: Pydantic {expected}, Node {given}"
        for text, expected, given in zip(question.texts, question.expected, answer, strict=True)
        if expected != given
    ]
