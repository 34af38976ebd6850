"""Arrays and tuples."""

from __future__ import annotations

from typing import Any

import pytest
from samewire import ir

from tests.unit.lower.support import INTEGER, STRING, hints, refused, type_of

S, I = ir.String(), ir.Integer()
U = ir.Unknown()
LETTERS = {"type": "string", "maxLength": 1}
LETTER = ir.String(max_length=1)


@pytest.mark.parametrize(
    ("keywords", "want"),
    [
        ({}, ir.Array(U)),
        ({"items": STRING}, ir.Array(S)),
        ({"items": True}, ir.Array(U)),
        (
            {"items": STRING, "minItems": 1, "maxItems": 3, "uniqueItems": True},
            ir.Array(S, 1, 3, True),
        ),
        ({"items": STRING, "minItems": 0, "uniqueItems": False}, ir.Array(S)),
        ({"items": STRING, "minItems": 2.0}, ir.Array(S, 2)),
        ({"items": STRING, "minItems": 2, "maxItems": 1}, ir.Never()),
        ({"items": False}, ir.Tuple(())),
        ({"items": {"not": {}}}, ir.Tuple(())),
        ({"items": False, "minItems": 1}, ir.Never()),
        ({"items": False, "uniqueItems": True}, ir.Tuple(())),
        ({"prefixItems": []}, ir.Array(U)),
        ({"prefixItems": [], "items": STRING}, ir.Array(S)),
        ({"prefixItems": [], "items": False, "maxItems": 0}, ir.Tuple(())),
        ({"prefixItems": [STRING, INTEGER]}, ir.Tuple((S, I), U)),
        ({"prefixItems": [STRING, INTEGER], "minItems": 2}, ir.Tuple((S, I), U, 2)),
        (
            {"prefixItems": [STRING, INTEGER], "minItems": 3, "maxItems": 5},
            ir.Tuple((S, I), U, 3, 5),
        ),
        (
            {"prefixItems": [STRING, INTEGER], "items": STRING, "maxItems": 5},
            ir.Tuple((S, I), S, 0, 5),
        ),
        ({"prefixItems": [STRING, INTEGER], "items": False}, ir.Tuple((S, I))),
        (
            {"prefixItems": [STRING, INTEGER], "items": False, "minItems": 2, "maxItems": 2},
            ir.Tuple((S, I), None, 2),
        ),
        ({"prefixItems": [STRING, INTEGER], "items": False, "maxItems": 9}, ir.Tuple((S, I))),
        ({"prefixItems": [STRING, INTEGER], "maxItems": 2}, ir.Tuple((S, I))),
        ({"prefixItems": [STRING, INTEGER], "items": STRING, "maxItems": 1}, ir.Tuple((S,))),
        ({"prefixItems": [STRING, INTEGER], "maxItems": 0}, ir.Tuple(())),
        ({"prefixItems": [STRING, INTEGER], "items": False, "minItems": 3}, ir.Never()),
        ({"prefixItems": [STRING, INTEGER], "minItems": 3, "maxItems": 2}, ir.Never()),
        ({"prefixItems": [STRING, False, INTEGER]}, ir.Tuple((S,))),
        ({"prefixItems": [STRING, False, INTEGER], "minItems": 2}, ir.Never()),
        ({"prefixItems": [STRING], "items": False, "uniqueItems": True}, ir.Tuple((S,))),
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
        ({"items": STRING, "allOf": [{"prefixItems": [True, INTEGER]}]}, ir.Tuple((S,))),
        ({"additionalItems": False, "items": STRING}, ir.Array(S)),
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
        ({"contains": STRING}, [("unsupported-keyword", "./contains")]),
        (
            {"prefixItems": [STRING], "unevaluatedItems": False},
            [("unsupported-keyword", "./unevaluatedItems")],
        ),
        ({"prefixItems": [STRING, INTEGER], "uniqueItems": True}, [("no-exact-form", ".")]),
        (
            {"items": {"type": "array", "items": {"pattern": "a"}}},
            [("untyped-keyword", "./items/items/pattern")],
        ),
    ],
)
def test_refusals(keywords: dict[str, Any], want: list[tuple[str, str]]) -> None:
    assert refused({"type": "array", **keywords}) == want


def test_keywords_for_arrays_say_nothing_of_other_types() -> None:
    assert type_of({"type": "string", "contains": {}, "items": 5, "uniqueItems": 1}) == S


def test_the_tuples_of_older_drafts_are_explained() -> None:
    assert "the schemas by position are prefixItems" in hints({"type": "array", "items": [STRING]})
