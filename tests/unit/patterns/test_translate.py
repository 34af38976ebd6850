"""Given a pattern, the JavaScript wanted: one line for each thing that is said differently there."""

from __future__ import annotations

import pytest
from samewire.patterns import Regex, translate

WORD = r"\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}"
PYTHON_WORD = r"\p{L}\p{N}_"

UNCHANGED = (
    "^[a-z]+$",
    "^[a-z0-9_-]+$",
    "[-a-z]",
    "^[^@]+@[^@]+$",
    r"^\p{L}+\P{Lu}$",
    r"^[\p{L} '-]+$",
    r"^\p{Script=Greek}$",
    "^(?:ab|cd)+?$",
    r"^a\/b\.c\{\}$",
    "^(?:a{2}){3}$",
    "x{1,}?y{2,3}z*",
    "^$",
    "a||b",
    "\xe9+[\u4e00-\u9fa5]",
    r"^[\t\n\r\v\f\\\]\[^]$",
)


@pytest.mark.parametrize("pattern", UNCHANGED)
def test_a_plain_pattern_comes_out_as_it_is(pattern):
    got = translate(pattern, "rust-regex")
    assert (got.source, got.flags) == (pattern.replace("{1,}", "+"), "u")
    assert_reads_back(got.regex)


def assert_reads_back(regex):
    """What the document holds becomes the same source again."""
    assert Regex.parse(regex.source, regex.flags) == regex


RUST = (
    (r"\A^a\z", "^^a$", "u"),
    (r"\d\D", r"\p{Nd}\P{Nd}", "u"),
    (r"\w\W", rf"[{WORD}][^{WORD}]", "u"),
    (r"\s[^\s,]", r"\p{White_Space}[^\p{White_Space},]", "u"),
    (".", r"[^\n]", "u"),
    ("(?s).", r"[\s\S]", "u"),
    (r"[\s\S][\d\D]", r"[\s\S][\s\S]", "u"),
    ("(?m)^a$", r"(?<![^\n])a(?![^\n])", "u"),
    (r"\bfoo\b", rf"(?<![{WORD}])foo(?![{WORD}])", "u"),
    (r"\b(?:-|[+*])", rf"(?<=[{WORD}])(?:-|[+*])", "u"),
    (r"\b.", rf"(?:(?<![{WORD}])(?=[{WORD}])|(?<=[{WORD}])(?![{WORD}]))[^\n]", "u"),
    (r"\Ba", rf"(?<=[{WORD}])a", "u"),
    (r"\<x\>", rf"(?<![{WORD}])(?=[{WORD}])x(?<=[{WORD}])(?![{WORD}])", "u"),
    (r"\b{start-half}x\b{end-half}", rf"(?<![{WORD}])x(?![{WORD}])", "u"),
    (r"(?-u:\w\b\d\s)", r"\w\b\d[\t-\r ]", "u"),
    (r"\B", rf"(?=[\s\S]|$)(?:(?<=[{WORD}])(?=[{WORD}])|(?<![{WORD}])(?![{WORD}]))", "u"),
    (r"\pL\p{greek}\PN", r"\p{L}\p{Script=Greek}\P{N}", "u"),
    (r"\p{scx=Deva}\p{sc!=Latin}\P{sc!=Latin}", r"\p{scx=Deva}\P{sc=Latin}\p{sc=Latin}", "u"),
    ("[[:alpha:]_]", "[A-Za-z_]", "u"),
    ("[[:^digit:]]", "[^0-9]", "u"),
    ("[a-z&&[^aeiou]]", "[b-df-hj-np-tv-z]", "u"),
    ("[^a-z--[aeiou]]", r"[^b-df-hj-np-tv-z]", "u"),
    ("[a-c~~b-d]", "[ad]", "u"),
    ("[a[bc]]", "[abc]", "u"),
    (r"[\w&&[^\d]]", rf"(?!\p{{Nd}})[{WORD}]", "u"),
    (r"[^\W_]", rf"(?!_)[{WORD}]", "u"),
    (r"[\W_]", rf"_|[^{WORD}]", "u"),
    (r"x[\W_]+", rf"x(?:_|[^{WORD}])+", "u"),
    ("[a&&b]", r"[^\s\S]", "u"),
    ("(?i)^ab$", "^ab$", "iu"),
    ("(?i)^12$", "^12$", "u"),
    ("(?i:a)b", "[aA]b", "u"),
    ("(?i:k)b", r"[kK\u212a]b", "u"),
    ("(?i:[a-z])b", r"[a-zA-Z\u017f\u212a]b", "u"),
    ("(?i)^1(?-i)2x", "^12x", "u"),
    (r"(?i)\P{Lu}", r"[^\p{Lu}]", "iu"),
    (r"(?i)[\P{Lu}1]", r"1|[^\p{Lu}]", "iu"),
    ("(?i)[a-z&&[^K]]", r"[A-JL-Za-jl-z\u017f]", "iu"),
    ("(?P<n>a)(?P<\xe9>b)(?<a.b>c)", "(a)(b)(c)", "u"),
    ("(?x) a b # c\n {2} [ d e ]", "ab{2}[de]", "u"),
    ("(?U)a+b+?", "a+?b+", "u"),
    (r"\x{1F600}\u{e9}\x41\u0042\U00000043", r"\u{1f600}\xe9ABC".replace(r"\xe9", "\xe9"), "u"),
    (r"\a\-\_\@\"\ \#", r"""\x07-_@" #""", "u"),
    ("a}]", r"a\}\]", "u"),
    ("[]a]", r"[\]a]", "u"),
    ("a**", "a*", "u"),
    ("(?:a+)+", "a+", "u"),
    ("a{2}{3}", "(?:a{2}){3}", "u"),
    ("a{ 2 , 3 }", "a{2,3}", "u"),
    (r"^*\b{2}x", rf"(?:^)*(?:(?<![{WORD}])(?=[{WORD}])|(?<=[{WORD}])(?![{WORD}])){{2}}x", "u"),
    ("", "(?:)", "u"),
    ("(?i)", "(?:)", "u"),
    ("()|", "()|", "u"),
)


@pytest.mark.parametrize(("pattern", "source", "flags"), RUST, ids=[row[0] for row in RUST])
def test_rust(pattern, source, flags):
    got = translate(pattern, "rust-regex")
    assert (got.source, got.flags) == (source, flags)
    assert_reads_back(got.regex)


PYTHON = (
    ("^a$", r"^a(?=\n?$)", "u"),
    ("(?m)^a$", r"(?<![^\n])a(?![^\n])", "u"),
    (r"\Aa\Z", "^a$", "u"),
    (r"\d\w\s", rf"\p{{Nd}}[{PYTHON_WORD}][\x1c-\x1f\p{{White_Space}}]", "u"),
    (r"(?a)\d\W\s\b.", r"\d\W[\t-\r ]\b[^\n]", "u"),
    (r"\bx", rf"(?<![{PYTHON_WORD}])x", "u"),
    ("[a&&b]", "[a&b]", "u"),
    ("[[a]", r"[\[a]", "u"),
    ("(?i)^ab", "^ab", "iu"),
    ("(?i)^[a-z]", r"^[a-z\u0130-\u0131]".replace(r"\u0130-\u0131", "\u0130-\u0131"), "iu"),
    ("(?i)x\\w", rf"[xX][{PYTHON_WORD}]", "u"),
    ("(?ai)k", "[kK]", "u"),
    ("(?P<n>a)(?P=n)", r"(a)\1", "u"),
    ("(?P<\xe9>a)(?P=\xe9)", r"(a)\1", "u"),
    (r"(a)(?:\1)0", r"(a)\1(?:0)", "u"),
    ("(?>a|b)c", r"(?=(a|b))\1c", "u"),
    (r"(?>a|b)(c)\1", r"(?=(a|b))\1(c)\2", "u"),
    ("a++b", r"(?=(a+))\1b", "u"),
    ("(?>abc)", "abc", "u"),
    ("(?<=(?>a|b))c", "(?<=a|b)c", "u"),
    ("(?=a)?b", "(?:(?=a))?b", "u"),
    ("a(?#x)*", "a*", "u"),
    ("a{,3}{", r"a{0,3}\{", "u"),
    (r"\0\07\101\N{BULLET}", "\\x00\\x07A\u2022", "u"),
    (r"[\b\1]", r"[\x08\x01]", "u"),
    (r"[\u0000-\ud800]", r"[\x00-\ud7ff]", "u"),
    (r"(?s:.)(?-i:a)(?x: b )", r"[\s\S]ab", "u"),
)


@pytest.mark.parametrize(("pattern", "source", "flags"), PYTHON, ids=[row[0] for row in PYTHON])
def test_python(pattern, source, flags):
    got = translate(pattern, "python-re")
    assert (got.source, got.flags) == (source, flags)
    assert_reads_back(got.regex)


def test_the_flags_of_a_compiled_pattern():
    assert translate("^a.$", "python-re", "ims").regex == Regex.parse(
        r"(?<![^\n])a[\s\S](?![^\n])", "iu"
    )
    assert translate("a b", "python-re", "x").regex == Regex.parse("ab", "u")
    assert translate(r"\w", "python-re", "a").regex == Regex.parse(r"\w", "u")
    assert translate(r"\d", "python-re", "u").regex == Regex.parse(r"\p{Nd}", "u")
    assert translate("^a", "rust-regex", "i").regex == Regex.parse("^a", "iu")


def test_flags_that_no_engine_has():
    with pytest.raises(ValueError, match="unknown flags 'La' for rust-regex"):
        translate("a", "rust-regex", "aL")


@pytest.mark.parametrize("nested", ["[^\\n]", "(?:a|b)", "[a-z]{2}", "(?=a)b", "(?:)"])
def test_a_repeat_binds_to_the_whole_piece(nested):
    assert translate(f"(?:{nested})*", "python-re").source in (f"{nested}*", f"(?:{nested})*")
