"""
What a contract's frontend may know by name: the metadata of messages, the data parts, the inputs and outputs of tools.

An application's UI stream says so itself, in the method ``__samewire_ui_stream__`` of what annotates the type of its chunks
(``docs/frontend.md``); who that is, nothing here needs to know.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Final, get_args, get_origin

from samewire.errors import Diagnostic
from samewire.export.definition_keys import Key, root_ref
from samewire.export.exporter import Exporter
from samewire.export.hooks import ANNOTATIONS
from samewire.export.naming import Candidate, candidate
from samewire.extensions.ui_stream import KEYWORD
from samewire.scalars.view import JsonSchema

if TYPE_CHECKING:
    from samewire.discover import Root

ATTRIBUTE: Final = "__samewire_ui_stream__"


@dataclass(frozen=True, slots=True)
class NamedTypes:
    """
    ``chunk`` is the body of the root that is the stream's chunks. ``bodies`` are the types, each under the key that ``metadata``,
    ``data`` and ``tools`` (input, output) have for it, but for those that have no exact form.
    """

    chunk: str
    bodies: Mapping[str, JsonSchema]
    metadata: str | None
    data: Mapping[str, str]
    tools: Mapping[str, tuple[str, str]]
    dynamic_tools: bool

    def written(self, names: Mapping[str, str]) -> JsonSchema:
        """The keyword of a document that calls its definitions by ``names``; nothing where one of them is left out."""
        bodies = [self.metadata, *self.data.values(), *itertools.chain(*self.tools.values())]
        used = [self.chunk, *(key for key in bodies if key is not None)]
        if any(key not in names for key in used):
            return {}
        return {
            KEYWORD: {
                "chunk": names[self.chunk],
                **({} if self.metadata is None else {"metadata": names[self.metadata]}),
                "data": {name: names[key] for name, key in self.data.items()},
                "tools": {
                    name: {"input": names[given], "output": names[made]}
                    for name, (given, made) in self.tools.items()
                },
                "dynamicTools": self.dynamic_tools,
            }
        }


def named_types(
    exporter: Exporter,
    emits: Iterable[Root],
    roots: Mapping[str, JsonSchema],
    diagnostics: list[Diagnostic],
) -> NamedTypes | None:
    """What the UI stream among the emitted roots names, ``None`` without one."""
    found: dict[int, tuple[Root, Mapping[str, Any]]] = {}
    for root in emits:
        for each in _annotating(root.type):
            said = getattr(each, ATTRIBUTE)(_annotated(root.type))
            if said is not None and exporter.key(root) in roots:
                found.setdefault(id(each), (root, said))
    if not found:
        return None
    (root, said), *others = found.values()
    for other, _ in others:
        message = f"is the chunks of a UI stream, and so is {root.source}; a contract has one"
        hint = "put each into a contract of its own"
        diagnostics.append(Diagnostic("ui-stream-twice", other.source, message, hint))
    return _types(exporter, root, said)


def _annotated(type_: object) -> object:
    """What is annotated, below aliases: ``A`` of ``Annotated[A, ...]``."""
    type_ = _unaliased(type_)
    return get_args(type_)[0] if get_origin(type_) is Annotated else type_


def _annotating(type_: object) -> Iterator[object]:
    type_ = _unaliased(type_)
    if get_origin(type_) is Annotated:
        yield from (each for each in get_args(type_)[1:] if hasattr(each, ATTRIBUTE))


def _unaliased(type_: object) -> object:
    """``type Chunk = Annotated[...]`` is what it stands for; the annotated alias of the protocol's chunks stays one."""
    value = getattr(type_, "__value__", None)
    return value if get_origin(value) is Annotated and any(_annotating(value)) else type_


def _types(exporter: Exporter, root: Root, said: Mapping[str, Any]) -> NamedTypes:
    bodies: dict[str, JsonSchema] = {}
    form = Key.parse(exporter.key(root)).form

    def add(place: tuple[type[Any], str], name: str, source: str) -> str:
        core_ref = root_ref(source)
        key = str(Key(form, core_ref))
        body = exporter.add_property(root, *place)
        if body is not None:
            bodies[key] = _without_annotations(body)
        module, _, qualname = source.partition(":")
        plain = candidate(core_ref, module, name)
        outer = candidate(core_ref, module, qualname).outer
        exporter.name(Candidate(core_ref, plain.base, plain.full, outer, source))
        return key

    metadata, data, tools = said["metadata"], said["data"], said["tools"]
    return NamedTypes(
        chunk=exporter.key(root),
        metadata=None
        if metadata is None
        else add(metadata, "MessageMetadata", f"{root.source}.metadata"),
        data={
            name: add(place, f"{place[0].__name__.removesuffix('Chunk')}Data", _source(place))
            for name, place in data.items()
        },
        tools={
            name: (
                add(tool["input"], f"{tool['prefix']}Input", f"{root.source}.{name}.input"),
                add(tool["output"], f"{tool['prefix']}Output", f"{root.source}.{name}.output"),
            )
            for name, tool in tools.items()
        },
        dynamic_tools=said["dynamic_tools"],
        bodies=bodies,
    )


def _source(place: tuple[type[Any], str]) -> str:
    cls, key = place
    return f"{cls.__module__}:{cls.__qualname__}.{key}"


def _without_annotations(schema: JsonSchema) -> JsonSchema:
    """A reference without what the property says of the type."""
    plain = {word: value for word, value in schema.items() if word not in ANNOTATIONS}
    return plain if set(plain) == {"$ref"} else schema
