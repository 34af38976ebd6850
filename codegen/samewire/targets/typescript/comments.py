"""
Documentation comments, as TSDoc (https://tsdoc.org) has them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from samewire.ir import Doc
from samewire.targets.typescript.layout import WIDTH
from samewire.targets.typescript.syntax import Code, comment_json, comment_lines

NO_COMMENT = Code("")
_DOUBLE_TICKS = re.compile(
    r"``([^`\n]+)``"
)  # code in reStructuredText, as Python's docstrings have it


def comment(doc: Doc, key: str, *, indentation: int = 0) -> Code:
    """
    A comment of whole lines that says what ``doc`` does, or nothing.

    ``key`` is the name of what is documented: a text that only spells it in words is left out.
    """
    paragraphs: list[Sequence[str]] = []
    if doc.title is not None and says_more(doc.title, key, doc.description or ""):
        paragraphs.append(comment_lines(doc.title))
    if doc.description is not None and says_more(doc.description, key):
        paragraphs.append(comment_lines(_DOUBLE_TICKS.sub(r"`\1`", doc.description)))
    if doc.read_only:
        paragraphs.append(("Read-only.",))
    if doc.write_only:
        paragraphs.append(("Write-only.",))
    lines = _joined(paragraphs)
    tags = _tags(doc)
    if lines and tags:
        lines.append("")
    return _block([*lines, *tags], indentation=indentation)


def plain_comment(text: str | None, *, indentation: int = 0) -> Code:
    return _block(list(comment_lines(text or "")), indentation=indentation)


def line_comments(*texts: str) -> Code:
    """``// text``, a line each."""
    return Code("\n".join(f"// {' '.join(comment_lines(text))}".rstrip() for text in texts))


def _tags(doc: Doc) -> list[str]:
    tags: list[str] = []
    if doc.deprecated is not False:
        reason = " ".join(comment_lines(doc.deprecated)) if isinstance(doc.deprecated, str) else ""
        tags.append(f"@deprecated {reason}".rstrip())
    tags += [f"@defaultValue {comment_json(value)}" for value in doc.default]
    tags += [f"@example {comment_json(value)}" for value in doc.examples]
    return tags


def _joined(paragraphs: Sequence[Sequence[str]]) -> list[str]:
    lines: list[str] = []
    for paragraph in paragraphs:
        if lines and paragraph:
            lines.append("")
        lines += paragraph
    return lines


def _block(lines: list[str], *, indentation: int) -> Code:
    margin = " " * indentation
    if not lines:
        return NO_COMMENT
    if len(lines) == 1 and indentation + len(lines[0]) + len("/**  */") <= WIDTH:
        return Code(f"{margin}/** {lines[0]} */\n")
    body = "".join(f"{margin} * {line}".rstrip() + "\n" for line in lines)
    return Code(f"{margin}/**\n{body}{margin} */\n")


def says_more(text: str, *others: str) -> bool:
    """Whether a text is more than one of the others in words."""
    return _words(text) not in map(_words, others)


def _words(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower()
