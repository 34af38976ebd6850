"""Reading a vendor's values, which are objects of its classes or the JSON of them, and what adapters say of a model's call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from samewire.ui_stream._base import Omittable, WireModel
from samewire.ui_stream.shared import FinishReason


class ModelError(Exception):
    """
    The vendor's stream reports that the model failed. The text is the vendor's, for the log; users see the response's
    ``error_text``.
    """

    def __init__(self, message: str, code: str | None = None) -> None:
        super().__init__(message)
        self.code = code


class Usage(WireModel):
    """Tokens of all model calls in a reply, as far as the vendor reports them. ``input_tokens`` includes cached tokens."""

    input_tokens: Omittable[int] = None
    output_tokens: Omittable[int] = None
    total_tokens: Omittable[int] = None
    reasoning_tokens: Omittable[int] = None
    cached_input_tokens: Omittable[int] = None

    @classmethod
    def of(
        cls,
        input_tokens: int | None,
        output_tokens: int | None,
        *,
        reasoning_tokens: int | None = None,
        cached_input_tokens: int | None = None,
    ) -> Usage:
        known = [one for one in (input_tokens, output_tokens) if one is not None]
        return cls(
            input_tokens=input_tokens,
            output_tokens=output_tokens,
            total_tokens=sum(known) if known else None,
            reasoning_tokens=reasoning_tokens,
            cached_input_tokens=cached_input_tokens,
        )

    def __add__(self, other: Usage) -> Usage:
        sums = {}
        for name in type(self).model_fields:
            known = [one for one in (getattr(self, name), getattr(other, name)) if one is not None]
            sums[name] = sum(known) if known else None
        return Usage(**sums)


def get(value: Any, *names: str) -> Any:
    """``value.a.b`` of objects or of mappings; ``None`` where there is none."""
    for name in names:
        if value is None:
            return None
        value = value.get(name) if isinstance(value, Mapping) else getattr(value, name, None)
    return value


def text_of(value: Any, *names: str) -> str:
    """As :func:`get`, for text: empty where there is none."""
    found = get(value, *names)
    return found if isinstance(found, str) else ""


def count_of(value: Any, *names: str) -> int | None:
    """As :func:`get`, for a number of tokens."""
    found = get(value, *names)
    return int(found) if isinstance(found, int | float) else None


def items_of(value: Any, *names: str) -> Sequence[Any]:
    """As :func:`get`, for a list: empty where there is none."""
    found = get(value, *names)
    return found if isinstance(found, list | tuple) else ()


def plain(value: Any) -> Any:
    """What JSON has of an object of the vendor's."""
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    dump = getattr(value, "model_dump", None)
    return dump(mode="json", exclude_unset=True, warnings=False) if callable(dump) else value


def picked(value: Any, *names: str) -> dict[str, Any]:
    """The fields of these names that have a value."""
    found = {name: plain(get(value, name)) for name in names}
    return {name: inner for name, inner in found.items() if inner is not None}


def finish_reason(reasons: Mapping[str, FinishReason], reason: Any) -> FinishReason:
    return reasons.get(reason, "other") if isinstance(reason, str) else "other"


def metadata(vendor: str, **values: Any) -> dict[str, dict[str, Any]] | None:
    """Provider metadata of the values that are there."""
    known = {name: value for name, value in values.items() if value is not None}
    return {vendor: known} if known else None


def data_url(media_type: str, base64: str) -> str:
    return f"data:{media_type};base64,{base64}"
