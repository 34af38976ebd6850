"""
Frozen standard-library dataclasses instead of Pydantic classes. A ``TypeAdapter`` reads and writes each as exactly as a class;
constructing one checks nothing.
"""

from __future__ import annotations

from typing import Final

from samewire import ir
from samewire.targets.python.formats import UnsupportedError
from samewire.targets.python.models import Kind
from samewire.targets.python.render import Module, fields_of, finished, types_of
from samewire.targets.python.routes import Form
from samewire.targets.python.syntax import call, text
from samewire.targets.python.types import Types

_ABOUT: Final = """Read and check JSON with `TypeAdapter(X).validate_json`, and write it with `dump_json` of the adapter. Build
objects by the names of their fields. Without an adapter nothing checks the limits that stand beside types."""


def render_dataclasses(contract: ir.Contract, notice: str, adapters: Form = "function") -> str:
    """:func:`samewire.targets.python.render.render_module` with dataclasses."""
    return finished(_Module(contract, types_of(contract, _Types, fields_of)), notice, adapters)


class _Types(Types):
    def no_other_keys(self, name: str) -> str:
        """With the keys, which the fields of a dataclass do not have."""
        type_ = self.definitions[name].type
        keys = [each.key for each in type_.properties] if isinstance(type_, ir.Object) else []
        return call("NoOtherKeys", map(text, keys))


class _Module(Module):
    kind: Kind = "dataclass"
    about = _ABOUT
    base = "Data"
    partial_base = "PartialData"

    def extra_of(self, type_: ir.Object) -> tuple[dict[str, str], str | None]:
        settings, values = super().extra_of(type_)
        if isinstance(type_.extra, ir.Keep):
            raise UnsupportedError(
                "a dataclass cannot keep extra keys", 'remove models = "dataclass"'
            )
        return settings, values

    def omittable(self, type_: ir.Type, expression: str) -> str:
        if self.types.takes_null(type_):
            return f"OrAbsent[{expression}]"
        return super().omittable(type_, expression)

    def unset(self, type_: ir.Type) -> str:
        return "ABSENT" if self.types.takes_null(type_) else super().unset(type_)
