"""Bytes as text, and secrets, of which a mask is written."""

from __future__ import annotations

from samewire.scalars.base import Scalar
from samewire.scalars.decoded import HOLDS, Choices, Form
from samewire.scalars.encoded import Base64, Reader, bytes_as
from samewire.scalars.view import CoreSchema, JsonSchema, View, lengths


class Bytes(Scalar):
    """As UTF-8, hex or base64, by the configuration."""

    annotations = ("bytes",)
    kinds = ("bytes",)

    @classmethod
    def export(cls, core: CoreSchema, view: View) -> JsonSchema:
        """Lengths count bytes; for UTF-8 text, those for code points are what follows."""
        key = "ser_json_bytes" if view.emits else "val_json_bytes"
        low, high = core.get("min_length"), core.get("max_length")
        match view.config.get(key, "utf8"):
            case "hex":
                digits = "[0-9a-f]" if view.emits else "[0-9a-fA-F]"
                held = {HOLDS: "hex"} if view.marks else {}
                pattern = f"^(?:{digits}{{2}}){_times(low, high)}$"
                return {"type": "string", "pattern": pattern, **held}
            case "base64":
                reader = None if view.emits else Reader.PYDANTIC_CORE
                return Base64(True, reader, False, low, high).document()
            case _:
                limits = {"x-samewire-min-bytes": low or None, "x-samewire-max-bytes": high}
                given = {key: value for key, value in limits.items() if value is not None}
                held = {HOLDS: "utf8"} if view.marks else {}
                points = lengths(None if not low else -(-low // 4), high)
                return {"type": "string"} | points | given | held

    @classmethod
    def decoded(cls, held: str, choices: Choices) -> Form | None:
        """What a text becomes that holds bytes."""
        if not choices.bytes:
            return None
        if held == "hex":
            return bytes_as("hexBytes")
        return bytes_as("utf8Bytes", "isUtf8", "Uint8Array of UTF-8")


def _times(low: int | None, high: int | None) -> str:
    if not low and high is None:
        return "*"
    return f"{{{low or 0},{'' if high is None else high}}}"


class Secret(Scalar):
    """``SecretStr`` and ``SecretBytes``, which Pydantic describes as a password: its mask, or what it is read from."""

    annotations = ("SecretStr", "SecretBytes")

    @classmethod
    def export(cls, core: CoreSchema, view: View) -> None:
        """Pydantic's generator says where one is; :meth:`masked` says what it is."""

    @classmethod
    def masked(cls, core: CoreSchema, described: JsonSchema, view: View) -> JsonSchema:
        """``described`` by Pydantic's generator as a password."""
        if view.emits:
            return {"type": "string", "enum": ["**********", ""]}
        inner = core.get("lax_schema", {}).get("json_schema", {}).get("schema", {})
        return (
            {**described, **Bytes.export(inner, view)}
            if inner.get("type") == "bytes"
            else described
        )
