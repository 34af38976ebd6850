"""Assembles the module: imports, helpers, classes, aliases and adapters."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from samewire.graph import components, reachable
from samewire.render import templates
from samewire.targets.python import routes
from samewire.targets.python.models import ROOT
from samewire.targets.python.syntax import parts_of

IMPORTS: Final[Mapping[str, str]] = {
    name: module
    for module, names in {
        "": "base64 dataclasses re",
        "dataclasses": "dataclass",
        "datetime": "date datetime time timedelta",
        "decimal": "Decimal",
        "enum": "Enum IntEnum StrEnum",
        "functools": "cache",
        "typing": "TYPE_CHECKING Annotated Any ClassVar Final Generic Literal TypeAlias TypeVar Union cast get_args overload",
        "uuid": "UUID",
        "annotated_types": "BaseMetadata",
        "pydantic": """
            AfterValidator AliasChoices AliasPath AwareDatetime BaseModel BeforeValidator ByteSize ConfigDict EmailStr Field
            GetCoreSchemaHandler IPvAnyAddress IPvAnyInterface IPvAnyNetwork JsonValue NaiveDatetime NameEmail
            SerializerFunctionWrapHandler Strict StrictBool StrictFloat StrictInt StrictStr TypeAdapter
            ValidatorFunctionWrapHandler WrapValidator model_serializer with_config
        """,
        "pydantic.fields": "FieldInfo",
        "pydantic_core": "CoreSchema SchemaValidator core_schema from_json to_json",
        "ipaddress": "IPv4Address IPv4Interface IPv4Network IPv6Address IPv6Interface IPv6Network",
        "typing_extensions": "Never NotRequired TypeAliasType TypedDict",
    }.items()
    for name in names.split()
}
"""All that a module may import, by name: from which module, or itself one."""


@dataclass(frozen=True, slots=True)
class Alias:
    """An alias. ``recursive``: it names itself, so its value is a text."""

    name: str
    expression: str
    doc: str | None
    recursive: bool


@dataclass(frozen=True, slots=True)
class Parts:
    """
    What a module is put together of. ``fields``: by class in ``classes``, the names that it assigns to. ``hints``: annotations by
    the names that stand for them in it. ``uses``: the classes and aliases that each names. ``adapters``: by name, the alias that
    each is for. ``routes``: what finds the JSON of routes. ``bases``: the classes of the module that each inherits from.
    ``exports``: whether all are listed in ``__all__``. ``rebuilt``: whether classes that name each other are completed behind the
    last.
    """

    header: str
    classes: str
    fields: Mapping[str, frozenset[str]]
    hints: Mapping[str, str]
    aliases: Sequence[Alias]
    uses: Mapping[str, tuple[str, ...]]
    adapters: Mapping[str, str]
    routes: str = ""
    bases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    exports: bool = True
    rebuilt: bool = True


def reserved_names() -> frozenset[str]:
    """Names that no type of a contract can have."""
    return frozenset((*IMPORTS, *_library(), routes.NAME, routes.MAPPING))


def assembled(parts: Parts) -> str:
    statements = _classes(_resolved(parts.classes, parts.hints), parts.fields)
    if missing := parts.fields.keys() - statements.keys():
        raise RuntimeError(f"datamodel-code-generator left out {', '.join(sorted(missing))}")
    own = "\n\n\n".join(
        (
            *_ordered(statements, parts),
            *(_adapter(name, of) for name, of in parts.adapters.items()),
            *filter(None, (parts.routes,)),
        )
    )
    library = "\n\n\n".join(needed(own))
    names = (*parts.uses, *parts.adapters, *routes.exported(parts.routes))
    listed = "".join(f'"{name}", ' for name in sorted(names))
    exported = f"\n\n__all__ = [{listed}]\n" if parts.exports else ""
    imported = "\n".join(imports(f"{library}\n{own}")).lstrip("\n")
    head = f"{parts.header}\n\nfrom __future__ import annotations\n\n{imported}{exported}"
    sections = (formatted(head), library, formatted(own))
    whole = [each.strip("\n") for each in sections if each]
    if not parts.exports and not whole[1].startswith("class "):
        whole[:2] = [f"{whole[0]}\n\n{whole[1]}"]  # as isort has it behind imports
    return "\n\n\n".join(whole) + "\n"


def exported(source: str) -> frozenset[str]:
    """The names that a module exports."""
    for statement in ast.parse(source).body:
        match statement:
            case ast.Assign(targets=[ast.Name(id="__all__")], value=value):
                return frozenset(ast.literal_eval(value))
            case _:
                continue
    return frozenset()


def _adapter(name: str, alias: str) -> str:
    return f"{name}: Final[TypeAdapter[{alias}]] = TypeAdapter({alias}, config=ConfigDict(defer_build=True))"


# --- What the generator wrote -----------------------------------------------------------------------------------------


def _resolved(source: str, hints: Mapping[str, str]) -> str:
    """The annotations in place of the hints. Only names are looked at, and no text that reads like one."""
    lines = _lines(source)
    for token in reversed(list(tokenize.generate_tokens(io.StringIO(source).readline))):
        if token.type == tokenize.NAME and token.string in hints and not _imported(token.line):
            (row, start), (_, end) = token.start, token.end
            line = lines[row - 1]
            before, after, hint = line[:start], line[end:], hints[token.string]
            if before.endswith("Annotated[") and after.startswith(","):
                hint = parts_of(hint) or hint  # one list of metadata
            lines[row - 1] = f"{before}{hint}{after}"
    return "".join(lines)


def _lines(source: str) -> list[str]:
    """As Python counts them: of the characters that end a line elsewhere, a text may hold some."""
    return list(io.StringIO(source))


def _imported(line: str) -> bool:
    return line.startswith("from ")


def _classes(source: str, fields: Mapping[str, frozenset[str]]) -> dict[str, str]:
    """The classes, each with the fields that it is to have and nothing that runs: the texts of a contract stay texts."""
    lines = _lines(source)
    written: dict[str, str] = {}
    for statement in ast.parse(source).body:
        match statement:
            case ast.ClassDef(name=name, body=body) if name != ROOT:
                found = frozenset(_assigned(body))
            case ast.Assign([ast.Name(name)], ast.Call(ast.Name("TypedDict"), [_, ast.Dict(keys)])):
                found = frozenset(map(ast.literal_eval, filter(None, keys)))
            case ast.Expr(ast.Call(ast.Call(ast.Name("with_config")), [ast.Name(name)])):
                written[name] += f"\n\n\n{segment(lines, statement)}"
                continue
            case _:
                continue  # imports are ours, and so is the order, in which classes are complete
        if found != fields.get(name, frozenset()):
            raise RuntimeError(f"datamodel-code-generator wrote other fields of {name}")
        written[name] = segment(lines, statement)
    return written


_OURS: Final = frozenset(("model_config", "__pydantic_config__", "__pydantic_extra__"))


def _assigned(body: Sequence[ast.stmt]) -> Iterator[str]:
    for statement in body:
        match statement:
            case (
                ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)])
            ) if name not in _OURS:
                yield name
            case ast.AnnAssign() | ast.Assign() | ast.Pass() | ast.Expr(value=ast.Constant()):
                continue
            case _:
                yield ast.dump(statement)


# --- What classes need ------------------------------------------------------------------------------------------------


@cache
def _library() -> Mapping[str, tuple[str, frozenset[str]]]:
    """The source of each thing in ``templates/python/wire.py``, with the names that it uses."""
    source = (templates("python") / "wire.py").read_text("utf-8")
    statements, lines = ast.parse(source).body, _lines(source)
    found: dict[str, tuple[str, frozenset[str]]] = {}
    for at, statement in enumerate(statements):
        match statement:
            case (
                ast.ClassDef(name=name)
                | ast.FunctionDef(name=name)
                | ast.Assign(targets=[ast.Name(id=name)])
                | ast.AnnAssign(target=ast.Name(id=name))
            ):
                after = statements[at + 1] if at + 1 < len(statements) else None
                text = segment(lines, statement)
                if isinstance(after, ast.Expr) and not isinstance(
                    statement, ast.ClassDef | ast.FunctionDef
                ):
                    text += "\n" + segment(lines, after)
                found[name] = (text, used(statement))
            case _:
                continue
    return found


def segment(lines: Sequence[str], node: ast.stmt) -> str:
    """The source of a statement, decorators included."""
    decorators = getattr(node, "decorator_list", ())
    first = min([node.lineno, *(each.lineno for each in decorators)])
    return "".join(lines[first - 1 : node.end_lineno]).rstrip("\n")


def needed(source: str) -> Iterator[str]:
    """What source code uses from the library."""
    library = _library()
    start = used(ast.parse(source)) & library.keys()
    found = reachable(start, {name: uses & library.keys() for name, (_, uses) in library.items()})
    return (text for name, (text, _) in library.items() if name in found)


def used(node: ast.AST) -> frozenset[str]:
    """The names that code reads, including those in the texts of aliases and TypedDicts."""
    names = {
        each.id
        for each in ast.walk(node)
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load)
    }
    for each in ast.walk(node):
        match each:  # what is written as a text
            case ast.Call(ast.Name("TypeAliasType"), [_, ast.Constant(str(type_))]):
                names |= used(ast.parse(type_))
            case ast.Call(ast.Name("TypedDict"), [_, ast.Dict(_, types)]):
                texts = (one.value for one in types if isinstance(one, ast.Constant))
                names |= {name for one in texts for name in used(ast.parse(str(one)))}
            case _:
                continue
    return frozenset(names)


def imports(source: str) -> Iterator[str]:
    """The import lines for what source code uses, with an empty line after each section."""
    names = sorted(used(ast.parse(source)) & IMPORTS.keys())
    by_module: dict[str, list[str]] = {}
    for name in names:
        by_module.setdefault(IMPORTS[name], []).append(name)
    yield from (f"import {name}" for name in by_module.pop("", ()))
    third = ("annotated_types", "pydantic", "pydantic.fields", "pydantic_core", "typing_extensions")
    standard = sorted(module for module in by_module if module not in third)
    for modules in (standard, [module for module in third if module in by_module]):
        yield from (f"from {module} import {', '.join(by_module[module])}" for module in modules)
        yield ""


# --- Order ------------------------------------------------------------------------------------------------------------


def _ordered(classes: Mapping[str, str], parts: Parts) -> Iterator[str]:
    """
    Each after those that it names. Where they name each other the classes come first, and are completed behind the aliases: an
    annotation is looked up here and not where the class is used.
    """
    aliases = {each.name: each for each in parts.aliases}
    for component in components(sorted(parts.uses), parts.uses):
        elders = {name: parts.bases.get(name, ()) for name in sorted(component) if name in classes}
        own = [name for group in components(elders, elders) for name in group]
        yield from (classes[name] for name in own)
        # Of aliases that name each other all are recursive.
        inner = {name: parts.uses[name] for name in component if name in aliases}
        yield from (
            _alias(aliases[name]) for group in components(sorted(inner), inner) for name in group
        )
        if len(own) + len(inner) > 1 and parts.rebuilt:
            yield "\n".join(f"{name}.model_rebuild()" for name in own)


def _alias(alias: Alias) -> str:
    if alias.recursive:
        text = f'{alias.name} = TypeAliasType("{alias.name}", {alias.expression!r})'
    else:
        text = f"{alias.name}: TypeAlias = {alias.expression}"
    return f"{text}\n{alias.doc}" if alias.doc else text


def formatted(source: str) -> str:
    """Formats source with black."""
    import black  # noqa: PLC0415  # comes with datamodel-code-generator
    from black.mode import TargetVersion  # noqa: PLC0415

    mode = black.Mode(target_versions={TargetVersion.PY311}, line_length=100)
    text = black.format_str(source, mode=mode)
    return re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE)
