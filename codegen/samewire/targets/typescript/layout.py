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

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

WIDTH: Final = 80
INDENT: Final = 2


@dataclass(slots=True, eq=False)
class Line:
    """A place to break: a space (or nothing, when ``soft``) if the enclosing group is flat. ``hard`` always breaks."""

    soft: bool = False
    hard: bool = False
    line: str | None = field(init=False)

    def __post_init__(self) -> None:
        self.line = None if self.hard else "" if self.soft else " "


@dataclass(slots=True, eq=False)
class _Holder:
    """A document around another one. ``line`` is the whole on one line; ``None`` if it has a break that is certain."""

    contents: Doc
    line: str | None = field(init=False)

    def __post_init__(self) -> None:
        self.line = flat_text(self.contents)


@dataclass(slots=True, eq=False)
class Indent(_Holder):
    columns: int = INDENT


@dataclass(slots=True, eq=False)
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
    line: str | None = field(init=False)

    def __post_init__(self) -> None:
        self.line = None if self.broken else flat_text(self.contents)


@dataclass(slots=True, eq=False)
class IfBroken:
    """``broken`` or ``flat``, by the state of the enclosing group or of the group called ``name``."""

    broken: Doc
    flat: Doc = ""
    name: str | None = None
    line: str | None = field(init=False)

    def __post_init__(self) -> None:
        self.line = flat_text(self.flat)


@dataclass(slots=True, eq=False)
class IndentIfBroken(_Holder):
    name: str


@dataclass(slots=True, eq=False)
class Fill(_Holder):
    """Contents and separators in turn; a separator breaks only if what follows it does not fit on its line."""

    contents: tuple[Doc, ...]


@dataclass(slots=True, eq=False)
class MemberChain(_Holder):
    """Marks a document as a method chain, which callers may not move to a line of its own."""


@dataclass(slots=True, eq=False)
class Fitting:
    """
    A group of which only the text is known that it is on one line, as most are. ``make`` lays it out where that does not fit.

    What ``make`` returns has no break that is certain, and ``line`` is what it is on one line.
    """

    line: str
    make: Callable[[], Doc]


@dataclass(slots=True, eq=False)
class BreakParent:
    """Breaks every group it stands in."""

    line: None = None


_Composed: TypeAlias = (
    "Line | Indent | Group | IfBroken | IndentIfBroken | Fill | MemberChain | Fitting | BreakParent"
)
Doc: TypeAlias = "str | tuple[Doc, ...] | _Composed"


def flat_text(doc: Doc) -> str | None:
    """``doc`` on one line; ``None`` if it has a break that is certain."""
    if isinstance(doc, str):
        return doc
    if not isinstance(doc, tuple):
        return doc.line
    parts = []
    for part in doc:
        if isinstance(part, str):
            parts.append(part)
            continue
        text = flat_text(part) if isinstance(part, tuple) else part.line
        if text is None:
            return None
        parts.append(text)
    return "".join(parts)


LINE: Final = Line()
SOFTLINE: Final = Line(soft=True)
BREAK: Final = BreakParent()
HARDLINE: Final[Doc] = (Line(hard=True), BREAK)


def will_break(doc: Doc) -> bool:
    """Whether ``doc`` contains a break that is certain."""
    if flat_text(doc) is not None:
        return False
    match doc:
        case str() | IfBroken() | Fitting():
            return False
        case tuple():
            return any(map(will_break, doc))
        case Line() | BreakParent():
            return True
        case Group(broken=True):
            return True
        case _:
            return will_break(doc.contents)


def group(*contents: Doc, broken: bool = False, name: str | None = None) -> Doc:
    """A group; the text itself, where there is nothing to break, and what is one already."""
    if not broken and name is None:
        if len(contents) == 1 and isinstance(contents[0], Fitting):
            return contents[0]
        if (text := _text(contents)) is not None:
            return text
    made = Group(contents, broken, name=name)
    if made.line is None and not broken:
        made.broken = _breaks_parent(contents)
    return made


def fitting(line: tuple[Doc, ...], make: Callable[[], Doc]) -> Doc:
    """The group that ``make`` returns, which says ``line`` if it is on one: laid out at once where a break is certain."""
    text = flat_text(line)
    return make() if text is None else Fitting(text, make)


def concat(*docs: Doc) -> Doc:
    """Documents one after the other; one text, where they are texts."""
    text = _text(docs)
    return docs if text is None else text


def _text(docs: tuple[Doc, ...]) -> str | None:
    for doc in docs:
        if not isinstance(doc, str):
            return None
    return "".join(docs)  # type: ignore[arg-type]


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
    """The same of what is between a group and those in it, which have found out by themselves."""
    if isinstance(doc, str | Line | IfBroken | Fitting):
        return False
    if isinstance(doc, tuple):
        return any(map(_breaks_parent, doc))
    if isinstance(doc, Group):
        return doc.broken
    return doc.line is None and (isinstance(doc, BreakParent) or _breaks_parent(doc.contents))


def width(text: str) -> int:
    """Columns of a text whose characters the sinks let through: two for East Asian ones, one for all others."""
    if text.isascii():
        return len(text)
    return sum(2 if "\u3041" <= char <= "\ud7a3" else 1 for char in text)


_Command: TypeAlias = tuple[int, bool, Doc]  # columns of indentation, flat, document


def print_doc(doc: Doc, *, column: int = 0, indentation: int = 0) -> str:
    """The text of ``doc``, of which the first line begins at ``column`` and later ones at ``indentation``."""
    line = flat_text(doc)
    if line is not None and column + width(line) <= WIDTH:  # so are most
        return line
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
                commands.extend([(indentation, flat, part) for part in reversed(doc)])
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
        elif isinstance(doc, Fitting):
            self.commands.append(self._fitting(indentation, flat, doc))
        elif isinstance(doc, Indent):
            self.commands.append((indentation + doc.columns, flat, doc.contents))
        elif isinstance(doc, IfBroken):
            is_flat = flat if doc.name is None else self.flat_groups[doc.name]
            self.commands.append((indentation, flat, doc.flat if is_flat else doc.broken))
        elif isinstance(doc, IndentIfBroken):
            inner = indentation if self.flat_groups[doc.name] else indentation + INDENT
            self.commands.append((inner, flat, doc.contents))
        elif isinstance(doc, Fill):
            self._fill(indentation, flat, doc.contents)
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
            command = (indentation, True, group.contents if group.line is None else group.line)
            if self._fits(command):
                return command
        if not group.shapes:
            return indentation, False, group.contents
        if not group.broken:
            for shape in group.shapes[1:-1]:
                if self._fits((indentation, True, shape)):
                    return indentation, True, shape
        return indentation, False, group.shapes[-1]

    def _fitting(self, indentation: int, flat: bool, doc: Fitting) -> _Command:
        line = (indentation, True, doc.line)
        if flat and not self.remeasure:
            return line
        self.remeasure = False
        return line if self._fits(line) else (indentation, False, doc.make())

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
            elif isinstance(doc, tuple):
                stack.extend([(indentation, flat, part) for part in reversed(doc)])
            elif isinstance(doc, Group):
                if alone and doc.broken:
                    return False
                shape_flat = flat and not doc.broken
                contents = doc.shapes[-1] if doc.shapes and not shape_flat else doc.contents
                stack.append((indentation, shape_flat, contents))
            elif isinstance(doc, Fitting):
                stack.append((indentation, flat, doc.line if flat else doc.make()))
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
