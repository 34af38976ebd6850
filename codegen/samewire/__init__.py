"""Generates TypeScript types and zod validators from Pydantic models that match the JSON exactly, in both directions."""

from samewire.decode import Decode
from samewire.open import Open

__all__ = ["Decode", "Open", "__version__"]

__version__ = "0.1.0"
