"""Whatever stands in a schema file: it is refused in words, or the output is a program that does nothing when it is loaded."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, event, example, given, settings
from samewire.errors import SamewireError
from samewire.jsonschema import lower
from samewire.schema import dumps, load
from samewire.targets.zod.options import ZodOptions
from samewire.targets.zod.render import render_contract

from tests.conformance.hostile.documents import DOCUMENT, spoiled
from tests.conformance.hostile.reader import Reader
from tests.conformance.hostile.texts import UNSEEN

OPTIONS = ZodOptions(import_extension=".ts", type_test=True)


def files_of(document: dict[str, Any]) -> dict[str, str]:
    given = load(json.dumps(document), "other.json")
    assert load(dumps(given), "other.json") == given
    return render_contract(lower(given, where="other.json"), OPTIONS)


@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(document=spoiled())
@example(document=DOCUMENT)
def test_a_spoiled_document_is_refused_or_harmless(read: Reader, document: dict[str, Any]) -> None:
    try:
        files = files_of(document)
    except SamewireError as error:
        event("refused")
        assert error.diagnostics
        assert all(each.where and each.message for each in error.diagnostics)
        return
    event("rendered")
    for name, text in files.items():
        assert not [char for char in UNSEEN if char in text], name
    read.read(files, [])


def test_a_character_after_half_of_another(read: Reader) -> None:
    """Node, which strips types with SWC, once could not read what was written for it."""
    text = "\ud800\U0001f600\U0001f600\udc00\U0001f600"
    files = files_of({"$defs": {"A": {"const": text}}})
    answers = read.read(files, [("ASchema", json.dumps(text))]).answers
    assert [json.loads(answer or "null") for answer in answers or ()] == [
        json.loads(json.dumps(text))
    ]


def test_the_document_itself_is_rendered(read: Reader) -> None:
    files = files_of(DOCUMENT)
    value = {"key": "a", "literal": None, "record": {"a": "red"}, "more": "text"}
    reading = read.read(files, [("ModelSchema", json.dumps(value)), ("ModelSchema", "{}")])
    assert reading.answers is not None
    assert json.loads(reading.answers[0] or "null") == value
    assert reading.answers[1] is None


@pytest.mark.parametrize("text", ["zod\nimport 'x'", '"; globalThis.pwned = 1; "', "\u2028`${1}"])
def test_the_specifier_of_zod_is_text(read: Reader, text: str) -> None:
    contract = lower(DOCUMENT, where="other.json")
    made, plain = (render_contract(contract, ZodOptions(zod_import=each)) for each in (text, "zod"))
    assert read.read(made).shapes == read.read(plain).shapes
