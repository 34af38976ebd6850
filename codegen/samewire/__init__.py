"""Pydantic models to TypeScript types and zod validators that match the wire exactly, in both directions."""

from samewire.decode import Decode
from samewire.open import Open

__all__ = ["Decode", "Open", "__version__"]

__version__ = "0.1.0"
