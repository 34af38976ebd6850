"""What is checked besides a type: the verdicts of generated schemas are those of the intermediate representation."""

from __future__ import annotations

import json
from typing import Any

import pytest
from samewire import ir
from samewire.values import edges, is_valid, near_misses

from tests.unit.targets.harness import Project, contract
from tests.unit.targets.test_values import ZODS, options

P = ir.Property
TEXT, WHOLE, ANY, NEVER = ir.String(), ir.Integer(), ir.Unknown(), ir.Never()
OPEN = ir.Object((P("a", WHOLE, False), P("b", TEXT, False)), ir.Keep(ANY))
HAS_A = ir.Object((P("a", ANY, True),), ir.Keep(ANY))
RADIUS, WIDTH = (ir.Object((P(key, WHOLE, True),)) for key in ("radius", "width"))
DIGITS = ir.Regex.parse("^[0-9]+$")

TYPES: dict[str, ir.Type] = {
    "Also": ir.Checked(TEXT, (ir.AllOf(ir.String(max_length=1)),)),
    "Not": ir.Checked(TEXT, (ir.Not(ir.Literal(("", "é😀"))), ir.Not(ir.String(min_length=5)))),
    "OneOf": ir.Checked(ir.Union((RADIUS, WIDTH)), (ir.OneOf((RADIUS, WIDTH)),)),
    "Numbers": ir.Checked(
        ir.Nullable(ir.Number()), (ir.OneOf((WHOLE, ir.Nullable(ir.Number(ge=2)))),)
    ),
    "OneOfMore": ir.Checked(
        ir.Union((RADIUS, WIDTH)), (ir.OneOf((RADIUS, WIDTH)), ir.PropertyCount(None, 2))
    ),
    "If": ir.Checked(OPEN, (ir.IfThenElse(HAS_A, ir.Object((P("b", TEXT, True),)), ANY),)),
    "IfElse": ir.Checked(
        ANY, (ir.IfThenElse(TEXT, ir.String(min_length=2), ir.Nullable(ir.Array(ANY))),)
    ),
    "Contains": ir.Checked(ir.Array(ANY), (ir.Contains(WHOLE),)),
    "ContainsSome": ir.Checked(ir.Array(ir.Nullable(WHOLE)), (ir.Contains(WHOLE, 0, 2),)),
    "Distinct": ir.Checked(ir.Tuple((WHOLE, WHOLE), WHOLE), (ir.UniqueItems(),)),
    "Sized": ir.Checked(OPEN, (ir.PropertyCount(1, 2),)),
    "Keyed": ir.Checked(ir.Record(TEXT, WHOLE), (ir.PropertyNames(ir.String(max_length=2)),)),
    "Patterned": ir.Checked(
        ir.Object((P("a", WHOLE, True),), ir.Keep(ANY)),
        (
            ir.PatternProperties(DIGITS, WHOLE),
            ir.UnevaluatedProperties(ir.Evaluated(("a",), (DIGITS,)), ir.Boolean()),
        ),
    ),
    "Unevaluated": ir.Checked(
        OPEN,
        (
            ir.UnevaluatedProperties(
                ir.Evaluated(
                    ("a",),
                    inside=(
                        ir.Evaluated(("b",), when=HAS_A),
                        ir.Evaluated(everything=True, when=WIDTH),
                    ),
                ),
                NEVER,
            ),
        ),
    ),
    "Rest": ir.Checked(
        ir.Array(ANY),
        (
            ir.UnevaluatedItems(
                ir.Evaluated(
                    items=1,
                    contains=(TEXT,),
                    inside=(ir.Evaluated(items=3, when=ir.Array(ANY, max_items=3)),),
                ),
                WHOLE,
            ),
        ),
    ),
    "Tree": ir.Checked(
        ir.Object((P("children", ir.Array(ir.Ref("Tree")), False), P("leaf", TEXT, False))),
        (ir.Not(ir.Object((P("children", ANY, True), P("leaf", ANY, True)))),),
    ),
    "Forest": ir.Array(ir.Checked(ir.Ref("Tree"), (ir.AllOf(ir.Ref("Loose")),))),
    "Loose": ir.Checked(
        ANY, (ir.IfThenElse(ir.Ref("Tree"), ir.Object((), ir.STRIP), ir.Ref("Forest")),)
    ),
    "Event": ir.Union(
        (
            ir.Checked(
                ir.Object((P("kind", ir.Literal(("a",)), True), P("x", WHOLE, False))),
                (ir.PropertyCount(None, 2),),
            ),
            ir.Object((P("kind", ir.Literal(("b",)), True),)),
        ),
        "kind",
    ),
    "Holder": ir.Object(
        (P("any", ir.Checked(ANY, (ir.Not(TEXT),)), True), P("maybe", ir.Ref("Also"), False))
    ),
}
VALUES: list[Any] = [
    None, True, 0, 1, 2.5, "", "a", "é😀", "abcdef", [], [1], ["a"], [1, 1], [1, 2, 2], [None, 1, 2], [1, 2, 3],
    [1, "a", "b", "c"], ["a", None, None], ["a", None, None, 1], [2, 2, "x", 1], [[1]], [{}], {}, {"a": 1}, {"b": "x"},
    {"a": 1, "b": "x"}, {"a": 1, "b": "x", "c": 1}, {"c": 1}, {"a": "x"}, {"radius": 1}, {"width": 1, "x": []},
    {"radius": 1, "width": 2}, {"radius": 1, "width": "2"}, {"radius": 1, "x": 1, "y": 2}, {"abc": 1}, {"ab": 1},
    {"a": 1, "12": 3}, {"a": 1, "12": "x"}, {"a": 1, "x": True}, {"a": 1, "x": 1}, {"__proto__": 1, "a": 2},
    {"children": []}, {"leaf": "x"}, {"children": [], "leaf": "x"}, {"children": [{"children": [], "leaf": "x"}]},
    [{"leaf": "x"}], [{"leaf": "x", "children": []}], {"kind": "a"}, {"kind": "a", "x": 1, "y": 2}, {"kind": "b", "y": 1},
    {"kind": "c"}, {"any": 1}, {"any": "x"}, {"any": None, "maybe": "ab"}, {"any": None, "maybe": "a"},
]  # fmt: skip


@pytest.mark.parametrize("zod", ZODS)
def test_verdicts(project: Project, zod: str) -> None:
    project.render(TYPES, **options(zod))
    definitions = {each.name: each for each in contract(TYPES).definitions}
    asked: list[tuple[str, Any]] = []
    for name, type_ in TYPES.items():
        found = list(edges(type_, definitions))
        assert found
        near = [miss.value for value in found for miss in near_misses(type_, definitions, value)]
        asked += [(name, value) for value in (*VALUES, *found, *near[:200])]
    answers = project.parse([(name, json.dumps(value)) for name, value in asked])
    verdicts: dict[str, set[bool]] = {name: set() for name in TYPES}
    for (name, value), answer in zip(asked, answers, strict=True):
        valid = is_valid(TYPES[name], definitions, value)
        assert answer.ok is valid, (name, value, answer)
        verdicts[name].add(valid)
        if valid and isinstance(TYPES[name], ir.Checked):
            assert _as_doubles(answer.value) == _as_doubles(value), "it comes back as it came"
    assert all(found == {True, False} for found in verdicts.values()), verdicts
    assert project.type_check() == ""
    assert project.unformatted() == ""


def _as_doubles(value: Any) -> Any:
    return json.loads(json.dumps(value), parse_int=float)


def test_what_is_wrong_is_said(project: Project) -> None:
    project.render(TYPES)
    asked = [
        ("Also", '"ab"'),
        ("Not", '""'),
        ("OneOf", '{"radius": 1, "width": 1}'),
        ("If", '{"a": 1}'),
        ("ContainsSome", "[1, 2, 3]"),
        ("Sized", "{}"),
        ("Keyed", '{"abc": 1}'),
        ("Patterned", '{"a": 1, "12": "x"}'),
    ]
    answers = project.parse(asked)
    assert [message for each in answers for _, message in each.issues] == [
        "Too big: expected string to have <=1 characters",
        "Invalid input: is what it must not be",
        "Invalid input: fits 2 members of the union, expected exactly one",
        "Invalid input: expected string, received undefined at b",
        "Invalid input: expected >=0 and <=2 items of a kind, found 3",
        "Too small: expected object to have >=1 properties",
        'Invalid key "abc"',
        "Invalid input: expected number, received string at 12",
    ]
