"""Parts of the target ``python``: names, source of single annotations, and patterns in the dialects of Python's two engines."""

from __future__ import annotations

import re

import pytest
from pydantic_core import SchemaValidator, ValidationError, core_schema
from samewire import ir
from samewire.patterns import PatternError, Regex, translate
from samewire.targets.python.names import class_names, field_names
from samewire.targets.python.patterns import NotInDialectError, python, rust
from samewire.targets.python.syntax import annotated, docstring, pattern, prose, text
from samewire.values.patterns import candidates, compiled

# --- Names ------------------------------------------------------------------------------------------------------------


def test_names_of_classes() -> None:
    wanted = {
        "Order": "Order",
        "order": "order",
        "Any": "Any_",  # what modules import
        "int": "int_",
        "class": "class_",
        "Page[int]": "Page_int_",
        "_Hidden": "Hidden",
        "2D": "Type2D",
        "a-b": "a_b",
        "a.b": "a_b_",  # the same as another
    }
    assert class_names(wanted, frozenset({"Any"})) == wanted


def test_names_of_fields() -> None:
    wanted = {
        "sentAt": "sent_at",
        "HTTPServer": "http_server",
        "id": "id",
        "_id": "id_",  # as another key
        "x-request-id": "x_request_id",
        "class": "class_",
        "date": "date_",  # would stand for the type where it has a value
        "model_dump": "model_dump_",
        "model_id": "model_id",
        "2fa": "field_2fa",
        "": "field",
        "größe": "größe",
        "sent_at": "sent_at_2",
    }
    wanted |= {"sentAt": "sent_at_", "sent_at": "sent_at"}  # a key has its own name first
    properties = tuple(ir.Property(key, ir.String(), required=True) for key in wanted)
    assert field_names(ir.Object(properties), ("Order",)) == wanted


# --- Source -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("inner", "wanted"),
    [
        ("int", "Annotated[int, X]"),
        ("Annotated[int, A]", "Annotated[int, A, X]"),
        ("Annotated[int, A] | Annotated[str, B]", "Annotated[Annotated[int, A] | Annotated[str, B], X]"),
        ("Annotated[int, A] | None", "Annotated[Annotated[int, A] | None, X]"),
        ('Annotated[str, "]"]', 'Annotated[str, "]", X]'),
    ],
)  # fmt: skip
def test_metadata_of_an_annotation_is_one_list(inner: str, wanted: str) -> None:
    assert annotated(inner, "X") == wanted
    assert annotated(inner) == inner


@pytest.mark.parametrize(
    "value", ["", "a", '"', "\\", "\n\r\t", "\u202e", "é", "\ud800", "😀", "'", "\x00", '"""', "\\N{x}"]
)  # fmt: skip
def test_texts_are_what_they_say(value: str) -> None:
    source = text(value)
    assert eval(source) == value
    assert source.isascii() or value == "é"
    assert eval(pattern(value)) == value
    if said := docstring(value):
        assert eval(said).strip() == prose(value)


# --- Patterns ---------------------------------------------------------------------------------------------------------

RUST = (
    "^[a-z]+$",
    r"\d{2,3}",
    r"^\w+@\w+\.com$",
    r"^(?:a|bc)*?d$",
    r"[^a-c]",
    r"^.$",
    r"(?s)^.$",
    r"(?i)^straße$",
    r"(?m)^b$",
    r"^\p{Lu}\p{Greek}?$",
    r"^[\p{L}&&[^a-z]]+$",
    r"^[\w--\d]+$",
    r"\bword\b",
    r"^\s*$",
    r"^[-\]^\\/#~&]+$",
    r"^$",
    r"^\x{1F600}$",
    r"a{3}|b{2,}",
    r"^\D\S\W$",
)
PYTHON = (
    r"^(?=.*[0-9])(?!x)[a-z0-9]+\Z",
    r"^(['\"])[^\n]*\1$",
    r"(?<=a)b(?!c)",
    r"^(?>a+)b$",
    r"^[a-z]+$",
    r"^(?P<x>a)(?P=x)$",
    r"\Aa\Z",
    r"(?i)^abc\Z",
)
TEXTS = (
    "", "a", "A", "b", "bc", "abc", "abcd", "ad", "d", "12", "1234", "x1", "a1", "ab\n", "\n", "a\nb\nc", "word", "a word.", "Wort",
    "é", "É", "Ω", "ΑΒ", "straße", "STRASSE", "STRAßE", "😀", "-]^", "a@b.com", "''", '"x"', "'x\"", "aa", "aaab", "abd", "xbc", "٣",
    " \t", "K", "ſ", "_", "!!!", "a! ", "aaa", "bb", "/", "\u2028", "\x85", "Abc",
)  # fmt: skip


def verdicts(regex: Regex, texts: tuple[str, ...]) -> list[bool]:
    """In the dialect that the module has it in."""
    try:
        source: str | re.Pattern[str] = rust(regex)
    except NotInDialectError:
        source = re.compile(python(regex))
    validator = SchemaValidator(core_schema.str_schema(pattern=source))
    return [_passes(validator, each) for each in texts]


def _passes(validator: SchemaValidator, text: str) -> bool:
    try:
        validator.validate_python(text)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize(
    ("source", "dialect"), [*((each, "rust-regex") for each in RUST), *((each, "python-re") for each in PYTHON)]
)  # fmt: skip
def test_a_pattern_finds_what_the_original_finds(source: str, dialect: str) -> None:
    """There and back: Pydantic's dialect, the document's JavaScript, and Python's again."""
    try:
        translated = translate(source, dialect).regex  # type: ignore[arg-type]  # one of the two
    except PatternError:
        pytest.skip("it has no form in JavaScript")
    regex = Regex.parse(translated.source, translated.flags)
    texts = (*TEXTS, *list(candidates(compiled(regex)))[:40])
    original = source if dialect == "rust-regex" else re.compile(source)
    validator = SchemaValidator(core_schema.str_schema(pattern=original))
    assert verdicts(regex, texts) == [_passes(validator, each) for each in texts]


def test_what_neither_engine_has_is_refused() -> None:
    regex = translate(r"^(?=\w)\d*x", "python-re").regex
    with pytest.raises(NotInDialectError, match="look-around"):
        rust(Regex.parse(regex.source, regex.flags))
    with pytest.raises(NotInDialectError, match="a Unicode table"):
        python(Regex.parse(regex.source, regex.flags))
