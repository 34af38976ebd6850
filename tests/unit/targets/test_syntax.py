from __future__ import annotations

import pytest
from samewire import ir
from samewire.targets.typescript.comments import comment, line_comments, plain_comment
from samewire.targets.typescript.syntax import (
    Code,
    InexpressibleError,
    comment_json,
    comment_lines,
    escape_regex,
    identifier,
    is_identifier,
    literal,
    number,
    property_key,
    regex,
    string,
    type_key,
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("plain", '"plain"'),
        ("it's", '"it\'s"'),
        ('say "hi"', "'say \"hi\"'"),
        ("\"'", '"\\"\'"'),
        ("a\\b", '"a\\\\b"'),
        ("\n\r\t\b\f\v\0", '"\\n\\r\\t\\b\\f\\v\\u0000"'),
        ("\u2028\u2029\u0085\ufeff\u202e", '"\\u2028\\u2029\\u0085\\ufeff\\u202e"'),
        ("Größe 数据 Ж", '"Größe 数据 Ж"'),
        ("😀\ud800", '"\\u{1f600}\\ud800"'),
        ("`${x}` </script> */", '"`${x}` </script> */"'),
        ("", '""'),
    ],
)
def test_strings(text: str, code: str) -> None:
    assert string(text) == code
    assert isinstance(string(text), Code)


@pytest.mark.parametrize(
    ("key", "code", "in_type"),
    [
        ("a", "a", "a"),
        ("class", "class", "class"),
        ("$x_1", "$x_1", "$x_1"),
        ("größe", "größe", "größe"),
        ("1", '"1"', '"1"'),
        ("a-b", '"a-b"', '"a-b"'),
        ("", '""', '""'),
        ("__proto__", '["__proto__"]', "__proto__"),
        ("constructor", "constructor", "constructor"),
        ("]: x, [", '"]: x, ["', '"]: x, ["'),
    ],
)
def test_keys(key: str, code: str, in_type: str) -> None:
    assert property_key(key) == code
    assert type_key(key) == in_type


@pytest.mark.parametrize(
    "text", ["", "1a", "a b", "a-b", "a\u200c", "😀", "a.b", "class", "await", "null"]
)
def test_what_is_no_identifier_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="identifier"):
        identifier(text)


def test_identifiers() -> None:
    assert [is_identifier(text) for text in ("a", "_", "$", "ä1", "class", "1", "")] == [
        True
    ] * 5 + [False] * 2


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (0, "0"),
        (-1, "-1"),
        (1.0, "1"),
        (-0.0, "0"),
        (0.1, "0.1"),
        (1e-7, "1e-7"),
        (1.5e300, "1.5e300"),
        (1e21, "1e21"),
        (123456789012345680000.0, "123456789012345683968"),
        (2**53 + 1, "9007199254740992"),
        (2**63 - 1, "9223372036854775808"),
        (10**30, "1e30"),
    ],
)
def test_numbers(value: float, code: str) -> None:
    assert number(value) == code


@pytest.mark.parametrize("value", [float("inf"), float("-inf"), float("nan"), 10**400])
def test_numbers_beyond_javascript_are_refused(value: float) -> None:
    with pytest.raises(InexpressibleError, match="beyond the numbers"):
        number(value)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (None, "null"),
        (True, "true"),
        (False, "false"),
        (1, "1"),
        ("a", '"a"'),
        (2.5, "2.5"),
        (2**53, "9007199254740992"),
    ],
)
def test_literals(value: ir.Scalar, code: str) -> None:
    assert literal(value) == code


@pytest.mark.parametrize("value", [2**53 + 1, -(2**63) - 1, -0.0])
def test_literals_that_are_two_values_in_one_are_refused(value: float) -> None:
    with pytest.raises(InexpressibleError, match="can't be told"):
        literal(value)


@pytest.mark.parametrize(
    ("source", "flags", "code"),
    [
        ("^[a-z]+$", "u", "/^[a-z]+$/u"),
        ("a\\/b", "su", "/a\\/b/u"),
        ("a/b", "u", "/a\\/b/u"),
        ("a\\\\/b", "u", "/a\\\\\\/b/u"),
        ("a\\\\\\/b", "ui", "/a\\\\\\/b/iu"),
        ("[/]", "u", "/\\//u"),
        ("a\nb\rc\u2028d\u2029", "u", "/a\\nb\\rc\\u2028d\\u2029/u"),
        ("", "u", "/(?:)/u"),
        ("é数😀", "u", "/é数\\u{1f600}/u"),
        ("\u200b", "v", "/\\u200b/u"),
        ("a\\\\", "u", "/a\\\\/u"),
    ],
)
def test_no_pattern_can_end_its_literal(source: str, flags: str, code: str) -> None:
    assert regex(ir.Regex.parse(source, flags)) == code


def test_escaping_for_a_pattern() -> None:
    assert (
        escape_regex("a+b.c/d\n(x)|[y]{z}^$\\*?-")
        == "a\\+b\\.c\\/d\\u{a}\\(x\\)\\|\\[y\\]\\{z\\}\\^\\$\\\\\\*\\?-"
    )


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("one", ["one"]),
        ("  one  \n\n", ["  one"]),
        ("\n\none\n\n two", ["one", "", " two"]),
        ("a\rb\u2028c\u0085d\x0ce", ["a", "b", "c", "d", "e"]),
        ("ends */ here", ["ends *\\/ here"]),
        ("**/", ["**\\/"]),
        ("@tag mid @tag a@b.c (@x) {@link y}", ["\\@tag mid \\@tag a@b.c (@x) {\\@link y}"]),
        ("* @tag", ["* \\@tag"]),
        ("@jsxImportSource evil", ["&#64;jsxImportSource evil"]),
        ("see b@JSX h", ["see b&#64;JSX h"]),
        ("x @ts-nocheck @license", ["x &#64;ts-nocheck &#64;license"]),
        ("//# sourceMappingURL=data:x", ["//&#35; sourceMappingURL=data:x"]),
        ("/*#__PURE__*/ @__NO_SIDE_EFFECTS__", ["/*&#35;__PURE__*\\/ &#64;__NO_SIDE_EFFECTS__"]),
        ("\u202eabc\x00", ["\\u202eabc\\u0000"]),
        ("", []),
    ],
)
def test_comment_lines(text: str, lines: list[str]) -> None:
    assert list(comment_lines(text)) == lines


def test_json_in_comments() -> None:
    assert comment_json({"a": ["`", None, 1.5]}) == '``{"a": ["`", null, 1.5]}``'
    assert comment_json("*/ @x \u2028 é 😀") == '`"*\\/ \\@x \\u2028 é \\ud83d\\ude00"`'


def test_comments() -> None:
    assert comment(ir.Doc(), "x") == ""
    assert comment(ir.Doc(description="Short."), "x", indentation=2) == "  /** Short. */\n"
    assert comment(ir.Doc(description="x" * 80), "x") == "/**\n * " + "x" * 80 + "\n */\n"
    assert comment(ir.Doc(title="User Name", description="Who."), "user_name") == "/** Who. */\n"
    assert (
        comment(ir.Doc(title="Nickname", description="Who."), "user_name")
        == "/**\n * Nickname\n *\n * Who.\n */\n"
    )
    assert comment(ir.Doc(title="Who", description="who"), "x") == "/** who */\n"
    assert comment(ir.Doc(deprecated=True), "x") == "/** @deprecated */\n"
    assert comment(
        ir.Doc(
            description="A\n\nB",
            deprecated="Use\ny.",
            default=(None,),
            examples=(1, "a"),
            read_only=True,
        ),
        "x",
    ) == (
        "/**\n * A\n *\n * B\n *\n * Read-only.\n *\n * @deprecated Use y.\n * @defaultValue `null`\n * @example `1`\n"
        ' * @example `"a"`\n */\n'
    )
    assert plain_comment(None) == ""
    assert line_comments("a\nb", "c") == "// a b\n// c"
