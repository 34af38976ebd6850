"""
A document printer: text with possible line breaks in, lines of at most 80 columns out.

The algebra is Wadler's ("A prettier printer", 2003) with the additions the prettier formatter made to it: conditional
groups that list several shapes, breaks that depend on another group, and filled lists. Where the choice of a break
matters, it follows the same rules as prettier, so that generated files are already formatted.

A document is a ``str`` without a line break, a tuple of documents, or one of the classes below. They are built once and
never changed; whether a document contains a forced break is found out when it is built.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

WIDTH: Final = 80
INDENT: Final = 2


@dataclass(frozen=True, slots=True)
class Line:
    """A place to break: a space (or nothing, when ``soft``) if the enclosing group is flat. ``hard`` always breaks."""

    soft: bool = False
    hard: bool = False


@dataclass(frozen=True, slots=True)
class Indent:
    contents: Doc
    columns: int = INDENT


@dataclass(frozen=True, slots=True)
class Group:
    """
    Printed on one line if it fits there, with all its lines broken if not.

    ``shapes`` makes it conditional: the first of them that fits is printed, the last one in any case. ``name`` lets an
    :class:`IfBroken` elsewhere ask what became of this group.
    """

    contents: Doc
    broken: bool = False
    shapes: tuple[Doc, ...] = ()
    name: str | None = None


@dataclass(frozen=True, slots=True)
class IfBroken:
    """``broken`` or ``flat``, by the state of the enclosing group or of the group called ``name``."""

    broken: Doc
    flat: Doc = ""
    name: str | None = None


@dataclass(frozen=True, slots=True)
class IndentIfBroken:
    contents: Doc
    name: str


@dataclass(frozen=True, slots=True)
class Fill:
    """Contents and separators in turn; a separator breaks only if what follows it does not fit on its line."""

    parts: tuple[Doc, ...]


@dataclass(frozen=True, slots=True)
class MemberChain:
    """Marks a document as a method chain, which callers may not move to a line of its own."""

    contents: Doc


@dataclass(frozen=True, slots=True)
class BreakParent:
    """Breaks every group it stands in."""


Doc: TypeAlias = "str | tuple[Doc, ...] | Line | Indent | Group | IfBroken | IndentIfBroken | Fill | MemberChain | BreakParent"

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
    match doc:
        case str() | Line() | IfBroken():
            return False
        case tuple():
            return any(map(_breaks_parent, doc))
        case BreakParent():
            return True
        case Group(broken=broken):
            return broken
        case Fill(parts):
            return _breaks_parent(parts)
        case _:
            return _breaks_parent(doc.contents)


def width(text: str) -> int:
    """Columns of a text whose characters the sinks let through: two for East Asian ones, one for all others."""
    if text.isascii():
        return len(text)
    return sum(2 if "\u3041" <= char <= "\ud7a3" else 1 for char in text)


def _flat_text(doc: Doc) -> str | None:
    """``doc`` on one line; ``None`` if it has a break that is certain."""
    match doc:
        case str():
            return doc
        case tuple():
            parts = []
            for part in doc:
                text = part if type(part) is str else _flat_text(part)
                if text is None:
                    return None
                parts.append(text)
            return "".join(parts)
        case Line(soft, hard):
            return None if hard else "" if soft else " "
        case Group(broken=True) | BreakParent():
            return None
        case IfBroken(flat=flat):
            return _flat_text(flat)
        case Fill(parts):
            return _flat_text(parts)
        case _:
            return _flat_text(doc.contents)


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
        self.commands.append(command)
        while self.commands:
            self._step(*self.commands.pop())
        return "".join(self.out)

    def _step(self, indentation: int, flat: bool, doc: Doc) -> None:
        match doc:
            case str():
                self.out.append(doc)
                self.column += width(doc)
            case tuple():
                self.commands.extend((indentation, flat, part) for part in reversed(doc))
            case Line():
                self._line(indentation, flat, doc)
            case Indent(contents, columns):
                self.commands.append((indentation + columns, flat, contents))
            case Group():
                command = self._group(indentation, flat, doc)
                self.commands.append(command)
                if doc.name is not None:
                    self.flat_groups[doc.name] = command[1]
            case IfBroken(broken, whole, name):
                is_flat = flat if name is None else self.flat_groups[name]
                self.commands.append((indentation, flat, whole if is_flat else broken))
            case IndentIfBroken(contents, name):
                inner = indentation if self.flat_groups[name] else indentation + INDENT
                self.commands.append((inner, flat, contents))
            case Fill(parts):
                self._fill(indentation, flat, parts)
            case MemberChain(contents):
                self.commands.append((indentation, flat, contents))
            case BreakParent():
                pass

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
            text = _flat_text(group.contents)
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
            match doc:
                case str():
                    if doc:
                        remaining -= width(doc) + pending_space
                        pending_space = False
                case tuple() | Fill():
                    parts = doc.parts if isinstance(doc, Fill) else doc
                    stack.extend((indentation, flat, part) for part in reversed(parts))
                case Group():
                    if alone and doc.broken:
                        return False
                    shape_flat = flat and not doc.broken
                    contents = doc.shapes[-1] if doc.shapes and not shape_flat else doc.contents
                    stack.append((indentation, shape_flat, contents))
                case IfBroken(broken, whole, name):
                    is_flat = flat if name is None else self.flat_groups.get(name, True)
                    stack.append((indentation, flat, whole if is_flat else broken))
                case Line(soft, hard):
                    if hard or not flat:
                        return True
                    pending_space = pending_space or not soft
                case BreakParent():
                    pass
                case _:
                    stack.append((indentation, flat, doc.contents))
        return False
