"""Pydantic models to TypeScript types and zod validators that match the wire exactly, in both directions."""

from samewire.decode import Decode
from samewire.open import Open

__all__ = ["Decode", "Open", "__version__"]

__version__: str


def __getattr__(name: str) -> str:
    """``__version__``, looked up in the installed metadata when it is asked for."""
    if name != "__version__":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib.metadata import version  # noqa: PLC0415  # a backend that only sends messages doesn't pay for it

    return version("samewire")
