"""
Every feature case against the real pipeline: what Pydantic writes must parse unchanged, what it refuses must be refused.

The cases stand in ``features/``, a module a group; ``features/known_gaps.py`` lists those that are allowed to fail.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from .features.batch import Complaints, Workbench
from .features.case import Case
from .features.corpus import GROUPS
from .features.known_gaps import KNOWN_GAPS
from .features.once import shared
from .features.outcomes import BY_NAME, FLAVOURS, module_of, outcomes, prepare, readable
from .features.truth import establish

# Deprecated types, and qualifiers that Pydantic warns of, are features too.
pytestmark = pytest.mark.filterwarnings("ignore")

CASES = [(group, case) for group, cases in GROUPS.items() for case in cases]
each_case = pytest.mark.parametrize(
    ("group", "case"), CASES, ids=[f"{group}/{case.name}" for group, case in CASES]
)


@pytest.fixture(scope="session")
def corpus(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    node: Path,
    node_modules: Path,
) -> dict[str, Complaints]:
    """The complaints about the cases that this session tests, by flavour."""
    calls = (item.callspec.params for item in request.session.items if hasattr(item, "callspec"))
    chosen = {
        module_of(call["group"], call["case"]) for call in calls if {"group", "case"} <= {*call}
    }
    cases = cache(lambda: prepare(chosen))
    return shared(
        tmp_path_factory,
        [flavour.name for flavour in FLAVOURS],
        lambda name, folder: outcomes(
            Workbench(folder, node, node_modules), BY_NAME[name], cases()
        ),
    )


@each_case
def test_pydantic_confirms_the_case(group: str, case: Case) -> None:
    _skip_unreadable(case)
    establish(case, f"true_{module_of(group, case)}")


@pytest.mark.parametrize("flavour", [flavour.name for flavour in FLAVOURS])
@each_case
def test_both_sides_agree(
    corpus: dict[str, Complaints], group: str, case: Case, flavour: str
) -> None:
    _skip_unreadable(case)
    complaints = corpus[flavour].get(module_of(group, case), [])
    reason = KNOWN_GAPS.get(
        f"{group}/{case.name}", KNOWN_GAPS.get(f"{group}/{case.name}[{flavour}]")
    )
    if reason is not None:
        assert complaints, f"passes, though it is listed as a known gap ({reason}): delete it there"
        return
    assert not complaints, "\n".join(complaints)


def test_each_case_has_a_name_of_its_own() -> None:
    modules = Counter(module_of(group, case) for group, case in CASES)
    assert [name for name, count in modules.items() if count > 1] == []


def test_known_gaps_name_cases() -> None:
    names = {f"{group}/{case.name}" for group, case in CASES}
    assert {gap.partition("[")[0] for gap in KNOWN_GAPS} <= names


def _skip_unreadable(case: Case) -> None:
    if not readable(case):
        pytest.skip(f"needs Python {case.python} and Pydantic {case.pydantic}")
