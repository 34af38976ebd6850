"""Strings of which a pattern says one text only are template literal types, which tell union members apart."""

from __future__ import annotations

import pytest
from samewire.ir import Regex, String
from samewire.targets.typescript.syntax import template, template_of


@pytest.mark.parametrize(
    ("source", "want"),
    [
        ("^data-", "`data-${string}`"),
        (r"\.", "`${string}.${string}`"),
        (r"\.py$", "`${string}.py`"),
        ("^a b:c", "`a b:c${string}`"),
        ("^data-$", None),
        ("^data-.", None),
        ("^[a-z]", None),
        ("^a|b", None),
        ("^a`", None),
        ("^${x}", None),
        (r"^\d", None),
        ("", None),
    ],
)
def test_patterns(source: str, want: str | None) -> None:
    parts = template_of(String(patterns=(Regex.parse(source),)))
    assert (None if parts is None else template(parts)) == want


def test_more_than_a_pattern_is_a_plain_string() -> None:
    assert template_of(String(min_length=1, patterns=(Regex.parse("^a"),))) is None
    assert template_of(String(patterns=(Regex.parse("^a", "iu"),))) is None
    assert template_of(String(patterns=(Regex.parse("^a"), Regex.parse("^b")))) is None


@pytest.mark.parametrize("hostile", ["`", "${x}", "\\", "a\nb", "$", "{"])
def test_no_text_can_end_the_literal(hostile: str) -> None:
    with pytest.raises(ValueError, match="may not stand"):
        template((hostile, None))
