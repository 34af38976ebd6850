"""
Lays out expressions.

:func:`layout` follows prettier's rules for the forms of :mod:`samewire.targets.typescript.expressions` (calls that hug their
last argument, method chains, objects, arrays), so that formatting the output changes nothing.
"""

from __future__ import annotations

import re
from typing import Final, TypeAlias, assert_never

from samewire.targets.typescript.annotations import Reference, layout_type
from samewire.targets.typescript.expression_shapes import (
    composes,
    hugs_last,
    is_short,
    is_simple,
    size,
)
from samewire.targets.typescript.expressions import (
    ArrayLiteral,
    Arrow,
    Assertion,
    Call,
    Comparison,
    Constant,
    Entry,
    Expression,
    Getter,
    Instantiation,
    Logical,
    Member,
    Name,
    Negation,
    Number,
    ObjectLiteral,
    Pure,
    RegularExpression,
    Spread,
    Text,
    Thunk,
    TypeOf,
)
from samewire.targets.typescript.layout import (
    BREAK,
    HARDLINE,
    LINE,
    SOFTLINE,
    Doc,
    Fill,
    Group,
    IfBroken,
    IndentIfBroken,
    MemberChain,
    choose,
    concat,
    fitting,
    group,
    indent,
    join,
    width,
    will_break,
)
from samewire.targets.typescript.syntax import Code

_PURE: Final = "/* @__PURE__ */ "


def layout(expression: Expression) -> Doc:
    match expression:
        case Name(code) | Text(code) | Number(code) | Constant(code) | RegularExpression(code):
            return code
        case Member():
            return _access(expression)
        case TypeOf(operand):
            return concat("typeof ", layout(operand))
        case Call(Member(Name(code), key), arguments):  # a chain of one call
            return group(f"{code}{_member(key)}", _arguments(arguments))
        case Call(Member(), _):
            return _chain(expression)
        case Call(function, arguments):
            return concat(layout(function), _arguments(arguments))
        case Pure(call):
            marked = layout(call)
            whole = concat(_PURE, marked)
            return MemberChain(whole) if isinstance(marked, MemberChain) else whole
        case ArrayLiteral():
            return _array(expression)
        case ObjectLiteral(entries):
            return _object(entries)
        case Thunk(type_, value):
            return group("(): ", type_, " =>", group(indent(LINE, layout(value))))
        case Arrow():
            return _arrow(expression)
        case Instantiation(function, types):
            return layout_type(Reference(function, types))
        case Assertion(value, type_):
            return (layout(value), " as ", layout_type(type_))
        case Comparison(left, operator, right):
            return fitting(
                (layout(left), " ", operator, " ", layout(right)), lambda: _operation(expression)
            )
        case Logical():
            return _operation(expression)
        case Negation(Comparison() | Logical() as operand):
            return ("!(", group(indent(SOFTLINE, *_unindented(operand)), SOFTLINE), ")")
        case Negation(operand):
            return concat("!", layout(operand))
        case Spread(operand):
            return ("...", layout(operand))
        case _:
            assert_never(expression)


def _operation(expression: Expression) -> Doc:
    head, *rest = _unindented(expression)
    return group(head, indent(*rest))


def layout_return(value: Expression) -> Doc:
    """``return value;``, with parentheses around operands that stand on lines of their own."""
    if not isinstance(value, Comparison | Logical):
        return ("return ", layout(value), ";")
    inside = indent(SOFTLINE, group(*_unindented(value)))
    return (group("return ", IfBroken("("), inside, SOFTLINE, IfBroken(")")), ";")


def _unindented(expression: Expression) -> list[Doc]:
    """The parts of an expression; those after the first stand deeper, unless what is around it has them do so already."""
    match expression:
        case Comparison(left, operator, right):
            return [group(layout(left)), " ", group(operator, LINE, layout(right))]
        case Logical(operator, (first, second)) if not isinstance(first, Logical) and not (
            isinstance(second, Logical)
        ):
            return [group(layout(first)), " ", group(operator, LINE, layout(second))]
        case Logical():
            return _operands(expression)
        case _:
            return [layout(expression)]


def _operands(logical: Logical) -> list[Doc]:
    first, *others = map(_operand, logical.operands)
    parts: list[Doc] = [group(first)]
    for other in others:
        parts += [" ", (logical.operator, LINE, other)]
    return parts


def _operand(expression: Expression) -> Doc:
    """An operand of ``&&`` or ``||``, with parentheses if it is made of the other one."""
    if not isinstance(expression, Logical):
        return layout(expression)
    head, *rest = _operands(expression)
    return concat("(", fitting((head, *rest), lambda: group(head, indent(*rest))), ")")


def layout_declaration(left: Doc, value: Expression) -> Doc:
    """``left = value;``"""
    return (layout_assignment(left, " =", value), ";")


def layout_assignment(
    left: Doc, operator: str, value: Expression, *, short_key: bool = False
) -> Doc:
    """``left operator value``, broken after the operator only where the value itself offers no good place to break."""
    right = layout(value)
    return fitting(
        (left, operator, " ", right),
        lambda: _assignment(left, operator, value, right, short_key=short_key),
    )


def _assignment(left: Doc, operator: str, value: Expression, right: Doc, *, short_key: bool) -> Doc:
    if isinstance(value, Text) and not short_key:
        return group(group(left), operator, group(indent(LINE, right)))
    if not short_key and not isinstance(right, MemberChain) and _hardly_breaks(value):
        return group(group(left), operator, group(indent(LINE, right)))
    if (
        short_key
        or isinstance(value, Number)
        or (isinstance(value, Constant) and value.code != "null")
    ):
        return group(group(left), operator, " ", right)
    return group(
        group(left),
        operator,
        Group(indent(LINE), name="assignment"),
        IndentIfBroken(right, "assignment"),
    )


def _access(member: Member, *, nested: bool = False) -> Doc:
    """A chain of members, which may break before a name unless it is the one name after another."""
    target, key = member.object, member.key
    inner = _access(target, nested=True) if isinstance(target, Member) else layout(target)
    if key.startswith(("'", '"')):
        return (inner, group("[", indent(SOFTLINE, key), SOFTLINE, "]"))
    if _is_computed(key) or (isinstance(target, Name) and not nested):
        return concat(inner, _member(key))
    return (inner, group(indent(SOFTLINE, _member(key))))


def _member(key: Code) -> Doc:
    return f"[{key}]" if _is_computed(key) else f".{key}"


def _is_computed(key: Code) -> bool:
    return key.startswith(("'", '"')) or key.isdecimal()


def _object(entries: tuple[Entry | Getter, ...]) -> Doc:
    if not entries:
        return "{}"
    listed = join((",", LINE), [group(_entry(entry)) for entry in entries])
    return group("{", indent(HARDLINE, listed, ","), LINE, "}", broken=True)


def _entry(entry: Entry | Getter) -> Doc:
    match entry:
        case Entry(key, value):
            # Prettier's "short key": breaking after it would save fewer than three columns.
            return layout_assignment(
                key, ":", value, short_key=width(key) < 5 and not key.startswith("[")
            )
        case Getter(key, type_, value):
            body = indent(HARDLINE, layout_return(value))
            return ("get ", key, group("(): ", type_), " {", body, HARDLINE, "}")
        case _:
            assert_never(entry)


def _array(array: ArrayLiteral) -> Doc:
    elements = array.elements
    if not elements:
        return "[]"
    docs = [group(layout(element)) for element in elements]
    if all(isinstance(element, Number) for element in elements):
        parts: list[Doc] = []
        for doc in docs[:-1]:
            parts += [(doc, ","), LINE]
        parts.append((docs[-1], IfBroken(",", name="numbers")))
        return group("[", indent(SOFTLINE, Fill(tuple(parts))), SOFTLINE, "]", name="numbers")
    kinds = {type(element) for element in elements}
    broken = len(elements) > 1 and (
        (kinds == {ArrayLiteral} and all(size(element) > 1 for element in elements))
        or (kinds == {ObjectLiteral} and all(size(element) > 1 for element in elements))
    )
    listed = join((",", LINE), docs)
    return group("[", indent(SOFTLINE, listed, IfBroken(",")), SOFTLINE, "]", broken=broken)


# --- Calls ------------------------------------------------------------------------------------------------------------


def _arguments(arguments: tuple[Expression, ...]) -> Doc:
    if not arguments:
        return "()"
    *head, last = [layout(argument) for argument in arguments]
    leading: tuple[Doc, ...] = tuple([(doc, ",", LINE) for doc in head])
    if composes(arguments):
        return _broken_out(leading, last)
    if hugs_last(arguments):
        if any(map(will_break, leading)):
            return _broken_out(leading, last)
        hugged = last
        if isinstance(arguments[-1], Arrow):
            hugged = _arrow(arguments[-1], IfBroken(","), SOFTLINE)
        opened = ("(", *leading, Group(hugged, broken=True), ")")
        if will_break(hugged):
            return (BREAK, choose(opened, _broken_out(leading, last)))
        return choose(("(", *leading, hugged, ")"), opened, _broken_out(leading, last))

    return fitting(
        ("(", *leading, last, ")"),
        lambda: group("(", indent(SOFTLINE, *leading, last), IfBroken(","), SOFTLINE, ")"),
    )


def _broken_out(leading: tuple[Doc, ...], last: Doc) -> Doc:
    """Each argument on a line of its own."""
    return group("(", indent(LINE, *leading, last), ",", LINE, ")", broken=True)


def _arrow(arrow: Arrow, *end: Doc) -> Doc:
    """A function, with what stands behind its body where that has a line of its own."""
    body = indent(LINE, group(*_unindented(arrow.body)))
    return group(f"({arrow.parameter}) =>", group(body, *end))


_Link: TypeAlias = "tuple[Expression, Doc]"


def _chain(call: Call) -> Doc:
    """
    A chain of method calls, either on one line or with one call a line.

    It is broken up when it does not fit, when anything but its last call spans lines, and when it has more than two calls of
    which one has an argument that is not simple.
    """
    links = _links(call)
    groups = _call_groups(links)
    printed = [concat(*(doc for _, doc in links_)) for links_ in groups]
    one_line = concat(*printed)
    merged = _starts_with_factory(groups)
    if len(groups) <= (3 if merged else 2):
        return group(one_line)
    first: Doc = (printed[0], printed[1]) if merged else printed[0]
    rest = printed[2:] if merged else printed[1:]
    expanded: Doc = (first, indent(HARDLINE, join(HARDLINE, rest)))
    calls = [node for node, _ in links if isinstance(node, Call)]
    complicated = len(calls) > 2 and not all(
        is_simple(argument) for node in calls for argument in node.arguments
    )
    if complicated or any(map(will_break, printed[:-1])):
        return MemberChain(group(expanded))
    shapes = choose(one_line, expanded)
    return MemberChain((BREAK, shapes) if will_break(one_line) else shapes)


def _links(expression: Expression) -> list[_Link]:
    match expression:
        case Call(function, arguments) if isinstance(function, Member | Call):
            return [*_links(function), (expression, _arguments(arguments))]
        case Member(target, key):
            return [*_links(target), (expression, _member(key))]
        case _:
            return [(expression, layout(expression))]


def _call_groups(links: list[_Link]) -> list[list[_Link]]:
    """The head of the chain, with all but the last of the names that follow it, then the rest in groups ``.name(...)``."""
    count = 1
    while count < len(links) and isinstance(links[count][0], Call):
        count += 1
    if not isinstance(links[0][0], Call):
        while count + 1 < len(links) and all(
            isinstance(node, Member) for node, _ in links[count : count + 2]
        ):
            count += 1
    groups = [links[:count]]
    called = True
    for link in links[count:]:
        if called and isinstance(link[0], Member):
            groups.append([])
            called = False
        called = called or isinstance(link[0], Call)
        groups[-1].append(link)
    return groups


def _starts_with_factory(groups: list[list[_Link]]) -> bool:
    """Whether the chain starts with a capitalised name, which its first call then stays with."""
    if len(groups) < 2:
        return False
    match groups[0][-1][0]:
        case Name(code) | Member(_, code):
            return bool(re.match(r"[A-Z]|[$_]+$", code))
        case _:
            return False


def _hardly_breaks(expression: Expression, *, deep: bool = False) -> bool:
    """
    Whether an expression is a short chain of names and calls without arguments worth breaking. That it is laid out as one that
    breaks, the caller has ruled out, and so for the beginning of the chain.
    """
    match expression:
        case Pure(call):
            return _hardly_breaks(call)
        case Call(function, arguments):
            if len(arguments) > 1 or not all(map(is_short, arguments)):
                return False
            starts_over = isinstance(function, Call) and isinstance(layout(function), MemberChain)
            return not starts_over and _hardly_breaks(function, deep=True)
        case Member(target, _):
            return _hardly_breaks(target, deep=True)
        case Name():
            return deep
        case _:
            return False
