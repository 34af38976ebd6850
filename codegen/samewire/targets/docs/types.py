"""The types of a contract as entries of a page."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final
from urllib.parse import quote

from samewire import ir
from samewire.graph import reachable
from samewire.render import environment
from samewire.targets.docs.page import Example, Member, Presence, Row, TypeEntry
from samewire.targets.docs.spans import (
    Block,
    Line,
    Span,
    blocks,
    code,
    joined,
    json_text,
    line,
    prose,
    source,
)
from samewire.targets.docs.words import demands
from samewire.targets.typescript.annotations import layout_type
from samewire.targets.typescript.comments import NO_COMMENT, says_more
from samewire.targets.typescript.declare import declarations, is_implied, type_scope
from samewire.targets.typescript.layout import flat_text
from samewire.targets.typescript.output import Output
from samewire.targets.typescript.types import TypeScope, annotation
from samewire.targets.typescript.views import AliasView, DeclarationView
from samewire.values.errors import NoValueError
from samewire.values.made_up import MadeUp
from samewire.walk import enumeration, references

WIDEST: Final = 240
"""Characters of a type on one line. The declaration has the whole."""

LONGEST: Final = 4000
"""Characters of an example; of what would be longer the smallest value is shown, so that a page grows as its contract does."""


def fragment(kind: str, name: str, path: str = "") -> str:
    """The anchor of a type, a route, or a field."""
    return f"{kind}-{_quoted(name)}{f'.{_quoted(path)}' if path else ''}"


def _quoted(text: str) -> str:
    return quote(text.encode("utf-8", "surrogatepass"), safe=".[]{}$")


@dataclass(frozen=True, slots=True)
class Types:
    """
    What is known of the types of a contract: ``anchors`` by key, where each is described, and ``links`` by name; ``emitted`` and
    ``accepted`` keys. ``used`` collects by key the places that name a type.
    """

    output: Output
    scope: TypeScope
    anchors: Mapping[str, str]
    links: Mapping[str, str]
    emitted: Container[str]
    accepted: Container[str]
    values: MadeUp
    used: dict[str, dict[Line, None]] = field(default_factory=dict)
    made: dict[str, ir.Json | NoValueError] = field(default_factory=dict)

    @classmethod
    def of(cls, output: Output, anchors: Mapping[str, str]) -> Types:
        """``anchors`` of the types that are described elsewhere; all others have entries of their own."""
        contract = output.contract
        own = {key: fragment("type", name) for key, name in output.names.items()}
        whole = {**own, **anchors}
        edges = {each.name: references(each.type) for each in contract.definitions}
        return cls(
            output,
            type_scope(output),
            whole,
            {output.names[key]: anchor for key, anchor in whole.items()},
            reachable(contract.emits, edges),
            reachable(contract.accepts, edges),
            MadeUp(output.definitions),
        )

    # --- Text ---------------------------------------------------------------------------------------------------------

    def shown(self, type_: ir.Type) -> Line:
        """A type as one line of TypeScript, cut off if it is long."""
        text = flat_text(layout_type(annotation(type_, self.scope))) or ""
        short = text if len(text) <= WIDEST else f"{text[:WIDEST].rstrip()} …"
        return source(short, self.links)

    def link(self, key: str) -> Line:
        return (Span(self.output.names[key], "name", self.anchors[key]),)

    def use(self, key: str, place: Line) -> None:
        self.used.setdefault(key, {})[place] = None

    def value(self, key: str) -> ir.Json:
        """
        A sample value, or the smallest one if that is long.

        Raises:
            NoValueError: there is none, or none could be found.

        """
        if key not in self.made:
            self.made[key] = self._value(key)
        found = self.made[key]
        if isinstance(found, NoValueError):
            raise found
        return found

    def _value(self, key: str) -> ir.Json | NoValueError:
        try:
            made = self.values.several(key, 1, 0)
            if not made:
                return NoValueError(key, "there is no value of this type")
            if len(json_text(made[0])) <= LONGEST:
                return made[0]
            return self.values.examples.smallest(ir.Ref(key), key)
        except NoValueError as error:
            return error

    def example(self, key: str) -> Example:
        try:
            return Example(source(json_text(self.value(key), indent=2), {}))
        except NoValueError as error:
            return Example(missing=f"No example: {error.diagnostics[0].message}.")

    # --- Entries ------------------------------------------------------------------------------------------------------

    def entries(self) -> tuple[TypeEntry, ...]:
        """Those of all types that are described by themselves, by name."""
        own = [
            each
            for each in self.output.contract.definitions
            if self.anchors[each.name].startswith("type-")
        ]
        views = declarations(self.output, own, self.scope)
        for each in own:
            self._note_uses(each)
        made = [self._entry(each, views[each.name]) for each in own if each.name in views]
        return tuple(sorted(made, key=lambda each: (each.name.casefold(), each.name)))

    def _note_uses(self, definition: ir.Definition) -> None:
        name = self.output.names[definition.name]
        if isinstance(definition.type, ir.Object):
            for each in definition.type.properties:
                place = Span(f"{name}.{each.key}", "code", fragment("type", name, each.key))
                for key in references(each.type):
                    self.use(key, (place,))
            others = references(ir.Object((), definition.type.extra))
        else:
            others = references(definition.type)
        for key in others:
            self.use(key, self.link(definition.name))

    def _entry(self, definition: ir.Definition, view: DeclarationView) -> TypeEntry:
        key, doc = definition.name, definition.doc
        name = self.output.names[key]
        return TypeEntry(
            anchor=self.anchors[key],
            name=name,
            kind="brand" if definition.brand else _kind(definition.type),
            wire=self._wire(key),
            source=definition.source,
            deprecated=_deprecated(doc),
            about=_about(doc, name),
            notes=(*demands(definition.type, self.shown), *_examples(doc)),
            rows=self.rows(definition, fragment("type", name)),
            members=tuple(self._members(definition.type)),
            declaration=source(_bare(view), {n: a for n, a in self.links.items() if n != name}),
            example=self.example(key),
            used=tuple(self.used.get(key, ())),
        )

    def _wire(self, key: str) -> str:
        if key in self.emitted and key in self.accepted:
            return "sent both ways"
        return "sent to the backend" if key in self.accepted else "sent by the backend"

    # --- Fields -------------------------------------------------------------------------------------------------------

    def rows(self, definition: ir.Definition, anchor: str) -> tuple[Row, ...]:
        """The keys of an object, and those of the objects without a name that are in it."""
        sent = definition.name in self.accepted
        scope = replace(self.scope, accepted=definition.name in self.output.accepted)
        return tuple(
            Row(
                anchor=f"{anchor}.{_quoted(path)}",
                path=path,
                type=self.shown(each.type),
                presence=_presence(each, sent=sent),
                deprecated=_deprecated(each.doc),
                about=_about(each.doc, each.key),
                notes=tuple(self._notes(each, names, scope)),
            )
            for path, each, names in _properties(definition.type, "")
        )

    def _notes(
        self, each: ir.Property, names: tuple[ir.Names, ...], scope: TypeScope
    ) -> Iterator[Line]:
        doc = each.doc
        yield from demands(each.type, self.shown)
        for one in names:
            if one.path == (each.key,):
                yield _also(one)
        if doc.read_only:
            yield line("read-only")
        if doc.write_only:
            yield line("write-only")
        for value in () if is_implied(each, scope) else doc.default:
            yield line("default ", code(json_text(value)))
        yield from _examples(doc)

    # --- Members ------------------------------------------------------------------------------------------------------

    def _members(self, type_: ir.Type) -> Iterator[Member]:
        if enum := enumeration(type_):
            for each in enum.members:
                about = blocks(each.description or "")
                yield Member(line(code(each.name)), source(json_text(each.value), {}), about)
        elif isinstance(type_, ir.Union):
            for member in type_.members:
                tags = () if type_.tag is None else self._tags(member, type_.tag, frozenset())
                name = joined(" ", (line(code(json_text(tag))) for tag in tags))
                yield Member(name, self.shown(member), ())

    def _tags(self, member: ir.Type, tag: str, seen: frozenset[str]) -> tuple[ir.Scalar, ...]:
        """The values of the tag that say that it is this member."""
        match member:
            case ir.Ref(name) if name not in seen:
                return self._tags(self.output.definitions[name].type, tag, seen | {name})
            case ir.Checked(inner):
                return self._tags(inner, tag, seen)
            case ir.Object(properties):
                found = (each.type for each in properties if each.key == tag)
                return next((each.values for each in found if isinstance(each, ir.Literal)), ())
            case _:
                return ()


def _properties(
    type_: ir.Type, path: str
) -> Iterator[tuple[str, ir.Property, tuple[ir.Names, ...]]]:
    """The keys of the objects in a type that have no name, each with the path that leads to it."""
    match type_:
        case ir.Object(properties, extra, names):
            for each in properties:
                inner = f"{path}.{each.key}" if path else each.key
                yield inner, each, names
                yield from _properties(each.type, inner)
            if isinstance(extra, ir.Keep):
                yield from _properties(extra.value, f"{path}{{}}")
        case ir.Nullable(inside) | ir.Checked(inside):
            yield from _properties(inside, path)
        case ir.Array(items):
            yield from _properties(items, f"{path}[]")
        case ir.Record(_, value):
            yield from _properties(value, f"{path}{{}}")
        case ir.Tuple(prefix, rest):
            for at, item in enumerate(prefix):
                yield from _properties(item, f"{path}[{at}]")
            if rest is not None:
                yield from _properties(rest, f"{path}[]")
        case ir.Union(members):
            for at, member in enumerate(members):
                yield from _properties(member, f"{path}({at + 1})")
        case _:
            return


def _kind(type_: ir.Type) -> str:
    if enumeration(type_):
        return "enum"
    match type_:
        case ir.Object() | ir.Checked(ir.Object()):
            return "object"
        case ir.Union():
            return "union"
        case _:
            return "alias"


def _presence(each: ir.Property, *, sent: bool) -> Presence:
    """Whether a key is present, in JSON ``sent`` to the backend or received from it."""
    if sent:
        return "required" if each.required else "optional"
    return "always there" if each.required else "may be missing"


def _deprecated(doc: ir.Doc) -> Line | None:
    if doc.deprecated is False:
        return None
    return prose(doc.deprecated) if isinstance(doc.deprecated, str) else ()


def _about(doc: ir.Doc, name: str) -> tuple[Block, ...]:
    """What is said of something but its name in other words."""
    said = doc.description if doc.description and says_more(doc.description, name) else ""
    titled = doc.title if doc.title and says_more(doc.title, name, said) else ""
    return (*blocks(titled), *blocks(said))


def _examples(doc: ir.Doc) -> Iterator[Line]:
    if doc.examples:
        listed = joined(", ", (line(code(json_text(each))) for each in doc.examples))
        yield line("for example ", listed)


def _also(names: ir.Names) -> Line:
    listed = (line(code(".".join(map(str, path)))) for path in names.read if path != names.path)
    return line("also read from ", joined(", ", listed))


def _bare(view: DeclarationView) -> str:
    """A declaration without comments: what they say stands beside it."""
    plain = replace(view, comment=NO_COMMENT)
    if not isinstance(plain, AliasView):
        members = tuple(replace(each, comment=NO_COMMENT) for each in plain.members)
        plain = replace(plain, members=members)
    template = environment("typescript").get_template(plain.template)
    return template.render(each=plain).strip()
