"""A type says of every value what its schema says; and whatever is no schema is refused in so many words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from samewire import ir
from samewire.errors import SchemaError
from samewire.jsonschema import Engine, lower
from samewire.lower import Definitions, Lowering
from samewire.lower import lower as lower_document
from samewire.lower.scope import Scope
from samewire.schema import dumps, load

from tests.unit.lower.meaning import Validator, accepts
from tests.unit.lower.support import check_contract

NAMES = ("A", "B", "C")
KEYS = st.sampled_from(("a", "b", "kind"))
PATTERNS = st.sampled_from(("^a", "b", "^[ab]+$"))
COUNTS = st.integers(0, 3)
NUMBERS = st.sampled_from((0, 1, 2, 3, 0.5, 1.5, 2.0, -1))
SCALARS = st.one_of(
    st.none(), st.booleans(), NUMBERS, st.sampled_from(("", "a", "b", "ab", "abab"))
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=3)),
    max_leaves=6,
)


def optional(**keywords: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=keywords)


def of_type(name: str, **keywords: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return optional(**keywords).map(lambda schema: {"type": name, **schema})


NUMERIC = {
    "minimum": NUMBERS,
    "maximum": NUMBERS,
    "exclusiveMinimum": NUMBERS,
    "exclusiveMaximum": NUMBERS,
    "multipleOf": st.sampled_from((1, 2, 0.5, 1.5, 2.0)),
}
STRINGS = of_type("string", minLength=COUNTS, maxLength=COUNTS, pattern=PATTERNS)
TAGGED = st.tuples(st.sampled_from(("a", "kind")), VALUES).map(
    lambda pair: {
        "type": "object",
        "properties": {pair[0]: {"const": pair[1]}},
        "required": [pair[0]],
    }
)
LEAVES = st.one_of(
    TAGGED,
    st.booleans(),
    st.just({}),
    st.sampled_from(NAMES).map(lambda name: {"$ref": f"#/$defs/{name}"}),
    st.lists(VALUES, min_size=1, max_size=3).map(lambda values: {"enum": values}),
    VALUES.map(lambda value: {"const": value}),
    st.sampled_from(("null", "boolean")).map(lambda name: {"type": name}),
    of_type("integer", **NUMERIC),
    of_type("number", **NUMERIC),
    STRINGS,
)


def composed(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    some = st.lists(inner, min_size=1, max_size=3)
    keys = st.lists(KEYS, max_size=2, unique=True)
    arrays = {
        "items": inner,
        "prefixItems": st.lists(inner, max_size=2),
        "minItems": COUNTS,
        "maxItems": COUNTS,
        "uniqueItems": st.booleans(),
        "contains": inner,
        "minContains": COUNTS,
        "maxContains": COUNTS,
        "unevaluatedItems": inner,
    }
    objects = {
        "properties": st.dictionaries(KEYS, inner, max_size=3),
        "required": keys,
        "additionalProperties": inner,
        "unevaluatedProperties": inner,
        "patternProperties": st.dictionaries(PATTERNS, inner, max_size=2),
        "propertyNames": st.one_of(STRINGS, inner),
        "minProperties": COUNTS,
        "maxProperties": COUNTS,
        "dependentRequired": st.dictionaries(KEYS, keys, max_size=2),
        "dependentSchemas": st.dictionaries(KEYS, inner, max_size=2),
    }
    choices = {
        "anyOf": some,
        "oneOf": some,
        "allOf": some,
        "not": inner,
        "if": inner,
        "then": inner,
        "else": inner,
    }
    refs = st.sampled_from(NAMES).map(lambda name: {"$ref": f"#/$defs/{name}"})
    types = st.lists(
        st.sampled_from(("null", "string", "integer", "number", "object", "array")),
        min_size=1,
        max_size=3,
        unique=True,
    )
    return st.one_of(
        of_type("array", **arrays),
        of_type("object", **objects),
        optional(**choices),
        st.tuples(types, optional(**NUMERIC, **objects, **choices)).map(
            lambda pair: {"type": pair[0], **pair[1]}
        ),
        st.tuples(types, optional(**arrays, **choices)).map(
            lambda pair: {"type": pair[0], **pair[1]}
        ),
        st.tuples(refs, of_type("object", **objects)).map(lambda pair: {**pair[0], **pair[1]}),
        st.tuples(refs, LEAVES.filter(lambda leaf: isinstance(leaf, dict))).map(
            lambda pair: {**pair[0], **pair[1]}
        ),
        st.tuples(inner, optional(**choices)).map(lambda pair: {"not": pair[0], **pair[1]}),
        st.tuples(LEAVES.filter(lambda leaf: isinstance(leaf, dict)), optional(**choices)).map(
            lambda pair: {**pair[0], **pair[1]}
        ),
    )


SCHEMAS = st.recursive(LEAVES, composed, max_leaves=8)
DOCUMENTS = st.fixed_dictionaries(dict.fromkeys(NAMES, SCHEMAS)).map(lambda defs: {"$defs": defs})


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(DOCUMENTS, st.lists(VALUES, min_size=5, max_size=15))
@example(
    {"$defs": {name: {"patternProperties": {"b": False, "^[ab]+$": {}}} for name in NAMES}},
    [{"b": None}],
)
def test_a_type_says_what_its_schema_says(document: dict[str, Any], values: list[Any]) -> None:
    try:
        lowered = lower(document, where="test.json")
    except SchemaError as error:
        assert error.diagnostics
        return
    check_contract(lowered)
    types = {each.name: each.type for each in lowered.definitions}
    validator = Validator(document)
    for name in NAMES:
        for value in values:
            try:
                expected = validator.valid({"$ref": f"#/$defs/{name}"}, value)
            except (
                RecursionError
            ):  # anyOf of anything and itself, say: an anything for us, no end for a validator
                continue
            assert accepts(types[name], value, types) == expected, (
                document["$defs"][name],
                types[name],
                value,
            )
    assert lower(load(dumps(document), "test.json"), where="test.json") == lowered


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(DOCUMENTS)
def test_a_definition_that_the_plain_descent_takes_is_what_the_engine_makes_of_it(
    document: dict[str, Any],
) -> None:
    def attempt(lowering: Callable[[Scope], Lowering]) -> ir.Contract | list[str]:
        try:
            return lower_document(document, where="test.json", lowering=lowering)
        except SchemaError as error:
            return sorted(map(str, error.diagnostics))

    assert repr(attempt(Definitions)) == repr(attempt(Engine))
