"""The source is safe between slashes, whatever the pattern holds."""

from __future__ import annotations

import re
import unicodedata

import pytest
from samewire.patterns import translate
from samewire.patterns.spell import literal

HOSTILE = (
    "/",
    "[/]",
    "*/ // </script> ${a} `'\"".replace("*", r"\*").replace("$", r"\$").replace("{", r"\{"),
    "\n\r\u2028\u2029\x85",
    "[\n\r\u2028\u2029]",
    "\x00\x1b\x7f\x80\x9f",
    "\u202a\u202e\u2066\u2069\u200e\u200f\u061c",
    "\u05d0\u0627[\u05d0-\u05ea]",
    "\ufeff\u200b\xad\u034f\u3164\U000e0041",
    "e\u0301\u0489",
    "\U0001f600[\U0001f600-\U0001f64f]",
)

LITERAL = re.compile(r"(?:\\[ -~]|\[(?:\\[ -~]|[^\\\]\n])*\]|[^\\/\[])+")


@pytest.mark.parametrize("pattern", HOSTILE, ids=ascii)
@pytest.mark.parametrize("dialect", ["rust-regex", "python-re"])
def test_the_source_is_one_literal_without_hidden_characters(pattern, dialect):
    source = translate(pattern, dialect).source
    assert LITERAL.fullmatch(source)
    assert not re.search(r"(?<!\\)(?:\\\\)*/", source)
    for char in source:
        assert unicodedata.category(char)[0] in "LNPS" or char == " "
        assert unicodedata.bidirectional(char) not in ("R", "AL", "AN")


def test_letters_stay_and_the_rest_is_escaped():
    assert translate("\xe9\u4f60\u03b1\u0431", "rust-regex").source == "\xe9\u4f60\u03b1\u0431"
    assert translate("\u202e\x1b\U0001f600\xa0", "rust-regex").source == r"\u202e\x1b\u{1f600}\xa0"


def test_the_same_class_is_never_another_one_under_v():
    """Under v, && and -- are operators, [ opens a class and many doubled characters are errors."""
    for pattern in (
        r"[&\&]",
        r"[!-&&-z]",
        "[a[]",
        r"[~\~]",
        r"[^^^]",
        r"[+\-\-a]",
        "[::]",
        "[*-++-/]",
    ):
        source = translate(pattern, "python-re").source
        assert not re.search(r"(?<!\\)([&!#$%*+,.:;<=>?@`~^-])\1", source.removeprefix("[^"))


def test_no_character_that_is_hidden_today_appears():
    hidden = [c for c in map(chr, range(0xA1, 0x110000)) if unicodedata.category(c)[0] in "CMZ"]
    assert [hex(ord(c)) for c in hidden if literal(ord(c)) == c] == []


def test_a_long_class_is_listed_whole():
    letters = "".join(chr(c) for c in range(0x4E00, 0x9FA5, 2))
    source = translate(f"[{letters}\\d]", "rust-regex").source
    assert source.endswith(r"\p{Nd}]")
    assert len(source) == len(letters) + len(r"[\p{Nd}]")


def test_a_translation_is_kept():
    assert translate("^kept$", "rust-regex") is translate("^kept$", "rust-regex")
