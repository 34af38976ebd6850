"""
The arguments of a generic as a part of its name.

Pydantic shows them in the reference of a core schema as Python expressions, ``[Literal['a-b']]`` or ``[Union[int, NoneType]]``, in
different words from one version of Python to another.
"""

from __future__ import annotations

import ast
import functools
import re
import unicodedata
from typing import Final

_WORD: Final = re.compile(r"[^\W_]+")
_REPR: Final = re.compile(
    r"""
    (?P<text> '(?:[^'\\]|\\.)*' | "(?:[^"\\]|\\.)*" )
    | < (?:(?:class|function|module|bound\ method|built-in\ function|built-in\ method)\ )? '?(?P<name>[^\W\d][\w.|]*)'?
      (?: :\ (?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[^<>]*) | \ (?:[^<>]|<[^<>]*>)* )? >
    """,
    re.VERBOSE,
)
_LONGEST: Final = 60  # letters of the arguments in a name
_LONGEST_FULL: Final = 200  # where that many are not enough to tell two apart


def of_arguments(shown: str, *, full: bool) -> str:
    """
    ``shown`` in PascalCase. ``full`` says what tells arguments apart that look alike otherwise: modules, limits, the letters of a
    literal as they are.

    >>> of_arguments("[list[shop.Item]]", full=False)
    'ListItem'
    >>> of_arguments("[Union[int, NoneType]]", full=False)
    'IntOrNone'
    >>> of_arguments("[Annotated[str, MaxLen(max_length=3)]]", full=True)
    'StrMaxLen3'
    >>> of_arguments("[Literal['a-b']]", full=True)
    'Literal_aHyphenMinusb'
    """
    try:
        name = _name(_parsed(shown), full=full)
    except (SyntaxError, ValueError, RecursionError):
        name = _words(shown)
    return name[: _LONGEST_FULL if full else _LONGEST]


def readable(shown: str) -> str:
    """
    The arguments as one writes them, alike on every version of Python, and not at any length.

    >>> readable("[Annotated[Union[int, NoneType], FieldInfo(annotation=NoneType, required=True, metadata=[Ge(ge=3)])]]")
    '[Annotated[int | None, Ge(ge=3)]]'
    """
    try:
        text = ast.unparse(_Readable().visit(_parsed(shown)))
    except (SyntaxError, ValueError, RecursionError):
        text = shown
    return text if len(text) <= _LONGEST_FULL else f"{text[:_LONGEST_FULL]}..."


def _parsed(shown: str) -> ast.expr:
    """What is shown as an object, ``<Color.RED: 'red'>``, stands there by its name."""
    named = _REPR.sub(lambda found: found["text"] or found["name"], shown.replace("<locals>.", ""))
    return ast.parse(named, mode="eval").body


class _Readable(ast.NodeTransformer):
    def visit_Name(self, node: ast.Name) -> ast.expr:  # the name that ast calls
        return ast.Constant(None) if node.id == "NoneType" else node

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:  # as above
        self.generic_visit(node)
        inside = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        match node.value:
            case ast.Name(id="Union"):
                return functools.reduce(
                    lambda one, other: ast.BinOp(one, ast.BitOr(), other), inside
                )
            case ast.Name(id="Optional"):
                return ast.BinOp(inside[0], ast.BitOr(), ast.Constant(None))
            case ast.Name(id="Annotated"):
                elements = [inside[0], *(part for added in inside[1:] for part in _of_field(added))]
                return ast.Subscript(node.value, ast.Tuple(elements, ast.Load()), ast.Load())
            case _:
                return node


def _of_field(added: ast.expr) -> list[ast.expr]:
    """What a ``Field`` holds that limits the values."""
    match added:
        case ast.Call(func=ast.Name(id="FieldInfo"), keywords=keywords):
            held = [keyword.value for keyword in keywords if keyword.arg == "metadata"]
            return [item for value in held if isinstance(value, ast.List) for item in value.elts]
        case _:
            return [added]


def _name(node: ast.expr, *, full: bool) -> str:
    match node:
        case ast.Name(id="NoneType") | ast.Constant(value=None):
            return "None"
        case ast.Constant(value=value) if value is ...:
            return "Rest" if full else ""
        case ast.Constant(value=value):
            return _words(str(value))
        case ast.Name(id=name):
            return _words(name)
        case ast.Attribute(value=module, attr=name):
            return (_name(module, full=True) if full else "") + _words(name)
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return f"{_name(left, full=full)}Or{_name(right, full=full)}"
        case ast.Subscript(value=holder, slice=inside):
            arguments = inside.elts if isinstance(inside, ast.Tuple) else [inside]
            return _subscript(_name(holder, full=False), arguments, full=full)
        case ast.List(elts=items) | ast.Tuple(elts=items):
            return "".join(_name(item, full=full) for item in items)
        case _:
            return _words(ast.unparse(node))


def _subscript(holder: str, arguments: list[ast.expr], *, full: bool) -> str:
    names = [_name(argument, full=full) for argument in arguments]
    match holder:
        case "Union":
            return "Or".join(names)
        case "Optional":
            return f"{names[0]}OrNone"
        case "Annotated":
            return names[0] + ("".join(map(_limits, arguments[1:])) if full else "")
        case "Literal":
            return holder + (
                "Or".join(map(_literal, arguments)) if full else "".join(map(_shown, arguments))
            )
        case _:
            return holder + "".join(names)


def _limits(node: ast.expr) -> str:
    """What an annotation adds to a type: ``MaxLen3``, and of a field what it was given, its limits first."""
    match node:
        case ast.Call(func=ast.Name(id="FieldInfo"), keywords=keywords):
            told = {one.arg: _limits(one.value) for one in keywords}
            rest = (told[key] for key in told if key not in ("annotation", "required", "metadata"))
            return told.get("metadata", "") + "".join(rest)[:_LONGEST]
        case ast.Call(func=ast.Name(id="_PydanticGeneralMetadata"), keywords=keywords):
            return "".join(
                f"{''.join(map(_words, (one.arg or '').split('_')))}{_limits(one.value)}"
                for one in keywords
            )
        case ast.Call(func=function, args=arguments, keywords=keywords):
            values = [*arguments, *(keyword.value for keyword in keywords)]
            return _name(function, full=False) + "".join(map(_limits, values))
        case ast.List(elts=items) | ast.Tuple(elts=items):
            return "".join(map(_limits, items))
        case ast.Name(id="NoneType"):
            return ""
        case _:
            return _literal(node)


def _shown(node: ast.expr) -> str:
    return _words(str(node.value) if isinstance(node, ast.Constant) else ast.unparse(node))


def _literal(node: ast.expr) -> str:
    """A value, so that another one has another text."""
    match node:
        case ast.Constant(value=str(text)):
            return f"_{_spelled(text)}"
        case ast.Constant(value=bytes(text)):
            return f"Bytes_{_spelled(text.decode('latin-1'))}"
        case _:
            return _spelled(ast.unparse(node).replace("-", "Minus"))


def _spelled(text: str) -> str:
    """The letters as they are, all other characters by their names in Unicode."""
    return "".join(
        char
        if char.isalnum() or char == "_"
        else _words(unicodedata.name(char, f"U{ord(char):X}").title())
        for char in text
    )


def _words(text: str) -> str:
    return "".join(word[:1].upper() + word[1:] for word in _WORD.findall(text))
