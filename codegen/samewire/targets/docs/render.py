"""Renders a contract's reference."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from samewire import ir
from samewire.extensions.routes.model import Routes
from samewire.render import environment, templates
from samewire.targets.docs import html, markdown, routes, stream
from samewire.targets.docs.page import Page
from samewire.targets.docs.types import Types
from samewire.targets.typescript.options import TypeScriptOptions
from samewire.targets.typescript.output import output_without_schemas

if TYPE_CHECKING:
    from jinja2 import Environment


def page(
    contract: ir.Contract, options: TypeScriptOptions, notice: str, title: str, *, called: bool
) -> Page:
    """
    The page of a contract. ``called``: ``routes.ts`` can call its routes.

    Raises :class:`samewire.errors.ModelError` for types that have no exact form in TypeScript and
    :class:`samewire.errors.NameClashError`.
    """
    output = output_without_schemas(contract, options, "docs")
    said = contract.extension(Routes)
    own = said.routes if said else ()
    types = Types.of(output, routes.described_by_routes(contract, output.names, own))
    made = Page(
        notice=notice,
        title=title,
        routes=routes.entries(own, types, called=called),
        stream=stream.entry(contract, types),
        types=types.entries(),
    )
    output.refuse()
    return made


def as_html(said: Page) -> str:
    assets = {
        name: Markup((templates("docs/html") / name).read_text("utf-8"))  # noqa: S704 - a file of ours
        for name in ("style.css", "script.js")
    }
    jinja = _environment("docs/html", html.FILTERS)
    made: str = jinja.get_template("page.html.jinja").render(
        page=said, style=assets["style.css"], script=assets["script.js"]
    )
    return made


def as_markdown(said: Page) -> str:
    jinja = _environment("docs/markdown", markdown.FILTERS)
    made: str = jinja.get_template("page.md.jinja").render(page=said)
    return made


def _environment(folder: str, filters: Mapping[str, Callable[..., Any]]) -> Environment:
    jinja = environment(folder)
    jinja.filters.update(filters)
    return jinja
