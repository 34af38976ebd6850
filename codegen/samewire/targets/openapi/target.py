"""The target ``openapi``: a contract as ``openapi.json``."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from samewire import ir
from samewire.schema.text import written
from samewire.targets import Settings, Target
from samewire.targets.openapi.document import document

FILE = "openapi.json"


class Options(BaseModel):
    model_config = ConfigDict(extra="forbid")

    openapi: Literal["3.1", "3.2"] = Field(
        default="3.1",
        description="The OpenAPI version; 3.2 has itemSchema for the items of streams.",
    )
    formats: Literal["exact", "declared"] = Field(
        default="exact",
        description=(
            "exact writes a JSON Schema format only if every value has it, declared wherever "
            "FastAPI does."
        ),
    )
    title: str | None = Field(default=None, description="The title, instead of the application's.")
    version: str | None = Field(
        default=None, description="The version, instead of the application's."
    )


def _render(contract: ir.Contract, settings: Settings) -> dict[str, str]:
    own = settings.options or Options()
    info = {key: value for key in ("title", "version") if (value := getattr(own, key)) is not None}
    made = document(contract, own.openapi, info, own.formats)
    marked = {"openapi": made["openapi"], "x-generated": settings.notice, **made}
    return {FILE: written(marked)}


TARGET = Target("openapi", _render, options=Options)
