"""
Every feature case through the target ``python``: what the backend writes is read and written back unchanged, what it reads can be
written, and near misses are refused, by models that another generator made from our documents.
"""

from __future__ import annotations

import pytest

from .features.case import Case
from .features.corpus import GROUPS
from .features.outcomes import module_of, readable
from .features.truth import establish

pytest.importorskip("datamodel_code_generator", reason="an extra, which the lowest versions lack")

from samewire.targets.python.dataclasses import render_dataclasses
from samewire.targets.python.typed_dicts import render_dicts  # needs the extra

from .features.python import outcome

pytestmark = pytest.mark.filterwarnings("ignore")

LENGTH_OF_OTHER_CASE = "its length is counted before its case is changed"
LENGTH_OF_ADDRESS = "the length limits of an e-mail address apply to the parsed address"
LIMIT_ON_EMAIL = "a limit on the text of the format 'email' says nothing of its value"
LIMIT_ON_DECIMAL = "a limit on the text of the format 'decimal' says nothing of its value"
LIMIT_ON_SIZE = "a text like '1kB' is compared with a limit"
CHECKED = "it is checked by keywords of JSON Schema that no Python type has"
SEVERAL_PLACES = "a field is read only from several nested keys"
PATTERN = "the pattern "

REFUSED = {
    "strings/pattern-python-lookarounds": PATTERN,
    "strings/pattern-python-backreferences": PATTERN,
    "formats/spellings-in-bounds": LENGTH_OF_ADDRESS,
    "formats/cased": LENGTH_OF_OTHER_CASE,
    "strings/stripped-and-lowered": LENGTH_OF_OTHER_CASE,
    "containers/dict-keys-float-written": CHECKED,
    "objects/alias-path": SEVERAL_PLACES,
    "objects/alias-paths-alone": SEVERAL_PLACES,
    "settings/str-config-emitted": LENGTH_OF_OTHER_CASE,
    "limits/byte-size-units": LIMIT_ON_SIZE,
    "limits/multiples-behind-validators": "Pydantic cannot check multiples of a duration",
    "limits/email-in-another-case": LIMIT_ON_EMAIL,
    "limits/limits-of-byte-sizes": LIMIT_ON_SIZE,
    "limits/limits-of-keys": LIMIT_ON_DECIMAL,
    "limits/limits-of-emails": LIMIT_ON_EMAIL,
}
"""Cases without an exact form in Python, and how the reason begins; docs/python.md has the list by cause."""

KNOWN = {
    "settings/ints-as-floats": 'takes no {"b": 2.0} for an integer, which JavaScript can\'t tell from 2'
}


@pytest.mark.parametrize("group", GROUPS)
def test_models_in_python_have_the_verdicts_of_the_originals(group: str) -> None:
    wrong: dict[str, object] = {}
    for case in filter(_is_tried, GROUPS[group]):
        name = f"{group}/{case.name}"
        found = outcome(case, establish(case, f"python_of_{module_of(group, case)}"))
        expected = REFUSED.get(name)
        if expected is not None:
            if not any(each.startswith(expected) for each in found.refused):
                wrong[name] = f"expected a refusal, {expected!r}; got {found}"
        elif bool(found.complaints) is not (name in KNOWN) or found.refused:
            wrong[name] = found
    assert wrong == {}


OF_OBJECTS = ("presence", "objects", "unions", "recursion", "roots", "opened")
"""The groups in which TypedDicts and dataclasses could differ from classes; the annotations are the same."""
WITH_TYPED_KEYS = {
    "presence/exclude-none-of-extra-keys",
    "objects/extra-typed",
    "objects/extra-typed-with-models",
    "recursion/self-in-extra",
    "roots/typed-dict-extra-items",
}


@pytest.mark.parametrize("group", OF_OBJECTS)
def test_typed_dicts_have_the_verdicts_of_the_originals(group: str) -> None:
    wrong: dict[str, object] = {}
    for case in filter(_is_tried, GROUPS[group]):
        name = f"{group}/{case.name}"
        truth = establish(case, f"dicts_of_{module_of(group, case)}")
        found = outcome(case, truth, render_dicts)
        expected = REFUSED.get(name, "a TypedDict does not say" if name in WITH_TYPED_KEYS else "")
        if expected:
            if not any(each.startswith(expected) for each in found.refused):
                wrong[name] = f"expected a refusal, {expected!r}; got {found}"
        elif found.complaints or found.refused:
            wrong[name] = found
    assert wrong == {}


WITH_FURTHER_KEYS = {
    "presence/exclude-none-of-extra-keys",
    "objects/extra-allow",
    "objects/extra-typed",
    "objects/extra-typed-with-models",
    "objects/extra-allow-with-hostile-keys",
    "objects/extra-modes-nested",
    "objects/alias-or-name-with-other-keys",
    "unions/union-of-models-by-extra",
    "recursion/self-in-extra",
    "roots/typed-dict-extra-items",
    "opened/open-union-by-an-enum",
}


@pytest.mark.parametrize("group", OF_OBJECTS)
def test_dataclasses_have_the_verdicts_of_the_originals(group: str) -> None:
    wrong: dict[str, object] = {}
    for case in filter(_is_tried, GROUPS[group]):
        name = f"{group}/{case.name}"
        truth = establish(case, f"data_of_{module_of(group, case)}")
        found = outcome(case, truth, render_dataclasses)
        kept = "a dataclass cannot keep extra keys" if name in WITH_FURTHER_KEYS else ""
        expected = REFUSED.get(name, kept)
        if expected:
            if not any(each.startswith(expected) for each in found.refused):
                wrong[name] = f"expected a refusal, {expected!r}; got {found}"
        elif found.complaints or found.refused:
            wrong[name] = found
    assert wrong == {}


def test_the_tables_name_cases() -> None:
    names = {f"{group}/{case.name}" for group, cases in GROUPS.items() for case in cases}
    assert {*REFUSED, *KNOWN, *WITH_TYPED_KEYS, *WITH_FURTHER_KEYS} <= names


def _is_tried(case: Case) -> bool:
    return readable(case) and case.refused is None
