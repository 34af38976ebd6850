"""The text of a schema document, and the places in it."""

from __future__ import annotations

import json
import math
import subprocess
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samewire.errors import SchemaError
from samewire.schema import dumps, find, fragment, keywords, load, parse
from samewire.schema.pointers import MISSING

# --- Writing ----------------------------------------------------------------------------------------------------------


def test_the_canonical_text() -> None:
    document = {
        "$defs": {
            "User": {
                "required": ["name", "id"],
                "x-samewire-source": "app:User",
                "properties": {
                    "name": {"maxLength": 9, "type": "string", "title": "N"},
                    "id": {"type": "integer"},
                },
                "type": "object",
            },
            "Colour": {
                "x-enum-varnames": ["RED"],
                "enum": [{"b": 1, "a": 2}],
                "x-unknown": 1,
                "default": {"b": 1, "a": 2},
            },
        },
        "x-samewire-output": "web/shop",
        "title": "shop",
        "$schema": "https://json-schema.org/draft/2020-12/schema",
    }
    assert dumps(document) == (
        """{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "title": "shop",
  "x-samewire-output": "web/shop",
  "$defs": {
    "Colour": {
      "enum": [
        {
          "b": 1,
          "a": 2
        }
      ],
      "x-enum-varnames": ["RED"],
      "default": {
        "b": 1,
        "a": 2
      },
      "x-unknown": 1
    },
    "User": {
      "x-samewire-source": "app:User",
      "type": "object",
      "properties": {
        "name": {
          "title": "N",
          "type": "string",
          "maxLength": 9
        },
        "id": {
          "type": "integer"
        }
      },
      "required": ["name", "id"]
    }
  }
}
"""
    )


def _random_json(random: Random, depth: int) -> Any:
    kind = random.random()
    if depth == 0 or kind < 0.45:
        words = ["a", "b c", "é", "世", "e\u0301", "\\", '"', "\n", "x" * random.randint(1, 30)]
        text = "".join(random.choices(words, k=random.randint(0, 5)))
        number = random.random() * 10 ** random.randint(-9, 22)
        return random.choice([None, True, random.randint(-5, 10**9), number, 1.0, text, text])
    if kind < 0.6:
        return random.choices([0, -1, 2.5, 1e30, 123456], k=random.randint(0, 40))
    items = [_random_json(random, depth - 1) for _ in range(random.randint(0, 6))]
    return items if kind < 0.8 else {f"key{index}": item for index, item in enumerate(items)}


def test_prettier_changes_nothing(node: Path, node_modules: Path, tmp_path: Path) -> None:
    """Schema documents are in a repository whose other files somebody formats."""
    random = Random(1)
    documents = {str(index): _random_json(random, 5) for index in range(400)}
    text = dumps({"default": documents})
    assert load(text, "") == {"default": documents}
    prettier = str(node_modules / "prettier" / "bin" / "prettier.cjs")
    command = [str(node), prettier, "--no-config", "--stdin-filepath", "x.json"]
    done = subprocess.run(command, input=text.encode(), capture_output=True, check=True)
    assert done.stdout.decode().splitlines() == text.splitlines()


def test_the_order_of_keywords_is_not_the_order_they_came_in() -> None:
    one = {
        "$defs": {"A": {"type": "array", "items": {"type": "string", "minLength": 1}}, "B": True}
    }
    other = {
        "$defs": {"B": True, "A": {"items": {"minLength": 1, "type": "string"}, "type": "array"}}
    }
    assert dumps(one) == dumps(other)


def test_properties_named_like_keywords_keep_their_order() -> None:
    document = {
        "properties": {
            "type": {},
            "$ref": {},
            "enum": {},
            "$defs": {"properties": {"title": {}, "$id": {}}},
        }
    }
    assert list(json.loads(dumps(document))["properties"]) == ["type", "$ref", "enum", "$defs"]


@pytest.mark.parametrize(
    ("char", "want"),
    [
        ("é", "é"),
        ("😀", "😀"),
        ("\u2028", r"\u2028"),
        ("\u2029", r"\u2029"),
        ("\x00", r"\u0000"),
        ("\x1b", r"\u001b"),
        ("\x7f", r"\u007f"),
        ("\x85", r"\u0085"),
        ("\u202e", r"\u202e"),
        ("\ufeff", r"\ufeff"),
        ("\ud800", r"\ud800"),
        ("\U000e0041", r"\udb40\udc41"),
        ("\n", r"\n"),
        ('"\\', r"\"\\"),
    ],
)
def test_characters(char: str, want: str) -> None:
    text = dumps({"$defs": {char: {"description": char}}})
    assert f'"description": "{want}"' in text
    assert f'"{want}": {{' in text
    assert json.loads(text)["$defs"] == {char: {"description": char}}
    text.encode("utf-8")


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (math.nan, "nan is not a number"),
        (-math.inf, "-inf is not a number"),
        ({1}, "a set is not a value"),
        ((1,), "a tuple is not a value"),
        ({1: 2}, "the key 1 is not a string"),
        (b"", "a bytes is not a value"),
    ],
)
def test_what_is_not_json_is_refused_at_its_place(value: object, message: str) -> None:
    document = {"title": "shop", "$defs": {"A": {"properties": {"x/y": {"default": [0, value]}}}}}
    with pytest.raises(SchemaError) as caught:
        dumps(document)
    (problem,) = caught.value.diagnostics
    assert (problem.code, problem.where) == (
        "not-json",
        "shop.json#/$defs/A/properties/x~1y/default/1",
    )
    assert message in problem.message


def test_an_integer_that_could_not_be_read_back_is_refused() -> None:
    assert load(dumps({"default": 10**4200}), "") == {"default": 10**4200}
    with pytest.raises(SchemaError, match="more digits than are read back"):
        dumps({"default": -(10**4300)})


def test_all_that_is_not_json_is_found_at_once() -> None:
    with pytest.raises(SchemaError) as caught:
        dumps({"$defs": {"A": {"default": math.inf}, "B": {"minimum": math.nan}}})
    assert [each.where for each in caught.value.diagnostics] == [
        "#/$defs/A/default",
        "#/$defs/B/minimum",
    ]


def nested(levels: int) -> Any:
    value: Any = {}
    for _ in range(levels):
        value = [value]
    return value


def test_depth_has_an_end() -> None:
    assert dumps({"default": nested(199)})
    for levels in (200, 5000):
        with pytest.raises(SchemaError, match="nested more than 200 levels deep"):
            dumps({"default": nested(levels)})


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)
KEYWORDS = st.sampled_from([*keywords.ONE, *keywords.MANY, *keywords.NAMED, "type", "default", "x"])
DOCUMENTS = st.recursive(
    JSON, lambda inner: st.dictionaries(KEYWORDS, inner, max_size=4), max_leaves=10
).filter(lambda value: isinstance(value, dict))


@settings(max_examples=150)
@given(DOCUMENTS)
def test_a_document_survives_its_text(document: dict[str, Any]) -> None:
    text = dumps(document)
    read = load(text, "")
    assert json.dumps(read, sort_keys=True) == json.dumps(document, sort_keys=True)
    assert dumps(read) == text
    assert text.endswith("}\n")
    assert "\r" not in text
    text.encode("utf-8")


# --- Reading ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ("", "invalid-json", "line 1, column 1: Expecting value"),
        ('{\n  "a": 1\n}}', "invalid-json", "line 3, column 2"),
        (
            '{"a": 1,\n "b": {"c": 1},\n "a": 2}',
            "invalid-json",
            'line 3, column 2: the key "a" stands in this object a second time',
        ),
        ('{"a": [{"b": 1}, {"b": 1, "\\u0062": 1}]}', "invalid-json", "line 1, column 27"),
        ('{"x": "NaN", "a": NaN}', "invalid-json", "line 1, column 19: NaN is not JSON"),
        ('{"a": [1, -Infinity]}', "invalid-json", "line 1, column 11: -Infinity is not JSON"),
        (
            '{"x": "1e999", "a": -1e999}',
            "invalid-json",
            "line 1, column 21: -1e999 is beyond the range of a double",
        ),
        ('{"a": ' + "9" * 5000 + "}", "invalid-json", "4300 digits"),
        ("[]", "invalid-schema", "a schema document is a JSON object"),
        ("[" * 100_000, "too-deep", "nested too deep to be read"),
        ('{"a":' * 300 + "1" + "}" * 300, "too-deep", "nested more than 200 levels deep"),
    ],
)
def test_what_is_no_document(text: str, code: str, message: str) -> None:
    with pytest.raises(SchemaError) as caught:
        load(text, "shop.json")
    (problem,) = caught.value.diagnostics
    assert problem.code == code
    assert problem.where.startswith("shop.json")
    assert message in problem.message


def test_keys_that_only_look_alike() -> None:
    text = r'{"a": {"a": ["\"a\":", {"a": ":\"a\":"}]}, "A": "}", "b\"": {}, "b\\": {}}'
    assert load(text, "") == json.loads(text)


# --- Pointers ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ref", "pointer"),
    [
        ("#", ()),
        ("", ()),
        ("#/", ("",)),
        ("#/$defs/A", ("$defs", "A")),
        ("#/a~1b/m~0n/~01", ("a/b", "m~n", "~1")),
        ("#/a%20b/%25/c%2Fd", ("a b", "%", "c/d")),
        ("#/%C3%A9", ("é",)),
        ("#anchor", None),
        ("other.json#/a", None),
        ("https://example.com", None),
    ],
)
def test_references_to_pointers(ref: str, pointer: tuple[str, ...] | None) -> None:
    assert parse(ref) == pointer


@pytest.mark.parametrize(
    ("pointer", "text"),
    [
        ((), "#"),
        (("$defs", "a/b~c", "0"), "#/$defs/a~1b~0c/0"),
        (("\n\x1b[2J", "é"), "#/\\u000a\\u001b[2J/é"),
    ],
)
def test_pointers_to_text(pointer: tuple[str, ...], text: str) -> None:
    assert fragment(pointer) == text


def test_finding() -> None:
    document = {"a": [{"": 1}, [2]], "0": 3}
    assert find(document, ("a", "0", "")) == 1
    assert find(document, ("a", "1", "0")) == 2
    assert find(document, ("0",)) == 3
    assert find(document, ()) is document
    for missing in (("b",), ("a", "2"), ("a", "00"), ("a", "-1"), ("a", "0", "", "x"), ("a", "²")):
        assert find(document, missing) is MISSING


@given(
    st.lists(
        st.text(
            alphabet=st.characters(
                blacklist_categories=("Cs", "Cc", "Cf", "Cn", "Co", "Zl", "Zp", "Zs"),
                blacklist_characters="%",
            )
        )
    )
)
def test_a_printed_pointer_is_a_reference(parts: list[str]) -> None:
    assert parse(fragment(tuple(parts))) == tuple(parts)


# --- Keywords ---------------------------------------------------------------------------------------------------------

# JSON Schema 2020-12: Core, section 8; Applicator, 10; Unevaluated, 11; Validation, 6 to 9.
VOCABULARIES = """
    $schema $vocabulary $id $anchor $dynamicAnchor $ref $dynamicRef $defs $comment
    allOf anyOf oneOf not if then else dependentSchemas prefixItems items contains properties patternProperties
    additionalProperties propertyNames unevaluatedItems unevaluatedProperties
    type enum const multipleOf maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern maxItems minItems
    uniqueItems maxContains minContains maxProperties minProperties required dependentRequired
    format contentEncoding contentMediaType contentSchema title description default deprecated readOnly writeOnly examples
"""


def test_every_keyword_has_its_place() -> None:
    handled = keywords.OWN | keywords.APPLICATORS | keywords.ANNOTATIONS | keywords.OF_DEFINITIONS
    known = {*handled, *keywords.IGNORED, *keywords.REFUSED}
    assert set(VOCABULARIES.split()) <= known
    assert all(reason for reason in keywords.IGNORED.values())
    assert not set(keywords.IGNORED) & (handled | set(keywords.REFUSED))
