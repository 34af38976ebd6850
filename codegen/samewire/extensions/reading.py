"""Reads the keyword of an extension in a schema document, and refuses what is no such keyword, each at its place."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from samewire.lower.scope import Scope, Site, did_you_mean, shown


class Reader:
    """What the keywords of extensions have in common. What is wrong is among the diagnostics of ``scope``, and reads as empty."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.names = frozenset(scope.names.values())

    def object(self, site: Site) -> Mapping[str, Any]:
        if isinstance(site.schema, dict):
            return site.schema
        message = f"expected an object, found {shown(site.schema)}"
        self.scope.refuse("invalid-keyword", site.pointer, message)
        return {}

    def known(self, site: Site, keys: Collection[str]) -> Mapping[str, Any]:
        """An object that has no other keys."""
        said = self.object(site)
        for key in sorted(said.keys() - set(keys)):
            self.refuse(site, key, "there is no such key here", did_you_mean(key, tuple(keys)))
        return said

    def inside(self, site: Site, key: str) -> Site:
        """What is under a key, or an empty object."""
        return Site(self.object(site).get(key, {}), site.at(key))

    def flag(self, site: Site, key: str) -> bool:
        value = self.object(site).get(key, False)
        if not isinstance(value, bool):
            self.refuse(site, key, f"is true or false, not {shown(value)}")
        return bool(value)

    def name(self, site: Site, key: str) -> str:
        """The name of a definition, under a key of an object."""
        value = self.object(site).get(key)
        if not isinstance(value, str):
            self.refuse(site, key, f"expected the name of a definition, found {shown(value)}")
        elif value not in self.names:
            hint = did_you_mean(value, sorted(self.names))
            self.refuse(site, key, f"there is no definition {shown(value)}", hint)
        return str(value)

    def refuse(self, site: Site, key: str, message: str, hint: str | None = None) -> None:
        self.scope.refuse("invalid-keyword", site.at(key), message, hint)
