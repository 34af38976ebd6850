"""The keywords of brands (``docs/brands.md``) in a schema document."""

from __future__ import annotations

from typing import Final

BRAND: Final = "x-samewire-brand"
"""Of a text or number: a reference to the definition of the ``NewType`` that it is declared as."""

NEW_TYPE: Final = "x-samewire-new-type"
"""Of a definition: it is a ``NewType``."""
