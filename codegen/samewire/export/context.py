"""
What a function that writes schemas knows of its run: the direction, the options, and the place in the models.

Of Pydantic's generator it has two functions, so that no module of the export imports the generator that calls it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any, Final

from pydantic.json_schema import JsonSchemaMode

from samewire.coreschema import CoreSchema
from samewire.decode import Word
from samewire.dump import DumpOptions
from samewire.export import forms
from samewire.export.decisions import Decisions
from samewire.export.definition_keys import Key
from samewire.export.forms import Forms
from samewire.export.new_types import NewTypes
from samewire.export.options import ExportOptions
from samewire.export.place import Place
from samewire.export.references import References
from samewire.export.refusals import NO_FORM, Refusal
from samewire.scalars.view import Config, JsonSchema, View

_AS_BEFORE: Final = nullcontext()


@dataclass(frozen=True, slots=True)
class Remark:
    """What a warning says, of however many places."""

    code: str
    message: str
    hint: str | None = None


@dataclass(slots=True)
class Mark:
    """What a mark says of all types in one, and whether that can be said of any."""

    word: Word
    used: bool = False


class Context:
    """
    ``mode`` is the direction, ``dump`` the dump options of what is emitted, ``decisions`` are the user's on code. ``definitions``
    are the schemas so far, by :class:`Key` as text, and ``entered`` the keys of those that are, or are being, generated.

    ``wire_names`` are the keys of a class by the names of its fields, ``made`` is what factories of defaults returned, by the
    factory's identity, ``lost_defaults`` says by place which do not come back, and ``remarks`` are what warnings say, with
    the places of each. ``has_open``: an enumeration or union that is emitted is marked as open. ``in_smart_union``: Pydantic
    looks for the best member of a union here, and reads what strict mode reads even where it is not strict.

    ``generate_inner`` gives the JSON Schema of a core schema or a field of one, and raises ``PydanticOmit`` for what its author
    hides. ``as_pydantic_does`` gives that of the kind of a core schema, without a look at its hooks.
    """

    def __init__(
        self,
        options: ExportOptions,
        root_configs: tuple[Config, ...],
        definitions: dict[Any, JsonSchema],
        generate_inner: Callable[[Any], JsonSchema],
        as_pydantic_does: Callable[[CoreSchema], JsonSchema],
    ) -> None:
        self.options = options
        self.definitions = definitions
        self.generate_inner = generate_inner
        self.as_pydantic_does = as_pydantic_does
        self.decisions = Decisions(options.opaque)
        self.new_types = NewTypes(options.brands)
        self.forms = Forms(options.dump)
        self.references = References()
        self.place = Place()
        self.mode: JsonSchemaMode = forms.EMITS
        self.emits = True
        self.dump = options.dump
        self.root_config: Config = {}
        self.shows_hidden = False
        self.entered: set[str] = set()
        self.wire_names: dict[tuple[str, type[Any] | None], dict[str, str]] = {}
        self.made: dict[int, object] = {}
        self.lost_defaults: dict[str, str] = {}
        self.remarks: dict[Remark, list[str]] = {}
        self.has_open = False
        self.mark: Mark | None = None
        self.in_smart_union = False
        self._root_configs = root_configs
        self._config: Config = {}
        self._view: View | None = None

    # --- The place --------------------------------------------------------------------------------------------------------

    def turn(self, mode: JsonSchemaMode, root_config: Config) -> None:
        """Goes on with a root in one direction."""
        self.mode, self.emits, self.root_config = mode, mode == forms.EMITS, root_config

    @property
    def view(self) -> View:
        """What scalars see: the same object until something in it changes."""
        view = self._view
        by_django = self.emits and self.dump.by_django
        marks = self.mark is not None or self.options.decode.marked
        state = (self.mode, by_django, marks)
        if view is None or (view.mode, view.by_django, view.marks) != state:
            view = self._view = self._made_view(by_django=by_django, marks=marks)
        return view

    def _made_view(self, *, by_django: bool, marks: bool) -> View:
        config = self._config
        if by_django:
            config = {key: value for key, value in config.items() if not key.startswith("ser_json")}
        return View(
            mode=self.mode,
            config=config,
            by_django=by_django,
            inferred=self._root_configs,
            finite_floats=self.options.floats == "finite",
            safe_integers=self.options.integers == "safe",
            datetimes=self.options.datetimes,
            times=self.options.times,
            marks=marks,
        )

    @contextmanager
    def inside_class(self, cls: type[Any] | None, config: Config | None) -> Iterator[None]:
        """A class at the current place, with its configuration; ``None`` is that of the model around."""
        before = self._config, self._view
        if config is not None:
            self._config, self._view = config, None
        try:
            with _AS_BEFORE if cls is None else self._inside(cls):
                yield
        finally:
            self._config, self._view = before

    @contextmanager
    def _inside(self, cls: type[Any]) -> Iterator[None]:
        with self.marked(None), self.inside_union(smart=False), self.place.inside_class(cls):
            yield

    @contextmanager
    def marked(self, mark: Mark | None) -> Iterator[None]:
        """A type with a mark of its own, or one that the mark around it says nothing of."""
        before, self.mark = self.mark, mark
        try:
            yield
        finally:
            self.mark = before

    @contextmanager
    def inside_union(self, *, smart: bool) -> Iterator[None]:
        """A member of a union; a type with a name is not ``smart``, since it is the same wherever it stands."""
        before, self.in_smart_union = self.in_smart_union, smart
        try:
            yield
        finally:
            self.in_smart_union = before

    def dumping(self, dump: DumpOptions) -> AbstractContextManager[None]:
        """Other dump options, for a part of what is emitted, whose definitions are others."""
        return _AS_BEFORE if dump is self.dump or dump == self.dump else self._dumping(dump)

    @contextmanager
    def _dumping(self, dump: DumpOptions) -> Iterator[None]:
        before, self.dump = self.dump, dump
        try:
            yield
        finally:
            self.dump = before

    @contextmanager
    def showing_hidden(self) -> Iterator[None]:
        """``SkipJsonSchema`` hides nothing."""
        before, self.shows_hidden = self.shows_hidden, True
        try:
            yield
        finally:
            self.shows_hidden = before

    # --- Definitions ------------------------------------------------------------------------------------------------------

    def key(self, core_ref: str) -> str:
        """The :class:`Key` of a type at the current place, as text."""
        form = self.forms.of(self.dump) if self.emits else forms.ACCEPTS
        core = self.references.core_schemas.get(core_ref)
        return str(
            Key(f"{form}{forms.configuration(core, self._config, emits=self.emits)}", core_ref)
        )

    def refuse(self, code: str, message: str, hint: str) -> JsonSchema:
        """The schema of a place that has no exact form, which reports the reason."""
        return Refusal(self.place.where, code, message, hint).schema

    def remark(self, where: str, remark: Remark) -> None:
        """Warns of a place that has an exact form."""
        self.remarks.setdefault(remark, []).append(where)

    def no_form(self, what: str) -> JsonSchema:
        return self.refuse("no-json-form", f"{what} has no JSON form", NO_FORM)
