"""
Every pattern on both sides: Pydantic's verdict on sample strings, and Node's on the translation. One run of Node answers all.

Strings hold only characters that are assigned in this Python's Unicode version: see ``patterns/engines.py``.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path
from random import Random

import pytest
from pydantic_core import SchemaError
from samewire.patterns import Dialect, PatternError, Regex, Translation
from samewire.patterns.folding import orbits

from .patterns.cases import CORPUS, EXAMPLES, ROWS, Fate
from .patterns.engines import Question, ask, disagreements, is_known, pydantic
from .patterns.fuzz import random_pattern

DIALECTS: tuple[Dialect, ...] = ("rust-regex", "python-re")
CLASSES = (r"\d", r"\w", r"\s", r"\D", r"\W", r"\S", ".", "(?i:k)", r"(?i:\w)", r"[^\W\d_]", "[^a]")
FUZZED = 600


@cache
def asked(pattern: str, dialect: Dialect, texts: tuple[str, ...] = ()) -> Question | Fate:
    try:
        return ask(pattern, dialect, extra=texts)
    except PatternError:
        return Fate.REFUSED
    except (SchemaError, re.error):
        return Fate.INVALID


def class_questions() -> list[Question]:
    """Each class on every known character: members in rows of 64, then the others one row at a time."""
    everything = [c for c in map(chr, range(0x110000)) if is_known(c)]
    found = []
    for dialect in DIALECTS:
        for written in CLASSES:
            accepts = pydantic(
                f"^{written}$" if dialect == "rust-regex" else rf"\A{written}\Z", dialect
            )
            members = [c for c in everything if accepts(c)]
            others = [c for c in everything if not accepts(c)]
            rows = tuple("".join(members[at : at + 64]) for at in range(0, len(members), 64))
            whole = ask(rf"\A(?:{written})*", dialect).translated
            whole = Translation(Regex.parse(f"{whole.source}$", whole.flags))
            found.append(Question(f"all of {written}", dialect, whole, rows, "T" * len(rows)))
            rows = tuple("".join(others[at : at + 64]) for at in range(0, len(others), 64))
            one = ask(written, dialect).translated
            found.append(Question(f"nothing but {written}", dialect, one, rows, "F" * len(rows)))
    return found


def folding_questions() -> list[Question]:
    """Each group of equal characters: all its members match each other in JavaScript, and no other character with case."""
    cased = [chr(c) for c in orbits()]
    found = []
    for equal in dict.fromkeys(orbits().values()):
        others = "".join(c for c in cased if ord(c) not in equal)
        js = Translation(Regex.parse(f"\\u{{{equal[0]:x}}}", "iu"))
        texts = (*map(chr, equal), others)
        found.append(Question("folding", "rust-regex", js, texts, "T" * len(equal) + "F"))
    return found


@pytest.fixture(scope="module")
def answered(node: Path) -> dict[str, list[str]]:
    """The disagreements of each part, the constructs by their names."""
    parts: dict[str, list[Question]] = {}
    for row in ROWS:
        for dialect in DIALECTS:
            question = asked(row.pattern, dialect, row.texts)
            parts[f"{row.name} {dialect}"] = [question] if isinstance(question, Question) else []
    for name, pattern in CORPUS.items():
        both = [asked(pattern, dialect, EXAMPLES.get(name, ())) for dialect in DIALECTS]
        parts[f"corpus {name}"] = [question for question in both if isinstance(question, Question)]
    parts["fuzz"] = [question for question in fuzzed() if isinstance(question, Question)]
    parts["classes"] = class_questions()
    parts["folding"] = folding_questions()
    flat = [question for questions in parts.values() for question in questions]
    lines = disagreements(flat, node)
    found: dict[str, list[str]] = {}
    for name, questions in parts.items():
        found[name] = [line for _, answer in zip(questions, lines, strict=False) for line in answer]
        lines = lines[len(questions) :]
    return found


def fuzzed() -> list[Question | Fate]:
    found = []
    for number in range(FUZZED):
        random = Random(f"patterns {number}")
        dialect = random.choice(DIALECTS)
        found.append(asked(random_pattern(dialect, random), dialect))
    return found


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_construct(row, dialect, answered):
    expected = row.rust if dialect == "rust-regex" else row.python
    question = asked(row.pattern, dialect, row.texts)
    fate = question if isinstance(question, Fate) else Fate.SAME
    assert fate is expected
    assert answered[f"{row.name} {dialect}"] == []


@pytest.mark.parametrize("name", CORPUS)
def test_a_real_pattern(name, answered):
    questions = [asked(CORPUS[name], dialect, EXAMPLES.get(name, ())) for dialect in DIALECTS]
    assert Fate.REFUSED not in questions
    assert any(isinstance(q, Question) and {"T", "F"} <= set(q.expected) for q in questions)
    assert answered[f"corpus {name}"] == []


def test_random_patterns(answered):
    assert answered["fuzz"] == []
    for question in fuzzed():
        if isinstance(question, Question):
            regex = question.translated.regex
            assert Regex.parse(regex.source, regex.flags) == regex
    fates = Counter(found if isinstance(found, Fate) else Fate.SAME for found in fuzzed())
    assert fates[Fate.SAME] > 0.9 * FUZZED


def test_every_character_of_the_classes(answered):
    assert answered["classes"] == []


def test_the_table_of_equal_characters_is_nodes(answered):
    assert answered["folding"] == []
