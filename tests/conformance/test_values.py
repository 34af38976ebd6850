"""Values made from a contract, against Pydantic: what the contract accepts validates, and what it emits is what is dumped."""

from __future__ import annotations

import json

import pytest
from pydantic_core import PydanticSerializationError
from samewire.values import edges, is_valid, near_misses, values
from samewire.values.equality import key_of
from samewire.walk import as_written

from tests.unit.values.drawing import drawn

from .features.case import Case
from .features.contracts import contract_of
from .features.corpus import GROUPS
from .features.truth import dump, same, validates

pytestmark = pytest.mark.filterwarnings("ignore")

CASES = [(group, case) for group, cases in GROUPS.items() for case in cases]
each_case = pytest.mark.parametrize(
    ("group", "case"), CASES, ids=[f"{group}/{case.name}" for group, case in CASES]
)

# What only Python code knows, or a schema that says less than Pydantic does. An entry must keep being needed.
REFUSED = {
    "limits/encoders-of-the-author": "only the encoder knows its texts, and the limits of what is in them",
    "temporal/datetime-past-and-future": "the time that it is",
    "temporal/date-past-and-future": "the time that it is",
    "temporal/time-zone": "names of time zones",
    "formats/payment-card": "check digits",
    "formats/paths-that-exist": "the file system",
    "formats/compiled-pattern": "which texts are patterns",
    "odd_types/patterns-type": "which texts are patterns",
    "odd_types/zone-info": "names of time zones",
    "formats/import-string": "which modules there are",
    "enums/enum-open-to-any-number": "integers of an enumeration have 64 bits, as long as they come from JSON",
    "anything/validators-in-python": "a validator",
    "anything/plain-validator-with-an-input-type": "a validator",
    "anything/before-validator-with-an-input-type": "a validator",
    "opaque/plain-validator-with-annotations": "a validator",
}
# Of these, most texts happen to be right.
BY_CHANCE = {"formats/compiled-pattern", "odd_types/patterns-type"}
# Values that no instance is dumped to, though each part of them is right, or that read back as something else.
DUMPED_OTHERWISE = {
    "roots/coordinate-as-a-root": "the text of a number is read as the number",
    "roots/coordinate-in-a-field": "the text of a number is read as the number",
    "containers/keys-of-numbers-and-booleans": "0 is read as false in a key, and written as 0",
    "containers/dict-keys-float": "1 is written 1.0 in a key",
    "limits/limits-of-keys": "2 is written 2.0 in a key",
    "numbers/float": "null is infinity, which JSON can't read back",
    "numbers/float-strict": "null is infinity, which JSON can't read back",
    "unions/union-bool-or-int": "null is infinity, which JSON can't read back",
    "dates/dates-or-text": "0 as text is read as an instant, and written as one",
    "formats/paths": "Path normalizes",
    "formats/url-dsns": "defaults of a URL are filled in",
    "formats/url-multi-host": "defaults of a URL are filled in",
    "formats/url-constraints": "the limit is on the input",
    "enums/literal-of-plain-enum-member": "a literal of an enum member is read from the member alone",
    "presence/computed-field": "a computed field follows from the others",
    "recursion/recursive-with-computed-field": "a computed field follows from the others",
    "unions/union-left-to-right-of-overlapping-models": "the first member that fits is taken",
    "unions/union-of-a-subclass-and-its-base": "the member that fits best is taken",
    "serializers/serializer-that-keeps-the-type": "a serializer changes it",
    "settings/fraction": "a fraction is reduced",
    "numbers/complex": "0-0j and NaN are read back with another sign",
    "settings/complex": "0-0j and NaN are read back with another sign",
    "authors/custom-type-with-hooks": "the serializer may return any text",
    "authors/custom-json-or-python": "the serializer may return any integer",
    "authors/custom-json-or-python-whose-function-returns-a-type-variable": "a function makes another time of it",
    "odd_types/paths-2": "Path normalizes",
    "odd_types/initvar": "what is given is not what is written",
    "odd_types/secrets-2": "a secret integer is not read from its mask",
    "numbers/infinity-as-text-both-ways": "a strict float is not read from text",
    "dumping/temporal-seconds-both-ways": "a moment has whole microseconds, and ends somewhere",
    "dumping/times-in-seconds-both-ways": "a time has whole microseconds",
    "dumping/temporal-ms-both-ways": "a moment has whole microseconds, and ends somewhere",
    "dumping/temporal-seconds-of-which-the-unit-is-guessed": "a moment has whole microseconds",
    "temporal/seconds-both-ways": "a duration has whole microseconds, and ends somewhere",
    "temporal/seconds-beyond-a-bound": "a duration has whole microseconds",
    "decoded/decoded-sets-in-recursion": "equal objects of a set are one",
    "enums/flag-boundaries": "a number that EJECT lets pass is no member, which Pydantic warns of",
}


def _contract(group, case):
    found = contract_of(group, case.name)
    if found is None:
        pytest.skip("has no contract")
    adapter, contract = found
    return adapter, contract, {each.name: each for each in contract.definitions}


def _drawn(type_, definitions, count=12):
    make = values(type_, definitions)
    return [] if make is None else drawn(make, count)


@each_case
def test_what_a_contract_accepts_pydantic_validates(group: str, case: Case) -> None:
    adapter, contract, definitions = _contract(group, case)
    refused = []
    for name in contract.accepts:
        type_ = definitions[name].type
        found = list(edges(type_, definitions))
        assert found
        for value in (*found, *_drawn(type_, definitions)):
            assert is_valid(type_, definitions, value), value
            if not validates(adapter, json.dumps(value)):
                refused.append(value)
    name = f"{group}/{case.name}"
    if name in REFUSED and name not in BY_CHANCE:
        assert refused or not contract.accepts, "delete it in REFUSED"
    elif name not in REFUSED:
        assert not refused


@each_case
def test_what_a_contract_emits_pydantic_writes(group: str, case: Case) -> None:
    """Only where what is written can be read back to the same; which is most often."""
    adapter, contract, definitions = _contract(group, case)
    written = as_written(definitions)
    name = f"{group}/{case.name}"
    other = []
    for root in contract.emits:
        type_ = definitions[root].type
        for value in edges(type_, definitions):
            assert is_valid(type_, definitions, value), value
            if case.also_accepts_emitted and is_valid(written[root].type, written, value):
                text = json.dumps(value)
                if not validates(adapter, text) or not _is_written_again(case, adapter, text):
                    other.append(value)
    if name in DUMPED_OTHERWISE:
        assert other, "delete it in DUMPED_OTHERWISE"
    elif name not in REFUSED:
        assert not other


@each_case
def test_near_misses_differ_in_one_place(group: str, case: Case) -> None:
    _, contract, definitions = _contract(group, case)
    for root in {*contract.emits, *contract.accepts}:
        type_ = definitions[root].type
        invalid = 0
        for value in list(edges(type_, definitions))[:3]:
            text = json.dumps(value)
            for mutation in near_misses(type_, definitions, value):
                difference = _difference(value, mutation.value)
                assert difference[: len(mutation.pointer)] == list(mutation.pointer), mutation
                invalid += not is_valid(type_, definitions, mutation.value)
            assert json.dumps(value) == text
        assert invalid or case.total


def _is_written_again(case, adapter, text):
    try:
        written = dump(case, adapter, adapter.validate_json(text))
    except PydanticSerializationError:
        return False
    return same(_sorted(written), _sorted(text))


def _sorted(text):
    """The text with all arrays sorted: a set has no order."""

    def ordered(value):
        if isinstance(value, list):
            return sorted(map(ordered, value), key=key_of)
        return (
            {key: ordered(each) for key, each in value.items()}
            if isinstance(value, dict)
            else value
        )

    return json.dumps(ordered(json.loads(text)))


def _difference(left, right):
    """The way to the one place in which two values differ: down, as long as one child alone does."""
    if type(left) is not type(right):
        return []
    if isinstance(left, list):
        if len(left) != len(right):
            # The last element added or taken away, else another list.
            shorter, longer = sorted((left, right), key=len)
            return (
                [len(shorter)] if len(longer) - len(shorter) == 1 and longer[:-1] == shorter else []
            )
        steps = [
            at
            for at, pair in enumerate(zip(left, right, strict=True))
            if repr(pair[0]) != repr(pair[1])
        ]
    elif isinstance(left, dict):
        steps = [
            key
            for key in {**left, **right}
            if (key in left) is not (key in right) or repr(left[key]) != repr(right[key])
        ]
    else:
        return []
    if len(steps) != 1:
        return []
    (step,) = steps
    if isinstance(left, dict) and (step not in left or step not in right):
        return [step]
    return [step, *_difference(left[step], right[step])]
