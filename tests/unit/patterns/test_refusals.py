"""What is refused: the construct, its place, the reason and the way out."""

from __future__ import annotations

import pytest
from samewire.patterns import PatternError, translate

REFUSED = (
    ("rust-regex", "a(?mR)$", "(?mR", 1, "CRLF"),
    ("rust-regex", r"a\p{Age=3.0}", r"\p{Age=3.0}", 1, "no such Unicode property"),
    ("rust-regex", r"\p{Garay}", r"\p{Garay}", 0, "no such Unicode property"),
    ("rust-regex", r"b(?i:\p{Lu})", r"\p{Lu}", 5, "not the whole pattern does"),
    ("rust-regex", r"(a)\1", r"\1", 3, "no back-references"),
    ("rust-regex", "(?=a)", "(?=", 0, "no look-around"),
    ("rust-regex", "(?<!a)", "(?<!", 0, "no look-around"),
    ("rust-regex", r"a\Z", r"\Z", 1, r"calls the end of the text \z"),
    ("rust-regex", "a{,3}x{", "{", 6, "a literal brace is written"),
    ("rust-regex", "(", "(", 0, "isn't closed"),
    ("rust-regex", "a)", ")", 1, "closes nothing"),
    ("rust-regex", "[a", "[a", 0, "the class isn't closed"),
    ("rust-regex", "[z-a]", "z-a", 1, "ends before it starts"),
    ("rust-regex", r"[\w-a]", r"\w-a", 1, "not to a class"),
    ("rust-regex", r"[\b]", r"\b", 1, "assertion is no character"),
    ("rust-regex", "*a", "*", 0, "nothing to repeat"),
    ("rust-regex", "(?i)*", "*", 4, "nothing to repeat"),
    ("rust-regex", "(?i-)", "(?i-)", 0, "aren't complete"),
    ("rust-regex", "(?ii)a", "(?ii", 0, "unknown or given twice"),
    ("rust-regex", r"\ud800", r"\ud800", 0, "isn't the number of a character"),
    ("rust-regex", r"\x{110000}", r"\x{110000}", 0, "isn't the number of a character"),
    ("rust-regex", r"\x{", r"\x{", 0, "closing brace"),
    ("rust-regex", "(?P<n>a)(?P<n>b)", "(?P<n>", 8, "given to another group"),
    ("rust-regex", r"(?-u:\W)", r"\W", 5, "parts of characters"),
    ("rust-regex", "(?-u:.)", ".", 5, "parts of characters"),
    ("rust-regex", "(?-u:[\xe9])", "\xe9", 6, "ASCII only"),
    ("rust-regex", r"(?-u:\xe9)", r"\xe9", 5, "a byte and not a character"),
    ("rust-regex", r"(?-u:\pL)", r"\pL", 5, "needs the u flag"),
    ("rust-regex", r"\b{middle}", r"\b{middle", 0, "no such word boundary"),
    ("rust-regex", r"\e", r"\e", 0, "no such escape"),
    ("rust-regex", "a\\", "\\", 1, "ends with a backslash"),
    ("rust-regex", "a{3,2}", "{3,2}", 1, "out of order"),
    ("rust-regex", "(" * 101, "(", 100, "nested deeper than 100"),
    ("rust-regex", "[" * 102, "[", 101, "nested deeper than 100"),
    ("python-re", r"(a)?\1", r"\1", 4, "may not have taken part"),
    ("python-re", "(?P<n>a)?(?P=n)", "(?P=n)", 9, "may not have taken part"),
    ("python-re", r"(?:(a)|b)\1", r"\1", 9, "may not have taken part"),
    ("python-re", r"(?!(a))\1", r"\1", 7, "may not have taken part"),
    ("python-re", r"(?<=(a))\1", r"\1", 8, "may not have taken part"),
    ("python-re", r"(?i)(a)\1", r"\1", 7, "ignores case"),
    ("python-re", r"(a|)*\1", r"\1", 5, "may not have taken part"),
    ("python-re", r"(a|)+\1", "+", 4, "may be empty"),
    ("python-re", "(?>(?:a|)*)b", "*", 9, "may be empty"),
    ("python-re", r"(?=((?:a|)*))\1", "*", 10, "may be empty"),
    ("python-re", "(a)?(?(1)b|c)", "(?(", 4, "no conditional groups"),
    ("python-re", "(?i)[\U00010400a]", "[\U00010400", 4, "above U+FFFF"),
    ("python-re", r"\ud83d\ude00", r"\ud83d", 0, "half of a surrogate pair"),
    ("python-re", "a(?i)b", "(?i)", 1, "stand at its start"),
    ("python-re", "a**", "*", 2, "can't be repeated"),
    ("python-re", "^*", "*", 1, "nothing to repeat"),
    ("python-re", "(?<=a+)b", "(?<=a+)", 0, "fixed number of characters"),
    ("python-re", "(?<n>a)", "(?<n>a)"[:2], 0, "no such group"),
    ("python-re", r"\2(a)", r"\2", 0, "no group before this place"),
    ("python-re", r"(a\1)", r"\1", 2, "no group before this place"),
    ("python-re", r"(?<=(a)\1)b", r"\1", 7, "same look-behind"),
    ("python-re", r"\400", r"\400", 0, "up to \\377"),
    ("python-re", r"\N{NO SUCH}", r"\N{NO SUCH}", 0, "no character has this name"),
    ("python-re", "(?au:a)", "(?au:", 0, "don't go together"),
    ("python-re", r"(?a:\W)", r"\W", 4, "mixes up this class"),
    ("python-re", r"(?a:[^\d])", r"[^\d]", 4, "mixes up this class"),
    ("python-re", r"(?a)(?u:[\dx])", r"\d", 9, "mixes up this class"),
    ("python-re", "(?#a", "(?#a", 0, "the closing ) is missing"),
    ("python-re", "a(b", "(b", 1, "isn't closed"),
    ("python-re", r"\p{L}", r"\p", 0, "no such escape"),
    ("python-re", "(" * 101, "(", 100, "nested deeper than 100"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("dialect", "pattern", "construct", "position", "reason"),
    REFUSED,
    ids=[f"{row[0]} {row[1][:20]}" for row in REFUSED],
)
def test_a_refusal_names_the_construct(dialect, pattern, construct, position, reason):
    with pytest.raises(PatternError) as caught:
        translate(pattern, dialect)
    error = caught.value
    assert (error.construct, error.position) == (construct, position)
    assert reason in error.reason
    assert error.hint
    assert str(error) == f"{construct!r} at position {position}: {error.reason}; {error.hint}"


def test_a_hundred_groups_are_fine():
    assert translate("(" * 100 + "a" + ")" * 100, "rust-regex").source.count("(") == 100
    assert translate("(?:" * 100 + "a" + ")" * 100, "python-re").source == "a"
    assert translate("[" * 100 + "a" + "]" * 100, "rust-regex").source == "a"
