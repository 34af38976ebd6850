"""Strings: lengths in code points, patterns of both of Pydantic's dialects, and what is done to a string before it is checked."""

from __future__ import annotations

from .case import Case, accepts, both, emits, refused

LENGTHS: tuple[Case, ...] = (
    both(
        "string",
        """
        class Root(BaseModel):
            a: str
        """,
        ["Root(a='')", "Root(a='é😀')", "Root(a='\\x00\\n\"\\\\ \\u2028')"],
        [{"a": None}, {"a": 1}, {"a": True}, {"a": ["a"]}, {"a": {}}, {}, [], "a", None],
    ),
    both(
        "min-length-counts-code-points",
        """
        class Root(BaseModel):
            a: str = Field(min_length=2)
        """,
        ["Root(a='ab')", "Root(a='😀😀')", "Root(a='e\\u0301')"],
        [{"a": ""}, {"a": "a"}, {"a": "😀"}],
    ),
    both(
        "max-length-counts-code-points",
        """
        class Root(BaseModel):
            a: str = Field(max_length=2)
        """,
        ["Root(a='')", "Root(a='😀😀')", "Root(a='e\\u0301')"],
        [{"a": "abc"}, {"a": "😀😀😀"}, {"a": "e\u0301x"}],
    ),
    both(
        "fixed-length",
        """
        class Root(BaseModel):
            a: Annotated[str, StringConstraints(min_length=3, max_length=3)]
        """,
        ["Root(a='abc')", "Root(a='😀é\\u2028')"],
        [{"a": "ab"}, {"a": "abcd"}, {"a": "😀b"}],
    ),
    both(
        "empty-only",
        """
        class Root(BaseModel):
            a: str = Field(max_length=0)
        """,
        ["Root(a='')"],
        [{"a": " "}, {"a": "\u200b"}],
    ),
    both(
        "lengths-from-config",
        """
        class Root(BaseModel):
            model_config = ConfigDict(str_min_length=1, str_max_length=3)
            a: str
        """,
        ["Root(a='abc')", "Root(a='x')"],
        [{"a": ""}, {"a": "abcd"}],
    ),
    both(
        "lengths-of-an-alias",
        """
        Name = Annotated[str, Field(min_length=1, max_length=4)]
        class Root(BaseModel):
            a: list[Name]
            b: Name | None
        """,
        ["Root(a=['x', 'yyyy'], b=None)", "Root(a=[], b='zz')"],
        [{"a": [""], "b": None}, {"a": ["12345"], "b": None}, {"a": [], "b": ""}],
    ),
    both(
        "stacked-lengths-keep-the-narrowest",
        """
        Short = Annotated[str, Field(max_length=5)]
        class Root(BaseModel):
            a: Annotated[Short, Field(max_length=3)]
        """,
        ["Root(a='abc')"],
        [{"a": "abcd"}, {"a": "abcdef"}],
    ),
    both(
        "strict-string",
        """
        class Root(BaseModel):
            a: StrictStr
            b: str = Field(strict=True, min_length=1)
        """,
        ["Root(a='', b='x')"],
        [{"a": 1, "b": "x"}, {"a": "", "b": ""}, {"a": "", "b": 2}],
    ),
    accepts(
        "strip-before-counting",
        """
        class Root(BaseModel):
            a: Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=3)]
        """,
        [{"a": "ab"}, {"a": "   abc\n "}, {"a": "\u2003ab\u00a0"}],
        [{"a": "   "}, {"a": " a "}, {"a": " abcd "}],
    ),
    accepts(
        "strip-before-pattern",
        """
        class Root(BaseModel):
            model_config = ConfigDict(str_strip_whitespace=True)
            a: str = Field(pattern='^[a-z]+$')
        """,
        [{"a": "ab"}, {"a": " ab "}],
        [{"a": "a b"}, {"a": "A"}, {"a": ""}],
    ),
    accepts(
        "lower-before-pattern",
        """
        class Root(BaseModel):
            a: Annotated[str, StringConstraints(to_lower=True, pattern='^[A-Z]+$')]
            b: Annotated[str, StringConstraints(to_upper=True, max_length=2)]
        """,
        [{"a": "AB", "b": "ab"}],
        [{"a": "A1", "b": "ab"}, {"a": "A", "b": "abc"}],
    ),
    emits(
        "stripped-and-lowered",
        """
        class Root(BaseModel):
            a: Annotated[str, StringConstraints(strip_whitespace=True, to_lower=True, max_length=3)]
        """,
        ["Root(a=' ABC ')", "Root(a='É')"],
        [{"a": "abcd"}, {"a": 1}],
    ),
    accepts(
        "numbers-as-strings",
        """
        class Root(BaseModel):
            model_config = ConfigDict(coerce_numbers_to_str=True)
            a: str
        """,
        [{"a": "x"}],
        [{"a": None}, {"a": []}],
    ),
    both(
        "subclass-of-str",
        """
        class Root(BaseModel):
            a: constr(min_length=1)
            b: NewType('Name', str)
        """,
        ["Root(a='x', b='y')"],
        [{"a": "", "b": "y"}, {"a": "x", "b": 1}],
    ),
    both(
        "lengths-through-null-and-alias",
        """
        Name = TypeAliasType('Name', Annotated[str, Field(min_length=1)])
        class Root(BaseModel):
            a: Annotated[str | None, Field(min_length=2)]
            b: Annotated[Name, Field(max_length=2)]
            c: Name | None
        """,
        ["Root(a=None, b='x', c=None)", "Root(a='ab', b='xy', c='z')"],
        [
            {"a": "a", "b": "x", "c": None},
            {"a": None, "b": "xyz", "c": None},
            {"a": None, "b": "", "c": None},
            {"a": None, "b": "x", "c": ""},
        ],
    ),
    both(
        "constraints-on-a-union",
        """
        class Root(BaseModel):
            a: Annotated[str | list[str], Field(max_length=2)]
        """,
        ["Root(a='xy')", "Root(a=['x', 'yyy'])"],
        [{"a": "xyz"}, {"a": ["x", "y", "z"]}, {"a": 1}],
    ),
)


def pattern(
    name: str, regex: str, right: list[str], wrong: list[str], engine: str = "rust-regex"
) -> Case:
    """A string field with one pattern, both ways."""
    return both(
        f"pattern-{name}",
        f"""
        class Root(BaseModel):
            model_config = ConfigDict(regex_engine={engine!r})
            a: str = Field(pattern={regex!r})
        """,
        [f"Root(a={value!r})" for value in right],
        [{"a": value} for value in wrong],
    )


PATTERNS: tuple[Case, ...] = (
    pattern("is-searched", "b", ["b", "abc"], ["", "ac"]),
    pattern("anchored", "^a$", ["a"], ["a\n", "ba", "ab", ""]),
    pattern("unicode-digits", r"^\d+$", ["1", "٣4"], ["½", "a", "", "Ⅷ"]),
    pattern("unicode-words", r"^\w+$", ["é_1", "你好", "ﬀ", "e\u0301"], ["-", "a b", "€", "²"]),
    pattern(
        "unicode-spaces",
        r"^\s$",
        [" ", "\u0085", "\u00a0", "\u2028"],
        ["\ufeff", "\u200b", "\x1c", "a"],
    ),
    pattern(
        "not-digit-not-word-not-space", r"^\D\W\S$", ["a-a", "½€½"], ["1-a", "aaa", "a- ", "٣-a"]
    ),
    pattern("classes-inside-a-class", r"^[\d\s.]+$", ["1 .", "٣\u00a0"], ["a", "1a", "\ufeff"]),
    pattern("negated-class", r"^[^\w,]+$", ["- €"], ["é", ",", "a"]),
    pattern("dot", "^.$", ["a", "\r", "\u2028", "\u0085", "😀"], ["\n", "", "ab"]),
    pattern("word-boundary", r"\bé\b", ["é", "a é b"], ["aé", "éa", "你é"]),
    pattern("not-a-boundary", r"é\Bé", ["éé"], ["é é", "é"]),
    pattern("astral-class", "^[😀-😂]$", ["😀", "😁"], ["a", "\U0001f603", "😀😀"]),
    pattern("property", r"^\p{Lu}\P{L}$", ["A1", "É-"], ["a1", "AA"]),
    pattern("property-in-short", r"^\pL\PN$", ["éx", "你-"], ["1x", "a1"]),
    pattern("property-of-a-script", r"^\p{Greek}+$", ["αβ"], ["a", "я"]),
    pattern("posix-class", "^[[:alpha:]_]+$", ["aZ_"], [":", "é", "1"]),
    pattern("class-intersection", "^[a-z&&[^aeiou]]+$", ["bcd"], ["a", "&", "B"]),
    pattern("class-difference", "^[a-z--[aeiou]]+$", ["bcd"], ["a", "-", "B"]),
    pattern("nested-class", "^[a[bc]]$", ["a", "b", "c"], ["[", "]", "a]"]),
    pattern("flag-i", "(?i)^ab$", ["ab", "AB", "aB"], ["a", "ac"]),
    pattern("flag-i-unicode", "(?i)^straße k$", ["STRAẞE K", "straße \u212a"], ["strasse k"]),
    pattern("flag-i-in-a-group", "^(?i:a)b$", ["ab", "Ab"], ["aB", "AB"]),
    pattern("flag-s", "(?s)^a.b$", ["a\nb", "axb"], ["ab", "a\n\nb"]),
    pattern("flag-m", "(?m)^b$", ["b", "a\nb\nc"], ["ab", "a\rb"]),
    pattern("flag-x", "(?x)^ a b $  # both", ["ab"], ["a b", " ab"]),
    pattern("named-groups", r"^(?P<year>\d{4})-(?<month>\d\d)$", ["2024-01"], ["24-01", "2024-1"]),
    pattern(
        "code-point-escapes",
        r"^\x{1F600}\u{41}\U0001F601\x42\u0043$",
        ["😀A😁BC"],
        ["x{1F600}", "A"],
    ),
    pattern(
        "control-escapes", r"^\a\f\v\t\r\n$", ["\x07\x0c\x0b\t\r\n"], ["a\x0c\x0b\t\r\n", "afvtrn"]
    ),
    pattern(
        "needless-escapes",
        r"^\-\_?\@\"\'\ \#\~\!\%\&\,\:\;\=\`$",
        ["-@\"' #~!%&,:;=`"],
        ["\\-@", ""],
    ),
    pattern("lone-brackets", "^a]}$", ["a]}"], ["a", "a]"]),
    pattern("bracket-first-in-class", "^[]a][^]a]$", ["]b", "ab"], ["b]", "]]"]),
    pattern(
        "slashes-and-quotes",
        r"^a/b\/'\"`\$\{x\}</script>\*/$",
        ["a/b/'\"`${x}</script>*/"],
        ["a/b"],
    ),
    pattern("line-breaks", "^a\n\r\u2028\u2029$", ["a\n\r\u2028\u2029"], ["a", "a\n"]),
    pattern("text-anchors", r"(?m)\Aa\z", ["a"], ["a\n", "b\na"]),
    pattern("repeats-of-a-repeat", "^a{2}{3}$", ["aaaaaa"], ["aa", "aaaaa"]),
    pattern("plus-of-a-plus", "^a++b$", ["aab"], ["b", "aa"]),
    pattern("empty-branch", "^(?:a|)$", ["", "a"], ["b"]),
    pattern("lazy", "^a+?b{1,2}?$", ["aab", "abb"], ["b", "abbb"]),
    pattern("start-and-end-of-word", r"\<a\>", ["b a", "a"], ["ab", "ba"]),
    pattern("python-end-of-string", "^a$", ["a", "a\n"], ["a\n\n", "ab"], "python-re"),
    pattern("python-text-end", r"^a\Z", ["a"], ["a\n"], "python-re"),
    pattern(
        "python-lookarounds",
        r"^(?=.*\d)(?!x)[a-z0-9]+(?<=z)$",
        ["a1z"],
        ["abz", "x1z", "1a"],
        "python-re",
    ),
    pattern(
        "python-backreferences",
        r"^(?P<q>['\"]).*(?P=q)(\d)\2$",
        ["'a'11"],
        ["'a\"11", "'a'12"],
        "python-re",
    ),
    pattern(
        "python-words", r"^\w\d\s$", ["²٣\x1c", "é1\u00a0"], ["-1 ", "é² ", "a1\ufeff"], "python-re"
    ),
    pattern(
        "python-open-repeat", "^a{,2}b{c$", ["b{c", "aab{c"], ["aaab{c", "a{,2}b{c"], "python-re"
    ),
    pattern("python-octal-and-null", r"^\0\07\x41$", ["\x00\x07A"], ["0", "A"], "python-re"),
    pattern("python-flag-m", "(?m)^a$", ["a", "b\na\nc"], ["ab", "b"], "python-re"),
    pattern("of-bytes", r"^(?-u:\w)$", ["e", "_"], ["é", "-"]),
    pattern("ungreedy", "(?U)^a+b*$", ["a", "aab"], ["b", "ba"]),
    both(
        "pattern-of-an-alias-is-replaced",
        """
        class Root(BaseModel):
            a: Annotated[Annotated[str, Field(pattern='^a')], Field(pattern='z$')]
        """,
        ["Root(a='az')", "Root(a='bz')"],
        [{"a": "ab"}, {"a": ""}],
    ),
    both(
        "pattern-compiled-with-flags",
        """
        class Root(BaseModel):
            a: str = Field(pattern=re.compile('^a.b$', re.IGNORECASE | re.DOTALL))
        """,
        ["Root(a='A\\nB')", "Root(a='axb')"],
        [{"a": "ab"}, {"a": "a\n\nb"}],
    ),
    refused(
        "pattern-with-a-conditional",
        """
        class Root(BaseModel):
            model_config = ConfigDict(regex_engine='python-re')
            a: str = Field(pattern='^(a)?(?(1)b|c)$')
        """,
        "pattern",
        "Root.a",
    ),
)

CASES = (*LENGTHS, *PATTERNS)
