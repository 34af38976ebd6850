"""URLs as the WHATWG parser accepts them, of any scheme or of some, with one host or several."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Self

from samewire.scalars.base import Draw, Format, Near
from samewire.scalars.checks import Begins, Predicate
from samewire.scalars.decoded import Choices, Form
from samewire.scalars.keywords import Keyword, Keywords
from samewire.scalars.view import Config, CoreSchema, JsonSchema, View

_SHAPE: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):\S+")
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*")
_HOSTED: Final = (
    # Nothing in it is left for Pydantic to fill in.
    "{}://example.com:81/a",
    "{}://example.com/",
    "{}://a/",
    "{}://user:pa%20ss@example.com:8080/a/b?c=d&e=%C3%A9#f",
    "{}://127.0.0.1/",
    "{}://[::1]:81/",
    "{}://localhost/",
    "{}://xn--mnchen-3ya.de/",
)
_FILES: Final = ("file:///etc/passwd", "file:///", "file://host/share/a%20b")
_ANY: Final = (
    *(each.format("https") for each in _HOSTED),
    "ftp://example.com/",
    "mailto:a@b.c",
    "file:///etc/passwd",
    "data:text/plain,x",
    "custom+x://a",
)
_INVALID: Final = (
    ("example.com", "no scheme"),
    ("://example.com", "an empty scheme"),
    ("http://", "no host"),
    ("http://exa mple.com/", "a space in the host"),
    ("http://example.com:99999/", "a port beyond 65535"),
    ("javascript:alert(1)", "a scheme that runs"),
    ("gopher://example.com/", "another scheme"),
)


def _schemes(value: Any) -> tuple[str, ...] | None:
    if not isinstance(value, list) or not value:
        return None
    schemes = [each for each in value if isinstance(each, str) and _SCHEME.fullmatch(each)]
    if len(schemes) < len(value):
        return None
    return tuple(dict.fromkeys(each.lower() for each in schemes))


def _either_case(scheme: str) -> str:
    """
    >>> _either_case("s3+a")
    '[Ss]3[+][Aa]'
    """
    return "".join(
        f"[{char.upper()}{char.lower()}]"
        if char.isalpha()
        else char
        if char.isdigit()
        else f"[{char}]"
        for char in scheme
    )


SCHEMES: Final = Keyword("x-samewire-url-schemes", "a list of at least one URL scheme", _schemes)


@dataclass(frozen=True, slots=True)
class Url(Format):
    """Limited to ``schemes`` when that is not empty."""

    schemes: tuple[str, ...] = ()
    multi_host: bool = False

    annotations = ("AnyUrl", "HttpUrl", "PostgresDsn")
    kinds = ("url", "multi-host-url")
    keywords = (SCHEMES,)

    # --- The document -------------------------------------------------------------------------------------------------

    @classmethod
    def export(cls, core: CoreSchema, view: View) -> JsonSchema:
        result = cls.of_core(core, view.config).document()
        # The limit is on the input; normalization can make the URL that is written longer.
        if core.get("max_length") is not None and not view.emits:
            result["maxLength"] = core["max_length"]
        return result

    @classmethod
    def of_core(cls, core: CoreSchema, config: Config) -> Self:  # noqa: ARG003 - it has no part in it
        return cls(tuple(core.get("allowed_schemes") or ()), core["type"] == "multi-host-url")

    @classmethod
    def named(cls) -> Mapping[str, Self]:
        return {"uri": cls(), "multi-host-uri": cls(multi_host=True)}

    def limited(self, keywords: Keywords) -> Self:
        return type(self)(keywords.one(SCHEMES) or (), self.multi_host)

    def document(self) -> JsonSchema:
        name = "multi-host-uri" if self.multi_host else "uri"
        schemes = {SCHEMES.name: list(self.schemes)} if self.schemes else {}
        return {"type": "string", "format": name, **schemes}

    def standard(self) -> JsonSchema:
        format_ = {} if self.multi_host else {"format": "uri"}
        schemes = "|".join(map(_either_case, self.schemes)) or "[A-Za-z][A-Za-z0-9+.-]*"
        limited = self.schemes or self.multi_host
        return {**format_, **({"pattern": f"^(?:{schemes}):"} if limited else {})}

    @classmethod
    def has_length_of_text(cls, *, emits: bool) -> bool:
        """What is read may become longer: its length is ``UrlConstraints(max_length=...)``."""
        return emits

    # --- TypeScript ---------------------------------------------------------------------------------------------------

    def label(self) -> str:
        return "multiHostUrl" if self.multi_host else "url"

    def predicate(self) -> Predicate:
        return Predicate("isMultiHostUrl" if self.multi_host else "isUrl", "Invalid URL")

    def limits(self) -> tuple[Begins, ...]:
        schemes = tuple(each.lower() for each in self.schemes)
        return (Begins(schemes, ":"),) if schemes else ()

    def decoded(self, choices: Choices) -> Form | None:
        if not choices.urls or self.multi_host:
            return None
        is_url = Predicate("isUrlObject", "Invalid input: expected URL")
        return Form("URL", "urls", predicate=is_url, maker="new URL")

    # --- Values -------------------------------------------------------------------------------------------------------

    def fits(self, text: str) -> bool:
        """Only the shape is looked at."""
        found = _SHAPE.fullmatch(text)
        return found is not None and (
            not self.schemes or found[1].lower() in {each.lower() for each in self.schemes}
        )

    def edges(self) -> Iterator[str]:
        if not self.schemes:
            yield from _ANY[:6] if self.multi_host else _ANY
        for scheme in self.schemes:
            yield from _FILES if scheme == "file" else (each.format(scheme) for each in _HOSTED)
        if self.multi_host:
            for scheme in self.schemes or ("https",):
                yield f"{scheme}://a.example:1,b.example:2/db"

    def invalid(self) -> Iterable[Near]:
        return _INVALID

    def draw(self, draw: Draw) -> str:
        scheme = draw.choice(self.schemes) if self.schemes else "https"
        name = "abcxyz019"
        return f"{scheme}://{draw.text(name, 1, 8)}.example/{draw.text(name, 1, 8)}"
