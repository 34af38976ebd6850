"""The target ``docs``: a reference of the contract, as Markdown and as one page of HTML."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from samewire import ir
from samewire.config.paths import OutputFolder
from samewire.targets import Settings, Target
from samewire.targets.docs.render import as_html, as_markdown, page
from samewire.targets.typescript.options import TypeScriptOptions, typescript_options


class Options(BaseModel):
    model_config = ConfigDict(extra="forbid")

    title: str | None = Field(
        default=None, description="The page title; by default the contract's name."
    )
    formats: list[Literal["html", "markdown"]] = Field(
        default=["html", "markdown"], min_length=1, description="The format of the reference."
    )
    output: OutputFolder | None = Field(
        default=None,
        description="The folder of the reference; by default the contract's output folder.",
        examples=["docs"],
    )


def _render(contract: ir.Contract, settings: Settings) -> dict[str, str]:
    own = settings.options or Options()
    options = TypeScriptOptions(**typescript_options(settings))
    called = not options.beside.isdisjoint({"zod", "valibot"}) and "routes" not in options.without
    said = page(contract, options, settings.notice, own.title or contract.name, called=called)
    files = {}
    if "html" in own.formats:
        files[f"{contract.name}.html"] = as_html(said)
    if "markdown" in own.formats:
        files[f"{contract.name}.md"] = as_markdown(said)
    return files


def _folder(options: Options | None) -> str | None:
    return options.output if options else None


TARGET = Target("docs", _render, options=Options, folder=_folder)
