"""Which patterns are warned of: loops that are exponential in a backtracking engine, and syntax that misleads."""

from __future__ import annotations

import pytest
from samewire.patterns import translate

DANGEROUS = (
    "^(a+)+$",
    "^(a*)*$",
    "^(?:a|a)*$",
    "^(?:a|ab?)+$",
    r"^(\w+\s?)*$",
    "^(?:a{1,3})+$",
    "^(?:a{5,6})+$",
    "^(?:(?:a?|b?)c)*$",
    r"^([a-zA-Z0-9])(([\-.]|[_]+)?([a-zA-Z0-9]+))*(@)$",
    r"^(?:\d+(?:\.\d+)?)+$",
    r"^(?:[a-z]|\w)+-",
    r"^(?:.*,)*x",
    "^(?:a+){10,20}$",
    r"^(?:a?b?)*c",
    "(?:a+)+b",
    r"^(?:\p{L}+)+\b-",
)

HARMLESS = (
    "^(?:a+)*",
    "^(?:a|b)*$",
    "^[a-z]+(?:-[a-z]+)*$",
    "^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?[.])+[a-z]{2,63}$",
    r"^(?:0|[1-9]\d*)(?:[.](?:0|[1-9]\d*))*$",
    "^a*b*c*$",
    "^.*a.*b.*$",
    "^(?:ab|cd|ef)+$",
    r"""^"(?:[^"\\]|\\.)*"$""",
    "^(?:(?:[0-9]{1,3}[.]){3}[0-9]{1,3},)+$",
    "(?:a+)+",
    "(?:a|a)*",
    r"^(?:\d{1,3},)*\d{3}$",
    r"^(?:\s*[a-z]+\s*=\s*\d+\s*;)+$",
    "^(?:a{2})+$",
    "^(?:a{3}){1,50}$",
    r"^(?:[^\W\d_]|\d)+$",
)


@pytest.mark.parametrize("pattern", DANGEROUS)
def test_a_dangerous_loop(pattern):
    (warning,) = translate(pattern.replace(r"\p{L}", r"[^\W\d_]"), "python-re").warnings
    assert "exponential time" in warning


@pytest.mark.parametrize("pattern", HARMLESS)
def test_a_harmless_loop(pattern):
    assert translate(pattern, "python-re").warnings == ()


@pytest.mark.parametrize(
    "pattern",
    [
        f"^{'a?' * 30}{'a' * 30}$",
        f"^{'(a?)' * 24}b",
        f"^{'[a-z]{0,3}' * 12}$",
        r"^\d*\d*\d*\d*x",
        r"^\w+[a-z]*\d*[a-z0-9]*_?[a-z]+\w*$",
        r"^.*a.*a.*a.*a$",
        f"^x(?:{'y?' * 25})+$",
    ],
)
def test_pieces_in_a_row_that_share_a_text(pattern):
    (warning,) = translate(pattern, "python-re").warnings
    assert "more than a million ways" in warning or "exponential time" in warning


@pytest.mark.parametrize(
    "pattern",
    [
        "a?" * 30,
        f"^{'a?' * 12}$",
        r"^\d*\d*\d*x",
        r"^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$",
        r"^.*foo.*bar.*baz.*qux$",
        r"^\s*[a-z]+\s*=\s*\d+\s*;\s*$",
        r"^[a-z]{0,5}[0-9]{0,5}[a-z]{0,5}[0-9]{0,5}[a-z]{0,5}[0-9]{0,5}$",
        r"^\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}$",
        r"^(?:a?b?c?d?e?f?g?h?i?j?k?l?m?n?o?p?q?r?s?t?u?)$",
    ],
)
def test_pieces_in_a_row_that_share_little(pattern):
    assert translate(pattern, "python-re").warnings == ()


def test_the_place_of_the_loop_is_named():
    (warning,) = translate("^x(?:a+b?){2,}$", "rust-regex").warnings
    assert warning.startswith("'{2,}' at position 10 repeats")


def test_atomic_groups_and_possessive_repeats_are_no_danger():
    assert translate("^(?:a++)+$", "python-re").warnings == ()
    assert translate("^(?>a+)+$", "python-re").warnings == ()


def test_a_loop_in_a_look_ahead_is_looked_at_too():
    assert translate("(?=(?:a+)+b)", "python-re").warnings != ()
    assert translate("(?=(?:a+)+)b", "python-re").warnings == ()


def test_a_loop_too_large_to_look_at_is_left_alone():
    words = "|".join(f"{number:03}x{number:03}" for number in range(400))
    assert translate(f"^(?:{words})*$", "python-re").warnings == ()


def test_plus_plus_isnt_possessive_in_rust():
    (warning,) = translate("^a++b$", "rust-regex").warnings
    assert warning.startswith("'++' at position 2 isn't possessive")
    assert translate("^(?:a+)+b$", "rust-regex").warnings == ()


def test_properties_that_unicode_changes():
    (warning,) = translate(r"x\p{ExtPict}", "rust-regex").warnings
    assert warning.startswith(r"'\\p{ExtPict}' at position 1: Unicode 17 took 600 symbols out")
    assert len(translate(r"\p{Cn}[\P{Assigned}]", "rust-regex").warnings) == 2
    assert translate(r"\p{L}\p{Greek}\p{Emoji}\w", "rust-regex").warnings == ()
