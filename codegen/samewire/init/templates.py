"""The files that ``init`` writes, as Jinja2 templates in ``templates/init``."""

from __future__ import annotations

import json
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

import samewire


def render(name: str, /, **values: object) -> str:
    """One template, with LF line endings."""
    environment = Environment(  # noqa: S701 - TOML, YAML and make, each quoted by the filter `quoted`
        loader=FileSystemLoader(_folders()),
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


def _folders() -> list[Path]:
    """Beside the package, where a wheel has them, then at the top of the repository."""
    package = Path(samewire.__file__).parent
    return [package / "_templates" / "init", package.parent.parent / "templates" / "init"]
