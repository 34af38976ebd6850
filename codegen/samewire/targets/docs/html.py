"""
Plain text into HTML, one filter a syntactic position.

What a model says reaches the page only through these: the templates print nothing else. The page forbids all scripts and styles
but its own two, by their hashes (https://www.w3.org/TR/CSP3/), so that what would slip through still does nothing.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Callable, Mapping
from typing import Any, Final, assert_never

from markupsafe import Markup

from samewire.targets.docs.spans import Block, Line, Listing, Paragraph, Preformatted, Span
from samewire.targets.typescript.syntax import visible


def text(value: str) -> Markup:
    """Escapes text for an element or a quoted attribute."""
    return Markup.escape(visible(value))


def name(value: str) -> Markup:
    """The same for a name in camel case, which may break before a capital."""
    return Markup("<wbr>").join(map(text, re.split(r"(?<=[a-z0-9])(?=[A-Z])", value)))


def anchor(value: str) -> Markup:
    return Markup.escape(value)


def spans(value: Line) -> Markup:
    return Markup().join(map(_span, value))


def _span(span: Span) -> Markup:
    shown = text(span.text)
    if span.to is not None:
        outside = span.to.startswith(("https://", "http://"))
        where = Markup('{}" rel="noopener noreferrer').format(text(span.to)) if outside else None
        inner = shown if span.kind == "text" else Markup("<code>{}</code>").format(shown)
        return Markup('<a href="{}">{}</a>').format(
            where or Markup("#{}").format(anchor(span.to)), inner
        )
    if span.kind == "text":
        return shown
    if span.kind == "code":
        return Markup("<code>{}</code>").format(shown)
    return Markup('<code class="{}">{}</code>').format(span.kind, shown)


def source(value: Line) -> Markup:
    """Code as a whole, in an element that says so."""
    return Markup().join(map(_token, value))


def _token(span: Span) -> Markup:
    shown = text(span.text)
    if span.to is not None:
        return Markup('<a href="#{}">{}</a>').format(anchor(span.to), shown)
    if span.kind in ("text", "code"):
        return shown
    return Markup('<span class="{}">{}</span>').format(span.kind, shown)


def prose(value: tuple[Block, ...]) -> Markup:
    return Markup("\n").join(map(_block, value))


def _block(block: Block) -> Markup:
    match block:
        case Paragraph(said):
            return Markup("<p>{}</p>").format(spans(said))
        case Listing(items):
            listed = Markup().join(Markup("<li>{}</li>").format(spans(each)) for each in items)
            return Markup("<ul>{}</ul>").format(listed)
        case Preformatted(code):
            return Markup("<pre><code>{}</code></pre>").format(text(code))
        case _:
            assert_never(block)


def notice(value: str) -> Markup:
    """A sentence in a comment, which it does not end."""
    return Markup(value.replace(">", "&gt;"))  # noqa: S704 - nothing is left that ends a comment


def source_hash(value: str) -> Markup:
    """The hash of a script or style for a content security policy."""
    digest = hashlib.sha256(value.encode()).digest()
    return Markup("sha256-{}").format(b64encode(digest).decode())


FILTERS: Final[Mapping[str, Callable[[Any], Markup]]] = {
    "text": text,
    "name": name,
    "anchor": anchor,
    "spans": spans,
    "source": source,
    "prose": prose,
    "notice": notice,
    "hash": source_hash,
    "count": lambda value: Markup("{}").format(len(value)),
}
