"""
From the names in a configuration to the types themselves.

``discover`` turns specifications (``app.models``, ``app.models:User``, ``app:**``) into :class:`Root` values, sorted and each
type once, in an order that does not depend on that of the specifications. It imports the user's modules and changes nothing.
"""

from samewire.discover.imports import import_path
from samewire.discover.objects import (
    Exclusions,
    canonical,
    exclusions,
    named_types,
    new_types,
)
from samewire.discover.roots import Discovered, Root, discover

__all__ = [
    "Discovered",
    "Exclusions",
    "Root",
    "canonical",
    "discover",
    "exclusions",
    "import_path",
    "named_types",
    "new_types",
]
