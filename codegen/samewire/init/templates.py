"""The files that ``init`` writes, as Jinja2 templates in ``templates/init``."""

from __future__ import annotations

import json

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from samewire.render import templates


def render(name: str, /, **values: object) -> str:
    """One template, with LF line endings."""
    environment = Environment(  # noqa: S701 - TOML, YAML and make, each quoted by the filter `quoted`
        loader=FileSystemLoader(templates("init")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["quoted"] = quoted
    return environment.get_template(name).render(values)


def quoted(text: str) -> str:
    """A string literal as both TOML and YAML read it, which is how JSON writes it."""
    return json.dumps(text, ensure_ascii=False)
