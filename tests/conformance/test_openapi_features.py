"""The feature cases as OpenAPI: a schema takes every value that Pydantic writes or reads, and refuses nearly all others."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from typing import Any

import pytest
import regress
from jsonschema import Draft202012Validator, ValidationError, validators
from samewire.errors import SamewireError
from samewire.lower import lower
from samewire.schema import dumps, load
from samewire.targets.openapi.document import document

from tests.documents import roots_of

from .features.case import Case
from .features.corpus import GROUPS
from .features.outcomes import module_of, readable
from .features.pipeline import document_of
from .features.truth import WrongCaseError, establish

NARROWER = {
    # Of the names that a key has, clients are told the first.
    *("alias-or-name", "alias-or-name-by-the-old-word", "alias-or-name-in-both-directions"),
    *("alias-or-name-without-other-keys", "alias-or-name-with-other-keys", "alias-choices"),
    *("names-that-are-swapped", "alias-choices-of-many-fields", "alias-path-from-the-end"),
    *("alias-paths-alone", "alias-choices-with-a-path", "dates-under-several-names"),
    # A multiple is one of the decimal that the number is written as, and jsonschema divides in binary.
    *("float-multiple-of-a-cent", "multiples-of-a-float"),
}
"""Cases whose schemas refuse a value, which keep failing."""

WIDER = 0.13
"""The share of cases with a limit that JSON Schema has no word for, at most."""


def _pattern(
    _validator: Any, pattern: str, instance: object, _schema: object
) -> Iterator[ValidationError]:
    if isinstance(instance, str) and regress.Regex(pattern, "u").find(instance) is None:
        yield ValidationError(f"{instance!r} does not match {pattern}")


Validator = validators.extend(Draft202012Validator, {"pattern": _pattern})


def verdicts(case: Case, module: str) -> tuple[list[str], list[str]] | None:
    """What is refused of what is right, and taken of what is wrong; ``None`` where Samewire refuses the type."""
    truth = establish(case, module)
    made, diagnostics = document_of(case, truth)
    if diagnostics:
        return None
    contract = lower(load(dumps(made), module), where=module)
    openapi = document(contract, "3.1", {}, "exact")
    refused, taken = [], []
    for direction in ("emits", "accepts"):
        values = getattr(truth, direction)
        if values is None:
            continue
        (root,) = roots_of(made, direction)
        schema = {"$ref": f"#/components/schemas/{root}", **openapi}
        validator = Validator(schema, format_checker=Validator.FORMAT_CHECKER)
        refused += [
            text
            for text in (*values.right, *values.kept)
            if not validator.is_valid(json.loads(text))
        ]
        taken += [text for text in values.wrong if validator.is_valid(json.loads(text))]
    return refused, taken


@functools.cache
def of_group(group: str) -> dict[str, tuple[list[str], list[str]]]:
    """The verdicts on each case of a group that has a schema."""
    found = {}
    for case in filter(readable, GROUPS[group]):
        try:
            found[case.name] = verdicts(case, module_of(group, case))
        except (WrongCaseError, SamewireError):
            continue  # which other tests are about
    return {name: each for name, each in found.items() if each is not None}


@pytest.mark.parametrize("group", GROUPS)
def test_a_schema_takes_what_is_right(group: str) -> None:
    refusing = {name for name, (refused, _) in of_group(group).items() if refused}
    assert refusing == NARROWER & of_group(group).keys()


def test_most_schemas_refuse_what_is_wrong() -> None:
    every = [each for group in GROUPS for each in of_group(group).values()]
    assert len(every) > 600
    assert sum(bool(taken) for _, taken in every) <= WIDER * len(every)
