"""
Plain text into Markdown (GitHub's, https://github.github.com/gfm), one filter a syntactic position.

All that could be markup is escaped, HTML included, so that a text shows as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final, assert_never

from samewire.targets.docs import html
from samewire.targets.docs.page import Machine, Row, TypeEntry
from samewire.targets.docs.spans import Block, Line, Listing, Paragraph, Preformatted, Span
from samewire.targets.typescript.syntax import visible

_SPECIAL: Final = re.compile(r"[\\`*{}\[\]<>|~$&]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
_AT_START: Final = re.compile(r"^(\s*)([#+=:-]|\d{1,9}[.)])", re.MULTILINE)
_RUNS: Final = re.compile("`+")


class Markdown(str):
    """Markdown that is already escaped for its position."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


def text(value: str) -> Markdown:
    """Escapes text within a line."""
    return Markdown(_SPECIAL.sub(_escaped, " ".join(visible(value).split())))


def _escaped(match: re.Match[str]) -> str:
    return {"<": "&lt;", ">": "&gt;", "&": "&amp;"}.get(match[0], f"\\{match[0]}")


def _code(value: str, *, in_cell: bool) -> str:
    """
    A code span, whose fence is longer than all that is in it.

    A cell ends at a bar also in code, and at one behind two backslashes, which code would show: then it is HTML.
    """
    shown = " ".join(visible(value).splitlines()) or " "
    if in_cell and "|" in shown:
        if "\\" in shown:
            return f"<code>{text(shown)}</code>"
        shown = shown.replace("|", "\\|")
    fence = "`" * (1 + max(map(len, _RUNS.findall(shown)), default=0))
    padded = f" {shown} " if shown[0] in "` " or shown[-1] in "` " else shown
    return f"{fence}{padded}{fence}"


def spans(value: Line, *, in_cell: bool = False) -> Markdown:
    """A line with code and links in it. What is code side by side is one span of code, up to a link."""
    parts: list[str] = []
    run = ""
    for span in value:
        if span.kind != "text" and span.to is None:
            run += span.text
            continue
        parts += [_padded_code(run, in_cell=in_cell)] if run else []
        run = ""
        linked = span.to is not None
        parts.append(_linked(span, in_cell=in_cell) if linked else _between(span.text))
    parts += [_padded_code(run, in_cell=in_cell)] if run else []
    return Markdown("".join(parts))


def _between(value: str) -> str:
    """Text beside code and links, with the spaces around it."""
    start, end = value[:1].isspace(), value[-1:].isspace()
    shown = text(value)
    return f"{' ' if start else ''}{shown}{' ' if end and shown else ''}"


def _padded_code(value: str, *, in_cell: bool) -> str:
    """Spaces at the ends stand outside of the code."""
    if not value.strip():
        return value
    start, end = value[:1] == " ", value[-1:] == " "
    return f"{' ' if start else ''}{_code(value.strip(' '), in_cell=in_cell)}{' ' if end else ''}"


def _linked(span: Span, *, in_cell: bool) -> str:
    to = span.to or ""
    if to.startswith(("https://", "http://")):
        return f"<{to}>"  # it has no character that ends it: see spans.prose
    inner = text(span.text) if span.kind == "text" else _code(span.text, in_cell=in_cell)
    return f"[{inner}](#{html.anchor(to)})"


def cell(value: Line) -> Markdown:
    """A line in a table cell."""
    return spans(value, in_cell=True)


def start(value: Markdown) -> Markdown:
    """Escapes the start of a line, so that it is not a heading, list or rule."""
    return Markdown(_AT_START.sub(_harmless, value))


def _harmless(match: re.Match[str]) -> str:
    mark = match[2]
    escaped = f"{mark[:-1]}\\{mark[-1]}" if mark[0].isdigit() else f"\\{mark}"
    return f"{match[1]}{escaped}"


def prose(value: tuple[Block, ...]) -> Markdown:
    return Markdown("\n\n".join(map(_block, value)))


def _block(block: Block) -> str:
    match block:
        case Paragraph(said):
            return str(start(spans(said)))
        case Listing(items):
            return "\n".join(f"* {start(spans(each))}" for each in items)
        case Preformatted(code):
            return str(fenced(code))
        case _:
            assert_never(block)


def flat(value: tuple[Block, ...]) -> Markdown:
    """Blocks in a cell of a table."""
    lines: list[str] = []
    for block in value:
        match block:
            case Paragraph(said):
                lines.append(cell(said))
            case Listing(items):
                lines += [f"• {cell(each)}" for each in items]
            case Preformatted(code):
                lines += [cell((Span(each, "code"),)) for each in code.splitlines() if each.strip()]
            case _:
                assert_never(block)
    return Markdown("<br>".join(lines))


def fenced(value: str, language: str = "") -> Markdown:
    fence = "`" * max(3, 1 + max(map(len, _RUNS.findall(value)), default=0))
    shown = "\n".join(visible(each) for each in value.split("\n"))
    return Markdown(f"{fence}{language}\n{shown}\n{fence}")


def block_of_code(value: Line, language: str) -> Markdown:
    return fenced("".join(span.text for span in value), language)


# --- What the rows of tables say --------------------------------------------------------------------------------------


def code(value: str) -> Markdown:
    return cell((Span(value, "code"),))


def phrases(value: Sequence[Line]) -> Markdown:
    return Markdown("; ".join(map(cell, value)))


def listed(value: Sequence[Line]) -> Markdown:
    return Markdown(", ".join(map(spans, value)))


def remarks(row: Row) -> Markdown:
    """What a cell says of a key beside its type."""
    said: list[str] = [flat(row.about)] if row.about else []
    if row.deprecated is not None:
        said.insert(0, f"**Deprecated.** {cell(row.deprecated)}".rstrip())
    return Markdown("<br>".join([*said, *([phrases(row.notes)] if row.notes else [])]))


def facts(each: TypeEntry) -> Markdown:
    known = [f"{each.kind}, {each.wire}", *map(spans, each.notes)]
    if each.source is not None:
        known.append(f"from {spans((Span(each.source, 'code'),))}")
    return Markdown("; ".join(known))


def diagram(machine: Machine) -> Markdown:
    """The states as a Mermaid diagram (https://mermaid.js.org), which GitHub and GitLab render."""
    names = {state: f"s{at}" for at, state in enumerate(machine.states)}
    lines = ["stateDiagram-v2"]
    lines += [f'  state "{_label(state)}" as {name}' for state, name in names.items()]
    for state, steps in machine.moves:
        for step in steps:
            event = _label("".join(span.text for span in step.event))
            lines.append(f"  {names[state]} --> {names[step.after]}: {event}")
    return fenced("\n".join(lines), "mermaid")


def _label(value: str) -> str:
    return re.sub(r"[^A-Za-z0-9 _.-]", lambda match: f"#{ord(match[0])};", value)


FILTERS: Final[Mapping[str, Callable[..., str]]] = {
    "text": text,
    "anchor": html.anchor,
    "spans": spans,
    "cell": cell,
    "code": code,
    "phrases": phrases,
    "listed": listed,
    "remarks": remarks,
    "facts": facts,
    "diagram": diagram,
    "prose": prose,
    "flat": flat,
    "source": block_of_code,
    "notice": html.notice,
}
