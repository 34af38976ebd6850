"""
A document printer: text with possible line breaks in, lines of at most 80 columns out.

The algebra is Wadler's ("A prettier printer", 2003) with the additions the prettier formatter made to it: conditional
groups that list several shapes, breaks that depend on another group, and filled lists. Where the choice of a break
matters, it follows the same rules as prettier, so that generated files are already formatted.

A document is a ``str`` without a line break, a tuple of documents, or one of the classes below. They are built once and
never changed; whether a document contains a forced break is found out when it is built. (They are not frozen, which would make
building them three times as slow, and the functions that go through them ask for the exact type.)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

WIDTH: Final = 80
INDENT: Final = 2
_UNASKED: Final = "\0"


@dataclass(slots=True, eq=False)
class Line:
    """A place to break: a space (or nothing, when ``soft``) if the enclosing group is flat. ``hard`` always breaks."""

    soft: bool = False
    hard: bool = False


@dataclass(slots=True, eq=False)
class Indent:
    contents: Doc
    columns: int = INDENT


@dataclass(slots=True, eq=False)
class Group:
    """
    Printed on one line if it fits there, with all its lines broken if not.

    ``shapes`` makes it conditional: the first of them that fits is printed, the last one in any case. ``name`` lets an
    :class:`IfBroken` elsewhere ask what became of this group. ``line`` is the group on one line, once somebody asked.
    """

    contents: Doc
    broken: bool = False
    shapes: tuple[Doc, ...] = ()
    name: str | None = None
    line: str | None = field(default=_UNASKED, init=False)


@dataclass(slots=True, eq=False)
class IfBroken:
    """``broken`` or ``flat``, by the state of the enclosing group or of the group called ``name``."""

    broken: Doc
    flat: Doc = ""
    name: str | None = None


@dataclass(slots=True, eq=False)
class IndentIfBroken:
    contents: Doc
    name: str


@dataclass(slots=True, eq=False)
class Fill:
    """Contents and separators in turn; a separator breaks only if what follows it does not fit on its line."""

    parts: tuple[Doc, ...]


@dataclass(slots=True, eq=False)
class MemberChain:
    """Marks a document as a method chain, which callers may not move to a line of its own."""

    contents: Doc


@dataclass(slots=True, eq=False)
class BreakParent:
    """Breaks every group it stands in."""


_Composed: TypeAlias = (
    "Line | Indent | Group | IfBroken | IndentIfBroken | Fill | MemberChain | BreakParent"
)
Doc: TypeAlias = "str | tuple[Doc, ...] | _Composed"

LINE: Final = Line()
SOFTLINE: Final = Line(soft=True)
BREAK: Final = BreakParent()
HARDLINE: Final[Doc] = (Line(hard=True), BREAK)


def will_break(doc: Doc) -> bool:
    """Whether ``doc`` contains a break that is certain."""
    match doc:
        case str() | IfBroken():
            return False
        case tuple():
            return any(map(will_break, doc))
        case Line(hard=hard):
            return hard
        case BreakParent():
            return True
        case Group(broken=True):
            return True
        case Fill(parts):
            return will_break(parts)
        case _:
            return will_break(doc.contents)


def group(*contents: Doc, broken: bool = False, name: str | None = None) -> Group:
    return Group(contents, broken or _breaks_parent(contents), name=name)


def choose(*shapes: Doc) -> Group:
    """A conditional group. Breaks inside it do not break the groups around it; the caller says so where they should."""
    return Group(shapes[0], shapes=shapes)


def indent(*contents: Doc) -> Indent:
    return Indent(contents)


def join(separator: Doc, docs: Sequence[Doc]) -> Doc:
    joined: list[Doc] = []
    for index, doc in enumerate(docs):
        if index:
            joined.append(separator)
        joined.append(doc)
    return tuple(joined)


def _breaks_parent(doc: Doc) -> bool:
    kind = type(doc)
    if kind is str or kind is Line or kind is IfBroken:
        return False
    if isinstance(doc, tuple):
        return any(type(part) is not str and _breaks_parent(part) for part in doc)
    if isinstance(doc, Group):
        return doc.broken
    if isinstance(doc, Fill):
        return _breaks_parent(doc.parts)
    if isinstance(doc, Indent | IndentIfBroken | MemberChain):
        return _breaks_parent(doc.contents)
    return kind is BreakParent


def width(text: str) -> int:
    """Columns of a text whose characters the sinks let through: two for East Asian ones, one for all others."""
    if text.isascii():
        return len(text)
    return sum(2 if "\u3041" <= char <= "\ud7a3" else 1 for char in text)


def flat_text(doc: Doc) -> str | None:
    """``doc`` on one line; ``None`` if it has a break that is certain."""
    if isinstance(doc, str):
        return doc
    if isinstance(doc, tuple):
        parts = []
        for part in doc:
            text = part if type(part) is str else flat_text(part)
            if text is None:
                return None
            parts.append(text)
        return "".join(parts)
    if isinstance(doc, Group):
        if doc.line is _UNASKED:
            doc.line = None if doc.broken else flat_text(doc.contents)
        return doc.line
    if isinstance(doc, Line):
        return None if doc.hard else "" if doc.soft else " "
    if isinstance(doc, IfBroken):
        return flat_text(doc.flat)
    if isinstance(doc, Fill):
        return flat_text(doc.parts)
    return None if isinstance(doc, BreakParent) else flat_text(doc.contents)


_Command: TypeAlias = tuple[int, bool, Doc]  # columns of indentation, flat, document


def print_doc(doc: Doc, *, column: int = 0, indentation: int = 0) -> str:
    """The text of ``doc``, of which the first line begins at ``column`` and later ones at ``indentation``."""
    return _Printer(column).run((indentation, False, doc))


class _Printer:
    def __init__(self, column: int) -> None:
        self.out: list[str] = []
        self.column = column
        self.commands: list[_Command] = []
        self.flat_groups: dict[str, bool] = {}
        self.remeasure = False

    def run(self, command: _Command) -> str:
        commands, out = self.commands, self.out
        commands.append(command)
        while commands:
            indentation, flat, doc = commands.pop()
            if isinstance(doc, str):
                out.append(doc)
                self.column += width(doc)
            elif isinstance(doc, tuple):
                for part in reversed(doc):
                    commands.append((indentation, flat, part))
            else:
                self._step(indentation, flat, doc)
        return "".join(out)

    def _step(self, indentation: int, flat: bool, doc: _Composed) -> None:
        if isinstance(doc, Line):
            self._line(indentation, flat, doc)
        elif isinstance(doc, Group):
            command = self._group(indentation, flat, doc)
            self.commands.append(command)
            if doc.name is not None:
                self.flat_groups[doc.name] = command[1]
        elif isinstance(doc, Indent):
            self.commands.append((indentation + doc.columns, flat, doc.contents))
        elif isinstance(doc, IfBroken):
            is_flat = flat if doc.name is None else self.flat_groups[doc.name]
            self.commands.append((indentation, flat, doc.flat if is_flat else doc.broken))
        elif isinstance(doc, IndentIfBroken):
            inner = indentation if self.flat_groups[doc.name] else indentation + INDENT
            self.commands.append((inner, flat, doc.contents))
        elif isinstance(doc, Fill):
            self._fill(indentation, flat, doc.parts)
        elif isinstance(doc, MemberChain):
            self.commands.append((indentation, flat, doc.contents))

    def _line(self, indentation: int, flat: bool, line: Line) -> None:
        if flat and not line.hard:
            if not line.soft:
                self.out.append(" ")
                self.column += 1
            return
        if flat:
            self.remeasure = True
        while self.out and not self.out[-1].strip(" "):
            self.out.pop()
        if self.out:
            self.out[-1] = self.out[-1].rstrip(" ")
        self.out.append("\n" + " " * indentation)
        self.column = indentation

    def _group(self, indentation: int, flat: bool, group: Group) -> _Command:
        if flat and not self.remeasure:
            return indentation, not group.broken, group.contents
        self.remeasure = False
        if not group.broken:
            text = flat_text(group)
            command = (indentation, True, group.contents if text is None else text)
            if self._fits(command):
                return command
        if not group.shapes:
            return indentation, False, group.contents
        if not group.broken:
            for shape in group.shapes[1:-1]:
                if self._fits((indentation, True, shape)):
                    return indentation, True, shape
        return indentation, False, group.shapes[-1]

    def _fill(self, indentation: int, flat: bool, parts: tuple[Doc, ...]) -> None:
        if not parts:
            return
        content, *rest = parts
        fits = self._fits((indentation, True, content), alone=True)
        if not rest:
            self.commands.append((indentation, fits, content))
            return
        separator, *following = rest
        together = following and self._fits(
            (indentation, True, (content, separator, following[0])), alone=True
        )
        if following:
            self.commands.append((indentation, flat, Fill(tuple(following))))
        self.commands.append((indentation, bool(together), separator))
        self.commands.append((indentation, fits, content))

    def _fits(self, command: _Command, *, alone: bool = False) -> bool:
        """Whether the text up to the next certain break stays within the width; ``alone`` ignores what comes after."""
        remaining = WIDTH - self.column
        rest = 0 if alone else len(self.commands)
        stack = [command]
        pending_space = False
        while remaining >= 0:
            if not stack:
                if not rest:
                    return True
                rest -= 1
                stack.append(self.commands[rest])
                continue
            indentation, flat, doc = stack.pop()
            if isinstance(doc, str):
                if doc:
                    remaining -= width(doc) + pending_space
                    pending_space = False
            elif isinstance(doc, tuple | Fill):
                parts = doc.parts if isinstance(doc, Fill) else doc
                stack.extend([(indentation, flat, part) for part in reversed(parts)])
            elif isinstance(doc, Group):
                if alone and doc.broken:
                    return False
                shape_flat = flat and not doc.broken
                contents = doc.shapes[-1] if doc.shapes and not shape_flat else doc.contents
                stack.append((indentation, shape_flat, contents))
            elif isinstance(doc, IfBroken):
                is_flat = flat if doc.name is None else self.flat_groups.get(doc.name, True)
                stack.append((indentation, flat, doc.flat if is_flat else doc.broken))
            elif isinstance(doc, Line):
                if doc.hard or not flat:
                    return True
                pending_space = pending_space or not doc.soft
            elif not isinstance(doc, BreakParent):
                stack.append((indentation, flat, doc.contents))
        return False
