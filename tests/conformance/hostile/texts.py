"""Text that tries to be more than text."""

from __future__ import annotations

from hypothesis import strategies as st

PAYLOAD = "globalThis.pwned=1"

# What ends a string, a template, a comment, a regular expression or a line somewhere in a TypeScript file, and what means
# something to JavaScript, JSDoc, JSON, HTML or a reader's eye.
FRAGMENTS = (
    *"\"'`\\/*$#@<>{}[]()=:;,.!?-_^|&~+% \t",
    *"\0\a\b\n\r\v\f\x1b\x7f\x80\x85\xa0\xad",
    *"\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a\u202e\u2060\u2066\u2069\ufeff\ufffe\uffff",
    *"aZ09éßДא字あ한\u0301\u0345ﬁ\u2160\u00b2\u00aa\U0001f600\U00020000\U000e0041\U0010ffff",
    "${",
    "*/",
    "/*",
    "//",
    "\\\\",
    "\\u0022",
    "\\u{2a}/",
    "\\x60",
    "\\0",
    "\r\n",
    '"),(',
    "`+`",
    "]:1,[",
    "</script>",
    "<!--",
    "-->",
    "]]>",
    "{@link x}",
    "\n@internal ",
    "{{ x }}",
    "{% raw %}",
    "{#",
    "%s",
    "__proto__",
    "constructor",
    "toString",
    "hasOwnProperty",
    "default",
    "undefined",
    "NaN",
    "-0",
    "1e3",
    "0x10",
    PAYLOAD,
    f";{PAYLOAD};",
    f"\n{PAYLOAD}\n",
    f"*/{PAYLOAD}/*",
    f"${{{PAYLOAD}}}",
    f'"+({PAYLOAD})+"',
)

pieces = st.sampled_from(FRAGMENTS) | st.characters(exclude_categories=["Cs"])
texts = st.lists(pieces, max_size=6).map("".join)
"""Any Unicode text; lone surrogates, which only JSON can carry, are in ``json_texts``."""

json_texts = st.lists(pieces | st.sampled_from(["\ud800", "\udc00"]), max_size=6).map("".join)

UNSEEN = "\r\0\b\x0b\x0c\x1b\x7f\x85\xad\u061c\u200b\u200e\u2028\u2029\u202e\u2066\ufeff"
"""Characters that may not stand in a generated file: a reader would not see them, or see something else."""
