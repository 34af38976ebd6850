"""Values from types: the edges themselves, near misses, random values and how they shrink."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys

import pytest
from samewire import ir, scalars
from samewire.values import NearMisses, NoValueError, edges, is_valid, near_misses, values

from .drawing import drawn, smallest

STRING = ir.String()
COLOUR = ir.EnumType((ir.EnumMember("RED", "red"), ir.EnumMember("TWO", 2)))
CAT = ir.Object(
    (
        ir.Property("kind", ir.Literal(("cat",)), True),
        ir.Property("lives", ir.Integer(ge=0, le=9), True),
    )
)
DOG = ir.Object(
    (
        ir.Property("kind", ir.Literal(("dog",)), True),
        ir.Property("name", ir.String(max_length=3), False),
    ),
    ir.REJECT,
)
NODE = ir.Object(
    (
        ir.Property("value", ir.Integer(), True),
        ir.Property("next", ir.Nullable(ir.Ref("Node")), True),
    )
)
TREE = ir.Object(
    (ir.Property("children", ir.Array(ir.Ref("Tree")), True), ir.Property("name", STRING, False))
)
EXPRESSION = ir.Union(
    (
        ir.Object(
            (
                ir.Property("left", ir.Ref("Expression"), True),
                ir.Property("right", ir.Ref("Expression"), True),
            )
        ),
        ir.Integer(),
    )
)
ENDLESS = ir.Object((ir.Property("again", ir.Ref("Endless"), True),))
HOLDS_ENDLESS = ir.Object(
    (
        ir.Property("a", ir.Ref("Endless"), False),
        ir.Property("b", ir.Array(ir.Ref("Endless")), True),
    )
)

DEFINITIONS = {
    name: ir.Definition(name, type_, f"#/$defs/{name}")
    for name, type_ in {
        "Colour": COLOUR,
        "Cat": CAT,
        "Dog": DOG,
        "Pet": ir.Union((ir.Ref("Cat"), ir.Ref("Dog")), tag="kind"),
        "Node": NODE,
        "Tree": TREE,
        "Expression": EXPRESSION,
        "Endless": ENDLESS,
        "HoldsEndless": HOLDS_ENDLESS,
    }.items()
}

TYPES = {
    "unknown": ir.Unknown(),
    "json": ir.JsonValue(),
    "null": ir.Null(),
    "boolean": ir.Boolean(),
    "literal": ir.Literal(("a", 1, True, None)),
    "enum": ir.Ref("Colour"),
    "integer": ir.Integer(),
    "integer-range": ir.Integer(gt=3, le=20, multiple_of=4),
    "integer-below": ir.Integer(lt=-(2**60)),
    "number": ir.Number(),
    "number-range": ir.Number(gt=0, lt=1),
    "number-narrow": ir.Number(ge=0.1, le=0.1),
    "number-steps": ir.Number(ge=-1, multiple_of=0.01),
    "string": STRING,
    "string-lengths": ir.String(2, 3),
    "string-empty": ir.String(0, 0),
    "string-pattern": ir.String(patterns=(ir.Regex.parse(r"^[a-z]{2,4}-\d+$"),)),
    "string-patterns": ir.String(6, 9, (ir.Regex.parse(r"^\p{L}+$"), ir.Regex.parse("x"))),
    "string-look-aheads": ir.String(8, None, (ir.Regex.parse(r"^(?=.*[A-Z])(?=.*\d)(?=.*[!@#]).*$"),)),
    "string-words": ir.String(patterns=(ir.Regex.parse(r"\bab\b.*(c)\1$"),)),
    **{f"format-{name}": ir.String(format=each) for name, each in scalars.FORMATS.items()},
    "date": ir.String(format=scalars.Date()),
    "date-bounds": ir.String(format=scalars.Date(scalars.Bounds(gt="2024-01-01", le="2024-01-03"))),
    "date-time": ir.String(format=scalars.DateTime()),
    "date-time-aware": ir.String(format=scalars.DateTime(scalars.Zone.AWARE, scalars.Bounds(ge="2024-01-01T00:00:00Z"))),
    "date-time-naive": ir.String(format=scalars.DateTime(scalars.Zone.NAIVE, scalars.Bounds(lt="2024-01-01T00:00:00"))),
    "date-time-end": ir.String(format=scalars.DateTime(scalars.Zone.AWARE, scalars.Bounds(ge="9999-12-31T00:00:00Z"))),
    "time": ir.String(format=scalars.Time()),
    "time-bounds": ir.String(format=scalars.Time(scalars.Zone.NAIVE, scalars.Bounds(ge="09:00:00", lt="17:00:00"))),
    "duration": ir.String(format=scalars.Duration()),
    "duration-bounds": ir.String(format=scalars.Duration(scalars.Bounds(gt="PT0S", le="P1D"))),
    "uuid": ir.String(format=scalars.Uuid()),
    "uuid-8": ir.String(format=scalars.Uuid(8)),
    "decimal": ir.String(format=scalars.Decimal()),
    "decimal-digits": ir.String(format=scalars.Decimal(4, 2, None, scalars.Bounds(gt="0"))),
    "decimal-steps": ir.String(format=scalars.Decimal(multiple_of="0.25", bounds=scalars.Bounds(ge="1", le="2"))),
    "decimal-special": ir.String(format=scalars.Decimal(allow_special=True)),
    "url": ir.String(format=scalars.Url()),
    "url-schemes": ir.String(format=scalars.Url(("app", "file"))),
    "url-hosts": ir.String(format=scalars.Url(("pg",), multi_host=True)),
    "array": ir.Array(ir.Integer()),
    "array-lengths": ir.Array(ir.Boolean(), 2, 5),
    "array-unique": ir.Array(ir.Literal(("a", "b", "c")), 3, 3, unique=True),
    "array-unique-many": ir.Array(ir.Integer(ge=10), 30, None, unique=True),
    "array-empty": ir.Array(ir.Never()),
    "tuple": ir.Tuple((ir.Integer(), STRING), None, 2, 2),
    "tuple-open": ir.Tuple((ir.Integer(),), STRING, 0),
    "tuple-least": ir.Tuple((ir.Integer(),), STRING, 3, 4),
    "record": ir.Record(STRING, ir.Integer()),
    "record-keys": ir.Record(ir.String(patterns=(ir.Regex.parse("^[a-z]$"),)), ir.Boolean(), 2, 3),
    "record-literal": ir.Record(ir.Literal(("x", "y")), ir.Null(), 1),
    "object": CAT,
    "object-keep": ir.Object((ir.Property("a", STRING, False),), ir.Keep(ir.Integer())),
    "object-awkward": ir.Object((ir.Property("__proto__", STRING, True), ir.Property("constructor", STRING, False))),
    "object-never": ir.Object((ir.Property("a", ir.Never(), False),)),
    "union": ir.Union((ir.Integer(ge=10), ir.String(max_length=2), ir.Array(ir.Integer()))),
    "union-tagged": ir.Ref("Pet"),
    "nullable": ir.Nullable(ir.Array(ir.Nullable(STRING))),
    "recursive": ir.Ref("Node"),
    "recursive-array": ir.Ref("Tree"),
    "recursive-union": ir.Ref("Expression"),
    "impossible-inside": ir.Ref("HoldsEndless"),
}  # fmt: skip

each_type = pytest.mark.parametrize("name", TYPES)


def of(type_):
    return list(edges(type_, DEFINITIONS))


@each_type
def test_edges_are_valid_distinct_and_the_same_each_time(name: str) -> None:
    type_ = TYPES[name]
    found = of(type_)
    assert found
    assert len({json.dumps(value) for value in found}) == len(found) <= 620
    assert found == of(type_)
    assert [value for value in found if not is_valid(type_, DEFINITIONS, value)] == []
    assert max(len(json.dumps(value)) for value in found) < 30_000


@each_type
def test_random_values_are_valid(name: str) -> None:
    type_ = TYPES[name]
    found = drawn(values(type_, DEFINITIONS), 40)
    assert found
    assert [value for value in found if not is_valid(type_, DEFINITIONS, value)] == []


@each_type
def test_near_misses_change_a_value(name: str) -> None:
    type_ = TYPES[name]
    for value in itertools.islice(edges(type_, DEFINITIONS), 20):
        before = json.dumps(value)
        for mutation in near_misses(type_, DEFINITIONS, value):
            assert json.dumps(mutation.value) != before
        assert json.dumps(value) == before


EXACT = [
    (ir.Boolean(), [False, True]),
    (ir.Literal(("a", 1)), ["a", 1]),
    (ir.Nullable(ir.Boolean()), [None, False, True]),
    (ir.Integer(gt=3, le=20, multiple_of=4), [4, 8, 20, 16]),
    (ir.Ref("Colour"), ["red", 2]),
    (ir.Tuple((ir.Boolean(),), None, 0), [[], [False], [True]]),
    (ir.Never(), []),
    (ir.Ref("Endless"), []),
    (ir.Ref("HoldsEndless"), [{"b": []}]),
]


@pytest.mark.parametrize(("type_", "expected"), EXACT)
def test_edges_exactly(type_, expected) -> None:
    assert of(type_) == expected


HAS = [
    (ir.Integer(), [0, -1, 2**53 - 1, 2**53]),
    (ir.Number(), [5e-324, 1.7976931348623157e308, 0.30000000000000004]),
    (ir.Number(gt=0), [5e-324]),
    (ir.String(1, 2), ["😀😀", "😀", "e\u0301"]),
    (STRING, ["", "__proto__", "\u2028\u2029"]),
    (
        ir.Ref("Pet"),
        [{"kind": "cat", "lives": 9}, {"kind": "dog"}, {"kind": "dog", "name": "😀😀😀"}],
    ),
    (ir.Record(STRING, ir.Integer()), [{}, {"__proto__": 0}, {"constructor": 0}]),
    (TYPES["object-keep"], [{}, {"__proto__": 0}, {"a": ""}]),
    (TYPES["date-time-aware"], ["2024-01-01T00:00:00Z", "2024-01-01T05:30:00+05:30"]),
    (TYPES["date-bounds"], ["2024-01-02", "2024-01-03"]),
    (TYPES["decimal-digits"], ["99.99", "0.01", "1.50"]),
    (TYPES["decimal"], ["-0", "1E+2"]),
    (TYPES["duration"], ["-P1D", "PT0S"]),
]


@pytest.mark.parametrize(("type_", "expected"), HAS)
def test_edges_have(type_, expected) -> None:
    found = of(type_)
    for value in expected:
        assert value in found


def test_no_function_makes_values_of_a_type_without_any() -> None:
    assert values(ir.Never(), {}) is None
    assert values(ir.Ref("Endless"), DEFINITIONS) is None


# --- Near misses ------------------------------------------------------------------------------------------------------

MISSES = [
    (ir.Integer(ge=1, le=5), 3, [0, 6, 1.5, "3", True, None, [3], 2**53 + 1, 10**400]),
    (ir.Number(gt=0), 1.5, [0, -1, "1.5", None]),
    (ir.Number(multiple_of=0.5), 1.5, [1.75]),
    (ir.Boolean(), True, ["true", 1, None]),
    (ir.String(2, 3), "ab", ["a", "abbb", "😀", None, 1]),
    (TYPES["string-pattern"], "ab-1", ["AB-1", "ab-", "ab-1~", ""]),
    (TYPES["date"], "2024-01-02", ["2024-02-30", "2024-01-02T03:04:05", "", 1]),
    (TYPES["date-bounds"], "2024-01-02", ["2024-01-01", "2024-01-04"]),
    (ir.String(format=scalars.DateTime(scalars.Zone.AWARE)), "2024-01-02T03:04:05Z", ["2024-01-02T03:04:05", "2024-02-30T03:04:05Z"]),
    (ir.String(format=scalars.DateTime(scalars.Zone.NAIVE)), "2024-01-02T03:04:05", ["2024-01-02T03:04:05Z"]),
    (ir.String(format=scalars.Uuid(4)), "12345678-1234-4678-9234-567812345678", ["12345678-1234-1678-9234-567812345678"]),
    (TYPES["decimal-digits"], "1.50", ["99999", "0.111", "0.00", "1,5"]),
    (ir.Literal(("a", 1)), "a", ["ax", "A", "", None]),
    (ir.Literal((1,)), 1, ["1", True, 2]),
    (ir.Ref("Colour"), "red", ["RED", "redx"]),
    (ir.Nullable(ir.Integer()), None, ["x", True, [], {}]),
    (ir.Array(ir.Integer(), 1, 2), [1], [[], [1, 1, 1], ["x"], [None]]),
    (ir.Array(ir.Integer(), unique=True), [1], [[1, 1]]),
    (TYPES["tuple"], [1, "a"], [[1], ["a", 1], [1, "a", "a"], [None, "a"]]),
    (TYPES["record-keys"], {"a": True, "b": True}, [{"b": True}, {"a": True, "b": True, "": True}, {"a": None, "b": True}]),
    (CAT, {"kind": "cat", "lives": 1}, [{"kind": "cat"}, {"kind": "cat", "lives": 10}, {"kind": "cat", "lives": 1, "__proto__": 1}]),
    (ir.Ref("Pet"), {"kind": "dog"}, [{"kind": "cat"}, {"kind": "dog", "unknown": 1}, {}, {"kind": "dog", "name": None}]),
    (ir.Ref("Node"), {"value": 1, "next": {"value": 1, "next": None}}, [{"value": 1, "next": {"value": 1}}]),
]  # fmt: skip


@pytest.mark.parametrize(("type_", "value", "expected"), MISSES)
def test_near_misses_have(type_, value, expected) -> None:
    assert is_valid(type_, DEFINITIONS, value)
    found = [json.dumps(each.value) for each in near_misses(type_, DEFINITIONS, value)]
    for miss in expected:
        assert json.dumps(miss) in found
        if miss != {"kind": "cat", "lives": 1, "__proto__": 1}:
            assert not is_valid(type_, DEFINITIONS, miss)


def test_a_near_miss_says_where_and_what() -> None:
    misses = near_misses(
        ir.Ref("Node"), DEFINITIONS, {"value": 1, "next": {"value": 1, "next": None}}
    )
    assert (("next", "value"), "the key dropped") in {(each.pointer, each.what) for each in misses}


def test_what_is_verified_alone_is_changed_from_the_outside() -> None:
    value = {"value": 1, "next": {"value": 1, "next": None}}
    type_ = DEFINITIONS["Node"].type
    misses = {each.pointer for each in near_misses(type_, DEFINITIONS, value, {"Node"})}
    assert {("value",), ("next",), ("next", "value"), ("next", "next")} < misses
    found = [
        each.value
        for each in near_misses(type_, DEFINITIONS, value, {"Node"})
        if each.pointer == ("next", "value")
    ]
    assert found == [{"value": 1, "next": {"next": None}}]


@pytest.mark.parametrize("name", ["Cat", "Expression", "Node", "Pet", "Tree"])
def test_a_change_of_many_values_is_made_once_and_no_kind_is_left_out(name: str) -> None:
    type_ = DEFINITIONS[name].type
    found = sorted(of(ir.Ref(name)), key=lambda value: len(json.dumps(value)))
    found.insert(1, found[-1])
    wanted = {
        (_alike(each.pointer), each.what)
        for value in found
        for each in near_misses(type_, DEFINITIONS, value)
    }
    misses = NearMisses(type_, DEFINITIONS)
    made = [each for value in found for each in misses.of(value)]
    assert {(_alike(each.pointer), each.what) for each in made} == wanted
    assert len(made) < sum(len(list(near_misses(type_, DEFINITIONS, value))) for value in found) / 2


def _alike(pointer: tuple[str | int, ...]) -> tuple[str, ...]:
    return tuple("*" if isinstance(step, int) else step for step in pointer)


def test_what_stands_under_the_keys_of_a_record_is_at_one_place() -> None:
    misses = NearMisses(ir.Record(STRING, ir.Boolean()), {})
    found = [each for key in "abc" for each in misses.of({key: True})]
    nulls = [each.pointer for each in found if each.what == "null"]
    assert nulls == [(), ("a",)]
    inherited = [each.pointer for each in misses.of({"__proto__": True}) if each.what == "null"]
    assert inherited == [("__proto__",)]  # JavaScript may look there otherwise


def test_members_of_a_union_have_places_of_their_own() -> None:
    members = tuple(
        ir.Object(
            (
                ir.Property("kind", ir.Literal((kind,)), required=True),
                ir.Property("size", size, required=True),
            ),
            ir.REJECT,
        )
        for kind, size in (("a", ir.Integer()), ("b", ir.Integer(ge=3)))
    )
    misses = NearMisses(ir.Union(members, "kind"), {})
    sizes = [
        (each.what, kind)
        for kind in "ab"
        for each in misses.of({"kind": kind, "size": 3})
        if each.pointer == ("size",)
    ]
    assert {("null", "a"), ("null", "b"), ("below the least", "b")} <= set(sizes)


# --- Shrinking, depth, seeds ------------------------------------------------------------------------------------------

SHRUNK = [
    (ir.Integer(), lambda value: value > 1000, 1001),
    (STRING, lambda value: len(value) > 2, "000"),
    (ir.Array(ir.Integer()), lambda value: any(each > 5 for each in value), [6]),
    (ir.Ref("Pet"), lambda value: value["kind"] == "cat" and value["lives"] > 3, {"kind": "cat", "lives": 4}),
    (ir.Ref("Tree"), lambda value: any("name" in each for each in value["children"]), {"children": [{"children": [], "name": ""}]}),
    (ir.Ref("Expression"), lambda value: isinstance(value, dict) and isinstance(value["left"], dict), {"left": {"left": 0, "right": 0}, "right": 0}),
    (ir.Unknown(), lambda value: isinstance(value, dict) and len(value) == 1, {"": None}),
    (ir.Record(STRING, ir.Boolean()), lambda value: "__proto__" in value, {"__proto__": False}),
]  # fmt: skip


@pytest.mark.parametrize(("type_", "wanted", "least"), SHRUNK)
def test_a_found_value_is_shrunk(type_, wanted, least) -> None:
    assert smallest(values(type_, DEFINITIONS), wanted) == least


def _depth(value):
    if isinstance(value, dict):
        value = list(value.values())
    return 1 + max(map(_depth, value), default=0) if isinstance(value, list) else 0


@pytest.mark.parametrize("name", ["Node", "Tree", "Expression"])
def test_recursion_is_bounded(name: str) -> None:
    found = drawn(values(ir.Ref(name), DEFINITIONS), 150)
    assert 2 < max(map(_depth, found)) < 16
    assert max(len(json.dumps(value)) for value in found) < 20_000
    assert max(map(_depth, of(ir.Ref(name)))) < 16


def test_a_seed_decides() -> None:
    assert drawn(values(ir.Ref("Tree"), DEFINITIONS), 30, 3) == drawn(
        values(ir.Ref("Tree"), DEFINITIONS), 30, 3
    )


# --- What can't be made -----------------------------------------------------------------------------------------------

IMPOSSIBLE = [
    (
        ir.String(patterns=(ir.Regex.parse("^(?!)$"),)),
        r"no text could be made that is a string that matches /\^\(\?!\)\$/u",
    ),
    (ir.String(3, None, (ir.Regex.parse("^a$"),)), "at least 3 characters"),
    (
        ir.Array(ir.Boolean(), 3, None, unique=True),
        "3 different values are needed, and only 2 were found",
    ),
    (ir.Number(gt=1, lt=2, multiple_of=5), "no number was found"),
]


@pytest.mark.parametrize(("type_", "message"), IMPOSSIBLE)
def test_what_has_no_value_is_said_with_its_place(type_, message) -> None:
    holder = ir.Object((ir.Property("a", type_, True),))
    definitions = {"Holder": ir.Definition("Holder", holder, "#")}
    for make in (
        lambda: list(edges(ir.Ref("Holder"), definitions)),
        lambda: drawn(values(ir.Ref("Holder"), definitions), 5),
    ):
        with pytest.raises(NoValueError, match=message) as error:
            make()
        assert error.value.diagnostics[0].where.startswith("Holder.a")


def test_hypothesis_is_imported_where_it_is_asked_for() -> None:
    code = "import sys, samewire.values; print('hypothesis' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout == "False\n"
