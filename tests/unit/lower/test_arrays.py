"""Arrays and tuples."""

from __future__ import annotations

from typing import Any

import pytest
from samewire import ir

from tests.unit.lower.support import INTEGER, STRING, hints, refused, type_of

TEXT, WHOLE = ir.String(), ir.Integer()
ANY = ir.Unknown()
LETTERS = {"type": "string", "maxLength": 1}
LETTER = ir.String(max_length=1)


@pytest.mark.parametrize(
    ("keywords", "want"),
    [
        ({}, ir.Array(ANY)),
        ({"items": STRING}, ir.Array(TEXT)),
        ({"items": True}, ir.Array(ANY)),
        (
            {"items": STRING, "minItems": 1, "maxItems": 3, "uniqueItems": True},
            ir.Array(TEXT, 1, 3, True),
        ),
        ({"items": STRING, "minItems": 0, "uniqueItems": False}, ir.Array(TEXT)),
        ({"items": STRING, "minItems": 2.0}, ir.Array(TEXT, 2)),
        ({"items": STRING, "minItems": 2, "maxItems": 1}, ir.Never()),
        ({"items": False}, ir.Tuple(())),
        ({"items": {"not": {}}}, ir.Tuple(())),
        ({"items": False, "minItems": 1}, ir.Never()),
        ({"items": False, "uniqueItems": True}, ir.Tuple(())),
        ({"prefixItems": []}, ir.Array(ANY)),
        ({"prefixItems": [], "items": STRING}, ir.Array(TEXT)),
        ({"prefixItems": [], "items": False, "maxItems": 0}, ir.Tuple(())),
        ({"prefixItems": [STRING, INTEGER]}, ir.Tuple((TEXT, WHOLE), ANY)),
        ({"prefixItems": [STRING, INTEGER], "minItems": 2}, ir.Tuple((TEXT, WHOLE), ANY, 2)),
        (
            {"prefixItems": [STRING, INTEGER], "minItems": 3, "maxItems": 5},
            ir.Tuple((TEXT, WHOLE), ANY, 3, 5),
        ),
        (
            {"prefixItems": [STRING, INTEGER], "items": STRING, "maxItems": 5},
            ir.Tuple((TEXT, WHOLE), TEXT, 0, 5),
        ),
        ({"prefixItems": [STRING, INTEGER], "items": False}, ir.Tuple((TEXT, WHOLE))),
        (
            {"prefixItems": [STRING, INTEGER], "items": False, "minItems": 2, "maxItems": 2},
            ir.Tuple((TEXT, WHOLE), None, 2),
        ),
        (
            {"prefixItems": [STRING, INTEGER], "items": False, "maxItems": 9},
            ir.Tuple((TEXT, WHOLE)),
        ),
        ({"prefixItems": [STRING, INTEGER], "maxItems": 2}, ir.Tuple((TEXT, WHOLE))),
        ({"prefixItems": [STRING, INTEGER], "items": STRING, "maxItems": 1}, ir.Tuple((TEXT,))),
        ({"prefixItems": [STRING, INTEGER], "maxItems": 0}, ir.Tuple(())),
        ({"prefixItems": [STRING, INTEGER], "items": False, "minItems": 3}, ir.Never()),
        ({"prefixItems": [STRING, INTEGER], "minItems": 3, "maxItems": 2}, ir.Never()),
        ({"prefixItems": [STRING, False, INTEGER]}, ir.Tuple((TEXT,))),
        ({"prefixItems": [STRING, False, INTEGER], "minItems": 2}, ir.Never()),
        ({"prefixItems": [STRING], "items": False, "uniqueItems": True}, ir.Tuple((TEXT,))),
        (
            {"items": STRING, "allOf": [{"items": LETTERS, "minItems": 1}, {"maxItems": 4}]},
            ir.Array(LETTER, 1, 4),
        ),
        ({"prefixItems": [STRING], "allOf": [{"items": LETTERS}]}, ir.Tuple((LETTER,), LETTER)),
        (
            {
                "prefixItems": [STRING],
                "items": False,
                "allOf": [{"prefixItems": [LETTERS, INTEGER]}],
            },
            ir.Tuple((LETTER,)),
        ),
        ({"items": STRING, "allOf": [{"prefixItems": [True, INTEGER]}]}, ir.Tuple((TEXT,))),
        ({"prefixItems": [STRING], "unevaluatedItems": False}, ir.Tuple((TEXT,))),
        (
            {"prefixItems": [STRING], "items": STRING, "unevaluatedItems": False},
            ir.Tuple((TEXT,), TEXT),
        ),
        ({"allOf": [{"prefixItems": [STRING]}], "unevaluatedItems": {}}, ir.Tuple((TEXT,), ANY)),
        ({"additionalItems": False, "items": STRING}, ir.Array(TEXT)),
        ({"contains": STRING}, ir.Checked(ir.Array(ANY), (ir.Contains(TEXT),))),
        (
            {"items": STRING, "contains": LETTERS, "minContains": 2, "maxContains": 3},
            ir.Checked(ir.Array(TEXT), (ir.Contains(LETTER, 2, 3),)),
        ),
        ({"contains": STRING, "minContains": 0}, ir.Array(ANY)),
        ({"minContains": 1, "maxContains": 2}, ir.Array(ANY)),
        (
            {"allOf": [{"prefixItems": [STRING]}], "unevaluatedItems": False},
            ir.Checked(
                ir.Tuple((TEXT,), ANY), (ir.UnevaluatedItems(ir.Evaluated(items=1), ir.Never()),)
            ),
        ),
        (
            {"prefixItems": [STRING], "contains": INTEGER, "unevaluatedItems": STRING},
            ir.Checked(
                ir.Tuple((TEXT,), ANY),
                (
                    ir.Contains(ir.Integer()),
                    ir.UnevaluatedItems(ir.Evaluated(items=1, contains=(ir.Integer(),)), TEXT),
                ),
            ),
        ),
        (
            {"prefixItems": [STRING, INTEGER], "uniqueItems": True},
            ir.Checked(ir.Tuple((TEXT, ir.Integer()), ANY), (ir.UniqueItems(),)),
        ),
    ],
)
def test_arrays(keywords: dict[str, Any], want: ir.Type) -> None:
    assert type_of({"type": "array", **keywords}) == want


@pytest.mark.parametrize(
    ("keywords", "want"),
    [
        ({"items": [STRING]}, [("invalid-keyword", "./items"), ("invalid-schema", "./items")]),
        ({"items": "string"}, [("invalid-schema", "./items")]),
        ({"prefixItems": {"0": STRING}}, [("invalid-keyword", "./prefixItems")]),
        ({"prefixItems": [STRING, None]}, [("invalid-schema", "./prefixItems/1")]),
        ({"minItems": "1"}, [("invalid-keyword", "./minItems")]),
        ({"uniqueItems": 1}, [("invalid-keyword", "./uniqueItems")]),
        ({"contains": "string"}, [("invalid-schema", "./contains")]),
        ({"contains": {}, "minContains": "1"}, [("invalid-keyword", "./minContains")]),
        (
            {"allOf": [{"prefixItems": [STRING]}], "unevaluatedItems": 5},
            [("invalid-schema", "./unevaluatedItems")],
        ),
    ],
)
def test_refusals(keywords: dict[str, Any], want: list[tuple[str, str]]) -> None:
    assert refused({"type": "array", **keywords}) == want


def test_keywords_for_arrays_say_nothing_of_other_types() -> None:
    assert type_of({"type": "string", "contains": {}, "items": 5, "uniqueItems": 1}) == TEXT


def test_the_tuples_of_older_drafts_are_explained() -> None:
    assert "the schemas by position are prefixItems" in hints({"type": "array", "items": [STRING]})
