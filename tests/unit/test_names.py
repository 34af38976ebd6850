from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samewire.errors import NameClashError
from samewire.identifiers import RESERVED, is_identifier
from samewire.targets.typescript.names import (
    assign_identifiers,
    assign_validators,
    fixture_names,
    guard_names,
    pascal_case,
    private_names,
)

ENDS = ("", "Schema", "Validator", "ZodSchema", "SchemaSchema")


@pytest.mark.parametrize(
    "key",
    [
        "User",
        "user",
        "_User",
        "$x",
        "Größe",
        "数据",
        "a__b__Name",
        "Array",
        "Record",
        "Date",
        "Promise",
        "Object",
        "JsonValue",
        "z",
        "t",
        "async",
        "type",
        "of",
    ],
)
def test_a_good_name_is_kept(key: str) -> None:
    assert assign_identifiers([key]) == {key: key}


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("page[item-list]", "PageItemList"),
        ("foo.bar", "FooBar"),
        ("foo_bar baz", "FooBarBaz"),
        ("HTTPError", "HTTPError"),
        ("2fast", "_2fast"),
        ("", "_"),
        ("*/", "_"),
        ("über-größe", "ÜberGröße"),
        ("a😀b", "AB"),
        ("ﬁx", "UFB01x"),
        ("ǰ x", "ǰX"),
        ("Gro\u0308ße", "Größe"),
    ],
)
def test_other_keys_are_spelled_in_pascal_case(key: str, name: str) -> None:
    assert pascal_case(key) == name
    assert is_identifier(name)


@pytest.mark.parametrize("key", sorted(RESERVED))
def test_a_reserved_word_becomes_a_name(key: str) -> None:
    name = assign_identifiers([key])[key]
    assert is_identifier(name)
    assert name not in RESERVED


@pytest.mark.parametrize("word", ["infer", "keyof", "unique", "class", "string"])
def test_a_reserved_word_beside_its_own_name_gets_an_underscore(word: str) -> None:
    name = pascal_case(word)
    assert assign_identifiers([word, name]) == {word: f"{word}_", name: name}


def test_two_keys_of_one_name_are_an_error_that_says_where_to_decide() -> None:
    with pytest.raises(NameClashError) as caught:
        assign_identifiers(["foo-bar", "Foo-Bar", "Other"], contract="api")
    [diagnostic] = caught.value.diagnostics
    assert diagnostic.code == "name-clash"
    assert "'FooDashBar'" in diagnostic.message
    assert "foo-bar" in str(diagnostic)
    assert '[tool.samewire.contracts.api.names] "module:Class" = "NewName"' in str(diagnostic)


@pytest.mark.parametrize(
    ("keys", "names"),
    [
        (["Run-Input", "RunInput"], ["Run_Input", "RunInput"]),
        (["Run-Input", "RunInput", "run_input"], ["Run_Input", "RunInput", "run_input"]),
        (["Run-Input", "RunInput", "Run_Input"], ["RunDashInput", "RunInput", "Run_Input"]),
        (["a.b", "a-b"], ["ADotB", "ADashB"]),
        (["a.b", "a-b", "AB"], ["ADotB", "ADashB", "AB"]),
        (["List[int]", "List int"], ["ListU005BIntU005D", "ListSpaceInt"]),
        (["Run-Input"], ["RunInput"]),
        (["é-x", "ÉX"], ["É_X", "ÉX"]),
    ],
)
def test_keys_that_differ_in_punctuation(keys: list[str], names: list[str]) -> None:
    assert assign_identifiers(keys) == dict(zip(keys, names, strict=True))
    assert assign_identifiers(keys[::-1]) == dict(zip(keys, names, strict=True))


def validators_of(*keys: str) -> dict[str, str]:
    return assign_validators(assign_identifiers(keys))


def test_a_model_called_like_the_validator_of_another_keeps_its_name() -> None:
    assert assign_identifiers(["User", "UserSchema"]) == {
        "User": "User",
        "UserSchema": "UserSchema",
    }
    assert validators_of("User", "UserSchema") == {
        "User": "UserValidator",
        "UserSchema": "UserSchemaSchema",
    }
    assert validators_of("User", "UserSchema", "UserValidator") == {
        "User": "UserZodSchema",
        "UserSchema": "UserSchemaSchema",
        "UserValidator": "UserValidatorSchema",
    }
    assert validators_of("UserSchema", "Schema", "UserValidator") == {
        "UserSchema": "UserSchemaSchema",
        "Schema": "SchemaSchema",
        "UserValidator": "UserValidatorSchema",
    }


def test_a_type_that_leaves_its_validator_no_name_is_an_error() -> None:
    with pytest.raises(NameClashError) as caught:
        validators_of("User", "UserSchema", "UserValidator", "UserZodSchema")
    [diagnostic] = caught.value.diagnostics
    assert (diagnostic.code, diagnostic.where) == ("name-clash", "User")
    assert "UserSchema, UserValidator, UserZodSchema are all types" in diagnostic.message


@given(st.sets(st.sampled_from([name + end for name in "ab" for end in ENDS])))
def test_no_two_exports_have_one_name(keys: set[str]) -> None:
    try:
        validators = validators_of(*keys)
    except NameClashError:
        assert any(
            {key + end for end in ("Schema", "Validator", "ZodSchema")} <= keys for key in keys
        )
        return
    exported = [*keys, *validators.values()]
    assert len(set(exported)) == len(exported)


def test_all_clashes_are_told_at_once() -> None:
    with pytest.raises(NameClashError) as caught:
        assign_identifiers(["a-b", "A-B", "c-d", "C-D"])
    assert len(caught.value.diagnostics) == 2


def test_private_names_get_out_of_the_way() -> None:
    names = assign_identifiers(["User", "Number", "z", "Number_"])
    assert private_names(names, {"z", "Number"}) == {
        "Number": "Number_",
        "Number_": "Number__",
        "User": "User",
        "z": "z_",
    }


def test_private_names_avoid_the_exported_ones() -> None:
    assert private_names({"a": "A", "b": "b"}, {"b", "ASchema"}) == {"a": "A", "b": "b_"}


def test_guards_get_out_of_the_way_of_types() -> None:
    names = assign_identifiers(["User", "user", "isUser", "isUser_", "IsUser"])
    assert guard_names(names) == {
        "User": "isUser__",
        "user": "isuser",
        "isUser": "isisUser",
        "isUser_": "isIsUser_",
        "IsUser": "isIsUser",
    }
    assert fixture_names({"a": "A", "b": "fixturesOfA"})["a"] == "fixturesOfA_"
