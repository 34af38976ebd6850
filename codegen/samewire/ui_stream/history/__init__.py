"""
A conversation as the page shows it, to what a vendor's model is given: one module a vendor, none of which imports its package.

See ``docs/adapters.md``.
"""

from samewire.ui_stream.history.values import UnreadableFileError

__all__ = ["UnreadableFileError"]
