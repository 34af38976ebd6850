"""Docstrings without their indentation."""

from __future__ import annotations


def clean(text: str) -> str:
    """
    ``text`` as PEP 257 has it: without the common indentation and without blank lines around it.

    Only LF ends a line. ``inspect.cleandoc`` takes other characters for line ends as well, and which depends on the version.
    """
    lines = text.expandtabs().split("\n")
    margins = [len(line) - len(line.lstrip(" ")) for line in lines[1:] if line.strip(" ")]
    margin = min(margins, default=0)
    cleaned = [lines[0].lstrip(" "), *(line[margin:] for line in lines[1:])]
    while cleaned and not cleaned[-1].strip(" "):
        cleaned.pop()
    while cleaned and not cleaned[0].strip(" "):
        cleaned.pop(0)
    return "\n".join(cleaned)
