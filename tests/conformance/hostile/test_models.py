"""
Whatever text a model has, wherever it has it: the output is the same program as with harmless text, and says what the model says.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from samewire.identifiers import INHERITED

from tests.conformance.hostile.positions import POSITIONS, TARGETS, rendered
from tests.conformance.hostile.reader import Reader
from tests.conformance.hostile.texts import FRAGMENTS, UNSEEN, texts


@pytest.fixture(scope="module", params=sorted(TARGETS))
def target(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def harmless(read: Reader, target: str) -> dict[str, Any]:
    """The shapes of the files with harmless text."""
    return read.read(rendered({}, target=target).files).shapes


anywhere = st.dictionaries(st.sampled_from(sorted(POSITIONS)), texts, min_size=1, max_size=3)
everywhere = texts.map(lambda text: dict.fromkeys(POSITIONS, text))


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(given=anywhere | everywhere)
@example(given=dict.fromkeys(POSITIONS, "".join(FRAGMENTS)))
@example(given=dict.fromkeys(POSITIONS, ""))
@example(given=dict.fromkeys(POSITIONS, "__proto__"))
def test_text_stays_text(
    read: Reader, target: str, harmless: dict[str, Any], given: dict[str, str]
) -> None:
    made = rendered(given, target=target)
    for name, text in made.files.items():
        assert not [char for char in UNSEEN if char in text], name
    reading = read.read(made.files, [*made.right, *made.wrong])
    for name, shape in reading.shapes.items():
        # A guard asks otherwise for a key that every object inherits.
        if name != "guards.ts" or INHERITED.isdisjoint(given.values()):
            assert shape == harmless[name], name
    assert reading.shapes.keys() == harmless.keys()
    assert reading.answers is not None
    right = reading.answers[: len(made.right)]
    assert [json.loads(answer or "null") for answer in right] == [
        json.loads(value) for _, value in made.right
    ]
    assert reading.answers[len(made.right) :] == [None] * len(made.wrong)
